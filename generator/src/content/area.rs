//! `areas/<id>.toml`: the smallest place that anything is published about.

use std::collections::BTreeMap;

use super::fields::{Fields, Located};
use super::organisation::Review;
use crate::diagnostics::Diagnostics;

#[derive(Debug)]
pub struct Area {
    pub id: String,
    page: String,
    pub name: String,
    /// CBS district codes, for those who compare figures; not shown to residents.
    pub districts: Vec<String>,
    /// The wijk- or dorpsraad; the placeholder while it is not known.
    pub raad: String,
    pub paper: String,
    pub paper_note: Option<String>,
    pub facilities: Vec<String>,
    pub review: Review,
    /// By language.
    pub texts: BTreeMap<String, AreaTexts>,
}

/// What of an area is language.
#[derive(Debug)]
pub struct AreaTexts {
    pub name: Option<String>,
    pub paper_note: Option<String>,
    pub facilities: Vec<String>,
}

impl Area {
    pub fn name(&self, lang: &str) -> &str {
        self.texts.get(lang).and_then(|texts| texts.name.as_deref()).unwrap_or(&self.name)
    }

    pub fn paper_note(&self, lang: &str) -> Option<&str> {
        let translated = self.texts.get(lang).and_then(|texts| texts.paper_note.as_deref());
        translated.or(self.paper_note.as_deref())
    }

    pub fn facilities(&self, lang: &str) -> &[String] {
        match self.texts.get(lang) {
            Some(texts) if !texts.facilities.is_empty() => &texts.facilities,
            _ => &self.facilities,
        }
    }

    /// The page of the area, by the address that links use.
    pub fn page(&self) -> &str {
        &self.page
    }
}

/// Address under which all areas stand.
pub const AREAS_URL: &str = "/wijken-en-dorpen/";

fn values(located: Vec<Located<String>>) -> Vec<String> {
    located.into_iter().map(|text| text.value).collect()
}

pub fn read_texts(fields: &mut Fields, diagnostics: &mut Diagnostics) -> AreaTexts {
    AreaTexts {
        name: fields.optional_string("name", diagnostics).map(|name| name.value),
        paper_note: fields.optional_string("paper_note", diagnostics).map(|note| note.value),
        facilities: values(fields.strings("facilities", diagnostics)),
    }
}

pub fn read(id: String, fields: &mut Fields, diagnostics: &mut Diagnostics) -> Area {
    Area {
        page: format!("{AREAS_URL}{id}/"),
        id,
        name: fields.string("name", diagnostics).value,
        districts: values(fields.strings("districts", diagnostics)),
        raad: fields.string("raad", diagnostics).value,
        paper: fields.string("paper", diagnostics).value,
        paper_note: fields.optional_string("paper_note", diagnostics).map(|note| note.value),
        facilities: values(fields.strings("facilities", diagnostics)),
        review: Review::read(fields, diagnostics),
        texts: BTreeMap::new(),
    }
}
