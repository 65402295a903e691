//! Links as an editor writes them, and where they lead a reader.

use std::borrow::Cow;

use crate::content::Content;

/// The parts of a link to the own site: the page, and what comes after its address.
pub fn parts(url: &str) -> Option<(&str, &str)> {
    if !url.starts_with('/') {
        return None;
    }
    let end = url.find(['?', '#']).unwrap_or(url.len());
    Some(url.split_at(end))
}

/// A link for a reader of `lang`: the address of a page in that language, anything else as it is.
/// A text that is not translated names headings of Dutch pages; where the page it leads to has no
/// such heading in this language, the link leads to the page.
pub fn resolved<'a>(content: &'a Content, url: &'a str, lang: &str) -> Cow<'a, str> {
    let Some((page, rest)) = parts(url) else { return Cow::Borrowed(url) };
    let Some(address) = content.addresses.of(page, lang) else { return Cow::Borrowed(url) };
    let (query, anchor) = rest.split_once('#').unwrap_or((rest, ""));
    let there = anchor.is_empty()
        || content.pages.get(page).is_none_or(|page| page.text(lang).body.has_anchor(anchor));
    match if there { rest } else { query } {
        "" => Cow::Borrowed(address),
        rest => Cow::Owned(format!("{address}{rest}")),
    }
}
