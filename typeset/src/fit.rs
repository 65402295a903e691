//! Whether the text fits: compares the marks of a template with the floors of its panels.

use std::collections::BTreeMap;

use typst::foundations::{Dict, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::Abs;
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use crate::Fault;

/// Rounding in the layout may not look like a fault.
const TOLERANCE: f64 = 0.1;

/// One fault for each panel that does not hold its text, in the order of the marks.
pub(crate) fn overflows(document: &PagedDocument) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for mark in marks(document).into_iter().filter(|mark| mark.excess > TOLERANCE) {
        match seen.get(&mark.panel).and_then(|index| faults.get_mut(*index)) {
            Some(Fault::Overflow { millimetres, .. }) => {
                *millimetres = millimetres.max(mark.excess);
            }
            _ => {
                seen.insert(mark.panel.clone(), faults.len());
                faults.push(Fault::Overflow {
                    panel: mark.panel,
                    line: mark.line,
                    millimetres: mark.excess,
                });
            }
        }
    }
    faults
}

struct Mark {
    panel: String,
    line: usize,
    /// Millimetres below the floor; negative where there is room left.
    excess: f64,
}

fn marks(document: &PagedDocument) -> Vec<Mark> {
    let Some(label) = Label::new(PicoStr::intern("blk")) else { return Vec::new() };
    let introspector = document.introspector();
    let found = introspector.query(&Selector::Label(label));
    let mark = |content: &typst::foundations::Content| {
        let position = introspector.position(content.location()?)?;
        let Value::Dict(value) = &content.to_packed::<MetadataElem>()?.value else { return None };
        let (panel, line, floor) = read(value)?;
        Some(Mark { panel, line, excess: (position.point.y - floor).to_mm() })
    };
    found.iter().filter_map(mark).collect()
}

fn read(value: &Dict) -> Option<(String, usize, Abs)> {
    let panel = value.get("panel").ok()?.clone().cast().ok()?;
    let line = value.get("line").ok()?.clone().cast().ok()?;
    match value.get("floor").ok()? {
        Value::Length(floor) => Some((panel, line, floor.abs)),
        _ => None,
    }
}
