//! The list of hard words, and finding them in a sentence.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use toml::de::{DeTable, DeValue};

use super::folded::{Folded, folded};
use super::sentences::Word;

/// Embedded, so that an editor's own `content/` needs nothing of it; read once.
static LIST: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("words.toml")));

/// Hard words with what to write instead, and the long words that are no fault of the writer.
pub struct Words {
    pub entries: Vec<Entry>,
    /// First word of a form, folded, to the forms that begin with it, longest first.
    forms: HashMap<Box<[u8]>, Vec<Form>>,
    /// By [`slot`], a bit for each length that a first word has: most words need no look-up.
    lengths: [u64; 256],
    long: HashSet<Box<[u8]>>,
}

/// A line of the list.
pub struct Entry {
    pub word: String,
    /// Plainer words, best first.
    pub say: Vec<String>,
}

struct Form {
    /// The words after the first, folded.
    rest: Vec<Box<[u8]>>,
    entry: usize,
}

/// A hard word or group of words in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Index in [`Words::entries`].
    pub entry: usize,
    /// Number of words it takes.
    pub words: usize,
}

impl Words {
    pub fn get() -> &'static Self {
        &LIST
    }

    /// What is not a list is left out; that the list of this program is whole, a test holds.
    fn parse(text: &str) -> Self {
        let mut list = Self {
            entries: Vec::new(),
            forms: HashMap::new(),
            lengths: [0; 256],
            long: HashSet::new(),
        };
        let Ok(table) = DeTable::parse(text) else { return list };
        let table = table.get_ref();
        list.long = strings(table, "long").iter().map(|word| folded(word)).collect();
        let Some(DeValue::Table(words)) = table.get("words").map(|value| value.get_ref()) else {
            return list;
        };
        for (word, value) in words {
            let DeValue::Table(value) = value.get_ref() else { continue };
            list.add_form(word.get_ref());
            strings(value, "also").iter().for_each(|form| list.add_form(form));
            let word = word.get_ref().to_string();
            list.entries.push(Entry { word, say: strings(value, "say") });
        }
        #[expect(clippy::iter_over_hash_type, reason = "each is sorted on its own")]
        for forms in list.forms.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
        }
        list
    }

    /// A way to write the entry that is added next.
    fn add_form(&mut self, form: &str) {
        let mut words = form.split_whitespace().map(folded);
        if let Some(first) = words.next() {
            let form = Form { rest: words.collect(), entry: self.entries.len() };
            if let Some(lengths) = self.lengths.get_mut(slot(&first)) {
                *lengths |= 1 << (first.len() % 64);
            }
            self.forms.entry(first).or_default().push(form);
        }
    }

    /// The hard words that begin at `index` of a sentence, if any: the longest form.
    pub fn find(&self, sentence: &Sentence<'_, '_>, index: usize) -> Option<Match> {
        let word = sentence.folded.get(index);
        if self.lengths.get(slot(word))? >> (word.len() % 64) & 1 == 0 {
            return None;
        }
        let forms = self.forms.get(word)?;
        let form = forms.iter().find(|form| {
            form.rest.iter().zip(index + 1..).all(|(word, at)| {
                sentence.folded.get(at) == &**word && sentence.only_space_before(at)
            })
        })?;
        Some(Match { entry: form.entry, words: form.rest.len() + 1 })
    }

    /// Whether `word`, folded, may be long.
    pub fn may_be_long(&self, word: &[u8]) -> bool {
        self.long.contains(word)
    }
}

/// A number below 256 that words with the same first and last letter share.
fn slot(word: &[u8]) -> usize {
    match word {
        [first, .., last] => usize::from(first ^ last.rotate_left(3)),
        _ => 0,
    }
}

/// A sentence with its words as written and folded.
pub struct Sentence<'s, 'a> {
    /// What the words were found in.
    pub text: &'a str,
    pub words: &'s [Word<'a>],
    pub folded: &'s Folded,
}

impl<'a> Sentence<'_, 'a> {
    /// `words` words from `index` on, as they stand in the text; none if there are not so many.
    pub fn written(&self, index: usize, words: usize) -> Option<&'a str> {
        let words = self.words.get(index..index + words)?;
        self.text.get(words.first()?.start..words.last()?.end())
    }

    /// `dienen te`, not `dienen, te`.
    fn only_space_before(&self, index: usize) -> bool {
        let Some([before, word]) = index.checked_sub(1).and_then(|i| self.words.get(i..=index))
        else {
            return false;
        };
        self.text.get(before.end()..word.start).is_some_and(|gap| gap.trim().is_empty())
    }
}

