//! `areas/<id>.toml`: the smallest place that anything is published about.

use super::fields::Fields;
use super::organisation::Review;
use crate::diagnostics::Diagnostics;

#[derive(Debug)]
pub struct Area {
    pub id: String,
    pub name: String,
    /// CBS district codes, for those who compare figures; not shown to residents.
    pub districts: Vec<String>,
    /// The wijk- or dorpsraad; the placeholder while it is not known.
    pub raad: String,
    pub paper: String,
    pub paper_note: Option<String>,
    pub facilities: Vec<String>,
    pub review: Review,
}

impl Area {
    /// Address of the area's page.
    pub fn url(&self) -> String {
        format!("{}{}/", AREAS_URL, self.id)
    }
}

/// Address under which all areas stand.
pub const AREAS_URL: &str = "/wijken-en-dorpen/";

pub fn read(id: String, fields: &mut Fields, diagnostics: &mut Diagnostics) -> Area {
    let values = |located: Vec<super::fields::Located<String>>| {
        located.into_iter().map(|text| text.value).collect()
    };
    Area {
        id,
        name: fields.string("name", diagnostics).value,
        districts: values(fields.strings("districts", diagnostics)),
        raad: fields.string("raad", diagnostics).value,
        paper: fields.string("paper", diagnostics).value,
        paper_note: fields.optional_string("paper_note", diagnostics).map(|note| note.value),
        facilities: values(fields.strings("facilities", diagnostics)),
        review: Review::read(fields, diagnostics),
    }
}
