//! The store on the DynamoDB API: the cloud's, or the embedded one of the preview.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use jiff::Timestamp;

use super::{Found, Result, StoreError, table};
use crate::ids::Id;
use crate::submission::{Case, Holder};
use item::{META, number, text};

mod count;
mod create;
mod erase;
mod item;
mod keep;
mod limits;
mod outbox;
mod signup;
mod step;
mod subject;
mod suspects;
mod told;

/// The one table and the connection to it.
#[derive(Clone)]
pub struct Store {
    client: Client,
    table: String,
}

impl Store {
    pub fn new(client: Client, table: &str) -> Self {
        Self { client, table: table.to_owned() }
    }

    /// A case with its question and contact data.
    pub async fn case(&self, id: &Id) -> Result<Option<Case>> {
        item::read_case(id, &self.items_of(&item::case_key(id)).await?)
    }

    /// Whom this digest lets in, if it still does.
    pub async fn token(
        &self,
        holder: Holder,
        digest: &str,
        now: Timestamp,
    ) -> Result<Option<Found>> {
        let found = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .key(table::PARTITION, text(item::token_key(digest)))
            .key(table::SORT, text(META))
            .send()
            .await
            .map_err(|error| failure(&error))?;
        let Some(found) = found.item() else { return Ok(None) };
        let expired = item::get_number(found, table::TTL).is_ok_and(|ttl| ttl <= now.as_second());
        if expired || item::get(found, "holder")? != holder.as_str() {
            return Ok(None);
        }
        Ok(Some(Found { case: item::get_id(found, "case")? }))
    }

    /// Keeps the digest of a new token that lets somebody in for a while.
    pub async fn admit(
        &self,
        holder: Holder,
        digest: &str,
        case: &Id,
        until: Timestamp,
    ) -> Result<()> {
        let put = item::token(digest, holder, case, Some(until.as_second()));
        let put = put.put(&self.table);
        self.client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(put.item))
            .set_condition_expression(put.condition_expression)
            .send()
            .await
            .map_err(|error| failure(&error))?;
        Ok(())
    }

    /// Adds an event to a case's trail. Events are numbered without gaps: the number is taken
    /// and the event written in one transaction.
    pub async fn audit(&self, case: &Id, what: &'static str, now: Timestamp) -> Result<()> {
        let mut attempt = 1;
        loop {
            match self.try_audit(case, what, now).await {
                Err(StoreError::Busy) if attempt < 6 => {
                    self.pause(attempt).await;
                    attempt += 1;
                }
                other => return other,
            }
        }
    }

    async fn try_audit(&self, case: &Id, what: &'static str, now: Timestamp) -> Result<()> {
        let head = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .key(table::PARTITION, text(item::case_key(case)))
            .key(table::SORT, text(META))
            .send()
            .await
            .map_err(|error| failure(&error))?;
        let head = head.item().ok_or(StoreError::Unreadable("case without head"))?;
        let last = item::get_number(head, "events")?;
        let count = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(item::case_key(case)))
            .key(table::SORT, text(META))
            .update_expression("SET events = :next")
            .condition_expression("events = :last")
            .expression_attribute_values(":next", number(last + 1))
            .expression_attribute_values(":last", number(last))
            .build()
            .map_err(|_| StoreError::Failed("update incomplete"))?;
        let event = item::event(&item::case_key(case), last + 1, what, now).put(&self.table);
        let sent = self
            .client
            .transact_write_items()
            .transact_items(TransactWriteItem::builder().update(count).build())
            .transact_items(TransactWriteItem::builder().put(event).build())
            .send()
            .await;
        // Whatever cancelled it, another writer was first: read again and take the next number.
        sent.map(|_| ()).map_err(|error| match error.as_service_error() {
            Some(cancelled) if cancelled.is_transaction_canceled_exception() => StoreError::Busy,
            _ => failure(&error),
        })
    }
}

/// What an error of the SDK means to us. Its text stays here: it may quote what was sent.
fn failure<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> StoreError {
    match error {
        SdkError::ServiceError(service) => match service.err().code().unwrap_or_default() {
            "ProvisionedThroughputExceededException"
            | "ThrottlingException"
            | "RequestLimitExceeded"
            | "TransactionConflictException"
            | "TransactionInProgressException"
            | "InternalServerError" => StoreError::Busy,
            "ResourceNotFoundException" => StoreError::Failed("table not found"),
            "AccessDeniedException" => StoreError::Failed("access denied"),
            _ => StoreError::Failed("store refused"),
        },
        SdkError::TimeoutError(_) => StoreError::Failed("store timed out"),
        SdkError::DispatchFailure(_) => StoreError::Failed("store not reached"),
        _ => StoreError::Failed("store answer unreadable"),
    }
}

/// A resident waits for the answer: better an honest page after seconds than a gateway's error
/// after half a minute.
fn timeouts() -> TimeoutConfig {
    use std::time::Duration;
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(1))
        .operation_attempt_timeout(Duration::from_secs(3))
        .operation_timeout(Duration::from_secs(8))
        .build()
}

/// A client for a database on this machine: loopback, no TLS, credentials that mean nothing.
pub fn local_client(endpoint: &str) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(endpoint)
        .region(Region::new("local"))
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .retry_config(RetryConfig::standard())
        .timeout_config(timeouts())
        .build();
    Client::from_conf(config)
}

/// A client for the cloud's database, from the function's own configuration.
#[cfg(feature = "lambda")]
pub fn cloud_client(config: &aws_config::SdkConfig) -> Client {
    let config = aws_sdk_dynamodb::config::Builder::from(config).timeout_config(timeouts()).build();
    Client::from_conf(config)
}
