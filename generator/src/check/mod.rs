//! Checks over content and finished artefacts. Each finds everything; none changes anything.

mod links;
mod placeholders;
mod privacy;
mod staleness;

use jiff::civil::Date;

use crate::content::Content;
use crate::diagnostics::Diagnostics;
use crate::render::Artefact;

pub fn all(content: &Content, artefacts: &[Artefact], today: Date, diagnostics: &mut Diagnostics) {
    links::check(content, artefacts, diagnostics);
    privacy::check(content, diagnostics);
    placeholders::check(content, diagnostics);
    staleness::check(content, today, diagnostics);
}
