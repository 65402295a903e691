//! What templates see. Built in Rust from the content, so that a template cannot reach further.

mod page;

use forms_core::FormKind;
use serde::Serialize;

use super::leaflet;
use super::lists::Lists;
use super::twins;
use crate::content::page::Status;
use crate::content::role::State;
use crate::content::site::{ContactRow, MenuItem};
use crate::content::{Area, Content, LeafletKind, Organisation, Page, Role, known};
use crate::locale::Locale;
pub use page::{AlternateView, PageView, Twin, alternates};

#[derive(Serialize)]
pub struct SiteView<'a> {
    municipality: &'a str,
    title: &'a str,
    base_url: &'a str,
    short_url: &'a str,
    /// The home page in the reader's language.
    home: &'a str,
}

impl<'a> SiteView<'a> {
    pub fn new(content: &'a Content, lang: &str) -> Self {
        let site = &content.site;
        Self {
            municipality: &site.municipality,
            title: site.title(lang),
            base_url: &site.base_url,
            short_url: &site.short_url,
            home: content.address("/", lang),
        }
    }
}

#[derive(Serialize)]
pub struct MenuView<'a> {
    label: &'a str,
    url: &'a str,
    current: bool,
}

/// A menu in which item `current` leads to where the reader is, or to the section above it.
pub fn menu<'a>(
    content: &'a Content,
    items: &'a [MenuItem],
    current: Option<usize>,
    lang: &str,
) -> Vec<MenuView<'a>> {
    items
        .iter()
        .enumerate()
        .map(|(at, item)| MenuView {
            label: content.site.label(item, lang),
            url: content.address(&item.page.value, lang),
            current: current == Some(at),
        })
        .collect()
}

/// Which item of a menu leads to a page or to the section above it.
pub fn current(items: &[MenuItem], id: &str) -> Option<usize> {
    items.iter().position(|item| {
        let page = item.page.value.as_str();
        id == page || (page != "/" && id.starts_with(page))
    })
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
    pub fn new(organisation: &'a Organisation, lang: &str) -> Self {
        let phone = known(&organisation.phone.value);
        Self {
            id: &organisation.id,
            name: organisation.name(lang),
            role: organisation.role(lang),
            phone,
            phone_href: phone.map(phone_href),
            website: organisation.website.as_deref().and_then(known),
            hours: organisation.hours(lang).and_then(known),
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

pub fn contact_block<'a>(content: &'a Content, lang: &str) -> Vec<ContactRowView<'a>> {
    let row = |row: &'a ContactRow| {
        let (situation, note) = content.site.row(row, lang);
        let organisations = row
            .organisations
            .iter()
            .filter_map(|id| content.organisations.get(&id.value))
            .map(|organisation| OrganisationView::new(organisation, lang))
            .collect();
        ContactRowView { situation, note, organisations }
    };
    content.site.contact_block.iter().map(row).collect()
}

/// The folder of an area in one language.
#[derive(Serialize)]
pub struct LeafletView<'a> {
    lang: &'a str,
    lang_name: &'a str,
    /// To print.
    url: String,
}

#[derive(Serialize)]
pub struct AreaView<'a> {
    id: &'a str,
    name: &'a str,
    url: &'a str,
    raad: Option<&'a str>,
    paper: Option<&'a str>,
    paper_note: Option<&'a str>,
    facilities: &'a [String],
    /// Where its folder can be read; empty without one.
    leaflet_page: String,
    leaflets: Vec<LeafletView<'a>>,
    short_url: String,
    /// Where a question about it is asked.
    ask: Option<String>,
}

