//! Sentences that announce: somebody comes to live there, or then.

use std::ops::Range;

use super::class::*;
use super::places::{Spot, specific, weak};
use super::sentences::Sentence;
use super::times;

/// The words of an announcement, from its first to its last.
pub fn find(sentence: &Sentence<'_>, municipality: &str) -> Option<Range<usize>> {
    if !sentence.has(ANYBODY) || !sentence.has(COME | LIVE | MOVE | GET) {
        return None;
    }
    let who = who(sentence)?;
    let place = specific(sentence, municipality);
    let time = times::find(sentence);
    let verb = verb(sentence, who, place.as_ref(), time.as_ref())?;
    if time.is_none() && counts_many(sentence, who) && place.is_none() {
        return None;
    }
    let spots = [Some(Spot { from: who, to: who }), Some(verb), place, time];
    let from = spots.iter().flatten().map(|spot| spot.from).min()?;
    let to = spots.iter().flatten().map(|spot| spot.to).max()?;
    let asked_about = time.is_none();
    (!exempt(sentence, to, asked_about)).then(|| sentence.range(from, to))
}

/// The people it is about: those of this site before people in general.
fn who(sentence: &Sentence<'_>) -> Option<usize> {
    sentence.first(SOMEBODY).or_else(|| sentence.first(ANYBODY))
}

/// The verb that makes it an announcement, given where and when.
fn verb(
    sentence: &Sentence<'_>,
    who: usize,
    place: Option<&Spot>,
    time: Option<&Spot>,
) -> Option<Spot> {
    let known = place.is_some() || time.is_some();
    let there = there(sentence);
    let roughly = || weak(sentence).is_some();
    let newcomer = sentence.is(who, SOMEBODY)
        || who.checked_sub(1).is_some_and(|before| sentence.is(before, NEW));
    if let Some(settles) = settles(sentence, newcomer)
        && (known || (there.is_some() && roughly()))
    {
        return Some(settles);
    }
    let alone = sentence.is(who, SINGLE) && sentence.is(who, SOMEBODY);
    let visits = sentence.has(VISIT);
    if let Some(there) = there
        && (there.to < who && who <= there.to + 5)
        && !visits
        && (place.is_some() || alone || (newcomer && (time.is_some() || roughly())))
    {
        return Some(there);
    }
    let live = sentence.first(LIVE);
    if let Some(comes) = comes_directly(sentence, who)
        && newcomer
        && !visits
        && known
    {
        return Some(comes);
    }
    let stays = place.is_some() && (time.is_some() || alone);
    live.filter(|_| stays).map(|live| Spot { from: live, to: live })
}

/// *komen … wonen*, *verhuizen*, *krijgt … een huis*.
fn settles(sentence: &Sentence<'_>, newcomer: bool) -> Option<Spot> {
    let both = |one, other| {
        let (one, other) = (sentence.first(one)?, sentence.first(other)?);
        (one != other).then(|| Spot { from: one.min(other), to: one.max(other) })
    };
    // Much can be moved and given; that people come to live somewhere is said in two words.
    let moves = || {
        let moves = sentence.first(MOVE).map(|at| Spot { from: at, to: at });
        moves.or_else(|| both(GET, HOME)).filter(|_| newcomer)
    };
    both(COME, LIVE).or_else(moves)
}

/// *er komt*, *komen er*.
fn there(sentence: &Sentence<'_>) -> Option<Spot> {
    let pair = |at: usize| {
        (sentence.is(at, THERE) && sentence.is(at + 1, COME))
            || (sentence.is(at, COME) && sentence.is(at + 1, THERE))
    };
    (0..sentence.words.len()).find(|at| pair(*at)).map(|at| Spot { from: at, to: at + 1 })
}

/// *komt een gezin*, *komen nieuwe bewoners*.
fn comes_directly(sentence: &Sentence<'_>, who: usize) -> Option<Spot> {
    let from = who.saturating_sub(3);
    let come = (from..who).rev().find(|at| sentence.is(*at, COME))?;
    let only_small = (come + 1..who).all(|at| {
        sentence.is(at, NEW | ONE | FEW | THE | NATIONALITY) || sentence.word(at) == "een"
    });
    only_small.then_some(Spot { from: come, to: come })
}

/// *85 vergunninghouders*: a general number, as long as no small place stands with it.
fn counts_many(sentence: &Sentence<'_>, who: usize) -> bool {
    (who.saturating_sub(2)..who).any(|at| sentence.is(at, MANY))
}

/// Whether the words before `last` say that nothing is announced.
fn exempt(sentence: &Sentence<'_>, last: usize, without_time: bool) -> bool {
    let tells = sentence.is(0, KNOWN);
    if sentence.question && !tells {
        return true;
    }
    let asks = |at: usize| {
        sentence.is(at, NOT)
            || (sentence.is(at, WHETHER)
                && sentence.is(at + 1, ANYBODY | THERE | IN | POINTING | NEW | THE | ONE | FEW))
    };
    // *Komt er een gezin in uw straat wonen, dan …*
    let supposes = |at: usize| {
        sentence.is(at, SOMETIMES) || (at == 0 && sentence.is(at, COME | LIVE | MOVE | GET))
    };
    (0..last).any(|at| asks(at) || (without_time && supposes(at)))
}
