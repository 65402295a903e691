//! Checks over content and finished artefacts. Each finds everything; none changes anything.

mod headings;
mod kept;
mod language;
mod links;
mod people;
mod placeholders;
mod privacy;
mod readability;
mod staleness;
mod third_party;

use jiff::civil::Date;

use crate::content::Content;
use crate::diagnostics::Diagnostics;
use crate::render::Artefact;

/// What earlier runs found in files that did not change.
#[derive(Default)]
pub struct Memory {
    privacy: privacy::Memory,
    language: language::Memory,
    third_party: third_party::Memory,
}

pub fn all(
    content: &Content,
    artefacts: &[Artefact],
    today: Date,
    memory: &mut Memory,
    diagnostics: &mut Diagnostics,
) {
    headings::check(content, diagnostics);
    links::check(content, artefacts, diagnostics);
    privacy::check(content, today, &mut memory.privacy, diagnostics);
    third_party::check(content, artefacts, &mut memory.third_party, diagnostics);
    placeholders::check(content, diagnostics);
    staleness::check(content, today, diagnostics);
    language::check(content, &mut memory.language, diagnostics);
}
