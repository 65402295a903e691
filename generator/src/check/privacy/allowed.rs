//! Exact lines that somebody looked at and answers for, from `allow.toml`.

use jiff::civil::Date;

use super::Finding;
use crate::content::{Allowed, Content};
use crate::diagnostics::{Diagnostic, Place, did_you_mean};

/// All findings but those on a line that is allowed, and what is wrong with what is allowed. Each
/// allowed line is told too, so that whoever reviews a change sees it.
pub fn without_allowed<'a>(
    content: &Content,
    found: impl Iterator<Item = &'a Finding>,
    today: Date,
) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let allowed = &content.allowed;
    // Its own mistake is told; which lines it allows is not known.
    let unusable = content.unusable.allowed;
    let mut uses: Vec<Use> = allowed.iter().map(|_| Use::default()).collect();
    for finding in found {
        let Some(place) = &finding.diagnostic.place else { continue };
        let fits = |allowed: &Allowed| allowed.is_at(place);
        // An entry repeats its line, and with it what was found there.
        let quotes = |allowed: &Allowed| allowed.quotes(place);
        if let Some((_, used)) = allowed.iter().zip(&mut uses).find(|(entry, _)| quotes(entry)) {
            used.refused |= !finding.may_be_allowed;
            continue;
        }
        // The first of two equal entries is the one that does something.
        match allowed.iter().zip(&mut uses).find(|(entry, _)| fits(entry)) {
            Some((_, used)) if finding.may_be_allowed => {
                used.place.get_or_insert_with(|| place.clone());
            }
            None if finding.may_be_allowed && unusable => {}
            _ => out.push(finding.diagnostic.clone()),
        }
    }
    for (allowed, used) in allowed.iter().zip(uses) {
        out.extend(told(content, allowed, used, today));
        out.extend(dates(allowed, today));
    }
    out
}

/// What an entry did.
#[derive(Default)]
struct Use {
    /// The first finding that it silenced.
    place: Option<Place>,
    /// It stands at something that nobody can allow.
    refused: bool,
}

fn told(content: &Content, allowed: &Allowed, used: Use, today: Date) -> Option<Diagnostic> {
    if used.refused {
        return Some(
            Diagnostic::error(
                allowed.line.place.clone(),
                "Een burgerservicenummer mag nooit, ook niet met een uitzondering.",
            )
            .hint("Haal het nummer weg, hier en in de tekst, ook uit de geschiedenis."),
        );
    }
    if let Some(place) = used.place {
        let until = allowed.review_by.as_ref().filter(|until| until.value >= today)?;
        let message = format!(
            "Deze regel is een uitzondering op de privacycontrole, tot en met {} ({}).",
            until.value, allowed.owner.value
        );
        let why = format!("Kijk of dit nog klopt: {}", allowed.why);
        return Some(Diagnostic::warning(place, message).hint(why));
    }
    if allowed.file.value.is_empty() || allowed.line.value.is_empty() {
        return None;
    }
    let mut files = content.sources.iter().filter_map(|source| allowed.name_of(source)).peekable();
    let is_there = files.clone().any(|file| file == allowed.file.value);
    if !is_there && files.peek().is_some() {
        let hint = match did_you_mean(&allowed.file.value, files) {
            Some(near) => format!("Bedoelt u `{near}`?"),
            None => "Schrijf het pad vanaf deze map, zoals pages/colofon.nl.md.".to_owned(),
        };
        let message = format!("Het bestand `{}` is er niet.", allowed.file.value);
        return Some(Diagnostic::error(allowed.file.place.clone(), message).hint(hint));
    }
    Some(
        Diagnostic::error(allowed.line.place.clone(), "Deze uitzondering doet niets meer.").hint(
            "Haal dit blok weg. Is de regel veranderd? Kijk hem dan opnieuw na en schrijf hem hier precies zo.",
        ),
    )
}

/// An exception is looked at again, or it is over.
fn dates(allowed: &Allowed, today: Date) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let (reviewed, until) = (&allowed.reviewed, &allowed.review_by);
    if let Some(reviewed) = reviewed.as_ref().filter(|reviewed| reviewed.value > today) {
        let message = format!("`reviewed` = {} ligt in de toekomst.", reviewed.value);
        out.push(
            Diagnostic::error(reviewed.place.clone(), message)
                .hint("Schrijf de dag waarop iemand deze regel heeft nagekeken."),
        );
    }
    let Some(until) = until else { return out };
    if reviewed.as_ref().is_some_and(|reviewed| until.value <= reviewed.value) {
        out.push(
            Diagnostic::error(until.place.clone(), "`review_by` ligt niet na `reviewed`.")
                .hint("Schrijf de dag waarop iemand deze regel opnieuw nakijkt."),
        );
    } else if until.value < today {
        let message =
            format!("Deze uitzondering gold tot en met {} ({}).", until.value, allowed.owner.value);
        out.push(Diagnostic::error(until.place.clone(), message).hint(
            "Haal de zin en dit blok weg. Of laat de regel opnieuw nakijken en zet nieuwe datums.",
        ));
    }
    out
}
