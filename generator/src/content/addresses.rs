//! Where each page stands in each language.

use std::collections::{BTreeMap, HashMap};

use super::page::Page;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};

/// Addresses of all pages. The language of the municipality stands at `/`, every other below its
/// own code: `/en/`.
#[derive(Debug, Default)]
pub struct Addresses {
    main: String,
    /// By language, then page. Only what differs from the page's own id.
    others: HashMap<String, HashMap<String, String>>,
}

impl Addresses {
    pub fn new<'a>(
        pages: &BTreeMap<String, Page>,
        languages: impl IntoIterator<Item = &'a str>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut languages = languages.into_iter();
        let main = languages.next().unwrap_or_default().to_owned();
        let others = languages
            .map(|lang| (lang.to_owned(), of_language(pages, lang, diagnostics)))
            .collect();
        Self { main, others }
    }

    /// The address of a page as a reader of `lang` sees it; `None` for a page that is not there.
    pub fn of<'a>(&'a self, id: &'a str, lang: &str) -> Option<&'a str> {
        if lang == self.main {
            Some(id)
        } else {
            self.others.get(lang)?.get(id).map(String::as_str)
        }
    }

    /// Whether a page stands here in another language than the municipality's.
    pub fn is_taken(&self, address: &str) -> bool {
        let mut lang = address.split('/').skip(1);
        let pages = lang.next().and_then(|lang| self.others.get(lang));
        pages.is_some_and(|pages| pages.values().any(|taken| taken == address))
    }
}

/// Pages come in the order of their ids, so that a section is met before the pages below it.
fn of_language(
    pages: &BTreeMap<String, Page>,
    lang: &str,
    diagnostics: &mut Diagnostics,
) -> HashMap<String, String> {
    let mut addresses: HashMap<String, String> = HashMap::with_capacity(pages.len());
    let mut taken: HashMap<String, &Page> = HashMap::with_capacity(pages.len());
    for (id, page) in pages {
        let address = match id.trim_end_matches('/').rsplit_once('/') {
            None => format!("/{lang}/"),
            Some((parent, last)) => {
                let parent = format!("{parent}/");
                let translated = page.translations.get(lang);
                let slug = translated.and_then(|text| text.slug.as_ref());
                let last = slug.map_or(last, |slug| slug.value.as_str());
                match addresses.get(&parent) {
                    Some(parent) => format!("{parent}{last}/"),
                    None => format!("/{lang}{parent}{last}/"),
                }
            }
        };
        if let Some(other) = taken.insert(address.clone(), page) {
            diagnostics.push(twice(page, other, lang, &address));
        }
        // A page in the main language whose file makes it look like one in this language.
        if let Some(other) = pages.get(&address) {
            diagnostics.push(twice_by_name(other, page, lang, &address));
        }
        addresses.insert(id.clone(), address);
    }
    addresses
}

fn twice_by_name(page: &Page, other: &Page, lang: &str, address: &str) -> Diagnostic {
    let place = Place::file(&page.original.text.source);
    Diagnostic::error(place, format!("Er zijn twee pagina's met het adres {address}.")).hint(
        format!(
            "De andere is {}. Geef een van beide een andere naam.",
            other.text(lang).source.path
        ),
    )
}

fn twice(page: &Page, other: &Page, lang: &str, address: &str) -> Diagnostic {
    let text = page.text(lang);
    let slug = page.translations.get(lang).and_then(|text| text.slug.as_ref());
    let place = slug.map_or_else(|| Place::file(&text.source), |slug| slug.place.clone());
    Diagnostic::error(place, format!("Er zijn twee pagina's met het adres {address}.")).hint(
        format!(
            "De andere is {}. Geef een van beide een andere slug.",
            other.text(lang).source.path
        ),
    )
}
