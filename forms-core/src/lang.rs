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
