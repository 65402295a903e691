//! Items in and out: the only file that knows how a case is spelt in the table.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::builders::UpdateBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, Put};
use forms_core::Kind;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::course::Course;
use crate::ids::Id;
use crate::outbox::{MailKind, MailState, Mark, Marks, Out};
use crate::state::State;
use crate::store::list::List;
use crate::store::{Result, StoreError, table};
use crate::submission::{Case, Holder};
use crate::{dates, message, timers};

pub(super) type Item = HashMap<String, AttributeValue>;

pub(super) const META: &str = "META";
/// Sort key of a case's contact data.
pub(super) const PERSONAL: &str = "PII";

/// How long an idempotency item is needed: twice the life of a check page.
const IDEM_SECONDS: i64 = 2 * 24 * 60 * 60;

pub(super) fn text(value: impl Into<String>) -> AttributeValue {
    AttributeValue::S(value.into())
}

pub(super) fn number(value: impl Into<i64>) -> AttributeValue {
    AttributeValue::N(value.into().to_string())
}

pub(super) fn flag(value: bool) -> AttributeValue {
    AttributeValue::Bool(value)
}

pub(super) fn case_key(id: &Id) -> String {
    format!("CASE#{id}")
}

pub(super) fn out_key(id: &Id) -> String {
    format!("OUT#{id}")
}

/// Beginning of the sort keys under which a case shows the mails to its resident.
pub(super) const MAIL: &str = "MAIL#";

pub(super) fn mail_sort(id: &Id) -> String {
    format!("{MAIL}{id}")
}

pub(super) fn token_key(digest: &str) -> String {
    format!("TOK#{digest}")
}

/// An item under construction.
pub(super) struct New(Item);

impl New {
    pub(super) fn at(partition: impl Into<String>, sort: impl Into<String>) -> Self {
        Self(Item::from([
            (table::PARTITION.to_owned(), text(partition)),
            (table::SORT.to_owned(), text(sort)),
        ]))
    }

    pub(super) fn with(mut self, name: &str, value: AttributeValue) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    pub(super) fn with_all(
        self,
        all: impl IntoIterator<Item = (&'static str, Option<AttributeValue>)>,
    ) -> Self {
        let given = all.into_iter().filter_map(|(name, value)| Some((name, value?)));
        given.fold(self, |item, (name, value)| item.with(name, value))
    }

    pub(super) fn with_text(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, text(value)),
            None => self,
        }
    }

    /// Written only where nothing stands yet.
    pub(super) fn put(self, table_name: &str) -> Put {
        Put::builder()
            .table_name(table_name)
            .set_item(Some(self.0))
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .expect("a put has its table and its item")
    }
}

pub(super) fn head(case: &Case) -> New {
    New::at(case_key(&case.id), META)
        .with("reference", text(&case.reference))
        .with("form", text(&case.form))
        .with("lang", text(&case.lang))
        .with_text("topic", case.topic.as_deref())
        .with_text("area", case.area.as_deref())
        .with("consent", flag(case.consent))
        .with("nonce", text(&case.nonce_id))
        .with("received_at", text(dates::stamp(case.received)))
        .with("version", number(case.version))
        .with("events", number(case.events))
        .with("messages", number(case.messages))
        .with_all(standing(&course_of(case), dates::day(case.since), case.reminders))
        .with("since", text(dates::stamp(case.since)))
        .with("reminders", number(case.reminders))
}

/// Where a case stands as it is.
fn course_of(case: &Case) -> Course {
    Course {
        state: case.state,
        owner: case.owner.clone(),
        due: case.due,
        erase_on: case.erased_on,
        anew: false,
    }
}

