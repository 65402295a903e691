//! The content model: what an editor's files mean, checked on the way in.

pub mod area;
pub mod fields;
mod form;
mod front_matter;
mod leaflet;
mod load;
pub mod organisation;
pub mod page;
pub mod site;

use std::collections::BTreeMap;
use std::sync::Arc;

use forms_core::{Form, FormTexts};

pub use area::Area;
pub use leaflet::{Leaflet, PANELS};
pub use load::load;
pub use organisation::Organisation;
pub use page::{Page, Template};
pub use site::Site;

use crate::diagnostics::Source;

/// What stands where a fact is not known yet. Never an invented number.
pub const PLACEHOLDER: &str = "nog in te vullen";

/// Everything the outputs are made from; nothing else reaches them.
#[derive(Debug)]
pub struct Content {
    pub site: Site,
    pub organisations: BTreeMap<String, Organisation>,
    /// In the order of their names.
    pub areas: Vec<Area>,
    /// By address, then language.
    pub pages: BTreeMap<(String, String), Page>,
    pub forms: Vec<Form>,
    /// By form id, then language.
    pub form_texts: BTreeMap<String, BTreeMap<String, FormTexts>>,
    /// By language.
    pub leaflets: BTreeMap<String, Leaflet>,
    /// Every file that was read, for checks that look at the words themselves.
    pub sources: Vec<Arc<Source>>,
}

impl Content {
    pub fn page(&self, url: &str, lang: &str) -> Option<&Page> {
        self.pages.get(&(url.to_owned(), lang.to_owned()))
    }

    /// Name of an organisation, or its id while its file is missing.
    pub fn organisation_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.organisations.get(id).map_or(id, |organisation| organisation.name.as_str())
    }
}

/// `None` for the placeholder: templates decide how an unknown fact looks.
pub fn known(value: &str) -> Option<&str> {
    (value.trim().to_lowercase() != PLACEHOLDER).then_some(value)
}
