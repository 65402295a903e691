//! Small items that only count, and vanish by themselves.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::ReturnValue;
use jiff::Timestamp;

use super::item::{self, META, number, text};
use super::{Store, failure};
use crate::store::{Result, StoreError, table};

impl Store {
    /// Whether nobody asked this before. `key` holds nothing personal: a keyed hash at most.
    pub async fn first(&self, key: &str, now: Timestamp, seconds: i64) -> Result<bool> {
        let put = item::New::at(key, META)
            .with(table::TTL, number(now.as_second() + seconds))
            .put(&self.table);
        let sent = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(put.item))
            .set_condition_expression(put.condition_expression)
            .send()
            .await;
        match sent {
            Ok(_) => Ok(true),
            Err(error) if is_refused(&error) => Ok(false),
            Err(error) => Err(failure(&error)),
        }
    }

    /// Adds one and tells how many there are now.
    pub async fn count(&self, key: &str, now: Timestamp, seconds: i64) -> Result<i64> {
        let counted = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(table::PARTITION, text(key))
            .key(table::SORT, text(META))
            .update_expression("SET #ttl = :ttl ADD hits :one")
            .expression_attribute_names("#ttl", table::TTL)
            .expression_attribute_values(":ttl", number(now.as_second() + seconds))
            .expression_attribute_values(":one", number(1))
            .return_values(ReturnValue::AllNew)
            .send()
            .await
            .map_err(|error| failure(&error))?;
        let item = counted.attributes().ok_or(StoreError::Unreadable("hits"))?;
        item::get_number(item, "hits")
    }
}

fn is_refused<R>(error: &SdkError<PutItemError, R>) -> bool {
    matches!(error.as_service_error(), Some(PutItemError::ConditionalCheckFailedException(_)))
}
