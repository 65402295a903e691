//! What may stand behind the program's name, and what is said when something else does. Editors read
//! Dutch, so the parser's own English never shows.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ErrorKind};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::content::Format;
use crate::english::Tongue;
use crate::render::leaflet::Goal;
use crate::report;

/// The help of one command.
const ONE: &str = "{about}\n\nGebruik: {usage}\n\nOpties:\n{options}";
/// The help of a command that cannot do without something behind it.
const WITH_ARGUMENT: &str =
    "{about}\n\nGebruik: {usage}\n\nErachter:\n{positionals}\n\nOpties:\n{options}";

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
    #[arg(long, global = true, value_name = "MAP")]
    pub out: Option<PathBuf>,
    /// Reken alsof het deze dag is, om te zien wat dan nagekeken moet zijn [anders: vandaag]
    #[arg(long, global = true, value_name = "JJJJ-MM-DD")]
    pub today: Option<Date>,
    /// Meldingen ook voor programma's: json, github of gitlab [anders: tekst, voor mensen alleen]
    #[arg(long, global = true, value_enum, default_value_t = report::Format::Tekst, value_name = "VORM", hide_default_value = true, hide_possible_values = true)]
    pub format: report::Format,
    /// Taal van de meldingen: nl of en; deze uitleg is er alleen in het Nederlands [anders: nl]
    #[arg(long, global = true, value_enum, default_value_t = Tongue::Nl, value_name = "TAAL", hide_default_value = true, hide_possible_values = true)]
    pub locale: Tongue,
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
    /// Toon wat er nog te vertalen, bij te werken en na te kijken is
    #[command(help_template = ONE, override_usage = "nieuwe-buren translations [OPTIES]")]
    Translations,
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
    /// Maak folders: van een gebied of van alle, in een vorm of in alle, voor thuis of de drukker
    #[command(help_template = ONE, override_usage = "nieuwe-buren folder [OPTIES]")]
    Folder(Folder),
    /// Begin een nieuwe gemeente: een map met teksten, thema en handboek die meteen werkt
    #[command(help_template = WITH_ARGUMENT, override_usage = "nieuwe-buren init <MAP> [OPTIES]")]
    Init {
        /// De map die gemaakt wordt; zij is er nog niet, of zij is leeg
        #[arg(value_name = "MAP")]
        folder: PathBuf,
    },
    /// Toon wat er in de gegevens mag staan, als JSON Schema voor uw tekstprogramma
    #[command(help_template = ONE, override_usage = "nieuwe-buren schema [OPTIES]")]
    Schema {
        /// Map waarin de schema's komen [anders: op het scherm]
        #[arg(long, value_name = "MAP")]
        out: Option<PathBuf>,
    },
    /// Toon het script waarmee uw terminal opdrachten en opties aanvult
    #[command(help_template = WITH_ARGUMENT, override_usage = "nieuwe-buren completions <SHELL>")]
    Completions {
        /// Welke terminal: bash, elvish, fish, powershell of zsh
        #[arg(value_name = "SHELL", hide_possible_values = true)]
        shell: Shell,
    },
    /// Toon de handleiding voor man(1)
    #[command(help_template = ONE, override_usage = "nieuwe-buren man [OPTIES]")]
    Man {
        /// Map waarin een pagina per opdracht komt [anders: op het scherm]
        #[arg(long, value_name = "MAP")]
        out: Option<PathBuf>,
    },
}

#[derive(Args)]
pub struct Folder {
    /// Gebied, zoals ruwaard [anders: alle gebieden]
    #[arg(long, value_name = "GEBIED")]
    pub area: Option<String>,
    /// Taal, zoals nl of ar [anders: alle talen]
    #[arg(long, value_name = "TAAL")]
    pub lang: Option<String>,
    /// Vorm: trifold, zigzag, flyer, booklet, large, poster-a4, poster-a3 of door [anders: alle]
    #[arg(
        id = "shape",
        long = "format",
        value_name = "VORM",
        value_parser = PossibleValuesParser::new(Format::ALL.map(Format::name)),
        hide_possible_values = true
    )]
    pub shape: Option<String>,
    /// Voor wie: home of print-shop, met snijtekens en drukkleuren [anders: home]
    #[arg(
        id = "goal",
        long = "for",
        default_value = "home",
        value_name = "DOEL",
        value_parser = PossibleValuesParser::new(Goal::ALL.map(Goal::name)),
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub goal: String,
    /// Zet ook alles klein op één plaatje: contact-sheet.png
    #[arg(long = "contact-sheet")]
    pub contact_sheet: bool,
    /// Map waarin de folders komen [anders: folders]
    #[arg(id = "out", long = "out", value_name = "MAP")]
    pub out: Option<PathBuf>,
    /// Meldingen ook voor programma's: json, github of gitlab [anders: tekst, voor mensen alleen]
    #[arg(id = "format", long = "meldingen", value_enum, default_value_t = report::Format::Tekst, value_name = "VORM", hide_default_value = true, hide_possible_values = true)]
    pub report: report::Format,
}

