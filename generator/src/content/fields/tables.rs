//! Tables in a table: each is read by a reader of its own, as strictly.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Fields, Kind, Located, describe, wrong_type};
use crate::diagnostics::{Diagnostics, Place};

impl Fields<'_> {
    /// Every `[[key]]` table in turn.
    pub fn tables<T>(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
        mut read: impl FnMut(&mut Fields, &mut Diagnostics) -> T,
    ) -> Vec<T> {
        self.tell(key, false, || Kind::Tables(describe(&mut read)));
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

    /// The one table `[key]`.
    pub fn table<T>(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
        mut read: impl FnMut(&mut Fields, &mut Diagnostics) -> T,
    ) -> Option<T> {
        self.tell(key, false, || Kind::Table(describe(&mut read)));
        self.known.push(key);
        let item = self.table.get(key)?;
        match item.get_ref().as_table() {
            Some(table) => Some(self.nested(table, item, diagnostics, &mut read)),
            None => {
                diagnostics.push(wrong_type(key, &format!("een blok [{key}]"), self.at(item)));
                None
            }
        }
    }

    /// Every sub-table of `[key.<name>]`, by name.
    pub fn named_tables<T>(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
        mut read: impl FnMut(&mut Fields, &mut Diagnostics) -> T,
    ) -> Vec<(Located<String>, T)> {
        self.tell(key, false, || Kind::NamedTables(describe(&mut read)));
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
        let all = self.located_map(key, diagnostics).into_iter();
        all.map(|(name, text)| (name, text.value)).collect()
    }

    /// The same, with the places of the texts: for texts that name something.
    pub fn located_map(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(Located<String>, Located<String>)> {
        self.tell(key, false, || Kind::TextMap);
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
                    let text = Located { value: text.to_owned(), place: self.at(item) };
                    all.push((Located { value: name.get_ref().to_string(), place }, text));
                }
                None => diagnostics.push(wrong_type(name.get_ref(), "tekst", place)),
            }
        }
        all
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
        let mut fields = Fields {
            table,
            place,
            source,
            base: self.base,
            known: Vec::new(),
            refused: Vec::new(),
            described: None,
        };
        let value = read(&mut fields, diagnostics);
        fields.finish(diagnostics);
        value
    }
}
