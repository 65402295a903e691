//! Never a person and never a house in the content; see the list of what must never happen in
//! `ARCHITECTURE.md`.

use std::sync::Arc;

use forms_core::privacy::{Trace, find};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::content::Content;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};

/// Files in which an organisation's own numbers and addresses belong.
const DATA_OF_ORGANISATIONS: &str = "/organisations/";

pub fn check(content: &Content, diagnostics: &mut Diagnostics) {
    diagnostics.extend(content.sources.par_iter().flat_map_iter(traces).collect::<Vec<_>>());
}

fn traces(source: &Arc<Source>) -> impl Iterator<Item = Diagnostic> {
    let of_organisation = source.path.contains(DATA_OF_ORGANISATIONS);
    let allowed = move |trace| of_organisation && matches!(trace, Trace::Phone | Trace::Email);
    find(&source.text).into_iter().filter(move |finding| !allowed(finding.trace)).map(|finding| {
        let text = &source.text[finding.range.clone()];
        let (message, hint) = words(finding.trace);
        let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = Place::at(source, finding.range.start);
        Diagnostic::error(place, format!("`{shown}` {message}")).hint(hint)
    })
}

fn words(trace: Trace) -> (&'static str, &'static str) {
    match trace {
        Trace::CitizenNumber => (
            "lijkt een burgerservicenummer.",
            "Haal het nummer weg, ook uit de geschiedenis van het bestand.",
        ),
        Trace::Postcode => (
            "lijkt een postcode. Deze site noemt nooit een plek kleiner dan een wijk of dorp.",
            "Noem de wijk of het dorp.",
        ),
        Trace::HouseNumber => (
            "lijkt een straat met huisnummer. Deze site noemt nooit een adres.",
            "Noem de wijk of het dorp.",
        ),
        Trace::Phone => (
            "lijkt een telefoonnummer in een tekst.",
            "Zet het nummer van een organisatie in organisations/, en schrijf ::organisation naam::.",
        ),
        Trace::Email => (
            "lijkt een e-mailadres in een tekst.",
            "Verwijs naar het formulier of naar ::organisation naam::.",
        ),
    }
}
