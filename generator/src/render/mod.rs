//! From content and theme to artefacts. Nothing here writes; `output` does.

mod assets;
pub mod dates;
mod discovery;
mod forms_bundle;
pub mod html;
pub mod leaflet;
mod shelf;
mod views;

pub use assets::assets;
pub use discovery::discovery;
pub use forms_bundle::forms_bundle;
pub use shelf::Shelf;

/// A finished file and where it goes below the output folder, with forward slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artefact {
    pub path: String,
    pub bytes: Vec<u8>,
}

impl Artefact {
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// The three folders of the output. What is in the first is public, what is in the last never is.
pub const SITE: &str = "site";
pub const PRINT: &str = "print";
pub const FORMS: &str = "forms";
