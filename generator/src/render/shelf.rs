//! Folders that stand ready. Setting them is most of a build's work, and most changes touch none of
//! them: the preview sets only those whose data, template or letters changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use forms_core::manifest::digest;
use typeset::Press;

use super::keep::Keep;
use crate::theme::Theme;

/// Empty for a first build; what one build leaves serves the next.
#[derive(Default)]
pub struct Shelf {
    press: Option<(String, Arc<Press>)>,
    pdfs: BTreeMap<Key, Bytes>,
}

/// Digest of all that a folder is made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(String);

impl Key {
    /// Under which a folder is kept on disk.
    pub(super) fn file_name(&self) -> String {
        format!("{}.pdf", self.0)
    }
}

impl Shelf {
    /// The press of this theme, made ready at most once.
    pub(super) fn press(&mut self, theme: &Theme) -> Result<Arc<Press>, String> {
        let fonts = theme.fonts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let templates = theme.leaflets.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
        let of = digest(fonts.chain(templates));
        if let Some((ready, press)) = &self.press
            && *ready == of
        {
            return Ok(Arc::clone(press));
        }
        let fonts: Vec<_> =
            theme.fonts.iter().map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
        let templates: Vec<_> =
            theme.leaflets.iter().map(|(name, text)| (name.clone(), text.clone())).collect();
        let press = Arc::new(Press::new(&templates, &fonts)?);
        self.press = Some((of, Arc::clone(&press)));
        Ok(press)
    }

    /// What a folder is known by that the press of now makes of these words.
    pub(super) fn key(&self, words: [&str; 3]) -> Key {
        let press = self.press.as_ref().map_or("", |(of, _)| of);
        let parts = words.into_iter().chain([press]);
        Key(digest(parts.map(|part| ("part", part.as_bytes()))))
    }

    pub(super) fn get(&self, key: &Key) -> Option<Bytes> {
        self.pdfs.get(key).cloned()
    }

    /// Leaves the folders of this build for later runs, and nothing else.
    pub fn store(&self, keep: &dyn Keep) {
        for (key, pdf) in &self.pdfs {
            keep.put(&key.file_name(), pdf);
        }
        keep.keep_only(&self.pdfs.keys().map(Key::file_name).collect());
    }

    /// Keeps the folders of this build, and lets go of what it did not use.
    pub(super) fn keep(&mut self, pdfs: BTreeMap<Key, Bytes>) {
        self.pdfs = pdfs;
    }
}
