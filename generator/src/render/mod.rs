//! From content and theme to artefacts. Nothing here writes; `output` does.

mod assets;
pub mod components;
mod compressed;
mod discovery;
mod feeds;
mod fill;
mod fingerprint;
mod forms_bundle;
mod host;
pub mod html;
pub mod keep;
pub mod leaflet;
pub mod links;
mod lists;
pub mod photos;
mod redirects;
pub mod search;
mod shelf;
mod twins;
mod views;
mod voice;

use std::sync::Arc;

use bytes::Bytes;

pub use assets::assets;
pub use compressed::{Memory as Compressed, compressed};
pub use discovery::{discovery, encoded};
pub use feeds::feeds;
pub use forms_bundle::forms_bundle;
pub use host::{header_file, policies, security};
pub use redirects::redirects;
pub use shelf::Shelf;

/// A finished file and where it goes below the output folder, with forward slashes. Copies share
/// their bytes, so that what did not change can be known without being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artefact {
    pub path: Arc<str>,
    pub bytes: Bytes,
}

impl Artefact {
    pub fn new(path: impl Into<Arc<str>>, bytes: impl Into<Bytes>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }

    /// Whether this is the very file of an earlier build.
    pub fn is_same(&self, other: &Bytes) -> bool {
        self.bytes.as_ptr() == other.as_ptr() && self.bytes.len() == other.len()
    }
}

/// The folders of the output. What is in the first is public; what is in the last two never is.
pub const SITE: &str = "site";
pub const PRINT: &str = "print";
pub const FORMS: &str = "forms";
pub const HOST: &str = "host";
