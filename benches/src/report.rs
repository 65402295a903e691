//! Figures as tables in Markdown. The only file that prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::io::{IsTerminal, Write};
use std::time::Duration;

use crate::folders;
use crate::forms::{Load, Pages, Starts};
use crate::measured::Sample;
use crate::run::Row;
use crate::serve::Preview;
use crate::tools::Kind;

/// What is going on, on the terminal only.
pub fn progress(text: &str) {
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K{text}");
        let _ = std::io::stderr().flush();
    }
}

/// A line of its own among the tables.
pub fn line(text: &str) {
    progress("");
    println!("{text}");
}

/// What went wrong with the command itself.
pub fn error(text: &str) {
    eprintln!("{}", text.trim_end());
}

pub fn builds(rows: &[Row]) {
    line(
        "| tool | wall s | least | CPU s | peak MiB | × floor, wall | × floor, CPU | × hugo, wall | files | two builds |",
    );
    line("|---|---|---|---|---|---|---|---|---|---|");
    let base = |kind| rows.iter().find(|row| row.tool.kind == kind).and_then(|row| all(&row.cold));
    let (floor, hugo) = (base(Kind::Floor), base(Kind::Hugo));
    for row in rows {
        let Some(own) = all(&row.cold) else { continue };
        line(&format!(
            "| {} | {:.3} | {:.3} | {:.3} | {:.0} | {} | {} | {} | {} | {} |",
            row.tool.kind.name(),
            own.wall,
            own.least,
            own.cpu,
            own.mib,
            times(own.wall, floor.as_ref().map(|floor| floor.wall)),
            times(own.cpu, floor.as_ref().map(|floor| floor.cpu)),
            times(own.wall, hugo.as_ref().map(|hugo| hugo.wall)),
            row.files,
            same(row.differing),
        ));
    }
    changes(rows);
    for row in rows {
        let name = row.tool.kind.name();
        if !row.lacks.is_empty() {
            line(&format!("\n{name} lacks: {}.", shortened(&row.lacks)));
        }
        if let Some(failure) = &row.failure {
            left_out(row.tool.kind, failure);
        }
    }
}

fn same(differing: Option<usize>) -> String {
    match differing {
        None => "–".to_owned(),
        Some(0) => "the same".to_owned(),
        Some(count) => format!("{count} files differ"),
    }
}

/// A tool that failed, below the tables.
pub fn left_out(kind: Kind, reason: &str) {
    line(&format!("\n{} was left out: {reason}", kind.name()));
}

/// One page changed, a new process, the earlier output still there.
fn changes(rows: &[Row]) {
    if rows.iter().all(|row| row.change.is_empty()) {
        return;
    }
    line("\n| one change, new process | wall s | CPU s | peak MiB |\n|---|---|---|---|");
    for row in rows {
        if let Some(own) = all(&row.change) {
            line(&format!(
                "| {} | {:.3} | {:.3} | {:.0} |",
                row.tool.kind.name(),
                own.wall,
                own.cpu,
                own.mib
            ));
        }
    }
}

pub fn cold_starts(all: &[Starts]) {
    line(
        "\n| from start to first answer | runs | p50 ms | least | × empty |\n|---|---|---|---|---|",
    );
    let median = |starts: &Starts| {
        let mut times = starts.times.clone();
        times.sort();
        times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
    };
    let empty = all.first().map(median);
    for starts in all {
        let least = starts.times.iter().min().map_or(0.0, Duration::as_secs_f64);
        line(&format!(
            "| {} | {} | {:.1} | {:.1} | {} |",
            starts.name,
            starts.times.len(),
            median(starts) * 1e3,
            least * 1e3,
            times(median(starts), empty),
        ));
    }
}

pub fn loads(all: &[Load]) {
    line(
        "\n| clients | questions | kept per s | check p50 ms | p99 | send p50 | p99 |\n|---|---|---|---|---|---|---|",
    );
    for load in all {
        line(&format!(
            "| {} | {} | {:.0} | {} | {} | {} | {} |",
            load.clients,
            load.sends.len(),
            load.sends.len() as f64 / load.wall.as_secs_f64(),
            percentile(&load.checks, 50),
            percentile(&load.checks, 99),
            percentile(&load.sends, 50),
            percentile(&load.sends, 99),
        ));
    }
}

pub fn pages(all: &[Pages]) {
    line(
        "\n| page of the inbox | open | closed | p50 ms | p99 | × the small table |\n|---|---|---|---|---|---|",
    );
    let median = |pages: &Pages| {
        let mut times = pages.times.clone();
        times.sort();
        times.get(times.len() / 2).map_or(0.0, Duration::as_secs_f64)
    };
    for pages in all {
        let small = all.iter().find(|other| other.name == pages.name).map(median);
        line(&format!(
            "| {} | {} | {} | {} | {} | {} |",
            pages.name,
            pages.open,
            pages.closed,
            percentile(&pages.times, 50),
            percentile(&pages.times, 99),
            times(median(pages), small),
        ));
    }
}

