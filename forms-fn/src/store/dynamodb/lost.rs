//! Mails that reached nobody, for colleagues who must call instead.

use jiff::Timestamp;

use super::item::{self, META, text};
use super::outbox::{lasting, write};
use super::{Store, failure};
use crate::ids::Id;
use crate::outbox::Out;
use crate::store::{Result, StoreError, table};

impl Store {
    /// Mails that reached nobody and that nobody has put aside, the newest first.
    pub async fn lost_mails(&self, most: i32) -> Result<Vec<Out>> {
        let found = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(table::WORK.name)
            .key_condition_expression("gsi2pk = :dead")
            .expression_attribute_values(":dead", text(table::DEAD_OUT))
            .scan_index_forward(false)
            .limit(most)
            .send()
            .await
            .map_err(|error| failure(&error))?;
        let mut all = Vec::new();
        for item in found.items() {
            let id = Id::parse(item::get(item, "pk")?.strip_prefix("OUT#").unwrap_or_default());
            let id = id.ok_or(StoreError::Unreadable("pk"))?;
            let item = self.item(item::out_key(&id), META).await?;
            all.extend(item.map(|item| item::read_out(&id, &item)).transpose()?);
        }
        Ok(all)
    }

    /// A colleague has seen that this mail was lost: it is kept, and no longer told.
    pub async fn put_aside(&self, id: &Id, now: Timestamp) -> Result<bool> {
        let update = lasting(self.out(id), now)
            .update_expression("SET #ttl = :ttl REMOVE gsi2pk, gsi2sk")
            .condition_expression("gsi2pk = :dead")
            .expression_attribute_values(":dead", text(table::DEAD_OUT));
        self.together(vec![write(update)?]).await
    }
}
