//! The text of a folder: one Markdown file per language, one `## panel` heading per panel.

use std::collections::BTreeMap;
use std::sync::Arc;

use forms_core::Dir;

use super::fields::Fields;
use super::organisation::Review;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source, did_you_mean};
use crate::markdown::{Block, BlockKind, Document, plain_text};

/// What a text is for; each kind has a file per language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeafletKind {
    /// For every resident, in most formats.
    Folder,
    /// For who rings the bell.
    Door,
}

impl LeafletKind {
    pub const ALL: [Self; 2] = [Self::Folder, Self::Door];

    /// Of `trifold.nl.md`: its kind and its language.
    pub fn of_file(name: &str) -> Option<(Self, &str)> {
        let (stem, lang) = name.strip_suffix(".md")?.rsplit_once('.')?;
        let kind = Self::ALL.into_iter().find(|kind| kind.stem() == stem)?;
        Some((kind, lang))
    }

    /// Of its text in a language: `trifold.nl.md`.
    pub fn file_name(self, lang: &str) -> String {
        format!("{}.{lang}.md", self.stem())
    }

    fn stem(self) -> &'static str {
        match self {
            Self::Folder => "trifold",
            Self::Door => "door",
        }
    }

    /// In the order in which a reader meets them: six of a folded A4, two of a card.
    pub fn panels(self) -> &'static [&'static str] {
        match self {
            Self::Folder => &["cover", "flap", "inside-1", "inside-2", "inside-3", "back"],
            Self::Door => &["front", "back"],
        }
    }
}

#[derive(Debug)]
pub struct Leaflet {
    pub title: String,
    /// The day on which the text was last read as a whole; printed on the folder.
    pub version: jiff::civil::Date,
    pub review: Review,
    pub panels: BTreeMap<&'static str, Document>,
    pub source: Arc<Source>,
    /// Of all that a translator translates; of a translation, that of its original.
    pub digest: String,
    /// Whether somebody who knows the language read it; of a translation only.
    pub reviewed: bool,
    /// Whether the original has changed since; of a translation only.
    pub behind: bool,
}

impl Leaflet {
    /// The text of each panel, for an area of this name.
    pub fn panels_for(&self, area: &str, dir: Dir) -> BTreeMap<&'static str, Document> {
        let name = match dir {
            Dir::Ltr => area.to_owned(),
            Dir::Rtl => from_left_to_right(area),
        };
        let panel =
            |(panel, text): (&&'static str, &Document)| (*panel, text.replaced("{area}", &name));
        self.panels.iter().map(panel).collect()
    }

    /// Address and line of every picture, in the order of the panels' names.
    pub fn pictures(&self) -> Vec<(&str, usize)> {
        let mut pictures = Vec::new();
        for panel in self.panels.values() {
            panel.each_block(&mut |block| {
                if let BlockKind::Picture { url, .. } = &block.kind {
                    pictures.push((url.as_str(), block.line));
                }
            });
        }
        pictures
    }

    /// Whether a component stands in it, in whatever panel.
    pub fn holds(&self, component: &str) -> bool {
        let mut found = false;
        for panel in self.panels.values() {
            panel.each_block(&mut |block| {
                found |= matches!(&block.kind, BlockKind::Directive { name, .. } if name == component);
            });
        }
        found
    }
}

/// A Dutch name in a text from right to left. Where a line ends after a dash of `Megen–Haren–Macharen`,
/// the dash would jump to its other side; a mark behind it (U+200E) says that it belongs to the name.
fn from_left_to_right(name: &str) -> String {
    name.replace('–', "–\u{200e}")
}

/// Front matter of a folder: its title, its description and who vouches for it.
pub fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> (String, String, Review) {
    let title = fields.string("title", diagnostics).value;
    // A folder has no description of its own; editors copy the lines of a page.
    let description = fields.optional_string("description", diagnostics);
    let description = description.map(|text| text.value).unwrap_or_default();
    (title, description, Review::read(fields, diagnostics))
}

/// A translation that waits for its original: what holds for every language stands there.
#[derive(Debug)]
pub struct TranslatedLeaflet {
    pub title: String,
    pub of: Option<String>,
    pub reviewed: bool,
    pub panels: BTreeMap<&'static str, Document>,
    pub source: Arc<Source>,
}

impl TranslatedLeaflet {
    pub fn beside(self, original: &Leaflet) -> Leaflet {
        Leaflet {
            title: self.title,
            version: original.version,
            review: original.review.clone(),
            panels: self.panels,
            source: self.source,
            digest: original.digest.clone(),
            reviewed: self.reviewed,
            behind: self.of.as_ref() != Some(&original.digest),
        }
    }
}

/// Cuts a document into panels at its `##` headings.
pub fn panels(
    kind: LeafletKind,
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
            current = panel(kind, &plain_text(inlines), &block, source, diagnostics);
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
                        .hint(format!("Begin met een kop zoals `## {}`.", kind.panels()[0])),
                );
            }
        }
    }
    for name in kind.panels().iter().filter(|name| !panels.contains_key(**name)) {
        diagnostics.push(
            Diagnostic::error(Place::file(source), format!("Het vak `{name}` ontbreekt."))
                .hint(format!("Zet een kop `## {name}` met de tekst eronder.")),
        );
    }
    panels
}

fn panel(
    kind: LeafletKind,
    name: &str,
    block: &Block,
    source: &Arc<Source>,
    diagnostics: &mut Diagnostics,
) -> Option<&'static str> {
    let panels = || kind.panels().iter().copied();
    let found = panels().find(|panel| *panel == name.trim());
    if found.is_none() {
        let hint = match did_you_mean(name, panels()) {
            Some(near) => format!("Bedoelt u `{near}`?"),
            None => format!("De vakken heten: {}.", kind.panels().join(", ")),
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
