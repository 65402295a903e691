//! Takes everything personal out of a question or an offer. It may be cut off anywhere: what is left is found again
//! and finished.

use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};
use jiff::Timestamp;

use super::item::{self, EVENT, FORWARD, Item, MESSAGE, META, PERSONAL, number, text};
use super::{Store, failure};
use crate::state::State;
use crate::store::{Dossier, Result, StoreError, table};
use crate::submission::CLOCK;
use crate::{dates, retention};

/// Partition of the tombstones, which say after a restore what must be erased again.
const TOMBSTONES: &str = "ERASED";

/// Attributes of a head that lead to somebody or to something they wrote.
const LEADS: [&str; 11] = [
    "nonce",
    "reference",
    "topic",
    "area",
    "consent",
    "roles",
    "day_parts",
    "readers",
    "taken_by",
    "taken_at",
    "seen_for",
];

impl Store {
    /// What is closed and whose day has come, at most a hundred.
    pub async fn to_erase(&self, now: Timestamp) -> Result<Vec<Dossier>> {
        self.work(table::DUE_ERASE, now).await
    }

    /// Erases it: first it says that it is erased and leaves a tombstone, then every item goes, and
    /// only then it leaves the list of what is to be erased. `false` when there is no such thing.
    /// `tokens` gives the digests that follow from a nonce; they last as long as what is left.
    pub async fn erase(
        &self,
        dossier: &Dossier,
        tokens: impl Fn(&str) -> Vec<String>,
        now: Timestamp,
    ) -> Result<bool> {
        let key = dossier.key();
        let items = self.items_of(&key).await?;
        let sort = |item: &Item| item::get(item, table::SORT).unwrap_or_default().to_owned();
        let Some(head) = items.iter().find(|item| sort(item) == META) else { return Ok(false) };
        let reference = item::get(head, "reference").ok().map(str::to_owned);
        let subjects: Vec<String> = items
            .iter()
            .filter_map(|item| Some(item::get(item, "subject").ok()?.to_owned()))
            .collect();
        let nonce = item::get(head, "nonce").unwrap_or_default();
        // What only the head leads to goes before the head forgets it.
        for token in tokens(nonce) {
            self.vanish(&item::token_key(&token), META, now).await?;
        }
        if let Some(reference) = reference {
            self.delete(item::reference_key(&reference), META.to_owned()).await?;
        }
        self.say_erased(&key, head, now).await?;
        for subject in subjects {
            self.delete(item::subject_key(&subject), key.clone()).await?;
        }
        for item in &items {
            let sort = sort(item);
            if sort == PERSONAL || sort.starts_with(MESSAGE) || sort.starts_with(FORWARD) {
                self.delete(key.clone(), sort).await?;
            } else if sort.starts_with(EVENT) {
                self.vanish(&key, &sort, now).await?;
            }
        }
        self.leave_the_list(&key).await?;
        Ok(true)
    }

    /// Everything that was erased not long ago.
    pub async fn tombstones(&self) -> Result<Vec<Dossier>> {
        let items = self.items_of(TOMBSTONES).await?;
        let dossier = |item: &Item| Dossier::parse(item::get(item, table::SORT).ok()?);
        Ok(items.iter().filter_map(dossier).collect())
    }

    async fn say_erased(&self, key: &str, head: &Item, now: Timestamp) -> Result<()> {
        let events = item::get_number(head, "events")?;
        let gone = retention::forget_at(now).as_second();
        let leads: Vec<String> = (0..LEADS.len()).map(|place| format!("#l{place}")).collect();
        let update = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(key))
            .key(table::SORT, text(META))
            .update_expression(format!(
                "SET #state = :erased, erased_on = :today, events = :events, #ttl = :gone, \
                 gsi2pk = :due, gsi2sk = :now REMOVE gsi1pk, gsi1sk, {}",
                leads.join(", ")
            ))
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#state", "state")
            .expression_attribute_names("#ttl", table::TTL)
            .expression_attribute_values(":erased", text(State::Erased.as_str()))
            .expression_attribute_values(":today", text(dates::day(now).to_string()))
            .expression_attribute_values(":events", number(events + 1))
            .expression_attribute_values(":gone", number(gone))
            .expression_attribute_values(":due", text(table::DUE_ERASE))
            .expression_attribute_values(":now", text(dates::stamp(now)));
        let update = leads
            .iter()
            .zip(LEADS)
            .fold(update, |update, (alias, name)| update.expression_attribute_names(alias, name))
            .build()
            .map_err(|_| StoreError::Failed("update incomplete"))?;
        let event = item::event(key, events + 1, "erased", CLOCK, now)
            .with(table::TTL, number(gone))
            .put(&self.table);
        let tombstone = item::New::at(TOMBSTONES, key)
            .with("at", text(dates::stamp(now)))
            .with(table::TTL, number(retention::tombstone_until(now).as_second()));
        // Erased a second time, after a restore, it is there already.
        let tombstone = Put::builder()
            .table_name(&self.table)
            .set_item(tombstone.put(&self.table).item.into())
            .build()
            .map_err(|_| StoreError::Failed("put incomplete"))?;
        self.client
            .transact_write_items()
            .transact_items(TransactWriteItem::builder().update(update).build())
            .transact_items(TransactWriteItem::builder().put(event).build())
            .transact_items(TransactWriteItem::builder().put(tombstone).build())
            .send()
            .await
            .map_err(|error| match error.as_service_error() {
                Some(cancelled) if cancelled.is_transaction_canceled_exception() => {
                    StoreError::Busy
                }
                _ => failure(&error),
            })?;
        Ok(())
    }

    /// Lets an item go when the last trace of its case goes.
    async fn vanish(&self, partition: &str, sort: &str, now: Timestamp) -> Result<()> {
        let sent = self
            .client
            .update_item()
            .table_name(&self.table)
            .key(table::PARTITION, text(partition))
            .key(table::SORT, text(sort))
            .update_expression("SET #ttl = :gone")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#ttl", table::TTL)
            .expression_attribute_values(":gone", number(retention::forget_at(now).as_second()))
            .send()
            .await;
        match sent {
            Ok(_) => Ok(()),
            Err(error) if super::outbox::refused(&error) => Ok(()),
            Err(error) => Err(failure(&error)),
        }
    }

    async fn leave_the_list(&self, key: &str) -> Result<()> {
        self.client
            .update_item()
            .table_name(&self.table)
            .key(table::PARTITION, text(key))
            .key(table::SORT, text(META))
            .update_expression("REMOVE gsi2pk, gsi2sk")
            .condition_expression("attribute_exists(pk)")
            .send()
            .await
            .map_err(|error| failure(&error))?;
        Ok(())
    }

    async fn delete(&self, partition: String, sort: String) -> Result<()> {
        self.client
            .delete_item()
            .table_name(&self.table)
            .key(table::PARTITION, text(partition))
            .key(table::SORT, text(sort))
            .send()
            .await
            .map_err(|error| failure(&error))?;
        Ok(())
    }

    /// Every item of a partition, however much was written.
    pub(super) async fn items_of(&self, key: &str) -> Result<Vec<Item>> {
        let mut all = Vec::new();
        let mut from = None;
        loop {
            let found = self
                .client
                .query()
                .table_name(&self.table)
                .consistent_read(true)
                .key_condition_expression("pk = :partition")
                .expression_attribute_values(":partition", text(key))
                .set_exclusive_start_key(from)
                .send()
                .await
                .map_err(|error| failure(&error))?;
            from = found.last_evaluated_key().cloned();
            all.extend(found.items.unwrap_or_default());
            if from.is_none() {
                return Ok(all);
            }
        }
    }
}
