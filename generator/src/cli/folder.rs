//! Folders that somebody asks for: a few for the office, or a file for the print shop.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Exit, failed, tell};
use crate::arguments::Folder;
use crate::content::{Area, Content, LeafletKind};
use crate::diagnostics::{Diagnostic, Diagnostics, counted, did_you_mean};
use crate::output;
use crate::render::Shelf;
use crate::render::leaflet::{Format, Goal, Wish, made};
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
        let progress = Progress::of(&content, &wish);
        let mut shelf = Shelf::default();
        let step = || progress.step();
        files = made(&content, &theme, &options.theme, &wish, &mut shelf, &mut diagnostics, &step);
        progress.done();
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
            let count = counted(files.len(), "folder", "folders");
            println!("{} in {}.", options.tongue.part(&count), out.display());
            Exit::Built
        }
        Err(failure) => failed(&failure, options.tongue),
    }
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
    Some(Wish { areas, langs, formats: formats.collect(), goal })
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

/// How far the work is, for who sits at a terminal; programs that read the errors see none of it.
struct Progress {
    shown: bool,
    all: usize,
    ready: AtomicUsize,
}

/// Below which nobody waits long enough to wonder.
const WORTH_SHOWING: usize = 20;

impl Progress {
    fn of(content: &Content, wish: &Wish) -> Self {
        let there =
            |format: &Format, lang: &&str| content.leaflets(format.text()).contains_key(*lang);
        let of_format =
            |format: &Format| wish.langs.iter().filter(|lang| there(format, lang)).count();
        let all = wish.areas.len() * wish.formats.iter().map(of_format).sum::<usize>();
        let shown = all >= WORTH_SHOWING && std::io::stderr().is_terminal();
        Self { shown, all, ready: AtomicUsize::new(0) }
    }

    fn step(&self) {
        let ready = self.ready.fetch_add(1, Ordering::Relaxed) + 1;
        if self.shown {
            let _ = write!(std::io::stderr(), "\r{ready} / {}", self.all);
        }
    }

    /// Leaves the line as it was.
    fn done(&self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
