//! What holds for any bytes whatever. Each promise is a function that panics when it is broken: the
//! fuzzer in `fuzz/` looks for bytes that do so, and the tests ask it of every seed and of many
//! small changes to them.

mod event;
mod form;
mod front_matter;
mod markdown;

pub use event::event;
pub use form::form;
pub use front_matter::front_matter;
pub use markdown::markdown;

use std::sync::Arc;

use generator::diagnostics::{Diagnostics, Source};
use generator::english::{Tongue, translate};

/// A promise about any input.
pub type Promise = fn(&[u8]);

/// Every promise, by the name of its folder of seeds and of its fuzz target.
pub const PROMISES: [(&str, Promise); 4] =
    [("event", event), ("form", form), ("front_matter", front_matter), ("markdown", markdown)];

/// A file of the content with these bytes; those that are no text are refused before anybody reads
/// them.
fn file(bytes: &[u8]) -> Option<Arc<Source>> {
    Some(Source::new("content/pages/proef.nl.md", std::str::from_utf8(bytes).ok()?))
}

/// Every message points into its file and can be read in both languages of the program.
fn told_well(diagnostics: &Diagnostics, source: &Arc<Source>) {
    for diagnostic in diagnostics.sorted() {
        let place = diagnostic.place.as_ref().expect("a message about a text has a place");
        let line = place.text().unwrap_or_default();
        assert!(
            place.line >= 1 && place.line <= source.text.lines().count().max(1) + 1,
            "line {} of {:?}",
            place.line,
            source.text
        );
        assert!(
            place.column >= 1 && place.column <= line.chars().count() + 2,
            "column {} of {line:?}",
            place.column
        );
        for words in std::iter::once(&diagnostic.message).chain(&diagnostic.hint) {
            assert!(translate(words).is_some(), "not in English: {words:?}");
        }
    }
    for tongue in [Tongue::Nl, Tongue::En] {
        diagnostics.report(tongue);
    }
}
