//! What is due by the clock.

use jiff::Timestamp;

use super::item::{self, Item, text};
use super::{Store, failure};
use crate::dates;
use crate::store::{Dossier, Result, table};

impl Store {
    /// Questions and offers whose timer has come, the oldest first, at most a hundred.
    pub async fn timers(&self, now: Timestamp) -> Result<Vec<Dossier>> {
        self.work(table::DUE_TIMER, now).await
    }

    /// What stands in a partition of the work index until now, the oldest first, at most a hundred.
    pub(super) async fn work(&self, partition: &str, now: Timestamp) -> Result<Vec<Dossier>> {
        let found = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(table::WORK.name)
            .key_condition_expression("gsi2pk = :due AND gsi2sk <= :now")
            .expression_attribute_values(":due", text(partition))
            .expression_attribute_values(":now", text(dates::stamp(now)))
            .limit(100)
            .send()
            .await
            .map_err(|error| failure(&error))?;
        let dossier = |item: &Item| Dossier::parse(item::get(item, table::PARTITION).ok()?);
        Ok(found.items().iter().filter_map(dossier).collect())
    }
}
