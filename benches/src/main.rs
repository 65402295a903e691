//! Measures the generator beside a floor and its peers. See the README beside this crate.

mod corpus;
mod floor;
mod folders;
mod forms;
mod http;
mod measured;
mod options;
mod places;
mod reader;
mod report;
mod run;
mod serve;
mod tools;
mod tree;
mod verify;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use corpus::{Corpus, LANGUAGES};
use options::{Options, Part};
use places::{Place, home};
use tools::{Kind, Tool};

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let done = match arguments.as_slice() {
        // The three below are started by this program itself.
        [part, from, to] if part == "floor" => {
            floor::run(Path::new(from), Path::new(to)).map(|pages| format!("{pages} pages"))
        }
        [part, log, program, rest @ ..] if part == measured::SUBCOMMAND => {
            measured::parent(Path::new(log), program, rest)
        }
        [part, browser, from, to] if part == folders::SUBCOMMAND => {
            folders::print_all(Path::new(browser), Path::new(from), Path::new(to))
        }
        _ => Options::parse(arguments).and_then(|options| all(&options)).map(|()| String::new()),
    };
    match done {
        Ok(text) => {
            if !text.is_empty() {
                report::line(&text);
            }
            ExitCode::SUCCESS
        }
        Err(text) => {
            report::error(&text);
            ExitCode::FAILURE
        }
    }
}

fn all(options: &Options) -> Result<(), String> {
    let work = options.work.clone().unwrap_or_else(|| home().join("benches"));
    std::fs::create_dir_all(&work)
        .and_then(|()| work.canonicalize())
        .map_err(|error| format!("{} cannot be used: {error}", work.display()))
        .and_then(|work| in_folder(options, &work))
}

fn in_folder(options: &Options, work: &Path) -> Result<(), String> {
    let wanted = |kind: &Kind| {
        options.tools.is_empty() || options.tools.iter().any(|name| name == kind.name())
    };
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(wanted).collect();
    report::line(&computer());
    if options.part == Part::Forms {
        return forms::measure(options, work);
    }
    if options.part == Part::Folders {
        return folders::measure(options, work);
    }
    let mut tools = Vec::new();
    for kind in kinds.iter().filter(|_| options.part != Part::Corpus) {
        match Tool::find(*kind, options.ours.as_deref()) {
            Ok(tool) => {
                report::line(&format!("{}: {}", kind.name(), tool.version));
                tools.push(tool);
            }
            Err(reason) => report::line(&format!("{} is absent: {reason}.", kind.name())),
        }
    }
    for pages in &options.pages {
        let corpus = Corpus::new(*pages);
        let place = Place::new(work, *pages);
        let total = corpus.pages.len() * LANGUAGES.len();
        report::line(&format!("\n## {total} pages: {}\n", run::lists(&corpus)));
        for kind in &kinds {
            kind.form().write(&corpus, &place.source(*kind))?;
        }
        if options.part == Part::Corpus {
            report::line(&format!("{}", place.root.display()));
        }
        if matches!(options.part, Part::All | Part::Build) {
            report::builds(&run::builds(&place, &corpus, &tools, options.runs));
        }
        if matches!(options.part, Part::All | Part::Serve) {
            previews(options, &place, &corpus, &tools);
        }
    }
    Ok(())
}

fn previews(options: &Options, place: &Place, corpus: &Corpus, tools: &[Tool]) {
    report::preview_head();
    let mut failures = Vec::new();
    for tool in tools {
        match serve::preview(place, corpus, tool, options.saves) {
            None => {}
            Some(Ok(preview)) => report::preview(tool.kind, &preview),
            Some(Err(reason)) => failures.push((tool.kind, reason)),
        }
    }
    for (kind, reason) in failures {
        report::left_out(kind, &reason);
    }
}

/// What else the computer was doing tells how far to trust the seconds on the wall.
fn computer() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().next().unwrap_or("unknown").to_owned();
    format!("computer: {cores} cores, load {load} before the first run")
}
