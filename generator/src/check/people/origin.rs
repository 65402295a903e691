//! Where people come from.

use std::ops::Range;

use super::class::*;
use super::sentences::Sentence;

const HUMAN: Class = ANYBODY | RELATIVE;

pub fn find(sentence: &Sentence<'_>, found: &mut Vec<Range<usize>>) {
    if !sentence.has(NATIONALITY | COUNTRY | DEMONYM) {
        return;
    }
    for at in 0..sentence.words.len() {
        let class = sentence.class(at);
        let spot = if class & DEMONYM != 0 {
            Some((at, at))
        } else if class & NATIONALITY != 0 {
            of_nationality(sentence, at)
        } else if class & COUNTRY != 0 {
            of_country(sentence, at)
        } else {
            None
        };
        found.extend(spot.map(|(from, to)| sentence.range(from, to)));
    }
}

/// *een Syrisch gezin*, *Syrische en Eritrese gezinnen*; in other languages the other way round.
fn of_nationality(sentence: &Sentence<'_>, at: usize) -> Option<(usize, usize)> {
    if !sentence.lexicon.grammar.nationality_first {
        let before = at.checked_sub(1)?;
        let said = sentence.is(before, HUMAN) && sentence.follows(at);
        return said.then_some((before, at));
    }
    let people = (at + 1..=at + 3).find(|people| sentence.is(*people, HUMAN))?;
    let close = (at + 1..people).all(|at| sentence.is(at, NEW | NATIONALITY | AND));
    (close && sentence.follows(people)).then_some((at, people))
}

/// *gezin dat uit Syrië komt*, *uit Syrië gevluchte mensen*, *zij komen uit Syrië*.
fn of_country(sentence: &Sentence<'_>, country: usize) -> Option<(usize, usize)> {
    // *uit Syrië of Eritrea*
    let from = (country.saturating_sub(3)..country).rev().find(|at| sentence.is(*at, FROM))?;
    let close = (from + 1..country).all(|at| sentence.is(at, COUNTRY | AND | THE));
    if !close {
        return None;
    }
    let before = (from.saturating_sub(4)..from)
        .rev()
        .take_while(|at| sentence.is(*at, HUMAN | PRONOUN | LINK))
        .find(|at| sentence.is(*at, HUMAN | PRONOUN));
    if let Some(people) = before {
        return Some((people, country));
    }
    let people = (country + 1..=country + 2).find(|at| sentence.is(*at, HUMAN))?;
    Some((from, people))
}
