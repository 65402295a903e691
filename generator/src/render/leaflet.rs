//! The printable folder of an area: the same tree as the pages, set by the typesetter.

mod data;
mod faults;
mod format;

use std::path::Path;

use bytes::Bytes;
use forms_core::manifest::digest;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use typeset::{Fault, Order, Press, Purpose};

use super::shelf::{Key, Shelf};
use super::{Artefact, PRINT, SITE};
use crate::content::{Area, Content, Leaflet, LeafletKind, Site};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::files;
use crate::theme::Theme;
use faults::Misfits;
pub use format::{Format, Goal};

/// Name of a folder's file in `dist/print` and on the site.
pub fn file_name(area: &str, lang: &str) -> String {
    named(area, lang, Format::Trifold, Goal::Home)
}

fn named(area: &str, lang: &str, format: Format, goal: Goal) -> String {
    let goal = if goal == Goal::Home { "" } else { "-print-shop" };
    format!("{area}-{lang}-{}{goal}.pdf", format.name())
}

/// Where residents download it.
pub fn public_url(area: &str, lang: &str) -> String {
    format!("/folders/{}", file_name(area, lang))
}

/// The address that is printed beside the QR code, as people type it.
pub fn short_url(site: &Site, area: &Area) -> String {
    format!("{}{}", site.short_url, area.page().trim_end_matches('/'))
}

/// Which folders to make.
pub struct Wish<'a> {
    pub areas: Vec<&'a Area>,
    pub langs: Vec<&'a str>,
    pub formats: Vec<Format>,
    pub goal: Goal,
}

/// One folder to be set.
#[derive(Clone, Copy)]
struct Job<'a> {
    leaflet: &'a Leaflet,
    area: &'a Area,
    lang: &'a str,
    format: Format,
    goal: Goal,
}

/// What the site publishes, in print and on the site: the folded A4 of every area and language.
/// Other formats are made when somebody asks, for they would make every build some times as long.
pub fn leaflets(
    content: &Content,
    theme: &Theme,
    theme_root: &Path,
    shelf: &mut Shelf,
    diagnostics: &mut Diagnostics,
) -> Vec<Artefact> {
    let wish = Wish {
        areas: content.areas.iter().collect(),
        langs: content.leaflets(LeafletKind::Folder).keys().map(String::as_str).collect(),
        formats: vec![Format::Trifold],
        goal: Goal::Home,
    };
    let mut all = Vec::new();
    for (name, pdf) in made(content, theme, theme_root, &wish, shelf, diagnostics, &|| {}) {
        all.push(Artefact::new(format!("{PRINT}/{name}"), pdf.clone()));
        all.push(Artefact::new(format!("{SITE}/folders/{name}"), pdf));
    }
    all
}

/// Name and bytes of each folder that was wished for. What stands on the shelf is not set again.
/// `step` is called after each that is ready.
pub fn made(
    content: &Content,
    theme: &Theme,
    theme_root: &Path,
    wish: &Wish,
    shelf: &mut Shelf,
    diagnostics: &mut Diagnostics,
    step: &(dyn Fn() + Sync),
) -> Vec<(String, Bytes)> {
    if wish.langs.is_empty() || wish.areas.is_empty() {
        return Vec::new();
    }
    let missing = |format: &&Format| !theme.leaflets.contains_key(format.template());
    if let Some(format) = wish.formats.iter().find(missing) {
        let why = format!("leaflets/{} ontbreekt.", format.template());
        diagnostics.push(theme_fault(theme_root, &why));
        return Vec::new();
    }
    let press = match shelf.press(theme) {
        Ok(press) => press,
        Err(error) => {
            diagnostics.push(theme_fault(theme_root, &error));
            return Vec::new();
        }
    };
    let printer = Printer { press: &press, content, theme, theme_root, shelf, wish, step };
    let mut set = Vec::new();
    for kind in LeafletKind::ALL.into_iter().filter(|kind| wish.of(*kind).next().is_some()) {
        for lang in &wish.langs {
            if let Some(leaflet) = content.leaflets(kind).get(*lang) {
                let mut faults = Diagnostics::default();
                set.extend(printer.all(kind, leaflet, lang, &mut faults));
                diagnostics.extend(faults.sorted().into_iter().cloned());
            }
        }
    }
    shelf.keep(set.iter().map(|(_, key, pdf)| (key.clone(), pdf.clone())).collect());
    set.into_iter().map(|(name, _, pdf)| (name, pdf)).collect()
}

