//! Sign-ups in the table: kept, read, followed, and ended.

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};
use jiff::Timestamp;

use super::item::{self, Item, META, New, get, number, text};
use super::{Store, failure};
use crate::ids::Id;
use crate::outbox::Out;
use crate::signup::state::State;
use crate::signup::{PERSONAL, SignUp};
use crate::store::{CaseKeys, Kept, Result, StoreError, table};
use crate::submission::Holder;
use crate::{dates, retention};

const ATTEMPTS: u32 = 6;
const PII: &str = "PII";

fn key(id: &Id) -> String {
    format!("VOL#{id}")
}

/// Partition of [`table::LISTS`]: sign-ups of one neighbourhood in one state.
fn list(area: Option<&str>, state: State) -> String {
    format!("VOL#{}#{}", area.unwrap_or("none"), state.as_str())
}

fn texts(values: &[String]) -> AttributeValue {
    AttributeValue::L(values.iter().map(text).collect())
}

fn head(sign_up: &SignUp) -> New {
    New::at(key(&sign_up.id), META)
        .with("state", text(sign_up.state.as_str()))
        .with("owner", text(&sign_up.owner))
        .with("due", text(sign_up.due.to_string()))
        .with("reference", text(&sign_up.reference))
        .with("form", text(&sign_up.form))
        .with("lang", text(&sign_up.lang))
        .with("roles", texts(&sign_up.roles))
        .with("day_parts", texts(&sign_up.day_parts))
        .with_text("area", sign_up.area.as_deref())
        .with("consent", AttributeValue::Bool(sign_up.consent))
        .with("nonce", text(&sign_up.nonce_id))
        .with("received_at", text(dates::stamp(sign_up.received)))
        .with("version", number(1))
        .with("events", number(1))
        .with(table::LISTS.partition, text(list(sign_up.area.as_deref(), sign_up.state)))
        .with(table::LISTS.sort, text(sign_up.due.to_string()))
        .with(table::WORK.partition, text(table::DUE_TIMER))
        .with(table::WORK.sort, text(dates::stamp(dates::end_of(sign_up.due))))
}

/// What is personal stands apart, so that it can be shown and erased apart.
fn personal(sign_up: &SignUp, subject: Option<&str>) -> New {
    let values = sign_up.personal.iter();
    let item = New::at(key(&sign_up.id), PII).with_text("subject", subject);
    values.fold(item, |item, (kind, value)| item.with(kind.as_str(), text(value)))
}

/// A sign-up from all items of its partition; `None` when there is no head.
fn read(id: &Id, items: &[Item]) -> Result<Option<SignUp>> {
    let at = |sort: &str| items.iter().find(|item| get(item, table::SORT) == Ok(sort));
    let Some(head) = at(META) else { return Ok(None) };
    let own = |name| get(head, name).map(str::to_owned);
    let all = |name: &'static str| -> Result<Vec<String>> {
        let list = head.get(name).and_then(|value| value.as_l().ok());
        let words = list.into_iter().flatten().map(|word| word.as_s().ok().cloned());
        words.collect::<Option<_>>().ok_or(StoreError::Unreadable(name))
    };
    let some = |name| own(name).unwrap_or_default();
    let value =
        |kind: forms_core::Kind| Some((kind, get(at(PII)?, kind.as_str()).ok()?.to_owned()));
    Ok(Some(SignUp {
        id: id.clone(),
        // What is erased has neither.
        reference: some("reference"),
        nonce_id: some("nonce"),
        form: own("form")?,
        lang: own("lang")?,
        state: State::parse(get(head, "state")?).ok_or(StoreError::Unreadable("state"))?,
        roles: all("roles")?,
        day_parts: all("day_parts")?,
        area: own("area").ok(),
        personal: PERSONAL.into_iter().filter_map(value).collect(),
        consent: head.get("consent").and_then(|v| v.as_bool().ok()).copied().unwrap_or(false),
        owner: own("owner")?,
        received: dates::parse(get(head, "received_at")?)
            .ok_or(StoreError::Unreadable("received_at"))?,
        due: get(head, "due")?.parse().map_err(|_| StoreError::Unreadable("due"))?,
    }))
}

impl Store {
    pub async fn keep_sign_up(
        &self,
        sign_up: &SignUp,
        mails: &[Out],
        keys: &CaseKeys,
    ) -> Result<Kept> {
        let CaseKeys { status, code, subject } = keys;
        let SignUp { id, received, .. } = sign_up;
        let mut items = vec![
            item::idempotency(&sign_up.nonce_id, id, *received),
            item::reference(&sign_up.reference, id),
            head(sign_up),
            personal(sign_up, subject.as_deref()),
            item::event(&key(id), 1, "received", *received),
            item::token(status, Holder::Volunteer, id, None),
            item::token(code, Holder::Volunteer, id, None),
        ];
        items.extend(subject.iter().map(|digest| item::subject(digest, &key(id))));
        items.extend(mails.iter().map(|mail| item::out(mail, *received)));
        self.put_all(items).await
    }

