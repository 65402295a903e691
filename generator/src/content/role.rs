//! `roles/<id>.toml`: something that residents can do, and whether there is room.

use std::collections::BTreeMap;

pub use forms_core::RoleState as State;

use super::fields::{Choice, Fields};
use super::organisation::Review;
use crate::diagnostics::Diagnostics;

#[derive(Debug)]
pub struct Role {
    pub id: String,
    pub name: String,
    /// What somebody does, in one or two sentences.
    pub summary: String,
    pub state: State,
    /// Place among the roles; those without one come last, by name.
    pub order: i64,
    pub review: Review,
    /// By language.
    pub texts: BTreeMap<String, RoleTexts>,
}

#[derive(Debug)]
pub struct RoleTexts {
    pub name: String,
    pub summary: String,
}

const STATES: Choice<State> = Choice {
    all: &State::ALL,
    name: State::as_str,
    message: |given| format!("Een rol kan niet `{given}` zijn."),
};

impl Role {
    pub fn name(&self, lang: &str) -> &str {
        self.texts.get(lang).map_or(&self.name, |texts| &texts.name)
    }

    pub fn summary(&self, lang: &str) -> &str {
        self.texts.get(lang).map_or(&self.summary, |texts| &texts.summary)
    }
}

pub fn read(id: String, fields: &mut Fields, diagnostics: &mut Diagnostics) -> Role {
    Role {
        id,
        name: fields.string("name", diagnostics).value,
        summary: fields.string("summary", diagnostics).value,
        state: fields.choice("state", &STATES, diagnostics).unwrap_or(State::Full),
        order: fields.optional_integer("order", diagnostics).unwrap_or(i64::MAX),
        review: Review::read(fields, diagnostics),
        texts: BTreeMap::new(),
    }
}

pub fn read_texts(fields: &mut Fields, diagnostics: &mut Diagnostics) -> RoleTexts {
    RoleTexts {
        name: fields.string("name", diagnostics).value,
        summary: fields.string("summary", diagnostics).value,
    }
}
