//! The figures of a quarter, for the kernteam: how many questions per area and topic, how many
//! offers to help per area. They are made of facts in which nobody stands.
//!
//! No count under five may be read or worked out, zero included: [`count`] hides those, and as many
//! others as it takes (`figures/protect.rs`). What a table gives away is said there too.
//!
//! Make the figures of a quarter once, when it is over, and keep them. Two tables of one quarter,
//! one fact apart, would tell that fact.

mod network;
mod protect;
mod quarter;
mod table;
#[cfg(test)]
mod tests;

pub use quarter::Quarter;

use crate::words::word_list;
use table::Table;

word_list! {
    /// What is counted.
    pub enum FactKind {
        Question = "question",
        /// A volunteer's sign-up.
        Offer = "offer",
    }
}

/// One thing that happened, without anybody in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub kind: FactKind,
    /// The id of one of the areas; `None` when it was not told.
    pub area: Option<String>,
    /// The id of a topic; `None` when it was not told. An offer has none.
    pub topic: Option<String>,
}

/// A table with its totals: rows are areas, columns are topics, by id and in the order given.
///
/// Which rows and columns there are does not depend on what happened: the row and the column for
/// *not told* (`None`) always stand last, for their absence would be a count of zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub rows: Vec<Row>,
    /// Empty for offers, which have a total per area only.
    pub columns: Vec<Option<String>>,
    pub column_totals: Vec<Cell>,
    pub total: Cell,
}

/// One area.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub area: Option<String>,
    /// As many as there are columns.
    pub cells: Vec<Cell>,
    pub total: Cell,
}

/// One count, as far as it may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Shown(u32),
    /// Under five, or hidden so that another cannot be worked out; nobody can see which.
    Hidden,
}

/// Counts the facts of one kind and hides what must not be known. The order of the facts does not
/// matter. A fact of an area or topic that is not in the lists counts under `None`.
pub fn count(facts: &[Fact], kind: FactKind, areas: &[&str], topics: &[&str]) -> Figures {
    let areas = with_untold(areas);
    let columns = match kind {
        FactKind::Question => with_untold(topics),
        FactKind::Offer => Vec::new(),
    };
    let mut table = Table::new(areas.len(), columns.len());
    for fact in facts.iter().filter(|fact| fact.kind == kind) {
        table.add(place(&areas, &fact.area), place(&columns, &fact.topic), 1);
    }
    let hidden = protect::hidden_in(&table);
    let cell = |row, column| {
        let index = table.index(row, column);
        match (hidden.get(index), table.counts().get(index)) {
            (Some(false), Some(&count)) => Cell::Shown(count),
            _ => Cell::Hidden,
        }
    };
    let cells = |row| (0..columns.len()).map(|column| cell(row, column)).collect();
    let (last, total) = (areas.len(), columns.len());
    Figures {
        column_totals: cells(last),
        total: cell(last, total),
        rows: areas
            .into_iter()
            .enumerate()
            .map(|(row, area)| Row { area, cells: cells(row), total: cell(row, total) })
            .collect(),
        columns,
    }
}

fn with_untold(ids: &[&str]) -> Vec<Option<String>> {
    ids.iter().map(|id| Some((*id).to_owned())).chain([None]).collect()
}

/// Where an id stands; what is not in the list stands with what was not told, at the end.
fn place(ids: &[Option<String>], id: &Option<String>) -> usize {
    ids.iter().position(|known| known == id).unwrap_or(ids.len().saturating_sub(1))
}
