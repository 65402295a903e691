//! Where, in a sentence: a place that is smaller than the municipality.

use super::class::*;
use super::sentences::Sentence;

/// Words of a sentence, by index, both included.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    pub from: usize,
    pub to: usize,
}

/// *uw straat*, *naast u*, *in Berghem*, *in {area}*, *in de Kerkstraat*.
pub fn specific(sentence: &Sentence<'_>, municipality: &str) -> Option<Spot> {
    (0..sentence.words.len())
        .find_map(|at| pointed(sentence, at).or_else(|| named(sentence, at, municipality)))
}

/// *uw eigen straat*, *bij u*.
fn pointed(sentence: &Sentence<'_>, at: usize) -> Option<Spot> {
    if sentence.is(at, NEXT_TO) && sentence.is(at + 1, YOU) {
        return Some(Spot { from: at, to: at + 1 });
    }
    if !sentence.is(at, POINTING) {
        return None;
    }
    let unit = (at + 1..=at + 2).find(|at| sentence.is(*at, UNIT))?;
    let before = at.checked_sub(1).filter(|before| sentence.is(*before, IN | ON));
    Some(Spot { from: before.unwrap_or(at), to: unit })
}

/// A name behind *in*: a place, unless it is that of the municipality or something larger.
fn named(sentence: &Sentence<'_>, at: usize, municipality: &str) -> Option<Spot> {
    if !sentence.is(at, IN) {
        return None;
    }
    let name = if sentence.is(at + 1, THE) { at + 2 } else { at + 1 };
    let class = sentence.class(name);
    let other = GENERAL | COUNTRY | NATIONALITY | MONTH | ANYBODY | UNIT | DEMONYM | RELATIVE;
    let of_municipality = municipality.starts_with(sentence.word(name));
    (class & CAPITAL != 0 && class & other == 0 && !of_municipality)
        .then_some(Spot { from: at, to: name })
}

/// *in de wijk*: any, but with *er komen* it is this one.
pub fn weak(sentence: &Sentence<'_>) -> Option<Spot> {
    (0..sentence.words.len())
        .find(|at| sentence.is(*at, IN) && sentence.is(at + 1, THE) && sentence.is(at + 2, UNIT))
        .map(|at| Spot { from: at, to: at + 2 })
}
