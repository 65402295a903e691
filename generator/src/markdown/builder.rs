//! Builds the tree from a flat run of events, with a stack instead of recursion: the depth of the
//! input cannot exhaust ours.

use super::{Block, BlockKind, Inline, plain_text};

#[derive(Default)]
pub struct Builder {
    blocks: Vec<Block>,
    stack: Vec<Open>,
    stray_pictures: Vec<usize>,
}

/// An element whose end has not been seen.
enum Open {
    Heading {
        line: usize,
        level: u8,
        inlines: Vec<Inline>,
    },
    /// `picture` becomes a block of its own when nothing stands beside it.
    Paragraph {
        line: usize,
        inlines: Vec<Inline>,
        picture: Option<Picture>,
    },
    List {
        line: usize,
        ordered: bool,
        items: Vec<Vec<Block>>,
    },
    /// `tight` collects text that stands in an item without a paragraph around it.
    Item {
        line: usize,
        blocks: Vec<Block>,
        tight: Vec<Inline>,
    },
    Quote {
        line: usize,
        blocks: Vec<Block>,
    },
    Table {
        line: usize,
        header: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Row {
        header: bool,
        cells: Vec<Vec<Inline>>,
    },
    Cell {
        inlines: Vec<Inline>,
    },
    Strong {
        inlines: Vec<Inline>,
    },
    Emphasis {
        inlines: Vec<Inline>,
    },
    Link {
        url: String,
        line: usize,
        inlines: Vec<Inline>,
    },
    Picture {
        url: String,
        line: usize,
        inlines: Vec<Inline>,
    },
    /// Its content was refused and is dropped.
    Ignored,
}

/// Address and what it shows.
type Picture = (String, String);

impl Builder {
    pub fn depth(&self) -> usize {
        self.stack.len()
    }

    pub fn open_heading(&mut self, line: usize, level: u8) {
        self.stack.push(Open::Heading { line, level, inlines: Vec::new() });
    }

    pub fn open_paragraph(&mut self, line: usize) {
        self.stack.push(Open::Paragraph { line, inlines: Vec::new(), picture: None });
    }

    pub fn open_list(&mut self, line: usize, ordered: bool) {
        self.flush_tight();
        self.stack.push(Open::List { line, ordered, items: Vec::new() });
    }

    pub fn open_item(&mut self, line: usize) {
        self.stack.push(Open::Item { line, blocks: Vec::new(), tight: Vec::new() });
    }

    pub fn open_quote(&mut self, line: usize) {
        self.flush_tight();
        self.stack.push(Open::Quote { line, blocks: Vec::new() });
    }

    pub fn open_table(&mut self, line: usize) {
        self.stack.push(Open::Table { line, header: Vec::new(), rows: Vec::new() });
    }

    pub fn open_row(&mut self, header: bool) {
        self.stack.push(Open::Row { header, cells: Vec::new() });
    }

    pub fn open_cell(&mut self) {
        self.stack.push(Open::Cell { inlines: Vec::new() });
    }

    pub fn open_strong(&mut self) {
        self.stack.push(Open::Strong { inlines: Vec::new() });
    }

    pub fn open_emphasis(&mut self) {
        self.stack.push(Open::Emphasis { inlines: Vec::new() });
    }

    pub fn open_link(&mut self, url: String, line: usize) {
        self.stack.push(Open::Link { url, line, inlines: Vec::new() });
    }

    pub fn open_picture(&mut self, url: String, line: usize) {
        self.stack.push(Open::Picture { url, line, inlines: Vec::new() });
    }

    pub fn open_ignored(&mut self) {
        self.stack.push(Open::Ignored);
    }

    /// Adds words; neighbouring runs become one, so that a reader of the tree sees whole sentences.
    pub fn text(&mut self, words: &str) {
        let Some(inlines) = self.inlines() else { return };
        match inlines.last_mut() {
            Some(Inline::Text { text }) => text.push_str(words),
            _ => inlines.push(Inline::Text { text: words.to_owned() }),
        }
    }

    pub fn inline(&mut self, inline: Inline) {
        if let Some(inlines) = self.inlines() {
            inlines.push(inline);
        }
    }

