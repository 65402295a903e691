//! Lists that can be followed, as Atom (RFC 4287).

use std::fmt::Write as _;

use super::discovery::{encoded, escape};
use super::lists::Lists;
use super::{Artefact, SITE};
use crate::content::{Content, Page, Status, Template};

/// Entries of a feed, the newest: who follows it has seen the rest.
const MOST: usize = 30;

/// One feed for each list that offers one, in each language it was written in.
pub fn feeds(content: &Content, lists: &Lists<'_>) -> Vec<Artefact> {
    let offers = |page: &&Page| {
        page.original.meta.feed && page.original.meta.template.value == Template::List
    };
    let mut all = Vec::new();
    for page in content.pages.values().filter(offers) {
        for lang in content.languages().filter(|lang| is_there(content, page, lang)) {
            let path = format!("{SITE}{}feed.xml", content.address(&page.id, lang));
            all.push(Artefact::new(path, feed(content, lists, page, lang)));
        }
    }
    all
}

fn is_there(content: &Content, page: &Page, lang: &str) -> bool {
    content.status(page, lang) != Status::Missing
}

fn feed(content: &Content, lists: &Lists<'_>, page: &Page, lang: &str) -> String {
    let whole = |page: &Page, lang: &str| {
        escape(&format!("{}{}", content.site.base_url, encoded(content.address(&page.id, lang))))
    };
    let address = whole(page, lang);
    let items: Vec<&Page> = lists.section(&page.id).take(MOST).collect();
    // A feed without entries has a day too: its own.
    let newest = items.iter().filter_map(|item| day(item)).max().or_else(|| day(page));
    let newest = newest.unwrap_or_default();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n\
         <id>{address}</id>\n<title>{title}</title>\n<updated>{newest}</updated>\n\
         <author><name>{author}</name></author>\n\
         <link rel=\"alternate\" href=\"{address}\"/>\n\
         <link rel=\"self\" href=\"{address}feed.xml\"/>\n",
        title = escape(&page.text(lang).title.value),
        author = escape(content.site.title(lang)),
    );
    for item in items {
        let text = item.text(lang);
        let _ = writeln!(
            xml,
            "<entry{own}><id>{address}</id><title>{title}</title><updated>{day}</updated>\
             <link rel=\"alternate\" href=\"{address}\"/><summary>{summary}</summary></entry>",
            own = match is_there(content, item, lang) {
                true => String::new(),
                false => format!(" xml:lang=\"{}\"", content.site.main_language().code),
            },
            address = whole(item, lang),
            title = escape(&text.title.value),
            day = day(item).unwrap_or_default(),
            summary = escape(&text.description),
        );
    }
    xml.push_str("</feed>\n");
    xml
}

/// The start of the day of publication or, for a page without one, of its last check.
fn day(page: &Page) -> Option<String> {
    let meta = &page.original.meta;
    let date = meta.publish_on.as_ref().or(meta.review.checked.as_ref())?;
    Some(format!("{}T00:00:00Z", date.value))
}
