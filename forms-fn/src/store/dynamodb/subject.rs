//! What we have of one mail address: for a new link, for who asks what we keep, and for erasing it.

use super::item::{self, text};
use super::{Store, failure};
use crate::store::{Dossier, Result};

impl Store {
    /// Everything of an address: its questions, then its offers, oldest first.
    pub async fn dossiers_of(&self, subject: &str) -> Result<Vec<Dossier>> {
        let mut all = Vec::new();
        let mut from = None;
        loop {
            let found = self
                .client
                .query()
                .table_name(&self.table)
                .consistent_read(true)
                .key_condition_expression("pk = :subject")
                .expression_attribute_values(":subject", text(item::subject_key(subject)))
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(|error| failure(&error))?;
            let dossier = |item: &item::Item| Dossier::parse(item::get(item, "sk").ok()?);
            all.extend(found.items().iter().filter_map(dossier));
            from = found.last_evaluated_key().cloned();
            if from.is_none() {
                return Ok(all);
            }
        }
    }
}