impl Wish<'_> {
    /// The formats that hold this text.
    fn of(&self, kind: LeafletKind) -> impl Iterator<Item = Format> {
        self.formats.iter().copied().filter(move |format| format.text() == kind)
    }
}

struct Printer<'a> {
    press: &'a Press,
    content: &'a Content,
    theme: &'a Theme,
    theme_root: &'a Path,
    shelf: &'a Shelf,
    wish: &'a Wish<'a>,
    step: &'a (dyn Fn() + Sync),
}

/// File name, key and bytes.
type Set = (String, Key, Bytes);

impl Printer<'_> {
    /// One text in every format and area that was wished for; none while the text has mistakes.
    fn all(
        &self,
        kind: LeafletKind,
        leaflet: &Leaflet,
        lang: &str,
        faults: &mut Diagnostics,
    ) -> Vec<Set> {
        faults::check(self.content, leaflet, self.press, faults);
        if self.wish.goal == Goal::PrintShop {
            faults.extend(faults::unfit_for_print(self.content, leaflet));
        }
        // A panel that is missing was told when the file was read.
        let whole = kind.panels().iter().all(|name| leaflet.panels.contains_key(name));
        if !whole || faults.has_errors() {
            return Vec::new();
        }
        self.wish.of(kind).flat_map(|format| self.areas(leaflet, lang, format, faults)).collect()
    }

    /// The folder of every area, or everything that is wrong with any of them.
    fn areas(
        &self,
        leaflet: &Leaflet,
        lang: &str,
        format: Format,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Set> {
        let goal = self.wish.goal;
        let areas = &self.wish.areas;
        let one = |area: &&Area| {
            let set = self.set(&Job { leaflet, area, lang, format, goal });
            (self.step)();
            set
        };
        let set: Vec<_> = areas.par_iter().map(one).collect();
        let mut all = Vec::new();
        let mut misfits = Misfits::default();
        for (area, outcome) in areas.iter().zip(set) {
            match outcome {
                Ok(made) => all.push(made),
                Err(faults) => {
                    for message in misfits.take(faults, &area.name) {
                        diagnostics.push(theme_fault(self.theme_root, &message));
                    }
                }
            }
        }
        diagnostics.extend(misfits.diagnostics(leaflet, format, areas.len()));
        all
    }

    fn set(&self, job: &Job) -> Result<Set, Vec<Fault>> {
        let name = named(&job.area.id, job.lang, job.format, job.goal);
        let mut data = data::data(self.content, self.theme, job);
        let ident = format!("{}/{name}", self.content.site.base_url);
        let key = self.shelf.key(&ident, &data);
        if let Some(pdf) = self.shelf.get(&key) {
            return Ok((name, key, pdf));
        }
        data["code"] = code(&data).into();
        let order = Order {
            template: job.format.template(),
            data: &data,
            ident: &ident,
            purpose: match job.goal {
                Goal::Home => Purpose::Reader,
                Goal::PrintShop => Purpose::PrintShop,
            },
        };
        Ok((name, key, self.press.leaflet(&order)?.pdf.into()))
    }
}

/// Tells two versions of a folder apart on paper: equal codes, equal words and numbers. The one from
/// home and the one from the print shop have the same.
fn code(data: &serde_json::Value) -> String {
    let mut words = data.clone();
    words["purpose"] = serde_json::Value::Null;
    let mut code = digest([("data", words.to_string().as_bytes())]);
    code.truncate(CODE_DIGITS);
    code
}

/// Enough for all versions that there will ever be of one folder, and short enough to read out on
/// the telephone.
const CODE_DIGITS: usize = 6;

fn theme_fault(theme_root: &Path, message: &str) -> Diagnostic {
    Diagnostic::general(format!(
        "De folder van het thema {} is niet te maken: {message}",
        files::display(theme_root)
    ))
    .hint("Dit ligt aan het thema, niet aan de teksten. Vraag het de beheerder van het thema.")
}
