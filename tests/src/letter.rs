//! A mail of the preview, as who gets it reads it.

use serde_json::Value;

pub fn text<'a>(mail: &'a Value, part: &str) -> &'a str {
    mail[part].as_str().expect("a mail has to, subject and text")
}

/// The address in a mail that leads to the preview: the longest, for the shorter one is the site's.
pub fn link(mail: &Value) -> String {
    let words = text(mail, "text").split_whitespace();
    let addresses = words.filter(|word| word.starts_with("http://127.0.0.1"));
    addresses.max_by_key(|word| word.len()).expect("a link").to_owned()
}
