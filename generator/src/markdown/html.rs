//! [`Document`](super::Document) to HTML. Everything that an editor wrote is escaped here, in one
//! place.

use super::body::{Call, Hole};
use super::{Block, BlockKind, Inline};

/// How words are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// As they are.
    Plain,
    /// With telephone numbers isolated: in a text from right to left, `0900-8844` would be shown as
    /// `8844-0900`.
    NumbersIsolated,
}

pub struct HtmlWriter {
    out: String,
    holes: Vec<(usize, Hole)>,
    text: Text,
}

impl HtmlWriter {
    pub fn new(text: Text) -> Self {
        Self { out: String::new(), holes: Vec::new(), text }
    }

    pub fn finish(self) -> (String, Vec<(usize, Hole)>) {
        (self.out, self.holes)
    }

    fn hole(&mut self, hole: Hole) {
        self.holes.push((self.out.len(), hole));
    }

    fn put(&mut self, html: &str) {
        self.out.push_str(html);
    }

    pub fn blocks(&mut self, all: &[Block]) {
        for block in all {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        let line = block.line;
        match &block.kind {
            BlockKind::Heading { level, id, inlines } => {
                let level = char::from(b'0' + level);
                self.put("<h");
                self.out.push(level);
                self.put(" id=\"");
                escape(&mut self.out, id);
                self.put("\">");
                self.inlines(inlines);
                self.put("</h");
                self.out.push(level);
                self.put(">\n");
            }
            BlockKind::Paragraph { inlines } => {
                self.put("<p>");
                self.inlines(inlines);
                self.put("</p>\n");
            }
            BlockKind::List { ordered, items } => {
                self.put(if *ordered { "<ol>\n" } else { "<ul>\n" });
                for item in items {
                    self.list_item(item);
                }
                self.put(if *ordered { "</ol>\n" } else { "</ul>\n" });
            }
            BlockKind::Quote { blocks } => {
                self.put("<blockquote>\n");
                self.blocks(blocks);
                self.put("</blockquote>\n");
            }
            BlockKind::Table { header, rows } => self.table(header, rows),
            BlockKind::Rule => self.put("<hr>\n"),
            BlockKind::Directive { name, argument } => {
                let call = Call { name: name.clone(), argument: argument.clone() };
                self.hole(Hole::Component { call, line });
            }
            BlockKind::Container { name, argument, blocks } => {
                let call = Call { name: name.clone(), argument: argument.clone() };
                self.hole(Hole::Open { call: call.clone(), line });
                self.blocks(blocks);
                self.hole(Hole::Close { call });
            }
            BlockKind::Picture { url, alt } => {
                self.hole(Hole::Picture { url: url.clone(), alt: alt.clone(), line });
            }
        }
    }

    /// An item of one paragraph is written without `<p>`, as in a tight list.
    fn list_item(&mut self, item: &[Block]) {
        self.put("<li>");
        match item {
            [Block { kind: BlockKind::Paragraph { inlines }, .. }, rest @ ..] => {
                self.inlines(inlines);
                if !rest.is_empty() {
                    self.put("\n");
                }
                self.blocks(rest);
            }
            _ => self.blocks(item),
        }
        self.put("</li>\n");
    }

    fn table(&mut self, header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        // The wrapper takes focus so that a wide table can be scrolled with the keyboard.
        self.put("<div class=\"table-scroll\" tabindex=\"0\"><table>\n<thead><tr>");
        for cell in header {
            self.put("<th scope=\"col\">");
            self.inlines(cell);
            self.put("</th>");
        }
        self.put("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.put("<tr>");
            for cell in row {
                self.put("<td>");
                self.inlines(cell);
                self.put("</td>");
            }
            self.put("</tr>\n");
        }
        self.put("</tbody>\n</table></div>\n");
    }

    fn inlines(&mut self, all: &[Inline]) {
        for inline in all {
            match inline {
                Inline::Text { text } => self.words(text),
                Inline::Code { text } => {
                    self.put("<code>");
                    escape(&mut self.out, text);
                    self.put("</code>");
                }
                Inline::Strong { inlines } => self.wrap("strong", inlines),
                Inline::Emphasis { inlines } => self.wrap("em", inlines),
                Inline::Link { url, inlines, line } => {
                    self.put("<a href=\"");
                    self.hole(Hole::Link { url: url.clone(), line: *line });
                    self.put("\">");
                    self.inlines(inlines);
                    self.put("</a>");
                }
                Inline::Break => self.put("<br>\n"),
            }
        }
    }

    fn wrap(&mut self, tag: &str, content: &[Inline]) {
        self.put("<");
        self.put(tag);
        self.put(">");
        self.inlines(content);
        self.put("</");
        self.put(tag);
        self.put(">");
    }

    fn words(&mut self, text: &str) {
        if self.text == Text::Plain {
            return escape(&mut self.out, text);
        }
        let mut rest = text;
        while let Some((start, end)) = number(rest) {
            escape(&mut self.out, &rest[..start]);
            self.put("<bdi dir=\"ltr\">");
            escape(&mut self.out, &rest[start..end]);
            self.put("</bdi>");
            rest = &rest[end..];
        }
        escape(&mut self.out, rest);
    }
}

/// Fewest digits of a number that is called; `40 tot 90` is none.
const FEWEST_DIGITS: usize = 5;

/// Where the first telephone number stands: groups of digits, joined by single spaces or dashes.
fn number(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut start = 0;
    while start < bytes.len() {
        if !digit(start) {
            start += 1;
            continue;
        }
        let mut end = start;
        let (mut digits, mut groups) = (0, 1);
        while digit(end) || (matches!(bytes.get(end), Some(b' ' | b'-')) && digit(end + 1)) {
            if digit(end) {
                digits += 1;
            } else {
                groups += 1;
            }
            end += 1;
        }
        if groups > 1 && digits >= FEWEST_DIGITS {
            let plus = start.checked_sub(1).filter(|at| bytes[*at] == b'+');
            return Some((plus.unwrap_or(start), end));
        }
        start = end;
    }
    None
}

/// For text and for attributes in double quotes.
pub fn escape(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let with = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            0 => "\u{fffd}",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(with);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_numbers_are_found_whole_and_other_figures_are_not() {
        let found = |text: &'static str| number(text).map(|(start, end)| &text[start..end]);
        assert_eq!(found("bel 0900-8844."), Some("0900-8844"));
        assert_eq!(found("(14 0412)"), Some("14 0412"));
        assert_eq!(found("+31 412 000 000 of"), Some("+31 412 000 000"));
        assert_eq!(found("112"), None);
        assert_eq!(found("40 90 woorden, in 2026"), None);
        assert_eq!(found("ሰላም 0800-7000"), Some("0800-7000"));
    }
}
