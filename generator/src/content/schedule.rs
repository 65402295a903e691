//! Pages that are not for the public today: drafts, what comes later, and what is over.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use super::page::{Meta, Page};

/// A page that the public does not see, and why. The summary of a build tells each: a page that
/// vanishes in silence is looked for in vain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    pub page: String,
    /// File of the text.
    pub path: String,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    Draft,
    /// Shown from this day on.
    Before(Date),
    /// Shown up to and including this day.
    After(Date),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Draft => write!(f, "concept"),
            Why::Before(date) => write!(f, "komt op {date}"),
            Why::After(date) => write!(f, "liep tot en met {date}"),
        }
    }
}

impl Why {
    /// Why a page is not for the public on this day, if it is not.
    pub fn of(meta: &Meta, today: Date) -> Option<Self> {
        if meta.draft.is_some() {
            return Some(Why::Draft);
        }
        let start = meta.publish_on.as_ref().map(|date| date.value);
        let end = meta.expires_on.as_ref().map(|date| date.value);
        match (start, end) {
            (Some(start), _) if start > today => Some(Why::Before(start)),
            (_, Some(end)) if end < today => Some(Why::After(end)),
            _ => None,
        }
    }
}

/// Takes out what the public does not see. With `keep`, as in the preview, all of it stays.
pub fn apply(pages: &mut BTreeMap<String, Page>, today: Date, keep: bool) -> Vec<Skipped> {
    let mut skipped = Vec::new();
    for (id, page) in pages.iter() {
        if let Some(why) = Why::of(&page.original.meta, today) {
            let path = page.original.text.source.path.clone();
            skipped.push(Skipped { page: id.clone(), path, why });
        }
    }
    if !keep {
        for page in &skipped {
            pages.remove(&page.page);
        }
    }
    skipped
}
