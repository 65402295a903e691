//! Plain Dutch, as advice: what a page says of itself holds until its file changes.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::readability::{self, Passage};
use crate::content::Content;
use crate::content::page::Original;
use crate::diagnostics::{Diagnostic, Diagnostics, Place};

/// The language whose words are known here. Another municipality's language gets no advice.
const DUTCH: &str = "nl";

/// Advice on each page, with the very text it is on.
#[derive(Default)]
pub struct Memory(HashMap<String, (Arc<Original>, Vec<Diagnostic>)>);

pub fn check(content: &Content, memory: &mut Memory, diagnostics: &mut Diagnostics) {
    if content.site.main_language().code != DUTCH {
        return;
    }
    let known = |id: &str, text: &Arc<Original>| {
        memory.0.get(id).is_some_and(|(known, _)| Arc::ptr_eq(known, text))
    };
    let new: Vec<_> = content
        .pages
        .values()
        .filter(|page| !known(&page.id, &page.original))
        .map(|page| (page.id.clone(), Arc::clone(&page.original)))
        .collect();
    let advice: Vec<Vec<Diagnostic>> = new.par_iter().map(|(_, text)| of(text)).collect();
    for ((id, text), advice) in new.into_iter().zip(advice) {
        memory.0.insert(id, (text, advice));
    }
    memory.0.retain(|id, _| content.pages.contains_key(id));
    for page in content.pages.values() {
        if let Some((_, advice)) = memory.0.get(&page.id) {
            diagnostics.extend(advice.iter().cloned());
        }
    }
}

fn of(page: &Original) -> Vec<Diagnostic> {
    let source = &page.text.source;
    let passages: Vec<Passage<'_>> = page
        .passages
        .iter()
        .map(|passage| Passage { line: passage.line, text: &passage.text })
        .collect();
    readability::advice(&passages)
        .into_iter()
        .map(|advice| {
            let place = match &advice.needle {
                Some(needle) => Place::of(source, advice.line, needle),
                None => Place::line(source, advice.line),
            };
            Diagnostic::advice(place, advice.message).hint(advice.hint)
        })
        .collect()
}
