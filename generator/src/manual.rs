//! Papers for the terminal, from the very arguments that the program reads: man pages, and scripts
//! that complete what somebody types.

use clap_complete::Shell;
use clap_mangen::Man;

use crate::arguments;

const NAME: &str = "nieuwe-buren";

/// The script for one shell.
pub fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut arguments::command(), NAME, &mut script);
    // For bash, clap_complete writes the dash in our name in two ways, so that no option is
    // completed behind a command (clap-rs/clap, issue 6421). One way will do; once that is mended,
    // there is nothing to replace.
    String::from_utf8_lossy(&script).replace("nieuwe__subcmd__buren", "nieuwe__buren")
}

/// What the maker of man pages says in English, and what Dutch ones say.
const HEADINGS: [(&str, &str); 7] = [
    ("NAME", "NAAM"),
    ("SYNOPSIS", "SAMENVATTING"),
    ("DESCRIPTION", "BESCHRIJVING"),
    ("OPTIONS", "OPTIES"),
    ("SUBCOMMANDS", "OPDRACHTEN"),
    ("EXTRA", "EXITCODES"),
    ("VERSION", "VERSIE"),
];

/// File name and page: the program as a whole, then each command.
pub fn pages() -> Vec<(String, String)> {
    let mut whole = arguments::command();
    // Gives each command the options that all of them share.
    whole.build();
    let commands: Vec<clap::Command> = whole
        .get_subcommands()
        .map(|command| command.clone().display_name(format!("{NAME}-{}", command.get_name())))
        .collect();
    std::iter::once(whole).chain(commands).map(page).collect()
}

fn page(command: clap::Command) -> (String, String) {
    let man = Man::new(command).source(concat!("nieuwe-buren ", env!("CARGO_PKG_VERSION")));
    let mut page = Vec::new();
    // Into memory nothing fails.
    let _ = man.render(&mut page);
    let mut text = String::new();
    for line in String::from_utf8_lossy(&page).lines() {
        let heading = line.strip_prefix(".SH ").map(|heading| heading.trim_matches('"'));
        let dutch = HEADINGS.iter().find(|(english, _)| heading == Some(english));
        text.push_str(&dutch.map_or_else(|| line.to_owned(), |(_, dutch)| format!(".SH {dutch}")));
        text.push('\n');
    }
    (man.get_filename(), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_in_dutch() {
        let pages = pages();
        assert_eq!(pages.len(), 1 + arguments::command().get_subcommands().count());
        for (name, page) in &pages {
            assert!(name.starts_with(NAME) && name.ends_with(".1"), "{name}");
            for (english, _) in HEADINGS {
                assert!(!page.contains(&format!(".SH {english}\n")), "{name}: {english}");
            }
            for english in ["default:", "Possible", "Print help", "AUTHORS"] {
                assert!(!page.contains(english), "{name}: {english}");
            }
        }
        assert!(pages[0].1.contains("fouten in de teksten"), "exit codes: {}", pages[0].1);
    }

    /// What bash is told to look up must be there.
    #[test]
    fn in_bash_every_command_leads_to_its_options() {
        let script = completions(Shell::Bash);
        let set = script.split("cmd=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let names: Vec<&str> = set.filter(|name| !name.is_empty()).collect();
        assert_eq!(names.len(), pages().len());
        for name in names {
            assert!(script.contains(&format!(" {name})\n")), "{name} leads nowhere");
        }
    }

    #[test]
    fn every_shell_gets_a_script_that_knows_every_command() {
        use clap::ValueEnum;
        for shell in Shell::value_variants() {
            let script = completions(*shell);
            for command in arguments::command().get_subcommands() {
                assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
            }
        }
    }
}
