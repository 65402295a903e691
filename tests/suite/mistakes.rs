//! What an editor reads when something is wrong. Each folder of `mistakes/` is a case: `change.txt`
//! spoils the content of Oss, `expected.txt` is the whole of what the program then says, and
//! `expected.en.txt` what it says in English. Set `NB_BLESS=1` to write those anew, and read the
//! difference.

use std::fs;
use std::path::Path;

use tests::project::Project;
use tests::root;

fn cases() -> std::path::PathBuf {
    root().join("tests/suite/mistakes")
}

/// The report in a language, as `expected` has it; the words of the report for whoever compares.
fn told(project: &Project, locale: &str, expected: &Path) -> Result<String, String> {
    let outcome = project.run(&["build", "--locale", locale]);
    let told = format!("exit {}\n{}{}", outcome.code, outcome.stdout, outcome.stderr);
    if project.path().join("dist").exists() {
        return Err("something was written".to_owned());
    }
    if std::env::var_os("NB_BLESS").is_some() {
        fs::write(expected, &told).map_err(|error| error.to_string())?;
        return Ok(told);
    }
    let wanted = fs::read_to_string(expected).map_err(|error| error.to_string())?;
    if told == wanted { Ok(told) } else { Err(format!("said:\n{told}\nexpected:\n{wanted}")) }
}

fn check(case: &Path) -> Result<(), String> {
    let change = fs::read_to_string(case.join("change.txt")).map_err(|error| error.to_string())?;
    let project = Project::changed(&change);
    let dutch = told(&project, "nl", &case.join("expected.txt"))?;
    let english = told(&project, "en", &case.join("expected.en.txt"))?;
    let (dutch, english) = (words(&dutch), words(&english));
    if dutch.len() != english.len() {
        return Err("the English report has other messages".to_owned());
    }
    match dutch.iter().find(|words| english.contains(words)) {
        Some(words) => Err(format!("generator/src/english.toml does not have: {words}")),
        None => Ok(()),
    }
}

/// Messages and hints of a report, and the lines that close it.
fn words(report: &str) -> Vec<&str> {
    let labels = ["fout", "let op", "tip", "  doe dit", "error", "warning", "  do this"];
    let labelled = |line: &&str| labels.iter().any(|label| line.starts_with(&format!("{label}: ")));
    let mut all: Vec<&str> = report.lines().filter(labelled).collect();
    all.extend(report.lines().rev().take(2));
    all.into_iter().map(|line| line.split_once(": ").map_or(line, |(_, words)| words)).collect()
}

