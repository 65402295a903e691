//! Dates as residents read them.

use jiff::civil::Date;

const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// `20 november 2026` in Dutch; the ISO form in a language whose words we do not have.
pub fn long(date: Date, lang: &str) -> String {
    if lang != "nl" {
        return date.to_string();
    }
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS_NL.get(index));
    format!("{} {} {}", date.day(), month.unwrap_or(&""), date.year())
}
