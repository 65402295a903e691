//! What can be worked out of a table in which some counts are hidden.
//!
//! A table with its totals is a flow that goes round in a network. Each row and each column is a
//! node, the row and the column of totals too. Each count is an arc that carries it: a cell from its
//! row to its column, the total of a row from the column of totals to that row, the total of a column
//! from there to the row of totals, and the grand total from the row of totals to their column. That
//! as much flows into a node as out of it says that every total is right. What is shown is fixed; what
//! is hidden may be any whole number from zero, as long as the flow stays one.
//!
//! How much a hidden count could be higher is then the largest flow back from the end of its arc to
//! the beginning, past what is hidden; how much lower, the largest the other way round. Flows of
//! whole numbers are largest at whole numbers, so this is exact, and every number between lowest
//! and highest is possible. The rule is that of L. H. Cox, *Suppression methodology and statistical
//! disclosure control*, JASA 75 (1980), and D. Gusfield, *A graph theoretic approach to statistical
//! data security*, SIAM Journal on Computing 17 (1988).
//!
//! Cost of a range: two largest flows, along shortest paths (Edmonds and Karp), each of at most
//! `nodes × arcs` searches and in practice of a few.

use super::table::Table;

/// The counts of a table as arcs between its rows and columns.
pub(super) struct Network {
    arcs: Vec<Arc>,
    /// For each node, the ways out of it.
    ways: Vec<Vec<Way>>,
    /// More than any flow that has an end.
    endless: u64,
}

/// One count, in the order of the table.
struct Arc {
    from: usize,
    to: usize,
    count: u64,
}

/// Along an arc: forward makes its count higher, backward lower.
#[derive(Clone, Copy)]
struct Way {
    arc: usize,
    forward: bool,
}

/// Between which values a hidden count must lie, as far as a reader can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub low: u64,
    /// `None` when there is no end to it.
    pub high: Option<u64>,
}

impl Range {
    pub fn spread(self) -> u64 {
        self.high.map_or(u64::MAX, |high| high.saturating_sub(self.low))
    }
}

impl Network {
    pub fn of(table: &Table) -> Self {
        let (rows, columns) = (table.rows, table.columns);
        let mut arcs = Vec::with_capacity(table.counts().len());
        let mut ways: Vec<Vec<Way>> = (0..rows + columns + 2).map(|_| Vec::new()).collect();
        for (arc, &count) in table.counts().iter().enumerate() {
            let (row, column) = (arc / (columns + 1), arc % (columns + 1));
            // The rows of a list have nothing to add up to: they are one node.
            let row_node = if columns == 0 { rows } else { row };
            let column_node = rows + 1 + column;
            let (from, to) = if (row == rows) == (column == columns) {
                (row_node, column_node)
            } else {
                (column_node, row_node)
            };
            ways[from].push(Way { arc, forward: true });
            ways[to].push(Way { arc, forward: false });
            arcs.push(Arc { from, to, count: count.into() });
        }
        let sum: u64 = arcs.iter().map(|arc| arc.count).sum();
        // Twice, so that there is room left beside the largest flow that has an end.
        Self { arcs, ways, endless: 2 * sum + 2 * super::protect::LEAST_SPREAD }
    }

    /// The lowest and the highest value that this hidden count could have.
    pub fn range(&self, hidden: &[bool], index: usize) -> Range {
        let Arc { from, to, count } = self.arcs[index];
        let higher = self.room(hidden, index).fill(to, from);
        let lower = self.room(hidden, index).fill(from, to);
        Range {
            low: count.saturating_sub(lower),
            high: (higher < self.endless).then_some(count + higher),
        }
    }

    /// Which counts to hide as well, so that this hidden one could be `gap` higher than now: of all
    /// chains that do it, that with the smallest sum, then the shortest, then the first.
    pub fn chain(&self, hidden: &[bool], index: usize, gap: u64) -> Vec<usize> {
        let Arc { from, to, .. } = self.arcs[index];
        let mut room = self.room(hidden, index);
        room.fill(to, from);
        for (arc, left) in room.left.iter_mut().enumerate() {
            if !hidden[arc] {
                *left = [self.endless, self.arcs[arc].count];
            }
        }
        let cost = |arc: usize| if hidden[arc] { 0 } else { self.arcs[arc].count };
        let path = room.cheapest(to, from, gap, cost).unwrap_or_default();
        path.into_iter().map(|way| way.arc).filter(|&arc| !hidden[arc]).collect()
    }

    /// How far each hidden count can move, apart from one.
    fn room(&self, hidden: &[bool], without: usize) -> Room<'_> {
        let left = self.arcs.iter().enumerate().map(|(index, arc)| {
            if hidden[index] && index != without { [self.endless, arc.count] } else { [0, 0] }
        });
        Room { network: self, left: left.collect() }
    }
}

impl Way {
    fn start(self, network: &Network) -> usize {
        let arc = &network.arcs[self.arc];
        if self.forward { arc.from } else { arc.to }
    }

    fn end(self, network: &Network) -> usize {
        let arc = &network.arcs[self.arc];
        if self.forward { arc.to } else { arc.from }
    }
}

/// How far each count can still go up, and down.
struct Room<'n> {
    network: &'n Network,
    left: Vec<[u64; 2]>,
}

impl Room<'_> {
    fn along(&self, way: Way) -> u64 {
        let [up, down] = self.left[way.arc];
        if way.forward { up } else { down }
    }

    /// The largest flow from one node to another; `endless` or more when it has no end.
    fn fill(&mut self, from: usize, to: usize) -> u64 {
        let mut flow = 0;
        while flow < self.network.endless {
            let Some(path) = self.cheapest(from, to, 1, |_| 0) else { break };
            let more = path.iter().map(|&way| self.along(way)).min().unwrap_or_default();
            for way in path {
                let [up, down] = self.left[way.arc];
                self.left[way.arc] =
                    if way.forward { [up - more, down + more] } else { [up + more, down - more] };
            }
            flow += more;
        }
        flow
    }

    /// The path that costs least, and among those one of the fewest steps, on which every step has
    /// room for `least` (Dijkstra).
    fn cheapest(
        &self,
        from: usize,
        to: usize,
        least: u64,
        cost: impl Fn(usize) -> u64,
    ) -> Option<Vec<Way>> {
        let nodes = self.network.ways.len();
        let mut best: Vec<Option<(u64, usize)>> = vec![None; nodes];
        let mut came: Vec<Option<Way>> = vec![None; nodes];
        let mut done = vec![false; nodes];
        best[from] = Some((0, 0));
        loop {
            let open = (0..nodes).filter(|&node| !done[node]);
            let (known, node) = open.filter_map(|node| Some((best[node]?, node))).min()?;
            if node == to {
                break;
            }
            done[node] = true;
            let ways = self.network.ways[node].iter().copied();
            for way in ways.filter(|&way| self.along(way) >= least) {
                let there = way.end(self.network);
                let then = (known.0 + cost(way.arc), known.1 + 1);
                if best[there].is_none_or(|before| then < before) {
                    best[there] = Some(then);
                    came[there] = Some(way);
                }
            }
        }
        let mut path = Vec::new();
        let mut node = to;
        while node != from {
            let way = came[node]?;
            path.push(way);
            node = way.start(self.network);
        }
        Some(path)
    }
}