#[test]
fn every_mistake_is_explained_as_agreed() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(cases()).expect("cases") {
        let case = entry.expect("a case").path();
        count += 1;
        if let Err(why) = check(&case) {
            wrong.push(format!("== {}\n{why}", case.display()));
        }
    }
    assert!(count >= 10, "only {count} cases were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Chapters of `english.toml` whose sentences no change of a text file can bring up: what the disk, the
/// command line and the preview say, photos, and advice, which `check` alone prints. They have tests
/// of their own.
const ELSEWHERE: [&str; 7] = [
    "files.rs",
    "check/readability",
    "pictures/src/fault.rs",
    "cli.rs",
    "serve",
    "init",
    "render/search.rs",
];

/// Sentences of other chapters that only a broken program or disk could say.
const NEVER: [&str; 8] = [
    "De map {folder} bestaat niet.",
    "Geef de map met de teksten: --content content.",
    "{folder}/site.toml ontbreekt.",
    "Daarin staan de naam van de gemeente, het adres en het menu.",
    "De bundel voor de formulieren is niet te maken: {why}.",
    "De folder van het thema {theme} is niet te maken: {why}",
    "Het thema {theme} bestaat niet.",
    "Geef de map van een thema: --theme themes/vluchtelingenwerk.",
];

#[test]
fn every_sentence_is_in_a_case() {
    let files = tests::project::files(&cases());
    let read = |file: &std::path::PathBuf| fs::read_to_string(cases().join(file)).expect("a case");
    let expected = files.iter().filter(|file| file.ends_with("expected.txt"));
    let told: String = expected.map(read).collect();
    let catalogue = fs::read_to_string(root().join("generator/src/english.toml"));
    let catalogue = catalogue.expect("the English");
    let sentences = catalogue.split("\n[parts]").next().unwrap_or_default();
    let mut missing = Vec::new();
    let mut chapter = "";
    for line in sentences.lines() {
        if let Some(name) = line.strip_prefix("# --- ") {
            chapter = name;
        }
        let quote = line.chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else { continue };
        let sentence = line[1..].split(quote).next().unwrap_or_default();
        let elsewhere = ELSEWHERE.iter().any(|name| chapter.starts_with(name));
        if !elsewhere
            && !NEVER.contains(&sentence)
            && !told.lines().any(|line| holds(line, sentence))
        {
            missing.push(format!("{chapter} {sentence}"));
        }
    }
    assert!(missing.is_empty(), "no case says:\n{}", missing.join("\n"));
}

/// Whether a line has the sentence in it, with anything in its holes.
fn holds(line: &str, sentence: &str) -> bool {
    let words = sentence.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    let mut rest = line;
    words.into_iter().all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

#[test]
fn content_that_is_not_there_is_said_and_not_a_crash() {
    let project = Project::of_oss();
    let outcome = project.run(&["build", "--content", "nergens"]);
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("nergens"), "{}", outcome.stderr);
}

#[test]
fn an_unknown_command_is_not_the_contents_fault() {
    assert_eq!(Project::of_oss().run(&["maak"]).code, 2);
}

#[test]
fn programs_get_the_same_mistakes() {
    let change = fs::read_to_string(cases().join("link-to-a-page-that-is-gone/change.txt"));
    let project = Project::changed(&change.expect("a case"));
    let run = |format: &str| {
        let outcome = project.run(&["check", "--format", format]);
        assert_eq!(outcome.code, 1, "{}", outcome.stderr);
        assert!(outcome.stderr.contains("2 fouten"), "people still read them");
        outcome.stdout
    };
    let json: serde_json::Value = serde_json::from_str(&run("json")).expect("JSON");
    let gone = json.as_array().expect("a list").iter().find(|one| one["column"] == 26);
    let gone = gone.expect("the first of two links on a line");
    assert_eq!(gone["file"], "content/pages/zo-werkt-het.nl.md");
    assert_eq!(gone["severity"], "error");
    assert_eq!(gone["hint"], "Maak de pagina, of haal de link weg.");

    let github = run("github");
    assert!(
        github.contains("::error file=content/pages/zo-werkt-het.nl.md,line=56,col=26::De link"),
        "{github}"
    );
    let gitlab: serde_json::Value = serde_json::from_str(&run("gitlab")).expect("JSON");
    let issues = gitlab.as_array().expect("a list");
    assert_eq!(issues.iter().filter(|one| one["severity"] == "major").count(), 2);
    let prints: std::collections::BTreeSet<_> =
        issues.iter().filter_map(|one| one["fingerprint"].as_str()).collect();
    assert_eq!(prints.len(), issues.len(), "every issue has a fingerprint of its own");
}

#[test]
fn programs_get_them_in_english_too_and_know_them_again() {
    let change = fs::read_to_string(cases().join("link-to-a-page-that-is-gone/change.txt"));
    let project = Project::changed(&change.expect("a case"));
    let run = |format: &str, locale: &str| {
        project.run(&["check", "--format", format, "--locale", locale]).stdout
    };
    let github = run("github", "en");
    assert!(github.contains("::The link goes to /vragen/bestaat-niet/"), "{github}");
    assert!(github.contains("Make the page, or remove the link."), "{github}");
    let parsed = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
    let messages = parsed(&run("json", "en"));
    let hint = |one: &serde_json::Value| one["hint"] == "Make the page, or remove the link.";
    assert!(messages.as_array().expect("a list").iter().any(hint), "{messages:#}");
    let (dutch, english) = (parsed(&run("gitlab", "nl")), parsed(&run("gitlab", "en")));
    let prints = |issues: &serde_json::Value| -> Vec<String> {
        let issues = issues.as_array().expect("a list").iter();
        issues.map(|issue| issue["fingerprint"].to_string()).collect()
    };
    assert_eq!(prints(&dutch), prints(&english), "the same issue in every language");
    assert_ne!(dutch, english);
}

#[test]
fn a_build_that_goes_well_says_so_in_english() {
    let project = Project::of_oss();
    let said = project.run(&["check", "--locale", "en"]).stdout;
    assert!(said.starts_with("All is well: ") && said.ends_with(" leaflets.\n"), "{said}");
    let said = project.run(&["translations", "--locale", "en"]).stdout;
    assert!(said.contains(" pages translated, "), "{said}");
    let said = project.run(&["build", "--locale", "en"]).stdout;
    for dutch in ["pagina", "formulier", "lezen", "geschreven", "gelijk", "weggehaald", "openbaar"]
    {
        assert!(!said.contains(dutch), "{dutch}: {said}");
    }
}
