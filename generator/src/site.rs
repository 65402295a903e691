//! The order of the work. Whoever reads this file knows the generator.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use crate::check;
use crate::content::{self, Content};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::output::{self, Failure, Written};
use crate::render::{self, Artefact, Shelf, html::Renderer, leaflet};
use crate::theme::{self, Theme};

/// Where the work finds and leaves its files, and which day it is.
#[derive(Debug, Clone)]
pub struct Options {
    pub content: PathBuf,
    pub theme: PathBuf,
    pub out: PathBuf,
    /// Decides only which warnings are given, never what is built.
    pub today: Date,
}

/// Everything that was made, before anything is written.
pub struct Made {
    pub content: Content,
    pub theme: Theme,
    pub artefacts: Vec<Artefact>,
    /// How long each part took, in the order of the work.
    pub timings: Vec<(&'static str, Duration)>,
}

impl Made {
    pub fn count(&self, below: &str, extension: &str) -> usize {
        let folder = format!("{below}/");
        self.artefacts
            .iter()
            .filter(|artefact| {
                artefact.path.starts_with(&folder) && artefact.path.ends_with(extension)
            })
            .count()
    }
}

/// Read, make and check, without writing; `shelf` holds what an earlier build left. `None` when the content or theme could not be read at
/// all; with errors in `diagnostics` the result must not be published.
pub fn make(options: &Options, shelf: &mut Shelf, diagnostics: &mut Diagnostics) -> Option<Made> {
    let mut clock = Stopwatch::default();
    let theme = theme::load(&options.theme, diagnostics);
    let content = content::load(&options.content, diagnostics);
    clock.lap("lezen");
    let (theme, content) = (theme?, content?);
    let sound = !diagnostics.has_errors();
    let mut faults = Diagnostics::default();

    let renderer = Renderer::new(&content, &theme, &options.theme);
    let mut artefacts = renderer.pages(&mut faults);
    artefacts.extend(render::assets(&theme));
    artefacts.extend(render::discovery(&content));
    clock.lap("pagina's");
    artefacts.extend(leaflet::leaflets(&content, &theme, &options.theme, shelf, &mut faults));
    clock.lap("folders");
    artefacts.extend(render::forms_bundle(&content, &theme, &renderer, &mut faults));
    clock.lap("formulieren");
    if !sound {
        // A template that stumbles over a gap in the content is not to blame.
        faults.drop_general();
    }
    diagnostics.append(faults);

    check::all(&content, &artefacts, options.today, diagnostics);
    clock.lap("controles");

    artefacts.sort_by(|a, b| a.path.cmp(&b.path));
    for pair in artefacts.windows(2).filter(|pair| pair[0].path == pair[1].path) {
        diagnostics.push(Diagnostic::general(format!(
            "Twee onderdelen maken hetzelfde bestand: {}.",
            pair[0].path
        )));
    }
    Some(Made { content, theme, artefacts, timings: clock.laps })
}

/// Makes the site and writes it; with errors nothing is written.
pub fn build(
    options: &Options,
    shelf: &mut Shelf,
    diagnostics: &mut Diagnostics,
) -> Result<Option<(Made, Written)>, Failure> {
    let Some(mut made) = make(options, shelf, diagnostics) else { return Ok(None) };
    if diagnostics.has_errors() {
        return Ok(None);
    }
    let started = Instant::now();
    let written = output::write(&options.out, &made.artefacts)?;
    made.timings.push(("schrijven", started.elapsed()));
    Ok(Some((made, written)))
}

struct Stopwatch {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Default for Stopwatch {
    fn default() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }
}

impl Stopwatch {
    fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, now - self.last));
        self.last = now;
    }
}
