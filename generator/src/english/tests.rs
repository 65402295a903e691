//! Whether every sentence in the code has its English, and every English sentence its Dutch.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;

#[test]
fn a_message_is_known_by_its_words_and_keeps_its_names() {
    for (dutch, english) in [
        ("De sleutel `owner` ontbreekt.", "The key `owner` is missing."),
        ("Bedoelt u `vraag`?", "Do you mean `vraag`?"),
        ("Hier hoort een datum zoals 2026-11-20.", "Write a date such as 2026-11-20 here."),
        (
            "De link gaat naar /a/, maar die pagina is er nu niet (concept).",
            "The link goes to /a/, but that page is not there now (draft).",
        ),
        (
            "De tekst past niet in het vak `back` van de folder, in alle 11 gebieden: 9 mm te lang.",
            "The text does not fit into the panel `back` of the leaflet, in all 11 areas: 9 mm too long.",
        ),
        ("Schrijf liever `a` of `b` of `c`.", "Better write `a` or `b` or `c`."),
        (
            "De afbeelding /pictures/a.jpg: Dit is een GIF. Die soort kan de site niet gebruiken.",
            "The picture /pictures/a.jpg: This is a GIF. The site cannot use that kind.",
        ),
        ("`Thans` is moeilijke taal.", "`Thans` is difficult language."),
        (
            "`Thans` is moeilijke taal. Het staat 2 keer op deze pagina.",
            "`Thans` is difficult language. It stands 2 times on this page.",
        ),
        (
            "dist is niet te schrijven: de map is niet leeg en niet door dit programma gemaakt.",
            "dist cannot be written: the folder is not empty and was not made by this program.",
        ),
    ] {
        assert_eq!(translate(dutch).as_deref(), Some(english), "{dutch}");
    }
    assert_eq!(translate("Dit heeft niemand vertaald."), None);
    assert_eq!(Tongue::En.say("Dit heeft niemand vertaald."), "Dit heeft niemand vertaald.");
    assert_eq!(Tongue::En.part("1 fout"), "1 error");
    assert_eq!(Tongue::Nl.part("1 fout"), "1 fout");
}

#[test]
fn the_catalogue_can_be_read_and_each_hole_can_be_filled() {
    let catalogue = Catalogue::read(include_str!("../english.toml")).expect("a catalogue");
    assert!(catalogue.sentences.len() > 150 && catalogue.parts.len() > 30);
    for entry in catalogue.sentences.iter().chain(&catalogue.parts) {
        assert!(entry.own > 0, "nothing to know it by: {:?}", entry.dutch);
        let holes = |pieces: &[Piece]| -> Vec<String> {
            let name = |piece: &Piece| match piece {
                Piece::Hole { name, .. } => Some(name.clone()),
                Piece::Words(_) => None,
            };
            pieces.iter().filter_map(name).collect()
        };
        let given = holes(&entry.dutch);
        for name in holes(&entry.english) {
            assert!(given.contains(&name), "{name} is not in {:?}", entry.dutch);
        }
        for pair in entry.dutch.windows(2) {
            let both = pair.iter().all(|piece| matches!(piece, Piece::Hole { .. }));
            assert!(!both, "two holes side by side: {:?}", entry.dutch);
        }
    }
}

/// Help, and mistakes on the command line.
const DUTCH_ALONE: &str = "arguments.rs";

/// The mailbox of the preview is a page, and pages are not ours to translate.
const NO_MESSAGES: [&str; 1] = ["De mailbox is niet te tonen."];

#[test]
fn every_sentence_in_the_code_has_its_english() {
    let mut missing = Vec::new();
    for (file, literals) in literals().iter().filter(|(file, _)| file != DUTCH_ALONE) {
        for literal in literals.iter().filter(|literal| is_message(literal)) {
            if !NO_MESSAGES.contains(&literal.as_str()) && !is_known(literal) {
                missing.push(format!("{file}: {literal:?}"));
            }
        }
    }
    assert!(missing.is_empty(), "add these to generator/src/english.toml:\n{}", missing.join("\n"));
}

