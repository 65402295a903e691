//! Markdown to [`Document`], with a message for everything that an editor may not use.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use super::builder::Builder;
use super::containers;
use super::{Block, BlockKind, Document, Inline, plain_text};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};

/// Lists and quotes inside each other, at most. Deeper text cannot be read on a phone either.
const MAX_DEPTH: usize = 12;

/// Addresses a link may start with. Everything else, `javascript:` first of all, is refused.
const SCHEMES: [&str; 6] = ["/", "#", "https://", "http://", "mailto:", "tel:"];

/// Parses the Markdown that starts at byte `base` of the source.
pub fn parse(source: &Arc<Source>, base: usize, diagnostics: &mut Diagnostics) -> Document {
    let text = &source.text[base..];
    let mut reader = Reader {
        source,
        base,
        diagnostics,
        builder: Builder::default(),
        lines: Lines::new(source, base),
        too_deep: false,
    };
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        reader.event(event, range);
    }
    let (blocks, stray_pictures) = reader.builder.finish();
    let mut faults = Diagnostics::default();
    for line in stray_pictures {
        faults.push(
            Diagnostic::error(
                Place::line(source, line),
                "Deze afbeelding staat midden in een tekst.",
            )
            .hint("Zet haar op een eigen regel, met een lege regel ervoor en erna."),
        );
    }
    let mut document = Document { blocks: containers::fold(blocks, source, &mut faults) };
    pictures(&document, source, &mut faults);
    headings(&document, source, &mut faults);
    diagnostics.append(faults);
    number_headings(&mut document);
    document
}

/// Where the pictures of the content stand, below the site and in the content folder alike.
pub const PICTURES: &str = "/pictures/";

/// A picture is one of ours, and says in words what it shows.
fn pictures(document: &Document, source: &Arc<Source>, diagnostics: &mut Diagnostics) {
    document.each_block(&mut |block| {
        let BlockKind::Picture { url, alt } = &block.kind else { return };
        let place = || Place::line(source, block.line);
        if !url.starts_with(PICTURES) {
            let message = format!("De afbeelding `{url}` komt niet uit de map pictures.");
            diagnostics.push(Diagnostic::error(place(), message).hint(format!(
                "Zet het bestand in content/pictures, en schrijf: ![wat te zien is]({PICTURES}naam.jpg)."
            )));
        }
        if alt.trim().is_empty() {
            diagnostics.push(
                Diagnostic::error(place(), "Bij deze afbeelding staat niet wat er te zien is.")
                    .hint(format!(
                        "Schrijf het tussen de haken, voor wie haar niet ziet: ![wat te zien is]({url})."
                    )),
            );
        }
    });
}

/// A heading says something: it is read aloud, and stands in the list of headings.
fn headings(document: &Document, source: &Arc<Source>, diagnostics: &mut Diagnostics) {
    document.each_block(&mut |block| {
        if let BlockKind::Heading { inlines, .. } = &block.kind
            && plain_text(inlines).trim().is_empty()
        {
            let place = Place::line(source, block.line);
            diagnostics.push(
                Diagnostic::error(place, "Deze kop is leeg.")
                    .hint("Schrijf achter de hekjes wat eronder staat, of haal de regel weg."),
            );
        }
    });
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    base: usize,
    diagnostics: &'a mut Diagnostics,
    builder: Builder,
    lines: Lines<'a>,
    too_deep: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let line = self.lines.of(self.base + range.start);
        match event {
            Event::Start(tag) => self.start(tag, &range, line),
            Event::End(_) => self.builder.close(),
            Event::Text(text) => self.builder.text(&text),
            Event::Code(text) => self.builder.inline(Inline::Code { text: text.to_string() }),
            Event::SoftBreak => self.builder.text(" "),
            Event::HardBreak => self.builder.inline(Inline::Break),
            Event::Rule => self.builder.block(Block { line, kind: BlockKind::Rule }),
            Event::Html(html) | Event::InlineHtml(html) => {
                if !html.trim().is_empty() {
                    self.refuse(
                        &range,
                        "HTML mag niet in een tekst.",
                        "Gebruik Markdown. Wilt u een < laten zien, schrijf dan \\<.",
                    );
                }
            }
            // Options that make these events are off.
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>, line: usize) {
        if self.builder.depth() > 2 * MAX_DEPTH {
            if !self.too_deep {
                self.too_deep = true;
                self.refuse(
                    range,
                    "Er staan te veel lijsten of citaten in elkaar.",
                    "Maak de opsomming vlakker: hoogstens een paar niveaus.",
                );
            }
            // Nothing deeper enters the tree, so whoever walks it may use recursion.
            return self.builder.open_ignored();
        }
        match tag {
            Tag::Heading { level, .. } => self.builder.open_heading(line, depth(level)),
            Tag::Paragraph => self.builder.open_paragraph(line),
            Tag::List(start) => self.builder.open_list(line, start.is_some()),
            Tag::Item => self.builder.open_item(line),
            Tag::BlockQuote(_) => self.builder.open_quote(line),
            Tag::Table(_) => self.builder.open_table(line),
            Tag::TableHead => self.builder.open_row(true),
            Tag::TableRow => self.builder.open_row(false),
            Tag::TableCell => self.builder.open_cell(),
            Tag::Strong => self.builder.open_strong(),
            Tag::Emphasis => self.builder.open_emphasis(),
            Tag::Link { dest_url, .. } => {
                let url = dest_url.to_string();
                if !SCHEMES.iter().any(|scheme| url.starts_with(scheme)) || url.starts_with("//") {
                    self.refuse(
                        range,
                        &format!("De link naar `{url}` mag niet."),
                        "Begin met / voor een eigen pagina, of met https://, mailto: of tel:.",
                    );
                }
                self.builder.open_link(url, line);
            }
            Tag::Image { dest_url, .. } => self.builder.open_picture(dest_url.to_string(), line),
            Tag::CodeBlock(_) => {
                self.refuse(
                    range,
                    "Deze regels zijn ingesprongen of staan tussen ```; dat wordt code.",
                    "Haal de spaties aan het begin van de regel weg.",
                );
                self.builder.open_ignored();
            }
            _ => self.builder.open_ignored(),
        }
    }

    fn refuse(&mut self, range: &Range<usize>, message: &str, hint: &str) {
        let place = Place::at(self.source, self.base + range.start);
        self.diagnostics.push(Diagnostic::error(place, message).hint(hint));
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Line numbers for offsets that mostly grow, without counting from the start each time.
struct Lines<'a> {
    text: &'a [u8],
    offset: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(source: &'a Source, base: usize) -> Self {
        Self { text: source.text.as_bytes(), offset: base, line: source.line_of(base) }
    }

    fn of(&mut self, offset: usize) -> usize {
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == b'\n').count();
        if offset >= self.offset {
            self.line += count(&self.text[self.offset..offset]);
        } else {
            self.line -= count(&self.text[offset..self.offset]);
        }
        self.offset = offset;
        self.line
    }
}

