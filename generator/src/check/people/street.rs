//! A street by its name where somebody lives or comes to live. A street with a house number is found
//! by `forms_core::privacy`.

use std::ops::Range;

use super::class::*;
use super::sentences::Sentence;

/// Words that a name may have before the word that ends like a street, as in *Burgemeester van
/// Erpstraat*.
const WORDS_OF_A_NAME: usize = 4;

pub fn find(sentence: &Sentence<'_>, found: &mut Vec<Range<usize>>) {
    if sentence.address {
        return in_address(sentence, found);
    }
    let lives = sentence.has(LIVE | MOVE) || (sentence.has(GET) && sentence.has(HOME));
    if !sentence.has(STREET) || !lives {
        return;
    }
    for at in (0..sentence.words.len()).filter(|at| sentence.is(*at, STREET)) {
        let numbered = sentence.follows(at + 1)
            && sentence.word(at + 1).bytes().next().is_some_and(|byte| byte.is_ascii_digit());
        let first = at.saturating_sub(WORDS_OF_A_NAME);
        let before = (first..at).rev().find(|at| sentence.is(*at, IN | ON));
        if let Some(from) = before.filter(|_| !numbered) {
            found.push(sentence.range(from, at));
        }
    }
}

/// *kerkstraat-12*
fn in_address(sentence: &Sentence<'_>, found: &mut Vec<Range<usize>>) {
    let number = |at| sentence.word(at).bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    let street = |at| sentence.lexicon.street_in_address(sentence.word(at));
    let streets = (0..sentence.words.len()).filter(|at| street(*at) && number(at + 1));
    found.extend(streets.map(|at| sentence.range(at, at + 1)));
}
