//! Whether the text fits: walks what stands on the paper, and compares it with the panels that the
//! marks of a template tell of.

use std::collections::BTreeMap;

use typst::foundations::{Dict, Label, Value};
use typst::introspection::{MetadataElem, Tag};
use typst::layout::{Abs, Frame, FrameItem, Point};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

use crate::Fault;

/// Rounding in the layout may not look like a fault.
const TOLERANCE: f64 = 0.1;

/// A space at the end of a line may stand past it; a letter may not.
const SIDE_TOLERANCE: f64 = 1.5;

/// Millimetres between two heights that are lines of their own.
const LINE: f64 = 1.0;

/// Characters of a word that is too wide, as they are told.
const SHOWN: usize = 30;

/// One fault for each panel that does not hold its text, and one for each that is too narrow for a
/// word, in the order of the marks.
pub(crate) fn faults(document: &PagedDocument) -> Vec<Fault> {
    let mut panels = Panels::default();
    let Some(label) = Label::new(PicoStr::intern("blk")) else { return Vec::new() };
    for page in document.pages() {
        // What no mark follows is the template's own.
        let mut walk = Walk { label, texts: Vec::new(), panels: &mut panels };
        walk.frame(&page.frame, Point::zero());
    }
    panels.faults
}

/// A piece of one line: its place on the page and its words.
struct Text {
    left: f64,
    right: f64,
    baseline: f64,
    words: String,
}

struct Mark {
    panel: String,
    line: usize,
    floor: f64,
    /// Between which the words stand, where the template tells it.
    sides: Option<(f64, f64)>,
}

struct Walk<'a> {
    label: Label,
    /// Since the last mark: the words of the block that the next one closes.
    texts: Vec<Text>,
    panels: &'a mut Panels,
}

impl Walk<'_> {
    fn frame(&mut self, frame: &Frame, origin: Point) {
        for (offset, item) in frame.items() {
            let at = origin + *offset;
            match item {
                FrameItem::Group(group) => {
                    let moved = Point::new(group.transform.tx, group.transform.ty);
                    self.frame(&group.frame, at + moved);
                }
                FrameItem::Text(text) => self.texts.push(Text {
                    left: at.x.to_mm(),
                    right: (at.x + text.width()).to_mm(),
                    baseline: at.y.to_mm(),
                    words: text.text.to_string(),
                }),
                FrameItem::Tag(Tag::Start(content, _)) if content.label() == Some(self.label) => {
                    let texts = std::mem::take(&mut self.texts);
                    let value = content.to_packed::<MetadataElem>().map(|mark| &mark.value);
                    if let Some(Value::Dict(value)) = value
                        && let Some(mark) = read(value)
                    {
                        self.panels.block(&mark, at.y.to_mm(), &texts);
                    }
                }
                _ => {}
            }
        }
    }
}

fn read(value: &Dict) -> Option<Mark> {
    let millimetres = |key: &str| match value.get(key) {
        Ok(Value::Length(length)) => Some(Abs::to_mm(length.abs)),
        _ => None,
    };
    Some(Mark {
        panel: value.get("panel").ok()?.clone().cast().ok()?,
        line: value.get("line").ok()?.clone().cast().ok()?,
        floor: millimetres("floor")?,
        sides: millimetres("left").zip(millimetres("right")),
    })
}

#[derive(Default)]
struct Panels {
    faults: Vec<Fault>,
    /// Which fault tells that a panel is too short, and the heights of the lines in it.
    short: BTreeMap<String, (usize, Vec<f64>)>,
}

impl Panels {
    /// One block and the height at which it ends.
    fn block(&mut self, mark: &Mark, end: f64, texts: &[Text]) {
        let lowest = texts.iter().map(|text| text.baseline).fold(end, f64::max);
        if lowest - mark.floor > TOLERANCE {
            self.too_long(mark, lowest - mark.floor, texts);
        }
        let Some((left, right)) = mark.sides else { return };
        let wide =
            |text: &&Text| text.right - right > SIDE_TOLERANCE || left - text.left > SIDE_TOLERANCE;
        if let Some(text) = texts.iter().find(wide) {
            self.faults.push(Fault::Wide {
                panel: mark.panel.clone(),
                line: mark.line,
                word: text.words.trim().chars().take(SHOWN).collect(),
            });
        }
    }

    fn too_long(&mut self, mark: &Mark, excess: f64, texts: &[Text]) {
        let faults = &mut self.faults;
        let (index, heights) = self.short.entry(mark.panel.clone()).or_insert_with(|| {
            faults.push(Fault::Overflow {
                panel: mark.panel.clone(),
                line: mark.line,
                millimetres: 0.0,
                lines: 0,
                characters: 0,
            });
            (faults.len() - 1, Vec::new())
        });
        let Some(Fault::Overflow { millimetres, lines, characters, .. }) = faults.get_mut(*index)
        else {
            return;
        };
        *millimetres = millimetres.max(excess);
        for text in texts.iter().filter(|text| text.baseline - mark.floor > TOLERANCE) {
            *characters += text.words.chars().count();
            if heights.iter().all(|height| (height - text.baseline).abs() > LINE) {
                heights.push(text.baseline);
            }
        }
        *lines = heights.len();
    }
}
