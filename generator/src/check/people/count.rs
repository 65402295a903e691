//! Fewer than five people: whoever knows the place knows who they are.

use std::ops::Range;

use super::class::*;
use super::sentences::Sentence;

pub fn find(sentence: &Sentence<'_>, found: &mut Vec<Range<usize>>) {
    if sentence.has(TWO) {
        let twos = (0..sentence.words.len()).filter(|at| sentence.is(*at, TWO));
        found.extend(twos.map(|at| sentence.range(at, at)));
    }
    if !sentence.has(ONE | FEW) || !sentence.has(ANYBODY) {
        return;
    }
    for at in 0..sentence.words.len() {
        let class = sentence.class(at);
        if class & (ONE | FEW) == 0 {
            continue;
        }
        if let Some(people) = people(sentence, at)
            && tells(sentence, at, people, class)
        {
            found.push(sentence.range(at, people));
        }
    }
}

/// The people that a number is said of, past at most two words that describe them.
fn people(sentence: &Sentence<'_>, number: usize) -> Option<usize> {
    let adjective = |at: usize| {
        let ending = sentence.lexicon.grammar.adjective;
        let word = sentence.word(at);
        let described = sentence.is(at, NEW | NATIONALITY)
            || (sentence.class(at) == 0
                && ending.is_some_and(|ending| word.len() > 3 && word.ends_with(ending)));
        described && sentence.follows(at)
    };
    let people = (number + 1..=number + 3)
        .take_while(|at| *at == number + 1 || adjective(at - 1))
        .find(|at| sentence.is(*at, ANYBODY))?;
    // A capital begins something else, such as a title behind its number.
    (sentence.follows(people) && !sentence.is(people, CAPITAL)).then_some(people)
}

/// Whether a number of people points at them, and is not said of people in general.
fn tells(sentence: &Sentence<'_>, number: usize, people: usize, class: Class) -> bool {
    let few = class & FEW != 0;
    let who = sentence.class(people);
    if few && who & PERMIT != 0 {
        return true;
    }
    // An address has no room for *soms*.
    if sentence.address {
        return few && who & SOMEBODY != 0;
    }
    let general = (0..number).any(|at| sentence.is(at, SOMETIMES));
    if few && who & SOMEBODY != 0 {
        return !general;
    }
    let live = sentence.has(LIVE | MOVE) || (sentence.has(GET) && sentence.has(HOME));
    let there = sentence.has(THERE) && sentence.has(COME);
    let quiet = general || sentence.question || sentence.has(NOT | VISIT);
    if few {
        return (live || there) && !sentence.has(SOMETIMES) && !quiet;
    }
    (live || sentence.has(COME)) && who & SOMEBODY != 0 && who & SINGLE != 0 && !quiet
}
