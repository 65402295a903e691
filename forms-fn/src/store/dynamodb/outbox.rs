//! The outbox: finding what is due, taking it up under a lease, saying how it ended.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValue;
use jiff::Timestamp;

use super::item::{self, META, number, text};
use super::{Store, failure};
use crate::dates;
use crate::ids::{self, Id};
use crate::store::{Claim, Ending, Result, table};

/// How long whoever took up a mail may take before somebody else does.
const LEASE_MINUTES: i64 = 15;
/// How long a sent mail's item stays, to answer questions about it.
const SENT_SECONDS: i64 = 90 * 24 * 60 * 60;

impl Store {
    /// Mails that are due, oldest first, at most a hundred. The index lags a little behind: what
    /// is missing now is found by the next sweep.
    pub async fn due(&self, now: Timestamp) -> Result<Vec<Id>> {
        let found = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(table::WORK.name)
            .key_condition_expression("gsi2pk = :due AND gsi2sk <= :now")
            .expression_attribute_values(":due", text(table::DUE_OUT))
            .expression_attribute_values(":now", text(dates::stamp(now)))
            .limit(100)
            .send()
            .await
            .map_err(|error| failure(&error))?;
        let id = |item: &item::Item| Id::parse(item::get(item, "pk").ok()?.strip_prefix("OUT#")?);
        Ok(found.items().iter().filter_map(id).collect())
    }

    /// Takes up a mail if it is due and nobody else holds it. The lease is the moment at which it
    /// is due again, so a crash after this line costs a quarter of an hour and nothing else.
    pub async fn claim(&self, id: &Id, now: Timestamp) -> Result<Option<Claim>> {
        let lease = ids::hex(&ids::random::<8>());
        let until = now + dates::minutes(LEASE_MINUTES);
        let claimed = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(table::PARTITION, text(item::out_key(id)))
            .key(table::SORT, text(META))
            .update_expression("SET gsi2sk = :until, lease = :lease ADD attempt :one")
            .condition_expression("gsi2pk = :due AND gsi2sk <= :now")
            .expression_attribute_values(":until", text(dates::stamp(until)))
            .expression_attribute_values(":lease", text(&lease))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":due", text(table::DUE_OUT))
            .expression_attribute_values(":now", text(dates::stamp(now)))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        match claimed {
            Ok(output) => {
                let item = output.attributes().cloned().unwrap_or_default();
                Ok(Some(Claim { out: item::read_out(id, &item)?, lease }))
            }
            Err(error) if refused(&error) => Ok(None),
            Err(error) => Err(failure(&error)),
        }
    }

    /// Writes down how a claimed mail ended; `false` when the lease has gone to somebody else.
    pub async fn finish(&self, claim: &Claim, ending: Ending) -> Result<bool> {
        let update = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(table::PARTITION, text(item::out_key(&claim.out.id)))
            .key(table::SORT, text(META))
            .condition_expression("lease = :lease")
            .expression_attribute_values(":lease", text(&claim.lease));
        let update = match ending {
            Ending::Sent { at } => update
                .update_expression("SET sent_at = :at, #ttl = :ttl REMOVE gsi2pk, gsi2sk, lease")
                .expression_attribute_names("#ttl", table::TTL)
                .expression_attribute_values(":ttl", number(at.as_second() + SENT_SECONDS))
                .expression_attribute_values(":at", text(dates::stamp(at))),
            Ending::Again { at } => update
                .update_expression("SET gsi2sk = :at REMOVE lease")
                .expression_attribute_values(":at", text(dates::stamp(at))),
            Ending::Dead { at } => update
                .update_expression("SET gsi2pk = :dead, gsi2sk = :at, dead_at = :at REMOVE lease")
                .expression_attribute_values(":dead", text(table::DEAD_OUT))
                .expression_attribute_values(":at", text(dates::stamp(at))),
        };
        match update.send().await {
            Ok(_) => Ok(true),
            Err(error) if refused(&error) => Ok(false),
            Err(error) => Err(failure(&error)),
        }
    }
}

/// The condition did not hold: not a fault, an answer.
pub(super) fn refused<R>(error: &SdkError<UpdateItemError, R>) -> bool {
    matches!(error.as_service_error(), Some(UpdateItemError::ConditionalCheckFailedException(_)))
}
