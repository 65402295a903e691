//! One transaction makes a submission and everything that must follow from it: it is stored and its
//! mails are owed, or nothing happened.

use std::time::Duration;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{CancellationReason, TransactWriteItem};

use super::item::New;
use super::{Store, facts, failure, item};
use crate::ids;
use crate::message::Kind;
use crate::state::State;
use crate::store::{CaseKeys, Kept, Result, StoreError};
use crate::submission::{Case, Holder, RESIDENT};

const ATTEMPTS: u32 = 6;

/// Places in the transaction whose refusal means something.
const IDEM: usize = 0;
const REFERENCE: usize = 1;

impl Store {
    pub async fn keep(&self, case: &Case, keys: &CaseKeys) -> Result<Kept> {
        let CaseKeys { status, code, subject } = keys;
        let subject = subject.as_deref();
        let mut items = vec![
            item::idempotency(&case.nonce_id, &case.id, case.received),
            item::reference(&case.reference, &case.id),
            item::head(case),
            item::message(&case.id, 1, Kind::Question, RESIDENT, &case.question, case.received),
            item::event(&item::case_key(&case.id), 1, "received", RESIDENT, case.received),
            item::token(status, Holder::Resident, &case.id),
            item::token(code, Holder::Resident, &case.id),
        ];
        items.extend(item::contact(case, subject));
        items.extend(subject.map(|digest| item::subject(digest, &item::case_key(&case.id))));
        items.extend(case.mails().iter().map(|mail| item::out(mail, case.received)));
        // What stands apart may be no question at all.
        let counts = case.state != State::Suspect;
        items.extend(counts.then(|| facts::fact(&case.fact(), case.received)));
        self.put_all(items).await
    }

    /// Puts all items or none. They begin with the mark of the check page and the reference: whose
    /// refusal tells what became of the submission.
    pub(super) async fn put_all(&self, items: Vec<New>) -> Result<Kept> {
        let puts = items.into_iter().map(|new| new.put(&self.table));
        let writes: Vec<TransactWriteItem> =
            puts.map(|put| TransactWriteItem::builder().put(put).build()).collect();
        let mut attempt = 1;
        loop {
            let outcome = self.transact(writes.clone()).await;
            match outcome {
                Err(StoreError::Busy) if attempt < ATTEMPTS => {
                    self.pause(attempt).await;
                    attempt += 1;
                }
                other => return other,
            }
        }
    }

    /// Waits twice as long every time, and nobody as long as the other.
    pub(crate) async fn pause(&self, attempt: u32) {
        let most = 25_u64 << attempt.min(6);
        let jitter = u64::from(u16::from_be_bytes(ids::random())) % most;
        tokio::time::sleep(Duration::from_millis(most / 2 + jitter / 2)).await;
    }

    async fn transact(&self, writes: Vec<TransactWriteItem>) -> Result<Kept> {
        let sent = self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        match sent {
            Ok(_) => Ok(Kept::New),
            Err(error) => match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                    verdict(cancelled.cancellation_reasons())
                }
                _ => Err(failure(&error)),
            },
        }
    }
}

/// What a cancelled transaction means. That the page was sent before goes before everything else:
/// its case also took the tokens.
fn verdict(reasons: &[CancellationReason]) -> Result<Kept> {
    let code = |at: usize| reasons.get(at).and_then(CancellationReason::code).unwrap_or("None");
    const REFUSED: &str = "ConditionalCheckFailed";
    if code(IDEM) == REFUSED {
        return Ok(Kept::Before);
    }
    let busy = ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"];
    if (0..reasons.len()).any(|at| busy.contains(&code(at))) {
        return Err(StoreError::Busy);
    }
    if code(REFERENCE) == REFUSED {
        return Ok(Kept::ReferenceTaken);
    }
    Err(StoreError::Failed("transaction cancelled"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons<const N: usize>(codes: [&str; N]) -> Vec<CancellationReason> {
        codes.iter().map(|code| CancellationReason::builder().code(*code).build()).collect()
    }

    #[test]
    fn every_reason_has_its_answer() {
        const REFUSED: &str = "ConditionalCheckFailed";
        for (codes, expected) in [
            ([REFUSED, "None", "None"], Ok(Kept::Before)),
            ([REFUSED, "None", "TransactionConflict"], Ok(Kept::Before)),
            (["None", REFUSED, "None"], Ok(Kept::ReferenceTaken)),
            (["TransactionConflict", "None", "None"], Err(StoreError::Busy)),
            (["None", "None", "ThrottlingError"], Err(StoreError::Busy)),
            (["None", "None", "ValidationError"], Err(StoreError::Failed("transaction cancelled"))),
        ] {
            assert_eq!(verdict(&reasons(codes)), expected, "{codes:?}");
        }
    }
}
