//! What is remarked about single sentences and words.

use std::collections::BTreeMap;

use super::Advice;
use super::sentences::{Kind, Word};
use super::words::{Entry, Match, Sentence, Words};

/// Words in a sentence: what to aim for, and what is too much.
const AIM: usize = 15;
const LONGEST_SENTENCE: usize = 20;
/// Letters in a word, or in a part of it between hyphens.
pub const LONGEST_WORD: usize = 20;
/// How many words a needle may have until it is found in one place only.
const NEEDLE_WORDS: usize = 6;
/// Bytes of a passage in which that is tried: the time must not grow with the square of a page.
const NEEDLE_SEARCH: usize = 20_000;

/// The remarks about a page so far. A word is told once, where it stands first.
#[derive(Default)]
pub struct Remarks<'a> {
    found: Vec<Remark<'a>>,
    /// Words that were told, and where in `found`.
    told: BTreeMap<Told, usize>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    Hard(usize),
    Long(Box<[u8]>),
}

struct Remark<'a> {
    line: usize,
    needle: &'a str,
    about: About<'a>,
    times: usize,
}

enum About<'a> {
    Sentence { words: usize },
    Long { written: &'a str, letters: usize },
    Hard { written: &'a str, entry: &'static Entry },
}

impl<'a> Remarks<'a> {
    /// `line` is that of the passage in which the sentence stands.
    pub fn add(&mut self, line: usize, sentence: &Sentence<'_, 'a>) {
        if sentence.words.len() > LONGEST_SENTENCE {
            let about = About::Sentence { words: sentence.words.len() };
            let needle = needle(sentence, 0, 1);
            self.found.push(Remark { line, needle, about, times: 1 });
        }
        let mut index = 0;
        while let Some(word) = sentence.words.get(index) {
            let hard = Words::get().find(sentence, index);
            if let Some(hard) = hard {
                self.add_hard(line, sentence, index, hard);
            } else if let Some(letters) = too_long(word) {
                self.add_long(line, sentence, index, letters);
            }
            index += hard.map_or(1, |hard| hard.words);
        }
    }

    fn add_hard(&mut self, line: usize, sentence: &Sentence<'_, 'a>, index: usize, hard: Match) {
        let Some(written) = sentence.written(index, hard.words) else { return };
        let Some(entry) = Words::get().entries.get(hard.entry) else { return };
        if !is_term(sentence, index, hard.words) {
            let needle = || needle(sentence, index, hard.words);
            self.tell(Told::Hard(hard.entry), line, About::Hard { written, entry }, needle);
        }
    }

    fn add_long(&mut self, line: usize, sentence: &Sentence<'_, 'a>, index: usize, letters: usize) {
        let Some(written) = sentence.written(index, 1) else { return };
        let word = sentence.folded.get(index);
        if !Words::get().may_be_long(word) && !is_term(sentence, index, 1) {
            let about = About::Long { written, letters };
            self.tell(Told::Long(word.into()), line, about, || needle(sentence, index, 1));
        }
    }

    fn tell(
        &mut self,
        what: Told,
        line: usize,
        about: About<'a>,
        needle: impl FnOnce() -> &'a str,
    ) {
        let next = self.found.len();
        let at = *self.told.entry(what).or_insert(next);
        match self.found.get_mut(at) {
            Some(remark) => remark.times += 1,
            None => self.found.push(Remark { line, needle: needle(), about, times: 1 }),
        }
    }

    pub fn finish(self) -> impl Iterator<Item = Advice> {
        self.found.into_iter().map(Remark::advice)
    }
}

impl Remark<'_> {
    fn advice(self) -> Advice {
        let again = match self.times {
            1 => String::new(),
            times => format!(" Het staat {times} keer op deze pagina."),
        };
        let (message, hint) = match self.about {
            About::Sentence { words } => (
                format!("Deze zin heeft {words} woorden."),
                format!(
                    "Maak er twee zinnen van. Streef naar {AIM} woorden, nooit meer dan \
                     {LONGEST_SENTENCE}."
                ),
            ),
            About::Long { written, letters } => (
                format!("`{written}` is een lang woord: {letters} letters.{again}"),
                "Zeg het met meer korte woorden, of leg het woord uit.".to_owned(),
            ),
            About::Hard { written, entry } => {
                (format!("`{written}` is moeilijke taal.{again}"), plainer(written, entry))
            }
        };
        Advice { line: self.line, message, hint, needle: Some(self.needle.to_owned()) }
    }
}

/// Names the word of the list if another form was written: the plainer words are in its form.
fn plainer(written: &str, entry: &Entry) -> String {
    let say: Vec<String> = entry.say.iter().map(|word| format!("`{word}`")).collect();
    let say = say.join(" of ");
    if written.to_lowercase() == entry.word {
        format!("Schrijf liever {say}.")
    } else {
        format!("Schrijf voor `{}` liever {say}.", entry.word)
    }
}

/// Letters of the longest part, if those are too many. A word with a capital inside is a name.
fn too_long(word: &Word<'_>) -> Option<usize> {
    if word.text.len() <= LONGEST_WORD || word.kind != Kind::Letters {
        return None;
    }
    let letters = |part: &str| part.chars().filter(|c| c.is_alphabetic()).count();
    let longest = word.text.split(['-', '–', '/']).map(letters).max()?;
    let is_name = word.text.chars().skip(1).any(char::is_uppercase);
    (longest > LONGEST_WORD && !is_name).then_some(longest)
}

