//! What a resident typed goes to the one who answers, and nowhere else.

use tests::post::{get, post};
use tests::preview::Preview;
use tests::project::{Project, files};

/// Words that occur nowhere else, one in each field that takes text.
const QUESTION: &str = "kanarievraag over de stoep";
const NAME: &str = "Kanarienaam";
const EMAIL: &str = "kanarie@bewoner.example";

#[test]
fn what_was_typed_is_in_no_line_no_subject_no_address_and_no_mail_to_staff() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let typed = [("vraag", QUESTION), ("naam", NAME), ("email", EMAIL), ("onderwerp", "overlast")];
    let check = post(&format!("{}/vraag/controle", preview.address), &typed);
    let fields = check.with_sharing("nee");
    let sent = post(&format!("{}/vraag/verstuur", preview.address), &fields);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let receipt = sent.location.expect("a receipt");
    let mails = preview.await_mails(2);
    get(&format!("{}{receipt}", preview.address));

    for word in ["kanarie", "Kanarie"] {
        assert!(!preview.said().contains(word), "printed: {}", preview.said());
        assert!(!receipt.contains(word), "in the address {receipt}");
        for mail in &mails {
            assert!(!mail["subject"].as_str().expect("a subject").contains(word), "{mail}");
            assert!(!mail["text"].as_str().expect("a text").contains(word), "{mail}");
        }
    }
    let staff: Vec<_> = mails.iter().filter(|mail| mail["to"] != EMAIL).collect();
    assert_eq!(staff.len(), 1, "one mail for VluchtelingenWerk, one for the resident");
    assert!(staff[0]["to"].as_str().expect("an address").starts_with("vluchtelingenwerk@"));
}

#[test]
fn the_table_on_disk_is_the_only_place_that_holds_the_question() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let check = post(&format!("{}/vraag/controle", preview.address), &[("vraag", QUESTION)]);
    let fields = check.with_sharing("nee");
    assert_eq!(post(&format!("{}/vraag/verstuur", preview.address), &fields).status, 303);
    preview.await_mails(1);
    preview.kill();
    let mut found = Vec::new();
    for file in files(project.path()) {
        let bytes = std::fs::read(project.path().join(&file)).expect("a readable file");
        if bytes.windows(QUESTION.len()).any(|part| part == QUESTION.as_bytes()) {
            found.push(file.to_string_lossy().into_owned());
        }
    }
    assert!(!found.is_empty(), "the question was not kept");
    assert!(found.iter().all(|file| file.starts_with(".nieuwe-buren/vragen.sqlite")), "{found:?}");
}

#[test]
fn the_site_shows_no_address_of_a_person() {
    let project = Project::of_oss();
    let site = project.build().join("site");
    for file in files(&site).iter().filter(|file| file.extension().is_some_and(|e| e == "html")) {
        let html = std::fs::read_to_string(site.join(file)).expect("a page");
        assert!(!html.contains("mailto:"), "{}", file.display());
        let phones = tests::pages::attributes(&html, "href");
        for phone in phones.iter().filter_map(|address| address.strip_prefix("tel:")) {
            let known = ["112", "09008844", "08007000", "140412"];
            assert!(known.contains(&phone), "{} calls {phone}", file.display());
        }
    }
}

/// Rules for a group of people that the law names by a country: about nobody here.
const ABOUT_THE_LAW: &str = "Voor vluchtelingen uit Oekraïne gelden andere regels.";

fn allow(line: &str) -> String {
    format!(
        "[[allow]]\nfile = \"pages/colofon.nl.md\"\nline = \"{line}\"\nwhy = \"Uitleg over de wet.\"\n\
         owner = \"gemeente\"\nreviewed = 2026-11-20\nreview_by = 2027-05-20\n"
    )
}

#[test]
fn an_allowed_line_is_told_in_every_build_and_stops_none() {
    let project = Project::changed(&format!("@ content/pages/colofon.nl.md\n+ {ABOUT_THE_LAW}"));
    assert_eq!(project.run(&["check"]).code, 1, "it is found");
    let path = project.path().join("content/allow.toml");
    std::fs::write(&path, allow(ABOUT_THE_LAW)).expect("a file of our own");
    let outcome = project.run(&["check"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(
        outcome.stderr.contains("let op: Deze regel is een uitzondering"),
        "{}",
        outcome.stderr
    );
    assert!(outcome.stderr.contains("content/pages/colofon.nl.md:"), "{}", outcome.stderr);

    // One word more is another line.
    project.edit("content/pages/colofon.nl.md", "andere regels.", "heel andere regels.");
    let outcome = project.run(&["check"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.stderr.contains("Deze uitzondering doet niets meer."), "{}", outcome.stderr);
}

#[test]
fn a_list_of_allowed_lines_that_cannot_be_read_is_one_mistake() {
    let project = Project::changed(&format!("@ content/pages/colofon.nl.md\n+ {ABOUT_THE_LAW}"));
    let path = project.path().join("content/allow.toml");
    std::fs::write(&path, allow(ABOUT_THE_LAW).replace("why = ", "why ")).expect("our own file");
    let outcome = project.run(&["check"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.stderr.contains("1 fout,"), "{}", outcome.stderr);
}
