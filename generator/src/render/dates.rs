//! Dates as residents read them.

use forms_core::lang::month;
use jiff::civil::Date;

/// `20 november 2026` in Dutch; the ISO form in a language whose words we do not have.
pub fn long(date: Date, lang: &str) -> String {
    match month(date.month(), lang) {
        Some(month) => format!("{} {month} {}", date.day(), date.year()),
        None => date.to_string(),
    }
}
