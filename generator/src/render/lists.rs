//! Which pages stand in which list, worked out once for all lists.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::content::{Content, Page, Template};

/// Pages by section and by group, each in its order.
pub struct Lists<'a> {
    sections: HashMap<&'a str, Vec<&'a Page>>,
    groups: HashMap<&'a str, Vec<&'a Page>>,
}

impl<'a> Lists<'a> {
    pub fn new(content: &'a Content) -> Self {
        let mut lists = Self { sections: HashMap::new(), groups: HashMap::new() };
        for page in content.pages.values() {
            if let Some(section) = section(&page.id) {
                lists.sections.entry(section).or_default().push(page);
            }
            let meta = &page.original.meta;
            // The page of a list names the group whose pages it shows; it is not in it.
            if let Some(group) = &meta.group
                && meta.template.value != Template::List
            {
                lists.groups.entry(&group.value).or_default().push(page);
            }
        }
        for pages in lists.sections.values_mut().chain(lists.groups.values_mut()) {
            pages.sort_by(|a, b| order(a).cmp(&order(b)));
        }
        lists
    }

    /// The pages directly below a section.
    pub fn section(&self, id: &str) -> impl Iterator<Item = &'a Page> {
        self.sections.get(id).into_iter().flatten().copied()
    }

    pub fn group(&self, id: &str) -> impl Iterator<Item = &'a Page> {
        self.groups.get(id).into_iter().flatten().copied()
    }

    /// What a page of template `list` shows.
    pub fn of(&self, page: &'a Page) -> Vec<&'a Page> {
        match &page.original.meta.group {
            Some(group) => self.group(&group.value).collect(),
            None => self.section(&page.id).collect(),
        }
    }
}

/// News with the newest first, then by `order`, then by title.
fn order(page: &Page) -> (Reverse<Option<jiff::civil::Date>>, i64, &str, &str) {
    let meta = &page.original.meta;
    let day = (meta.template.value == Template::News)
        .then(|| meta.publish_on.as_ref().map(|date| date.value))
        .flatten();
    (Reverse(day), meta.order, &page.original.text.title.value, &page.id)
}

/// `/vragen/` for `/vragen/wie-komt-er/`; none for the home page.
fn section(id: &str) -> Option<&str> {
    let path = id.strip_suffix('/')?;
    path.rfind('/').map(|at| &id[..=at])
}
