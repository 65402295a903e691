//! Two ways to find the range of a hidden count that share nothing with the one that is tested.

use super::{Range, Table};

/// How far from the truth [`by_trying`] looks.
const NEAR: u32 = 5;
/// As many counts as it tries side by side: eleven values each.
const MOST_TRIED: usize = 5;

/// The part of a range that [`by_trying`] can see.
pub fn near(range: Range, count: u32) -> (u64, u64) {
    let (least, most) = (count.saturating_sub(NEAR).into(), u64::from(count + NEAR));
    (range.low.max(least), range.high.map_or(most, |high| high.min(most)))
}

/// Tries every table that agrees with what is shown and whose cells differ at most five from the
/// truth; the lowest and highest value of each count, as far as five from the truth. `None` when
/// that would be too many tables.
///
/// Five is enough to be exact. Two tables differ by rings of counts that go one up or one down in
/// turn, so a count that can be five higher is so in a table in which no other differs by more.
pub fn by_trying(table: &Table, hidden: &[bool]) -> Option<Vec<(u64, u64)>> {
    // Of a list, the totals of the rows are what all else follows from.
    let columns = if table.columns == 0 { 0..1 } else { 0..table.columns };
    let cells: Vec<(usize, usize)> =
        (0..table.rows).flat_map(|row| columns.clone().map(move |column| (row, column))).collect();
    let free: Vec<usize> =
        (0..cells.len()).filter(|&i| hidden[table.index(cells[i].0, cells[i].1)]).collect();
    if free.len() > MOST_TRIED {
        return None;
    }
    let truth: Vec<u32> = cells.iter().map(|&(row, column)| at(table, row, column)).collect();
    let mut found: Vec<Option<(u64, u64)>> = vec![None; hidden.len()];
    let mut tried: Vec<u32> = truth.clone();
    for &i in &free {
        tried[i] = truth[i].saturating_sub(NEAR);
    }
    loop {
        let mut other = Table::new(table.rows, table.columns);
        for (&(row, column), &count) in cells.iter().zip(&tried) {
            other.add(row, column, count);
        }
        let pairs = || other.counts().iter().zip(table.counts());
        if pairs().zip(hidden).all(|((other, truth), &hidden)| hidden || other == truth) {
            for (seen, (&other, &truth)) in found.iter_mut().zip(pairs()) {
                let value = u64::from(other.clamp(truth.saturating_sub(NEAR), truth + NEAR));
                let (low, high) = seen.unwrap_or((value, value));
                *seen = Some((low.min(value), high.max(value)));
            }
        }
        // The next table, as a counter turns.
        let Some(&turns) = free.iter().find(|&&i| tried[i] < truth[i] + NEAR) else { break };
        tried[turns] += 1;
        for &i in free.iter().take_while(|&&i| i != turns) {
            tried[i] = truth[i].saturating_sub(NEAR);
        }
    }
    found.into_iter().collect()
}

/// The range by all ways to cut the rows and columns in two. A. J. Hoffman (1960): numbers between
/// bounds that make a flow exist if and only if, for every cut, what must leave at least is not more
/// than what can enter at most. Needs only what is shown.
pub fn by_cuts(table: &Table, hidden: &[bool], index: usize) -> Range {
    let (rows, columns) = (table.rows, table.columns);
    let ends: Vec<(usize, usize)> = (0..hidden.len())
        .map(|arc| {
            let (row, column) = (arc / (columns + 1), arc % (columns + 1));
            // As in the network: a total runs against what it adds up.
            let row_node = if columns == 0 { rows } else { row };
            let ends = (row_node, rows + 1 + column);
            if (row == rows) == (column == columns) { ends } else { (ends.1, ends.0) }
        })
        .collect();
    let mut range = Range { low: 0, high: None };
    for side in 0..1_u32 << (rows + columns + 2) {
        let inside = |node: usize| side >> node & 1 == 1;
        // What the other counts must carry out at least, and can carry in at most.
        let (mut out, mut within) = (0, Some(0));
        for (arc, &(from, to)) in ends.iter().enumerate().filter(|&(arc, _)| arc != index) {
            let count = u64::from(table.counts()[arc]);
            match (inside(from), inside(to)) {
                (true, false) if !hidden[arc] => out += count,
                (false, true) if hidden[arc] => within = None,
                (false, true) => within = within.map(|within| within + count),
                _ => {}
            }
        }
        let Some(within) = within else { continue };
        match (inside(ends[index].0), inside(ends[index].1)) {
            (true, false) => {
                let most = within.checked_sub(out).expect("the true table is a flow");
                range.high = Some(range.high.map_or(most, |high| high.min(most)));
            }
            (false, true) => range.low = range.low.max(out.saturating_sub(within)),
            _ => {}
        }
    }
    range
}

fn at(table: &Table, row: usize, column: usize) -> u32 {
    table.counts()[table.index(row, column)]
}
