//! The printable folders of an area: the same tree as the pages, set by the typesetter.

mod crew;
mod data;
mod faults;
mod format;
mod on_demand;
mod printer;

use std::path::Path;
use std::sync::Arc;

use typeset::Press;

use super::shelf::Shelf;
use super::{Artefact, PRINT, SITE};
use crate::content::{Area, Content, Format, Leaflet, LeafletKind};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::files;
use crate::theme::Theme;
pub use format::Goal;
pub use on_demand::OnDemand;
pub use printer::{Printer, Progress, Stock};

/// Name of a folder's file in `dist/print` and on the site.
pub fn file_name(area: &str, lang: &str, format: Format, goal: Goal) -> String {
    let goal = if goal == Goal::Home { "" } else { "-print-shop" };
    format!("{area}-{lang}-{}{goal}.pdf", format.name())
}

/// Where residents download it.
pub fn public_url(area: &str, lang: &str, format: Format) -> String {
    format!("{PUBLIC}{}", file_name(area, lang, format, Goal::Home))
}

/// Where the folders stand on the site.
const PUBLIC: &str = "/folders/";

/// The address that is printed beside the QR code, as people type it: of the page of the area in
/// their language.
pub fn short_url(content: &Content, area: &Area, lang: &str) -> String {
    let page = content.address(area.page(), lang);
    format!("{}{}", content.site.short_url, page.trim_end_matches('/'))
}

/// Which folders to make.
pub struct Wish<'a> {
    pub areas: Vec<&'a Area>,
    pub langs: Vec<&'a str>,
    pub formats: Vec<Format>,
    pub goal: Goal,
    pub unfit: Unfit,
}

/// What happens to a text that no print shop should get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Somebody asked for it, and hears why it is not made.
    Told,
    LeftOut,
}

impl<'a> Wish<'a> {
    /// The formats of the site, for every area and language.
    fn of_all(content: &'a Content, formats: Vec<Format>, goal: Goal) -> Self {
        let areas = content.areas.iter().collect();
        let langs = content.leaflets(LeafletKind::Folder).keys().map(String::as_str).collect();
        Self { areas, langs, formats, goal, unfit: Unfit::LeftOut }
    }
}

/// One folder to be set.
#[derive(Clone, Copy)]
pub struct Job<'a> {
    leaflet: &'a Leaflet,
    area: &'a Area,
    lang: &'a str,
    format: Format,
    goal: Goal,
}

impl Job<'_> {
    pub fn name(&self) -> String {
        file_name(&self.area.id, self.lang, self.format, self.goal)
    }

    /// What stands above it among others.
    pub fn caption(&self) -> String {
        format!("{} · {} · {}", self.area.id, self.lang, self.format.name())
    }
}

/// Every folder for `dist/print`, and for the site those that residents look for. What a print shop
/// gets is not published: it cannot be read by everybody, and every document of a municipality must.
///
/// A preview makes one format of each text, so that every change is tried for its room and its
/// letters; the others are made when somebody looks at them.
pub fn leaflets(
    printer: &Printer,
    stock: &mut Stock,
    preview: bool,
    diagnostics: &mut Diagnostics,
) -> Vec<Artefact> {
    let content = printer.content;
    let mut formats = content.site.output.folders.clone();
    if preview {
        formats =
            LeafletKind::ALL.into_iter().filter_map(|kind| first_of(kind, &formats)).collect();
    }
    let wish = Wish::of_all(content, formats.clone(), Goal::Home);
    let mut all = printer.made(&wish, stock, diagnostics);
    if !preview && !diagnostics.has_errors() {
        let wish = Wish::of_all(content, formats, Goal::PrintShop);
        all.extend(printer.made(&wish, stock, diagnostics));
    }
    stock.keep_only(&all);
    let mut artefacts = Vec::with_capacity(2 * all.len());
    for one in all {
        if one.job.goal == Goal::Home && one.job.format.is_public() {
            artefacts.push(Artefact::new(format!("{SITE}{PUBLIC}{}", one.name), one.pdf.clone()));
        }
        artefacts.push(Artefact::new(format!("{PRINT}/{}", one.name), one.pdf));
    }
    artefacts
}

fn first_of(kind: LeafletKind, formats: &[Format]) -> Option<Format> {
    formats.iter().copied().find(|format| format.text() == kind)
}

/// The press with the theme's letters and templates; `None` when they do not work, which is told.
pub fn press(
    theme: &Theme,
    theme_root: &Path,
    shelf: &mut Shelf,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Press>> {
    match shelf.press(theme) {
        Ok(press) => Some(press),
        Err(error) => {
            diagnostics.push(theme_fault(theme_root, &error));
            None
        }
    }
}

fn theme_fault(theme_root: &Path, message: &str) -> Diagnostic {
    Diagnostic::general(format!(
        "De folder van het thema {} is niet te maken: {message}",
        files::display(theme_root)
    ))
    .hint("Dit ligt aan het thema, niet aan de teksten. Vraag het de beheerder van het thema.")
}
