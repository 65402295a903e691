//! When, in a sentence: a day, a month, or soon.

use super::class::*;
use super::places::Spot;
use super::sentences::Sentence;

/// *binnenkort*, *volgende week*, *per 1 december*, *over twee weken*.
pub fn find(sentence: &Sentence<'_>) -> Option<Spot> {
    if !sentence.has(SOON | NEXT | MONTH | AFTER) {
        return None;
    }
    (0..sentence.words.len()).find_map(|at| {
        let class = sentence.class(at);
        if class & SOON != 0 {
            return Some(Spot { from: at, to: at });
        }
        if class & NEXT != 0 && sentence.is(at + 1, PERIOD) {
            return Some(Spot { from: at, to: at + 1 });
        }
        let some = ONE | FEW | NEW;
        if class & AFTER != 0 && sentence.is(at + 1, some) && sentence.is(at + 2, PERIOD) {
            return Some(Spot { from: at, to: at + 2 });
        }
        let before = at.checked_sub(1)?;
        let dated = class & MONTH != 0 && sentence.is(before, IN | ON | ONE | FEW | MANY | NEXT);
        if !dated {
            return None;
        }
        let first = before.checked_sub(1).filter(|first| sentence.is(*first, IN | ON));
        Some(Spot { from: first.unwrap_or(before), to: at })
    })
}
