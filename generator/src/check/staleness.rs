//! Facts go stale: a text past its review date is a warning, of contact data an error.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::content::Content;
use crate::content::organisation::Review;
use crate::diagnostics::{Diagnostic, Diagnostics, counted};

/// How long before the review date the owner is warned.
const NOTICE_DAYS: i32 = 30;

pub fn check(content: &Content, today: Date, diagnostics: &mut Diagnostics) {
    for page in content.pages.values() {
        diagnostics.extend(review(&page.meta.review, today, false));
    }
    for area in &content.areas {
        diagnostics.extend(review(&area.review, today, false));
    }
    for leaflet in content.leaflets.values() {
        diagnostics.extend(review(&leaflet.review, today, false));
    }
    for organisation in content.organisations.values() {
        diagnostics.extend(review(&organisation.review, today, true));
    }
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
