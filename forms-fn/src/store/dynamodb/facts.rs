//! What happened, counted and without anybody in it: for the figures of a quarter.

use jiff::Timestamp;

use super::Store;
use super::item::{Item, New, get, number, text};
use crate::figures::{Fact, FactKind};
use crate::store::{Result, StoreError, table};
use crate::{dates, ids};

/// Five years.
const KEPT_SECONDS: i64 = 5 * 366 * 24 * 60 * 60;

fn key(month: &str) -> String {
    format!("FACT#{month}")
}

/// Says what, where and in which month; not when, nor who. Its place is random, so nothing in it leads
/// back to the question that it was made beside.
pub(super) fn fact(fact: &Fact, at: Timestamp) -> New {
    let month = dates::day(at).strftime("%Y-%m").to_string();
    New::at(key(&month), ids::hex(&ids::random::<16>()))
        .with("kind", text(fact.kind.as_str()))
        .with_text("area", fact.area.as_deref())
        .with_text("topic", fact.topic.as_deref())
        .with(table::TTL, number(month_end(at) + KEPT_SECONDS))
}

/// The same for all facts of a month: the second at which one vanishes would tell when it was made.
fn month_end(at: Timestamp) -> i64 {
    dates::start_of(dates::day(at).last_of_month()).as_second()
}

impl Store {
    /// Everything that happened in a month, `2026-11`.
    pub async fn facts(&self, month: &str) -> Result<Vec<Fact>> {
        let read = |item: &Item| {
            Ok(Fact {
                kind: FactKind::parse(get(item, "kind")?).ok_or(StoreError::Unreadable("kind"))?,
                area: get(item, "area").ok().map(str::to_owned),
                topic: get(item, "topic").ok().map(str::to_owned),
            })
        };
        let items: Vec<Item> = self.items_of(&key(month)).await?;
        items.iter().map(read).collect()
    }
}
