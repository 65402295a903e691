//! Items in and out: the only file that knows how a case is spelt in the table.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, Put};
use forms_core::Kind;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::dates;
use crate::ids::Id;
use crate::outbox::{MailKind, Mark, Marks, Out};
use crate::state::State;
use crate::store::{MailState, Result, StoreError, table};
use crate::submission::{Addition, Case, Holder};

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

    fn with_all(
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
        .with("consent", AttributeValue::Bool(case.consent))
        .with("nonce", text(&case.nonce_id))
        .with("received_at", text(dates::stamp(case.received)))
        .with("version", number(case.version))
        .with("events", number(case.events))
        .with("messages", number(case.messages))
        .with_all(standing(case.state, &case.owner, case.due, case.erased_on))
}

/// Attributes of a head that say where the case stands; what has no value here is taken away.
pub(super) fn standing(
    state: State,
    owner: &str,
    due: Date,
    erased_on: Option<Date>,
) -> Vec<(&'static str, Option<AttributeValue>)> {
    let list = match state {
        State::Suspect => Some(suspects_list(owner)),
        state if state.is_open() => Some(format!("Q#{owner}#OPEN")),
        _ => None,
    };
    let open = state.is_open();
    let work = match erased_on {
        Some(day) if !open => Some((table::DUE_ERASE, dates::stamp(dates::start_of(day)))),
        _ if open => Some((table::DUE_TIMER, dates::stamp(dates::end_of(due)))),
        _ => None,
    };
    vec![
        ("state", Some(text(state.as_str()))),
        ("owner", Some(text(owner))),
        ("due", Some(text(due.to_string()))),
        ("erased_on", erased_on.map(|day| text(day.to_string()))),
        (table::LISTS.sort, list.as_ref().map(|_| text(due.to_string()))),
        (table::LISTS.partition, list.map(text)),
        (table::WORK.partition, work.as_ref().map(|(partition, _)| text(*partition))),
        (table::WORK.sort, work.map(|(_, at)| text(at))),
    ]
}

/// Partition of [`table::LISTS`] with what an owner should look at before anybody answers it.
pub(super) fn suspects_list(owner: &str) -> String {
    format!("Q#{owner}#SUSPECT")
}

/// Contact data stands apart, so that it can be shown, counted and erased apart. `subject` says
/// where the address is written down for who asks what we have of it.
pub(super) fn contact(case: &Case, subject: Option<&str>) -> Option<New> {
    let item = New::at(case_key(&case.id), PERSONAL).with_text("subject", subject);
    let with = |item: New, (kind, value): &(Kind, String)| item.with(kind.as_str(), text(value));
    (!case.contact.is_empty()).then(|| case.contact.iter().fold(item, with))
}

/// The question is message 1.
pub(super) fn message(case: &Id, number: i64, words: &str, at: Timestamp) -> New {
    New::at(case_key(case), format!("MSG#{number:06}"))
        .with("text", text(words))
        .with("from", text("resident"))
        .with("at", text(dates::stamp(at)))
}

