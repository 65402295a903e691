//! Words of one language and what they may mean.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::class::{CAPITAL, Class, FEW, MANY, MONTH, ONE, STREET};

/// What a language's file says of it.
pub struct Grammar {
    /// Words by what they mean, parted by spaces. A word may stand in several rows.
    pub words: &'static [(Class, &'static str)],
    /// Whether capitals tell a name.
    pub capitals: bool,
    /// How names of streets end.
    pub streets: &'static [&'static str],
    /// What is written to a word and is none of it: *and*, *the*.
    pub prefixes: &'static [char],
    /// Whether *Syrian* stands before the people that it is said of.
    pub nationality_first: bool,
    /// How a word ends that says what people are like, and may stand between number and people.
    pub adjective: Option<&'static str>,
}

pub struct Lexicon {
    pub grammar: &'static Grammar,
    words: HashMap<&'static str, Class, BuildHasherDefault<Fnv>>,
    /// By [`slot`], a bit for each length that a word has: most words need no look-up.
    lengths: [u64; SLOTS],
}

const SLOTS: usize = 1024;

/// No word of the lists is longer.
const LONGEST: usize = 40;

impl Lexicon {
    pub fn new(grammar: &'static Grammar) -> Self {
        let mut words: HashMap<&str, Class, _> = HashMap::default();
        let mut lengths = [0; SLOTS];
        for (class, list) in grammar.words {
            for word in list.split(' ') {
                *words.entry(word).or_default() |= class;
                if let Some(seen) = lengths.get_mut(slot(word.as_bytes())) {
                    *seen |= bit(word.len());
                }
            }
        }
        Self { grammar, words, lengths }
    }

    /// What `word` may mean; nothing, for most.
    #[inline]
    pub fn class(&self, word: &str) -> Class {
        let bytes = word.as_bytes();
        if bytes.first().is_some_and(u8::is_ascii_digit) {
            return number(bytes);
        }
        if !self.grammar.capitals {
            return self.bare(word);
        }
        if word.is_ascii() {
            if !bytes.first().is_some_and(u8::is_ascii_uppercase) {
                return self.known(word);
            }
            let mut lower = [0; LONGEST];
            let Some(room) = lower.get_mut(..bytes.len()) else { return CAPITAL };
            room.copy_from_slice(bytes);
            room.make_ascii_lowercase();
            let lower = std::str::from_utf8(room).unwrap_or_default();
            return self.name(word, lower);
        }
        if !word.chars().next().is_some_and(char::is_uppercase) {
            return self.known(word);
        }
        self.name(word, &word.to_lowercase())
    }

    fn name(&self, word: &str, lower: &str) -> Class {
        match self.known(lower) {
            0 if self.is_street(word) => CAPITAL | STREET,
            class => CAPITAL | class,
        }
    }

    fn is_street(&self, word: &str) -> bool {
        // The name before the ending is at least three letters, or it is the word for a street.
        self.grammar.streets.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end))
    }

    /// A part of an address: whether it is the name of a street, which has no capitals there.
    pub fn street_in_address(&self, part: &str) -> bool {
        self.is_street(part)
    }

    /// A word of a language that writes small words to the next.
    fn bare(&self, word: &str) -> Class {
        let mut rest = word;
        loop {
            let class = self.known(rest);
            let mut letters = rest.chars();
            match letters.next() {
                Some(first) if class == 0 && self.grammar.prefixes.contains(&first) => {
                    rest = letters.as_str();
                }
                _ => return class,
            }
        }
    }

    #[inline]
    fn known(&self, word: &str) -> Class {
        let bytes = word.as_bytes();
        match self.lengths.get(slot(bytes)) {
            Some(lengths) if lengths & bit(bytes.len()) != 0 => {
                self.words.get(word).copied().unwrap_or_default()
            }
            _ => 0,
        }
    }
}

/// Figures: how many, or a day.
fn number(bytes: &[u8]) -> Class {
    match bytes {
        b"1" => ONE,
        [b'2'..=b'4'] | [b'1'..=b'4', b'-', b'2'..=b'4'] => FEW,
        _ if bytes.iter().filter(|byte| **byte == b'-').count() == 2 => MONTH,
        _ if bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.') => MANY,
        _ => 0,
    }
}

#[inline]
fn slot(bytes: &[u8]) -> usize {
    let byte = |at: usize| usize::from(bytes.get(at).copied().unwrap_or_default());
    // Two bytes are one letter in some scripts, and many words of a kind end alike.
    (byte(0) * 7 + byte(1) * 31 + byte(bytes.len().wrapping_sub(2)) * 131) % SLOTS
}

/// Lengths past the last bit share it.
#[inline]
fn bit(length: usize) -> u64 {
    1 << length.min(63)
}

/// Fowler–Noll–Vo, 1a: short words need no more.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}
