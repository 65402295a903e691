//! Text of a content file into sentences of words that are known by what they may mean.
//!
//! It reads a file as it is written, front matter and tables too, so that no place escapes: a line
//! that begins something new ends a sentence, any other line goes on. Targets of links are left
//! out; the pages they lead to have names of their own.

use std::ops::Range;

use super::class::{CAPITAL, Class};
use super::letters::{self, Sort};
use super::lexicon::Lexicon;

#[derive(Debug, Clone, Copy)]
pub struct Word {
    pub start: usize,
    pub end: usize,
    pub class: Class,
}

pub struct Sentence<'a> {
    pub text: &'a str,
    pub words: &'a [Word],
    /// What any of its words may mean.
    pub classes: Class,
    pub question: bool,
    /// The parts of one word with dashes, such as an address.
    pub address: bool,
    pub lexicon: &'a Lexicon,
}

impl Sentence<'_> {
    #[inline]
    pub fn class(&self, index: usize) -> Class {
        self.words.get(index).map_or(0, |word| word.class)
    }

    #[inline]
    pub fn is(&self, index: usize, class: Class) -> bool {
        self.class(index) & class != 0
    }

    #[inline]
    pub fn has(&self, class: Class) -> bool {
        self.classes & class != 0
    }

    /// Index of the first word with one of these classes.
    pub fn first(&self, class: Class) -> Option<usize> {
        self.words.iter().position(|word| word.class & class != 0)
    }

    pub fn word(&self, index: usize) -> &str {
        self.words
            .get(index)
            .and_then(|word| self.text.get(word.start..word.end))
            .unwrap_or_default()
    }

    /// Bytes from one word through another.
    pub fn range(&self, from: usize, to: usize) -> Range<usize> {
        let start = self.words.get(from).map_or(0, |word| word.start);
        start..self.words.get(to).map_or(start, |word| word.end)
    }

    /// Whether nothing but white space and emphasis stands before a word and the one before it.
    pub fn follows(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|before| self.words.get(before));
        let (Some(before), Some(word)) = (before, self.words.get(index)) else { return false };
        let gap = self.text.get(before.end..word.start).unwrap_or_default();
        gap.bytes().all(|byte| byte.is_ascii_whitespace() || matches!(byte, b'*' | b'_' | b'-'))
    }
}

/// Calls `visit` with each sentence of `text` in which a word is known.
pub fn each_sentence(text: &str, lexicon: &Lexicon, mut visit: impl FnMut(&Sentence<'_>)) {
    let bytes = text.as_bytes();
    let mut words = Vec::new();
    let mut classes = 0;
    let mut at = 0;
    // A question may stand inside a sentence, as the text of a link.
    let mut asked = false;
    let mut addresses = Vec::new();
    let mut end = |words: &mut Vec<Word>, classes: &mut Class, question: &mut bool| {
        if *classes != 0 {
            let (classes, question) = (*classes, *question);
            visit(&Sentence { text, words, classes, question, address: false, lexicon });
        }
        words.clear();
        (*classes, *question) = (0, false);
    };
    while let Some(byte) = bytes.get(at) {
        let mark = match letters::sort(*byte) {
            Sort::Gap => {
                at += 1;
                continue;
            }
            Sort::Letter => None,
            Sort::Mark => Some(char::from(*byte)),
            Sort::Look => match letters::letter(text, at) {
                Some(_) => None,
                None => text.get(at..).and_then(|rest| rest.chars().next()),
            },
        };
        let Some(mark) = mark else {
            let (to, dashed) = letters::end_of_word(text, at);
            let mut class = lexicon.class(text.get(at..to).unwrap_or_default());
            if dashed && class == 0 {
                addresses.push(at..to);
            }
            // A name that the program fills in: `{area}`.
            if at.checked_sub(1).is_some_and(|before| bytes.get(before) == Some(&b'{')) {
                class = CAPITAL;
            }
            words.push(Word { start: at, end: to, class });
            classes |= class;
            at = to;
            continue;
        };
        at += mark.len_utf8();
        let rest = || text.get(at..).unwrap_or_default();
        match mark {
            '\n' if breaks(rest()) => end(&mut words, &mut classes, &mut asked),
            '.' | '!' | '?' | ':' | ';' | '؟' | '؛' | '።' | '፧' | '፦' => {
                asked |= matches!(mark, '?' | '؟' | '፧');
                if ends(rest()) {
                    end(&mut words, &mut classes, &mut asked);
                }
            }
            ']' => at += target(rest()),
            _ => {}
        }
    }
    end(&mut words, &mut classes, &mut asked);
    for address in addresses {
        let part = text.get(address.clone()).unwrap_or_default();
        parts(text, part, address.start, lexicon, &mut visit);
    }
}

/// The parts of a word with dashes, as a sentence of its own.
pub fn parts(
    text: &str,
    address: &str,
    start: usize,
    lexicon: &Lexicon,
    visit: &mut impl FnMut(&Sentence<'_>),
) {
    let mut words = Vec::new();
    let mut at = start;
    for part in address.split('-') {
        words.push(Word { start: at, end: at + part.len(), class: lexicon.class(part) });
        at += part.len() + 1;
    }
    let classes = words.iter().fold(0, |all, word| all | word.class);
    visit(&Sentence { text, words: &words, classes, question: false, address: true, lexicon });
}

/// Whether a mark with `rest` behind it ends a sentence: no small letter goes on after it.
fn ends(rest: &str) -> bool {
    let mut rest = rest;
    loop {
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { return true };
        let skip = match c {
            ']' => 1 + target(chars.as_str()),
            '"' | '\'' | '’' | '”' | '»' | ')' | '*' | '_' => c.len_utf8(),
            '\n' => return true,
            _ if c.is_whitespace() => break,
            _ => return false,
        };
        rest = rest.get(skip..).unwrap_or_default();
    }
    let next = rest.trim_start_matches([' ', '\t', '\n', '\u{a0}', '*', '_', '"', '(']);
    !next.chars().next().is_some_and(char::is_lowercase)
}

/// Length of the target of a link, `(/adres/)`, if `rest` begins with one.
fn target(rest: &str) -> usize {
    if !rest.starts_with('(') {
        return 0;
    }
    let line = rest.split('\n').next().unwrap_or_default();
    line.find(')').map_or(0, |close| close + 1)
}

/// Whether a line that begins with `rest` begins something new.
fn breaks(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '\t']);
    let mut bytes = rest.bytes();
    match (bytes.next(), bytes.next()) {
        (None | Some(b'\n' | b'#' | b'>' | b'|' | b':' | b'"' | b'!' | b'<'), _) => true,
        // A list, a fence; not emphasis.
        (Some(b'*' | b'-' | b'+'), None | Some(b' ' | b'\n' | b'-' | b'+')) => true,
        // A table, and not a link.
        (Some(b'['), _) => rest.lines().next().is_some_and(|line| line.trim_end().ends_with(']')),
        (Some(byte), _) if byte.is_ascii_digit() => {
            rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
        }
        // A key of a table is written in small letters.
        (Some(byte), _) if byte.is_ascii_lowercase() => {
            let is_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
            let key = rest.bytes().take_while(is_key).count();
            let behind = rest.bytes().skip(key).find(|byte| *byte != b' ');
            behind == Some(b'=')
        }
        _ => false,
    }
}
