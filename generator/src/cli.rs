//! Arguments in, words and an exit code out. The only file that prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::arguments::{self, Command, Instead};
use crate::diagnostics::{Diagnostics, counted};
use crate::output::Written;
use crate::render::{FORMS, PRINT, SITE, Shelf};
use crate::report::{Format, report};
use crate::serve::{self, Change, Outcome, Preview};
use crate::site::{self, Made, Options};

/// What a process says of how it went; scripts rely on these.
enum Exit {
    Built,
    ContentHasErrors,
    Broke,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Built => ExitCode::SUCCESS,
            Exit::ContentHasErrors => ExitCode::from(1),
            Exit::Broke => ExitCode::from(2),
        }
    }
}

/// Runs the program with the arguments of this process.
pub fn run() -> ExitCode {
    let cli = match arguments::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(Instead::Shown(text)) => {
            print!("{text}");
            return Exit::Built.into();
        }
        Err(Instead::Wrong(text)) => {
            eprint!("{text}");
            return Exit::Broke.into();
        }
    };
    let options = Options {
        content: cli.common.content,
        theme: cli.common.theme,
        out: cli.common.out,
        today: cli.common.today.unwrap_or_else(today),
    };
    let format = cli.common.format;
    match cli.command {
        Command::Build => build(&options, format).into(),
        Command::Check => check(&options, format).into(),
        Command::Serve { port, data } => serve(&options, port, data).into(),
    }
}

/// The only look at the clock: content may not be older than its review date.
fn today() -> Date {
    Timestamp::now().to_zoned_datetime(TimeZone::UTC).date()
}

fn build(options: &Options, format: Format) -> Exit {
    match build_and_report(options, format, &mut Shelf::default()) {
        Ok(_) => Exit::Built,
        Err(exit) => exit,
    }
}

fn build_and_report(options: &Options, format: Format, shelf: &mut Shelf) -> Result<Made, Exit> {
    let started = Instant::now();
    let mut diagnostics = Diagnostics::default();
    let built = site::build(options, shelf, &mut diagnostics);
    tell(&diagnostics, format);
    match built {
        Ok(Some((made, written))) => {
            if format == Format::Tekst {
                summary(&made, written, options, started.elapsed());
            }
            Ok(made)
        }
        Ok(None) => {
            eprintln!("Er is niets geschreven: los eerst de fouten op.");
            Err(Exit::ContentHasErrors)
        }
        Err(failure) => {
            eprintln!("fout: {failure}.");
            Err(Exit::Broke)
        }
    }
}

/// Mistakes for whoever sits at the screen, and in the form that was asked for.
fn tell(diagnostics: &Diagnostics, format: Format) {
    eprint!("{}", diagnostics.report());
    if let Some(report) = report(diagnostics, format) {
        print!("{report}");
    }
}

fn check(options: &Options, format: Format) -> Exit {
    let mut diagnostics = Diagnostics::default();
    let made = site::make(options, &mut Shelf::default(), &mut diagnostics);
    tell(&diagnostics, format);
    match made {
        Some(made) if !diagnostics.has_errors() => {
            if format == Format::Tekst {
                println!(
                    "In orde: {} en {}.",
                    counted(made.count(SITE, ".html"), "pagina", "pagina's"),
                    counted(made.count(PRINT, ".pdf"), "folder", "folders")
                );
            }
            Exit::Built
        }
        _ => Exit::ContentHasErrors,
    }
}

fn summary(made: &Made, written: Written, options: &Options, took: Duration) {
    let out = options.out.display();
    println!("{}  {out}/{SITE}", padded(&counted(made.count(SITE, ".html"), "pagina", "pagina's")));
    println!("{}  {out}/{PRINT}", padded(&counted(made.count(PRINT, ".pdf"), "folder", "folders")));
    println!(
        "{}  {out}/{FORMS} (niet openbaar)",
        padded(&counted(made.content.forms.len(), "formulier", "formulieren"))
    );
    let parts: Vec<String> =
        made.timings.iter().map(|(name, time)| format!("{name} {}", milliseconds(*time))).collect();
    println!("{}  {}", padded(&milliseconds(took)), parts.join(", "));
    println!(
        "{}  {} gelijk gebleven, {} weggehaald",
        padded(&format!("{} geschreven", written.changed)),
        written.unchanged,
        written.removed
    );
}

fn padded(text: &str) -> String {
    format!("{text:>15}")
}

fn milliseconds(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    if ms < 10.0 { format!("{ms:.1} ms") } else { format!("{ms:.0} ms") }
}

fn serve(options: &Options, port: u16, data: PathBuf) -> Exit {
    let mut shelf = Shelf::default();
    let made = match build_and_report(options, Format::Tekst, &mut shelf) {
        Ok(made) => made,
        Err(exit) => return exit,
    };
    let started = Instant::now();
    let preview =
        Preview { options: options.clone(), artefacts: made.artefacts, shelf, port, data };
    let ready = |address: &str| {
        println!("{}  database en formulier", padded(&milliseconds(started.elapsed())));
        println!();
        println!("  De site      {address}/");
        println!("  De mailbox   {address}/_mailbox/");
        println!();
        println!("Wat u opslaat is meteen te zien. Stop met Ctrl+C.");
    };
    match serve::run(preview, ready, changed) {
        Ok(()) => Exit::Built,
        Err(message) => {
            eprintln!("fout: {message}");
            Exit::Broke
        }
    }
}

/// One line for what was saved and what it changed, or the mistakes in it.
fn changed(change: &Change) {
    let files: Vec<String> = change.files.iter().map(|file| file.display().to_string()).collect();
    let files = files.join(", ");
    match &change.outcome {
        Outcome::Shown(written) => {
            let took = padded(&milliseconds(change.took));
            let count = counted(written.changed + written.removed, "bestand", "bestanden");
            println!("{took}  {files}: {count} anders");
        }
        Outcome::Mistakes(report) => {
            println!("{}  {files}", padded("niet bijgewerkt"));
            eprint!("{report}");
            eprintln!("De laatste goede site blijft staan.");
        }
    }
}