/// `partition` is that of the case or the sign-up.
pub(super) fn event(partition: &str, number: i64, what: &str, at: Timestamp) -> New {
    New::at(partition, format!("EVT#{number}"))
        .with("event", text(what))
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

pub(super) fn token(digest: &str, holder: Holder, case: &Id, ttl: Option<i64>) -> New {
    let item = New::at(token_key(digest), META)
        .with("holder", text(holder.as_str()))
        .with("case", text(case.as_str()));
    match ttl {
        Some(seconds) => item.with(table::TTL, number(seconds)),
        None => item,
    }
}

/// Due at once, and a minute before that, for a reader whose clock is a little behind.
pub(super) fn out(out: &Out, at: Timestamp) -> New {
    let item = New::at(out_key(&out.id), META);
    let item = match out.fallback {
        true => item.with("fallback", AttributeValue::Bool(true)),
        false => item,
    };
    item.with("case", text(out.case.as_str()))
        .with("mail", text(out.kind.as_str()))
        .with_text("organisation", out.organisation.as_deref())
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

pub(super) fn get_id(item: &Item, name: &'static str) -> Result<Id> {
    Id::parse(get(item, name)?).ok_or(StoreError::Unreadable(name))
}

/// A case from all items of its partition; `None` when there is no head.
pub(super) fn read_case(id: &Id, items: &[Item]) -> Result<Option<Case>> {
    let with_sort =
        |sort: &str| items.iter().find(|item| get(item, "sk").is_ok_and(|found| found == sort));
    let Some(head) = with_sort(META) else { return Ok(None) };
    let own = |name| get(head, name).map(str::to_owned);
    let contact = with_sort(PERSONAL).map_or_else(Vec::new, |item| {
        let value = |kind: Kind| Some((kind, get(item, kind.as_str()).ok()?.to_owned()));
        [Kind::Name, Kind::Email, Kind::Phone].into_iter().filter_map(value).collect()
    });
    let mut messages: Vec<Addition> = items
        .iter()
        .filter(|item| get(item, table::SORT).is_ok_and(|sort| sort.starts_with("MSG#")))
        .map(|item| {
            let at = dates::parse(get(item, "at")?).ok_or(StoreError::Unreadable("at"))?;
            Ok(Addition { text: get(item, "text")?.to_owned(), at })
        })
        .collect::<Result<_>>()?;
    let question = match messages.is_empty() {
        false => messages.remove(0).text,
        true => String::new(),
    };
    let erased_on = match get(head, "erased_on") {
        Ok(day) => Some(day.parse().map_err(|_| StoreError::Unreadable("erased_on"))?),
        Err(_) => None,
    };
    Ok(Some(Case {
        id: id.clone(),
        // What is erased has neither.
        reference: own("reference").unwrap_or_default(),
        nonce_id: own("nonce").unwrap_or_default(),
        form: own("form")?,
        lang: own("lang").unwrap_or_default(),
        topic: own("topic").ok(),
        area: own("area").ok(),
        question,
        additions: messages,
        contact,
        consent: head.get("consent").and_then(|v| v.as_bool().ok()).copied().unwrap_or(false),
        owner: own("owner")?,
        received: dates::parse(get(head, "received_at")?)
            .ok_or(StoreError::Unreadable("received_at"))?,
        due: get(head, "due")?.parse().map_err(|_| StoreError::Unreadable("due"))?,
        state: State::parse(get(head, "state")?).ok_or(StoreError::Unreadable("state"))?,
        erased_on,
        version: get_number(head, "version")?,
        events: get_number(head, "events")?,
        messages: get_number(head, "messages")?,
    }))
}

pub(super) fn read_out(id: &Id, item: &Item) -> Result<Out> {
    Ok(Out {
        id: id.clone(),
        case: get_id(item, "case")?,
        kind: MailKind::parse(get(item, "mail")?).ok_or(StoreError::Unreadable("mail"))?,
        organisation: get(item, "organisation").ok().map(str::to_owned),
        attempt: u32::try_from(get_number(item, "attempt")?).unwrap_or(u32::MAX),
        fallback: item.get("fallback").and_then(|v| v.as_bool().ok()).copied().unwrap_or(false),
    })
}

/// What was told of a mail, from its own item or from the case's.
pub(super) fn read_marks(item: &Item) -> Marks {
    let moment = |mark: Mark| Some((mark, dates::parse(get(item, mark.attribute()).ok()?)?));
    Mark::ALL.into_iter().filter_map(moment).collect()
}

/// What a case shows of a mail; `None` once its time is over.
pub(super) fn read_mail(item: &Item, now: Timestamp) -> Result<Option<MailState>> {
    if get_number(item, table::TTL)? <= now.as_second() {
        return Ok(None);
    }
    let id = get(item, "sk")?.strip_prefix(MAIL).and_then(Id::parse);
    Ok(Some(MailState {
        id: id.ok_or(StoreError::Unreadable("sk"))?,
        kind: MailKind::parse(get(item, "mail")?).ok_or(StoreError::Unreadable("mail"))?,
        status: read_marks(item).status(),
    }))
}
