//! The ranges against two other ways to find them, and what the table shows against what it may.

mod oracle;

use super::network::{Network, Range};
use super::protect::{LEAST_SPREAD, SMALLEST_SHOWN, hidden_in};
use super::table::Table;
use super::{Cell, Fact, FactKind, Figures, count};

/// The same numbers for the same seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % limit
    }
}

fn table(cells: &[&[u32]]) -> Table {
    let mut table = Table::new(cells.len(), cells[0].len());
    for (row, cells) in cells.iter().enumerate() {
        for (column, &count) in cells.iter().enumerate() {
            table.add(row, column, count);
        }
    }
    table
}

fn list(totals: &[u32]) -> Table {
    let mut table = Table::new(totals.len(), 0);
    for (row, &count) in totals.iter().enumerate() {
        table.add(row, 0, count);
    }
    table
}

/// At most 4 × 4, or a list; counts to 12, in some tables fewer.
fn any_table(dice: &mut Dice) -> Table {
    let (rows, columns) = (dice.below(4) + 1, dice.below(5));
    let most = [2, 5, 8, 13][dice.below(4)];
    let mut table = Table::new(rows, columns);
    for row in 0..rows {
        for column in 0..columns.max(1) {
            table.add(row, column, u32::try_from(dice.below(most)).unwrap());
        }
    }
    table
}

/// A table line by line, a hidden count between brackets.
fn drawn(table: &Table, hidden: &[bool]) -> String {
    let line = |row| {
        let counts = (0..=table.columns).map(|column| {
            let index = table.index(row, column);
            let count = table.counts()[index];
            if hidden[index] { format!("({count})") } else { count.to_string() }
        });
        counts.collect::<Vec<_>>().join(" ")
    };
    (0..=table.rows).map(line).collect::<Vec<_>>().join("\n")
}

/// What is promised of a table: small counts are hidden and far apart, and nothing is hidden that
/// could be shown. Judged by the oracle, not by the code that chose.
fn assert_kept(table: &Table, hidden: &[bool]) {
    let counts = table.counts();
    let small = || (0..counts.len()).filter(|&index| counts[index] < SMALLEST_SHOWN);
    let safe = |hidden: &[bool]| {
        small().all(|i| hidden[i] && oracle::by_cuts(table, hidden, i).spread() >= LEAST_SPREAD)
    };
    assert!(safe(hidden), "{}", drawn(table, hidden));
    for index in (0..counts.len()).filter(|&i| hidden[i] && counts[i] >= SMALLEST_SHOWN) {
        let mut fewer = hidden.to_vec();
        fewer[index] = false;
        assert!(!safe(&fewer), "{} could be shown in\n{}", counts[index], drawn(table, hidden));
    }
}

#[test]
fn the_ranges_are_those_of_all_tables_that_agree_with_what_is_shown() {
    let (mut tried, mut endless, mut narrow) = (0, 0, 0);
    for seed in 0..1500 {
        let mut dice = Dice(seed);
        let table = any_table(&mut dice);
        // Any counts may be hidden here, not only those that would be.
        let one_in = dice.below(3) + 2;
        let hidden: Vec<bool> = table.counts().iter().map(|_| dice.below(one_in) == 0).collect();
        let network = Network::of(&table);
        let near = oracle::by_trying(&table, &hidden);
        for index in (0..hidden.len()).filter(|&index| hidden[index]) {
            let found = network.range(&hidden, index);
            let about = format!("seed {seed}, count {index} of\n{}", drawn(&table, &hidden));
            assert_eq!(found, oracle::by_cuts(&table, &hidden, index), "{about}");
            if let Some(near) = &near {
                assert_eq!(oracle::near(found, table.counts()[index]), near[index], "{about}");
                tried += 1;
            }
            endless += usize::from(found.high.is_none());
            narrow += usize::from(found.spread() < LEAST_SPREAD);
        }
    }
    // All kinds were met.
    assert!(tried > 2000 && endless > 500 && narrow > 500, "{tried} {endless} {narrow}");
}

#[test]
fn every_table_of_two_by_two_keeps_its_small_counts() {
    for number in 0..13_u32.pow(4) {
        let [a, b, c, d] = [0, 1, 2, 3].map(|place| number / 13_u32.pow(place) % 13);
        let table = table(&[&[a, b], &[c, d]]);
        assert_kept(&table, &hidden_in(&table));
    }
}

#[test]
fn every_list_of_three_keeps_its_small_counts() {
    for number in 0..13_u32.pow(3) {
        let table = list(&[0, 1, 2].map(|place| number / 13_u32.pow(place) % 13));
        assert_kept(&table, &hidden_in(&table));
    }
}

#[test]
fn tables_of_any_shape_keep_their_small_counts() {
    for seed in 0..1500 {
        let table = any_table(&mut Dice(seed));
        assert_kept(&table, &hidden_in(&table));
    }
}

#[test]
fn big_counts_are_all_shown() {
    for table in [table(&[&[5, 6, 7], &[8, 9, 10]]), list(&[5, 12, 40])] {
        assert!(hidden_in(&table).iter().all(|hidden| !hidden));
    }
}

