//! The content model: what an editor's files mean, checked on the way in.

mod addresses;
mod allow;
pub mod area;
mod described;
pub mod fields;
mod form;
mod format;
mod front_matter;
mod leaflet;
mod load;
pub mod organisation;
pub mod page;
mod pages;
mod photo;
pub mod role;
mod schedule;
pub mod site;
mod syntax;
pub mod template;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use forms_core::{Form, FormTexts};

pub use addresses::Addresses;
pub use allow::Allowed;
pub use area::Area;
pub use described::{Described, described};
pub use format::Format;
pub use leaflet::{Leaflet, LeafletKind, TranslatedLeaflet};
pub use load::{Memory, Reading, load};
pub use organisation::Organisation;
pub use page::{Page, Status};
pub use pages::{original, translation};
pub use photo::Photo;
pub use role::Role;
pub use schedule::{Skipped, Why};
pub use site::Site;
pub use template::Template;

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
    /// In their own order, then that of their names.
    pub roles: Vec<Role>,
    /// By [`Page::id`], so that a section comes before its pages.
    pub pages: BTreeMap<String, Page>,
    pub addresses: Addresses,
    /// What the public does not see today. In the preview these pages are in `pages` too.
    pub skipped: Vec<Skipped>,
    pub forms: Vec<Form>,
    /// By form id, then language.
    pub form_texts: BTreeMap<String, BTreeMap<String, FormTexts>>,
    /// Texts of folders, by kind, then language.
    pub leaflets: BTreeMap<LeafletKind, BTreeMap<String, Leaflet>>,
    /// The photos that pages show, by the address that texts use.
    pub photos: BTreeMap<String, Photo>,
    /// Lines on which the privacy check may find something.
    pub allowed: Vec<Allowed>,
    /// Every file that was read, for checks that look at the words themselves.
    pub sources: Vec<Arc<Source>>,
    /// What has a file that could not be used. Its mistake is told there; that others name it is
    /// none.
    pub unusable: Unusable,
}

/// Ids of what was read in part or not at all, and one file.
#[derive(Debug, Default)]
pub struct Unusable {
    pub pages: BTreeSet<String>,
    pub organisations: BTreeSet<String>,
    pub areas: BTreeSet<String>,
    pub roles: BTreeSet<String>,
    /// Those without some of their fields.
    pub forms: BTreeSet<String>,
    /// Whether it is unknown which lines are allowed.
    pub allowed: bool,
}

/// Which files may differ from the time before.
#[derive(Debug, Clone)]
pub enum Changes {
    All,
    /// These, each as the watch or the walk names it.
    Only(BTreeSet<PathBuf>),
}

impl Changes {
    pub fn touch(&self, path: &Path) -> bool {
        match self {
            Changes::All => true,
            Changes::Only(files) => files.contains(path),
        }
    }

    /// Whether anything below a folder may differ.
    pub fn below(&self, folder: &Path) -> bool {
        match self {
            Changes::All => true,
            Changes::Only(files) => files.iter().any(|file| file.starts_with(folder)),
        }
    }
}

impl Unusable {
    /// Whether a data file of this name could not be used.
    fn has(&self, id: &str) -> bool {
        [&self.organisations, &self.areas, &self.roles].iter().any(|ids| ids.contains(id))
    }
}

impl Content {
    /// Every language of the site, the municipality's own first.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.site.languages.iter().map(|language| language.code.as_str())
    }

    pub fn status(&self, page: &Page, lang: &str) -> Status {
        page.status(lang, &self.site.main_language().code)
    }

    /// The address of a page for a reader of `lang`; what is no page stays as it is.
    pub fn address<'a>(&'a self, id: &'a str, lang: &str) -> &'a str {
        self.addresses.of(id, lang).unwrap_or(id)
    }

    /// What is wrong with naming this organisation here, if anything is.
    pub fn unknown_organisation(&self, id: &str, place: &Place) -> Option<Diagnostic> {
        if self.organisations.contains_key(id) || self.unusable.organisations.contains(id) {
            return None;
        }
        let known = self.organisations.keys().map(String::as_str);
        Some(unknown(place, &format!("Er is geen organisatie `{id}`."), id, known))
    }

    pub fn unknown_role(&self, id: &str, place: &Place) -> Option<Diagnostic> {
        let known = self.roles.iter().map(|role| role.id.as_str());
        if known.clone().any(|known| known == id) || self.unusable.roles.contains(id) {
            return None;
        }
        Some(unknown(place, &format!("Er is geen rol `{id}`."), id, known))
    }

    pub fn unknown_area(&self, id: &str, place: &Place) -> Option<Diagnostic> {
        let known = self.areas.iter().map(|area| area.id.as_str());
        if known.clone().any(|known| known == id) || self.unusable.areas.contains(id) {
            return None;
        }
        Some(unknown(place, &format!("Er is geen wijk of dorp `{id}`."), id, known))
    }

    pub fn unknown_group(&self, id: &str, place: &Place) -> Option<Diagnostic> {
        let known = self.site.faq_groups.iter().map(|group| group.id.as_str());
        if known.clone().any(|known| known == id) {
            return None;
        }
        Some(unknown(place, &format!("Er is geen groep `{id}`."), id, known))
    }

    /// The texts of one kind, by language.
    pub fn leaflets(&self, kind: LeafletKind) -> &BTreeMap<String, Leaflet> {
        static NONE: BTreeMap<String, Leaflet> = BTreeMap::new();
        self.leaflets.get(&kind).unwrap_or(&NONE)
    }

    /// Every text of a folder with its language.
    pub fn all_leaflets(&self) -> impl Iterator<Item = (&str, &Leaflet)> {
        self.leaflets.values().flatten().map(|(lang, leaflet)| (lang.as_str(), leaflet))
    }

    /// Name of an organisation, or its id while its file is missing.
    pub fn organisation_name<'a>(&'a self, id: &'a str, lang: &str) -> &'a str {
        self.organisations.get(id).map_or(id, |organisation| organisation.name(lang))
    }
}

/// A name that nothing answers to, with what was probably meant.
fn unknown<'a>(
    place: &Place,
    message: &str,
    given: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let hint = match did_you_mean(given, known.clone()) {
        Some(near) => format!("Bedoelt u `{near}`?"),
        None => format!("Deze zijn er: {}.", known.collect::<Vec<_>>().join(", ")),
    };
    Diagnostic::error(place.clone(), message).hint(hint)
}

/// `None` for the placeholder: templates decide how an unknown fact looks.
pub fn known(value: &str) -> Option<&str> {
    (value.trim().to_lowercase() != PLACEHOLDER).then_some(value)
}
