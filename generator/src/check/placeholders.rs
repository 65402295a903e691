//! Numbers that are not known yet: honest on the screen, but not what a print shop should get.

use crate::content::{Content, PLACEHOLDER, known};
use crate::diagnostics::{Diagnostic, Diagnostics};

/// One warning for all of them: they are seen in every build until the day they are filled in.
pub fn check(content: &Content, diagnostics: &mut Diagnostics) {
    let mut missing: Vec<_> = content
        .organisations
        .values()
        .filter(|organisation| known(&organisation.phone.value).is_none())
        .collect();
    missing.sort_by(|a, b| a.name.cmp(&b.name));
    let Some(first) = missing.first() else { return };
    let names: Vec<&str> = missing.iter().map(|organisation| organisation.name.as_str()).collect();
    let message = format!("Telefoonnummer {PLACEHOLDER}: {}.", names.join(", "));
    diagnostics.push(
        Diagnostic::warning(first.phone.place.clone(), message)
            .hint("Vul de algemene nummers in voordat u folders laat drukken."),
    );
}
