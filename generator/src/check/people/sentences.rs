//! Text of a content file into sentences of words that are known by what they may mean.
//!
//! It reads a file as it is written, front matter and tables too, so that no place escapes: a line
//! that begins something new ends a sentence, any other line goes on. Targets of links are left
//! out; the pages they lead to have names of their own.

use std::ops::Range;

use super::class::{CAPITAL, Class};
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
    pub fn class(&self, index: usize) -> Class {
        self.words.get(index).map_or(0, |word| word.class)
    }

    pub fn is(&self, index: usize, class: Class) -> bool {
        self.class(index) & class != 0
    }

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

/// Calls `visit` with each sentence of `text` that has words.
pub fn each_sentence(text: &str, lexicon: &Lexicon, mut visit: impl FnMut(&Sentence<'_>)) {
    let mut words = Vec::new();
    let mut classes = 0;
    let mut at = 0;
    // A question may stand inside a sentence, as the text of a link.
    let mut asked = false;
    let mut end = |words: &mut Vec<Word>, classes: &mut Class, question| {
        if *classes != 0 {
            let classes = *classes;
            visit(&Sentence { text, words, classes, question, address: false, lexicon });
        }
        words.clear();
        *classes = 0;
    };
    let mut addresses = Vec::new();
    while let Some((c, length)) = char_at(text, at) {
        if is_letter(c) {
            let (to, dashed) = end_of_word(text, at + length);
            let word = text.get(at..to).unwrap_or_default();
            let mut class = lexicon.class(word);
            if class == 0 && dashed {
                addresses.push(at..to);
            }
            // A name that the program fills in: `{area}`.
            if text.get(..at).is_some_and(|before| before.ends_with('{')) {
                class = CAPITAL;
            }
            words.push(Word { start: at, end: to, class });
            classes |= class;
            at = to;
            continue;
        }
        match c {
            '\n' if breaks(text.get(at + 1..).unwrap_or_default()) => {
                end(&mut words, &mut classes, asked);
                asked = false;
            }
            '.' | '!' | '?' | ':' | ';' | '؟' | '؛' | '።' | '፧' | '፦' => {
                asked |= matches!(c, '?' | '؟' | '፧');
                if ends(text.get(at + length..).unwrap_or_default()) {
                    end(&mut words, &mut classes, asked);
                    asked = false;
                }
            }
            ']' => at += target(text.get(at + length..).unwrap_or_default()),
            _ => {}
        }
        at += length;
    }
    end(&mut words, &mut classes, asked);
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

fn char_at(text: &str, at: usize) -> Option<(char, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii() {
        return Some((char::from(byte), 1));
    }
    let c = text.get(at..)?.chars().next()?;
    Some((c, c.len_utf8()))
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() }
}

/// Past the last letter of a word, and whether dashes are in it. Marks inside belong to it.
fn end_of_word(text: &str, mut at: usize) -> (usize, bool) {
    let mut dashed = false;
    while let Some((c, length)) = char_at(text, at) {
        if is_letter(c) {
            at += length;
            continue;
        }
        let joins = match c {
            '-' | '\'' | '’' | '\u{ad}' => true,
            '.' | ',' => digit(text, at.wrapping_sub(1)) && digit(text, at + 1),
            // Vowels and doublings that some scripts write over a letter.
            '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{652}' => {
                at += length;
                continue;
            }
            _ => false,
        };
        if !joins || !char_at(text, at + length).is_some_and(|(next, _)| is_letter(next)) {
            break;
        }
        dashed |= c == '-';
        at += length;
    }
    (at, dashed)
}

fn digit(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_digit)
}

/// Whether a mark with `rest` behind it ends a sentence: no small letter goes on after it.
fn ends(rest: &str) -> bool {
    let mut rest = rest;
    loop {
        let Some((c, length)) = char_at(rest, 0) else { return true };
        let skip = match c {
            ']' => length + target(rest.get(length..).unwrap_or_default()),
            '"' | '\'' | '’' | '”' | '»' | ')' | '*' | '_' => length,
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
    let line = rest.split('\n').next().unwrap_or_default().trim();
    let mut bytes = line.bytes();
    match (bytes.next(), bytes.next()) {
        (None, _) | (Some(b'#' | b'>' | b'|' | b':' | b'"' | b'!' | b'<'), _) => true,
        // A list, a fence; not emphasis.
        (Some(b'*' | b'-' | b'+'), None | Some(b' ' | b'-' | b'+')) => true,
        // A table, and not a link.
        (Some(b'['), _) => line.ends_with(']'),
        (Some(byte), _) if byte.is_ascii_digit() => {
            line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')'])
        }
        _ => {
            let key = line.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
            key.trim_start_matches(['-', ' ']).starts_with('=')
        }
    }
}
