//! Reading folders and text files for the loaders, with mistakes as diagnostics.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};

/// Largest text file; a page of this size is a mistake, not a page.
const MAX_BYTES: u64 = 2 * 1024 * 1024;

/// A file below a folder. `name` is relative to it, with forward slashes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    pub name: String,
    pub path: PathBuf,
}

/// All files below `root`, sorted by name. Links to folders are not followed, so a loop of them
/// does no harm; names that start with a dot are skipped, as editors' programs leave those behind.
pub fn walk(root: &Path, diagnostics: &mut Diagnostics) -> Vec<Found> {
    let mut found = Vec::new();
    let mut waiting = vec![(root.to_owned(), String::new())];
    while let Some((folder, prefix)) = waiting.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                diagnostics.push(Diagnostic::general(format!(
                    "De map {} is niet te lezen: {error}.",
                    display(&folder)
                )));
                continue;
            }
        };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else {
                diagnostics.push(Diagnostic::general(format!(
                    "Een bestandsnaam in {} heeft vreemde tekens. Geef het bestand een gewone naam.",
                    display(&folder)
                )));
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => {
                    waiting.push((entry.path(), format!("{prefix}{name}/")));
                }
                // The folder's own listing tells; only a link is looked at.
                Ok(kind) if kind.is_file() || (kind.is_symlink() && entry.path().is_file()) => {
                    found.push(Found { name: format!("{prefix}{name}"), path: entry.path() });
                }
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// All files below a folder as they were at the last walk, kept up to date by what changed.
#[derive(Debug, Default)]
pub struct Listing {
    found: Vec<Found>,
    /// Whether the walk went without a mistake, so that it need not be told again.
    sound: bool,
}

impl Listing {
    /// The files of now. `changed` is what may have come or gone since the last time; without it
    /// the folder is walked.
    pub fn refreshed(
        &mut self,
        root: &Path,
        changed: Option<&BTreeSet<PathBuf>>,
        diagnostics: &mut Diagnostics,
    ) -> &[Found] {
        match changed.filter(|_| self.sound) {
            Some(changed) => changed.iter().for_each(|path| self.look(root, path)),
            None => {
                let mut faults = Diagnostics::default();
                self.found = walk(root, &mut faults);
                self.sound = !faults.has_errors();
                diagnostics.append(faults);
            }
        }
        &self.found
    }

    fn look(&mut self, root: &Path, path: &Path) {
        let Some(name) = path.strip_prefix(root).ok().map(display) else { return };
        let hidden = name.split('/').any(|part| part.starts_with('.'));
        let there = !hidden && path.is_file();
        match (self.found.binary_search_by(|found| found.name.cmp(&name)), there) {
            (Ok(at), false) => {
                self.found.remove(at);
            }
            (Err(at), true) => self.found.insert(at, Found { name, path: path.to_owned() }),
            (Ok(_), true) => {}
            (Err(_), false) => {
                // It may have been a folder.
                let below = format!("{name}/");
                self.found.retain(|found| !found.name.starts_with(&below));
            }
        }
    }
}

/// Reads a text file: UTF-8, without byte order mark, lines ended by `\n`.
pub fn read_text(path: &Path, diagnostics: &mut Diagnostics) -> Option<Arc<Source>> {
    let bytes = read_bytes(path, diagnostics)?;
    let shown = display(path);
    if bytes.len() as u64 > MAX_BYTES {
        diagnostics.push(
            Diagnostic::error(
                Place::file(&Source::new(shown, "")),
                format!("Dit bestand is {} MB groot.", bytes.len() / 1_048_576),
            )
            .hint("Een tekst is hoogstens 2 MB. Verdeel haar over meer pagina's."),
        );
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let source = Source::new(shown, text.replace("\r\n", "\n"));
            diagnostics.extend(control_character(&source));
            Some(source)
        }
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let source = Source::new(shown, text);
            diagnostics.push(
                Diagnostic::error(Place::at(&source, good), "Dit bestand is geen UTF-8.")
                    .hint("Sla het op als UTF-8; dat heet soms Unicode."),
            );
            None
        }
    }
}

/// A character that no keyboard makes and no reader sees, such as one that a word processor left.
fn control_character(source: &Arc<Source>) -> Option<Diagnostic> {
    let stray = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    let (at, found) = source.text.char_indices().find(|(_, c)| stray(*c))?;
    let message = format!("Hier staat een onzichtbaar teken (U+{:04X}).", u32::from(found));
    Some(
        Diagnostic::error(Place::at(source, at), message)
            .hint("Haal het weg: typ deze regel opnieuw."),
    )
}

pub fn read_bytes(path: &Path, diagnostics: &mut Diagnostics) -> Option<Vec<u8>> {
    match fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            diagnostics.push(Diagnostic::general(format!(
                "Het bestand {} is niet te lezen: {error}.",
                display(path)
            )));
            None
        }
    }
}

/// A path as an editor writes it, with forward slashes on every system.
pub fn display(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
