//! One step of a case: its head, what was written, the trail and the mails, all or nothing.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};
use jiff::Timestamp;

use super::item::{self, META, New, number, text};
use super::outbox::write;
use super::{Store, case as case_item, facts, failure, trail};
use crate::dates;
use crate::forward::{Change, Standing};
use crate::state::Action;
use crate::store::{Lock, Result, Step, Stepped, table};
use crate::submission::Case;

impl Store {
    /// Goes on from the case as it was read: with a change in between, nothing is written.
    pub async fn step(&self, case: &Case, step: &Step<'_>, now: Timestamp) -> Result<Stepped> {
        let key = item::case_key(&case.id);
        let what = step.action.as_str();
        let mut puts: Vec<New> = vec![item::event(&key, case.events + 1, what, step.by, now)];
        puts.extend(trail::of_colleague(step.by, &key, what, now));
        puts.extend(step.message.map(|(kind, words)| {
            item::message(&case.id, case.messages + 1, kind, step.by, words, now)
        }));
        puts.extend(step.mails.iter().map(|mail| item::out(mail, now)));
        puts.extend(step.fact.iter().map(|fact| facts::fact(fact, now)));
        let mut writes = vec![self.head_after(case, step, now)?];
        match &step.forward {
            Some(Change::Begin(forward)) => puts.push(case_item::forward(&key, forward)),
            Some(change) => writes.push(self.forward_after(&key, change)?),
            None => {}
        }
        writes.extend(
            puts.into_iter()
                .map(|new| TransactWriteItem::builder().put(new.put(&self.table)).build()),
        );
        let sent = self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        match sent {
            Ok(_) => Ok(Stepped::Done),
            // Whatever cancelled it, another writer was there: the caller reads again.
            Err(error) => match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(_)) => {
                    Ok(Stepped::Overtaken)
                }
                _ => Err(failure(&error)),
            },
        }
    }

    fn head_after(
        &self,
        case: &Case,
        step: &Step<'_>,
        now: Timestamp,
    ) -> Result<TransactWriteItem> {
        let anew = step.course.anew;
        let since = if anew { now } else { case.since };
        let reminders = match step.action {
            _ if anew => 0,
            Action::Remind => case.reminders + 1,
            // The day that was promised is reminded of, and no day before it.
            Action::Promise => 1,
            _ => case.reminders,
        };
        let lock: Vec<(&'static str, Option<AttributeValue>)> = match step.lock {
            Lock::Keep => Vec::new(),
            Lock::Set => {
                vec![("taken_by", Some(text(step.by))), ("taken_at", Some(text(dates::stamp(now))))]
            }
            Lock::Clear => vec![("taken_by", None), ("taken_at", None)],
        };
        let counts = [
            ("version", Some(number(case.version + 1))),
            ("events", Some(number(case.events + 1))),
            ("messages", Some(number(case.messages + i64::from(step.message.is_some())))),
            ("since", Some(text(dates::stamp(since)))),
            ("reminders", Some(number(reminders))),
        ];
        let update = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(item::case_key(&case.id)))
            .key(table::SORT, text(META))
            .condition_expression("version = :version AND events = :events")
            .expression_attribute_values(":version", number(case.version))
            .expression_attribute_values(":events", number(case.events));
        let standing = item::standing(&step.course, dates::day(since), reminders);
        write(item::set_all(update, standing.into_iter().chain(counts).chain(lock)))
    }

    /// A forwarding that ends, or on which something was promised: only while it is open.
    fn forward_after(&self, key: &str, change: &Change) -> Result<TransactWriteItem> {
        let (number, name, value) = match change {
            Change::End { number, standing } => (*number, "standing", standing.as_str().to_owned()),
            Change::Promise { number, by } => (*number, "promised", by.to_string()),
            Change::Begin(forward) => {
                (forward.number, "standing", forward.standing.as_str().to_owned())
            }
        };
        let update = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(key))
            .key(table::SORT, text(case_item::forward_sort(number)))
            .update_expression("SET #name = :value")
            .condition_expression("standing = :open")
            .expression_attribute_names("#name", name)
            .expression_attribute_values(":value", text(value))
            .expression_attribute_values(":open", text(Standing::Open.as_str()));
        write(update)
    }
}
