//! The mark on a check page: `id ‖ issued_at ‖ HMAC`, in hexadecimal.
//!
//! It is the idempotency key of the sending, its time limit, and in place of a session the proof
//! that this very function showed this text back. Nothing is kept for it until the text is sent.

use jiff::{SignedDuration, Timestamp};

use crate::ids;
use crate::tokens::Keys;

/// How long a check page may stay open.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(24);
/// Clocks of two servers may differ a little.
const SKEW: SignedDuration = SignedDuration::from_secs(60);
const PURPOSE: &str = "nonce";

/// A fresh nonce for a page shown now.
pub fn issue(keys: &Keys, now: Timestamp) -> String {
    let mut body = ids::random::<24>();
    body[16..].copy_from_slice(&now.as_second().to_be_bytes());
    ids::hex(&body) + &ids::hex(&keys.sign(PURPOSE, &body))
}

/// A nonce that is ours and still valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nonce {
    pub id: String,
    /// Since its page was shown.
    pub age: SignedDuration,
}

pub fn check(keys: &Keys, nonce: &str, now: Timestamp) -> Option<Nonce> {
    if nonce.len() != 112 || !nonce.is_ascii() {
        return None;
    }
    let bytes: Vec<u8> = (0..56)
        .map(|at| u8::from_str_radix(nonce.get(at * 2..at * 2 + 2)?, 16).ok())
        .collect::<Option<_>>()?;
    let (body, tag) = bytes.split_at(24);
    if !keys.verify(PURPOSE, body, tag) {
        return None;
    }
    let seconds = i64::from_be_bytes(body.get(16..24)?.try_into().ok()?);
    let age = now.duration_since(Timestamp::from_second(seconds).ok()?);
    (-SKEW <= age && age <= LIFETIME).then(|| Nonce { id: ids::hex(&body[..16]), age })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_for_a_day_and_no_longer() {
        let keys = Keys::new(&[1; 32]);
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let nonce = issue(&keys, now);
        let id = check(&keys, &nonce, now).unwrap().id;
        assert_eq!(check(&keys, &nonce, now + LIFETIME), Some(Nonce { id, age: LIFETIME }));
        assert_eq!(check(&keys, &nonce, now + LIFETIME + SignedDuration::from_secs(1)), None);
        assert_eq!(check(&keys, &nonce, now - SignedDuration::from_secs(61)), None);
        assert_eq!(check(&Keys::new(&[2; 32]), &nonce, now), None);
    }

    #[test]
    fn a_changed_digit_anywhere_is_a_forgery() {
        let keys = Keys::new(&[1; 32]);
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let nonce = issue(&keys, now);
        for at in 0..nonce.len() {
            let digit = if &nonce[at..=at] == "0" { "1" } else { "0" };
            let forged = format!("{}{digit}{}", &nonce[..at], &nonce[at + 1..]);
            assert_eq!(check(&keys, &forged, now), None, "{at}");
        }
        for text in ["", "é", &"+".repeat(112), &"é".repeat(56)] {
            assert_eq!(check(&keys, text, now), None);
        }
    }
}