    pub async fn sign_up(&self, id: &Id) -> Result<Option<SignUp>> {
        read(id, &self.items_of(&key(id)).await?)
    }

    /// Adds an event to a sign-up's trail.
    pub async fn audit_sign_up(&self, id: &Id, what: &'static str, now: Timestamp) -> Result<()> {
        self.write_down(id, what, None, now).await.map(|_| ())
    }

    /// Ends a sign-up and erases what is personal in it; `false` when it had ended before.
    pub async fn stop_sign_up(&self, id: &Id, now: Timestamp) -> Result<bool> {
        self.write_down(id, "withdrawn", Some(State::Stopped), now).await
    }

    /// Writes an event, and with it the state that it leads to. `false` when the state of now does
    /// not allow that.
    async fn write_down(
        &self,
        id: &Id,
        what: &'static str,
        next: Option<State>,
        now: Timestamp,
    ) -> Result<bool> {
        let mut attempt = 1;
        loop {
            match self.try_write_down(id, what, next, now).await {
                Err(StoreError::Busy) if attempt < ATTEMPTS => {
                    self.pause(attempt).await;
                    attempt += 1;
                }
                other => return other,
            }
        }
    }

    async fn try_write_down(
        &self,
        id: &Id,
        what: &'static str,
        next: Option<State>,
        now: Timestamp,
    ) -> Result<bool> {
        let head = self
            .client
            .get_item()
            .table_name(&self.table)
            .consistent_read(true)
            .key(table::PARTITION, text(key(id)))
            .key(table::SORT, text(META))
            .send()
            .await
            .map_err(|error| failure(&error))?;
        let head = head.item().ok_or(StoreError::Unreadable("sign-up without head"))?;
        let state = State::parse(get(head, "state")?).ok_or(StoreError::Unreadable("state"))?;
        if next.is_some_and(|next| !state.may_become(next)) {
            return Ok(false);
        }
        let last = item::get_number(head, "events")?;
        let event = item::event(&key(id), last + 1, what, now).put(&self.table);
        let mut writes = vec![
            TransactWriteItem::builder().update(self.follow(id, head, last, next, now)?).build(),
            TransactWriteItem::builder().put(event).build(),
        ];
        if next == Some(State::Stopped) {
            writes.push(TransactWriteItem::builder().update(self.forget(id, now)?).build());
        }
        let sent = self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        // Whatever cancelled it, another writer was first: read again and judge anew.
        sent.map(|_| true).map_err(|error| match error.as_service_error() {
            Some(cancelled) if cancelled.is_transaction_canceled_exception() => StoreError::Busy,
            _ => failure(&error),
        })
    }

    /// The head one event further. Every change of state writes an event, so the number of events
    /// guards the state too. The only state that is reached here is the end: from then on it waits for
    /// the day on which it is erased.
    fn follow(
        &self,
        id: &Id,
        head: &Item,
        last: i64,
        next: Option<State>,
        now: Timestamp,
    ) -> Result<Update> {
        let update = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(key(id)))
            .key(table::SORT, text(META))
            .condition_expression("events = :last")
            .expression_attribute_values(":last", number(last))
            .expression_attribute_values(":next", number(last + 1));
        let update = match next {
            None => update.update_expression("SET events = :next"),
            Some(state) => update
                .update_expression(
                    "SET events = :next, #state = :state, gsi1pk = :list, gsi2pk = :erase, \
                     gsi2sk = :day ADD version :one",
                )
                .expression_attribute_values(":erase", text(table::DUE_ERASE))
                .expression_attribute_values(
                    ":day",
                    text(dates::stamp(dates::start_of(retention::erase_on(dates::day(now))))),
                )
                .expression_attribute_names("#state", "state")
                .expression_attribute_values(":state", text(state.as_str()))
                .expression_attribute_values(":list", text(list(get(head, "area").ok(), state)))
                .expression_attribute_values(":one", number(1)),
        };
        update.build().map_err(|_| StoreError::Failed("update incomplete"))
    }

    /// Empties the item of what is personal. It is not deleted: no role of ours may delete.
    fn forget(&self, id: &Id, now: Timestamp) -> Result<Update> {
        let names: Vec<String> = (0..PERSONAL.len()).map(|at| format!("#p{at}")).collect();
        let update = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(key(id)))
            .key(table::SORT, text(PII))
            .update_expression(format!("SET erased_at = :at REMOVE {}", names.join(", ")))
            .expression_attribute_values(":at", text(dates::stamp(now)));
        let named = names.iter().zip(PERSONAL);
        let update = named.fold(update, |update, (name, kind)| {
            update.expression_attribute_names(name, kind.as_str())
        });
        update.build().map_err(|_| StoreError::Failed("update incomplete"))
    }
}