/// Attributes of a head that say where the case stands; what has no value here is taken away.
pub(super) fn standing(
    course: &Course,
    since: Date,
    reminders: i64,
) -> Vec<(&'static str, Option<AttributeValue>)> {
    let Course { state, owner, due, erase_on, .. } = course;
    let list = match state {
        State::Suspect => Some((List::Suspect, *due)),
        State::Closed => Some((List::Closed, erase_on.unwrap_or(*due))),
        state if state.is_open() => Some((List::Open, *due)),
        _ => None,
    };
    let timer = timers::next(*state, since, *due, reminders);
    let work = match (timer, erase_on) {
        (Some((_, at)), _) => Some((table::DUE_TIMER, at)),
        (None, Some(day)) => Some((table::DUE_ERASE, dates::start_of(*day))),
        (None, None) => None,
    };
    vec![
        ("state", Some(text(state.as_str()))),
        ("owner", Some(text(owner))),
        ("due", Some(text(due.to_string()))),
        ("erased_on", erase_on.map(|day| text(day.to_string()))),
        (table::LISTS.sort, list.as_ref().map(|(_, day)| text(day.to_string()))),
        (table::LISTS.partition, list.map(|(list, _)| text(list.as_str()))),
        (table::WORK.partition, work.as_ref().map(|(partition, _)| text(*partition))),
        (table::WORK.sort, work.map(|(_, at)| text(dates::stamp(at)))),
    ]
}