/// Folders on paper; ratios to ours.
pub fn folders(task: &str, rows: &[folders::Row]) {
    if rows.is_empty() {
        return;
    }
    line(&format!(
        "\n| {task} | folders | wall s | least | CPU s | a folder, wall ms | CPU ms | peak MiB | × ours, wall | × ours, CPU |"
    ));
    line("|---|---|---|---|---|---|---|---|---|---|");
    let ours = rows.iter().find(|row| row.is_ours()).and_then(|row| all(&row.samples));
    for row in rows {
        let Some(own) = all(&row.samples) else { continue };
        let each = 1e3 / row.made.max(1) as f64;
        line(&format!(
            "| {} | {} | {:.3} | {:.3} | {:.3} | {:.0} | {:.0} | {:.0} | {} | {} |",
            row.name(),
            row.made,
            own.wall,
            own.least,
            own.cpu,
            own.wall * each,
            own.cpu * each,
            own.mib,
            times(own.wall, ours.as_ref().map(|ours| ours.wall)),
            times(own.cpu, ours.as_ref().map(|ours| ours.cpu)),
        ));
    }
}

pub fn folder_sizes(rows: &[folders::Row]) {
    line("\n| size of a trifold | median KiB | largest | × ours, median | tagged | two runs |");
    line("|---|---|---|---|---|---|");
    let kib = |row: &folders::Row| {
        let sizes = || row.seen.sizes.iter().map(|size| *size as f64 / 1024.0);
        median(sizes()).zip(sizes().reduce(f64::max))
    };
    let ours = rows.iter().find(|row| row.is_ours()).and_then(kib);
    for row in rows {
        let Some((middle, largest)) = kib(row) else { continue };
        line(&format!(
            "| {} | {middle:.0} | {largest:.0} | {} | {} of {} | {} |",
            row.name(),
            times(middle, ours.map(|(middle, _)| middle)),
            row.seen.tagged,
            row.seen.sizes.len(),
            same(row.differing),
        ));
    }
}

pub fn preview_head() {
    line(
        "\n| save → served | ready s | page p50 ms | p95 | with its list p50 | p95 | never | lists wrong at the end | pages read meanwhile | 404 | torn | no answer |",
    );
    line("|---|---|---|---|---|---|---|---|---|---|---|---|");
}

pub fn preview(kind: Kind, preview: &Preview) {
    let met = preview.met;
    line(&format!(
        "| {} ({} saves) | {:.2} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
        kind.name(),
        preview.dependents.len() + preview.never,
        preview.ready.as_secs_f64(),
        percentile(&preview.page, 50),
        percentile(&preview.page, 95),
        percentile(&preview.dependents, 50),
        percentile(&preview.dependents, 95),
        preview.never,
        preview.stale,
        met.pages,
        met.not_found,
        met.torn,
        met.no_answer,
    ));
}

/// Medians of a row of runs.
struct Medians {
    wall: f64,
    least: f64,
    cpu: f64,
    mib: f64,
}

fn all(samples: &[Sample]) -> Option<Medians> {
    let walls = || samples.iter().map(|sample| sample.wall.as_secs_f64());
    Some(Medians {
        wall: median(walls())?,
        least: walls().reduce(f64::min)?,
        cpu: median(samples.iter().map(|sample| sample.cpu.as_secs_f64()))?,
        mib: median(samples.iter().map(|sample| sample.peak_kib as f64 / 1024.0))?,
    })
}

/// The middle one, or the mean of the middle two.
fn median(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = values.get(middle).copied()?;
    let lower = values.get(middle.saturating_sub(1)).copied()?;
    Some(if values.len().is_multiple_of(2) { f64::midpoint(lower, upper) } else { upper })
}

/// The least value that so many percent do not exceed, in milliseconds.
fn percentile(values: &[Duration], percent: usize) -> String {
    let mut values = values.to_vec();
    values.sort();
    let rank = (values.len() * percent).div_ceil(100).max(1);
    let value = values.get(rank - 1);
    value.map_or("–".to_owned(), |value| format!("{:.1}", value.as_secs_f64() * 1000.0))
}

fn times(value: f64, base: Option<f64>) -> String {
    base.map_or("–".to_owned(), |base| format!("{:.2}", value / base))
}

/// A few of them, and how many more.
fn shortened(lacks: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown = lacks.get(..SHOWN).unwrap_or(lacks).join("; ");
    match lacks.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_percentiles() {
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), Some(2.0));
        assert_eq!(median([4.0, 1.0, 2.0, 3.0].into_iter()), Some(2.5));
        assert_eq!(median(std::iter::empty()), None);
        let values: Vec<Duration> = (1..=40).map(Duration::from_millis).collect();
        assert_eq!(percentile(&values, 50), "20.0");
        assert_eq!(percentile(&values, 95), "38.0");
        assert_eq!(percentile(&[], 95), "–");
    }
}
