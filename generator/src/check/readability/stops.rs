//! Which stops end a sentence.
//!
//! In doubt one does: a sentence that is cut too early gives no false alarm.

use super::sentences::is_around;

/// Whether the punctuation at the end of a token ends a sentence, before the token that follows.
pub fn end_sentence(token: &str, next: &str) -> bool {
    // Most words end with a letter, and nothing with them.
    if token.bytes().next_back().is_none_or(|last| last.is_ascii_alphanumeric()) {
        return false;
    }
    let body = token.trim_end_matches(is_closer);
    let word = body.trim_end_matches(['.', '!', '?', '…']);
    let opening = Opening::of(next);
    match body.as_bytes().get(word.len()..) {
        None | Some([]) => false,
        Some(_) if opening == Opening::Small => false,
        Some([b'.']) => stop_ends(word, opening),
        Some(_) => true,
    }
}

/// Whether `word` and a full stop end a sentence, before something that could start one.
fn stop_ends(word: &str, next: Opening) -> bool {
    let word = word.trim_start_matches(is_around);
    let dotted = word.contains('.');
    if !dotted && word.len() > LONGEST {
        return true;
    }
    let mut letters = word.chars();
    let (first, second) = (letters.next(), letters.next());
    if first.is_some_and(char::is_uppercase) && second.is_none() {
        // An initial.
        return false;
    }
    let lower = word.to_lowercase();
    if MAY_END.binary_search(&lower.as_str()).is_ok() {
        return next == Opening::Capital;
    }
    let letters_only = dotted && lower.split('.').all(|part| part.chars().count() == 1);
    !(letters_only || MID_SENTENCE.binary_search(&lower.as_str()).is_ok())
}

/// How the word after a full stop begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    Small,
    Capital,
    Other,
}

impl Opening {
    fn of(token: &str) -> Self {
        // 's Avonds and 't Is: the capital comes after.
        if token.starts_with(['\'', '’']) && token.chars().count() == 2 {
            return Self::Capital;
        }
        // A remark between brackets after a finished sentence is a sentence.
        if token.starts_with('(') {
            return Self::Other;
        }
        match token.trim_start_matches(is_around).chars().next() {
            Some(c) if c.is_lowercase() => Self::Small,
            Some(c) if c.is_uppercase() => Self::Capital,
            _ => Self::Other,
        }
    }
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | ')' | ']')
}

/// Letters of the longest abbreviation below without a full stop inside.
const LONGEST: usize = 4;

/// Abbreviations that may stand at the end of a sentence: only a capital after them says so.
const MAY_END: [&str; 29] = [
    "a.s", "apr", "aug", "b.v", "c.q", "d.d", "dec", "e.a", "e.d", "e.v", "enz", "etc", "feb",
    "jan", "jl", "jul", "jun", "m.m", "max", "min", "mrt", "n.v.t", "nov", "okt", "p.m", "p.p",
    "p.w", "sec", "sept",
];

/// Abbreviations after which a sentence goes on, also before a name or a figure. With full stops
/// between all letters (`o.a.`, `d.w.z.`) they need not be here.
const MID_SENTENCE: [&str; 44] = [
    "aant", "afd", "afz", "alg", "art", "bijl", "bijv", "blz", "bv", "ca", "dhr", "div", "dr",
    "drs", "evt", "excl", "fig", "gem", "hfst", "hr", "incl", "ing", "inz", "ir", "jhr", "jr",
    "mej", "mevr", "mgr", "mr", "mw", "nr", "nrs", "pag", "par", "pres", "prof", "resp", "st",
    "tel", "vgl", "vlg", "vnl", "zgn",
];

#[cfg(test)]
mod tests {
    use super::super::sentences::each_sentence;
    use super::*;

    /// Words in each sentence.
    fn counts(text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        each_sentence(text, &mut Vec::new(), |words| found.push(words.len()));
        found
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        for text in [
            "Neem bijv. Jan of dhr. De Wit mee",
            "Dat zijn o.a. Oss en Lith",
            "Zie nr. 5 of blz. 12 van art. 3",
            "Dat duurt max. 20 minuten, evt. iets langer",
            "Het kost ca. 10 euro",
            "Kom d.w.z. Jan komt",
            "Neem (bijv. Jan) mee",
            "Iets van de afk. zoals deze",
            "Er kwam J. Bakker langs",
            "Vraag dr. 't Hart",
            "Het begint op 12 okt. 2026 om tien uur",
            "Dat is i.h.k.v. Oss",
        ] {
            assert_eq!(counts(text).len(), 1, "{text}: {:?}", counts(text));
        }
    }

    #[test]
    fn some_abbreviations_end_a_sentence_before_a_capital() {
        assert_eq!(counts("Neem brood, kaas enz. mee. Kom ook."), [5, 2]);
        assert_eq!(counts("Neem brood, kaas enz. Kom ook."), [4, 2]);
        assert_eq!(counts("Kom maar. (wij wachten) Dag."), [2, 3]);
        assert_eq!(counts("Dat duurt 5 min. Wacht dus even."), [4, 3]);
    }

    #[test]
    fn words_that_look_like_an_abbreviation_end_a_sentence() {
        assert_eq!(counts("Doe het zo. Dan komt het goed."), [3, 4]);
        assert_eq!(counts("Zij loopt mee in de zon. Hij ook."), [6, 2]);
        assert_eq!(counts("Dat was in 2015. Nu niet."), [4, 2]);
        assert_eq!(counts("Schrijf op niveau B1. Word lid. Kies 3. Klaar."), [4, 2, 2, 1]);
        assert_eq!(counts("Hij zag bos, hei e.d. 's Avonds sliep hij."), [5, 4]);
    }

    #[test]
    fn lists_are_sorted_and_short_enough() {
        assert!(MAY_END.is_sorted() && MID_SENTENCE.is_sorted());
        assert!(
            MAY_END
                .iter()
                .chain(&MID_SENTENCE)
                .all(|word| word.len() <= LONGEST || word.contains('.'))
        );
    }
}
