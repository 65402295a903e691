//! What stands at the top of a text is understood, or the editor is told.

use generator::content::{Template, original, translation};
use generator::diagnostics::Diagnostics;
use generator::markdown::Text;

use crate::{file, told_well};

pub fn front_matter(bytes: &[u8]) {
    let Some(source) = file(bytes) else { return };
    for template in Template::ALL {
        let mut diagnostics = Diagnostics::default();
        let page = original(&source, template, &mut diagnostics);
        told_well(&diagnostics, &source);
        if diagnostics.has_errors() {
            continue;
        }
        let page = page.expect("without a mistake there is a page");
        assert!(!page.text.title.value.trim().is_empty(), "a page without a title");
        assert!(!page.meta.review.owner.value.is_empty(), "a page that nobody answers for");
        assert!(page.text.markdown <= source.text.len());
    }
    let mut diagnostics = Diagnostics::default();
    let page = translation(&source, Text::NumbersIsolated, &mut diagnostics);
    told_well(&diagnostics, &source);
    assert!(page.is_some() || diagnostics.has_errors(), "a translation that is lost");
}
