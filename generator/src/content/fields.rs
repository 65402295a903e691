//! Strict reading of a TOML table: every key is asked for once, by name and type; what is left at
//! the end is a mistake. All mistakes of a table are reported, not only the first.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::syntax;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source, did_you_mean};

/// A table that is being read. `base` is where the TOML starts in the source, in bytes.
pub struct Fields<'a> {
    table: &'a DeTable<'a>,
    place: Place,
    source: Arc<Source>,
    base: usize,
    known: Vec<&'static str>,
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
    };
    let value = read(&mut fields, diagnostics);
    fields.finish(diagnostics);
    Some(value)
}

impl<'a> Fields<'a> {
    fn get(&mut self, key: &'static str) -> Option<(&'a DeValue<'a>, Place)> {
        self.known.push(key);
        let value = self.table.get(key)?;
        Some((value.get_ref(), Place::at(&self.source, self.base + value.span().start)))
    }

    fn missing(&self, key: &str, diagnostics: &mut Diagnostics) {
        diagnostics.push(
            Diagnostic::error(self.place.clone(), format!("De sleutel `{key}` ontbreekt."))
                .hint(format!("Zet een regel erbij: {key} = …")),
        );
    }

    pub fn optional_string(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Located<String>> {
        let (value, place) = self.get(key)?;
        match value.as_str() {
            Some(text) if !text.trim().is_empty() => {
                Some(Located { value: text.to_owned(), place })
            }
            Some(_) => {
                diagnostics.push(
                    Diagnostic::error(place, format!("De sleutel `{key}` is leeg."))
                        .hint("Vul een tekst in of haal de regel weg."),
                );
                None
            }
            None => {
                diagnostics.push(wrong_type(key, "tekst tussen aanhalingstekens", place));
                None
            }
        }
    }

    /// A mandatory text; where it is missing the empty string lets the reading go on.
    pub fn string(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Located<String> {
        if !self.table.contains_key(key) {
            self.known.push(key);
            self.missing(key, diagnostics);
        }
        let place = self.place.clone();
        self.optional_string(key, diagnostics).unwrap_or(Located { value: String::new(), place })
    }

    /// A mandatory date, written as `2026-11-20`.
    pub fn date(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Located<Date>> {
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

    pub fn optional_integer(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<i64> {
        let (value, place) = self.get(key)?;
        let parsed = value
            .as_integer()
            .and_then(|integer| i64::from_str_radix(integer.as_str(), integer.radix()).ok());
        if parsed.is_none() {
            diagnostics.push(wrong_type(key, "een heel getal", place));
        }
        parsed
    }

    pub fn integer(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> i64 {
        if !self.table.contains_key(key) {
            self.missing(key, diagnostics);
        }
        self.optional_integer(key, diagnostics).unwrap_or_default()
    }

    pub fn optional_bool(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<bool> {
        let (value, place) = self.get(key)?;
        let parsed = value.as_bool();
        if parsed.is_none() {
            diagnostics.push(wrong_type(key, "true (ja) of false (nee)", place));
        }
        parsed
    }

    /// One text or a list of texts; absent is the empty list.
    pub fn strings(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Located<String>> {
        let Some((value, place)) = self.get(key) else { return Vec::new() };
        if let Some(text) = value.as_str() {
            return vec![Located { value: text.to_owned(), place }];
        }
        let Some(array) = value.as_array() else {
            diagnostics.push(wrong_type(key, "een lijst van teksten", place));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in array.iter() {
            let place = Place::at(&self.source, self.base + item.span().start);
            match item.get_ref().as_str() {
                Some(text) => texts.push(Located { value: text.to_owned(), place }),
                None => diagnostics.push(wrong_type(key, "een lijst van teksten", place)),
            }
        }
        texts
    }

    /// Every `[[key]]` table in turn.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
        mut read: impl FnMut(&mut Fields, &mut Diagnostics) -> T,
    ) -> Vec<T> {
        let Some((value, place)) = self.get(key) else { return Vec::new() };
        let Some(array) = value.as_array() else {
            diagnostics.push(wrong_type(key, &format!("een of meer blokken [[{key}]]"), place));
            return Vec::new();
        };
        let mut all = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_table() {
                Some(table) => all.push(self.nested(table, item, diagnostics, &mut read)),
                None => diagnostics.push(wrong_type(
                    key,
                    &format!("een of meer blokken [[{key}]]"),
                    Place::at(&self.source, self.base + item.span().start),
                )),
            }
        }
        all
    }

    /// Every sub-table of `[key.<name>]`, by name.
    pub fn named_tables<T>(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
        mut read: impl FnMut(&mut Fields, &mut Diagnostics) -> T,
    ) -> Vec<(Located<String>, T)> {
        let Some((value, place)) = self.get(key) else { return Vec::new() };
        let Some(table) = value.as_table() else {
            diagnostics.push(wrong_type(key, &format!("blokken [{key}.naam]"), place));
            return Vec::new();
        };
        let mut all = Vec::new();
        for (name, item) in table.iter() {
            let place = Place::at(&self.source, self.base + name.span().start);
            match item.get_ref().as_table() {
                Some(table) => {
                    let value = self.nested(table, item, diagnostics, &mut read);
                    all.push((Located { value: name.get_ref().to_string(), place }, value));
                }
                None => diagnostics.push(wrong_type(key, &format!("blokken [{key}.naam]"), place)),
            }
        }
        all
    }

    /// The names and texts of `[key]`, whatever the names are.
    pub fn text_map(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(Located<String>, String)> {
        let Some((value, place)) = self.get(key) else { return Vec::new() };
        let Some(table) = value.as_table() else {
            diagnostics.push(wrong_type(key, &format!("een blok [{key}]"), place));
            return Vec::new();
        };
        let mut all = Vec::new();
        for (name, item) in table.iter() {
            let place = Place::at(&self.source, self.base + name.span().start);
            match item.get_ref().as_str() {
                Some(text) => {
                    all.push((
                        Located { value: name.get_ref().to_string(), place },
                        text.to_owned(),
                    ));
                }
                None => diagnostics.push(wrong_type(name.get_ref(), "tekst", place)),
            }
        }
        all
    }

    pub fn place(&self) -> Place {
        self.place.clone()
    }

    fn nested<T>(
        &self,
        table: &DeTable<'_>,
        item: &Spanned<DeValue<'_>>,
        diagnostics: &mut Diagnostics,
        read: &mut impl FnMut(&mut Fields, &mut Diagnostics) -> T,
    ) -> T {
        let place = Place::at(&self.source, self.base + item.span().start);
        let source = Arc::clone(&self.source);
        let mut fields = Fields { table, place, source, base: self.base, known: Vec::new() };
        let value = read(&mut fields, diagnostics);
        fields.finish(diagnostics);
        value
    }

    /// Reports every key that nobody asked for.
    fn finish(&self, diagnostics: &mut Diagnostics) {
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if self.known.contains(&name) {
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