/// Options that all commands know and these have no use for.
const WITHOUT: [(&str, &[&str]); 4] = [
    ("init", &["content", "theme", "out", "format"]),
    ("schema", &["content", "theme", "today", "format"]),
    ("completions", &["content", "theme", "out", "today", "format"]),
    ("man", &["content", "theme", "today", "format"]),
];

/// The whole of what the program understands, as its help, its man pages and the completions tell
/// it.
pub fn command() -> clap::Command {
    let command = Cli::command();
    let hidden = |id: &&str| {
        let shared = command.get_arguments().find(|option| option.get_id() == *id);
        shared.map(|option| option.clone().global(false).hide(true))
    };
    let hidden: Vec<_> =
        WITHOUT.map(|(name, ids)| (name, ids.iter().filter_map(hidden).collect::<Vec<_>>())).into();
    // An option of its own goes before the one that all share.
    hidden.into_iter().fold(command, |command, (name, options)| {
        command.mut_subcommand(name, |one| one.args(options))
    })
}

/// What to say in place of doing something.
pub enum Instead {
    /// Help or version: asked for.
    Shown(String),
    Wrong(String),
}

pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, Instead> {
    let understood = command().try_get_matches_from(arguments);
    understood.and_then(|found| Cli::from_arg_matches(&found)).map_err(|error| match error.kind() {
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
        (ErrorKind::MissingRequiredArgument, _) => format!("Hier hoort nog iets: {option}."),
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
            (&["check", "--locale", "fr"], "Dit mag: nl, en."),
            (&["build", "--out"], "Na --out <MAP> hoort nog iets."),
            (&["serve", "--port", "70000"], "`70000` past niet bij --port <NUMMER>."),
            (&["build", "--out", "a", "--out", "b"], "--out <MAP> staat er twee keer."),
            (&["build", "zomaar"], "De optie `zomaar` bestaat hier niet."),
            (&["init"], "Hier hoort nog iets: <MAP>."),
            (&["folder", "--format", "krant"], "Dit mag: trifold, zigzag, flyer, booklet, large,"),
            (&["folder", "--for", "iemand"], "Dit mag: home, print-shop."),
            (&["completions", "cmd"], "Dit mag: bash, elvish, fish, powershell, zsh."),
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
        let commands = command();
        let commands = commands.get_subcommands().map(clap::Command::get_name);
        for arguments in commands.map(|name| vec![name, "--help"]).chain([vec!["-h"]]) {
            let all = ["nieuwe-buren"].iter().chain(&arguments).map(OsString::from);
            let Err(Instead::Shown(text)) = parse(all) else { panic!("no help: {arguments:?}") };
            for english in ["Usage", "Options", "Commands", "Print", "default", "possible"] {
                assert!(!text.contains(english), "{text}");
            }
        }
    }

    #[test]
    fn a_command_shows_the_options_it_has_a_use_for() {
        let help = |name: &str| {
            let Err(Instead::Shown(text)) = parse(["nieuwe-buren", name, "-h"].map(OsString::from))
            else {
                panic!("no help")
            };
            text
        };
        assert!(help("init").contains("--today") && !help("init").contains("--theme"));
        assert!(help("schema").contains("op het scherm") && !help("schema").contains("dist"));
        assert!(help("build").contains("[anders: dist]"));
    }

    #[test]
    fn papers_go_to_a_folder_only_when_one_is_named() {
        for (arguments, expected) in
            [(&["schema"][..], None), (&["schema", "--out", "x"], Some("x"))]
        {
            let all = ["nieuwe-buren"].iter().chain(arguments).map(OsString::from);
            let Ok(Cli { command: Command::Schema { out }, .. }) = parse(all) else {
                panic!("{arguments:?} was not understood")
            };
            assert_eq!(out, expected.map(PathBuf::from));
        }
    }
}
