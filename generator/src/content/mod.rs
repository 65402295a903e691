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
mod syntax;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use forms_core::{Form, FormTexts};

pub use area::Area;
pub use leaflet::{Leaflet, PANELS};
pub use load::load;
pub use organisation::Organisation;
pub use page::{Page, Template};
pub use site::Site;

use crate::diagnostics::{Diagnostic, Place, Source, did_you_mean};

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
    /// What has a file that could not be used. Its mistake is told there; that others name it is
    /// none.
    pub unusable: Unusable,
}

/// Addresses of pages, and ids of organisations.
#[derive(Debug, Default)]
pub struct Unusable {
    pub pages: BTreeSet<String>,
    pub organisations: BTreeSet<String>,
}

impl Content {
    pub fn page(&self, url: &str, lang: &str) -> Option<&Page> {
        self.pages.get(&(url.to_owned(), lang.to_owned()))
    }

    /// What is wrong with naming this organisation here, if anything is.
    pub fn unknown_organisation(&self, id: &str, place: &Place) -> Option<Diagnostic> {
        if self.organisations.contains_key(id) || self.unusable.organisations.contains(id) {
            return None;
        }
        let known = self.organisations.keys().map(String::as_str);
        let hint = match did_you_mean(id, known.clone()) {
            Some(near) => format!("Bedoelt u `{near}`?"),
            None => format!("Deze zijn er: {}.", known.collect::<Vec<_>>().join(", ")),
        };
        let message = format!("Er is geen organisatie `{id}`.");
        Some(Diagnostic::error(place.clone(), message).hint(hint))
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
