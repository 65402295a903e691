//! Counts in rows and columns, with their totals in one more row and one more column.

pub(super) struct Table {
    /// Without the row of totals.
    pub rows: usize,
    /// Without the column of totals. Zero columns make a list: a total per row, and the total.
    pub columns: usize,
    /// Row by row, totals included.
    counts: Vec<u32>,
}

impl Table {
    pub fn new(rows: usize, columns: usize) -> Self {
        Self { rows, columns, counts: vec![0; (rows + 1) * (columns + 1)] }
    }

    /// Counts `more` in a cell and in all totals above it. A list has no cells, and its `column` is
    /// not looked at.
    pub fn add(&mut self, row: usize, column: usize, more: u32) {
        let (last_row, last_column) = (self.rows, self.columns);
        let mut places = vec![(row, last_column), (last_row, last_column)];
        if self.columns > 0 {
            places.extend([(row, column), (last_row, column)]);
        }
        for (row, column) in places {
            let index = self.index(row, column);
            if let Some(count) = self.counts.get_mut(index) {
                *count += more;
            }
        }
    }

    /// Where a count stands in [`Table::counts`]. Row `rows` and column `columns` are the totals.
    pub fn index(&self, row: usize, column: usize) -> usize {
        row * (self.columns + 1) + column
    }

    pub fn counts(&self) -> &[u32] {
        &self.counts
    }
}