#[test]
fn a_total_under_five_shows_nothing() {
    for table in [table(&[&[1, 0], &[0, 3]]), table(&[&[0, 0], &[0, 0]]), list(&[4, 0])] {
        assert!(hidden_in(&table).iter().all(|hidden| *hidden));
    }
}

#[test]
fn a_small_count_alone_beside_its_total_takes_another_with_it() {
    for (totals, shown) in [
        // The smallest that helps: 3 + 7 could be 0 to 10.
        (&[3, 20, 7][..], "(3)\n20\n(7)\n30"),
        // With nothing else in the list it takes the total, or the other.
        (&[3, 20], "(3)\n(20)\n23"),
        (&[3], "(3)\n(3)"),
        // Nobody knows which of two is small.
        (&[4, 5, 30], "(4)\n(5)\n30\n39"),
        // Together eight: each could be 0 to 8.
        (&[4, 4, 30], "(4)\n(4)\n30\n38"),
        // Together five is just enough, together four is not, nor is nothing at all.
        (&[1, 4, 30], "(1)\n(4)\n30\n35"),
        (&[2, 2, 30, 9], "(2)\n(2)\n30\n(9)\n43"),
        (&[0, 0, 30, 9], "(0)\n(0)\n30\n(9)\n39"),
        (&[0, 0, 30], "(0)\n(0)\n(30)\n30"),
    ] {
        let table = list(totals);
        assert_eq!(drawn(&table, &hidden_in(&table)), shown);
    }
}

#[test]
fn a_small_count_in_a_table_takes_the_other_corners_of_a_rectangle() {
    let one = table(&[&[1, 20, 30], &[25, 9, 40], &[50, 60, 70]]);
    assert_eq!(
        drawn(&one, &hidden_in(&one)),
        "(1) (20) 30 51\n(25) (9) 40 74\n50 60 70 180\n76 89 140 305"
    );
    // Two in one row add up to 8 there, and each is still alone in its column.
    let two = table(&[&[4, 4, 30], &[40, 50, 60]]);
    assert_eq!(drawn(&two, &hidden_in(&two)), "(4) (4) 30 38\n(40) (50) 60 150\n44 54 90 188");
    // A rectangle of small counts does not hold them: 1 + 1 is at most 2.
    let four = table(&[&[1, 1, 30], &[1, 1, 30], &[30, 30, 30]]);
    let hidden = hidden_in(&four);
    assert!(hidden.iter().filter(|hidden| **hidden).count() > 4);
    assert_kept(&four, &hidden);
}

#[test]
fn what_is_shown_again_is_the_biggest_that_can_be() {
    // The 9 and the totals below it hide one another in turn; the 9 comes before the 5.
    let table = table(&[&[2, 9], &[3, 0]]);
    assert_eq!(drawn(&table, &hidden_in(&table)), "(2) 9 (11)\n(3) (0) (3)\n(5) (9) 14");
}

#[test]
fn the_ranges_of_a_list_are_those_of_a_subtraction() {
    let table = list(&[3, 20, 7]);
    let network = Network::of(&table);
    let range = |hidden: [bool; 4], index| network.range(&hidden, index);
    let [x, o] = [true, false];
    assert_eq!(range([x, o, o, o], 0), Range { low: 3, high: Some(3) });
    assert_eq!(range([x, o, x, o], 0), Range { low: 0, high: Some(10) });
    assert_eq!(range([x, o, o, x], 0), Range { low: 0, high: None });
    assert_eq!(range([x, o, o, x], 3), Range { low: 27, high: None });
}

fn fact(kind: FactKind, area: Option<&str>, topic: Option<&str>) -> Fact {
    Fact { kind, area: area.map(Into::into), topic: topic.map(Into::into) }
}

const AREAS: [&str; 11] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"];
const TOPICS: [&str; 6] = ["p", "q", "r", "s", "t", "u"];

/// A busy quarter: some areas and topics are asked about far more than others.
fn busy_quarter(dice: &mut Dice) -> Vec<Fact> {
    let mut facts = Vec::new();
    for _ in 0..900 {
        let (one, other) = (dice.below(12), dice.below(12));
        let area = AREAS.get(one.min(other)).copied();
        let topic = TOPICS.get(dice.below(7)).copied();
        facts.push(fact(FactKind::Question, area, topic));
        if dice.below(4) == 0 {
            facts.push(fact(FactKind::Offer, area, None));
        }
    }
    facts
}

/// Every count with whether it is hidden, row by row, totals last.
fn cells(figures: &Figures) -> Vec<Cell> {
    let rows = figures.rows.iter().flat_map(|row| row.cells.iter().chain([&row.total]));
    rows.chain(&figures.column_totals).chain([&figures.total]).copied().collect()
}

