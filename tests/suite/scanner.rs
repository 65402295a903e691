//! Promise 5: mail scanners open every link of a mail and press every button behind it. And: a page of the
//! inbox is small, however much stands in it.

use std::collections::BTreeSet;

use tests::office::Office;
use tests::pages::{attribute, brotli, tags};
use tests::post::unescape;
use tests::project::Project;

const QUESTION: [(&str, &str); 5] = [
    ("onderwerp", "samenleven"),
    ("vraag", "Hoe maak ik kennis met mijn nieuwe buren?"),
    ("wijk", "lith"),
    ("naam", "Jo de Wit"),
    ("email", "jo@buurt.example"),
];

/// One button of a page, with everything that goes along when nobody has chosen or typed anything.
struct Button {
    method: String,
    action: String,
    fields: Vec<(String, String)>,
}

/// Every button of every form, as a program finds them: hidden fields, what is chosen already, the name
/// of the button. Boxes and choices without a default stay empty; text fields too.
fn buttons(html: &str, here: &str) -> Vec<Button> {
    let mut all = Vec::new();
    for part in html.split("<form").skip(1) {
        let (head, rest) = part.split_once('>').expect("a form");
        let body = rest.split("</form>").next().unwrap_or_default();
        let head = format!("<form{head}>");
        let own = |name: &str| attribute(&head, name).map(unescape);
        let action = own("action").filter(|action| !action.is_empty());
        let mut fields = Vec::new();
        for tag in tags(body, "input") {
            let kind = attribute(tag, "type").unwrap_or("text");
            let chosen =
                !matches!(kind, "radio" | "checkbox") || attribute(tag, "checked").is_some();
            if let (Some(name), true) = (attribute(tag, "name"), chosen) {
                let value = attribute(tag, "value").map(unescape).unwrap_or_default();
                fields.push((name.to_owned(), value));
            }
        }
        for tag in tags(body, "textarea").into_iter().chain(tags(body, "select")) {
            fields.extend(attribute(tag, "name").map(|name| (name.to_owned(), String::new())));
        }
        for tag in tags(body, "button") {
            let mut fields = fields.clone();
            if let Some(name) = attribute(tag, "name") {
                fields.push((
                    name.to_owned(),
                    attribute(tag, "value").unwrap_or_default().to_owned(),
                ));
            }
            all.push(Button {
                method: own("method").unwrap_or_default(),
                action: action.clone().unwrap_or_else(|| here.to_owned()),
                fields,
            });
        }
    }
    all
}

/// Links of the function's own on a page.
fn links(html: &str) -> Vec<String> {
    let all = tags(html, "a").into_iter().filter_map(|tag| attribute(tag, "href")).map(unescape);
    all.filter(|link| link.starts_with('/') && !link.starts_with("//")).collect()
}

/// Follows every link and presses every button, three steps deep; what a button leads to is looked at
/// too. Addresses and buttons that it tried.
fn scan(office: &Office, start: &[String]) -> usize {
    let mut seen = BTreeSet::new();
    let mut next: Vec<String> = start.to_vec();
    for _ in 0..3 {
        let mut found = Vec::new();
        for path in std::mem::take(&mut next) {
            if !seen.insert(path.clone()) {
                continue;
            }
            let page = office.get(&path, "");
            assert!(page.status < 500, "{path}");
            found.extend(page.location.clone());
            found.extend(links(&page.body));
            for button in buttons(&page.body, &path) {
                let name = format!("{} {} {:?}", button.method, button.action, button.fields);
                if button.method != "post" || !seen.insert(name) {
                    continue;
                }
                let fields: Vec<(&str, &str)> =
                    button.fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
                let pressed = office.post(&button.action, "", &fields);
                assert!(pressed.status < 500, "{}", button.action);
                found.extend(pressed.location.clone());
                found.extend(links(&pressed.body));
            }
        }
        next = found;
    }
    seen.len()
}

#[test]
fn a_scanner_that_presses_everything_behind_every_mail_changes_nothing() {
    let office = Office::of(&Project::of_oss());
    let case = office.asked(&QUESTION);
    let cookie = office.sign_in();
    let place = office.open(&case, &cookie);
    let mark = place.split_once("zicht=").expect("a mark").1.to_owned();
    let act = |version: &str, fields: &[(&str, &str)]| {
        let fields = [&[("versie", version), ("zicht", &mark)], fields].concat();
        let answer = office.post(&case, &cookie, &fields);
        assert_eq!(answer.status, 303, "{}", answer.body);
        office.sweep();
    };
    let handing =
        [("organisatie", "mooiland"), ("samenvatting", "Iemand vraagt iets."), ("gegevens", "ja")];
    act("1", &[&[("doe", "doorsturen")], &handing[..]].concat());
    let other = office.asked(&QUESTION);
    let place = office.open(&other, &cookie);
    let mark = place.split_once("zicht=").expect("a mark").1;
    let answer =
        [("doe", "antwoorden"), ("antwoord", "Bel gerust aan."), ("versie", "1"), ("zicht", mark)];
    assert_eq!(office.post(&other, &cookie, &answer).status, 303);
    office.sweep();
    // Somebody waits for a link to sign in with.
    office.post("/inloggen", "", &[("email", tests::office::COLLEAGUE)]);
    office.sweep();
    let mut start = office.links();
    for kind in ["/vraag/status/", "/inbox/vraag/", "/partner/", "/inloggen/"] {
        assert!(start.iter().any(|link| link.starts_with(kind)), "{kind} is in no mail");
    }
    start.extend(
        ["/inbox", "/inbox/cijfers", "/inloggen", "/link", "/vraag/code"].map(str::to_owned),
    );
    let before = office.table();
    let tried = scan(&office, &start);
    assert!(tried > 30, "only {tried} addresses and buttons");
    let after = office.table();
    let changed: Vec<&String> = after.iter().filter(|item| !before.contains(item)).collect();
    assert!(changed.is_empty() && before.len() == after.len(), "{changed:?}");
}

#[test]
fn every_page_of_the_inbox_is_small() {
    let office = Office::of(&Project::of_oss());
    let mut case = String::new();
    for _ in 0..30 {
        case = office.asked(&QUESTION);
    }
    let cookie = office.sign_in();
    let place = office.open(&case, &cookie);
    let mark = place.split_once("zicht=").expect("a mark").1.to_owned();
    for version in 1..=6_i64 {
        let version = version.to_string();
        let note =
            format!("Belde op dag {version}, niemand nam op. Morgen probeer ik het nog een keer.");
        let fields = [
            ("doe", "noteren"),
            ("notitie", note.as_str()),
            ("versie", &version),
            ("zicht", &mark),
        ];
        assert_eq!(office.post(&case, &cookie, &fields).status, 303);
    }
    for path in ["/inbox", "/inbox/aanmeldingen", "/inbox/cijfers", "/inbox/logboek", &place] {
        let page = office.get(path, &cookie);
        assert_eq!(page.status, 200, "{path}");
        let size = brotli(page.body.as_bytes());
        println!("{path}: {size} bytes of brotli, {} of HTML", page.body.len());
        assert!(size < 14 * 1024, "{path}: {size}");
    }
}
