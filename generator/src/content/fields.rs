//! Strict reading of a TOML table: every key is asked for once, by name and type; what is left at
//! the end is a mistake. All mistakes of a table are reported, not only the first.
//!
//! The same questions, asked of no file at all, tell what a table may hold: [`describe`].

mod shape;
mod tables;
mod texts;

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use shape::{Key, Kind, describe};
pub use texts::{Choice, Rule, empty};

use super::syntax;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source, did_you_mean};

/// A table that is being read. `base` is where the TOML starts in the source, in bytes.
pub struct Fields<'a> {
    table: &'a DeTable<'a>,
    place: Place,
    source: Arc<Source>,
    base: usize,
    known: Vec<&'static str>,
    refused: Vec<&'static str>,
    /// What was asked for, where that is all that is wanted.
    described: Option<Vec<Key>>,
}

/// A value with the place where it stands.
#[derive(Debug, Clone)]
pub struct Located<T> {
    pub value: T,
    pub place: Place,
}

/// Parses TOML and hands the table to `read`; lines that are none become diagnostics.
pub fn parse<T>(
    source: &Arc<Source>,
    toml: &str,
    base: usize,
    diagnostics: &mut Diagnostics,
    read: impl FnOnce(&mut Fields, &mut Diagnostics) -> T,
) -> Option<T> {
    let (table, errors) = DeTable::parse_recoverable(toml);
    // One message a line: what else is wrong with it is mostly the same mistake.
    let mut told = BTreeSet::new();
    for error in &errors {
        let place = Place::at(source, base + error.span().map_or(0, |span| span.start));
        let (message, hint) = syntax::explain(error.message());
        if told.insert(place.line) {
            diagnostics.push(Diagnostic::error(place, message).hint(hint));
        }
    }
    if !errors.is_empty() {
        return None;
    }
    let place = Place::at(source, base);
    let mut fields = Fields {
        table: table.get_ref(),
        place,
        source: Arc::clone(source),
        base,
        known: Vec::new(),
        refused: Vec::new(),
        described: None,
    };
    let value = read(&mut fields, diagnostics);
    fields.finish(diagnostics);
    Some(value)
}

impl<'a> Fields<'a> {
    fn at(&self, value: &Spanned<DeValue<'_>>) -> Place {
        Place::at(&self.source, self.base + value.span().start)
    }

    fn get(&mut self, key: &'static str) -> Option<(&'a DeValue<'a>, Place)> {
        self.known.push(key);
        let value = self.table.get(key)?;
        Some((value.get_ref(), self.at(value)))
    }

    /// Whether the key stands in the table, with whatever value.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn missing(&self, key: &str, diagnostics: &mut Diagnostics) {
        diagnostics.push(
            Diagnostic::error(self.place.clone(), format!("De sleutel `{key}` ontbreekt."))
                .hint(format!("Zet een regel erbij: {key} = …")),
        );
    }

    /// A mandatory date, written as `2026-11-20`.
    pub fn date(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Located<Date>> {
        self.tell(key, true, || Kind::Date);
        let Some((value, place)) = self.get(key) else {
            self.missing(key, diagnostics);
            return None;
        };
        let text = match value {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        match text.parse::<Date>() {
            Ok(value) => Some(Located { value, place }),
            Err(_) => {
                diagnostics.push(wrong_type(key, "een datum zoals 2026-11-20", place));
                None
            }
        }
    }

    pub fn optional_date(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Located<Date>> {
        self.tell(key, false, || Kind::Date);
        if !self.has(key) {
            self.known.push(key);
            return None;
        }
        self.date(key, diagnostics)
    }

    pub fn optional_integer(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<i64> {
        self.tell(key, false, || Kind::Integer(None));
        let (value, place) = self.get(key)?;
        let parsed = value
            .as_integer()
            .and_then(|integer| i64::from_str_radix(integer.as_str(), integer.radix()).ok());
        if parsed.is_none() {
            diagnostics.push(wrong_type(key, "een heel getal", place));
        }
        parsed
    }

    /// A whole number that makes sense only between two others.
    pub fn optional_integer_in(
        &mut self,
        key: &'static str,
        range: RangeInclusive<i64>,
        diagnostics: &mut Diagnostics,
    ) -> Option<i64> {
        self.tell(key, false, || Kind::Integer(Some(range.clone())));
        let value = self.optional_integer(key, diagnostics)?;
        if range.contains(&value) {
            return Some(value);
        }
        let place = self.table.get(key).map_or_else(|| self.place(), |value| self.at(value));
        let hint = format!("Schrijf een getal van {} tot en met {}.", range.start(), range.end());
        diagnostics
            .push(Diagnostic::error(place, format!("`{key}` = {value} klopt niet.")).hint(hint));
        None
    }

    pub fn integer_in(
        &mut self,
        key: &'static str,
        range: RangeInclusive<i64>,
        diagnostics: &mut Diagnostics,
    ) -> Option<i64> {
        self.tell(key, true, || Kind::Integer(Some(range.clone())));
        if !self.has(key) {
            self.missing(key, diagnostics);
        }
        self.optional_integer_in(key, range, diagnostics)
    }

    pub fn optional_bool(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<bool> {
        self.tell(key, false, || Kind::Bool);
        let (value, place) = self.get(key)?;
        let parsed = value.as_bool();
        if parsed.is_none() {
            diagnostics.push(wrong_type(key, "true (ja) of false (nee)", place));
        }
        parsed
    }

    /// The place of a key that is set to true.
    pub fn flag(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Option<Place> {
        let set = self.optional_bool(key, diagnostics) == Some(true);
        self.table.get(key).filter(|_| set).map(|value| self.at(value))
    }

    /// The place of a key that does not belong here, so that it can be said why.
    pub fn refused(&mut self, key: &'static str) -> Option<Place> {
        let (name, _) = self.table.get_key_value(key)?;
        self.refused.push(key);
        Some(Place::at(&self.source, self.base + name.span().start))
    }

    pub fn place(&self) -> Place {
        self.place.clone()
    }

    /// Reports every key that nobody asked for.
    fn finish(&self, diagnostics: &mut Diagnostics) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if self.known.contains(&name) || self.refused.contains(&name) {
                continue;
            }
            let place = Place::at(&self.source, self.base + key.span().start);
            let mut sorted = self.known.clone();
            sorted.sort_unstable();
            sorted.dedup();
            let hint = match did_you_mean(name, self.known.iter().copied()) {
                Some(near) => format!("Bedoelt u `{near}`?"),
                None => format!("Deze sleutels mogen hier: {}.", sorted.join(", ")),
            };
            diagnostics
                .push(Diagnostic::error(place, format!("Onbekende sleutel `{name}`.")).hint(hint));
        }
    }
}

fn wrong_type(key: &str, expected: &str, place: Place) -> Diagnostic {
    Diagnostic::error(place, format!("De waarde van `{key}` klopt niet."))
        .hint(format!("Hier hoort {expected}."))
}
