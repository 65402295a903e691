//! One step of a case: its head, what was written, the trail and the mails, all or nothing.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{TransactWriteItem, Update};
use jiff::Timestamp;

use super::item::{self, META, number, text};
use super::{Store, failure};
use crate::store::{Result, Step, Stepped, StoreError, table};
use crate::submission::Case;

impl Store {
    /// Goes on from the case as it was read: with a change in between, nothing is written.
    pub async fn step(&self, case: &Case, step: &Step<'_>, now: Timestamp) -> Result<Stepped> {
        let mut puts =
            vec![item::event(&item::case_key(&case.id), case.events + 1, step.event, now)];
        let written = step.text.map(|words| (case.messages + 1, words));
        puts.extend(written.map(|(number, words)| item::message(&case.id, number, words, now)));
        puts.extend(step.mails.iter().map(|mail| item::out(mail, now)));
        let puts = puts
            .into_iter()
            .map(|new| TransactWriteItem::builder().put(new.put(&self.table)).build());
        let head = TransactWriteItem::builder().update(self.head_after(case, step)?).build();
        let sent = self
            .client
            .transact_write_items()
            .set_transact_items(Some(std::iter::once(head).chain(puts).collect()))
            .send()
            .await;
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

    fn head_after(&self, case: &Case, step: &Step<'_>) -> Result<Update> {
        let messages = case.messages + i64::from(step.text.is_some());
        let standing = item::standing(step.state, step.owner, step.due, step.erase_on);
        let counts = [
            ("version", Some(number(case.version + 1))),
            ("events", Some(number(case.events + 1))),
            ("messages", Some(number(messages))),
        ];
        let mut update = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(item::case_key(&case.id)))
            .key(table::SORT, text(META))
            .condition_expression("version = :version AND events = :events")
            .expression_attribute_values(":version", number(case.version))
            .expression_attribute_values(":events", number(case.events));
        let (mut set, mut remove) = (Vec::new(), Vec::new());
        for (place, (name, value)) in standing.into_iter().chain(counts).enumerate() {
            let (alias, holder) = (format!("#n{place}"), format!(":v{place}"));
            update = update.expression_attribute_names(&alias, name);
            match value {
                Some(value) => {
                    set.push(format!("{alias} = {holder}"));
                    update = update.expression_attribute_values(holder, value);
                }
                None => remove.push(alias),
            }
        }
        let mut expression = format!("SET {}", set.join(", "));
        if !remove.is_empty() {
            expression += &format!(" REMOVE {}", remove.join(", "));
        }
        update
            .update_expression(expression)
            .build()
            .map_err(|_| StoreError::Failed("update incomplete"))
    }
}
