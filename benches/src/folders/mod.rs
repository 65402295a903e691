//! Folders on paper: how quickly ours makes them, beside what prints HTML.

mod chromium;
mod html;
mod look;
mod presses;
mod words;

pub use chromium::{SUBCOMMAND, print_all};

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::corpus::clear;
use crate::measured::{Sample, measure as measured};
use crate::options::Options;
use crate::report;
use crate::tree::Tree;
use look::Seen;
use presses::{Kind, Press};
use words::Folder;

/// What a press is asked to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// One trifold.
    One,
    /// The trifold of every area in every language, by one process, into an empty folder.
    All,
    /// The same command once more, with everything in place.
    Again,
    /// All formats of ours. The peers have no other.
    Every,
    /// The same with everything else that a build makes, into an empty folder.
    Build,
    /// That build once more: what it kept is not set again.
    Rebuild,
}

impl Task {
    const ALL: [Task; 6] =
        [Task::One, Task::All, Task::Again, Task::Every, Task::Build, Task::Rebuild];

    pub fn name(self) -> &'static str {
        match self {
            Task::One => "one trifold, a new process",
            Task::All => "all trifolds, one process",
            Task::Again => "all trifolds, once more",
            Task::Every => "all folders of all formats",
            Task::Build => "a whole build with all folders",
            Task::Rebuild => "that build once more",
        }
    }

    /// Where its folders go; what is done again, is done over what is there.
    fn folder(self) -> &'static str {
        match self {
            Task::One => "one",
            Task::All | Task::Again => "all",
            Task::Every => "every",
            Task::Build | Task::Rebuild => "build/print",
        }
    }
}

/// What was measured of one press at one task.
pub struct Row<'a> {
    pub press: &'a Press,
    command: Vec<OsString>,
    out: PathBuf,
    pub samples: Vec<Sample>,
    /// PDFs that it left.
    pub made: usize,
    pub seen: Seen,
    first: Option<Tree>,
    /// Files that were not the same in two runs.
    pub differing: Option<usize>,
}

impl Row<'_> {
    pub fn name(&self) -> &'static str {
        self.press.kind.name()
    }

    pub fn is_ours(&self) -> bool {
        self.press.kind == Kind::Ours
    }
}

/// Measures on the content that is in this workspace. A folder that is not there, or not right, is an
/// error: what is not made cannot be compared.
pub fn measure(options: &Options, work: &Path) -> Result<(), String> {
    let place = work.join("folders");
    let folders = words::folders()?;
    let html = place.join("html");
    html::write_all(&folders, &html)?;
    let presses = presses(options);
    for task in Task::ALL {
        let mut rows = rows(task, &presses, &folders, &place, &html)?;
        for round in 0..=options.runs {
            report::progress(&format!("{} {round} of {}", task.name(), options.runs));
            for row in &mut rows {
                run(row, task, round, &folders, &place)?;
            }
        }
        report::folders(task.name(), &rows);
        if task == Task::All {
            report::folder_sizes(&rows);
        }
    }
    Ok(())
}

fn presses(options: &Options) -> Vec<Press> {
    let wanted = |kind: &Kind| {
        options.tools.is_empty() || options.tools.iter().any(|name| name == kind.name())
    };
    let mut presses = Vec::new();
    for kind in Kind::ALL.into_iter().filter(wanted) {
        match Press::find(kind, options) {
            Ok(press) => {
                report::line(&format!("{}: {}", kind.name(), press.version));
                presses.push(press);
            }
            Err(reason) => report::line(&format!("{} is absent: {reason}.", kind.name())),
        }
    }
    presses
}

fn rows<'a>(
    task: Task,
    presses: &'a [Press],
    folders: &[Folder],
    place: &Path,
    html: &Path,
) -> Result<Vec<Row<'a>>, String> {
    let one = folders.first().ok_or("no folders")?;
    let mut rows = Vec::new();
    for press in presses {
        let out = place.join(format!("{}-{}", press.kind.name(), task.folder()));
        if let Some(command) = press.command(task, one, html, &out)? {
            rows.push(Row {
                press,
                command,
                out,
                samples: Vec::new(),
                made: 0,
                seen: Seen::default(),
                first: None,
                differing: None,
            });
        }
    }
    Ok(rows)
}

/// The first round fills the caches and is not counted; what it left is looked through.
fn run(
    row: &mut Row,
    task: Task,
    round: usize,
    folders: &[Folder],
    place: &Path,
) -> Result<(), String> {
    let name = row.name();
    match task {
        Task::Again | Task::Rebuild => {}
        // A build makes its folders itself, and leaves one alone that is not its own.
        Task::Build => clear(row.out.parent().unwrap_or(&row.out))?,
        Task::One | Task::All | Task::Every => {
            clear(&row.out)?;
            std::fs::create_dir_all(&row.out).map_err(|error| error.to_string())?;
        }
    }
    let log = place.join(format!("{name}-{}.log", task.folder().replace('/', "-")));
    let sample = measured(&row.command, &log).map_err(|error| format!("{name}: {error}"))?;
    if round > 0 {
        row.samples.push(sample);
    }
    let made = look::pdfs(&row.out)?;
    let main = folders.first().map(|folder| folder.lang.as_str()).unwrap_or_default();
    let wanted = if task == Task::One { folders.get(..1).unwrap_or_default() } else { folders };
    if made < wanted.len() || (round > 0 && made != row.made) {
        let before = if round > 0 { format!(", {} before", row.made) } else { String::new() };
        return Err(format!("{name}: {made} PDFs of {}{before}", task.name()));
    }
    row.made = made;
    if round == 0 {
        row.seen = look::through(wanted, &row.out, main)?;
        row.first = Some(Tree::read(&row.out));
    } else if let Some(first) = &row.first {
        row.differing = Some(first.differences(&Tree::read(&row.out)));
    }
    Ok(())
}
