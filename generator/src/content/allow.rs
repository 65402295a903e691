//! `allow.toml`: exact lines on which the privacy check may find something, because somebody looked
//! at them and answers for them.

use std::sync::Arc;

use jiff::civil::Date;

use super::fields::{Fields, Located};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};

/// Name of the file, in the content folder.
pub const FILE: &str = "allow.toml";

/// One line of one file.
#[derive(Debug)]
pub struct Allowed {
    /// Relative to the content folder, with forward slashes.
    pub file: Located<String>,
    /// The whole line, without the white space around it.
    pub line: Located<String>,
    pub why: String,
    /// Id of the organisation that answers for it.
    pub owner: Located<String>,
    pub reviewed: Option<Located<Date>>,
    /// The last day on which it holds.
    pub review_by: Option<Located<Date>>,
}

impl Allowed {
    /// Whether this is the line at a place.
    pub fn is_at(&self, place: &Place) -> bool {
        self.name_of(&place.source) == Some(&self.file.value)
            && place.text().is_some_and(|line| line.trim() == self.line.value)
    }

    /// Whether a place is the one in `allow.toml` that repeats the line.
    pub fn quotes(&self, place: &Place) -> bool {
        Arc::ptr_eq(&place.source, &self.line.place.source) && place.line == self.line.place.line
    }

    /// The name of a file of the content as `file` would have it.
    pub fn name_of<'a>(&self, source: &'a Source) -> Option<&'a str> {
        source.path.strip_prefix(self.line.place.source.path.strip_suffix(FILE)?)
    }
}

/// Every `[[allow]]` of the file.
pub fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Vec<Allowed> {
    fields.tables("allow", diagnostics, |fields, diagnostics| Allowed {
        file: fields.string("file", diagnostics),
        line: line(fields, diagnostics),
        why: fields.string("why", diagnostics).value,
        owner: fields.string("owner", diagnostics),
        reviewed: fields.date("reviewed", diagnostics),
        review_by: fields.date("review_by", diagnostics),
    })
}

fn line(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Located<String> {
    let mut line = fields.string("line", diagnostics);
    if line.value.trim().contains('\n') {
        diagnostics.push(
            Diagnostic::error(line.place.clone(), "Een uitzondering geldt voor één regel.")
                .hint("Schrijf voor elke regel een eigen blok [[allow]]."),
        );
        line.value.clear();
    }
    line.value = line.value.trim().to_owned();
    line
}
