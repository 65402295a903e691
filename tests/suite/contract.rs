//! The static page and the function agree, because both come from the same content.

use forms_core::Manifest;
use tests::pages::{attributes, between};
use tests::post::{get, post};
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
    let own = ["viewport", "description", "color-scheme", "theme-color", "lang"];
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
