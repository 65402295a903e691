//! What a build left behind, file by file.

use std::collections::BTreeMap;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};

/// Path below the folder to a digest of the bytes.
pub struct Tree(BTreeMap<PathBuf, u64>);

impl Tree {
    pub fn read(root: &Path) -> Self {
        let mut paths = Vec::new();
        walk(root, &mut paths);
        Self(
            paths
                .into_par_iter()
                .filter_map(|path| {
                    let bytes = fs::read(&path).ok()?;
                    // The same keys in every process, which is all that is asked of it here.
                    let mut hasher = std::hash::DefaultHasher::new();
                    hasher.write(&bytes);
                    let below = path.strip_prefix(root).unwrap_or(&path).to_owned();
                    Some((below, hasher.finish()))
                })
                .collect(),
        )
    }

    pub fn files(&self) -> usize {
        self.0.len()
    }

    /// Files with this ending.
    pub fn count(&self, ending: &str) -> usize {
        self.0.keys().filter(|path| path.to_string_lossy().ends_with(ending)).count()
    }

    pub fn has(&self, found: impl Fn(&str) -> bool) -> bool {
        self.0.keys().any(|path| found(&path.to_string_lossy()))
    }

    /// How many files are not the same in both, those that only one has among them.
    pub fn differences(&self, other: &Self) -> usize {
        let changed = self.0.iter().filter(|(path, hash)| other.0.get(*path) != Some(hash)).count();
        changed + other.0.keys().filter(|path| !self.0.contains_key(*path)).count()
    }
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, paths) } else { paths.push(path) }
    }
}
