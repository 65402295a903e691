//! `organisations/<id>.toml`: a role and general numbers, never a person.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::fields::{Fields, Kind, Located, Rule};
use crate::diagnostics::Diagnostics;

#[derive(Debug)]
pub struct Organisation {
    pub id: String,
    pub name: String,
    /// What the organisation does for residents, in one line.
    pub role: String,
    /// The placeholder while it is not known.
    pub phone: Located<String>,
    pub website: Option<String>,
    pub hours: Option<String>,
    pub review: Review,
    /// By language.
    pub texts: BTreeMap<String, OrganisationTexts>,
}

/// What of an organisation is language: its number is not.
#[derive(Debug)]
pub struct OrganisationTexts {
    pub name: Option<String>,
    pub role: Option<String>,
    pub hours: Option<String>,
}

impl Organisation {
    pub fn name(&self, lang: &str) -> &str {
        self.text(lang, |texts| &texts.name).unwrap_or(&self.name)
    }

    pub fn role(&self, lang: &str) -> &str {
        self.text(lang, |texts| &texts.role).unwrap_or(&self.role)
    }

    pub fn hours(&self, lang: &str) -> Option<&str> {
        self.text(lang, |texts| &texts.hours).or(self.hours.as_deref())
    }

    fn text(&self, lang: &str, of: impl Fn(&OrganisationTexts) -> &Option<String>) -> Option<&str> {
        self.texts.get(lang).and_then(|texts| of(texts).as_deref())
    }
}

/// Who vouches for a text, since when and until when.
#[derive(Debug, Clone)]
pub struct Review {
    pub checked: Option<Located<Date>>,
    pub review_by: Option<Located<Date>>,
    /// Id of an organisation.
    pub owner: Located<String>,
}

impl Review {
    pub fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Self {
        Self {
            checked: fields.date("checked", diagnostics),
            review_by: fields.date("review_by", diagnostics),
            owner: fields.string("owner", diagnostics),
        }
    }
}

pub fn read(id: String, fields: &mut Fields, diagnostics: &mut Diagnostics) -> Organisation {
    // `kind` tells emergency numbers, which are checked more often, from partners.
    let _ = fields.optional_string("kind", diagnostics);
    Organisation {
        id,
        name: fields.string("name", diagnostics).value,
        role: fields.string("role", diagnostics).value,
        phone: fields.string("phone", diagnostics),
        website: fields
            .optional_string_by("website", &WEBSITE, diagnostics)
            .map(|website| website.value),
        hours: fields.optional_string("hours", diagnostics).map(|hours| hours.value),
        review: Review::read(fields, diagnostics),
        texts: BTreeMap::new(),
    }
}

const WEBSITE: Rule = Rule {
    kind: Kind::Like("^https?://"),
    fits: |text| text.starts_with("https://") || text.starts_with("http://"),
    message: |given| format!("`{given}` is geen adres van een website."),
    hint: "Begin met https://.",
};

pub fn read_texts(fields: &mut Fields, diagnostics: &mut Diagnostics) -> OrganisationTexts {
    let mut text = |key| fields.optional_string(key, diagnostics).map(|text| text.value);
    OrganisationTexts { name: text("name"), role: text("role"), hours: text("hours") }
}
