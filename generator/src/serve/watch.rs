//! Sees that an editor saved something, and makes the site anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use forms_fn::Service;
use forms_fn::bundle::Bundle;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::index::Before;
use super::shown::{Shown, Stage, bundle, bundle_digest};
use crate::content::Changes;
use crate::diagnostics::Diagnostics;
use crate::english::Tongue;
use crate::output::Written;
use crate::site::{self, Made, Memory, Options};

/// An editor's program saves in steps: a new file, a rename. What comes within this time is one
/// change.
const TOGETHER: Duration = Duration::from_millis(10);

/// What a change in the content or the theme led to.
pub(crate) struct Change {
    /// The files that were saved, from the folder where the program was started.
    pub(crate) files: BTreeSet<PathBuf>,
    pub(crate) outcome: Outcome,
    pub(crate) took: Duration,
}

pub(crate) enum Outcome {
    Shown(Written),
    /// The report: errors stopped the build and the last good site stays.
    Mistakes(Arc<str>),
}

/// Watches for as long as the first of the pair lives; the second tells what was saved.
pub(super) fn watch(
    options: &Options,
) -> Result<(RecommendedWatcher, UnboundedReceiver<Saved>), String> {
    let (saved, changes) = unbounded_channel();
    let explain =
        |error: notify::Error| format!("De mappen zijn niet in het oog te houden: {error}.");
    let folders = [options.content.as_path(), options.theme.as_path()];
    let roots = Roots::new(folders);
    let whole: Vec<PathBuf> = roots.0.iter().map(|(whole, _)| whole.clone()).collect();
    let mut watcher =
        notify::recommended_watcher(move |event| tell(event, &roots, &saved)).map_err(explain)?;
    for folder in whole {
        watcher.watch(&folder, RecursiveMode::Recursive).map_err(explain)?;
    }
    Ok((watcher, changes))
}

/// What the watch saw.
pub(super) enum Saved {
    File(PathBuf),
    /// It lost count.
    Anything,
}

/// Events name files by their whole path; `roots` turns those into the names that the loaders use.
fn tell(event: notify::Result<notify::Event>, roots: &Roots, saved: &UnboundedSender<Saved>) {
    // The preview is ending when nobody listens.
    let tell = |what| drop(saved.send(what));
    match event {
        Ok(event) if event.need_rescan() => tell(Saved::Anything),
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => {}
        Ok(event) => {
            for path in event.paths.iter().filter(|path| !is_hidden(path)) {
                tell(Saved::File(roots.named(path)));
            }
        }
        Err(_) => tell(Saved::Anything),
    }
}

/// Watched folders, by their whole path and by the name they were given.
struct Roots(Vec<(PathBuf, PathBuf)>);

impl Roots {
    fn new<const N: usize>(folders: [&Path; N]) -> Self {
        let whole = |folder: &Path| folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        Self(folders.map(|folder| (whole(folder), folder.to_owned())).into())
    }

    fn named(&self, path: &Path) -> PathBuf {
        let below = |(whole, given): &(PathBuf, PathBuf)| {
            path.strip_prefix(whole).ok().map(|rest| given.join(rest))
        };
        self.0.iter().find_map(below).unwrap_or_else(|| path.to_owned())
    }
}

/// What editors' programs keep beside a file while it is open.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Makes the site anew after each change, until the preview ends.
pub(super) async fn follow(
    options: Options,
    mut memory: Memory,
    mut changes: UnboundedReceiver<Saved>,
    stage: &Stage,
    service: impl Fn(Bundle) -> Arc<Service>,
    index: Before,
    told: impl Fn(&Change),
) {
    let mut round = 0;
    // After a mistake the next build also looks at what the failed one had to look at.
    let mut open = Open::default();
    while let Some(first) = changes.recv().await {
        let started = Instant::now();
        tokio::time::sleep(TOGETHER).await;
        let mut saved = Open::default();
        saved.add(first);
        while let Ok(next) = changes.try_recv() {
            saved.add(next);
        }
        open.append(&saved);
        let built;
        (built, memory) = build(options.clone(), memory, open.changes()).await;
        let outcome = match built {
            Ok((made, written)) => {
                open = Open::default();
                round += 1;
                let before = stage.borrow().clone();
                match shown(before, made, round, &service, Arc::clone(&index)) {
                    Ok(shown) => {
                        stage.send_replace(shown);
                        Outcome::Shown(written)
                    }
                    Err(fault) => mistakes(stage, fault.into()),
                }
            }
            Err(report) => mistakes(stage, report),
        };
        let files = saved.files();
        told(&Change { files, outcome, took: started.elapsed() });
    }
}

fn mistakes(stage: &Stage, report: Arc<str>) -> Outcome {
    stage.send_modify(|shown| shown.mistakes = Some(Arc::clone(&report)));
    Outcome::Mistakes(report)
}

/// What was saved since the last good build.
#[derive(Default, Clone)]
struct Open {
    paths: BTreeSet<PathBuf>,
    /// The watch lost count, or a whole folder came or went.
    all: bool,
}

impl Open {
    fn add(&mut self, saved: Saved) {
        match saved {
            Saved::File(path) => {
                self.all |= path.is_dir();
                self.paths.insert(path);
            }
            Saved::Anything => self.all = true,
        }
    }

    fn append(&mut self, other: &Self) {
        self.paths.extend(other.paths.iter().cloned());
        self.all |= other.all;
    }

    fn changes(&self) -> Changes {
        if self.all { Changes::All } else { Changes::Only(self.paths.clone()) }
    }

    /// For people. A name that only lived for a moment was the program's, on its way to the real
    /// one.
    fn files(&self) -> BTreeSet<PathBuf> {
        let mut files = self.paths.clone();
        if files.iter().any(|file| file.exists()) {
            files.retain(|file| file.exists());
        }
        files
    }
}

/// The site of a build, with the function of the build before if its bundle is the same.
fn shown(
    before: Shown,
    made: Made,
    round: usize,
    service: impl Fn(Bundle) -> Arc<Service>,
    index: Before,
) -> Result<Shown, String> {
    let same = before.bundle == bundle_digest(&made.artefacts);
    let service = if same { before.service } else { service(bundle(&made.artefacts)?) };
    Ok(Shown::new(made, format!("{}-{round}", std::process::id()), service, index))
}

type Built = Result<(Made, Written), Arc<str>>;

fn broke(why: &str, tongue: Tongue) -> String {
    format!("{}: {}", tongue.part("fout"), tongue.say(why))
}

/// On a thread of its own, so that pages are answered meanwhile. The memory goes along and comes
/// back.
async fn build(options: Options, mut memory: Memory, changes: Changes) -> (Built, Memory) {
    let tongue = options.tongue;
    let work = move || {
        let mut diagnostics = Diagnostics::default();
        let built = match site::build(&options, &mut memory, &changes, &mut diagnostics) {
            Ok(Some(built)) => Ok(built),
            Ok(None) => Err(diagnostics.errors(tongue)),
            Err(failure) => Err(broke(&format!("{failure}."), tongue)),
        };
        (built.map_err(Arc::from), memory)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        // A fault of ours must not take the editor's last good site away.
        Err(fault) => {
            let message = format!("Het programma zelf ging stuk: {fault}.");
            (Err(Arc::from(broke(&message, tongue))), Memory::default())
        }
    }
}
