//! A case out of the items of its partition.

use forms_core::Kind;

use super::item::{
    EVENT, FORWARD, Item, MAIL, MESSAGE, META, New, PERSONAL, flag, get, get_moment, get_number,
    is, number, read_mail, text,
};
use crate::dates;
use crate::forward::{Forward, Standing};
use crate::ids::Id;
use crate::message::{self, Message};
use crate::state::State;
use crate::store::{Result, StoreError, table};
use crate::submission::{Case, Event, RESIDENT, Taken};

/// `None` when there is no head.
pub(super) fn read(id: &Id, items: &[Item]) -> Result<Option<Case>> {
    let sort = |item: &Item| get(item, table::SORT).unwrap_or_default().to_owned();
    let with_sort = |wanted: &str| items.iter().find(|item| sort(item) == wanted);
    let below =
        |start: &'static str| items.iter().filter(move |item| sort(item).starts_with(start));
    let Some(head) = with_sort(META) else { return Ok(None) };
    let own = |name| get(head, name).map(str::to_owned);
    let contact = with_sort(PERSONAL).map_or_else(Vec::new, |item| {
        let value = |kind: Kind| Some((kind, get(item, kind.as_str()).ok()?.to_owned()));
        [Kind::Name, Kind::Email, Kind::Phone].into_iter().filter_map(value).collect()
    });
    let mut thread: Vec<Message> = below(MESSAGE).map(read_message).collect::<Result<_>>()?;
    let question = match thread.is_empty() {
        false => thread.remove(0).text,
        true => String::new(),
    };
    let mut trail: Vec<(i64, Event)> = below(EVENT).map(read_event).collect::<Result<_>>()?;
    // Their numbers are not of one length.
    trail.sort_by_key(|(number, _)| *number);
    let erased_on = match get(head, "erased_on") {
        Ok(day) => Some(day.parse().map_err(|_| StoreError::Unreadable("erased_on"))?),
        Err(_) => None,
    };
    let received = get_moment(head, "received_at")?;
    let taken = own("taken_by").ok().map(|by| Ok(Taken { by, at: get_moment(head, "taken_at")? }));
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
        thread,
        forwards: below(FORWARD).map(read_forward).collect::<Result<_>>()?,
        trail: trail.into_iter().map(|(_, event)| event).collect(),
        mails: below(MAIL).map(read_mail).collect::<Result<_>>()?,
        contact,
        consent: is(head, "consent"),
        owner: own("owner")?,
        received,
        due: get(head, "due")?.parse().map_err(|_| StoreError::Unreadable("due"))?,
        state: State::parse(get(head, "state")?).ok_or(StoreError::Unreadable("state"))?,
        since: get_moment(head, "since").unwrap_or(received),
        reminders: get_number(head, "reminders").unwrap_or(0),
        taken: taken.transpose()?,
        erased_on,
        version: get_number(head, "version")?,
        events: get_number(head, "events")?,
        messages: get_number(head, "messages")?,
    }))
}

fn read_message(item: &Item) -> Result<Message> {
    let kind = get(item, "kind").ok().and_then(message::Kind::parse);
    Ok(Message {
        kind: kind.unwrap_or(message::Kind::Addition),
        by: get(item, "by").unwrap_or(RESIDENT).to_owned(),
        text: get(item, "text")?.to_owned(),
        at: get_moment(item, "at")?,
    })
}

fn read_event(item: &Item) -> Result<(i64, Event)> {
    let number = get(item, table::SORT)?.strip_prefix(EVENT).and_then(|number| number.parse().ok());
    let event = Event {
        what: get(item, "event")?.to_owned(),
        by: get(item, "by").unwrap_or_default().to_owned(),
        at: get_moment(item, "at")?,
    };
    Ok((number.ok_or(StoreError::Unreadable("sk"))?, event))
}

pub(super) fn forward_sort(number: i64) -> String {
    format!("{FORWARD}{number:06}")
}

pub(super) fn forward(partition: &str, forward: &Forward) -> New {
    New::at(partition, forward_sort(forward.number))
        .with("number", number(forward.number))
        .with("organisation", text(&forward.organisation))
        .with("summary", text(&forward.summary))
        .with("original", flag(forward.original))
        .with("contact", flag(forward.contact))
        .with("at", text(dates::stamp(forward.at)))
        .with("standing", text(forward.standing.as_str()))
}

fn read_forward(item: &Item) -> Result<Forward> {
    Ok(Forward {
        number: get_number(item, "number")?,
        organisation: get(item, "organisation")?.to_owned(),
        summary: get(item, "summary")?.to_owned(),
        original: is(item, "original"),
        contact: is(item, "contact"),
        at: get_moment(item, "at")?,
        promised: match get(item, "promised") {
            Ok(day) => Some(day.parse().map_err(|_| StoreError::Unreadable("promised"))?),
            Err(_) => None,
        },
        standing: Standing::parse(get(item, "standing")?)
            .ok_or(StoreError::Unreadable("standing"))?,
    })
}
