//! Random ids: for cases and outbox items, and the references that residents read out by telephone.

use std::fmt;

use jiff::Timestamp;

/// Crockford's 32 symbols: no I, L, O and U, so nothing reads as something else.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// For references: also without 0, 1, vowels and Y, so that no word appears by accident.
const REFERENCE: &[u8; 27] = b"23456789BCDFGHJKMNPQRSTVWXZ";

/// Bytes from the operating system.
///
/// # Panics
/// When the operating system has no randomness to give; then nothing may be handed out.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// An id that sorts by time: 48 bits of milliseconds and 80 random bits (a ULID).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    pub fn new(now: Timestamp) -> Self {
        let mut bytes = [0; 16];
        bytes[..6].copy_from_slice(&now.as_millisecond().to_be_bytes()[2..]);
        bytes[6..].copy_from_slice(&random::<10>());
        Self(base32(&bytes))
    }

    /// Accepts only what [`Id::new`] makes, so an id is safe in a key and in a log line.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 26 && text.bytes().all(|byte| CROCKFORD.contains(&byte));
        fits.then(|| Self(text.to_owned()))
    }

    /// When it was made, to the millisecond.
    pub fn created(&self) -> Timestamp {
        let value = |byte: u8| CROCKFORD.iter().position(|symbol| *symbol == byte).unwrap_or(0);
        // Ten symbols are fifty bits, two more than the time has.
        let bits = self.0.bytes().take(10).fold(0_i64, |bits, byte| bits << 5 | value(byte) as i64);
        Timestamp::from_millisecond(bits >> 2).unwrap_or(Timestamp::MAX)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Five bits a symbol, from the front; the last symbol is filled up with zeros.
pub(crate) fn base32(bytes: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
    (0..bytes.len() * 8)
        .step_by(5)
        .map(|at| char::from(CROCKFORD[(0..5).fold(0, |sum, i| sum * 2 + bit(at + i))]))
        .collect()
}

/// What a person typed, in the spelling of [`base32`]: spaces and dashes gone, look-alikes mended.
pub(crate) fn mend(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '–'))
        .take(64)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect()
}

/// A reference such as `OSS-7K3-M9P`: 387 million of them for every municipality.
pub fn reference(prefix: &str) -> String {
    let mut symbols = String::new();
    while symbols.len() < 6 {
        // 9 × 27 = 243: throwing away the rest keeps every symbol equally likely.
        let fair = random::<16>().into_iter().filter(|byte| *byte < 243);
        symbols.extend(fair.map(|byte| char::from(REFERENCE[usize::from(byte % 27)])));
    }
    format!("{prefix}-{}-{}", &symbols[..3], &symbols[3..6])
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compares without telling by the time it takes where the first difference is.
pub(crate) fn same(a: &str, b: &str) -> bool {
    same_bytes(a.as_bytes(), b.as_bytes())
}

pub(crate) fn same_bytes(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |sum, (x, y)| sum | (x ^ y)) == 0
}

/// Bytes back from hexadecimal; `None` for anything else.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
    let even = digits.len().is_multiple_of(2);
    even.then(|| digits.chunks(2).map(|pair| pair[0] * 16 + pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_read_back() {
        let early = Id::new(Timestamp::from_second(1_795_000_000).unwrap());
        let late = Id::new(Timestamp::from_second(1_795_000_001).unwrap());
        assert!(early < late);
        assert_eq!(Id::parse(early.as_str()), Some(early));
        assert_eq!(Id::parse("OUT#1"), None);
        let moment = Timestamp::from_millisecond(1_795_000_000_123).unwrap();
        assert_eq!(Id::new(moment).created(), moment);
        Id::parse(&"Z".repeat(26)).unwrap().created();
    }

    #[test]
    fn a_reference_is_easy_to_read_out() {
        let text = reference("OSS");
        assert_eq!(text.len(), 11);
        assert!(text.starts_with("OSS-") && text.as_bytes()[7] == b'-');
        assert!(text[4..].bytes().all(|b| b == b'-' || REFERENCE.contains(&b)), "{text}");
    }

    #[test]
    fn look_alikes_are_mended() {
        assert_eq!(mend("k7qm–o0il xyz-"), "K7QM0011XYZ");
        assert_eq!(base32(&[0xff; 10]), "Z".repeat(16));
    }
}
