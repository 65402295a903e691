//! Sees that an editor saved something, and makes the site anew.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use forms_fn::Service;
use forms_fn::bundle::Bundle;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::shown::{Shown, Stage};
use crate::diagnostics::Diagnostics;
use crate::output::Written;
use crate::render::{FORMS, Shelf};
use crate::site::{self, Made, Options};

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
) -> Result<(RecommendedWatcher, UnboundedReceiver<PathBuf>), String> {
    let (saved, changes) = unbounded_channel();
    let explain =
        |error: notify::Error| format!("De mappen zijn niet in het oog te houden: {error}.");
    let mut watcher =
        notify::recommended_watcher(move |event| tell(event, &saved)).map_err(explain)?;
    for folder in [&options.content, &options.theme] {
        watcher.watch(folder, RecursiveMode::Recursive).map_err(explain)?;
    }
    Ok((watcher, changes))
}

fn tell(event: notify::Result<notify::Event>, saved: &UnboundedSender<PathBuf>) {
    let Ok(event) = event else { return };
    if matches!(event.kind, EventKind::Access(_)) {
        return;
    }
    for path in event.paths.into_iter().filter(|path| !is_hidden(path)) {
        // The preview is ending when nobody listens.
        let _ = saved.send(path);
    }
}

/// Watched paths are whole; editors know them from the folder they work in.
fn from_here(path: &Path) -> PathBuf {
    std::env::current_dir()
        .ok()
        .and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned))
        .unwrap_or_else(|| path.to_owned())
}

/// What editors' programs keep beside a file while it is open.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Makes the site anew after each change, until the preview ends.
pub(super) async fn follow(
    options: Options,
    mut shelf: Shelf,
    mut changes: UnboundedReceiver<PathBuf>,
    stage: &Stage,
    service: impl Fn(Bundle) -> Arc<Service>,
    told: impl Fn(&Change),
) {
    while let Some(first) = changes.recv().await {
        let started = Instant::now();
        tokio::time::sleep(TOGETHER).await;
        let mut files = BTreeSet::from([first]);
        while let Ok(next) = changes.try_recv() {
            files.insert(next);
        }
        // A name that only lived for a moment was the program's, on its way to the real one.
        if files.iter().any(|file| file.exists()) {
            files.retain(|file| file.exists());
        }
        let built;
        (built, shelf) = build(options.clone(), shelf).await;
        let outcome = match built {
            Ok((made, written, bundle)) => {
                stage.send_replace(Shown::new(&made.artefacts, service(bundle)));
                Outcome::Shown(written)
            }
            Err(mistakes) => {
                stage.send_modify(|shown| shown.mistakes = Some(Arc::clone(&mistakes)));
                Outcome::Mistakes(mistakes)
            }
        };
        let files = files.iter().map(|file| from_here(file)).collect();
        told(&Change { files, outcome, took: started.elapsed() });
    }
}

type Built = Result<(Made, Written, Bundle), Arc<str>>;

/// On a thread of its own, so that pages are answered meanwhile. The shelf goes along and comes back.
async fn build(options: Options, mut shelf: Shelf) -> (Built, Shelf) {
    let work = move || {
        let mut diagnostics = Diagnostics::default();
        let built = match site::build(&options, &mut shelf, &mut diagnostics) {
            Ok(Some((made, written))) => {
                Bundle::open(&options.out.join(FORMS)).map(|bundle| (made, written, bundle))
            }
            Ok(None) => Err(diagnostics.errors()),
            Err(failure) => Err(format!("fout: {failure}.")),
        };
        (built.map_err(Arc::from), shelf)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        // A fault of ours must not take the editor's last good site away.
        Err(fault) => {
            let message = format!("fout: het programma zelf ging stuk: {fault}.");
            (Err(Arc::from(message)), Shelf::default())
        }
    }
}
