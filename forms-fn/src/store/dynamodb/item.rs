//! Items in and out: the only file that knows how a case is spelt in the table.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, Put};
use forms_core::Kind;

use crate::dates;
use crate::ids::Id;
use crate::outbox::{MailKind, Mark, Marks, Out};
use crate::store::{MailState, Result, StoreError, table};
use crate::submission::{Case, Holder};

pub(super) type Item = HashMap<String, AttributeValue>;

pub(super) const META: &str = "META";

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

    fn with_text(self, name: &str, value: Option<&str>) -> Self {
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
        .with("state", text("ONTVANGEN"))
        .with("owner", text(&case.owner))
        .with("due", text(case.due.to_string()))
        .with("reference", text(&case.reference))
        .with("form", text(&case.form))
        .with("lang", text(&case.lang))
        .with_text("topic", case.topic.as_deref())
        .with_text("area", case.area.as_deref())
        .with("consent", AttributeValue::Bool(case.consent))
        .with("nonce", text(&case.nonce_id))
        .with("received_at", text(dates::stamp(case.received)))
        .with("version", number(1))
        .with("events", number(1))
        .with(table::LISTS.partition, text(format!("Q#{}#OPEN", case.owner)))
        .with(table::LISTS.sort, text(case.due.to_string()))
        .with(table::WORK.partition, text(table::DUE_TIMER))
        .with(table::WORK.sort, text(dates::stamp(dates::end_of(case.due))))
}

/// Contact data stands apart, so that it can be shown, counted and erased apart.
pub(super) fn contact(case: &Case) -> Option<New> {
    let item = New::at(case_key(&case.id), "PII");
    let with = |item: New, (kind, value): &(Kind, String)| item.with(kind.as_str(), text(value));
    (!case.contact.is_empty()).then(|| case.contact.iter().fold(item, with))
}

pub(super) fn question(case: &Case) -> New {
    New::at(case_key(&case.id), "MSG#1")
        .with("text", text(&case.question))
        .with("from", text("resident"))
        .with("at", text(dates::stamp(case.received)))
}

pub(super) fn event(case: &Id, number: i64, what: &str, at: jiff::Timestamp) -> New {
    New::at(case_key(case), format!("EVT#{number}"))
        .with("event", text(what))
        .with("at", text(dates::stamp(at)))
}

pub(super) fn idempotency(case: &Case) -> New {
    New::at(format!("IDEM#{}", case.nonce_id), META)
        .with("case", text(case.id.as_str()))
        .with(table::TTL, number(case.received.as_second() + IDEM_SECONDS))
}

pub(super) fn reference(case: &Case) -> New {
    New::at(format!("REF#{}", case.reference), META).with("case", text(case.id.as_str()))
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
pub(super) fn out(out: &Out, at: jiff::Timestamp) -> New {
    let item = New::at(out_key(&out.id), META);
    let item = match out.fallback {
        true => item.with("fallback", AttributeValue::Bool(true)),
        false => item,
    };
    item.with("case", text(out.case.as_str()))
        .with("mail", text(out.kind.as_str()))
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
    let contact = with_sort("PII").map_or_else(Vec::new, |item| {
        let value = |kind: Kind| Some((kind, get(item, kind.as_str()).ok()?.to_owned()));
        [Kind::Name, Kind::Email, Kind::Phone].into_iter().filter_map(value).collect()
    });
    Ok(Some(Case {
        id: id.clone(),
        reference: own("reference")?,
        nonce_id: own("nonce")?,
        form: own("form")?,
        lang: own("lang")?,
        topic: own("topic").ok(),
        area: own("area").ok(),
        question: match with_sort("MSG#1") {
            Some(item) => get(item, "text")?.to_owned(),
            None => String::new(),
        },
        contact,
        consent: head.get("consent").and_then(|v| v.as_bool().ok()).copied().unwrap_or(false),
        owner: own("owner")?,
        received: dates::parse(get(head, "received_at")?)
            .ok_or(StoreError::Unreadable("received_at"))?,
        due: get(head, "due")?.parse().map_err(|_| StoreError::Unreadable("due"))?,
    }))
}

pub(super) fn read_out(id: &Id, item: &Item) -> Result<Out> {
    Ok(Out {
        id: id.clone(),
        case: get_id(item, "case")?,
        kind: MailKind::parse(get(item, "mail")?).ok_or(StoreError::Unreadable("mail"))?,
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
pub(super) fn read_mail(item: &Item, now: jiff::Timestamp) -> Result<Option<MailState>> {
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
