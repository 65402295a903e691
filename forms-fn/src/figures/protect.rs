//! Which counts of a table must not be read.
//!
//! Every count under five is hidden, zero and totals too. That is not enough: a single hidden count
//! beside its total is a subtraction. So others are hidden with it, until from all that is shown, and
//! from knowing that counts are whole and not negative, no hidden count under five can be narrowed
//! down to a range of less than five. How far it can be narrowed is not guessed but worked out, by
//! [`Network::range`].
//!
//! For each small count whose range is too narrow, the chain of counts is hidden whose sum is the
//! smallest of all that make it wide enough (in a list that is one count; in a table most often
//! three, the other corners of a rectangle). Hiding more only ever widens ranges, so one walk over
//! the small counts is enough. What a later chain made needless is shown again, the biggest first.
//! After that not one single count more could be shown; that no other choice shows more is not
//! promised, for the best one is an NP-hard problem (Kelly, Golden and Assad, *Cell suppression:
//! disclosure protection for sensitive tabular data*, Networks 22 (1992)).
//!
//! Cost: with `n` counts in the table, `O(n)` chains and `O(n²)` ranges, each polynomial; for 11
//! areas and 6 topics some thousands of ranges.
//!
//! What is hidden for being small and what is hidden beside it look alike, and the ranges are those of
//! a reader who takes them alike. Two things this does not hide. Who knows for another reason that a
//! count is a small one knows that it is 0 to 4. And who runs this very program on all tables that
//! agree with what is shown can sometimes tell which it was: of the areas 4, 5 and 5 the first two are
//! hidden, together nine, and beside a shown 5 the program would have left a 6 alone. So the figures
//! are for the kernteam, and not to be published.

use super::network::Network;
use super::table::Table;

/// The smallest count that may be read.
pub(super) const SMALLEST_SHOWN: u32 = 5;

/// From the lowest to the highest value that a small count could have, at least.
pub(super) const LEAST_SPREAD: u64 = 5;

/// For every count of the table, in its order, whether it is hidden. The same counts always give
/// the same answer.
pub(super) fn hidden_in(table: &Table) -> Vec<bool> {
    let network = Network::of(table);
    let mut hidden: Vec<bool> =
        table.counts().iter().map(|&count| count < SMALLEST_SHOWN).collect();
    let small: Vec<usize> = (0..hidden.len()).filter(|&index| hidden[index]).collect();
    for &index in &small {
        let spread = network.range(&hidden, index).spread();
        if spread < LEAST_SPREAD {
            for found in network.chain(&hidden, index, LEAST_SPREAD - spread) {
                hidden[found] = true;
            }
        }
    }
    // The chains see to it. Should one ever not, a table without figures does no harm.
    if !is_safe(&network, &hidden, &small) {
        return vec![true; hidden.len()];
    }
    show_again(table, &network, &mut hidden, &small);
    hidden
}

/// Shows every count without which the small ones stay safe.
fn show_again(table: &Table, network: &Network, hidden: &mut [bool], small: &[usize]) {
    let counts = table.counts();
    let mut beside: Vec<usize> =
        (0..counts.len()).filter(|&i| hidden[i] && counts[i] >= SMALLEST_SHOWN).collect();
    beside.sort_by_key(|&index| (std::cmp::Reverse(counts[index]), index));
    for index in beside {
        hidden[index] = false;
        hidden[index] = !is_safe(network, hidden, small);
    }
}

/// Whether nobody can narrow a small count down.
fn is_safe(network: &Network, hidden: &[bool], small: &[usize]) -> bool {
    small.iter().all(|&index| network.range(hidden, index).spread() >= LEAST_SPREAD)
}