#[test]
fn every_sentence_in_the_catalogue_is_still_in_the_code() {
    let literals: Vec<String> = literals().into_iter().flat_map(|(_, literals)| literals).collect();
    let catalogue = Catalogue::read(include_str!("../english.toml")).expect("a catalogue");
    for entry in catalogue.sentences.iter().chain(&catalogue.parts) {
        let longest = entry.words().max_by_key(|words| words.len()).expect("words");
        let longest = longest.trim_matches(|c: char| !c.is_alphanumeric());
        let there = literals.iter().any(|literal| literal.contains(longest));
        assert!(there, "no longer in the code: {:?}", entry.dutch);
    }
}

impl Entry {
    fn words(&self) -> impl Iterator<Item = &str> {
        self.dutch.iter().filter_map(|piece| match piece {
            Piece::Words(words) => Some(words.as_str()),
            Piece::Hole { .. } => None,
        })
    }
}

/// A sentence, or a piece of one that is put together in the code.
fn is_message(literal: &str) -> bool {
    let ends = literal.ends_with(['.', '?', '…']) && literal.contains(' ');
    let starts = literal.starts_with(char::is_uppercase) && literal.split(' ').count() > 2;
    (ends || starts) && !literal.contains('\n')
}

/// As a whole sentence; or, without a beginning of its own, as a piece of one.
fn is_known(literal: &str) -> bool {
    let whole: String = holes_of(literal).collect::<Vec<_>>().join("1");
    if best(&CATALOGUE.sentences, &whole).or_else(|| best(&CATALOGUE.parts, &whole)).is_some() {
        return true;
    }
    let opens = literal.starts_with(|c: char| c.is_uppercase() || matches!(c, '`' | '['));
    if opens && literal.ends_with(['.', '?', '…']) {
        return false;
    }
    let pieces: Vec<&str> = holes_of(literal).map(str::trim).collect();
    CATALOGUE.sentences.iter().chain(&CATALOGUE.parts).any(|entry| {
        let key: String = entry.words().collect::<Vec<_>>().join("{}");
        let mut rest = key.as_str();
        pieces.iter().all(|piece| match rest.split_once(piece) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        })
    })
}

/// The words of a format string between its holes.
fn holes_of(literal: &str) -> impl Iterator<Item = &str> {
    literal.split('{').enumerate().map(|(index, part)| match index {
        0 => part,
        _ => part.split_once('}').map_or(part, |(_, words)| words),
    })
}

/// All text in quotation marks, by file, without that of tests.
fn literals() -> Vec<(String, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in [root.join("src"), root.join("../pictures/src")] {
        for path in sources(&folder) {
            let name = path.strip_prefix(&folder).expect("below").display().to_string();
            let text = fs::read_to_string(&path).expect("a source");
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            found.push((name, quoted(text)));
        }
    }
    found
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("tests.rs")
        {
            found.push(path);
        }
    }
    found
}

/// The strings of a Rust source, as the program has them. Comments and characters are passed over.
fn quoted(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (_, here) = rest.split_at(at);
        rest = if here.starts_with("//") {
            here.split_once('\n').map_or("", |(_, after)| after)
        } else if let Some(inside) = here.strip_prefix('"') {
            let (text, after) = string(inside);
            found.push(text);
            after
        } else if let Some(character) = here.strip_prefix('\'') {
            after_character(character)
        } else {
            here.strip_prefix('/').unwrap_or_default()
        };
    }
    found
}

/// Past `x'` or `\n'`; a lifetime has no end.
fn after_character(rest: &str) -> &str {
    let mut chars = rest.chars();
    let escaped = chars.next() == Some('\\');
    if escaped {
        chars.next();
    }
    match chars.as_str().split_once('\'') {
        Some((inside, after)) if inside.is_empty() || escaped && inside.len() < 10 => after,
        _ => rest,
    }
}

/// The text up to its closing quotation mark, and what comes after.
fn string(rest: &str) -> (String, &str) {
    let mut text = String::new();
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => match chars.next() {
                Some('n') => text.push('\n'),
                // A long string goes on after the white space of the next line.
                Some('\n') => chars = chars.as_str().trim_start().chars(),
                Some(other) => text.push(other),
                None => break,
            },
            c => text.push(c),
        }
    }
    (text, chars.as_str())
}
