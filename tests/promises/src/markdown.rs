//! Markdown becomes a tree for the folders and HTML for the pages. Both say the same, and neither
//! runs anything that an editor typed.

use generator::diagnostics::Diagnostics;
use generator::markdown::{Body, Document, Hole, Text, escape, parse};

use crate::{file, told_well};

/// Every tag that the writer of HTML knows, without what stands in its attributes.
const TAGS: [&str; 25] = [
    "a",
    "bdi",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
const EMPTY_TAGS: [&str; 2] = ["br", "hr"];
const ATTRIBUTES: [&str; 6] = ["class", "dir", "href", "id", "scope", "tabindex"];

/// Lists and quotes inside each other that anything is still written for, tables and runs included.
const DEEPEST_TREE: usize = 512;

pub fn markdown(bytes: &[u8]) {
    let Some(source) = file(bytes) else { return };
    let mut diagnostics = Diagnostics::default();
    let document = parse(&source, 0, &mut diagnostics);
    told_well(&diagnostics, &source);

    let plain = html(&document, Text::Plain);
    let isolated = html(&document, Text::NumbersIsolated);
    let words = shown(&plain);
    assert_eq!(words, shown(&isolated), "isolating numbers changes no word");
    assert_eq!(letters(&words), letters(&text(&document)), "page and folder say the same");

    if !diagnostics.has_errors() {
        let body = Body::new(&document, Text::Plain);
        for (url, _) in body.links() {
            let scheme = url.trim_start().to_lowercase();
            assert!(!scheme.starts_with("javascript:") && !scheme.starts_with("data:"), "{url}");
        }
    }
    // The typesetter gets the tree as data.
    let tree = serde_json::to_value(&document).expect("a tree");
    assert!(depth(&tree) < DEEPEST_TREE);
}

fn html(document: &Document, text: Text) -> String {
    Body::new(document, text).filled(|out, hole| {
        if let Hole::Link { url, .. } = hole {
            escape(out, url);
        }
    })
}

/// The words of HTML. Every tag in it must be one of ours, and closed where it should be.
fn shown(html: &str) -> String {
    let mut words = String::new();
    let mut open = Vec::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(before);
        let (tag, after) = after.split_once('>').expect("a tag that ends");
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
            continue;
        }
        let name = tag.split(' ').next().unwrap_or_default();
        assert!(TAGS.contains(&name), "<{tag}> in {html}");
        for attribute in tag.split('"').step_by(2).map(str::trim).filter(|part| part.contains('='))
        {
            let key = attribute.trim_end_matches('=').rsplit(' ').next().unwrap_or_default();
            assert!(ATTRIBUTES.contains(&key), "<{tag}> in {html}");
        }
        if !EMPTY_TAGS.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} stay open in {html}");
    words.push_str(rest);
    assert!(!words.contains('>') && !words.contains('\0'), "{html}");
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The words of the tree.
fn text(document: &Document) -> String {
    let mut all = String::new();
    let value = serde_json::to_value(document).expect("a tree");
    collect(&value, &mut all);
    all
}

/// Texts in the order of the tree: serde keeps that of the document.
fn collect(value: &serde_json::Value, out: &mut String) {
    match value {
        serde_json::Value::Array(all) => all.iter().for_each(|one| collect(one, out)),
        serde_json::Value::Object(fields) => {
            if let Some(serde_json::Value::String(text)) = fields.get("text") {
                out.push_str(text);
            }
            for key in ["inlines", "header", "rows", "items", "blocks"] {
                if let Some(inside) = fields.get(key) {
                    collect(inside, out);
                }
            }
        }
        _ => {}
    }
}

/// Without white space, which HTML does not count; NUL is shown as the sign for what is no letter.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == '\0' { char::REPLACEMENT_CHARACTER } else { c })
        .collect()
}

fn depth(value: &serde_json::Value) -> usize {
    match value {
        serde_json::Value::Array(all) => 1 + all.iter().map(depth).max().unwrap_or(0),
        serde_json::Value::Object(all) => 1 + all.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
