//! Sign-ups in the table: kept, read, followed, and ended.

use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem, Update};
use jiff::Timestamp;
use jiff::civil::{Date, time};

use super::item::{self, EVENT, Item, META, New, flag, get, get_texts, is, number, text};
use super::list::NO_DAY;
use super::outbox::write;
use super::{Store, facts, failure, trail};
use crate::figures::{Fact, FactKind};
use crate::ids::Id;
use crate::outbox::Out;
use crate::signup::state::State;
use crate::signup::{PERSONAL, Seen, SignUp};
use crate::store::list::List;
use crate::store::{CaseKeys, Kept, Result, Stepped, StoreError, table};
use crate::submission::{Event, Holder, RESIDENT};
use crate::{dates, retention, workdays};

const PII: &str = "PII";

fn key(id: &Id) -> String {
    format!("VOL#{id}")
}

/// What a state has to do with the lists and the clock; what has no value here is taken away.
fn standing(
    state: State,
    due: Option<Date>,
    today: Date,
) -> [(&'static str, Option<AttributeValue>); 6] {
    let list = (!state.is_over()).then_some(List::SignUps);
    let day = due.map_or_else(|| NO_DAY.to_owned(), |due| due.to_string());
    let work = match due {
        _ if state.is_over() => {
            Some((table::DUE_ERASE, dates::start_of(retention::erase_on(today))))
        }
        Some(due) => Some((table::DUE_TIMER, overdue_at(due))),
        None => None,
    };
    [
        ("state", Some(text(state.as_str()))),
        ("due", due.map(|due| text(due.to_string()))),
        (table::LISTS.partition, list.map(|list| text(list.as_str()))),
        (table::LISTS.sort, list.map(|_| text(day))),
        (table::WORK.partition, work.as_ref().map(|(partition, _)| text(*partition))),
        (table::WORK.sort, work.map(|(_, at)| text(dates::stamp(at)))),
    ]
}

/// In the morning of the working day after its day.
fn overdue_at(due: Date) -> Timestamp {
    dates::at(workdays::add(due, 1), time(9, 0, 0, 0))
}

fn texts(values: &[String]) -> AttributeValue {
    AttributeValue::L(values.iter().map(text).collect())
}

fn head(sign_up: &SignUp, readers: &[String]) -> New {
    New::at(key(&sign_up.id), META)
        .with("owner", text(&sign_up.owner))
        .with("reference", text(&sign_up.reference))
        .with("form", text(&sign_up.form))
        .with("lang", text(&sign_up.lang))
        .with("roles", texts(&sign_up.roles))
        .with("day_parts", texts(&sign_up.day_parts))
        .with("readers", texts(readers))
        .with_text("area", sign_up.area.as_deref())
        .with("consent", flag(sign_up.consent))
        .with("nonce", text(&sign_up.nonce_id))
        .with("received_at", text(dates::stamp(sign_up.received)))
        .with("version", number(sign_up.version))
        .with("events", number(1))
        .with_all(standing(sign_up.state, sign_up.due, dates::day(sign_up.received)))
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
    let some = |name| own(name).unwrap_or_default();
    let mut events: Vec<&Item> = items.iter().filter(|item| is_event(item)).collect();
    events.sort_by_key(|item| event_number(item));
    let trail = events.into_iter().map(read_event).collect::<Result<_>>()?;
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
        roles: get_texts(head, "roles")?,
        day_parts: get_texts(head, "day_parts")?,
        area: own("area").ok(),
        personal: PERSONAL.into_iter().filter_map(value).collect(),
        consent: is(head, "consent"),
        owner: own("owner")?,
        received: dates::parse(get(head, "received_at")?)
            .ok_or(StoreError::Unreadable("received_at"))?,
        due: day(head, "due")?,
        seen: match day(head, "seen_on")? {
            Some(on) => Some(Seen { on, by: own("seen_by")?, role: some("seen_for") }),
            None => None,
        },
        trail,
        version: item::get_number(head, "version")?,
    }))
}

fn day(item: &Item, name: &'static str) -> Result<Option<Date>> {
    let parsed = get(item, name).ok().map(|day| day.parse());
    parsed.transpose().map_err(|_| StoreError::Unreadable(name))
}

fn event_number(item: &Item) -> i64 {
    let number =
        get(item, table::SORT).ok().and_then(|sort| sort.strip_prefix(EVENT)?.parse().ok());
    number.unwrap_or_default()
}

fn is_event(item: &Item) -> bool {
    get(item, table::SORT).is_ok_and(|sort| sort.starts_with(EVENT))
}

fn read_event(item: &Item) -> Result<Event> {
    Ok(Event {
        what: get(item, "event")?.to_owned(),
        by: get(item, "by").unwrap_or_default().to_owned(),
        at: item::get_moment(item, "at")?,
    })
}

