//! The one tree that pages and folders are made from.
//!
//! Markdown becomes a [`Document`] and nothing else: no template code, no raw HTML, no markup of
//! the typesetter. The HTML writer and the folder template both walk this tree, so page and folder
//! cannot drift apart, and text from an editor stays text.

mod builder;
mod html;
mod parse;

pub use html::{Directives, write_html};
pub use parse::parse;

use serde::Serialize;

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Document {
    pub blocks: Vec<Block>,
}

/// A block and the one-based line on which it starts in its file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Block {
    pub line: usize,
    #[serde(flatten)]
    pub kind: BlockKind,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum BlockKind {
    Heading {
        level: u8,
        id: String,
        inlines: Vec<Inline>,
    },
    Paragraph {
        inlines: Vec<Inline>,
    },
    List {
        ordered: bool,
        items: Vec<Vec<Block>>,
    },
    Quote {
        blocks: Vec<Block>,
    },
    Table {
        header: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Rule,
    /// `::name argument::` on a line of its own: a component that the outputs fill with data.
    Directive {
        name: String,
        argument: String,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Inline {
    Text { text: String },
    Strong { inlines: Vec<Inline> },
    Emphasis { inlines: Vec<Inline> },
    Code { text: String },
    Link { url: String, inlines: Vec<Inline>, line: usize },
    Break,
}

impl Document {
    /// Calls `visit` for every block, also those inside lists and quotes, in reading order.
    pub fn each_block<'a>(&'a self, visit: &mut impl FnMut(&'a Block)) {
        each_block(&self.blocks, visit);
    }

    /// Calls `visit` with the address and the line of every link.
    pub fn each_link<'a>(&'a self, visit: &mut impl FnMut(&'a str, usize)) {
        self.each_block(&mut |block| {
            for inlines in block.inlines() {
                each_link(inlines, visit);
            }
        });
    }

    /// Ids of all headings, the anchors that a link may name.
    pub fn anchors(&self) -> Vec<&str> {
        let mut ids = Vec::new();
        self.each_block(&mut |block| {
            if let BlockKind::Heading { id, .. } = &block.kind {
                ids.push(id.as_str());
            }
        });
        ids
    }

    /// The document with every occurrence of a `{word}` in its text replaced.
    pub fn replaced(&self, word: &str, with: &str) -> Document {
        let mut copy = self.clone();
        each_text_mut(&mut copy.blocks, &mut |text| {
            if text.contains(word) {
                *text = text.replace(word, with);
            }
        });
        copy
    }
}

impl Block {
    /// The runs of text directly in this block, without those of nested blocks.
    fn inlines(&self) -> Vec<&[Inline]> {
        match &self.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph { inlines } => vec![inlines],
            BlockKind::Table { header, rows } => {
                header.iter().chain(rows.iter().flatten()).map(Vec::as_slice).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The words of a run without its markup.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    collect_text(inlines, &mut out);
    out
}

fn collect_text(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Strong { inlines }
            | Inline::Emphasis { inlines }
            | Inline::Link { inlines, .. } => collect_text(inlines, out),
            Inline::Break => out.push(' '),
        }
    }
}

fn each_block<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::List { items, .. } => {
                for item in items {
                    each_block(item, visit);
                }
            }
            BlockKind::Quote { blocks } => each_block(blocks, visit),
            _ => {}
        }
    }
}

fn each_link<'a>(inlines: &'a [Inline], visit: &mut impl FnMut(&'a str, usize)) {
    for inline in inlines {
        match inline {
            Inline::Link { url, inlines, line } => {
                visit(url, *line);
                each_link(inlines, visit);
            }
            Inline::Strong { inlines } | Inline::Emphasis { inlines } => each_link(inlines, visit),
            _ => {}
        }
    }
}

fn each_text_mut(blocks: &mut [Block], visit: &mut impl FnMut(&mut String)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph { inlines } => {
                each_inline_text_mut(inlines, visit);
            }
            BlockKind::List { items, .. } => {
                for item in items {
                    each_text_mut(item, visit);
                }
            }
            BlockKind::Quote { blocks } => each_text_mut(blocks, visit),
            BlockKind::Table { header, rows } => {
                for cell in header.iter_mut().chain(rows.iter_mut().flatten()) {
                    each_inline_text_mut(cell, visit);
                }
            }
            BlockKind::Rule | BlockKind::Directive { .. } => {}
        }
    }
}

fn each_inline_text_mut(inlines: &mut [Inline], visit: &mut impl FnMut(&mut String)) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => visit(text),
            Inline::Strong { inlines }
            | Inline::Emphasis { inlines }
            | Inline::Link { inlines, .. } => each_inline_text_mut(inlines, visit),
            Inline::Break => {}
        }
    }
}
