//! The order of the work. Whoever reads this file knows the generator.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use typeset::Press;

use crate::check;
use crate::content::{self, Changes, Content, Reading};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::english::Tongue;
use crate::output::{self, Failure, Written};
use crate::render::html::{self, Renderer};
use crate::render::leaflet::{self, Printer, Progress, Stock};
use crate::render::photos::{self, Photos};
use crate::render::{self, Artefact, Shelf, search};
use crate::theme::{self, Theme};

/// Where the work finds and leaves its files, and which day it is.
#[derive(Debug, Clone)]
pub struct Options {
    pub content: PathBuf,
    pub theme: PathBuf,
    pub out: PathBuf,
    /// Decides which pages are shown, and which warnings are given.
    pub today: Date,
    /// For an editor's own eyes: with drafts and pages of another day, and not made small.
    pub preview: bool,
    /// For whoever reads the mistakes; the outcome is the same in each.
    pub tongue: Tongue,
    /// Told how far long work is.
    pub progress: Progress,
}

impl Options {
    /// Sets folders of this content with a press of this theme.
    pub fn printer<'a>(
        &'a self,
        content: &'a Content,
        theme: &'a Theme,
        photos: &'a Photos,
        press: &Arc<Press>,
    ) -> Printer<'a> {
        let (theme_root, press) = (self.theme.as_path(), Arc::clone(press));
        Printer { content, theme, theme_root, photos, press, progress: self.progress }
    }
}

/// What one build leaves for the next, so that the work is as large as the change. Empty for a
/// first build. It never changes the outcome, only how soon it is there.
#[derive(Default)]
pub struct Memory {
    theme: Option<Arc<Theme>>,
    content: content::Memory,
    photos: photos::Memory,
    pages: html::Memory,
    twins: html::Memory,
    shelf: Shelf,
    checks: check::Memory,
    search: search::Kept,
    compressed: render::Compressed,
    output: output::Memory,
}

