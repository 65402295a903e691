//! Builds, as whole processes, in turns: a busy minute of the computer hits every tool alike.

use std::fs;

use crate::corpus::{Corpus, TERMS_FOLDER, clear, page_path, section_path, title_mark};
use crate::measured::{Sample, measure};
use crate::places::Place;
use crate::report;
use crate::tools::{Kind, Tool};
use crate::tree::Tree;
use crate::verify;

/// What was measured of one tool.
pub struct Row<'a> {
    pub tool: &'a Tool,
    /// Builds into an empty folder.
    pub cold: Vec<Sample>,
    /// Builds over an earlier one, after a change of one page.
    pub change: Vec<Sample>,
    first: Option<Tree>,
    pub files: usize,
    /// Files that were not the same in two builds.
    pub differing: Option<usize>,
    /// What its site does not have.
    pub lacks: Vec<String>,
    /// Why it was left out from some moment on.
    pub failure: Option<String>,
}

/// The first round fills the caches and is not counted.
pub fn builds<'a>(place: &Place, corpus: &Corpus, tools: &'a [Tool], runs: usize) -> Vec<Row<'a>> {
    let mut rows: Vec<Row> = tools.iter().map(Row::new).collect();
    for round in 0..=runs {
        report::progress(&format!("build {round} of {runs}"));
        for row in rows.iter_mut().filter(|row| row.failure.is_none()) {
            row.note(row_cold(place, row.tool), |row, sample| {
                if round > 0 {
                    row.cold.push(sample);
                }
            });
            row.look(round, place, corpus);
        }
    }
    for edit in 1..=runs {
        report::progress(&format!("one change {edit} of {runs}"));
        for row in rows.iter_mut().filter(|row| row.failure.is_none()) {
            if row.tool.kind != Kind::Floor {
                let sample = row_change(place, corpus, row.tool, edit);
                row.note(sample, |row, sample| row.change.push(sample));
            }
        }
    }
    rows
}

fn row_cold(place: &Place, tool: &Tool) -> Result<Sample, String> {
    clear(&place.out(tool.kind))?;
    measure(&tool.build(place), &place.log(tool.kind, "build"))
}

/// One page gets another title and text; page and list must show it afterwards.
fn row_change(place: &Place, corpus: &Corpus, tool: &Tool, edit: usize) -> Result<Sample, String> {
    let page = corpus.pages.get(edit * 7 % corpus.pages.len()).ok_or("no pages")?;
    let file = tool.kind.form().edited(corpus, page, edit);
    let path = place.source(tool.kind).join(&file.path);
    fs::write(&path, file.text).map_err(|error| format!("{}: {error}", path.display()))?;
    let sample = measure(&tool.build(place), &place.log(tool.kind, "change"))?;
    for at in [page_path(page), section_path(page.section)] {
        if !verify::read(&place.site(tool.kind), &at).contains(&title_mark(edit)) {
            return Err(format!("{at} does not show the change"));
        }
    }
    Ok(sample)
}

impl<'a> Row<'a> {
    fn new(tool: &'a Tool) -> Self {
        Self {
            tool,
            cold: Vec::new(),
            change: Vec::new(),
            first: None,
            files: 0,
            differing: None,
            lacks: Vec::new(),
            failure: None,
        }
    }

    fn note(&mut self, sample: Result<Sample, String>, keep: impl Fn(&mut Self, Sample)) {
        match sample {
            Ok(sample) => keep(self, sample),
            Err(reason) => self.failure = Some(reason),
        }
    }

    /// Outside the measured time: the first build is looked through, the second compared with it.
    fn look(&mut self, round: usize, place: &Place, corpus: &Corpus) {
        if round > 1 || self.failure.is_some() {
            return;
        }
        let tree = Tree::read(&place.out(self.tool.kind));
        self.files = tree.files();
        match &self.first {
            Some(first) => self.differing = Some(first.differences(&tree)),
            None => {
                if self.tool.kind != Kind::Floor {
                    let site = Tree::read(&place.site(self.tool.kind));
                    self.lacks = verify::lacks(&place.site(self.tool.kind), &site, corpus);
                }
                self.first = Some(tree);
            }
        }
    }
}

/// Pages of lists that every tool makes beside the pages that were counted.
pub fn lists(corpus: &Corpus) -> String {
    format!("{} pages a language, and lists of sections and {TERMS_FOLDER}", corpus.pages.len())
}
