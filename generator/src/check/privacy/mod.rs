//! Never a person and never a house in the content; see the list of what must never happen in
//! `ARCHITECTURE.md`. The name of a person is a word like any other: no check can find it.

mod allowed;
mod words;

use std::sync::Arc;

use forms_core::privacy::{Trace, find};
use jiff::civil::Date;

use super::kept::Kept;
use super::people::Finder;
use crate::content::Content;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};

/// Files in which an organisation's own numbers and addresses belong.
const DATA_OF_ORGANISATIONS: &str = "/organisations/";

/// What earlier runs found in files that did not change.
#[derive(Default)]
pub struct Memory {
    kept: Kept<Finding>,
    /// Main language and municipality: what a finding depends on besides its file.
    site: (String, String),
}

/// What was found, and whether an editor may say that it is right all the same.
#[derive(Debug, Clone)]
struct Finding {
    diagnostic: Diagnostic,
    may_be_allowed: bool,
}

pub fn check(content: &Content, today: Date, memory: &mut Memory, diagnostics: &mut Diagnostics) {
    let site = (content.site.main_language().code.clone(), content.site.municipality.clone());
    if memory.site != site {
        *memory = Memory { kept: Kept::default(), site };
    }
    let (main, municipality) = (&memory.site.0, &memory.site.1);
    memory.kept.look(&content.sources, |source| {
        let mut found = traces(source);
        if let Some(finder) = Finder::new(language(&source.path).unwrap_or(main), municipality) {
            found.extend(sentences(source, &finder));
        }
        found
    });
    let found = memory.kept.found(&content.sources);
    diagnostics.extend(allowed::without_allowed(content, found, today));
}

/// The language in the name of a file: `en` in `ruwaard.en.toml`.
fn language(path: &str) -> Option<&str> {
    let mut parts = path.rsplit('/').next()?.rsplit('.').skip(1);
    let language = parts.next()?;
    parts.next().map(|_| language)
}

/// Traces of one person or one house.
fn traces(source: &Arc<Source>) -> Vec<Finding> {
    let of_organisation = source.path.contains(DATA_OF_ORGANISATIONS);
    let expected = |trace| of_organisation && matches!(trace, Trace::Phone | Trace::Email);
    find(&source.text)
        .into_iter()
        .filter(|finding| !expected(finding.trace))
        .map(|finding| {
            let text = source.text.get(finding.range.clone()).unwrap_or_default();
            let place = Place::at(source, finding.range.start);
            Finding {
                diagnostic: message(place, text, words::of_trace(finding.trace)),
                may_be_allowed: finding.trace != Trace::CitizenNumber,
            }
        })
        .collect()
}

/// Sentences about people, and the same in the name of the file.
fn sentences(source: &Arc<Source>, finder: &Finder<'_>) -> Vec<Finding> {
    let in_text = finder.find(&source.text).into_iter().map(|finding| {
        let text = source.text.get(finding.range.clone()).unwrap_or_default();
        let place = Place::at(source, finding.range.start);
        Finding {
            diagnostic: message(place, text, words::of_people(finding.told)),
            may_be_allowed: true,
        }
    });
    in_text.chain(in_name(source, finder)).collect()
}

/// The address of a page is the name of its file, or of the folder in which it is the first page.
fn in_name<'a>(
    source: &'a Arc<Source>,
    finder: &'a Finder<'_>,
) -> impl Iterator<Item = Finding> + 'a {
    source.path.rsplit('/').take(2).flat_map(move |name| {
        let name = name.split('.').next().unwrap_or_default();
        finder.find_in_name(name).into_iter().map(move |finding| {
            let (told, _) = words::of_people(finding.told);
            let text = name.get(finding.range).unwrap_or_default();
            let message = format!("De naam van dit bestand: `{text}` {told}");
            Finding {
                diagnostic: Diagnostic::error(Place::file(source), message)
                    .hint("Geef het bestand een andere naam, ook in de geschiedenis."),
                may_be_allowed: false,
            }
        })
    })
}

fn message(place: Place, text: &str, (message, hint): (&str, &str)) -> Diagnostic {
    let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Diagnostic::error(place, format!("`{shown}` {message}")).hint(hint)
}
