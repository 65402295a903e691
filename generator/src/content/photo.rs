//! `pictures/<name>`: a photo as somebody took it.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::{Changes, Content};
use crate::diagnostics::{Diagnostics, Place};
use crate::files::{self, Found};
use crate::markdown::{Hole, PICTURES};

#[derive(Debug, Clone)]
pub struct Photo {
    /// As texts name it: `/pictures/<name>`.
    pub url: String,
    pub bytes: Arc<[u8]>,
    pub fingerprint: u64,
}

/// Photos of an earlier build, by their url.
pub type Memory = BTreeMap<String, Photo>;

/// Reads the photos that a page shows; the others are let be.
pub fn read(
    files: &[Found],
    content: &Content,
    memory: &mut Memory,
    changes: &Changes,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Photo> {
    let shown = content.pictures_shown();
    let mut photos = BTreeMap::new();
    for file in files {
        let url = format!("/{}", file.name);
        if !url.starts_with(PICTURES) || !shown.contains_key(url.as_str()) {
            continue;
        }
        let known = memory.remove(&url).filter(|_| !changes.touch(&file.path));
        if let Some(photo) = known.or_else(|| photo(file, url, diagnostics)) {
            photos.insert(photo.url.clone(), photo);
        }
    }
    memory.clone_from(&photos);
    photos
}

fn photo(file: &Found, url: String, diagnostics: &mut Diagnostics) -> Option<Photo> {
    let bytes = files::read_bytes(&file.path, diagnostics)?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Some(Photo { url, bytes: bytes.into(), fingerprint: hasher.finish() })
}

impl Content {
    /// Every picture in a text, with the places that show it.
    pub fn pictures_shown(&self) -> BTreeMap<&str, Vec<Place>> {
        let mut shown: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
        let texts = self.pages.values().flat_map(|page| {
            let translations = page.translations.values().map(|translation| &translation.text);
            std::iter::once(&page.original.text).chain(translations)
        });
        for (_, leaflet) in self.all_leaflets() {
            for (url, line) in leaflet.pictures() {
                shown.entry(url).or_default().push(Place::line(&leaflet.source, line));
            }
        }
        for text in texts {
            for hole in text.body.holes() {
                if let Hole::Picture { url, line, .. } = hole {
                    shown.entry(url).or_default().push(Place::line(&text.source, *line));
                }
            }
        }
        shown
    }
}
