//! The printable folder of an area: the same tree as the pages, set by the typesetter.

use std::collections::BTreeMap;
use std::path::Path;

use bytes::Bytes;
use qrcode::{EcLevel, QrCode};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use typeset::{Fault, Press};

use super::components::{self, Medium};
use super::shelf::{Key, Shelf};
use super::views::{ContactRowView, OrganisationView, RoleView, contact_block, roles};
use super::{Artefact, PRINT, SITE};
use crate::content::{Area, Content, Leaflet, PANELS, Site};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::files;
use crate::locale::Locale;
use crate::markdown::{BlockKind, Call, Document, Inline, plain_text};
use crate::theme::Theme;

/// Name of a folder's file in `dist/print` and on the site.
pub fn file_name(area: &str, lang: &str) -> String {
    format!("{area}-{lang}-trifold.pdf")
}

/// Where residents download it.
pub fn public_url(area: &str, lang: &str) -> String {
    format!("/folders/{}", file_name(area, lang))
}

/// The address that is printed beside the QR code, as people type it.
pub fn short_url(site: &Site, area: &Area) -> String {
    format!("{}{}", site.short_url, area.page().trim_end_matches('/'))
}

/// One folder per area and language, in print and on the site. What stands on the shelf is not set
/// again.
pub fn leaflets(
    content: &Content,
    theme: &Theme,
    theme_root: &Path,
    shelf: &mut Shelf,
    diagnostics: &mut Diagnostics,
) -> Vec<Artefact> {
    if content.leaflets.is_empty() || content.areas.is_empty() {
        return Vec::new();
    }
    let Some(template) = &theme.trifold else {
        let why = "leaflets/trifold.typ ontbreekt.";
        diagnostics.push(theme_fault(theme_root, why));
        return Vec::new();
    };
    let press = match shelf.press(theme, template) {
        Ok(press) => press,
        Err(error) => {
            diagnostics.push(theme_fault(theme_root, &error));
            return Vec::new();
        }
    };
    let printer = Printer { press: &press, content, theme, theme_root, shelf };
    let mut ready = BTreeMap::new();
    let mut all = Vec::new();
    for (lang, leaflet) in &content.leaflets {
        let mut faults = Diagnostics::default();
        check(content, leaflet, &press, &mut faults);
        // A panel that is missing was told when the file was read.
        let whole = PANELS.iter().all(|name| leaflet.panels.contains_key(name));
        if whole && !faults.has_errors() {
            for (name, key, pdf) in printer.areas(leaflet, lang, &mut faults) {
                all.push(Artefact::new(format!("{PRINT}/{name}"), pdf.clone()));
                all.push(Artefact::new(format!("{SITE}/folders/{name}"), pdf.clone()));
                ready.insert(key, pdf);
            }
        }
        diagnostics.extend(faults.sorted().into_iter().cloned());
    }
    shelf.keep(ready);
    all
}

struct Printer<'a> {
    press: &'a Press,
    content: &'a Content,
    theme: &'a Theme,
    theme_root: &'a Path,
    shelf: &'a Shelf,
}

/// File name, key and bytes.
type Set = (String, Key, Bytes);

impl Printer<'_> {
    /// The folder of every area, or everything that is wrong with any of them.
    fn areas(&self, leaflet: &Leaflet, lang: &str, diagnostics: &mut Diagnostics) -> Vec<Set> {
        let set: Vec<_> =
            self.content.areas.par_iter().map(|area| self.area(leaflet, area, lang)).collect();
        let mut all = Vec::new();
        let mut overflows = Overflows::default();
        for (area, outcome) in self.content.areas.iter().zip(set) {
            match outcome {
                Ok(made) => all.push(made),
                Err(faults) => {
                    for message in overflows.take(faults, &area.name) {
                        diagnostics.push(theme_fault(self.theme_root, &message));
                    }
                }
            }
        }
        diagnostics.extend(overflows.diagnostics(leaflet, self.content.areas.len()));
        all
    }

    fn area(&self, leaflet: &Leaflet, area: &Area, lang: &str) -> Result<Set, Vec<Fault>> {
        let name = file_name(&area.id, lang);
        let data = data(self.content, self.theme, leaflet, area, lang);
        let ident = format!("{}/{name}", self.content.site.base_url);
        let key = self.shelf.key(&ident, &data);
        let pdf = match self.shelf.get(&key) {
            Some(pdf) => pdf,
            None => self.press.leaflet(&data, &ident)?.pdf.into(),
        };
        Ok((name, key, pdf))
    }
}

/// Directives that exist, and characters that the folder's fonts can show.
fn check(content: &Content, leaflet: &Leaflet, press: &Press, diagnostics: &mut Diagnostics) {
    for panel in leaflet.panels.values() {
        panel.each_block(&mut |block| {
            let place = Place::line(&leaflet.source, block.line);
            match &block.kind {
                BlockKind::Directive { name, argument }
                | BlockKind::Container { name, argument, .. } => {
                    let call = Call { name: name.clone(), argument: argument.clone() };
                    diagnostics.extend(components::check(content, &call, &place, Medium::Leaflet));
                }
                BlockKind::Picture { .. } => diagnostics.push(
                    Diagnostic::error(place, "In de folder kan nog geen afbeelding.")
                        .hint("Haal de regel weg, of zet de afbeelding op een pagina."),
                ),
                BlockKind::Heading { inlines, .. } | BlockKind::Paragraph { inlines } => {
                    diagnostics.extend(missing_glyph(press, inlines, place));
                }
                _ => {}
            }
        });
    }
}

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

