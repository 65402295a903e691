//! What is wrong with the text of a folder, told to its editor.

use std::collections::{BTreeMap, BTreeSet};

use typeset::{Fault, Press};

use crate::content::{Content, Format, Leaflet, LeafletKind, known};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::markdown::{BlockKind, Call, Document, Inline, plain_text};
use crate::render::components::{self, Medium};
use crate::render::photos::Photos;

/// Directives that exist, parts that a folder can show, and characters that its fonts have.
pub(super) fn check(
    content: &Content,
    kind: LeafletKind,
    leaflet: &Leaflet,
    photos: &Photos,
    press: &Press,
    diagnostics: &mut Diagnostics,
) {
    for panel in leaflet.panels.values() {
        panel.each_block(&mut |block| {
            let place = Place::line(&leaflet.source, block.line);
            match &block.kind {
                BlockKind::Directive { name, argument }
                | BlockKind::Container { name, argument, .. } => {
                    let call = Call { name: name.clone(), argument: argument.clone() };
                    diagnostics.extend(components::check(content, &call, &place, Medium::Leaflet));
                }
                BlockKind::Picture { url, .. } => {
                    diagnostics.extend(photos.unknown(content, url, &place));
                }
                BlockKind::Heading { inlines, .. } | BlockKind::Paragraph { inlines } => {
                    diagnostics.extend(missing_glyph(press, inlines, place));
                }
                BlockKind::Table { .. } => diagnostics.push(
                    Diagnostic::error(place, "In een folder past geen tabel.")
                        .hint("Maak er een lijst van, met - aan het begin van elke regel."),
                ),
                BlockKind::Rule => diagnostics.push(
                    Diagnostic::error(place, "In een folder staan geen lijnen.")
                        .hint("Haal de regel weg. Een kop scheidt twee stukken ook."),
                ),
                BlockKind::List { .. } | BlockKind::Quote { .. } => {}
            }
        });
    }
    for (number, name) in kind.panels().iter().enumerate() {
        let panel = leaflet.panels.get(name);
        diagnostics.extend(panel.and_then(|panel| skipped(leaflet, panel, number == 0)));
    }
}

/// The first heading that skips a level. The panel's own name has two number signs; on the front the
/// first heading below it is the title, and what follows stands as deep as in any other panel.
fn skipped(leaflet: &Leaflet, panel: &Document, is_front: bool) -> Option<Diagnostic> {
    let mut above = PANEL;
    let mut title = is_front;
    let mut found = None;
    panel.each_block(&mut |block| {
        let BlockKind::Heading { level, .. } = &block.kind else { return };
        if *level > above + 1 && found.is_none() {
            let right = "#".repeat(usize::from(above) + 1);
            let given = "#".repeat(usize::from(*level));
            let place = Place::line(&leaflet.source, block.line);
            found = Some(
                Diagnostic::error(place, "Deze kop slaat een niveau over.")
                    .hint(format!("Gebruik {right} in plaats van {given}.")),
            );
        }
        above = if std::mem::take(&mut title) { PANEL } else { (*level).max(PANEL) };
    });
    found
}

/// Level of the heading that names a panel.
const PANEL: u8 = 2;

fn missing_glyph(press: &Press, inlines: &[Inline], place: Place) -> Option<Diagnostic> {
    let missing = press.covers(&plain_text(inlines))?;
    let code = u32::from(missing);
    Some(
        Diagnostic::error(place, format!("Het teken `{missing}` (U+{code:04X}) kan niet in druk."))
            .hint(
                "Schrijf het met gewone letters; de letters van de folder hebben dit teken niet.",
            ),
    )
}

