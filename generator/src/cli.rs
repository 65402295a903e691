//! Arguments in, words and an exit code out. Only this file and its folder print.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod folder;
mod papers;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::arguments::{self, Command, Instead};
use crate::content::Changes;
use crate::diagnostics::{Diagnostics, counted};
use crate::english::Tongue;
use crate::output::{Failure, Written};
use crate::render::{FORMS, PRINT, SITE};
use crate::report::{Format, report};
use crate::serve::{self, Change, Outcome, Preview};
use crate::site::{self, Made, Memory, Options};
use crate::translations;

/// Where the outcome goes when nothing else is said.
const OUT: &str = "dist";

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
        out: cli.common.out.unwrap_or_else(|| PathBuf::from(OUT)),
        today: cli.common.today.unwrap_or_else(today),
        preview: matches!(cli.command, Command::Serve { .. }),
        tongue: cli.common.locale,
        progress,
    };
    let format = cli.common.format;
    match cli.command {
        Command::Build => build(&options, format).into(),
        Command::Check => check(&options, format).into(),
        Command::Translations => translations(&options, format).into(),
        Command::Serve { port, data } => serve(&options, port, data).into(),
        Command::Folder(wish) => folder::make(&options, &wish, format).into(),
        Command::Init { folder } => papers::init(&folder, options.today, options.tongue).into(),
        Command::Schema { out } => papers::schema(out.as_deref()).into(),
        Command::Completions { shell } => papers::completions(shell).into(),
        Command::Man { out } => papers::man(out.as_deref()).into(),
    }
}

/// The only look at the clock: content may not be older than its review date.
fn today() -> Date {
    Timestamp::now().to_zoned_datetime(TimeZone::UTC).date()
}

fn build(options: &Options, format: Format) -> Exit {
    let mut memory = Memory::default();
    let built = build_and_report(options, format, &mut memory);
    let exit = match &built {
        Ok(_) => Exit::Built,
        Err(Exit::ContentHasErrors) => Exit::ContentHasErrors,
        Err(_) => Exit::Broke,
    };
    // The process ends here. Giving back the memory of ten thousand pages one by one takes longer
    // than writing them.
    std::mem::forget((built, memory));
    exit
}

fn build_and_report(options: &Options, format: Format, memory: &mut Memory) -> Result<Made, Exit> {
    let started = Instant::now();
    let mut diagnostics = Diagnostics::default();
    let built = site::build(options, memory, &Changes::All, &mut diagnostics);
    let tongue = options.tongue;
    tell(&diagnostics, format, tongue);
    match built {
        Ok(Some((made, written))) => {
            if format == Format::Tekst {
                summary(&made, written, options, started.elapsed());
            }
            Ok(made)
        }
        Ok(None) => {
            eprintln!("{}", tongue.say("Er is niets geschreven: los eerst de fouten op."));
            Err(Exit::ContentHasErrors)
        }
        Err(failure) => Err(failed(&failure, tongue)),
    }
}

/// Mistakes for whoever sits at the screen, and in the form that was asked for.
fn tell(diagnostics: &Diagnostics, format: Format, tongue: Tongue) {
    eprint!("{}", diagnostics.report(tongue));
    if let Some(report) = report(diagnostics, format, tongue) {
        print!("{report}");
    }
}

fn broke(why: &str, tongue: Tongue) {
    eprintln!("{}: {}", tongue.part("fout"), tongue.say(why));
}

fn check(options: &Options, format: Format) -> Exit {
    let mut diagnostics = Diagnostics::default();
    let made = site::make(options, &mut Memory::default(), &Changes::All, &mut diagnostics);
    tell(&diagnostics, format, options.tongue);
    match made {
        Some(made) if !diagnostics.has_errors() => {
            if format == Format::Tekst {
                let pages = counted(made.count(SITE, ".html"), "pagina", "pagina's");
                let leaflets = counted(made.count(PRINT, ".pdf"), "folder", "folders");
                let good = format!("In orde: {pages} en {leaflets}.");
                println!("{}", options.tongue.say(&good));
            }
            Exit::Built
        }
        _ => Exit::ContentHasErrors,
    }
}