/// Everything that was made, before anything is written.
pub struct Made {
    pub content: Arc<Content>,
    pub theme: Arc<Theme>,
    pub theme_root: PathBuf,
    pub photos: Arc<Photos>,
    /// `None` when the theme's folders have a mistake.
    pub press: Option<Arc<Press>>,
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

/// Content and theme alone, for who only wants to look at them.
pub fn read(options: &Options, diagnostics: &mut Diagnostics) -> Option<(Content, Arc<Theme>)> {
    let mut memory = Memory::default();
    let theme = theme(options, &mut memory, &Changes::All, diagnostics)?;
    let reading = Reading { today: options.today, drafts: options.preview };
    let content =
        content::load(&options.content, reading, &mut memory.content, &Changes::All, diagnostics)?;
    Some((content, theme))
}

/// Read, make and check, without writing. `changes` tells what may differ from the build that left
/// `memory`. `None` when the content or theme could not be read at all; with errors in
/// `diagnostics` the result must not be published.
pub fn make(
    options: &Options,
    memory: &mut Memory,
    changes: &Changes,
    diagnostics: &mut Diagnostics,
) -> Option<Made> {
    let mut clock = Stopwatch::default();
    let theme = theme(options, memory, changes, diagnostics);
    let reading = Reading { today: options.today, drafts: options.preview };
    let content =
        content::load(&options.content, reading, &mut memory.content, changes, diagnostics);
    clock.lap("lezen");
    let (theme, content) = (theme?, content?);
    let sound = !diagnostics.has_errors();
    let mut faults = Diagnostics::default();

    let kept = output::Kept::pictures(&options.out);
    let photos = Photos::new(&content, &kept, &mut memory.photos, &mut faults);
    clock.lap("afbeeldingen");
    let renderer = Renderer::new(&content, &theme, &options.theme, &photos, options.today);
    let mut artefacts = renderer.pages(&mut memory.pages, &mut faults);
    artefacts.extend(renderer.twins(options.preview, &mut memory.twins, &mut faults));
    artefacts.extend(render::assets(&theme));
    artefacts.extend(photos.files());
    artefacts.extend(render::discovery(&content));
    artefacts.extend(render::feeds(&content, &renderer.lists));
    artefacts.extend(render::redirects(&content, &mut faults));
    artefacts.extend(render::security(&content));
    artefacts.push(render::header_file(&content));
    clock.lap("pagina's");
    let press = leaflet::press(&theme, &options.theme, &mut memory.shelf, &mut faults);
    if let Some(press) = &press {
        let printer = options.printer(&content, &theme, &photos, press);
        let kept = output::Kept::folders(&options.out);
        let mut stock = Stock { shelf: &mut memory.shelf, keep: &kept };
        artefacts.extend(leaflet::leaflets(&printer, &mut stock, options.preview, &mut faults));
    }
    clock.lap("folders");
    artefacts.extend(render::forms_bundle(&content, &theme, &renderer, &mut faults));
    clock.lap("formulieren");
    drop(renderer);
    if !sound {
        // A template that stumbles over a gap in the content is not to blame.
        faults.drop_general();
    }
    diagnostics.append(faults);

    check::all(&content, &artefacts, options.today, &mut memory.checks, diagnostics);
    clock.lap("controles");

    artefacts.sort_by(|a, b| a.path.cmp(&b.path));
    // Two texts with one address were told with their places.
    let unexplained = !diagnostics.has_errors();
    for pair in artefacts.windows(2).filter(|pair| unexplained && pair[0].path == pair[1].path) {
        diagnostics.push(Diagnostic::general(format!(
            "Twee onderdelen maken hetzelfde bestand: {}.",
            pair[0].path
        )));
    }
    let content = Arc::new(content);
    let theme_root = options.theme.clone();
    let photos = Arc::new(photos);
    Some(Made { content, theme, theme_root, photos, press, artefacts, timings: clock.laps })
}

/// The theme of the build before, unless something below its folder changed.
fn theme(
    options: &Options,
    memory: &mut Memory,
    changes: &Changes,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Theme>> {
    if let Some(theme) = memory.theme.as_ref().filter(|_| !changes.below(&options.theme)) {
        return Some(Arc::clone(theme));
    }
    let mut faults = Diagnostics::default();
    let theme = theme::load(&options.theme, &mut faults).map(Arc::new);
    // A theme with mistakes is read again, so that they are told again.
    memory.theme = theme.clone().filter(|_| !faults.has_errors());
    diagnostics.append(faults);
    theme
}

/// Makes the site and writes it; with errors nothing is written.
pub fn build(
    options: &Options,
    memory: &mut Memory,
    changes: &Changes,
    diagnostics: &mut Diagnostics,
) -> Result<Option<(Made, Written)>, Failure> {
    let Some(mut made) = make(options, memory, changes, diagnostics) else { return Ok(None) };
    if diagnostics.has_errors() {
        return Ok(None);
    }
    if !options.preview {
        let started = Instant::now();
        let finished = search::finished(&made.content, &made.artefacts);
        match search::search(finished, &mut memory.search) {
            Ok(index) => made.artefacts.extend(index),
            Err(failure) => {
                diagnostics.push(Diagnostic::general(failure.to_string()));
                return Ok(None);
            }
        }
        made.timings.push(("zoekindex", started.elapsed()));
    }
    if made.content.site.output.compress && !options.preview {
        let started = Instant::now();
        let compressed = render::compressed(&made.artefacts, &mut memory.compressed);
        made.artefacts.extend(compressed);
        made.timings.push(("verkleinen", started.elapsed()));
    }
    let started = Instant::now();
    let written = output::write(&options.out, &made.artefacts, &mut memory.output)?;
    if !options.preview {
        memory.shelf.store(&output::Kept::folders(&options.out));
    }
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