/// What nobody should print by the thousand: numbers that are not known yet, and a translation of a
/// text that has changed since.
pub(super) fn unfit_for_print(content: &Content, leaflet: &Leaflet) -> Vec<Diagnostic> {
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for panel in leaflet.panels.values() {
        panel.each_block(&mut |block| {
            if let BlockKind::Directive { name, argument } = &block.kind
                && name == "organisation"
            {
                let known = content.organisations.get_key_value(argument.as_str());
                named.extend(known.map(|(id, _)| id.as_str()));
            }
        });
    }
    if leaflet.holds("contact-block") {
        let rows = content.site.contact_block.iter().flat_map(|row| &row.organisations);
        named.extend(rows.map(|id| id.value.as_str()));
    }
    let unknown = named
        .into_iter()
        .filter_map(|id| content.organisations.get(id))
        .filter(|organisation| known(&organisation.phone.value).is_none())
        .map(|organisation| {
            let name = &organisation.name;
            let message = format!(
                "Het nummer van {name} is nog in te vullen: zo gaat een folder niet naar de drukker."
            );
            Diagnostic::error(organisation.phone.place.clone(), message)
                .hint("Vul het algemene nummer in. Voor uw eigen printer kan het wel: --for home.")
        });
    let behind = leaflet.behind.then(|| {
        Diagnostic::error(
            Place::file(&leaflet.source),
            "Deze vertaling loopt achter: zo gaat een folder niet naar de drukker.",
        )
        .hint(format!("Werk haar bij, en zet erboven: source = \"{}\".", leaflet.digest))
    });
    unknown.chain(behind).collect()
}

/// Panels whose text does not fit. All folders share their text, so a text that is too long is so
/// for many areas at once: the editor hears it once, with the worst case.
#[derive(Default)]
pub(super) struct Misfits<'a> {
    long: BTreeMap<(String, usize), (Excess, Vec<&'a str>)>,
    wide: BTreeSet<(String, usize, String)>,
}

#[derive(Default, Clone, Copy)]
struct Excess {
    millimetres: f64,
    lines: usize,
    characters: usize,
}

impl<'a> Misfits<'a> {
    /// Keeps what does not fit, and hands back the faults of the template.
    pub(super) fn take(&mut self, faults: Vec<Fault>, area: &'a str) -> Vec<String> {
        let mut of_template = Vec::new();
        for fault in faults {
            match fault {
                Fault::Overflow { panel, line, millimetres, lines, characters } => {
                    let (most, areas) = self.long.entry((panel, line)).or_default();
                    most.millimetres = most.millimetres.max(millimetres);
                    most.lines = most.lines.max(lines);
                    most.characters = most.characters.max(characters);
                    areas.push(area);
                }
                Fault::Wide { panel, line, word } => drop(self.wide.insert((panel, line, word))),
                Fault::Template(message) => of_template.push(message),
            }
        }
        of_template
    }

    /// `all` is how many areas were made.
    pub(super) fn diagnostics(
        self,
        leaflet: &Leaflet,
        format: Format,
        all: usize,
    ) -> impl Iterator<Item = Diagnostic> {
        let shape = format.name();
        let place = |line| Place::line(&leaflet.source, line);
        let wide = self.wide.into_iter().map(move |(panel, line, word)| {
            Diagnostic::error(
                place(line),
                format!("Het woord `{word}…` is te breed voor het vak `{panel}`."),
            )
            .hint("Schrijf het korter, of zet er spaties of streepjes in.")
        });
        let long = self.long.into_iter().map(move |((panel, line), (excess, areas))| {
            let everywhere = areas.len() == all && all > 1;
            let names = areas.join(", ");
            let whose = match (format, everywhere) {
                (Format::Trifold, true) => format!("de folder, in alle {all} gebieden"),
                (Format::Trifold, false) => format!("de folder voor {names}"),
                (_, true) => format!("de folder ({shape}), in alle {all} gebieden"),
                (_, false) => format!("de folder ({shape}) voor {names}"),
            };
            Diagnostic::error(
                place(line),
                format!(
                    "De tekst past niet in het vak `{panel}` van {whose}: {:.0} mm te lang.",
                    excess.millimetres.ceil()
                ),
            )
            .hint(shorter(excess))
        });
        wide.chain(long)
    }
}

fn shorter(excess: Excess) -> String {
    let lines = match excess.lines {
        // A picture at the end of the panel.
        0 => return "Kort de tekst van dit vak in, of haal de afbeelding weg.".to_owned(),
        1 => "1 regel".to_owned(),
        more => format!("{more} regels"),
    };
    let characters = match excess.characters {
        0 | 1 => "1 teken".to_owned(),
        more => format!("{more} tekens"),
    };
    format!("Kort de tekst van dit vak in: {lines} minder, dat is {characters}.")
}
