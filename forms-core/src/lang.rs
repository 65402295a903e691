//! Languages as the content declares them; adding one needs no release.

use serde::{Deserialize, Serialize};

/// Reading direction of a script, in the spelling of the HTML `dir` attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dir {
    Ltr,
    Rtl,
}

/// One language of the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// BCP 47 tag, for instance `nl`.
    pub code: String,
    /// The language's name in itself, for instance `Nederlands`.
    pub name: String,
    pub dir: Dir,
}

const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// What a month (1 to 12) is called; none in a language whose words we do not have yet.
pub fn month(number: i8, lang: &str) -> Option<&'static str> {
    let index = usize::try_from(number).ok()?.checked_sub(1)?;
    if lang == "nl" { MONTHS.get(index).copied() } else { None }
}
