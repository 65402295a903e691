//! `organisations/<id>.toml`: a role and general numbers, never a person.

use jiff::civil::Date;

use super::fields::{Fields, Located};
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
        website: fields.optional_string("website", diagnostics).map(|website| website.value),
        hours: fields.optional_string("hours", diagnostics).map(|hours| hours.value),
        review: Review::read(fields, diagnostics),
    }
}
