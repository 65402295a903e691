//! What editors write for the coordinator: standard replies, and whom to ask in which area.

use std::fs;

use forms_core::Manifest;
use tests::project::{Project, files};

fn manifest(project: &Project) -> Manifest {
    let path = project.build().join("forms/manifest.json");
    let json = fs::read_to_string(path).expect("the bundle");
    Manifest::from_json(&json).expect("a manifest of this release")
}

/// Name and language of every standard reply of the question form.
fn replies<'a>(manifest: &'a Manifest, lang: &str) -> Vec<(&'a str, &'a str)> {
    let all = manifest.replies("vraag", lang).into_iter();
    all.map(|(name, language, _)| (name, language.code.as_str())).collect()
}

#[test]
fn a_reply_reaches_the_coordinator_in_every_language_and_no_reader_of_the_site() {
    let project = Project::of_oss();
    let manifest = manifest(&project);
    let mut words = Vec::new();
    for lang in ["nl", "en", "ar", "ti"] {
        let all = manifest.replies("vraag", lang);
        assert_eq!(all.len(), 8, "{lang}");
        for (name, language, reply) in all {
            assert_eq!(language.code, lang, "{name} is not translated");
            assert_eq!(reply.text, reply.text.trim(), "{name} in {lang}");
            assert!(reply.text.contains("\n\n"), "{name} in {lang} has no paragraphs");
            words.push(reply.title.clone());
        }
    }
    let site = project.path().join("dist/site");
    for file in files(&site) {
        let Ok(text) = fs::read_to_string(site.join(&file)) else { continue };
        let found = words.iter().find(|title| title.len() > 20 && text.contains(title.as_str()));
        assert_eq!(found, None, "{}", file.display());
    }
}

#[test]
fn a_reply_that_is_not_translated_is_no_mistake_and_comes_in_dutch() {
    let project = Project::changed(
        "@ content/forms/vraag.nl.toml\n+ \n+ [replies.buurtfeest]\n+ title = \"Een buurtfeest\"\n\
         + text = \"Wat leuk.\"\n",
    );
    let manifest = manifest(&project);
    assert!(replies(&manifest, "nl").contains(&("buurtfeest", "nl")));
    let arabic = replies(&manifest, "ar");
    assert!(arabic.contains(&("buurtfeest", "nl")) && arabic.contains(&("bezorgd", "ar")));
}

#[test]
fn content_without_replies_is_no_mistake() {
    let project = Project::of_oss();
    for lang in ["nl", "en", "ar", "ti"] {
        let file = format!("content/forms/vraag.{lang}.toml");
        let text = project.read(&file);
        let fields = text.split("[replies.").next().expect("the words of the fields");
        project.write(&file, fields);
    }
    assert_eq!(replies(&manifest(&project), "ar"), []);
}

/// In a line that runs from right to left, the parts of a number change places unless a word in Latin
/// letters goes before it. A page sets each number apart; a plain text cannot.
#[test]
fn a_number_does_not_turn_around_in_an_arabic_reply() {
    let manifest = manifest(&Project::of_oss());
    let mut seen = 0;
    for (name, _, reply) in manifest.replies("vraag", "ar") {
        for number in ["0900-8844", "0800-7000", "14 0412"] {
            for (at, _) in reply.text.match_indices(number) {
                let before = reply.text[..at].trim_end().chars().next_back();
                let latin = before.is_some_and(|c| c.is_ascii_alphabetic());
                assert!(latin, "{name}: a word in Latin letters belongs before {number}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 3, "{seen} numbers were found");
}

#[test]
fn an_area_with_a_route_of_its_own_has_it_in_the_bundle() {
    let project = Project::changed(
        "@ content/forms/vraag.toml\n- stop = false\n+ routes = { ravenstein = \"brabantwonen\" }\n",
    );
    let manifest = manifest(&project);
    let house = manifest.form("vraag").and_then(|form| form.topic("huis")).expect("the topic");
    assert_eq!(house.route_for(Some("ravenstein")), "brabantwonen");
    assert_eq!(house.route_for(Some("lith")), "vluchtelingenwerk");
}
