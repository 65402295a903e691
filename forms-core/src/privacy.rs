//! Finds text that points at one person or one house.
//!
//! The generator refuses such text in content; the function warns a resident who is about to send
//! it. Both must find the same things, so the finder stands here. It prefers a false alarm to a
//! miss: an editor can allow one exact line, a resident can send the text anyway.

use std::ops::Range;

/// What a piece of text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// Nine digits that pass the eleven-test of the Dutch citizen service number.
    CitizenNumber,
    /// Four digits and two capitals.
    Postcode,
    /// A street name with a house number.
    HouseNumber,
    /// A telephone number of somebody's own: a mobile or a subscriber number.
    Phone,
    Email,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub trace: Trace,
    /// Bytes in the text that was searched.
    pub range: Range<usize>,
}

/// Everything in `text` that looks like personal data, in order of place.
pub fn find(text: &str) -> Vec<Finding> {
    let mut found = Vec::new();
    numbers(text, &mut found);
    words(text, &mut found);
    found.sort_by_key(|finding| finding.range.start);
    found
}

/// Runs of digits that may be parted by single spaces, dots, dashes or brackets.
fn numbers(text: &str, found: &mut Vec<Finding>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let starts = bytes[at].is_ascii_digit() || (bytes[at] == b'+' && digit(bytes, at + 1));
        if !starts || (at > 0 && bytes[at - 1].is_ascii_alphanumeric()) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while let Some(next) = next_digit(bytes, end) {
            end = next + 1;
        }
        let run = &text[at..end];
        let digits: Vec<u8> = run.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
        if let Some(trace) = classify(run, &digits) {
            found.push(Finding { trace, range: at..end });
        }
        at = end;
    }
}

/// The next digit at `from`, past at most three separators: people write `0412 - 123 456`.
fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    let separators = bytes
        .get(from..)?
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'.' | b'-' | b'(' | b')' | b'/'))
        .count();
    (separators <= 3 && digit(bytes, from + separators)).then_some(from + separators)
}

fn digit(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}

fn classify(run: &str, digits: &[u8]) -> Option<Trace> {
    let dutch = digits.len() == 10 && digits[0] == 0 && !matches!(digits, [0, 8 | 9, 0, ..]);
    let foreign =
        (run.starts_with('+') || run.starts_with("00")) && (10..=15).contains(&digits.len());
    if dutch || foreign {
        Some(Trace::Phone)
    } else if digits.len() == 9 && passes_eleven_test(digits) && !run.contains('/') {
        Some(Trace::CitizenNumber)
    } else {
        None
    }
}

/// The weights are 9 down to 2 and -1 for the last digit; the sum must divide by eleven.
/// Source: Logisch ontwerp BSN, Rijksdienst voor Identiteitsgegevens.
fn passes_eleven_test(digits: &[u8]) -> bool {
    let sum: i32 = digits
        .iter()
        .zip([9, 8, 7, 6, 5, 4, 3, 2, -1])
        .map(|(digit, weight)| i32::from(*digit) * weight)
        .sum();
    sum % 11 == 0 && digits.iter().any(|digit| *digit != 0)
}

/// Endings of Dutch street names that hardly occur in other words before a number.
const STREET_ENDINGS: [&str; 19] = [
    "straat",
    "laan",
    "weg",
    "plein",
    "hof",
    "singel",
    "gracht",
    "kade",
    "dijk",
    "pad",
    "steeg",
    "dreef",
    "plantsoen",
    "park",
    "baan",
    "markt",
    "ring",
    "wal",
    "erf",
];

/// Words that end like a street and are none; with a number behind them they mean something else.
const NOT_STREETS: [&str; 6] = ["onderweg", "snelweg", "weg", "park", "markt", "ring"];

