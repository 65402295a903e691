//! Lists the files that `nieuwe-buren init` hands out, so that the compiler puts them into the
//! program. A list of our own and no crate for it: cargo then knows which folders to watch, and a
//! file that is added or changed is in the next build.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where they stand in the checkout, and where in a new municipality.
const GIVEN: [(&str, &str); 3] = [
    ("starter", ""),
    ("../content/LEESMIJ.md", "content/LEESMIJ.md"),
    ("../themes/vluchtelingenwerk", "themes/vluchtelingenwerk"),
];

fn main() -> io::Result<()> {
    let here = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let mut files = Vec::new();
    for (from, to) in GIVEN {
        println!("cargo::rerun-if-changed={from}");
        gather(&here.join(from), to, &mut files)?;
    }
    // In one order on every machine.
    files.sort();
    let mut list = String::from("&[\n");
    for (name, path) in &files {
        list.push_str(&format!("    ({name:?}, include_bytes!({path:?})),\n"));
    }
    list.push(']');
    fs::write(Path::new(&variable("OUT_DIR")?).join("starter.rs"), list)
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(|error| io::Error::other(format!("{name}: {error}")))
}

/// Names in the new folder, with forward slashes, and paths in the checkout.
fn gather(path: &Path, name: &str, files: &mut Vec<(String, String)>) -> io::Result<()> {
    if !path.is_dir() {
        files.push((name.to_owned(), path.display().to_string()));
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let last = entry.file_name().to_string_lossy().into_owned();
        // Editors' programs leave such files behind.
        if last.starts_with('.') {
            continue;
        }
        let below = if name.is_empty() { last } else { format!("{name}/{last}") };
        gather(&entry.path(), &below, files)?;
    }
    Ok(())
}
