//! Splits a Markdown file into its TOML front matter and its text.

use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};

const FENCE: &str = "+++";

/// Byte offsets into the source.
pub struct Split {
    pub front_matter: std::ops::Range<usize>,
    pub body: usize,
}

/// Finds the two `+++` lines; a file without them gets a message that shows how to begin.
pub fn split(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<Split> {
    let mut lines = lines(&source.text);
    match lines.next() {
        Some((_, _, line)) if line.trim_end() == FENCE => {}
        _ => {
            diagnostics.push(
                Diagnostic::error(
                    Place::file(source),
                    "Dit bestand begint niet met +++ en de gegevens van de pagina.",
                )
                .hint("Zet bovenaan: +++, dan title = \"…\" en de andere sleutels, dan weer +++."),
            );
            return None;
        }
    }
    let from = source.text.find('\n').map_or(source.text.len(), |at| at + 1);
    for (start, end, line) in lines {
        if line.trim_end() == FENCE {
            return Some(Split { front_matter: from..start, body: end });
        }
    }
    diagnostics.push(
        Diagnostic::error(Place::file(source), "De gegevens bovenaan worden niet afgesloten.")
            .hint("Zet na de laatste sleutel een regel met alleen +++."),
    );
    None
}

/// Start, end (past the line break) and text of every line.
fn lines(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, *at, line))
    })
}
