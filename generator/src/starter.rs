//! The files of a new municipality: small, in Dutch, and without a mistake. They are in the program,
//! so that somebody who has only that can begin.

use std::borrow::Cow;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::schema;

/// Name below the new folder, and bytes. Made by `build.rs` of `starter/`, the handbook and the
/// theme.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/starter.rs"));

/// Two days of the starter that no text of its own would name: the day on which the folder is made,
/// for `checked`, and the day on which all of it is looked at again, for `review_by` and `expires`.
/// They are days in a form that TOML knows, so that the starter is content like any other.
const TODAY: &str = "2000-01-01";
const REVIEW: &str = "2000-06-01";

/// How long the texts of the starter are good for.
const REVIEW_MONTHS: i8 = 6;

/// A name that git would follow in this checkout.
const GITIGNORE: &str = "gitignore";

/// One file of a new municipality.
pub struct Given {
    /// Below the folder, with forward slashes.
    pub name: String,
    pub bytes: Cow<'static, [u8]>,
}

/// All of them, for a folder that is made on this day.
pub fn files(today: Date) -> Vec<Given> {
    let given = FILES.iter().map(|(name, bytes)| Given {
        name: if *name == GITIGNORE { ".gitignore".to_owned() } else { (*name).to_owned() },
        bytes: dated(name, bytes, today),
    });
    let below = |(name, text): (String, String)| (format!("{}/{name}", schema::FOLDER), text);
    let made = schema::files()
        .into_iter()
        .map(below)
        .chain([(".taplo.toml".to_owned(), schema::taplo())])
        .map(|(name, text)| Given { name, bytes: Cow::Owned(text.into_bytes()) });
    given.chain(made).collect()
}

/// Only content has days.
fn dated(name: &str, bytes: &'static [u8], today: Date) -> Cow<'static, [u8]> {
    let text = std::str::from_utf8(bytes).ok().filter(|_| name.starts_with("content/"));
    match text.filter(|text| text.contains(TODAY) || text.contains(REVIEW)) {
        None => Cow::Borrowed(bytes),
        Some(text) => {
            let review = today.saturating_add(REVIEW_MONTHS.months());
            let text = text.replace(TODAY, &today.to_string()).replace(REVIEW, &review.to_string());
            Cow::Owned(text.into_bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_starter_is_the_day_it_is_made_or_half_a_year_later() {
        let files = files(jiff::civil::date(2027, 8, 31));
        let site = files.iter().find(|file| file.name == "content/site.toml").expect("a site");
        let site = String::from_utf8_lossy(&site.bytes);
        // The last day of the month, where there is no 31st.
        assert!(site.contains("expires = 2028-02-29"), "{site}");
        for file in files.iter().filter(|file| file.name.starts_with("content/")) {
            let text = String::from_utf8_lossy(&file.bytes);
            assert!(!text.contains(TODAY) && !text.contains(REVIEW), "{}", file.name);
        }
    }

    #[test]
    fn the_starter_names_no_other_municipality() {
        for file in files(jiff::civil::date(2027, 8, 31)) {
            let Ok(text) = std::str::from_utf8(&file.bytes) else { continue };
            for name in ["Oss", "Mooiland", "BrabantWonen", "ONS Welzijn", "14 0412"] {
                let found = text.split(|c: char| !c.is_alphanumeric() && c != ' ');
                assert!(
                    !found.into_iter().any(|words| is_in(words, name)),
                    "{}: {name}",
                    file.name
                );
            }
        }
    }

    /// Whether a name stands in a text, as a word of its own.
    fn is_in(text: &str, name: &str) -> bool {
        format!(" {text} ").contains(&format!(" {name} "))
    }
}
