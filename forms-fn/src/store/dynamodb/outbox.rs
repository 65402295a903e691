//! The outbox: finding what is due, taking it up under a lease, saying how it ended.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{ReturnValue, TransactWriteItem, Update};
use jiff::Timestamp;

use super::item::{self, META, number, text};
use super::{Store, failure};
use crate::dates;
use crate::ids::{self, Id};
use crate::outbox::{Audience, Mark, Out};
use crate::store::{Claim, Ending, Result, StoreError, table};

/// How long whoever took up a mail may take before somebody else does.
const LEASE_MINUTES: i64 = 15;
/// How long a sent mail's item stays, to answer questions about it.
const SENT_SECONDS: i64 = 90 * 24 * 60 * 60;
/// How often a write is tried when somebody else writes the same.
pub(super) const ATTEMPTS: u32 = 6;

impl Store {
    /// Puts a mail into the outbox, due at once. What must be owed together with something else is
    /// written in one transaction with it, and not with this.
    pub async fn owe(&self, out: &Out, now: Timestamp) -> Result<()> {
        let put = item::out(out, now).put(&self.table);
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
        self.finish_and(claim, ending, None).await
    }

    /// The same, together with the mail that must follow because this one reaches nobody.
    pub async fn finish_and(
        &self,
        claim: &Claim,
        ending: Ending,
        next: Option<&Out>,
    ) -> Result<bool> {
        let mut attempt = 1;
        loop {
            match self.try_finish(claim, ending, next).await {
                Err(StoreError::Busy) if attempt < ATTEMPTS => {
                    self.pause(attempt).await;
                    attempt += 1;
                }
                other => return other,
            }
        }
    }

    async fn try_finish(&self, claim: &Claim, ending: Ending, next: Option<&Out>) -> Result<bool> {
        let mut writes = vec![write(self.ended(claim, ending, next))?];
        let told = match ending {
            Ending::Sent { at } => Some((Mark::Sent, at)),
            Ending::Dead { at } => Some((Mark::Dead, at)),
            Ending::Withheld { at } => Some((Mark::Withheld, at)),
            Ending::Again { .. } | Ending::Wait { .. } | Ending::Gone { .. } => None,
        };
        if let Some((mark, at)) = told {
            writes.extend(self.shown(&claim.out, mark, at, at)?);
            writes.extend(next.map(|next| self.owed(next, at)));
        }
        self.together(writes).await
    }

    fn ended(&self, claim: &Claim, ending: Ending, next: Option<&Out>) -> UpdateBuilder {
        let update = self
            .out(&claim.out.id)
            .condition_expression("lease = :lease")
            .expression_attribute_values(":lease", text(&claim.lease));
        match ending {
            Ending::Sent { at } => lasting(update, at)
                .update_expression(
                    "SET sent_at = if_not_exists(sent_at, :at), #ttl = :ttl \
                     REMOVE gsi2pk, gsi2sk, lease",
                )
                .expression_attribute_values(":at", text(dates::stamp(at))),
            Ending::Again { at } => update
                .update_expression("SET gsi2sk = :at REMOVE lease")
                .expression_attribute_values(":at", text(dates::stamp(at))),
            Ending::Wait { until } => update
                .update_expression("SET gsi2sk = :at REMOVE lease ADD attempt :less")
                .expression_attribute_values(":at", text(dates::stamp(until)))
                .expression_attribute_values(":less", number(-1)),
            // An event may have said meanwhile that it left after all.
            Ending::Dead { at } => {
                let dead = "SET gsi2pk = :dead, gsi2sk = :at, dead_at = :at";
                let rescued = next.map_or("", |_| ", rescue = :rescue");
                let update = update
                    .update_expression(format!("{dead}{rescued} REMOVE lease"))
                    .condition_expression("lease = :lease AND attribute_not_exists(sent_at)")
                    .expression_attribute_values(":dead", text(table::DEAD_OUT))
                    .expression_attribute_values(":at", text(dates::stamp(at)));
                match next {
                    Some(next) => {
                        update.expression_attribute_values(":rescue", text(next.id.as_str()))
                    }
                    None => update,
                }
            }
            Ending::Withheld { at } => lasting(update, at)
                .update_expression(
                    "SET withheld_at = :at, #ttl = :ttl REMOVE gsi2pk, gsi2sk, lease",
                )
                .expression_attribute_values(":at", text(dates::stamp(at))),
            Ending::Gone { at } => lasting(update, at)
                .update_expression("SET #ttl = :ttl REMOVE gsi2pk, gsi2sk, lease"),
        }
    }

    /// An update of a mail's item.
    pub(super) fn out(&self, id: &Id) -> UpdateBuilder {
        Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(item::out_key(id)))
            .key(table::SORT, text(META))
    }

    /// A new mail, beside whatever makes it necessary.
    pub(super) fn owed(&self, out: &Out, now: Timestamp) -> TransactWriteItem {
        TransactWriteItem::builder().put(item::out(out, now).put(&self.table)).build()
    }

    /// The same moment on the case, where who looks at it finds it without knowing the outbox.
    /// Only for mails to the resident.
    pub(super) fn shown(
        &self,
        out: &Out,
        mark: Mark,
        at: Timestamp,
        now: Timestamp,
    ) -> Result<Option<TransactWriteItem>> {
        if out.kind.audience() != Audience::Resident {
            return Ok(None);
        }
        let update = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(item::case_key(&out.case)))
            .key(table::SORT, text(item::mail_sort(&out.id)))
            .update_expression("SET #mark = :at, mail = :kind, #ttl = :ttl")
            .expression_attribute_names("#mark", mark.attribute())
            .expression_attribute_values(":at", text(dates::stamp(at)))
            .expression_attribute_values(":kind", text(out.kind.as_str()));
        write(lasting(update, now)).map(Some)
    }

    /// All of these or none; `false` when a condition did not hold.
    pub(super) async fn together(&self, writes: Vec<TransactWriteItem>) -> Result<bool> {
        let sent = self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        let Err(error) = sent else { return Ok(true) };
        let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) =
            error.as_service_error()
        else {
            return Err(failure(&error));
        };
        let codes = || cancelled.cancellation_reasons().iter().filter_map(|reason| reason.code());
        if codes().any(|code| code == "ConditionalCheckFailed") {
            return Ok(false);
        }
        let busy = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];
        match codes().any(|code| busy.contains(&code)) {
            true => Err(StoreError::Busy),
            false => Err(StoreError::Failed("transaction cancelled")),
        }
    }
}

/// What is done with stays for a while.
pub(super) fn lasting(update: UpdateBuilder, now: Timestamp) -> UpdateBuilder {
    update
        .expression_attribute_names("#ttl", table::TTL)
        .expression_attribute_values(":ttl", number(now.as_second() + SENT_SECONDS))
}

pub(super) fn write(update: UpdateBuilder) -> Result<TransactWriteItem> {
    let update = update.build().map_err(|_| StoreError::Failed("update incomplete"))?;
    Ok(TransactWriteItem::builder().update(update).build())
}

/// The condition did not hold: not a fault, an answer.
pub(super) fn refused<R>(error: &SdkError<UpdateItemError, R>) -> bool {
    matches!(error.as_service_error(), Some(UpdateItemError::ConditionalCheckFailedException(_)))
}
