//! The store on the DynamoDB API: the cloud's, or the embedded one of the preview.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use jiff::Timestamp;

use super::{Dossier, Found, Result, StoreError, table};
use crate::ids::Id;
use crate::submission::{Case, Holder};
use item::{META, number, text};

mod case;
mod count;
mod create;
mod erase;
mod facts;
mod item;
mod keep;
mod limits;
mod list;
mod lost;
mod outbox;
mod session;
mod signup;
mod step;
mod subject;
mod timers;
mod told;
mod trail;

pub use session::Login;
pub use signup::SignUpStep;
pub use trail::Deed;

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
        case::read(id, &self.items_of(&item::case_key(id)).await?)
    }

    /// Whom this digest lets in.
    pub async fn token(
        &self,
        holder: Holder,
        digest: &str,
        now: Timestamp,
    ) -> Result<Option<Found>> {
        let Some(found) = self.item(item::token_key(digest), META).await? else { return Ok(None) };
        let past = |name| item::get_number(&found, name).is_ok_and(|at| at <= now.as_second());
        if past(table::TTL) || item::get(&found, "holder")? != holder.as_str() {
            return Ok(None);
        }
        Ok(Some(Found {
            case: item::get_id(&found, "case")?,
            forward: item::get_number(&found, "forward").ok(),
            expired: past("until"),
        }))
    }

    /// Keeps the digest of a new token that lets somebody in until a moment. For a while after that it
    /// still says whose it was, so that its page can tell what happened.
    pub async fn admit(
        &self,
        holder: Holder,
        digest: &str,
        case: &Id,
        forward: Option<i64>,
        until: Timestamp,
    ) -> Result<()> {
        let put = item::token(digest, holder, case)
            .with("until", number(until.as_second()))
            .with(table::TTL, number(until.as_second() + KNOWN_SECONDS));
        let put = match forward {
            Some(forward) => put.with("forward", number(forward)),
            None => put,
        };
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

    /// The case of a reference that somebody read out.
    pub async fn by_reference(&self, reference: &str) -> Result<Option<Id>> {
        let found = self.item(item::reference_key(reference), META).await?;
        found.map(|item| item::get_id(&item, "case")).transpose()
    }

    /// Whether this id is a question's or an offer's.
    pub async fn dossier(&self, id: &Id) -> Result<Option<Dossier>> {
        for dossier in [Dossier::Case(id.clone()), Dossier::SignUp(id.clone())] {
            if self.item(dossier.key(), META).await?.is_some() {
                return Ok(Some(dossier));
            }
        }
        Ok(None)
    }

    /// One item as it is now.
    pub(super) async fn item(&self, partition: String, sort: &str) -> Result<Option<item::Item>> {
        let found = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .key(table::PARTITION, text(partition))
            .key(table::SORT, text(sort))
            .send()
            .await
            .map_err(|error| failure(&error))?;
        Ok(found.item)
    }
}

/// How long an expired token still says whose it was.
const KNOWN_SECONDS: i64 = 60 * 24 * 60 * 60;

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