impl<'a> AreaView<'a> {
    pub fn new(content: &'a Content, area: &'a Area, lang: &str) -> Self {
        let texts = content.leaflets(LeafletKind::Folder);
        let format = content.site.output.folders.iter().find(|format| format.is_public());
        let leaflet = |(format, language): (_, &'a forms_core::Language)| LeafletView {
            lang: &language.code,
            lang_name: &language.name,
            url: leaflet::public_url(&area.id, &language.code, format),
        };
        let languages = texts.keys().filter_map(|code| content.site.language(code));
        let leaflets = format.map(|format| languages.map(|one| leaflet((*format, one))).collect());
        Self {
            id: &area.id,
            name: area.name(lang),
            url: content.addresses.of(area.page(), lang).unwrap_or_default(),
            raad: known(&area.raad),
            paper: known(&area.paper),
            paper_note: area.paper_note(lang),
            facilities: area.facilities(lang),
            leaflet_page: match texts.is_empty() {
                true => String::new(),
                false => twins::address(content, area, lang),
            },
            leaflets: leaflets.unwrap_or_default(),
            short_url: leaflet::short_url(content, area, lang),
            ask: content
                .forms
                .iter()
                .find(|form| form.kind == FormKind::Question)
                .and_then(|form| form.path_for_area(&area.id, lang)),
        }
    }
}

pub fn areas<'a>(content: &'a Content, lang: &str) -> Vec<AreaView<'a>> {
    content.areas.iter().map(|area| AreaView::new(content, area, lang)).collect()
}

#[derive(Serialize)]
pub struct RoleView<'a> {
    id: &'a str,
    name: &'a str,
    summary: &'a str,
    /// `open`, `wachtlijst` or `vol`.
    state: &'static str,
    full: bool,
    owner_name: &'a str,
}

impl<'a> RoleView<'a> {
    pub fn new(content: &'a Content, role: &'a Role, lang: &str) -> Self {
        Self {
            id: &role.id,
            name: role.name(lang),
            summary: role.summary(lang),
            state: role.state.as_str(),
            full: role.state == State::Full,
            owner_name: content.organisation_name(&role.review.owner.value, lang),
        }
    }
}

pub fn roles<'a>(content: &'a Content, lang: &str) -> Vec<RoleView<'a>> {
    content.roles.iter().map(|role| RoleView::new(content, role, lang)).collect()
}

/// A page as one entry of a list.
#[derive(Serialize)]
pub struct CardView<'a> {
    pub title: &'a str,
    pub url: &'a str,
    pub description: &'a str,
    /// Language and direction of title and description, where they differ from the reader's.
    text_lang: Option<&'a str>,
    text_dir: Option<forms_core::Dir>,
    published: Option<String>,
    published_text: Option<String>,
}

impl<'a> CardView<'a> {
    pub fn new(content: &'a Content, page: &'a Page, lang: &str, locale: &Locale) -> Self {
        let text = page.text(lang);
        let main = content.site.main_language();
        let missing = content.status(page, lang) == Status::Missing;
        let published = page.original.meta.publish_on.as_ref().map(|date| date.value);
        Self {
            title: &text.title.value,
            url: content.address(&page.id, lang),
            description: &text.description,
            text_lang: missing.then_some(main.code.as_str()),
            text_dir: missing.then_some(main.dir),
            published: published.map(|date| date.to_string()),
            published_text: published.map(|date| locale.long(date)),
        }
    }
}

#[derive(Serialize)]
pub struct GroupView<'a> {
    id: &'a str,
    title: &'a str,
    items: Vec<CardView<'a>>,
}

/// The questions of each group, in the order of the site and of their `order`.
pub fn faq_groups<'a>(
    content: &'a Content,
    lists: &Lists<'a>,
    lang: &str,
    locale: &Locale,
) -> Vec<GroupView<'a>> {
    let groups = content.site.faq_groups.iter();
    let group = |group: &'a crate::content::site::FaqGroup| GroupView {
        id: &group.id,
        title: content.site.group(group, lang),
        items: lists
            .group(&group.id)
            .map(|page| CardView::new(content, page, lang, locale))
            .collect(),
    };
    groups.map(group).collect()
}

/// A section with the pages below it, for the list of everything that is there.
#[derive(Serialize)]
pub struct SectionView<'a> {
    #[serde(flatten)]
    card: CardView<'a>,
    items: Vec<CardView<'a>>,
}

/// Every page, by section; the pages that stand alone are sections without pages.
pub fn sections<'a>(
    content: &'a Content,
    lists: &Lists<'a>,
    lang: &str,
    locale: &Locale,
) -> Vec<SectionView<'a>> {
    let card = |page| CardView::new(content, page, lang, locale);
    lists
        .section("/")
        .map(|page| SectionView {
            card: card(page),
            items: lists.section(&page.id).map(card).collect(),
        })
        .collect()
}