/// What is left to translate. Mistakes in the content are the business of `check`, as long as there
/// is something to look at.
fn translations(options: &Options, format: Format) -> Exit {
    let mut diagnostics = Diagnostics::default();
    let Some((content, theme)) = site::read(options, &mut diagnostics) else {
        tell(&diagnostics, Format::Tekst, options.tongue);
        return Exit::ContentHasErrors;
    };
    let overviews = translations::overviews(&content, &theme);
    match format {
        Format::Json => println!("{:#}", serde_json::json!(overviews)),
        _ => print!("{}", translations::report(&overviews, options.tongue)),
    }
    Exit::Built
}

fn summary(made: &Made, written: Written, options: &Options, took: Duration) {
    let out = options.out.display();
    let part = |dutch: &str| options.tongue.part(dutch).into_owned();
    let counted = |count, one, many| padded(&part(&counted(count, one, many)));
    println!("{}  {out}/{SITE}", counted(made.count(SITE, ".html"), "pagina", "pagina's"));
    println!("{}  {out}/{PRINT}", counted(made.count(PRINT, ".pdf"), "folder", "folders"));
    println!(
        "{}  {out}/{FORMS} {}",
        counted(made.content.forms.len(), "formulier", "formulieren"),
        part("(niet openbaar)")
    );
    let step = |(name, time): &(&str, _)| format!("{} {}", part(name), milliseconds(*time));
    let steps: Vec<String> = made.timings.iter().map(step).collect();
    println!("{}  {}", padded(&milliseconds(took)), steps.join(", "));
    for skipped in &made.content.skipped {
        let why = part(&skipped.why.to_string());
        println!("{}  {} ({why})", padded(&part("overgeslagen")), skipped.path);
    }
    let kept = format!("{} gelijk gebleven, {} weggehaald", written.unchanged, written.removed);
    println!("{}  {}", padded(&part(&format!("{} geschreven", written.changed))), part(&kept));
}

/// Below which nobody waits long enough to wonder.
const WORTH_SHOWING: usize = 20;

/// How far folders are, for who sits at a terminal, on a line that is gone when they are ready;
/// programs that read the errors see none of it.
fn progress(ready: usize, all: usize) {
    let mut terminal = std::io::stderr();
    if all < WORTH_SHOWING || !terminal.is_terminal() {
        return;
    }
    let _ = match ready == all {
        true => write!(terminal, "\r\x1b[K"),
        false => write!(terminal, "\r{ready} / {all} folders"),
    };
}

fn padded(text: &str) -> String {
    format!("{text:>15}")
}

fn milliseconds(time: Duration) -> String {
    let ms = time.as_secs_f64() * 1000.0;
    if ms < 10.0 { format!("{ms:.1} ms") } else { format!("{ms:.0} ms") }
}

fn serve(options: &Options, port: u16, data: PathBuf) -> Exit {
    let mut memory = Memory::default();
    let made = match build_and_report(options, Format::Tekst, &mut memory) {
        Ok(made) => made,
        Err(exit) => return exit,
    };
    let started = Instant::now();
    let preview = Preview { options: options.clone(), made, memory, port, data };
    let tongue = options.tongue;
    let ready = |address: &str| {
        let took = padded(&milliseconds(started.elapsed()));
        println!("{took}  {}", tongue.part("database en formulier"));
        println!();
        println!("  {:<13}{address}/", tongue.part("De site"));
        println!("  {:<13}{address}/_mailbox/", tongue.part("De mailbox"));
        println!();
        println!("{}", tongue.say("Wat u opslaat is meteen te zien. Stop met Ctrl+C."));
    };
    match serve::run(preview, ready, |change| changed(change, tongue)) {
        Ok(()) => Exit::Built,
        Err(message) => {
            broke(&message, tongue);
            Exit::Broke
        }
    }
}

/// One line for what was saved and what it changed, or the mistakes in it.
fn changed(change: &Change, tongue: Tongue) {
    let files: Vec<String> = change.files.iter().map(|file| file.display().to_string()).collect();
    let files = files.join(", ");
    match &change.outcome {
        Outcome::Shown(written) => {
            let took = padded(&milliseconds(change.took));
            let count = counted(written.changed + written.removed, "bestand", "bestanden");
            println!("{took}  {files}: {}", tongue.part(&format!("{count} anders")));
        }
        Outcome::Mistakes(report) => {
            println!("{}  {files}", padded(&tongue.part("niet bijgewerkt")));
            eprint!("{report}");
            eprintln!("{}", tongue.say("De laatste goede site blijft staan."));
        }
    }
}

fn failed(failure: &Failure, tongue: Tongue) -> Exit {
    broke(&format!("{failure}."), tongue);
    Exit::Broke
}