#[test]
fn a_quarter_of_a_town_is_counted_and_kept() {
    for seed in 0..3 {
        let facts = busy_quarter(&mut Dice(seed));
        let figures = count(&facts, FactKind::Question, &AREAS, &TOPICS);
        assert_eq!((figures.rows.len(), figures.columns.len()), (12, 7));
        assert_eq!(figures.total, Cell::Shown(900));
        let mut table = Table::new(12, 7);
        for fact in facts.iter().filter(|fact| fact.kind == FactKind::Question) {
            let row = AREAS.iter().position(|area| Some(*area) == fact.area.as_deref());
            let column = TOPICS.iter().position(|topic| Some(*topic) == fact.topic.as_deref());
            table.add(row.unwrap_or(11), column.unwrap_or(6), 1);
        }
        let shown = cells(&figures);
        let hidden: Vec<bool> = shown.iter().map(|cell| *cell == Cell::Hidden).collect();
        for (cell, &count) in shown.iter().zip(table.counts()) {
            assert!(matches!(cell, Cell::Hidden) || *cell == Cell::Shown(count));
        }
        let network = Network::of(&table);
        for index in (0..hidden.len()).filter(|&i| table.counts()[i] < SMALLEST_SHOWN) {
            assert!(hidden[index] && network.range(&hidden, index).spread() >= LEAST_SPREAD);
        }
        // Most of it can be read: it is worth making.
        assert!(hidden.iter().filter(|hidden| **hidden).count() * 2 < hidden.len());
    }
}

#[test]
fn the_same_facts_in_another_order_give_the_same_figures() {
    for seed in 0..20 {
        let mut dice = Dice(seed);
        let mut facts = busy_quarter(&mut dice);
        facts.truncate(60 + dice.below(600));
        let figures = |facts: &[Fact], kind| count(facts, kind, &AREAS[..5], &TOPICS[..3]);
        let before = FactKind::ALL.iter().map(|&kind| figures(&facts, kind)).collect::<Vec<_>>();
        for last in (1..facts.len()).rev() {
            facts.swap(last, dice.below(last + 1));
        }
        let after = FactKind::ALL.iter().map(|&kind| figures(&facts, kind)).collect::<Vec<_>>();
        assert_eq!(before, after);
    }
}

#[test]
fn what_is_shown_does_not_contradict_itself() {
    for seed in 0..20 {
        let facts = busy_quarter(&mut Dice(seed));
        let figures = count(&facts, FactKind::Question, &AREAS, &TOPICS);
        let columns = (0..figures.columns.len()).map(|column| {
            let cells = figures.rows.iter().map(|row| row.cells[column]).collect::<Vec<_>>();
            (cells, figures.column_totals[column])
        });
        let rows = figures.rows.iter().map(|row| (row.cells.clone(), row.total));
        let totals = figures.rows.iter().map(|row| row.total).collect();
        let last = [(figures.column_totals.clone(), figures.total), (totals, figures.total)];
        for (cells, total) in columns.chain(rows).chain(last) {
            let shown = cells.iter().filter_map(|cell| match cell {
                Cell::Shown(count) => Some(*count),
                Cell::Hidden => None,
            });
            let (sum, all) = (shown.clone().sum::<u32>(), shown.count() == cells.len());
            if let Cell::Shown(total) = total {
                assert!(if all { sum == total } else { sum <= total }, "{cells:?} {total}");
            }
        }
    }
}

#[test]
fn what_is_not_told_or_not_known_stands_last_even_when_there_is_none() {
    let empty = count(&[], FactKind::Question, &["a"], &["p", "q"]);
    assert_eq!(
        empty.rows.iter().map(|row| row.area.as_deref()).collect::<Vec<_>>(),
        [Some("a"), None]
    );
    assert_eq!(empty.columns, [Some("p".to_owned()), Some("q".to_owned()), None]);
    assert!(cells(&empty).iter().all(|cell| *cell == Cell::Hidden));

    let untold = [(None, None), (Some("elsewhere"), None), (Some("a"), Some("p"))]
        .map(|(area, topic)| vec![fact(FactKind::Question, area, topic); 8])
        .concat();
    let figures = count(&untold, FactKind::Question, &["a"], &["p"]);
    assert_eq!(figures.total, Cell::Shown(24));
    assert_eq!(figures.rows[1].total, Cell::Shown(16));
}

#[test]
fn offers_are_counted_per_area_only_and_apart_from_questions() {
    let facts = [
        vec![fact(FactKind::Offer, Some("a"), None); 6],
        // A topic that should not be there changes nothing.
        vec![fact(FactKind::Offer, Some("b"), Some("p")); 7],
        vec![fact(FactKind::Offer, None, None); 8],
        vec![fact(FactKind::Question, Some("a"), Some("p")); 9],
    ]
    .concat();
    let figures = count(&facts, FactKind::Offer, &["a", "b"], &["p"]);
    assert_eq!((figures.columns.len(), figures.column_totals.len()), (0, 0));
    let totals = figures.rows.iter().map(|row| row.total).collect::<Vec<_>>();
    assert_eq!(totals, [Cell::Shown(6), Cell::Shown(7), Cell::Shown(8)]);
    assert!(figures.rows.iter().all(|row| row.cells.is_empty()));
    assert_eq!(figures.total, Cell::Shown(21));
}
