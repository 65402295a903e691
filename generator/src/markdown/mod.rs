//! The one tree that pages and folders are made from.
//!
//! Markdown becomes a [`Document`] and nothing else: no template code, no raw HTML, no markup of
//! the typesetter. The HTML writer and the folder template both walk this tree, so page and folder
//! cannot drift apart, and text from an editor stays text.

mod body;
mod builder;
mod containers;
mod html;
mod parse;

pub use body::{Body, Call, Heading, Hole, Passage};
pub use html::{Text, escape};
pub use parse::{PICTURES, parse, slug};

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
    /// `::name argument::` and everything up to its `::end::`: a component around text.
    Container {
        name: String,
        argument: String,
        blocks: Vec<Block>,
    },
    /// `![what it shows](/pictures/name.jpg)` on a line of its own.
    Picture {
        url: String,
        alt: String,
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

    /// The document with every occurrence of a `{word}` in its text replaced.
    pub fn replaced(&self, word: &str, with: &str) -> Document {
        let mut copy = self.clone();
        let mut replace = |text: &mut String| {
            if text.contains(word) {
                *text = text.replace(word, with);
            }
        };
        copy.each_block_mut(&mut |block| match &mut block.kind {
            BlockKind::Heading { inlines, .. } | BlockKind::Paragraph { inlines } => {
                each_inline_text_mut(inlines, &mut replace);
            }
            BlockKind::Table { header, rows } => {
                for cell in header.iter_mut().chain(rows.iter_mut().flatten()) {
                    each_inline_text_mut(cell, &mut replace);
                }
            }
            _ => {}
        });
        copy
    }

    /// The document with every heading one level higher; the highest stays.
    pub fn raised(mut self) -> Document {
        self.each_block_mut(&mut |block| {
            if let BlockKind::Heading { level, .. } = &mut block.kind {
                *level = level.saturating_sub(1).max(1);
            }
        });
        self
    }

    fn each_block_mut(&mut self, visit: &mut impl FnMut(&mut Block)) {
        each_block_mut(&mut self.blocks, visit);
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
            BlockKind::Quote { blocks } | BlockKind::Container { blocks, .. } => {
                each_block(blocks, visit);
            }
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

fn each_block_mut(blocks: &mut [Block], visit: &mut impl FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        match &mut block.kind {
            BlockKind::List { items, .. } => {
                for item in items {
                    each_block_mut(item, visit);
                }
            }
            BlockKind::Quote { blocks } | BlockKind::Container { blocks, .. } => {
                each_block_mut(blocks, visit);
            }
            _ => {}
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
