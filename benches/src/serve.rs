//! From save to served: how long until the browser can have what an editor just saved.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::corpus::{
    Corpus, LANGUAGES, Page, Random, SECTIONS, address, clear, page_path, section_path, term_path,
    text_mark, title_mark,
};
use crate::http;
use crate::measured::last_lines;
use crate::places::Place;
use crate::reader::{Met, Reader};
use crate::report;
use crate::tools::Tool;

/// How long the first page may take.
const UNTIL_READY: Duration = Duration::from_secs(120);
/// How long a change may take; later is never.
const UNTIL_SHOWN: Duration = Duration::from_secs(15);
/// How long one tool may take in all.
const IN_ALL: Duration = Duration::from_secs(240);
/// Between two looks. What is measured is at most this much and one answer too long.
const LOOK_EVERY: Duration = Duration::from_micros(500);
/// After so many changes in a row that were never shown, there is no use in more.
const GIVE_UP: usize = 3;
/// Edits of the builds have lower numbers.
const FIRST_EDIT: usize = 1_000;

/// What was measured of one preview.
#[derive(Default)]
pub struct Preview {
    /// From the start of the process to the first page.
    pub ready: Duration,
    /// From save to the page itself, and to page and section list both.
    pub page: Vec<Duration>,
    pub dependents: Vec<Duration>,
    /// Changes that page and list together did not show in time.
    pub never: usize,
    /// Of the section and term lists of all changed pages, those that were wrong in the end.
    pub stale: usize,
    pub met: Met,
}

/// A preview that ends when this does.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// `None` for a tool without a preview.
pub fn preview(
    place: &Place,
    corpus: &Corpus,
    tool: &Tool,
    saves: usize,
) -> Option<Result<Preview, String>> {
    let port = match http::free_port() {
        Ok(port) => port,
        Err(error) => return Some(Err(format!("no port: {error}"))),
    };
    let line = tool.serve(place, port)?;
    let log = place.log(tool.kind, "serve");
    let started = Instant::now();
    Some(clear(&place.out(tool.kind)).and_then(|()| start(&line, &log)).and_then(|mut running| {
        ready(&mut running, port, &log)?;
        let mut preview = Preview { ready: started.elapsed(), ..Preview::default() };
        let reader = Reader::start(port, addresses(corpus));
        let changed = changes(place, corpus, tool, (port, saves), &mut preview);
        preview.met = reader.stop();
        let changed = changed?;
        std::thread::sleep(Duration::from_secs(2));
        preview.stale = stale(port, &changed);
        Ok(preview)
    }))
}

fn start(line: &[std::ffi::OsString], log: &Path) -> Result<Running, String> {
    let [program, arguments @ ..] = line else { return Err("no program".to_owned()) };
    let explain = |error| format!("{} does not start: {error}", program.display());
    let out = File::create(log).map_err(explain)?;
    let err = out.try_clone().map_err(explain)?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(out).stderr(err);
    command.spawn().map(Running).map_err(explain)
}

fn ready(running: &mut Running, port: u16, log: &Path) -> Result<(), String> {
    let started = Instant::now();
    while started.elapsed() < UNTIL_READY {
        if http::get(port, "/").is_ok_and(|answer| answer.status == 200) {
            return Ok(());
        }
        if let Ok(Some(status)) = running.0.try_wait() {
            return Err(format!("{status}; {}", last_lines(log).unwrap_or_default()));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Err(format!("no page within {} s", UNTIL_READY.as_secs()))
}

/// Pages and lists in every language.
fn addresses(corpus: &Corpus) -> Vec<String> {
    let lists = (0..SECTIONS).map(section_path);
    let paths: Vec<String> = corpus.pages.iter().map(page_path).chain(lists).collect();
    LANGUAGES
        .iter()
        .flat_map(|language| paths.iter().map(move |path| address(language, path)))
        .collect()
}

/// The changed pages and their last edit.
fn changes<'a>(
    place: &Place,
    corpus: &'a Corpus,
    tool: &Tool,
    (port, saves): (u16, usize),
    preview: &mut Preview,
) -> Result<Vec<(&'a Page, usize)>, String> {
    let (started, mut random) = (Instant::now(), Random::new(2, 2));
    let mut changed: Vec<(&Page, usize)> = Vec::new();
    let mut in_a_row = 0;
    for edit in FIRST_EDIT..FIRST_EDIT + saves {
        if started.elapsed() > IN_ALL || in_a_row >= GIVE_UP {
            break;
        }
        report::progress(&format!("{}: save {}", tool.kind.name(), edit + 1 - FIRST_EDIT));
        // Not in step with a preview that looks around at fixed times.
        std::thread::sleep(Duration::from_millis(random.between(300, 800) as u64));
        let Some(page) = corpus.pages.get(random.below(corpus.pages.len())) else { break };
        changed.retain(|(other, _)| other.number != page.number);
        changed.push((page, edit));
        let saved = save(place, corpus, tool, page, edit)?;
        let (own, both) = shown(port, page, edit, saved);
        preview.page.extend(own);
        preview.dependents.extend(both);
        in_a_row = if both.is_some() { 0 } else { in_a_row + 1 };
        preview.never += usize::from(both.is_none());
    }
    Ok(changed)
}

/// As an editor's program does it: a new file beside the site, and a rename. The moment of it.
fn save(
    place: &Place,
    corpus: &Corpus,
    tool: &Tool,
    page: &Page,
    edit: usize,
) -> Result<Instant, String> {
    let file = tool.kind.form().edited(corpus, page, edit);
    let (fresh, path) = (place.root.join("saved.md"), place.source(tool.kind).join(&file.path));
    let explain = |error| format!("{} cannot be saved: {error}", path.display());
    fs::write(&fresh, file.text).map_err(explain)?;
    let saved = Instant::now();
    fs::rename(&fresh, &path).map_err(explain)?;
    Ok(saved)
}

/// Until the page shows the edit, and until its section list does too.
fn shown(
    port: u16,
    page: &Page,
    edit: usize,
    saved: Instant,
) -> (Option<Duration>, Option<Duration>) {
    let (own, list) = (page_path(page), section_path(page.section));
    let (title, text) = (title_mark(edit), text_mark(edit));
    let has = |path: &str, marks: &[&String]| {
        http::get(port, path).is_ok_and(|answer| {
            answer.status == 200 && marks.iter().all(|mark| answer.body.contains(mark.as_str()))
        })
    };
    let (mut first, mut second) = (None, None);
    while saved.elapsed() < UNTIL_SHOWN {
        if first.is_none() && has(&own, &[&title, &text]) {
            first = Some(saved.elapsed());
        }
        if second.is_none() && has(&list, &[&title]) {
            second = Some(saved.elapsed());
        }
        if let (Some(first), Some(second)) = (first, second) {
            return (Some(first), Some(first.max(second)));
        }
        std::thread::sleep(LOOK_EVERY);
    }
    (first, None)
}

/// Lists that do not show the last title of a page they list.
fn stale(port: u16, changed: &[(&Page, usize)]) -> usize {
    let lists = changed.iter().flat_map(|(page, edit)| {
        [section_path(page.section), term_path(page.term)].map(|list| (list, title_mark(*edit)))
    });
    lists
        .filter(|(list, title)| !http::get(port, list).is_ok_and(|a| a.body.contains(title)))
        .count()
}
