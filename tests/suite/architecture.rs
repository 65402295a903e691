//! The invariants of ARCHITECTURE.md that can be read off the source.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use tests::project::files;
use tests::root;

const CRATES: [&str; 6] = ["forms-core", "forms-fn", "generator", "pictures", "tests", "typeset"];
const LONGEST_FILE: usize = 400;

/// Every Rust file of a crate's library and binaries, by path below the root.
fn sources(folder: &str) -> BTreeMap<String, String> {
    let base = root().join(folder);
    files(&base)
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
        .map(|file| {
            let text = fs::read_to_string(base.join(&file)).expect("a source");
            (format!("{folder}/{}", file.display()), text)
        })
        .collect()
}

/// Names under `[dependencies]` of a crate.
fn dependencies(name: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join(name).join("Cargo.toml")).expect("a manifest");
    let section = manifest.split("[dependencies]").nth(1).expect("dependencies");
    let section = section.split("\n[").next().unwrap_or_default();
    section
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn forms_core_is_pure() {
    assert_eq!(dependencies("forms-core"), ["serde", "serde_json", "sha2"]);
    for (file, text) in sources("forms-core/src") {
        for io in ["std::fs", "std::net", "std::env", "std::io", "SystemTime", "Instant"] {
            assert!(!text.contains(io), "{file} uses {io}");
        }
    }
}

#[test]
fn generator_and_function_meet_in_forms_core_and_in_the_preview_only() {
    assert!(!dependencies("forms-fn").iter().any(|name| name == "generator" || name == "typeset"));
    assert_eq!(
        CRATES.iter().filter(|name| dependencies(name).contains(&"forms-fn".to_owned())).count(),
        2,
        "generator and tests"
    );
    for (file, text) in sources("generator/src") {
        let preview = file.starts_with("generator/src/serve/");
        assert!(preview || !text.contains("forms_fn::"), "{file} reaches into the function");
    }
}

#[test]
fn only_the_press_knows_the_typesetter() {
    for name in CRATES {
        let typst = dependencies(name).iter().any(|dependency| dependency.starts_with("typst"));
        assert_eq!(typst, name == "typeset", "{name}");
    }
}

#[test]
fn the_cloud_is_known_in_few_places() {
    let allowed = ["store/", "mail/ses.rs", "cloud.rs", "bin/"];
    for (file, text) in sources("forms-fn/src") {
        let cloud = ["aws_sdk", "aws_config", "lambda_http", "lambda_runtime"]
            .iter()
            .any(|name| text.contains(name));
        let known = allowed.iter().any(|place| file.starts_with(&format!("forms-fn/src/{place}")));
        assert!(!cloud || known, "{file} knows the cloud");
    }
}

#[test]
fn one_file_writes_the_output_and_one_reads_the_environment() {
    for (file, text) in sources("generator/src") {
        let writes = ["fs::write", "remove_file", "File::create", "create_new", "create_dir"]
            .iter()
            .any(|call| text.contains(call));
        let writer =
            file.starts_with("generator/src/output") || file.starts_with("generator/src/serve/");
        assert!(!writes || writer, "{file} writes");
        assert!(!text.contains("env::var"), "{file} reads the environment");
        let clock = text.contains("Timestamp::now");
        let clocked = file.ends_with("/cli.rs") || file.starts_with("generator/src/serve/");
        assert!(!clock || clocked, "{file} asks the time");
    }
    for (file, text) in sources("forms-fn/src") {
        assert!(!text.contains("env::var") || file.ends_with("/config.rs"), "{file}");
        let clock = text.contains("Timestamp::now");
        assert!(!clock || file.ends_with("/cloud.rs"), "{file} asks the time");
    }
}

#[test]
fn every_file_fits_on_a_few_screens_and_nothing_is_left_to_do() {
    // In pieces, or this file would find itself.
    let unfinished = ["to", "dbg", "unimplemen"].map(|word| match word {
        "to" => format!("{word}do!("),
        "dbg" => format!("{word}!("),
        _ => format!("{word}ted!("),
    });
    for name in CRATES {
        for (file, text) in sources(name) {
            let lines = text.lines().count();
            assert!(lines <= LONGEST_FILE, "{file} has {lines} lines");
            for word in &unfinished {
                assert!(!text.contains(word.as_str()), "{file} has {word}");
            }
        }
    }
}

#[test]
fn every_invariant_of_the_papers_names_a_test_that_exists() {
    let paper = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the paper");
    let invariants = paper.split("## Invariants").nth(1).expect("a chapter of invariants");
    let all: String = CRATES.iter().flat_map(|name| sources(name).into_values()).collect();
    let mut named = 0;
    for name in invariants.split('`').skip(1).step_by(2).filter(|name| name.contains('_')) {
        let test = name.rsplit("::").next().unwrap_or(name);
        if name.contains("::") {
            named += 1;
            assert!(all.contains(&format!("fn {test}(")), "there is no test {name}");
        }
    }
    assert!(named >= 10, "only {named} tests are named");
}

#[test]
fn no_file_names_a_machine_or_a_person() {
    let folders = [
        "content",
        "themes",
        "infra",
        "docs",
        "forms-core",
        "forms-fn",
        "generator",
        "typeset",
        "tests",
    ];
    let mut texts: Vec<PathBuf> = Vec::new();
    for folder in folders.map(|folder| root().join(folder)).iter().filter(|path| path.is_dir()) {
        texts.extend(files(folder).into_iter().map(|file| folder.join(file)));
    }
    for path in texts.iter().filter(|path| !path.to_string_lossy().contains("/.tools/")) {
        let Ok(text) = fs::read_to_string(path) else { continue };
        for place in ["/ho\u{6d}e/", "/ro\u{6f}t/", "C:\\\\Us\u{65}rs"] {
            assert!(!text.contains(place), "{} names {place}", path.display());
        }
    }
}
