//! What takes long to make and is kept from one run to the next.

use std::collections::BTreeSet;

/// A place for finished files. Their names are digests of what they were made from.
pub trait Keep: Sync {
    fn get(&self, name: &str) -> Option<Vec<u8>>;
    /// What cannot be kept is made again next time.
    fn put(&self, name: &str, bytes: &[u8]);
    /// Lets go of all files but these.
    fn keep_only(&self, names: &BTreeSet<String>);
}
