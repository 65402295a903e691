//! What the program says, in English. The Dutch words in the code are the key, as with gettext, so
//! that no check is written twice: a finished message is compared with the sentences of
//! `english.toml`, which have holes for what differs. Only what is printed comes here, and only when
//! somebody asks for English.

use std::borrow::Cow;
use std::sync::LazyLock;

use toml::de::{DeTable, DeValue};

/// The language in which the program speaks. That of the content is another matter.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Tongue {
    #[default]
    Nl,
    En,
}

impl Tongue {
    /// A sentence in this language. What nobody translated stays as it is.
    pub fn say(self, dutch: &str) -> Cow<'_, str> {
        self.turned(dutch, translate)
    }

    /// A label, a count: what is not a sentence of its own.
    pub fn part(self, dutch: &str) -> Cow<'_, str> {
        self.turned(dutch, part)
    }

    fn turned(self, dutch: &str, into: impl FnOnce(&str) -> Option<String>) -> Cow<'_, str> {
        match self {
            Tongue::Nl => Cow::Borrowed(dutch),
            Tongue::En => into(dutch).map_or(Cow::Borrowed(dutch), Cow::Owned),
        }
    }
}

/// A message or hint in English; `None` where `english.toml` does not have it.
pub fn translate(dutch: &str) -> Option<String> {
    best(&CATALOGUE.sentences, dutch)
}

fn part(dutch: &str) -> Option<String> {
    best(&CATALOGUE.parts, dutch)
}

/// Of all that fit, the one with the most words of its own.
fn best(entries: &[Entry], dutch: &str) -> Option<String> {
    let fitting = entries.iter().filter_map(|entry| Some((entry, entry.holes(dutch)?)));
    let (entry, holes) = fitting.max_by_key(|(entry, _)| entry.own)?;
    Some(entry.filled(&holes))
}

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::read(include_str!("english.toml")).unwrap_or_default());

#[derive(Default)]
struct Catalogue {
    sentences: Vec<Entry>,
    /// What stands inside sentences, or alone as a label.
    parts: Vec<Entry>,
}

impl Catalogue {
    /// `None` for what is no catalogue; a test sees to it that ours is one.
    fn read(text: &str) -> Option<Self> {
        let table = DeTable::parse(text).ok()?;
        let entries = |name: &str| -> Option<Vec<Entry>> {
            let table = table.get_ref().get(name)?.get_ref().as_table()?;
            let entry = |(dutch, english): (&_, &toml::Spanned<DeValue<'_>>)| {
                let dutch: &toml::Spanned<Cow<'_, str>> = dutch;
                Some(Entry::new(dutch.get_ref(), english.get_ref().as_str()?))
            };
            table.iter().map(entry).collect()
        };
        Some(Self { sentences: entries("sentences")?, parts: entries("parts")? })
    }
}

/// One sentence in two languages.
struct Entry {
    dutch: Vec<Piece>,
    english: Vec<Piece>,
    /// Bytes of the Dutch outside holes.
    own: usize,
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    /// `{name}`, or `{name|}` where its content is a part that has to be translated.
    Hole {
        name: String,
        translated: bool,
    },
}

/// A hole of this name takes digits alone.
const DIGITS: &str = "n";

impl Entry {
    fn new(dutch: &str, english: &str) -> Self {
        let dutch = pieces(dutch);
        let own = dutch
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.len(),
                Piece::Hole { .. } => 0,
            })
            .sum();
        Self { dutch, english: pieces(english), own }
    }

    /// What stands in the holes of this sentence, if `text` is one: each takes as little as it can.
    fn holes<'a>(&'a self, text: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
        let mut holes = Vec::new();
        let mut open: Option<&str> = None;
        let mut rest = text;
        let last = self.dutch.len().saturating_sub(1);
        for (index, piece) in self.dutch.iter().enumerate() {
            match (piece, open.take()) {
                (Piece::Hole { name, .. }, None) => open = Some(name),
                // Nobody can tell where the one ends and the next begins.
                (Piece::Hole { .. }, Some(_)) => return None,
                (Piece::Words(words), None) => rest = rest.strip_prefix(words.as_str())?,
                (Piece::Words(words), Some(name)) if index == last => {
                    holes.push((name, rest.strip_suffix(words.as_str())?));
                    rest = "";
                }
                (Piece::Words(words), Some(name)) => {
                    let (inside, after) = rest.split_once(words.as_str())?;
                    holes.push((name, inside));
                    rest = after;
                }
            }
        }
        if let Some(name) = open {
            holes.push((name, std::mem::take(&mut rest)));
        }
        let digits = |inside: &str| inside.bytes().all(|byte| byte.is_ascii_digit());
        let fits =
            rest.is_empty() && holes.iter().all(|(name, inside)| *name != DIGITS || digits(inside));
        fits.then_some(holes)
    }

    fn filled(&self, holes: &[(&str, &str)]) -> String {
        let mut out = String::new();
        for piece in &self.english {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Hole { name, translated } => {
                    let inside = holes.iter().find(|(hole, _)| hole == name);
                    let inside = inside.map_or("", |(_, inside)| *inside);
                    match part(inside).filter(|_| *translated) {
                        Some(english) => out.push_str(&english),
                        None => out.push_str(inside),
                    }
                }
            }
        }
        out
    }
}

/// Cuts a template at its holes. Other braces are words.
fn pieces(template: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut words = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        words.push_str(before);
        match after.split_once('}').and_then(|(inside, after)| Some((hole(inside)?, after))) {
            Some((hole, after)) => {
                if !words.is_empty() {
                    pieces.push(Piece::Words(std::mem::take(&mut words)));
                }
                pieces.push(hole);
                rest = after;
            }
            None => {
                words.push('{');
                rest = after;
            }
        }
    }
    words.push_str(rest);
    if !words.is_empty() {
        pieces.push(Piece::Words(words));
    }
    pieces
}

fn hole(inside: &str) -> Option<Piece> {
    let (name, translated) = inside.strip_suffix('|').map_or((inside, false), |name| (name, true));
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
    is_name.then(|| Piece::Hole { name: name.to_owned(), translated })
}

#[cfg(test)]
mod tests;
