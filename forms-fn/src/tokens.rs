//! Secrets that open one case, made so that the database alone opens nothing.
//!
//! The resident's link and code follow from the nonce of the check page by a keyed hash: sending
//! the same page twice gives the same receipt, and nothing secret has to be kept for it. The table
//! holds only the SHA-256 of a token.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use crate::ids;

/// The keyed hashes, one per purpose, all from the one secret of the configuration.
#[derive(Clone)]
pub struct Keys {
    mac: Hmac<Sha256>,
}

impl Keys {
    /// # Panics
    /// Never: HMAC takes a key of any length.
    pub fn new(secret: &[u8]) -> Self {
        Self { mac: Hmac::new_from_slice(secret).expect("HMAC takes a key of any length") }
    }

    /// `purpose` keeps one use from standing in for another.
    fn mac(&self, purpose: &str, data: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.mac.clone();
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(data);
        mac
    }

    pub(crate) fn sign(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        self.mac(purpose, data).finalize().into_bytes().into()
    }

    /// Compares in constant time.
    pub(crate) fn verify(&self, purpose: &str, data: &[u8], tag: &[u8]) -> bool {
        self.mac(purpose, data).verify_slice(tag).is_ok()
    }

    /// Under which the cases of a mail address are found. Capitals make no other address: no mail
    /// server in use tells them apart.
    pub fn subject(&self, address: &str) -> String {
        ids::hex(&self.sign("subject", address.trim().to_lowercase().as_bytes()))
    }

    /// Stands for a mail address in a counter. Without the key nobody can tell whose it is.
    pub(crate) fn address(&self, kind: &str, address: &str) -> String {
        let who = format!("{kind}\0{}", address.to_lowercase());
        ids::hex(&self.sign("address", who.as_bytes())[..16])
    }

    /// The 256 bits in the resident's link.
    pub fn status_token(&self, nonce_id: &str) -> String {
        ids::hex(&self.sign("status", nonce_id.as_bytes()))
    }

    /// The 80 bits to write down, in four groups of four.
    pub fn code(&self, nonce_id: &str) -> String {
        let symbols = ids::base32(&self.sign("code", nonce_id.as_bytes())[..10]);
        format!("{}-{}-{}-{}", &symbols[..4], &symbols[4..8], &symbols[8..12], &symbols[12..])
    }
}

/// A link for staff: 256 random bits, minted when the mail is made.
pub fn staff_token() -> String {
    ids::hex(&ids::random::<32>())
}

/// What the table holds of a token in a link. `None` for anything that is no token.
pub fn digest(token: &str) -> Option<String> {
    let fits = token.len() == 64 && token.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    fits.then(|| ids::hex(&Sha256::digest(token.as_bytes())))
}

/// What the table holds of a typed code. Any spelling of the same code gives the same digest.
pub fn code_digest(typed: &str) -> String {
    ids::hex(&Sha256::digest(ids::mend(typed).as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_nonce_gives_the_same_receipt_and_another_gives_another() {
        let keys = Keys::new(&[7; 32]);
        assert_eq!(keys.status_token("a"), keys.status_token("a"));
        assert_ne!(keys.status_token("a"), keys.status_token("b"));
        assert_ne!(keys.status_token("a"), Keys::new(&[8; 32]).status_token("a"));
        assert_ne!(keys.sign("x", b"y"), keys.sign("xy", b""));
    }

    #[test]
    fn a_code_may_be_typed_in_any_spelling() {
        let code = Keys::new(&[7; 32]).code("a");
        assert_eq!(code.len(), 19);
        let typed = code.to_lowercase().replace('-', " ").replace('0', "o");
        assert_eq!(code_digest(&code), code_digest(&typed));
    }

    #[test]
    fn only_a_token_has_a_digest() {
        assert!(digest(&staff_token()).is_some());
        assert!(digest("../../etc").is_none() && digest("").is_none());
    }
}
