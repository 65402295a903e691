//! What templates see. Built in Rust from the content, so that a template cannot reach further.

use serde::Serialize;

use super::leaflet;
use crate::content::site::{ContactRow, MenuItem};
use crate::content::{Area, Content, Organisation, Page, known};

#[derive(Serialize)]
pub struct SiteView<'a> {
    municipality: &'a str,
    title: &'a str,
    base_url: &'a str,
    short_url: &'a str,
}

impl<'a> SiteView<'a> {
    pub fn new(content: &'a Content) -> Self {
        let site = &content.site;
        Self {
            municipality: &site.municipality,
            title: &site.title,
            base_url: &site.base_url,
            short_url: &site.short_url,
        }
    }
}

#[derive(Serialize)]
pub struct MenuView<'a> {
    label: &'a str,
    url: &'a str,
    current: bool,
}

/// A menu as seen from the page at `url`; a section is current on the pages below it.
pub fn menu<'a>(items: &'a [MenuItem], url: &str) -> Vec<MenuView<'a>> {
    items
        .iter()
        .map(|item| {
            let page = item.page.value.as_str();
            MenuView {
                label: &item.label,
                url: page,
                current: url == page || (page != "/" && url.starts_with(page)),
            }
        })
        .collect()
}

#[derive(Serialize)]
pub struct PageView<'a> {
    title: &'a str,
    description: &'a str,
    url: &'a str,
    checked: String,
    checked_text: String,
    review_by: String,
    owner_name: &'a str,
}

impl<'a> PageView<'a> {
    pub fn new(content: &'a Content, page: &'a Page) -> Self {
        let review = &page.meta.review;
        let iso = |date: &Option<crate::content::fields::Located<jiff::civil::Date>>| {
            date.as_ref().map(|date| date.value.to_string()).unwrap_or_default()
        };
        Self {
            title: &page.meta.title.value,
            description: &page.meta.description,
            url: &page.url,
            checked: iso(&review.checked),
            checked_text: review
                .checked
                .as_ref()
                .map(|date| super::dates::long(date.value, &page.lang))
                .unwrap_or_default(),
            review_by: iso(&review.review_by),
            owner_name: content.organisation_name(&review.owner.value),
        }
    }
}

#[derive(Serialize)]
pub struct OrganisationView<'a> {
    id: &'a str,
    pub name: &'a str,
    role: &'a str,
    pub phone: Option<&'a str>,
    phone_href: Option<String>,
    website: Option<&'a str>,
    hours: Option<&'a str>,
    /// False while the number is a placeholder.
    known: bool,
}

impl<'a> OrganisationView<'a> {
    pub fn new(organisation: &'a Organisation) -> Self {
        let phone = known(&organisation.phone.value);
        Self {
            id: &organisation.id,
            name: &organisation.name,
            role: &organisation.role,
            phone,
            phone_href: phone.map(phone_href),
            website: organisation.website.as_deref().and_then(known),
            hours: organisation.hours.as_deref().and_then(known),
            known: phone.is_some(),
        }
    }
}

/// `tel:` address of a number as it is written.
fn phone_href(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    format!("tel:{digits}")
}

#[derive(Serialize)]
pub struct ContactRowView<'a> {
    situation: &'a str,
    note: Option<&'a str>,
    organisations: Vec<OrganisationView<'a>>,
}

pub fn contact_block(content: &Content) -> Vec<ContactRowView<'_>> {
    let row = |row: &'_ ContactRow| -> Vec<OrganisationView<'_>> {
        row.organisations
            .iter()
            .filter_map(|id| content.organisations.get(&id.value))
            .map(OrganisationView::new)
            .collect()
    };
    content
        .site
        .contact_block
        .iter()
        .map(|contact| ContactRowView {
            situation: &contact.situation,
            note: contact.note.as_deref(),
            organisations: row(contact),
        })
        .collect()
}

#[derive(Serialize)]
pub struct LeafletView {
    lang_name: String,
    url: String,
}

#[derive(Serialize)]
pub struct AreaView<'a> {
    id: &'a str,
    name: &'a str,
    url: String,
    raad: Option<&'a str>,
    paper: Option<&'a str>,
    paper_note: Option<&'a str>,
    facilities: &'a [String],
    leaflets: Vec<LeafletView>,
    short_url: String,
}

impl<'a> AreaView<'a> {
    pub fn new(content: &'a Content, area: &'a Area) -> Self {
        let leaflets = content
            .leaflets
            .keys()
            .filter_map(|code| content.site.language(code))
            .map(|language| LeafletView {
                lang_name: language.name.clone(),
                url: leaflet::public_url(&area.id, &language.code),
            })
            .collect();
        Self {
            id: &area.id,
            name: &area.name,
            url: area.url(),
            raad: known(&area.raad),
            paper: known(&area.paper),
            paper_note: area.paper_note.as_deref(),
            facilities: &area.facilities,
            leaflets,
            short_url: leaflet::short_url(&content.site, area),
        }
    }
}

/// The links of a list of pages.
#[derive(Serialize)]
pub struct CardView<'a> {
    title: &'a str,
    url: &'a str,
    description: &'a str,
}

#[derive(Serialize)]
pub struct GroupView<'a> {
    id: &'a str,
    title: &'a str,
    items: Vec<CardView<'a>>,
}

/// The questions of a language, by group, in the order of the site and of their `order`.
pub fn faq_groups<'a>(content: &'a Content, lang: &str) -> Vec<GroupView<'a>> {
    content
        .site
        .faq_groups
        .iter()
        .map(|group| {
            let mut pages: Vec<&Page> = content
                .pages
                .values()
                .filter(|page| page.lang == lang)
                .filter(|page| page.meta.group.as_ref().is_some_and(|id| id.value == group.id))
                .collect();
            pages.sort_by_key(|page| (page.meta.order, page.meta.title.value.clone()));
            let items = pages
                .into_iter()
                .map(|page| CardView {
                    title: &page.meta.title.value,
                    url: &page.url,
                    description: &page.meta.description,
                })
                .collect();
            GroupView { id: &group.id, title: &group.title, items }
        })
        .collect()
}
