//! Lists as files for a spreadsheet.

use forms_core::Kind;

use crate::Service;
use crate::store::list::{Filter, List, Listed};
use crate::store::{Dossier, Result};

/// Most lines of one file: all of a municipality for years.
const MOST_LINES: usize = 5000;
/// Lines read at once.
const AT_ONCE: usize = 200;

/// Open questions: numbers, days and places, and nothing that anybody typed.
pub async fn questions(service: &Service, filter: &Filter, by: &str) -> Result<String> {
    let mut csv = line(&["nummer", "staat", "bij", "uiterlijk", "onderwerp", "gebied", "taal"]);
    service.store.note_deed(by, "questions exported", service.now()).await?;
    for entry in all(service, List::Open, filter).await? {
        let lang = &service.bundle.language("").code;
        csv += &line(&[
            &entry.reference,
            &entry.state,
            service.organisation_name(&entry.owner),
            &entry.day.map(|day| day.to_string()).unwrap_or_default(),
            entry.topic.as_deref().map_or("", |id| service.topic_name(id, lang)),
            entry.area.as_deref().and_then(|id| service.bundle.area_name(id)).unwrap_or_default(),
            &entry.lang,
        ]);
    }
    Ok(csv)
}

/// Offers to help with how to reach who made them: it is written down with each of them that it was
/// shown.
pub async fn sign_ups(service: &Service, filter: &Filter, by: &str) -> Result<String> {
    let now = service.now();
    let mut csv = line(&[
        "nummer",
        "staat",
        "uiterlijk",
        "rollen",
        "dagdelen",
        "gebied",
        "taal",
        "naam",
        "e-mail",
        "telefoon",
        "talen",
    ]);
    service.store.note_deed(by, "sign-ups exported", now).await?;
    for entry in all(service, List::SignUps, filter).await? {
        let Some(sign_up) = service.store.sign_up(entry.dossier.id()).await? else { continue };
        let about = Dossier::SignUp(sign_up.id.clone());
        service.store.audit(&about, crate::inbox::CONTACT_SHOWN, by, now).await?;
        let personal = |kind| sign_up.personal(kind).unwrap_or_default();
        csv += &line(&[
            &sign_up.reference,
            sign_up.state.as_str(),
            &sign_up.due.map(|day| day.to_string()).unwrap_or_default(),
            &sign_up.roles.join(" "),
            &sign_up.day_parts.join(" "),
            sign_up.area.as_deref().and_then(|id| service.bundle.area_name(id)).unwrap_or_default(),
            &sign_up.lang,
            personal(Kind::Name),
            personal(Kind::Email),
            personal(Kind::Phone),
            personal(Kind::Languages),
        ]);
    }
    Ok(csv)
}

async fn all(
    service: &Service,
    list: List,
    filter: &Filter,
) -> Result<Vec<crate::store::list::Entry>> {
    let mut entries = Vec::new();
    let mut from = None;
    while entries.len() < MOST_LINES {
        let Listed { entries: page, next } =
            service.store.list(list, filter, from.as_ref(), AT_ONCE).await?;
        entries.extend(page);
        match next {
            Some(next) => from = Some(next),
            None => break,
        }
    }
    Ok(entries)
}

/// One line as RFC 4180 wants it, with a mark of the encoding nowhere: the header has no letter that
/// needs one, and every spreadsheet asks.
fn line(cells: &[&str]) -> String {
    cells.iter().map(|cell| guarded(cell)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A spreadsheet runs what begins like a formula: OWASP, *CSV injection*. An apostrophe before it makes
/// it text; signs that are not seen are left out, so that none stands before the formula.
fn guarded(cell: &str) -> String {
    let seen: String = cell
        .chars()
        .filter(|c| !is_unseen(*c))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let text = seen.trim();
    let runs = text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']);
    let quote = if runs { "'" } else { "" };
    format!("\"{quote}{}\"", text.replace('"', "\"\""))
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_runs() {
        for (cell, expected) in [
            ("Jo", "\"Jo\""),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("  @SUM(A1)", "\"'@SUM(A1)\""),
            ("\u{200b}=1+1", "\"'=1+1\""),
            ("\t-2+3", "\"'-2+3\""),
            ("+31 6 12345678", "\"'+31 6 12345678\""),
            ("a\r\nb,c;d", "\"a  b,c;d\""),
        ] {
            assert_eq!(guarded(cell), expected, "{cell:?}");
        }
        assert_eq!(line(&["a", "b"]), "\"a\",\"b\"\r\n");
    }
}
