//! What a file says of itself holds until the file changes.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::diagnostics::Source;

/// Findings of one check, by path, with the very source that they were found in.
pub struct Kept<T>(HashMap<String, (Arc<Source>, Vec<T>)>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Send> Kept<T> {
    /// Looks at every source that is not the one of last time.
    pub fn look(&mut self, sources: &[Arc<Source>], find: impl Fn(&Arc<Source>) -> Vec<T> + Sync) {
        let new: Vec<&Arc<Source>> = sources
            .iter()
            .filter(|source| {
                self.0.get(&source.path).is_none_or(|(known, _)| !Arc::ptr_eq(known, source))
            })
            .collect();
        let found: Vec<_> = new.par_iter().map(|source| find(source)).collect();
        for (source, found) in new.into_iter().zip(found) {
            self.0.insert(source.path.clone(), (Arc::clone(source), found));
        }
        if self.0.len() > sources.len() {
            let here: std::collections::HashSet<&str> =
                sources.iter().map(|source| source.path.as_str()).collect();
            self.0.retain(|path, _| here.contains(path.as_str()));
        }
    }

    /// What is known of these, in their order, so that the outcome is the same each time.
    pub fn found(&self, sources: &[Arc<Source>]) -> impl Iterator<Item = &T> {
        sources.iter().filter_map(|source| self.0.get(&source.path)).flat_map(|(_, found)| found)
    }
}
