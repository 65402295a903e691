//! [`Document`] to HTML. Everything that an editor wrote is escaped here, in one place.

use super::{Block, BlockKind, Document, Inline};

/// Turns a directive into HTML that the theme's components made.
pub trait Directives {
    fn html(&self, name: &str, argument: &str) -> String;
}

impl<F: Fn(&str, &str) -> String> Directives for F {
    fn html(&self, name: &str, argument: &str) -> String {
        self(name, argument)
    }
}

pub fn write_html(document: &Document, directives: &dyn Directives) -> String {
    let mut out = String::new();
    blocks(&mut out, &document.blocks, directives);
    out
}

fn blocks(out: &mut String, all: &[Block], directives: &dyn Directives) {
    for block in all {
        match &block.kind {
            BlockKind::Heading { level, id, inlines: content } => {
                let tag = format!("h{level}");
                *out += &format!("<{tag} id=\"");
                escape(out, id);
                out.push_str("\">");
                inlines(out, content);
                *out += &format!("</{tag}>\n");
            }
            BlockKind::Paragraph { inlines: content } => {
                out.push_str("<p>");
                inlines(out, content);
                out.push_str("</p>\n");
            }
            BlockKind::List { ordered, items } => {
                let tag = if *ordered { "ol" } else { "ul" };
                *out += &format!("<{tag}>\n");
                for item in items {
                    list_item(out, item, directives);
                }
                *out += &format!("</{tag}>\n");
            }
            BlockKind::Quote { blocks: content } => {
                out.push_str("<blockquote>\n");
                blocks(out, content, directives);
                out.push_str("</blockquote>\n");
            }
            BlockKind::Table { header, rows } => table(out, header, rows),
            BlockKind::Rule => out.push_str("<hr>\n"),
            BlockKind::Directive { name, argument } => {
                out.push_str(&directives.html(name, argument));
            }
        }
    }
}

/// An item of one paragraph is written without `<p>`, as in a tight list.
fn list_item(out: &mut String, item: &[Block], directives: &dyn Directives) {
    out.push_str("<li>");
    match item {
        [Block { kind: BlockKind::Paragraph { inlines: content }, .. }, rest @ ..] => {
            inlines(out, content);
            if !rest.is_empty() {
                out.push('\n');
            }
            blocks(out, rest, directives);
        }
        _ => blocks(out, item, directives),
    }
    out.push_str("</li>\n");
}

fn table(out: &mut String, header: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
    // The wrapper takes focus so that a wide table can be scrolled with the keyboard.
    out.push_str("<div class=\"table-scroll\" tabindex=\"0\"><table>\n<thead><tr>");
    for cell in header {
        out.push_str("<th scope=\"col\">");
        inlines(out, cell);
        out.push_str("</th>");
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for cell in row {
            out.push_str("<td>");
            inlines(out, cell);
            out.push_str("</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></div>\n");
}

fn inlines(out: &mut String, all: &[Inline]) {
    for inline in all {
        match inline {
            Inline::Text { text } => escape(out, text),
            Inline::Code { text } => {
                out.push_str("<code>");
                escape(out, text);
                out.push_str("</code>");
            }
            Inline::Strong { inlines: content } => wrap(out, "strong", content),
            Inline::Emphasis { inlines: content } => wrap(out, "em", content),
            Inline::Link { url, inlines: content, .. } => {
                out.push_str("<a href=\"");
                escape(out, url);
                out.push_str("\">");
                inlines(out, content);
                out.push_str("</a>");
            }
            Inline::Break => out.push_str("<br>\n"),
        }
    }
}

fn wrap(out: &mut String, tag: &str, content: &[Inline]) {
    *out += &format!("<{tag}>");
    inlines(out, content);
    *out += &format!("</{tag}>");
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}
