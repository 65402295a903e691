//! Whether a press really printed what it was asked. A press that leaves work out is not quick.
//!
//! Looks with poppler (`pdfinfo`, `pdftotext`), outside the measured time.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::words::Folder;
use crate::tools::said;

/// What is known of the PDFs of a folder.
#[derive(Debug, Default)]
pub struct Seen {
    /// In bytes.
    pub sizes: Vec<u64>,
    /// How many say that they are tagged.
    pub tagged: usize,
}

/// How many PDFs there are in a folder; each must have bytes.
pub fn pdfs(out: &Path) -> Result<usize, String> {
    let entries = fs::read_dir(out).map_err(|error| format!("{}: {error}", out.display()))?;
    let mut count = 0;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.extension().is_some_and(|extension| extension == "pdf") {
            if fs::metadata(&path).is_ok_and(|facts| facts.len() == 0) {
                return Err(format!("{} is empty", path.display()));
            }
            count += 1;
        }
    }
    Ok(count)
}

/// Looks through the trifold of each folder: two pages, and in the main language the words of the
/// title and of all headings. An error names the first that is not right.
pub fn through(folders: &[Folder], out: &Path, main: &str) -> Result<Seen, String> {
    let mut seen = Seen::default();
    for folder in folders {
        let file = out.join(format!("{}.pdf", folder.name()));
        let explain = |error| format!("{}: {error}", file.display());
        seen.sizes.push(fs::metadata(&file).map_err(|error| explain(error.to_string()))?.len());
        let facts = said(Command::new("pdfinfo").arg(&file)).map_err(explain)?;
        let fact = |name: &str| {
            facts
                .lines()
                .find_map(|line| line.strip_prefix(name))
                .map(str::trim)
                .unwrap_or_default()
        };
        if fact("Pages:") != "2" {
            return Err(explain(format!("{} pages instead of 2", fact("Pages:"))));
        }
        seen.tagged += usize::from(fact("Tagged:") == "yes");
        if folder.lang == main {
            let text = said(Command::new("pdftotext").arg(&file).arg("-")).map_err(explain)?;
            if let Some(word) = folder.headings().find(|word| !text.contains(word)) {
                return Err(explain(format!("the word {word} is not in it")));
            }
        }
    }
    Ok(seen)
}