fn strings(table: &DeTable<'_>, key: &str) -> Vec<String> {
    let Some(DeValue::Array(items)) = table.get(key).map(|value| value.get_ref()) else {
        return Vec::new();
    };
    items.iter().filter_map(|item| item.get_ref().as_str()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::sentences::each_sentence;
    use super::*;

    const TEXT: &str = include_str!("words.toml");

    fn found(text: &str) -> Vec<(&'static str, usize)> {
        found_of(Words::get(), text)
    }

    /// What of a list is found in a text: the entry, and as how many words.
    fn found_of<'a>(list: &'a Words, text: &str) -> Vec<(&'a str, usize)> {
        let mut found = Vec::new();
        each_sentence(text, &mut Vec::new(), |words| {
            let mut folded = Folded::default();
            words.iter().for_each(|word| folded.push(word.text));
            let sentence = Sentence { text, words, folded: &folded };
            for index in 0..words.len() {
                if let Some(found_here) = list.find(&sentence, index) {
                    let entry = &list.entries[found_here.entry];
                    found.push((entry.word.as_str(), found_here.words));
                }
            }
        });
        found
    }

    #[test]
    fn the_list_is_whole_and_every_line_is_in_it() {
        let (_, lines) = TEXT.split_once("[words]\n").unwrap();
        let words: Vec<&str> = lines.lines().map(|line| line.split('"').nth(1).unwrap()).collect();
        assert!(words.len() >= 200, "{}", words.len());
        assert!(words.is_sorted_by(|a, b| a < b), "sorted, each once");
        let read: BTreeSet<&str> =
            Words::get().entries.iter().map(|entry| entry.word.as_str()).collect();
        assert_eq!(read, words.into_iter().collect());
    }

    #[test]
    fn every_form_is_there_once_and_finds_its_entry() {
        let list = Words::get();
        let table = DeTable::parse(TEXT).unwrap();
        let DeValue::Table(words) = table.get_ref()["words"].get_ref() else { panic!() };
        let mut seen = BTreeSet::new();
        for (word, value) in words {
            let DeValue::Table(value) = value.get_ref() else { panic!("{word:?}") };
            assert!(value.keys().all(|key| ["say", "also"].contains(&&**key.get_ref())));
            let also = strings(value, "also");
            assert!(also.is_sorted(), "{also:?}");
            for form in also.iter().map(String::as_str).chain([&**word.get_ref()]) {
                assert!(seen.insert(form.to_owned()), "{form} is there twice");
                assert_eq!(form, form.to_lowercase());
                let first = found(form);
                let length = form.split_whitespace().count();
                assert_eq!(first.first(), Some(&(&**word.get_ref(), length)), "{form}");
            }
        }
        assert!(list.entries.iter().all(|entry| !entry.say.is_empty()));
    }

    #[test]
    fn plainer_words_are_not_hard_themselves() {
        for entry in &Words::get().entries {
            for say in &entry.say {
                assert_eq!(found(say), [], "{} -> {say}", entry.word);
            }
        }
    }

    #[test]
    fn long_words_are_sorted_and_long() {
        let (long, _) = TEXT.split_once("[words]").unwrap();
        let long: Vec<&str> = long.split('"').skip(1).step_by(2).collect();
        assert!(long.is_sorted_by(|a, b| a < b), "sorted, each once");
        assert_eq!(long.len(), Words::get().long.len());
        for word in long {
            assert!(
                word.chars().count() > super::super::remarks::LONGEST_WORD,
                "{word} needs no leave"
            );
        }
    }

    #[test]
    fn whole_words_only_and_in_any_case() {
        assert_eq!(found("De dochter zei: meedoen."), []);
        assert_eq!(found("Indien nodig, DERHALVE"), [("indien", 1), ("derhalve", 1)]);
        assert_eq!(found("een coo\u{308}rdineren"), [("coördineren", 1)]);
    }

    #[test]
    fn the_longest_form_is_found() {
        let list = Words::parse(
            "[words]\n\"ter\" = { say = [\"a\"] }\n\"ter zake\" = { say = [\"b\"] }\n",
        );
        assert_eq!(found_of(&list, "ter zake, ter ere"), [("ter zake", 2), ("ter", 1)]);
        assert_eq!(found_of(&Words::parse("geen lijst"), "ter zake"), []);
    }

    #[test]
    fn several_words_need_to_stand_together() {
        assert_eq!(found("U dient te betalen"), [("dienen te", 2)]);
        assert_eq!(found("Wie dient, te laat"), []);
        assert_eq!(found("zoals dienen. Te laat"), []);
        assert_eq!(found("met betrekking\n tot"), []);
        assert_eq!(found("met betrekking  tot"), [("met betrekking tot", 3)]);
    }
}
