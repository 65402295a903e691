//! What an editor reads when something is wrong. Each folder of `mistakes/` is a case: `change.txt`
//! spoils the content of Oss, `expected.txt` is the whole of what the program then says. Set
//! `NB_BLESS=1` to write those anew, and read the difference.

use std::fs;
use std::path::Path;

use tests::project::Project;
use tests::root;

fn cases() -> std::path::PathBuf {
    root().join("tests/suite/mistakes")
}

fn check(case: &Path) -> Result<(), String> {
    let change = fs::read_to_string(case.join("change.txt")).map_err(|error| error.to_string())?;
    let project = Project::changed(&change);
    let outcome = project.run(&["build"]);
    let told = format!("exit {}\n{}{}", outcome.code, outcome.stdout, outcome.stderr);
    if project.path().join("dist").exists() {
        return Err("something was written".to_owned());
    }
    let expected = case.join("expected.txt");
    if std::env::var_os("NB_BLESS").is_some() {
        fs::write(&expected, &told).map_err(|error| error.to_string())?;
        return Ok(());
    }
    let wanted = fs::read_to_string(&expected).map_err(|error| error.to_string())?;
    if told == wanted { Ok(()) } else { Err(format!("said:\n{told}\nexpected:\n{wanted}")) }
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
