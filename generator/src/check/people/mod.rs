//! Finds sentences about people that a text of this site must not hold: that somebody comes to live
//! somewhere, how few they are, where they come from, in which street they live.
//!
//! It looks at words and their order and understands nothing: it misses what is said otherwise, and
//! it cannot know the name of a person. Editors read along.

mod arabic;
mod class;
mod count;
mod dutch;
mod english;
mod letters;
mod lexicon;
mod origin;
mod placement;
mod places;
mod sentences;
mod street;
mod tigrinya;
mod times;

use std::ops::Range;
use std::sync::LazyLock;

use lexicon::Lexicon;
use sentences::Sentence;

/// What a sentence tells of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// That somebody comes to live there, or then.
    Placement,
    /// Fewer than five.
    Count,
    /// Their country.
    Origin,
    /// The street where they live.
    Street,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub told: Told,
    /// Bytes in the text that was searched.
    pub range: Range<usize>,
}

/// Looks through texts in one language.
pub struct Finder<'a> {
    lexicon: &'static Lexicon,
    municipality: &'a str,
}

static DUTCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&dutch::GRAMMAR));
static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&english::GRAMMAR));
static ARABIC: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&arabic::GRAMMAR));
static TIGRINYA: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&tigrinya::GRAMMAR));

impl<'a> Finder<'a> {
    /// `None` for a language whose words are not known here. That people come to live in the
    /// municipality as a whole may be said; so its name is no small place.
    pub fn new(language: &str, municipality: &'a str) -> Option<Self> {
        let lexicon = match language {
            "nl" => &DUTCH,
            "en" => &ENGLISH,
            "ar" => &ARABIC,
            "ti" => &TIGRINYA,
            _ => return None,
        };
        Some(Self { lexicon, municipality })
    }

    /// Everything in `text` that tells of people, in order of place.
    pub fn find(&self, text: &str) -> Vec<Finding> {
        let mut found = Vec::new();
        sentences::each_sentence(text, self.lexicon, |sentence| {
            self.sentence(sentence, &mut found);
        });
        found.sort_by_key(|finding| (finding.range.start, finding.told));
        found
    }

    /// The same for the name of a file, whose words are parted by dashes.
    pub fn find_in_name(&self, name: &str) -> Vec<Finding> {
        let mut found = Vec::new();
        sentences::parts(name, name, 0, self.lexicon, &mut |sentence| {
            self.sentence(sentence, &mut found);
        });
        found
    }

    fn sentence(&self, sentence: &Sentence<'_>, found: &mut Vec<Finding>) {
        if !sentence.has(class::TELLING) && !sentence.address {
            return;
        }
        let mut add = |told, ranges: Vec<Range<usize>>| {
            found.extend(ranges.into_iter().map(|range| Finding { told, range }));
        };
        for (told, find) in [
            (Told::Count, count::find as fn(&Sentence<'_>, &mut Vec<Range<usize>>)),
            (Told::Origin, origin::find),
            (Told::Street, street::find),
        ] {
            let mut ranges = Vec::new();
            find(sentence, &mut ranges);
            add(told, ranges);
        }
        if !sentence.address {
            add(
                Told::Placement,
                placement::find(sentence, self.municipality).into_iter().collect(),
            );
        }
    }
}

#[cfg(test)]
mod tests;
