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
