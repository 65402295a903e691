//! Pages of the lists, from the index by due date.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, Select};

use super::item::{self, Item, META, get, text};
use super::{Store, failure};
use crate::store::list::{Cursor, Entry, Filter, List, Listed};
use crate::store::{Dossier, Result, StoreError, table};

/// Sorts after every day: nothing is to be done by any day.
pub(super) const NO_DAY: &str = "9999-12-31";

/// With filters, so many lines are read at once, and so often at most for one page: a filter that
/// fits little never reads the whole list in one go.
const READ: i32 = 400;
const MOST_READS: usize = 5;

impl Store {
    /// At most `most` lines that fit, from a place on. Without filters this is one query of one page.
    pub async fn list(
        &self,
        list: List,
        filter: &Filter,
        from: Option<&Cursor>,
        most: usize,
    ) -> Result<Listed> {
        let mut listed = Listed::default();
        let mut start = from.map(|cursor| start_key(list, cursor));
        // One more than is shown tells whether there is more.
        let plain = i32::try_from(most + 1).unwrap_or(i32::MAX);
        for _ in 0..MOST_READS {
            let limit = if filter.is_empty() { plain } else { READ };
            let (items, next) = self.page(list, filter, start.take(), limit).await?;
            for item in &items {
                if listed.entries.len() == most {
                    listed.next = listed.entries.last().map(cursor_after);
                    return Ok(listed);
                }
                listed.entries.push(entry(item)?);
            }
            start = next;
            if start.is_none() {
                return Ok(listed);
            }
        }
        listed.next = start.as_ref().and_then(read_cursor);
        Ok(listed)
    }

    /// How many lines there are, no further than `most`.
    pub async fn count_list(&self, list: List, until: Option<&str>, most: i32) -> Result<i32> {
        let counted = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(table::LISTS.name)
            .key_condition_expression("gsi1pk = :list AND gsi1sk <= :until")
            .expression_attribute_values(":list", text(list.as_str()))
            .expression_attribute_values(":until", text(until.unwrap_or(NO_DAY)))
            .select(Select::Count)
            .limit(most)
            .send()
            .await
            .map_err(|error| failure(&error))?;
        Ok(counted.count())
    }

    async fn page(
        &self,
        list: List,
        filter: &Filter,
        start: Option<Item>,
        limit: i32,
    ) -> Result<(Vec<Item>, Option<Item>)> {
        let mut query = self
            .client
            .query()
            .table_name(&self.table)
            .index_name(table::LISTS.name)
            .key_condition_expression("gsi1pk = :list")
            .expression_attribute_values(":list", text(list.as_str()))
            .set_exclusive_start_key(start)
            .limit(limit);
        let mut conditions = Vec::new();
        let equals = [
            ("state", &filter.state),
            ("area", &filter.area),
            ("topic", &filter.topic),
            ("lang", &filter.lang),
            ("owner", &filter.owner),
        ];
        let contains =
            [("roles", &filter.role), ("day_parts", &filter.day_part), ("readers", &filter.reader)];
        let wanted = |(name, value): (&'static str, &Option<String>)| Some((name, value.clone()?));
        for (name, value) in equals.into_iter().filter_map(wanted) {
            conditions.push(format!("#{name} = :{name}"));
            query = query
                .expression_attribute_names(format!("#{name}"), name)
                .expression_attribute_values(format!(":{name}"), text(value));
        }
        for (name, value) in contains.into_iter().filter_map(wanted) {
            conditions.push(format!("contains(#{name}, :{name})"));
            query = query
                .expression_attribute_names(format!("#{name}"), name)
                .expression_attribute_values(format!(":{name}"), text(value));
        }
        if !conditions.is_empty() {
            query = query.filter_expression(conditions.join(" AND "));
        }
        let mut found = query.send().await.map_err(|error| failure(&error))?;
        let next = found.last_evaluated_key.take();
        Ok((found.items.unwrap_or_default(), next))
    }
}

fn start_key(list: List, cursor: &Cursor) -> HashMap<String, AttributeValue> {
    [
        (table::LISTS.partition, list.as_str()),
        (table::LISTS.sort, &cursor.sort),
        (table::PARTITION, &cursor.key),
        (table::SORT, META),
    ]
    .map(|(name, value)| (name.to_owned(), text(value)))
    .into()
}

fn read_cursor(key: &Item) -> Option<Cursor> {
    let own = |name| get(key, name).ok().map(str::to_owned);
    Some(Cursor { sort: own(table::LISTS.sort)?, key: own(table::PARTITION)? })
}

fn cursor_after(entry: &Entry) -> Cursor {
    let sort = entry.day.map_or_else(|| NO_DAY.to_owned(), |day| day.to_string());
    Cursor { sort, key: entry.dossier.key() }
}

fn entry(item: &Item) -> Result<Entry> {
    let own = |name| get(item, name).map(str::to_owned);
    let day = match get(item, table::LISTS.sort)? {
        NO_DAY => None,
        day => Some(day.parse().map_err(|_| StoreError::Unreadable("gsi1sk"))?),
    };
    Ok(Entry {
        dossier: Dossier::parse(get(item, table::PARTITION)?)
            .ok_or(StoreError::Unreadable("pk"))?,
        reference: own("reference").unwrap_or_default(),
        state: own("state")?,
        owner: own("owner").unwrap_or_default(),
        day,
        topic: own("topic").ok(),
        area: own("area").ok(),
        lang: own("lang").unwrap_or_default(),
        roles: item::get_texts(item, "roles")?,
        day_parts: item::get_texts(item, "day_parts")?,
    })
}