/// Every trace among words holds a digit or an `@`, so only words with one, and their neighbours,
/// are looked at: most of a text has none.
fn words(text: &str, found: &mut Vec<Finding>) {
    let mut from = 0;
    while let Some(word) = next_telling(text, from) {
        let before = word_before(text, word.start);
        let (current, next) = (&text[word.clone()], word_after(text, word.end));
        let bare = bare(current);
        if let Some(street) = before
            && let (name, whole) = (self::bare(&text[street.clone()]), &text[street.clone()])
            && whole.ends_with(name)
            && is_street(name)
            && is_house_number(bare)
        {
            let end = word.start + without_end(current).len();
            found.push(Finding { trace: Trace::HouseNumber, range: street.start..end });
        }
        if let Some(at) = email(current) {
            let range = word.start + at.start..word.start + at.end;
            found.push(Finding { trace: Trace::Email, range });
        }
        match next {
            Some(next)
                if is_postcode(bare, self::bare(&text[next.clone()]))
                    && current.ends_with(bare) =>
            {
                let end = next.start + without_end(&text[next]).len();
                found.push(Finding { trace: Trace::Postcode, range: word.start..end });
            }
            _ => postcode_in_one(word.start, current, found),
        }
        from = word.end;
    }
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn without_end(word: &str) -> &str {
    word.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// The next word at or behind `from` that holds a digit or an `@`.
fn next_telling(text: &str, from: usize) -> Option<Range<usize>> {
    let tells = |byte: &u8| byte.is_ascii_digit() || *byte == b'@';
    let at = from + text.as_bytes().get(from..)?.iter().position(tells)?;
    let start = text[from..at].rfind(char::is_whitespace).map_or(from, |space| {
        let space = from + space;
        space + text[space..].chars().next().map_or(1, char::len_utf8)
    });
    Some(start..word_end(text, at))
}

fn word_end(text: &str, from: usize) -> usize {
    text[from..].find(char::is_whitespace).map_or(text.len(), |space| from + space)
}

fn word_before(text: &str, start: usize) -> Option<Range<usize>> {
    let before = text[..start].trim_end();
    let word = before.split_whitespace().next_back()?;
    Some(before.len() - word.len()..before.len())
}

fn word_after(text: &str, end: usize) -> Option<Range<usize>> {
    let start = text.len() - text[end..].trim_start().len();
    (start < text.len()).then(|| start..word_end(text, start))
}

fn postcode_in_one(start: usize, word: &str, found: &mut Vec<Finding>) {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.len() == 6 && bare.is_ascii() && is_postcode(&bare[..4], &bare[4..]) {
        let offset = start + word.find(bare).unwrap_or(0);
        found.push(Finding { trace: Trace::Postcode, range: offset..offset + 6 });
    }
}

/// PostNL hands out no postcode that starts with 0 or ends in SA, SD or SS.
fn is_postcode(digits: &str, letters: &str) -> bool {
    digits.len() == 4
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0')
        && letters.len() == 2
        && letters.bytes().all(|b| b.is_ascii_uppercase())
        && !["SA", "SD", "SS"].contains(&letters)
}

fn is_street(word: &str) -> bool {
    let lower = word.to_lowercase();
    word.chars().next().is_some_and(char::is_uppercase)
        && STREET_ENDINGS.iter().any(|ending| lower.ends_with(ending))
        && !NOT_STREETS.contains(&lower.as_str())
}

fn is_house_number(word: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits) && word[digits..].chars().count() <= 2
}

fn email(word: &str) -> Option<Range<usize>> {
    let trimmed = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (local, domain) = trimmed.split_once('@')?;
    let start = word.find(trimmed)?;
    (!local.is_empty() && domain.contains('.') && !domain.contains('@'))
        .then(|| start..start + trimmed.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn traces(text: &str) -> Vec<Trace> {
        find(text).into_iter().map(|finding| finding.trace).collect()
    }

    #[test]
    fn finds_what_points_at_a_house_or_a_person() {
        assert_eq!(traces("Zij wonen op de Eikenlaan 12b."), [Trace::HouseNumber]);
        assert_eq!(traces("postcode 5341 AB en 5341AB"), [Trace::Postcode, Trace::Postcode]);
        assert_eq!(traces("BSN 111222333"), [Trace::CitizenNumber]);
        assert_eq!(traces("bel 06-12345678 of 0412 - 123 456"), [Trace::Phone, Trace::Phone]);
        assert_eq!(traces("mail (jan@example.org)."), [Trace::Email]);
    }

    #[test]
    fn leaves_public_numbers_and_plain_words_alone() {
        for text in [
            "Bel 112, 0900-8844, 0800-7000 of 14 0412.",
            "In 2026 EN 2027", // capitals behind a year are rare enough to accept the alarm below
            "Onderweg 3 keer gestopt, de weg 5 km lang",
            "111222334 is geen burgerservicenummer",
            "20 november 2026, 40 tot 90 woorden",
        ] {
            let expected: &[Trace] =
                if text.contains("2026 EN") { &[Trace::Postcode] } else { &[] };
            assert_eq!(traces(text), expected, "{text}");
        }
    }

    proptest! {
        /// What was found can be cut out of the text and shown, in any script.
        #[test]
        fn never_splits_a_character(text in "([é06–12 A-Z@.-]|laan 5|straat|٣|ሰላም|🏠|.){0,40}") {
            for finding in find(&text) {
                prop_assert!(text.get(finding.range).is_some());
            }
        }
    }
}
