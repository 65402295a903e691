//! The static page and the function agree, because both come from the same content.

use forms_core::{Manifest, RoleState};
use tests::pages::{attributes, between};
use tests::post::{Answer, get, post};
use tests::preview::Preview;
use tests::project::Project;

fn manifest(project: &Project) -> Manifest {
    let path = project.path().join("dist/forms/manifest.json");
    let json = std::fs::read_to_string(path).expect("the bundle of the preview");
    Manifest::from_json(&json).expect("a manifest of this release")
}

#[test]
fn the_fields_of_the_page_are_the_fields_of_the_function() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let page = get(&format!("{}/vraag/", preview.address)).body;
    let manifest = manifest(&project);
    let form = manifest.form("vraag").expect("the question form");
    let mut names = attributes(&page, "name");
    names.dedup();
    for field in &form.fields {
        assert!(names.contains(&field.name.as_str()), "{} is not on the page", field.name);
    }
    let known: Vec<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
    let own =
        ["viewport", "description", "color-scheme", "theme-color", "lang", forms_fn::submit::TRAP];
    for name in names {
        assert!(known.contains(&name) || own.contains(&name), "{name} is unknown to the function");
    }
    // One value in the page and in the check.
    let question = form.fields.iter().find(|field| field.name == "vraag").expect("the question");
    assert!(page.contains(&format!("maxlength=\"{}\"", question.max_chars)));
    assert!(page.contains("action=\"/vraag/controle\" method=\"post\""));
}

#[test]
fn every_choice_on_the_page_is_accepted() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let controle = format!("{}/vraag/controle", preview.address);
    let manifest = manifest(&project);
    let form = manifest.form("vraag").expect("the question form");
    for topic in &form.topics {
        let answer = post(&controle, &[("vraag", "Hoe kan ik helpen?"), ("onderwerp", &topic.id)]);
        assert_eq!(answer.status, 200, "{}", topic.id);
        assert_eq!(answer.input("nonce").is_none(), topic.stop, "{}", topic.id);
    }
    for area in &manifest.areas {
        let answer = post(&controle, &[("vraag", "Hoe kan ik helpen?"), ("wijk", &area.id)]);
        assert_eq!(answer.status, 200, "{}", area.id);
        assert!(answer.body.contains(&area.name), "{} is not read back", area.name);
    }
}

#[test]
fn every_single_mistake_is_refused_with_its_own_message() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let controle = format!("{}/vraag/controle", preview.address);
    let long = "a".repeat(4001);
    let cases: [(&[(&str, &str)], &str); 6] = [
        (&[("vraag", "  ")], "Schrijf op wat u wilt vragen of vertellen."),
        (&[("vraag", &long)], "Uw tekst is te lang. Er passen 4000 tekens in. Te veel: 1."),
        (&[("vraag", "Hallo"), ("email", "naam@voorbeeld")], "Dit is geen volledig e-mailadres."),
        (&[("vraag", "Hallo"), ("telefoon", "bel mij")], "Dit is geen volledig telefoonnummer."),
        (&[("vraag", "Hallo"), ("wijk", "elders")], "Deze keuze is er niet."),
        (&[("vraag", "Hallo"), ("vraag", "Nog een")], "Dit antwoord kwam twee keer binnen."),
    ];
    for (fields, message) in cases {
        let answer = post(&controle, fields);
        assert_eq!(answer.status, 422, "{fields:?}");
        assert!(answer.body.contains(message), "{message} is not in {}", answer.body);
        assert!(answer.body.contains("Er is een probleem"), "no summary for {fields:?}");
    }
}

/// What a post of so much of the sign-up is answered with.
fn sign_up(preview: &Preview, fields: &[(&str, &str)]) -> Answer {
    post(&format!("{}/meedoen/controle", preview.address), fields)
}

#[test]
fn the_pages_of_the_sign_up_ask_what_the_function_expects() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let manifest = manifest(&project);
    let form = manifest.form("meedoen").expect("the sign-up");
    assert_eq!(form.start, "/meedoen/aanmelden/");
    let first = get(&format!("{}{}", preview.address, form.start)).body;
    let second = sign_up(&preview, &[("rollen", "maatje"), ("stap", "1")]).body;
    let third = sign_up(&preview, &[("rollen", "maatje"), ("stap", "2")]).body;
    for (number, page) in (1..).zip([first, second, third]) {
        let shown = |name: &str| page.contains(&format!("id=\"{name}\" "));
        for field in &form.fields {
            assert_eq!(shown(&field.name), field.page == number, "{} on {number}", field.name);
        }
        assert!(page.contains("action=\"/meedoen/controle\" method=\"post\""));
        let step = format!("name=\"stap\" value=\"{number}\"");
        assert!(page.contains(&step), "{page}");
    }
}