/// A name, or a word that the text speaks about: those are not the writer's choice.
fn is_term(sentence: &Sentence<'_, '_>, index: usize, words: usize) -> bool {
    let Some(written) = sentence.words.get(index..index + words) else { return false };
    let (Some(first), Some(last)) = (written.first(), written.last()) else { return false };
    let before = sentence.text.get(..first.start).and_then(|text| text.chars().next_back());
    let after = sentence.text.get(last.end()..).and_then(|text| text.chars().next());
    let is_name = index > 0 && first.text.starts_with(char::is_uppercase);
    is_name || (before.is_some_and(is_quote) && after.is_some_and(is_quote))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '‘' | '’' | '‚' | '“' | '”' | '„' | '«' | '»')
}

/// The words from `index` on, as many as it takes to be found there and nowhere before.
fn needle<'a>(sentence: &Sentence<'_, 'a>, index: usize, words: usize) -> &'a str {
    let start = sentence.words.get(index).map(|word| word.start);
    let mut found = "";
    for words in words..=words.max(NEEDLE_WORDS) {
        let Some(written) = sentence.written(index, words) else { break };
        found = written;
        if sentence.text.len() > NEEDLE_SEARCH || sentence.text.find(found) == start {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{Advice, Passage, advice};

    fn of(text: &str) -> Vec<Advice> {
        advice(&[Passage { line: 4, text }])
    }

    fn messages(text: &str) -> Vec<String> {
        of(text).into_iter().map(|advice| advice.message).collect()
    }

    #[test]
    fn a_sentence_may_have_twenty_words() {
        let twenty = "De kat en de kat en de kat en de kat en de kat en de kat en kat nu. Klaar.";
        assert_eq!(messages(twenty), [""; 0]);
        let found = of(&format!("De kat. {}", twenty.replace("en kat nu.", "en de kat nu.")));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "Deze zin heeft 21 woorden.");
        assert_eq!((found[0].line, found[0].needle.as_deref()), (4, Some("De kat en")));
    }

    #[test]
    fn a_hard_word_comes_with_a_plainer_one() {
        let found = of("Indien u dat wilt, verstrekt de gemeente een folder.");
        assert_eq!(found[0].message, "`Indien` is moeilijke taal.");
        assert_eq!(found[0].hint, "Schrijf liever `als`.");
        assert_eq!(found[1].message, "`verstrekt` is moeilijke taal.");
        assert_eq!(found[1].hint, "Schrijf voor `verstrekken` liever `geven`.");
        assert_eq!(found[1].needle.as_deref(), Some("verstrekt"));
        assert_eq!(of("U dient te betalen.")[0].message, "`dient te` is moeilijke taal.");
    }

    #[test]
    fn a_word_is_told_once_where_it_stands_first() {
        let passages = [
            Passage { line: 2, text: "De dochter is een kind, doch groot." },
            Passage { line: 5, text: "Doch dat is goed." },
        ];
        let found = advice(&passages);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "`doch` is moeilijke taal. Het staat 2 keer op deze pagina.");
        assert_eq!((found[0].line, found[0].needle.as_deref()), (2, Some("doch groot")));
    }

    #[test]
    fn the_longest_group_of_words_is_told_alone() {
        let found = of("Zij zijn voornemens te komen. Er is een ieder.");
        assert_eq!(found[0].message, "`zijn voornemens` is moeilijke taal.");
        assert_eq!(found[1].hint, "Schrijf voor `eenieder` liever `iedereen`.");
        assert_eq!(found.len(), 2);
        // And not `spoedig` inside it.
        assert_eq!(
            messages("Kom zo spoedig mogelijk."),
            ["`zo spoedig mogelijk` is moeilijke taal."]
        );
    }

    #[test]
    fn names_and_words_that_are_spoken_about_are_left_alone() {
        assert_eq!(messages("Ga naar Bureau Participatie of de stichting Thans."), [""; 0]);
        assert_eq!(messages("Dat heet ‘participatie’. De wet zegt \"ten behoeve van\"."), [""; 0]);
        assert_eq!(messages("Participatie is goed.").len(), 1);
    }

    #[test]
    fn long_words_are_told_but_not_names_parts_and_needed_ones() {
        let found = of("Er zijn samenwerkingsverbanden.");
        assert_eq!(found[0].message, "`samenwerkingsverbanden` is een lang woord: 22 letters.");
        for text in [
            "Er zijn vluchtelingen-organisaties-groepen.",
            "VluchtelingenWerkOostBrabant is hier.",
            "Wij gaan naar Samenwerkingsverbandendorp toe.",
            "Een toegankelijkheidsverklaring is er nog niet.",
            "Kijk op www.samenwerkingsverbanden.nl/nieuws/2026.",
            "Een verantwoordelijkheid heeft er net twintig, ook deze verantwoordelijkheid-kwestie.",
        ] {
            assert_eq!(messages(text), [""; 0], "{text}");
        }
    }
}
