//! Never a person and never a house in the content; see the list of what must never happen in
//! `ARCHITECTURE.md`.

use std::sync::Arc;

use forms_core::privacy::{Trace, find};

use crate::content::Content;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};

/// Files in which an organisation's own numbers and addresses belong.
const DATA_OF_ORGANISATIONS: &str = "/organisations/";

pub fn check(content: &Content, diagnostics: &mut Diagnostics) {
    for source in &content.sources {
        check_source(source, diagnostics);
    }
}

fn check_source(source: &Arc<Source>, diagnostics: &mut Diagnostics) {
    let of_organisation = source.path.contains(DATA_OF_ORGANISATIONS);
    for finding in find(&source.text) {
        if of_organisation && matches!(finding.trace, Trace::Phone | Trace::Email) {
            continue;
        }
        let text = &source.text[finding.range.clone()];
        let (message, hint) = words(finding.trace);
        diagnostics.push(
            Diagnostic::error(
                Place::at(source, finding.range.start),
                format!("`{}` {message}", text.split_whitespace().collect::<Vec<_>>().join(" ")),
            )
            .hint(hint),
        );
    }
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
