//! Who saw and did what: per case in its own partition, per colleague in another.

use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use jiff::Timestamp;

use super::item::{self, META, New, get, get_moment, number, text};
use super::outbox::write;
use super::{Store, failure};
use crate::ids::{self};
use crate::store::{Dossier, Result, StoreError, table};
use crate::{dates, retention};

/// One line of what a colleague did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    pub what: String,
    /// About which question or offer; `None` for what was about a whole list.
    pub about: Option<Dossier>,
    pub at: Timestamp,
}

/// Lines of one page of what a colleague did.
const MOST_DEEDS: i32 = 200;

/// The line for whoever has an address; organisations and residents have their trail with the case.
pub(super) fn of_colleague(by: &str, about: &str, what: &str, at: Timestamp) -> Option<New> {
    // Two deeds of one second have two places.
    let place = || format!("{}#{}", dates::stamp(at), ids::hex(&ids::random::<4>()));
    by.contains('@').then(|| {
        New::at(colleague_key(by), place())
            .with("event", text(what))
            .with("about", text(about))
            .with("at", text(dates::stamp(at)))
            .with(table::TTL, number(retention::forget_at(at).as_second()))
    })
}

fn colleague_key(address: &str) -> String {
    format!("WHO#{address}")
}

impl Store {
    /// Adds an event to the trail of a question or an offer. Events are numbered without gaps: the
    /// number is taken and the event written in one transaction.
    pub async fn audit(
        &self,
        about: &Dossier,
        what: &'static str,
        by: &str,
        now: Timestamp,
    ) -> Result<()> {
        let mut attempt = 1;
        loop {
            match self.try_audit(&about.key(), what, by, now).await {
                Err(StoreError::Busy) if attempt < 6 => {
                    self.pause(attempt).await;
                    attempt += 1;
                }
                other => return other,
            }
        }
    }

    async fn try_audit(&self, key: &str, what: &str, by: &str, now: Timestamp) -> Result<()> {
        let head = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .key(table::PARTITION, text(key))
            .key(table::SORT, text(META))
            .send()
            .await
            .map_err(|error| failure(&error))?;
        let head = head.item().ok_or(StoreError::Unreadable("no head"))?;
        let last = item::get_number(head, "events")?;
        let count = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(key))
            .key(table::SORT, text(META))
            .update_expression("SET events = :next")
            .condition_expression("events = :last")
            .expression_attribute_values(":next", number(last + 1))
            .expression_attribute_values(":last", number(last));
        let mut writes = vec![write(count)?];
        let event = item::event(key, last + 1, what, by, now);
        let puts = std::iter::once(event).chain(of_colleague(by, key, what, now));
        writes
            .extend(puts.map(|new| TransactWriteItem::builder().put(new.put(&self.table)).build()));
        let sent = self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        // Whatever cancelled it, another writer was first: read again and take the next number.
        sent.map(|_| ()).map_err(|error| match error.as_service_error() {
            Some(cancelled) if cancelled.is_transaction_canceled_exception() => StoreError::Busy,
            _ => failure(&error),
        })
    }

    /// Writes down what a colleague did with a whole list.
    pub async fn note_deed(&self, by: &str, what: &'static str, now: Timestamp) -> Result<()> {
        let Some(put) = of_colleague(by, "", what, now) else { return Ok(()) };
        let put = put.put(&self.table);
        self.client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(put.item))
            .send()
            .await
            .map_err(|error| failure(&error))?;
        Ok(())
    }

    /// What a colleague did last, newest first.
    pub async fn deeds(&self, by: &str) -> Result<Vec<Deed>> {
        let found = self
            .client
            .query()
            .table_name(&self.table)
            .key_condition_expression("pk = :who")
            .expression_attribute_values(":who", text(colleague_key(by)))
            .scan_index_forward(false)
            .limit(MOST_DEEDS)
            .send()
            .await
            .map_err(|error| failure(&error))?;
        let deed = |item: &item::Item| {
            Ok(Deed {
                what: get(item, "event")?.to_owned(),
                about: get(item, "about").ok().and_then(Dossier::parse),
                at: get_moment(item, "at")?,
            })
        };
        found.items().iter().map(deed).collect()
    }
}