/// Panels whose text is too long. All folders share their text, so a text that is too long is so
/// for many areas at once: the editor hears it once, with the worst case.
#[derive(Default)]
struct Overflows<'a>(BTreeMap<(String, usize), (f64, Vec<&'a str>)>);

/// From one line of a folder to the next: 12 pt letters in the theme's folder.
const LINE_MILLIMETRES: f64 = 5.6;

impl<'a> Overflows<'a> {
    /// Keeps what does not fit, and hands back the faults of the template.
    fn take(&mut self, faults: Vec<Fault>, area: &'a str) -> Vec<String> {
        let mut of_template = Vec::new();
        for fault in faults {
            match fault {
                Fault::Overflow { panel, line, millimetres } => {
                    let (most, areas) = self.0.entry((panel, line)).or_default();
                    *most = most.max(millimetres);
                    areas.push(area);
                }
                Fault::Template(message) => of_template.push(message),
            }
        }
        of_template
    }

    fn diagnostics(self, leaflet: &Leaflet, all: usize) -> impl Iterator<Item = Diagnostic> {
        self.0.into_iter().map(move |((panel, line), (millimetres, areas))| {
            let whose = match areas.as_slice() {
                [one] => format!("de folder voor {one}"),
                many if many.len() == all => format!("de folder, in alle {all} gebieden"),
                many => format!("de folder voor {}", many.join(", ")),
            };
            let lines = match (millimetres / LINE_MILLIMETRES).ceil() {
                one if one <= 1.0 => "1 regel".to_owned(),
                more => format!("{more:.0} regels"),
            };
            Diagnostic::error(
                Place::line(&leaflet.source, line),
                format!(
                    "De tekst past niet in het vak `{panel}` van {whose}: {:.0} mm te lang.",
                    millimetres.ceil()
                ),
            )
            .hint(format!("Kort de tekst van dit vak in: ongeveer {lines} minder."))
        })
    }
}

fn theme_fault(theme_root: &Path, message: &str) -> Diagnostic {
    Diagnostic::general(format!(
        "De folder van het thema {} is niet te maken: {message}",
        files::display(theme_root)
    ))
    .hint("Dit ligt aan het thema, niet aan de teksten. Vraag het de beheerder van het thema.")
}

/// What `leaflets/trifold.typ` reads from `/data.json`.
#[derive(Serialize)]
struct Data<'a> {
    lang: &'a forms_core::Language,
    title: &'a str,
    date: [i16; 3],
    version: String,
    area: &'a str,
    municipality: &'a str,
    short_url: String,
    /// Rows of modules, true is dark; without the quiet zone.
    qr: Vec<Vec<bool>>,
    qr_alt: String,
    labels: BTreeMap<&'a str, String>,
    contact_block: Vec<ContactRowView<'a>>,
    organisations: BTreeMap<&'a str, OrganisationView<'a>>,
    roles: Vec<RoleView<'a>>,
    panels: BTreeMap<&'a str, Vec<crate::markdown::Block>>,
}

fn data<'a>(
    content: &'a Content,
    theme: &Theme,
    leaflet: &'a Leaflet,
    area: &'a Area,
    lang: &'a str,
) -> serde_json::Value {
    let site = &content.site;
    let address = format!("{}{}", site.base_url, content.address(area.page(), lang));
    let words = theme.words(lang, &site.main_language().code);
    let label = |key: &str| words.text(key).replace("{area}", area.name(lang));
    let version = leaflet.version;
    let panel = |document: &Document| document.replaced("{area}", area.name(lang)).blocks;
    let data = Data {
        lang: site.language(lang).unwrap_or(site.main_language()),
        title: &leaflet.title,
        date: [version.year(), version.month().into(), version.day().into()],
        version: format!("{} · {}", Locale::new(lang).long(version), lang),
        area: area.name(lang),
        municipality: &site.municipality,
        short_url: short_url(site, area),
        qr: qr(&address),
        qr_alt: label("leaflet.qr_alt"),
        labels: [
            ("unknown", label("contact.unknown")),
            ("published_by", label("leaflet.published_by")),
            ("role_open", label("role.open")),
            ("role_wachtlijst", label("role.wachtlijst")),
            ("role_vol", label("role.vol")),
        ]
        .into(),
        contact_block: contact_block(content, lang),
        organisations: content
            .organisations
            .iter()
            .map(|(id, organisation)| (id.as_str(), OrganisationView::new(organisation, lang)))
            .collect(),
        roles: roles(content, lang),
        panels: leaflet.panels.iter().map(|(name, document)| (*name, panel(document))).collect(),
    };
    serde_json::to_value(data).unwrap_or_default()
}

/// Level M: a folder gets creased; the address is short enough to afford it.
fn qr(address: &str) -> Vec<Vec<bool>> {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else {
        return Vec::new();
    };
    let dark = |colour: &qrcode::Color| *colour == qrcode::Color::Dark;
    code.to_colors().chunks(code.width()).map(|row| row.iter().map(dark).collect()).collect()
}
