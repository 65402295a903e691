//! A new municipality begins with one command and nothing but the program.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tests::project::{Project, TODAY, files};
use tests::root;

/// With a space and capitals, as people name folders.
const FOLDER: &str = "Nieuwe Buren Voorbeeld";
/// Half a year after [`TODAY`].
const REVIEW: &str = "2027-05-24";

fn begun() -> Project {
    let project = Project::empty();
    let outcome = project.run(&["init", FOLDER]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    project
}

fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |file: &Path| file.to_string_lossy().replace('\\', "/");
    files(folder)
        .iter()
        .map(|file| (name(file), fs::read(folder.join(file)).expect("a file")))
        .collect()
}

#[test]
fn a_new_municipality_is_checked_and_built_without_a_change() {
    let project = begun();
    let check = project.run_in(FOLDER, &["check"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
    // Nothing to mend but the numbers, which nobody can know.
    assert_eq!(check.stderr.matches("let op:").count(), 1, "{}", check.stderr);
    assert!(check.stderr.contains("0 fouten, 1 waarschuwing.\n"), "{}", check.stderr);
    assert!(check.stderr.contains("Telefoonnummer nog in te vullen"), "{}", check.stderr);
    let build = project.run_in(FOLDER, &["build"]);
    assert_eq!(build.code, 0, "{}", build.stderr);
    assert!(build.stdout.contains(" 14 folders  dist/print"), "{}", build.stdout);
    assert!(build.stdout.contains("1 formulier  dist/forms"), "{}", build.stdout);
    let site = project.path().join(FOLDER).join("dist/site");
    for page in [
        "index.html",
        "wie-bel-ik/index.html",
        "vragen/index.html",
        "vraag/index.html",
        "wijken-en-dorpen/wijk-noord/index.html",
        "folders/dorp-zuid-nl-trifold.pdf",
        "en/index.html",
        "en/who-do-i-call/index.html",
    ] {
        assert!(site.join(page).is_file(), "{page} is missing");
    }
    let english = fs::read_to_string(site.join("en/index.html")).expect("the English home page");
    assert!(english.contains("One place for all your questions"), "{english}");
}

#[test]
fn its_translations_are_of_the_texts_beside_them() {
    let outcome = begun().run_in(FOLDER, &["translations"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains("3 van"), "{}", outcome.stdout);
    assert!(!outcome.stdout.contains("loopt achter"), "{}", outcome.stdout);
    assert!(!outcome.stdout.contains(".toml"), "all data has its words: {}", outcome.stdout);
}

#[test]
fn its_days_are_those_on_which_it_is_made() {
    let project = begun();
    let content = read(&project.path().join(FOLDER).join("content"));
    let mut dated = 0;
    for (file, bytes) in content.iter().filter(|(file, _)| *file != "LEESMIJ.md") {
        let text = String::from_utf8_lossy(bytes);
        for line in text.lines() {
            let expected = match line.split_once(" = ") {
                Some(("checked", day)) => day == TODAY,
                Some(("review_by" | "expires", day)) => day == REVIEW,
                _ => continue,
            };
            assert!(expected, "{file}: {line}");
            dated += 1;
        }
    }
    assert!(dated > 40, "only {dated} days were found");
}

#[test]
fn it_comes_with_the_theme_the_handbook_and_the_schemas() {
    let project = begun();
    let made = read(&project.path().join(FOLDER));
    let theme = root().join("themes/vluchtelingenwerk");
    for (file, bytes) in read(&theme) {
        let name = format!("themes/vluchtelingenwerk/{file}");
        assert!(made.get(&name) == Some(&bytes), "{name} differs");
    }
    let handbook = fs::read(root().join("content/LEESMIJ.md")).expect("the handbook");
    assert!(made.get("content/LEESMIJ.md") == Some(&handbook), "the handbook differs");
    for file in ["README.md", ".gitignore", ".taplo.toml", "schemas/site.json"] {
        assert!(made.contains_key(file), "{file} is missing");
    }
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let project = begun();
    let folder = project.path().join(FOLDER);
    fs::write(folder.join("content/site.toml"), "# van de redactie\n").expect("our own file");
    let before = read(&folder);
    let again = project.run(&["init", FOLDER]);
    assert_eq!(again.code, 2, "{}", again.stdout);
    assert_eq!(
        again.stderr,
        format!(
            "fout: {FOLDER} is er al. Er is niets overschreven.\n  \
             doe dit: Kies een map die er nog niet is, of die leeg is.\n"
        )
    );
    assert!(before == read(&folder), "something changed");
    // A file is no folder.
    fs::write(project.path().join("bestand"), "van iemand").expect("our own file");
    assert_eq!(project.run(&["init", "bestand"]).code, 2);
    assert_eq!(fs::read(project.path().join("bestand")).expect("still there"), b"van iemand");
}

#[test]
fn an_empty_folder_and_a_folder_in_a_folder_will_do() {
    let project = Project::empty();
    fs::create_dir(project.path().join("leeg")).expect("our own folder");
    for folder in ["leeg", "een/nieuwe/map", "hier/."] {
        let outcome = project.run(&["init", folder]);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        assert!(project.path().join(folder).join("content/site.toml").is_file(), "{folder}");
    }
}

#[test]
fn what_to_do_next_can_be_typed_as_it_stands() {
    let outcome = Project::empty().run(&["init", FOLDER]);
    assert!(outcome.stdout.contains("  cd 'Nieuwe Buren Voorbeeld'\n  nieuwe-buren serve\n"));
}
