//! What stands apart until somebody looks at it.

use super::item::{self, Item, text};
use super::{Store, failure};
use crate::ids::Id;
use crate::store::{Result, table};

impl Store {
    /// Suspect cases of an owner, the one that was promised an answer first at the front.
    pub async fn suspects(&self, owner: &str, most: i32) -> Result<Vec<Id>> {
        let found = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(table::LISTS.name)
            .key_condition_expression("gsi1pk = :list")
            .expression_attribute_values(":list", text(item::suspects_list(owner)))
            .limit(most)
            .send()
            .await
            .map_err(|error| failure(&error))?;
        let id = |item: &Item| Id::parse(item::get(item, "pk").ok()?.strip_prefix("CASE#")?);
        Ok(found.items().iter().filter_map(id).collect())
    }
}