/// An update that sets what has a value, and takes away what has none.
pub(super) fn set_all(
    update: UpdateBuilder,
    attributes: impl IntoIterator<Item = (&'static str, Option<AttributeValue>)>,
) -> UpdateBuilder {
    let (mut update, mut set, mut remove) = (update, Vec::new(), Vec::new());
    for (place, (name, value)) in attributes.into_iter().enumerate() {
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
    let parts = [("SET", set), ("REMOVE", remove)].into_iter().filter(|(_, all)| !all.is_empty());
    let parts = parts.map(|(word, all)| format!("{word} {}", all.join(", ")));
    update.update_expression(parts.collect::<Vec<_>>().join(" "))
}

/// Contact data stands apart, so that it can be shown, counted and erased apart. `subject` says
/// where the address is written down for who asks what we have of it.
pub(super) fn contact(case: &Case, subject: Option<&str>) -> Option<New> {
    let item = New::at(case_key(&case.id), PERSONAL).with_text("subject", subject);
    let with = |item: New, (kind, value): &(Kind, String)| item.with(kind.as_str(), text(value));
    (!case.contact.is_empty()).then(|| case.contact.iter().fold(item, with))
}

/// The question is message 1.
pub(super) fn message(
    case: &Id,
    number: i64,
    kind: message::Kind,
    by: &str,
    words: &str,
    at: Timestamp,
) -> New {
    New::at(case_key(case), format!("{MESSAGE}{number:06}"))
        .with("text", text(words))
        .with("kind", text(kind.as_str()))
        .with("by", text(by))
        .with("at", text(dates::stamp(at)))
}

/// Beginning of the sort keys of what was written, of forwardings, and of the trail.
pub(super) const MESSAGE: &str = "MSG#";
pub(super) const FORWARD: &str = "FWD#";
pub(super) const EVENT: &str = "EVT#";

/// `partition` is that of the case or the sign-up.
pub(super) fn event(partition: &str, number: i64, what: &str, by: &str, at: Timestamp) -> New {
    New::at(partition, format!("{EVENT}{number}"))
        .with("event", text(what))
        .with("by", text(by))
        .with("at", text(dates::stamp(at)))
}

pub(super) fn idempotency(nonce_id: &str, case: &Id, at: Timestamp) -> New {
    New::at(format!("IDEM#{nonce_id}"), META)
        .with("case", text(case.as_str()))
        .with(table::TTL, number(at.as_second() + IDEM_SECONDS))
}

/// Which cases belong to an address, by a keyed hash of it.
pub(super) fn subject(digest: &str, partition: &str) -> New {
    New::at(subject_key(digest), partition)
}

pub(super) fn subject_key(digest: &str) -> String {
    format!("SUBJ#{digest}")
}

pub(super) fn reference_key(reference: &str) -> String {
    format!("REF#{reference}")
}

pub(super) fn reference(reference: &str, case: &Id) -> New {
    New::at(reference_key(reference), META).with("case", text(case.as_str()))
}

pub(super) fn token(digest: &str, holder: Holder, case: &Id) -> New {
    New::at(token_key(digest), META)
        .with("holder", text(holder.as_str()))
        .with("case", text(case.as_str()))
}

/// Due at once, and a minute before that, for a reader whose clock is a little behind.
pub(super) fn out(out: &Out, at: Timestamp) -> New {
    let item = New::at(out_key(&out.id), META);
    let item = match out.fallback {
        true => item.with("fallback", flag(true)),
        false => item,
    };
    item.with("case", text(out.case.as_str()))
        .with("mail", text(out.kind.as_str()))
        .with_text("organisation", out.organisation.as_deref())
        .with_text("detail", out.detail.as_deref())
        .with("attempt", number(0))
        .with("created_at", text(dates::stamp(at)))
        .with(table::WORK.partition, text(table::DUE_OUT))
        .with(table::WORK.sort, text(dates::stamp(at - dates::minutes(1))))
}

pub(super) fn get<'a>(item: &'a Item, name: &'static str) -> Result<&'a str> {
    let value = item.get(name).and_then(|value| value.as_s().ok());
    value.map(String::as_str).ok_or(StoreError::Unreadable(name))
}

pub(super) fn get_number(item: &Item, name: &'static str) -> Result<i64> {
    let value = item.get(name).and_then(|value| value.as_n().ok()?.parse().ok());
    value.ok_or(StoreError::Unreadable(name))
}

/// Whether a flag stands there and is up.
pub(super) fn is(item: &Item, name: &str) -> bool {
    item.get(name).and_then(|value| value.as_bool().ok()).copied().unwrap_or(false)
}

/// A list of texts; empty where there is none.
pub(super) fn get_texts(item: &Item, name: &'static str) -> Result<Vec<String>> {
    let list = item.get(name).and_then(|value| value.as_l().ok());
    let words = list.into_iter().flatten().map(|word| word.as_s().ok().cloned());
    words.collect::<Option<_>>().ok_or(StoreError::Unreadable(name))
}

pub(super) fn get_moment(item: &Item, name: &'static str) -> Result<Timestamp> {
    dates::parse(get(item, name)?).ok_or(StoreError::Unreadable(name))
}

pub(super) fn get_id(item: &Item, name: &'static str) -> Result<Id> {
    Id::parse(get(item, name)?).ok_or(StoreError::Unreadable(name))
}

pub(super) fn read_out(id: &Id, item: &Item) -> Result<Out> {
    Ok(Out {
        id: id.clone(),
        case: get_id(item, "case")?,
        kind: MailKind::parse(get(item, "mail")?).ok_or(StoreError::Unreadable("mail"))?,
        organisation: get(item, "organisation").ok().map(str::to_owned),
        detail: get(item, "detail").ok().map(str::to_owned),
        attempt: u32::try_from(get_number(item, "attempt")?).unwrap_or(u32::MAX),
        fallback: is(item, "fallback"),
    })
}

/// What was told of a mail, from its own item or from the case's.
pub(super) fn read_marks(item: &Item) -> Marks {
    let moment = |mark: Mark| Some((mark, dates::parse(get(item, mark.attribute()).ok()?)?));
    Mark::ALL.into_iter().filter_map(moment).collect()
}

/// What a case shows of a mail to its resident.
pub(super) fn read_mail(item: &Item) -> Result<MailState> {
    let id = get(item, "sk")?.strip_prefix(MAIL).and_then(Id::parse);
    Ok(MailState {
        id: id.ok_or(StoreError::Unreadable("sk"))?,
        kind: MailKind::parse(get(item, "mail")?).ok_or(StoreError::Unreadable("mail"))?,
        status: read_marks(item).status(),
    })
}
