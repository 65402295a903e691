//! What may stand behind the program's name, and what is said when something else does. Editors read
//! Dutch, so the parser's own English never shows.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ErrorKind};
use clap::{ArgAction, Args, Parser, Subcommand};
use jiff::civil::Date;

use crate::report::Format;

/// The help of one command.
const ONE: &str = "{about}\n\nGebruik: {usage}\n\nOpties:\n{options}";

#[derive(Parser)]
#[command(
    name = "nieuwe-buren",
    version,
    help_template = "{about}\n\nGebruik: {usage}\n\nOpdrachten:\n{subcommands}\n\nOpties:\n{options}{after-help}",
    override_usage = "nieuwe-buren <OPDRACHT> [OPTIES]",
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
    arg_required_else_help = true,
    about = "Maakt van Markdown een site, folders per wijk en een formulier dat aankomt.",
    after_help = "Uitkomst: 0 gemaakt, 1 fouten in de teksten, 2 er ging iets anders mis."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Common {
    /// Map met de teksten en gegevens [anders: content]
    #[arg(
        long,
        global = true,
        default_value = "content",
        value_name = "MAP",
        hide_default_value = true
    )]
    pub content: PathBuf,
    /// Map van het thema: uiterlijk, folders, mails [anders: themes/vluchtelingenwerk]
    #[arg(
        long,
        global = true,
        default_value = "themes/vluchtelingenwerk",
        value_name = "MAP",
        hide_default_value = true
    )]
    pub theme: PathBuf,
    /// Map waarin de uitkomst komt [anders: dist]
    #[arg(
        long,
        global = true,
        default_value = "dist",
        value_name = "MAP",
        hide_default_value = true
    )]
    pub out: PathBuf,
    /// Reken alsof het deze dag is, om te zien wat dan nagekeken moet zijn [anders: vandaag]
    #[arg(long, global = true, value_name = "JJJJ-MM-DD")]
    pub today: Option<Date>,
    /// Meldingen ook voor programma's: json, github of gitlab [anders: tekst, voor mensen alleen]
    #[arg(long, global = true, value_enum, default_value_t = Format::Tekst, value_name = "VORM", hide_default_value = true, hide_possible_values = true)]
    pub format: Format,
    /// Toon deze uitleg
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Toon het versienummer
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Subcommand)]
pub enum Command {
    /// Maak de site, de folders en de bundel voor de formulieren
    #[command(help_template = ONE, override_usage = "nieuwe-buren build [OPTIES]")]
    Build,
    /// Kijk alles na zonder iets te schrijven
    #[command(help_template = ONE, override_usage = "nieuwe-buren check [OPTIES]")]
    Check,
    /// Maak alles en toon het op deze computer, met een werkend formulier
    #[command(help_template = ONE, override_usage = "nieuwe-buren serve [OPTIES]")]
    Serve {
        /// Poort op deze computer [anders: 8080]
        #[arg(long, default_value_t = 8080, value_name = "NUMMER", hide_default_value = true)]
        port: u16,
        /// Map voor de vragen en mails van deze proefopstelling [anders: .nieuwe-buren]
        #[arg(
            long,
            default_value = ".nieuwe-buren",
            value_name = "MAP",
            hide_default_value = true
        )]
        data: PathBuf,
    },
}

/// What to say in place of doing something.
pub enum Instead {
    /// Help or version: asked for.
    Shown(String),
    Wrong(String),
}

pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, Instead> {
    Cli::try_parse_from(arguments).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Instead::Shown(error.to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Instead::Wrong(error.to_string()),
        _ => Instead::Wrong(in_dutch(&error)),
    })
}

fn in_dutch(error: &clap::Error) -> String {
    let part = |kind| error.get(kind).map(ToString::to_string).filter(|text| !text.is_empty());
    let option = part(ContextKind::InvalidArg).unwrap_or_default();
    let message = match (error.kind(), part(ContextKind::InvalidValue)) {
        (ErrorKind::InvalidSubcommand, _) => {
            let command = part(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("De opdracht `{command}` bestaat niet.")
        }
        (ErrorKind::UnknownArgument, _) => format!("De optie `{option}` bestaat hier niet."),
        (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Some(value)) => {
            format!("`{value}` past niet bij {option}.")
        }
        (ErrorKind::InvalidValue, None) => format!("Na {option} hoort nog iets."),
        (ErrorKind::ArgumentConflict, _) => format!("{option} staat er twee keer."),
        // Rare enough to show the parser's words.
        _ => error.to_string().trim_end().to_owned(),
    };
    let near = part(ContextKind::SuggestedSubcommand).or_else(|| part(ContextKind::SuggestedArg));
    let hint = match (near, part(ContextKind::ValidValue)) {
        (Some(near), _) => format!("Bedoelt u {near}?"),
        (None, Some(known)) => format!("Dit mag: {known}."),
        (None, None) => "Vraag om uitleg: nieuwe-buren --help.".to_owned(),
    };
    format!("fout: {message}\n  doe dit: {hint}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_understood_is_said_in_dutch() {
        for (arguments, expected) in [
            (&["buidl"][..], "De opdracht `buidl` bestaat niet.\n  doe dit: Bedoelt u build?"),
            (&["check", "--tody", "x"], "De optie `--tody` bestaat hier niet."),
            (&["check", "--today", "gisteren"], "`gisteren` past niet bij --today <JJJJ-MM-DD>."),
            (&["check", "--format", "xml"], "Dit mag: tekst, json, github, gitlab."),
            (&["build", "--out"], "Na --out <MAP> hoort nog iets."),
            (&["serve", "--port", "70000"], "`70000` past niet bij --port <NUMMER>."),
            (&["build", "--out", "a", "--out", "b"], "--out <MAP> staat er twee keer."),
            (&["build", "zomaar"], "De optie `zomaar` bestaat hier niet."),
        ] {
            let all = ["nieuwe-buren"].iter().chain(arguments).map(OsString::from);
            match parse(all) {
                Err(Instead::Wrong(text)) => assert!(text.contains(expected), "{text}"),
                _ => panic!("{arguments:?} was understood"),
            }
        }
    }

    #[test]
    fn help_has_no_english_word_in_it() {
        for arguments in [&["--help"][..], &["build", "-h"], &["serve", "--help"]] {
            let all = ["nieuwe-buren"].iter().chain(arguments).map(OsString::from);
            let Err(Instead::Shown(text)) = parse(all) else { panic!("no help") };
            for english in ["Usage", "Options", "Commands", "Print", "default", "possible"] {
                assert!(!text.contains(english), "{text}");
            }
        }
    }
}