#[test]
fn every_choice_of_the_sign_up_is_accepted_and_a_full_role_is_not_offered() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let manifest = manifest(&project);
    let form = manifest.form("meedoen").expect("the sign-up");
    let page = get(&format!("{}{}", preview.address, form.start)).body;
    assert!(manifest.roles.iter().any(|role| role.state == RoleState::Full), "the case is there");
    for role in &manifest.roles {
        let full = role.state == RoleState::Full;
        let offered = page.contains(&format!("value=\"{}\"", role.id));
        assert_eq!(offered, !full, "{}", role.id);
        assert!(page.contains(role.name("nl")), "{} is not on the page", role.id);
        let answer = sign_up(&preview, &[("rollen", &role.id), ("stap", "1")]);
        assert_eq!(answer.status, if full { 422 } else { 200 }, "{}", role.id);
        let told = answer.body.contains(&format!("{} is nu vol.", role.name("nl")));
        assert_eq!(told, full, "{}", answer.body);
    }
    let parts = form.day_parts.iter().map(|part| ("dagdelen", part.as_str()));
    let areas = manifest.areas.iter().map(|area| ("wijk", area.id.as_str()));
    for choice in parts.chain(areas) {
        let answer = sign_up(&preview, &[("rollen", "maatje"), choice, ("stap", "2")]);
        assert_eq!(answer.status, 200, "{choice:?}");
    }
}

#[test]
fn every_single_mistake_of_the_sign_up_is_refused_with_its_own_message() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let long = "a".repeat(101);
    let cases: [(&str, &str, &str); 9] = [
        ("rollen", "", "Kies wat u wilt doen. Eén manier is genoeg."),
        ("rollen", "elders", "Deze keuze is er niet."),
        ("dagdelen", "nacht", "Deze keuze is er niet."),
        ("wijk", "elders", "Deze keuze is er niet."),
        ("talen", &long, "Uw tekst is te lang. Er passen 100 tekens in. Te veel: 1."),
        ("naam", " ", "Vul uw naam in. Alleen uw voornaam mag ook."),
        ("telefoon", "", "Vul een e-mailadres of een telefoonnummer in."),
        ("email", "jo@voorbeeld", "Dit is geen volledig e-mailadres."),
        ("volwassen", "", "Zet een vinkje als u 18 jaar of ouder bent."),
    ];
    let right =
        [("rollen", "maatje"), ("naam", "Jo"), ("telefoon", "0612345678"), ("volwassen", "ja")];
    for (name, value, message) in cases {
        let mut fields: Vec<(&str, &str)> =
            right.into_iter().filter(|(own, _)| *own != name).collect();
        fields.extend([(name, value), ("stap", "3")]);
        let answer = sign_up(&preview, &fields);
        assert_eq!(answer.status, 422, "{fields:?}");
        assert!(answer.body.contains(message), "{message} is not in {}", answer.body);
        assert!(answer.body.contains("Er is een probleem"), "no summary for {fields:?}");
    }
}

#[test]
fn an_answer_of_the_function_looks_like_a_page_of_the_site() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let page = get(&format!("{}/vraag/", preview.address)).body;
    let answer = get(&format!("{}/vraag/code", preview.address)).body;
    assert!(!answer.contains("<!--slot:"), "a slot was not filled");
    // The switch of languages is about one page; an answer to a form has no other version.
    let (before, rest) = page.split_once("<nav class=\"languages\"").expect("a switch");
    let (_, after) = rest.split_once("</nav>\n").expect("its end");
    let page = format!("{before}{after}");
    for part in ["<header", "<footer"] {
        let close = part.replace('<', "</") + ">";
        let cut = |html: &str| between(html, part, &close).map(str::to_owned);
        let plain = |html: &str| {
            let part = cut(html).map(|part| part.replace(" aria-current=\"page\"", ""));
            // A page is made small; an answer has places to be filled in.
            part.map(|part| part.replace(" alt ", " alt=\"\" "))
        };
        assert_eq!(plain(&page), plain(&answer), "{part} differs");
    }
}
