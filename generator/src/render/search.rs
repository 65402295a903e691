//! What a reader's browser searches in: an index per language, and the scripts that ask it.
//!
//! ```text
//! site/search/pagefind.js   the library of Pagefind, of which the worker is the only user
//! site/search/worker.js     ours: the one script of the site that may compile WebAssembly
//! site/search/<lang>/…      the words of a language, what stands on its pages, and its stemmer
//! ```
//!
//! Each language has an index of its own and not a part of a common one: the languages are made side
//! by side, one stays as it is when another changes, and the worker, which does not know in which
//! page it runs, finds exactly one.

mod index;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::thread;

use super::{Artefact, SITE};
use crate::content::{Content, Page, Template};

/// Marks the part of a page that is searched. A page without it, such as the search page itself, is
/// not found.
pub const MARK: &str = "data-pagefind-body";

/// The one file that needs a policy of its own ([`forms_core::headers::WORKER_POLICY`]), as path
/// below the site.
pub const WORKER: &str = "search/worker.js";

const WORKER_SCRIPT: &str = include_str!("search/worker.js");

/// Below the site, without slashes around it.
const FOLDER: &str = "search";

/// A finished page.
#[derive(Debug, Clone, Copy)]
pub struct Finished<'a> {
    /// Code of the language, as in the addresses.
    pub lang: &'a str,
    /// Address on the site, for instance `/en/who-do-i-call/`.
    pub url: &'a str,
    /// With every end tag: where an optional one is left out, sentences run together in what is shown.
    pub page: &'a Artefact,
}

/// The pages that are searched: all of a site that has a page to search on, and none of another.
pub fn finished<'a>(content: &'a Content, artefacts: &'a [Artefact]) -> Vec<Finished<'a>> {
    let searches = |page: &Page| page.original.meta.template.value == Template::Search;
    if !content.pages.values().any(searches) {
        return Vec::new();
    }
    let by_path: HashMap<&str, &Artefact> =
        artefacts.iter().map(|artefact| (&*artefact.path, artefact)).collect();
    let mut all = Vec::new();
    for page in content.pages.values() {
        for lang in content.languages() {
            let url = content.address(&page.id, lang);
            if let Some(artefact) = by_path.get(format!("{SITE}{url}index.html").as_str()) {
                all.push(Finished { lang, url, page: artefact });
            }
        }
    }
    all
}

/// Why a language has no index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub lang: String,
    pub cause: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "De zoekindex in de taal `{}` is niet te maken: {}.", self.lang, self.cause)
    }
}

impl std::error::Error for Failure {}

/// The indexes of an earlier build, by language: one whose pages are the same is not made again.
#[derive(Debug, Default)]
pub struct Kept(BTreeMap<String, (u64, Vec<Artefact>)>);

/// Address to HTML, of one language.
type Pages<'a> = BTreeMap<&'a str, &'a str>;

/// The files of one language, or why there are none.
type Made = Result<Vec<Artefact>, String>;

/// Everything the search needs, sorted by path; nothing when no page bears the [`MARK`]. The same
/// pages give the same bytes, in whatever order they come.
pub fn search<'a>(
    pages: impl IntoIterator<Item = Finished<'a>>,
    kept: &mut Kept,
) -> Result<Vec<Artefact>, Failure> {
    let languages = by_language(pages)?;
    kept.0.retain(|lang, _| languages.contains_key(lang.as_str()));
    let mut changed = Vec::new();
    for (lang, pages) in &languages {
        let print = fingerprint(pages);
        if kept.0.get(*lang).is_none_or(|(before, _)| *before != print) {
            changed.push((*lang, pages, print));
        }
    }
    // Some 200 kB of memory a page goes into it: no more languages at once than there are cores.
    for some in changed.chunks(thread::available_parallelism().map_or(1, usize::from)) {
        for (lang, print, made) in side_by_side(some) {
            let made = made.map_err(|cause| Failure { lang: lang.to_owned(), cause })?;
            kept.0.insert(lang.to_owned(), (print, made));
        }
    }
    let mut artefacts: Vec<Artefact> =
        kept.0.values().flat_map(|(_, artefacts)| artefacts).cloned().collect();
    if !artefacts.is_empty() {
        artefacts.push(Artefact::new(format!("{SITE}/{WORKER}"), WORKER_SCRIPT.as_bytes()));
    }
    artefacts.sort_by(|a, b| a.path.cmp(&b.path));
    // Every language brings the same library.
    artefacts.dedup_by(|a, b| a.path == b.path);
    Ok(artefacts)
}

/// The pages that are searched.
fn by_language<'a>(
    pages: impl IntoIterator<Item = Finished<'a>>,
) -> Result<BTreeMap<&'a str, Pages<'a>>, Failure> {
    let mut languages: BTreeMap<&str, Pages<'_>> = BTreeMap::new();
    for Finished { lang, url, page } in pages {
        let html = std::str::from_utf8(&page.bytes).map_err(|_| Failure {
            lang: lang.to_owned(),
            cause: format!("{url} is geen UTF-8"),
        })?;
        if html.contains(MARK) {
            languages.entry(lang).or_default().insert(url, html);
        }
    }
    Ok(languages)
}

fn fingerprint(pages: &Pages<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    pages.hash(&mut hasher);
    hasher.finish()
}

/// On threads of their own and not on rayon's: Pagefind uses rayon itself, and a thread of rayon that
/// waits takes other work meanwhile. That would start a runtime inside a runtime, which panics.
fn side_by_side<'a>(languages: &[(&'a str, &Pages<'_>, u64)]) -> Vec<(&'a str, u64, Made)> {
    thread::scope(|scope| {
        let running: Vec<_> = languages
            .iter()
            .map(|&(lang, pages, print)| (lang, print, scope.spawn(|| index::index(lang, pages))))
            .collect();
        let ended = running.into_iter().map(|(lang, print, thread)| {
            let crashed = |_| Err("Pagefind brak af".to_owned());
            (lang, print, thread.join().unwrap_or_else(crashed))
        });
        ended.collect()
    })
}