/// What changes about an offer.
#[derive(Debug, Clone)]
pub struct SignUpStep<'a> {
    pub state: State,
    pub due: Option<Date>,
    pub seen: Option<&'a Seen>,
    /// The volunteer, an organisation, or a colleague.
    pub by: &'a str,
    /// A word of ours for the trail.
    pub what: &'static str,
}

impl Store {
    pub async fn keep_sign_up(
        &self,
        sign_up: &SignUp,
        readers: &[String],
        mails: &[Out],
        keys: &CaseKeys,
    ) -> Result<Kept> {
        let CaseKeys { status, code, subject } = keys;
        let SignUp { id, received, .. } = sign_up;
        let mut items = vec![
            item::idempotency(&sign_up.nonce_id, id, *received),
            item::reference(&sign_up.reference, id),
            head(sign_up, readers),
            personal(sign_up, subject.as_deref()),
            item::event(&key(id), 1, "received", RESIDENT, *received),
            item::token(status, Holder::Volunteer, id),
            item::token(code, Holder::Volunteer, id),
        ];
        items.extend(subject.iter().map(|digest| item::subject(digest, &key(id))));
        items.extend(mails.iter().map(|mail| item::out(mail, *received)));
        let fact = Fact { kind: FactKind::Offer, area: sign_up.area.clone(), topic: None };
        items.push(facts::fact(&fact, *received));
        self.put_all(items).await
    }

    pub async fn sign_up(&self, id: &Id) -> Result<Option<SignUp>> {
        read(id, &self.items_of(&key(id)).await?)
    }

    /// Goes on from the offer as it was read: with a change in between, nothing is written. Whoever
    /// stops leaves nothing personal behind.
    pub async fn step_sign_up(
        &self,
        sign_up: &SignUp,
        step: &SignUpStep<'_>,
        now: Timestamp,
    ) -> Result<Stepped> {
        let id = &sign_up.id;
        let events = i64::try_from(sign_up.trail.len()).unwrap_or(i64::MAX);
        let update = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(key(id)))
            .key(table::SORT, text(META))
            .condition_expression("version = :version AND events = :events")
            .expression_attribute_values(":version", number(sign_up.version))
            .expression_attribute_values(":events", number(events));
        let counts =
            [("version", Some(number(sign_up.version + 1))), ("events", Some(number(events + 1)))];
        let seen = step.seen.map(|seen| {
            [
                ("seen_on", seen.on.to_string()),
                ("seen_by", seen.by.clone()),
                ("seen_for", seen.role.clone()),
            ]
            .map(|(name, value)| (name, Some(text(value))))
        });
        let all = standing(step.state, step.due, dates::day(now)).into_iter().chain(counts);
        let all = all.chain(seen.into_iter().flatten());
        let mut writes = vec![write(item::set_all(update, all))?];
        let event = item::event(&key(id), events + 1, step.what, step.by, now);
        let puts =
            std::iter::once(event).chain(trail::of_colleague(step.by, &key(id), step.what, now));
        writes
            .extend(puts.map(|new| TransactWriteItem::builder().put(new.put(&self.table)).build()));
        if step.state.is_over() {
            writes.push(TransactWriteItem::builder().update(self.forget(id, now)?).build());
        }
        let sent = self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        match sent {
            Ok(_) => Ok(Stepped::Done),
            // Whatever cancelled it, another writer was there: the caller reads again.
            Err(error) => match error.as_service_error() {
                Some(cancelled) if cancelled.is_transaction_canceled_exception() => {
                    Ok(Stepped::Overtaken)
                }
                _ => Err(failure(&error)),
            },
        }
    }

    /// Owes a mail about an offer whose day has passed, and looks again at this moment.
    pub async fn remind_of_sign_up(
        &self,
        sign_up: &SignUp,
        mails: &[Out],
        again: Timestamp,
        now: Timestamp,
    ) -> Result<bool> {
        let later = Update::builder()
            .table_name(&self.table)
            .key(table::PARTITION, text(key(&sign_up.id)))
            .key(table::SORT, text(META))
            .update_expression("SET gsi2sk = :again")
            .condition_expression("version = :version AND gsi2pk = :timer AND gsi2sk <= :now")
            .expression_attribute_values(":again", text(dates::stamp(again)))
            .expression_attribute_values(":now", text(dates::stamp(now)))
            .expression_attribute_values(":version", number(sign_up.version))
            .expression_attribute_values(":timer", text(table::DUE_TIMER));
        let mut writes = vec![write(later)?];
        writes.extend(mails.iter().map(|mail| self.owed(mail, now)));
        self.together(writes).await
    }

    /// Empties the item of what is personal. It is not deleted: what strangers reach may not delete.
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