    pub fn block(&mut self, block: Block) {
        self.flush_tight();
        match self.stack.last_mut() {
            None => self.blocks.push(block),
            Some(Open::Item { blocks, .. } | Open::Quote { blocks, .. }) => blocks.push(block),
            Some(_) => {}
        }
    }

    pub fn close(&mut self) {
        self.flush_tight();
        match self.stack.pop() {
            Some(Open::Heading { line, level, inlines }) => {
                let kind = BlockKind::Heading { level, id: String::new(), inlines };
                self.block(Block { line, kind });
            }
            Some(Open::Paragraph { line, inlines, picture }) => {
                let kind = match picture {
                    None => paragraph(inlines),
                    Some((url, alt)) if inlines.is_empty() => BlockKind::Picture { url, alt },
                    Some(_) => {
                        self.stray_pictures.push(line);
                        paragraph(inlines)
                    }
                };
                self.block(Block { line, kind });
            }
            Some(Open::Picture { url, line, inlines }) => match self.stack.last_mut() {
                Some(Open::Paragraph { picture: picture @ None, .. }) => {
                    *picture = Some((url, plain_text(&inlines)));
                }
                _ => self.stray_pictures.push(line),
            },
            Some(Open::List { line, ordered, items }) => {
                self.block(Block { line, kind: BlockKind::List { ordered, items } });
            }
            Some(Open::Item { blocks, .. }) => {
                if let Some(Open::List { items, .. }) = self.stack.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Open::Quote { line, blocks }) => {
                self.block(Block { line, kind: BlockKind::Quote { blocks } });
            }
            Some(Open::Table { line, header, rows }) => {
                self.block(Block { line, kind: BlockKind::Table { header, rows } });
            }
            Some(Open::Row { header: is_header, cells }) => {
                if let Some(Open::Table { header, rows, .. }) = self.stack.last_mut() {
                    if is_header { *header = cells } else { rows.push(cells) }
                }
            }
            Some(Open::Cell { inlines }) => {
                if let Some(Open::Row { cells, .. }) = self.stack.last_mut() {
                    cells.push(inlines);
                }
            }
            Some(Open::Strong { inlines }) => self.inline(Inline::Strong { inlines }),
            Some(Open::Emphasis { inlines }) => self.inline(Inline::Emphasis { inlines }),
            Some(Open::Link { url, line, inlines }) => {
                self.inline(Inline::Link { url, inlines, line });
            }
            Some(Open::Ignored) | None => {}
        }
    }

    /// The blocks, and the lines of pictures that do not stand alone.
    pub fn finish(mut self) -> (Vec<Block>, Vec<usize>) {
        while !self.stack.is_empty() {
            self.close();
        }
        (self.blocks, self.stray_pictures)
    }

    fn inlines(&mut self) -> Option<&mut Vec<Inline>> {
        match self.stack.last_mut()? {
            Open::Heading { inlines, .. }
            | Open::Paragraph { inlines, .. }
            | Open::Cell { inlines }
            | Open::Strong { inlines }
            | Open::Emphasis { inlines }
            | Open::Link { inlines, .. }
            | Open::Picture { inlines, .. }
            | Open::Item { tight: inlines, .. } => Some(inlines),
            _ => None,
        }
    }

    /// Text directly in a list item becomes a paragraph as soon as something else follows.
    fn flush_tight(&mut self) {
        if let Some(Open::Item { line, blocks, tight }) = self.stack.last_mut()
            && !tight.is_empty()
        {
            let inlines = std::mem::take(tight);
            blocks.push(Block { line: *line, kind: BlockKind::Paragraph { inlines } });
        }
    }
}

/// A paragraph that is nothing but `::name argument::` is a directive.
fn paragraph(inlines: Vec<Inline>) -> BlockKind {
    if let [Inline::Text { text }] = inlines.as_slice()
        && let Some(inner) = text.trim().strip_prefix("::").and_then(|t| t.strip_suffix("::"))
        && !inner.contains("::")
        && let Some(name) = inner.split_whitespace().next()
    {
        let argument = inner.trim_start()[name.len()..].trim().to_owned();
        return BlockKind::Directive { name: name.to_owned(), argument };
    }
    BlockKind::Paragraph { inlines }
}
