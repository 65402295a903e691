//! What the program hands out besides a site: a new municipality, and papers about itself.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use clap_complete::Shell;
use jiff::civil::Date;

use super::{Exit, broke, failed};
use crate::diagnostics::counted;
use crate::english::Tongue;
use crate::{manual, output, schema, starter};

/// A new municipality, and what to do with it.
pub fn init(folder: &Path, today: Date, tongue: Tongue) -> Exit {
    let files = starter::files(today);
    let named = files.iter().map(|file| (file.name.as_str(), file.bytes.as_ref()));
    match output::create(folder, named) {
        Ok(count) => {
            let shown = folder.display().to_string();
            let made = counted(count, "bestand", "bestanden");
            println!("{} in {shown}.", tongue.part(&made));
            println!();
            println!("{}", tongue.say("Ga naar die map, en bekijk de site op deze computer:"));
            println!();
            println!("  cd {}", quoted(&shown));
            println!("  nieuwe-buren serve");
            println!();
            println!(
                "{}",
                tongue
                    .say("Vul daarna in wat u weet. Begin met content/site.toml en de nummers in")
            );
            println!(
                "{}",
                tongue.say("content/organisations/. Het handboek is content/LEESMIJ.md.")
            );
            Exit::Built
        }
        Err(failure) if failure.cause.kind() == ErrorKind::AlreadyExists => {
            let there = failure.path.display();
            broke(&format!("{there} is er al. Er is niets overschreven."), tongue);
            let hint = tongue.say("Kies een map die er nog niet is, of die leeg is.");
            eprintln!("  {}: {hint}", tongue.part("doe dit"));
            Exit::Broke
        }
        Err(failure) => failed(&failure, tongue),
    }
}

/// As it is typed behind a command.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    match path.chars().all(plain) {
        true => path.to_owned(),
        false => format!("'{}'", path.replace('\'', "'\\''")),
    }
}

pub fn schema(out: Option<&Path>) -> Exit {
    match out {
        Some(out) => write(out, &schema::files()),
        None => {
            let all: serde_json::Map<_, _> = schema::all().into_iter().collect();
            show(&format!("{:#}\n", serde_json::Value::Object(all)))
        }
    }
}

pub fn completions(shell: Shell) -> Exit {
    show(&manual::completions(shell))
}

pub fn man(out: Option<&Path>) -> Exit {
    let pages = manual::pages();
    match (out, pages.first()) {
        (Some(out), _) => write(out, &pages),
        // The first is that of the program as a whole.
        (None, Some((_, page))) => show(page),
        (None, None) => Exit::Built,
    }
}

/// Papers are piped into other programs, which may have seen enough halfway.
fn show(text: &str) -> Exit {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            broke(&format!("Dit is niet te tonen: {error}."), Tongue::Nl);
            Exit::Broke
        }
        _ => Exit::Built,
    }
}

fn write(out: &Path, files: &[(String, String)]) -> Exit {
    let named = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
    match output::refresh(out, named) {
        Ok(()) => {
            println!("{} in {}.", counted(files.len(), "bestand", "bestanden"), out.display());
            Exit::Built
        }
        Err(failure) => failed(&failure, Tongue::Nl),
    }
}
