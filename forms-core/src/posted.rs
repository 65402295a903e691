//! What a browser sent, before anything about it is believed.

/// Decoded name–value pairs in the order in which they were sent. A name may occur twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted(Vec<(String, String)>);

impl Posted {
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first value under this name, or the empty string.
    pub fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Every value under this name, in the order in which they were sent.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The same without one value of one name.
    #[must_use]
    pub fn without(&self, name: &str, value: &str) -> Self {
        let others = self.0.iter().filter(|(key, own)| key != name || own.trim() != value);
        Self(others.cloned().collect())
    }

    /// How many values were sent under this name.
    pub fn count(&self, name: &str) -> usize {
        self.0.iter().filter(|(key, _)| key == name).count()
    }
}

impl Posted {
    /// Reads an `application/x-www-form-urlencoded` body. A byte sequence that is no UTF-8 is an
    /// error and not a replacement character: a resident's words are kept as typed or not at all.
    pub fn from_urlencoded(body: &[u8]) -> Result<Self, Unreadable> {
        let mut pairs = Vec::new();
        for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            if pairs.len() == MAX_PAIRS {
                return Err(Unreadable::TooManyFields);
            }
            let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let (name, value) = (&pair[..at], pair.get(at + 1..).unwrap_or_default());
            pairs.push((decode(name)?, decode(value)?));
        }
        Ok(Self(pairs))
    }

    /// All pairs, in the order in which they were sent.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// No form of ours comes near this; a body with more is no form.
const MAX_PAIRS: usize = 64;

/// Why a body is not a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    NotUtf8,
    TooManyFields,
}

/// `+` is a space, `%41` is a byte, and a `%` that starts no byte stands for itself.
fn decode(text: &[u8]) -> Result<String, Unreadable> {
    let hex = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        match (text[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, _, _) => {
                bytes.push(if byte == b'+' { b' ' } else { byte });
                at += 1;
            }
        }
    }
    String::from_utf8(bytes).map_err(|_| Unreadable::NotUtf8)
}

/// The text without characters that no keyboard types and that could mislead a reader: control
/// characters other than line end and tab, and the marks that reverse the order of what follows.
/// The joiners that Persian and emoji need, and the direction marks of Arabic, stay.
pub fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| match c {
            '\n' | '\r' | '\t' => true,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => false,
            c => !c.is_control(),
        })
        .collect()
}

impl<const N: usize> From<[(&str, &str); N]> for Posted {
    fn from(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_pairs_in_order_and_keeps_doubles() {
        let posted = Posted::from_urlencoded(b"a=1+2&b=%C3%A9%0D%0A&a=%&&c").unwrap();
        let pairs: Vec<(&str, &str)> = posted.iter().collect();
        assert_eq!(pairs, [("a", "1 2"), ("b", "é\r\n"), ("a", "%"), ("c", "")]);
        assert_eq!((posted.count("a"), posted.count("d"), posted.value("d")), (2, 0, ""));
    }

    #[test]
    fn refuses_what_is_no_text() {
        assert_eq!(Posted::from_urlencoded(b"a=%ff"), Err(Unreadable::NotUtf8));
        assert_eq!(Posted::from_urlencoded(b"\xff\xfe=1"), Err(Unreadable::NotUtf8));
        let many = "a=1&".repeat(MAX_PAIRS + 1);
        assert_eq!(Posted::from_urlencoded(many.as_bytes()), Err(Unreadable::TooManyFields));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..600)) {
            read_or_refuse(&bytes)?;
        }

        /// Nearly a form: where a reader's corner cases are.
        #[test]
        fn anything_near_a_form_is_read_or_refused(text in "[%&=+a1Fé\0]{0,600}") {
            read_or_refuse(text.as_bytes())?;
        }
    }

    fn read_or_refuse(bytes: &[u8]) -> Result<(), TestCaseError> {
        if let Ok(posted) = Posted::from_urlencoded(bytes) {
            prop_assert!(posted.iter().count() <= MAX_PAIRS);
        }
        Ok(())
    }
}
