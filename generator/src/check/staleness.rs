//! Facts go stale: a text past its review date is a warning, of contact data an error.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::content::Content;
use crate::content::organisation::Review;
use crate::content::page::Translation;
use crate::diagnostics::{Diagnostic, Diagnostics, counted};

/// How long before the review date the owner is warned.
const NOTICE_DAYS: i32 = 30;

pub fn check(content: &Content, today: Date, diagnostics: &mut Diagnostics) {
    diagnostics.extend(security(content, today));
    for page in content.pages.values() {
        diagnostics.extend(review(&page.original.meta.review, today, false));
        for translation in page.translations.values() {
            diagnostics.extend(read_later(translation, today));
        }
    }
    for area in &content.areas {
        diagnostics.extend(review(&area.review, today, false));
    }
    for role in &content.roles {
        diagnostics.extend(review(&role.review, today, false));
    }
    let main = content.site.main_language().code.as_str();
    for (_, leaflet) in content.all_leaflets().filter(|(lang, _)| *lang == main) {
        diagnostics.extend(review(&leaflet.review, today, false));
    }
    for organisation in content.organisations.values() {
        diagnostics.extend(review(&organisation.review, today, true));
    }
}

/// Nobody has read a translation on a day that is still to come.
fn read_later(translation: &Translation, today: Date) -> Option<Diagnostic> {
    let reviewed = translation.reviewed.as_ref().filter(|day| day.value > today)?;
    let message = format!("`reviewed` = {} ligt in de toekomst.", reviewed.value);
    Some(
        Diagnostic::error(reviewed.place.clone(), message)
            .hint("Schrijf de dag waarop iemand die de taal kent dit las."),
    )
}

/// Longest that a `security.txt` may hold (RFC 9116, 2.5.5, says less than a year).
const SECURITY_DAYS: i32 = 365;

/// Who looks after the safety of sites does not trust a `security.txt` that is past its day.
fn security(content: &Content, today: Date) -> Option<Diagnostic> {
    let expires = &content.site.security.as_ref()?.expires;
    let day = |days: i32| today.checked_add(days.days()).unwrap_or(today);
    let hint = "Kijk of het adres bij [security] nog klopt, en kies een dag binnen een jaar.";
    let (make, message): (fn(_, _) -> _, _) = if expires.value <= today {
        (Diagnostic::error::<String>, format!("security.txt is verlopen op {}.", expires.value))
    } else if expires.value > day(SECURITY_DAYS) {
        (Diagnostic::error::<String>, "security.txt mag hoogstens een jaar gelden.".to_owned())
    } else if expires.value <= day(NOTICE_DAYS) {
        (Diagnostic::warning::<String>, format!("security.txt verloopt op {}.", expires.value))
    } else {
        return None;
    };
    Some(make(expires.place.clone(), message).hint(hint))
}

/// `contact`: somebody may dial this number, so an old one is refused.
fn review(review: &Review, today: Date, contact: bool) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(checked) = &review.checked
        && checked.value > today
    {
        found.push(
            Diagnostic::error(
                checked.place.clone(),
                format!("`checked` = {} ligt in de toekomst.", checked.value),
            )
            .hint("Schrijf de dag waarop iemand dit voor het laatst nakeek."),
        );
    }
    if let (Some(checked), Some(by)) = (&review.checked, &review.review_by)
        && by.value <= checked.value
    {
        found.push(
            Diagnostic::error(by.place.clone(), "`review_by` ligt niet na `checked`.")
                .hint("Schrijf de dag waarop iemand dit opnieuw nakijkt."),
        );
    }
    let Some(by) = &review.review_by else { return found };
    let notice: Span = NOTICE_DAYS.days();
    let soon = by.value.checked_sub(notice).unwrap_or(by.value);
    let owner = &review.owner.value;
    if by.value < today {
        let diagnostic = if contact { Diagnostic::error } else { Diagnostic::warning };
        found.push(
            diagnostic(
                by.place.clone(),
                format!("Dit had op {} nagekeken moeten zijn (door {owner}).", by.value),
            )
            .hint("Kijk het na en zet nieuwe datums bij `checked` en `review_by`."),
        );
    } else if soon <= today {
        let days = today.until(by.value).map_or(0, |span| span.get_days());
        let days = counted(usize::try_from(days).unwrap_or(0), "dag", "dagen");
        found.push(
            Diagnostic::warning(
                by.place.clone(),
                format!("Dit moet binnen {days} nagekeken worden (door {owner})."),
            )
            .hint("Kijk het na en zet nieuwe datums bij `checked` en `review_by`."),
        );
    }
    found
}
