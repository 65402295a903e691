//! Numbers that are not known yet: honest on the screen, but not what a print shop should get.

use std::collections::BTreeSet;

use crate::content::{Content, PLACEHOLDER, known};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// One warning per organisation of the contact block, which stands on every page and every folder.
pub fn check(content: &Content, diagnostics: &mut Diagnostics) {
    let listed: BTreeSet<&str> = content
        .site
        .contact_block
        .iter()
        .flat_map(|row| &row.organisations)
        .map(|organisation| organisation.value.as_str())
        .collect();
    for organisation in listed.iter().filter_map(|id| content.organisations.get(*id)) {
        if known(&organisation.phone.value).is_none() {
            let message = format!("Het nummer van {} is {PLACEHOLDER}.", organisation.name);
            diagnostics.push(
                Diagnostic::warning(organisation.phone.place.clone(), message)
                    .hint("Vul het algemene nummer in voordat u folders laat drukken."),
            );
        }
    }
}
