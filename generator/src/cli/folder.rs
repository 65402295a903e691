//! Folders that somebody asks for: a few for the office, or a file for the print shop.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use typeset::{Group, Picture};

use super::{Exit, OUT, failed, tell};
use crate::arguments::Folder;
use crate::content::{Area, Content, Format, LeafletKind};
use crate::diagnostics::{Diagnostic, Diagnostics, counted, did_you_mean};
use crate::output::{self, Kept};
use crate::render::Shelf;
use crate::render::leaflet::{self, Goal, Job, Printer, Stock, Unfit, Wish};
use crate::render::photos::{self, Photos};
use crate::report;
use crate::site::{self, Options};

pub fn make(options: &Options, asked: &Folder, format: report::Format) -> Exit {
    let mut diagnostics = Diagnostics::default();
    let Some((content, theme)) = site::read(options, &mut diagnostics) else {
        tell(&diagnostics, format, options.tongue);
        return Exit::ContentHasErrors;
    };
    let mut files = Vec::new();
    if let Some(wish) = wish(&content, asked, &mut diagnostics)
        && !diagnostics.has_errors()
    {
        let mut shelf = Shelf::default();
        let kept = Kept::pictures(Path::new(OUT));
        let photos = Photos::new(&content, &kept, &mut photos::Memory::default(), &mut diagnostics);
        let press = leaflet::press(&theme, &options.theme, &mut shelf, &mut diagnostics);
        if let Some(press) = press {
            let printer = options.printer(&content, &theme, &photos, &press);
            files = folders(&printer, &mut shelf, &wish, asked, &mut diagnostics);
        }
    }
    tell(&diagnostics, format, options.tongue);
    if diagnostics.has_errors() {
        eprintln!("{}", options.tongue.say("Er is niets geschreven: los eerst de fouten op."));
        return Exit::ContentHasErrors;
    }
    let out = asked.out.clone().unwrap_or_else(|| PathBuf::from("folders"));
    let named = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_ref()));
    match output::refresh(&out, named) {
        Ok(()) => {
            let made = files.iter().filter(|(name, _)| name != CONTACT_SHEET).count();
            let count = counted(made, "folder", "folders");
            println!("{} in {}.", options.tongue.part(&count), out.display());
            Exit::Built
        }
        Err(failure) => failed(&failure, options.tongue),
    }
}

/// Name and bytes of each file; what the last build made is taken from there.
fn folders(
    printer: &Printer,
    shelf: &mut Shelf,
    wish: &Wish,
    asked: &Folder,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, Bytes)> {
    let kept = Kept::folders(Path::new(OUT));
    let stock = Stock { shelf, keep: &kept };
    let made = printer.made(wish, &stock, diagnostics);
    let mut files: Vec<_> = made.into_iter().map(|one| (one.name, one.pdf)).collect();
    if asked.contact_sheet && !diagnostics.has_errors() {
        match contact_sheet(printer, wish, diagnostics) {
            Ok(png) => files.push((CONTACT_SHEET.to_owned(), png.into())),
            Err(why) => diagnostics.push(
                Diagnostic::general(format!("Het overzicht is niet te maken: {why}."))
                    .hint("Vraag minder folders tegelijk, met --area, --lang of --format."),
            ),
        }
    }
    files
}

const CONTACT_SHEET: &str = "contact-sheet.png";

/// Pixels a point: a sheet of a few folders can be read, one of all of them looked over.
const LARGE: f64 = 0.6;
const SMALL: f64 = 0.25;

/// Folders that still go on a large one.
const A_FEW: usize = 16;

/// All pages of all folders on one picture.
fn contact_sheet(
    printer: &Printer,
    wish: &Wish,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<u8>, String> {
    let count = wish.areas.len() * wish.langs.len() * wish.formats.len();
    let scale = if count > A_FEW { SMALL } else { LARGE };
    let drawn = printer.drawn(wish, scale, diagnostics);
    let group = |(job, pages): (Job, Vec<Picture>)| Group { caption: job.caption(), pages };
    let groups: Vec<Group> = drawn.into_iter().map(group).collect();
    printer.press.contact_sheet(&groups)?.png()
}

/// `None` when an area or a language is not there.
fn wish<'a>(
    content: &'a Content,
    asked: &'a Folder,
    diagnostics: &mut Diagnostics,
) -> Option<Wish<'a>> {
    let areas: Vec<&Area> = match &asked.area {
        None => content.areas.iter().collect(),
        Some(id) => {
            let found = content.areas.iter().find(|area| area.id == *id);
            let known = content.areas.iter().map(|area| area.id.as_str());
            vec![found.or_else(|| {
                unknown(format!("Er is geen gebied `{id}`."), id, known, diagnostics)
            })?]
        }
    };
    let mut langs: Vec<&str> =
        content.leaflets(LeafletKind::Folder).keys().map(String::as_str).collect();
    if let Some(lang) = &asked.lang {
        let found = langs.iter().copied().find(|known| known == lang);
        let known = langs.iter().copied();
        let message = format!("Er is geen folder in de taal `{lang}`.");
        langs = vec![found.or_else(|| unknown(message, lang, known, diagnostics))?];
    }
    let shape = asked.shape.as_deref();
    let formats = Format::ALL.into_iter().filter(|f| shape.is_none_or(|shape| f.name() == shape));
    let goal = if asked.goal == Goal::PrintShop.name() { Goal::PrintShop } else { Goal::Home };
    Some(Wish { areas, langs, formats: formats.collect(), goal, unfit: Unfit::Told })
}

/// Tells what was probably meant.
fn unknown<'a, T>(
    message: String,
    given: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let hint = match did_you_mean(given, known.clone()) {
        Some(near) => format!("Bedoelt u `{near}`?"),
        None => format!("Deze zijn er: {}.", known.collect::<Vec<_>>().join(", ")),
    };
    diagnostics.push(Diagnostic::general(message).hint(hint));
    None
}
