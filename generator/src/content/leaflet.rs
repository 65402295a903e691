//! The text of a folder: one Markdown file per language, one `## panel` heading per panel.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fields::Fields;
use super::organisation::Review;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source, did_you_mean};
use crate::markdown::{Block, BlockKind, Document, plain_text};

/// The six panels of a folded A4, in the order in which a reader meets them.
pub const PANELS: [&str; 6] = ["cover", "flap", "inside-1", "inside-2", "inside-3", "back"];

#[derive(Debug)]
pub struct Leaflet {
    pub title: String,
    /// The day on which the text was last read as a whole; printed on the folder.
    pub version: jiff::civil::Date,
    pub review: Review,
    pub panels: BTreeMap<&'static str, Document>,
    pub source: Arc<Source>,
}

/// Front matter of a folder: its title and who vouches for it.
pub fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> (String, Review) {
    let title = fields.string("title", diagnostics).value;
    // A folder has no description of its own; editors copy the lines of a page.
    let _ = fields.optional_string("description", diagnostics);
    (title, Review::read(fields, diagnostics))
}

/// Cuts a document into panels at its `##` headings.
pub fn panels(
    document: Document,
    source: &Arc<Source>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<&'static str, Document> {
    let mut panels: BTreeMap<&'static str, Document> = BTreeMap::new();
    let mut current = None;
    let mut headed = false;
    let mut told = false;
    for block in document.blocks {
        if let BlockKind::Heading { level: 2, inlines, .. } = &block.kind {
            headed = true;
            current = panel(&plain_text(inlines), &block, source, diagnostics);
            if let Some(name) = current
                && panels.insert(name, Document::default()).is_some()
            {
                diagnostics.push(
                    Diagnostic::error(
                        Place::line(source, block.line),
                        format!("Het vak `{name}` staat er twee keer."),
                    )
                    .hint("Voeg de twee teksten samen."),
                );
            }
            continue;
        }
        match current.and_then(|name| panels.get_mut(name)) {
            Some(panel) => panel.blocks.push(block),
            // Told already: below a heading with a mistake, or further on in the same text.
            None if headed || told => {}
            None => {
                told = true;
                let place = Place::line(source, block.line);
                diagnostics.push(
                    Diagnostic::error(place, "Deze tekst staat in geen vak.")
                        .hint(format!("Begin met een kop zoals `## {}`.", PANELS[0])),
                );
            }
        }
    }
    for name in PANELS.iter().filter(|name| !panels.contains_key(**name)) {
        diagnostics.push(
            Diagnostic::error(Place::file(source), format!("Het vak `{name}` ontbreekt."))
                .hint(format!("Zet een kop `## {name}` met de tekst eronder.")),
        );
    }
    panels
}

fn panel(
    name: &str,
    block: &Block,
    source: &Arc<Source>,
    diagnostics: &mut Diagnostics,
) -> Option<&'static str> {
    let found = PANELS.into_iter().find(|panel| *panel == name.trim());
    if found.is_none() {
        let hint = match did_you_mean(name, PANELS) {
            Some(near) => format!("Bedoelt u `{near}`?"),
            None => format!("De vakken heten: {}.", PANELS.join(", ")),
        };
        diagnostics.push(
            Diagnostic::error(
                Place::line(source, block.line),
                format!("De folder heeft geen vak `{name}`."),
            )
            .hint(hint),
        );
    }
    found
}
