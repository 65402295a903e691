//! What an output was made from, as one number: equal numbers need no new output.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;

/// Only compared within one process, so the hash may differ from release to release.
#[derive(Default)]
pub struct Fingerprint(DefaultHasher);

impl Fingerprint {
    pub fn add(&mut self, part: &(impl Hash + ?Sized)) {
        part.hash(&mut self.0);
    }

    /// What a template will see of a value is what it serialises to.
    pub fn add_view(&mut self, view: &impl Serialize) {
        match serde_json::to_string(view) {
            Ok(text) => self.add(&text),
            Err(error) => self.add(&error.to_string()),
        }
    }

    pub fn finish(&self) -> u64 {
        self.0.finish()
    }
}
