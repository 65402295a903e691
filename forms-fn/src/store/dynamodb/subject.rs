//! What we have of one mail address: for a new link, for who asks what we keep, and for erasing it.

use super::{Store, item};
use crate::store::{Dossier, Result, table};

impl Store {
    /// Everything of an address: its questions, then its offers, oldest first.
    pub async fn dossiers_of(&self, subject: &str) -> Result<Vec<Dossier>> {
        let items = self.items_of(&item::subject_key(subject)).await?;
        let dossier = |item: &item::Item| Dossier::parse(item::get(item, table::SORT).ok()?);
        Ok(items.iter().filter_map(dossier).collect())
    }
}