/// Gives every heading an id made of its words, unique in the document.
fn number_headings(document: &mut Document) {
    let mut taken: HashSet<String> = HashSet::new();
    // Where to go on counting, so that a thousand headings of one name are not a million looks.
    let mut next: HashMap<String, usize> = HashMap::new();
    document.each_block_mut(&mut |block| {
        if let BlockKind::Heading { id, inlines, .. } = &mut block.kind {
            let base = slug(&plain_text(inlines));
            let mut candidate = base.clone();
            if taken.contains(&base) {
                let number = next.entry(base.clone()).or_insert(2);
                while taken.contains(&candidate) {
                    candidate = format!("{base}-{number}");
                    *number += 1;
                }
            }
            taken.insert(candidate.clone());
            *id = candidate;
        }
    });
}

/// Lower-case letters and digits of any script, joined by single dashes.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    let trimmed = out.trim_end_matches('-');
    if trimmed.is_empty() { "kop".to_owned() } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::english::Tongue;
    use crate::markdown::{Body, Hole, Text};

    fn document(text: &str) -> (Document, String) {
        let source = Source::new("test.nl.md", text);
        let mut diagnostics = Diagnostics::default();
        let document = parse(&source, 0, &mut diagnostics);
        (document, diagnostics.report(Tongue::Nl))
    }

    #[test]
    fn template_code_stays_text() {
        let (document, report) = document("{{ secret }} {% raw %} #panic() $x$");
        assert_eq!(report, "");
        let BlockKind::Paragraph { inlines } = &document.blocks[0].kind else { panic!() };
        assert_eq!(plain_text(inlines), "{{ secret }} {% raw %} #panic() $x$");
    }

    #[test]
    fn html_and_script_links_are_refused_with_their_line() {
        let (_, report) = document("Goed.\n\n<script>x</script>\n\n[klik](javascript:alert)\n");
        assert!(report.contains("test.nl.md:3:1"), "{report}");
        assert!(report.contains("test.nl.md:5:1"), "{report}");
        assert!(report.contains("2 fouten"), "{report}");
    }

    #[test]
    fn a_directive_is_a_line_of_its_own() {
        let (document, _) =
            document("Tekst\n\n::organisation vluchtelingenwerk::\n\nToen::niet::\n");
        assert_eq!(
            document.blocks[1].kind,
            BlockKind::Directive {
                name: "organisation".into(),
                argument: "vluchtelingenwerk".into()
            }
        );
        assert!(matches!(document.blocks[2].kind, BlockKind::Paragraph { .. }));
    }

    #[test]
    fn headings_have_unique_ids_in_any_script() {
        let (document, _) = document("## Wie komt er?\n\n## Wie komt er?\n\n## مرحبا بكم\n");
        let ids: Vec<_> =
            Body::new(&document, Text::Plain).headings.into_iter().map(|h| h.id).collect();
        assert_eq!(ids, ["wie-komt-er", "wie-komt-er-2", "مرحبا-بكم"]);
    }

    #[test]
    fn a_thousand_nested_quotes_are_a_message_not_a_crash() {
        let (_, report) = document(&format!("{} diep", ">".repeat(1000)));
        assert!(report.contains("te veel"), "{report}");
    }

    proptest! {
        /// Whatever an editor types becomes a tree or a message, and the tree becomes HTML without a
        /// script, an event handler or a link that runs code.
        #[test]
        fn no_text_becomes_code(text in "([#>*_`|\\[\\](){}%<&: -]|\n|\n\n|    |[a-z1.]|<script>|<img onerror=x>|javascript:|::a b::|é|.){0,60}") {
            let (document, report) = document(&text);
            let html = Body::new(&document, Text::Plain).filled(|out, hole| {
                if let Hole::Link { url, .. } = hole {
                    crate::markdown::escape(out, url);
                }
            });
            let lower = html.to_lowercase();
            prop_assert!(!lower.contains("<script") && !lower.contains("<img"), "{html}");
            // With a message nothing is written.
            prop_assert!(!lower.contains("href=\"javascript:") || report.contains("fout"), "{html}");
        }
    }
}
