//! The search of the preview: its index is made when somebody first asks for it, and only for the
//! languages that changed, so that no save waits for it.

use std::sync::{Arc, Mutex, OnceLock};

use bytes::Bytes;

use crate::render::search::{self, Finished, Kept};
use crate::render::{Artefact, SITE};
use crate::site::Made;

/// What earlier builds of this preview left.
pub(super) type Before = Arc<Mutex<Kept>>;

pub(super) struct Index {
    /// Language, address and page.
    pages: Vec<(String, String, Artefact)>,
    before: Before,
    made: OnceLock<Vec<Artefact>>,
}

impl Index {
    pub(super) fn new(made: &Made, before: Before) -> Self {
        let finished = search::finished(&made.content, &made.artefacts);
        let owned =
            |page: Finished<'_>| (page.lang.to_owned(), page.url.to_owned(), page.page.clone());
        Self { pages: finished.into_iter().map(owned).collect(), before, made: OnceLock::new() }
    }

    /// A file of the index. The first call may take a second or more.
    pub(super) fn get(&self, path: &str) -> Option<Bytes> {
        let all = self.made.get_or_init(|| self.make());
        let path = format!("{SITE}{path}");
        all.iter().find(|artefact| *artefact.path == path).map(|artefact| artefact.bytes.clone())
    }

    /// Without an index the page says that searching does not work, and lists all pages.
    fn make(&self) -> Vec<Artefact> {
        let pages = self.pages.iter().map(|(lang, url, page)| Finished { lang, url, page });
        let Ok(mut before) = self.before.lock() else { return Vec::new() };
        search::search(pages, &mut before).unwrap_or_default()
    }
}
