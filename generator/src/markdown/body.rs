//! A page's text ready for every language and address: HTML with holes for what only the site as a
//! whole knows. The tree itself is let go, so that ten thousand pages fit in memory.

use super::html::{HtmlWriter, Text};
use super::{Block, BlockKind, Document, Inline, plain_text};

/// Text as HTML, and what the site must fill in.
#[derive(Debug, Default)]
pub struct Body {
    html: String,
    /// In the order of the text.
    holes: Vec<(usize, Hole)>,
    pub headings: Vec<Heading>,
}

/// What is filled in when the page is made.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Hole {
    /// The address of a link, as the editor wrote it.
    Link { url: String, line: usize },
    /// A picture, as the editor wrote it.
    Picture { url: String, alt: String, line: usize },
    /// A component without a text of its own.
    Component { call: Call, line: usize },
    /// The start of a component that stands around text.
    Open { call: Call, line: usize },
    /// The end of it.
    Close { call: Call },
}

/// Name and argument of a component.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Call {
    pub name: String,
    pub argument: String,
}

#[derive(Debug)]
pub struct Heading {
    pub level: u8,
    pub id: String,
    pub line: usize,
}

/// A block of running text, for whoever looks at the language.
#[derive(Debug)]
pub struct Passage {
    pub line: usize,
    pub text: String,
}

impl Body {
    /// `text` says how words are written, for instance with numbers isolated.
    pub fn new(document: &Document, text: Text) -> Self {
        let mut writer = HtmlWriter::new(text);
        writer.blocks(&document.blocks);
        let (html, holes) = writer.finish();
        let mut headings = Vec::new();
        document.each_block(&mut |block| {
            if let BlockKind::Heading { level, id, .. } = &block.kind {
                headings.push(Heading { level: *level, id: id.clone(), line: block.line });
            }
        });
        Self { html, holes, headings }
    }

    /// The HTML with every hole filled by `fill`, which writes to the end of the string.
    pub fn filled(&self, mut fill: impl FnMut(&mut String, &Hole)) -> String {
        let mut out = String::with_capacity(self.html.len() + 48 * self.holes.len());
        let mut from = 0;
        for (at, hole) in &self.holes {
            out.push_str(&self.html[from..*at]);
            fill(&mut out, hole);
            from = *at;
        }
        out.push_str(&self.html[from..]);
        out
    }

    pub fn holes(&self) -> impl Iterator<Item = &Hole> {
        self.holes.iter().map(|(_, hole)| hole)
    }

    /// Every link with its line.
    pub fn links(&self) -> impl Iterator<Item = (&str, usize)> {
        self.holes().filter_map(|hole| match hole {
            Hole::Link { url, line } => Some((url.as_str(), *line)),
            _ => None,
        })
    }

    pub fn has_anchor(&self, id: &str) -> bool {
        self.headings.iter().any(|heading| heading.id == id)
    }
}

impl Document {
    /// Paragraphs, items and cells in reading order; headings are no sentences.
    pub fn passages(&self) -> Vec<Passage> {
        let mut all = Vec::new();
        let mut add = |line: usize, inlines: &[Inline]| {
            let text = plain_text(inlines);
            if !text.trim().is_empty() {
                all.push(Passage { line, text });
            }
        };
        self.each_block(&mut |block: &Block| match &block.kind {
            BlockKind::Paragraph { inlines } => add(block.line, inlines),
            BlockKind::Table { header, rows } => {
                for cell in header.iter().chain(rows.iter().flatten()) {
                    add(block.line, cell);
                }
            }
            _ => {}
        });
        all
    }
}
