//! What all pages of one language share: words, menus, numbers to call. Made once, then only
//! pointed at.

use forms_core::Language;
use serde::Serialize;
use tera::{Context, Value};

use super::fingerprint::Fingerprint;
use super::views::{self, OrganisationView, SiteView, contact_block, menu};
use crate::content::Content;
use crate::locale::Locale;
use crate::theme::{Messages, Theme};

pub struct Voice<'a> {
    content: &'a Content,
    pub language: &'a Language,
    pub messages: Messages,
    pub locale: Locale,
    base: Context,
    /// The menu with no item current, then with each of them.
    navigation: Vec<Value>,
    footer: Vec<Value>,
    fingerprint: u64,
}

impl<'a> Voice<'a> {
    pub fn new(content: &'a Content, theme: &Theme, language: &'a Language) -> Self {
        let site = &content.site;
        let lang = language.code.as_str();
        let mut messages = theme.words(lang, &site.main_language().code);
        lead_home(&mut messages.nested, content, lang);
        let mut shared = Shared { context: Context::new(), print: Fingerprint::default() };
        shared.print.add(&theme.fingerprint);
        shared.insert("lang", language);
        shared.insert("site", &SiteView::new(content, lang));
        shared.insert("t", &messages.nested);
        shared.insert("contact_block", &contact_block(content, lang));
        shared.insert("frame", &false);
        if let Some(first) = content.organisations.get(&site.first_contact.value) {
            shared.insert("first_contact", &OrganisationView::new(first, lang));
        }
        let mut menus = |items: &'a [_]| -> Vec<Value> {
            let currents = std::iter::once(None).chain((0..items.len()).map(Some));
            let value = |current| {
                let view = menu(content, items, current, lang);
                shared.print.add_view(&view);
                Value::from_serializable(&view)
            };
            currents.map(value).collect()
        };
        let navigation = menus(&site.navigation);
        let footer = menus(&site.footer);
        let Shared { context: base, print } = shared;
        Self {
            content,
            language,
            messages,
            locale: Locale::new(lang),
            base,
            navigation,
            footer,
            fingerprint: print.finish(),
        }
    }

    /// Of everything that this language's pages share.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// The shared context as seen from a page; the empty id is nowhere.
    pub fn context(&self, id: &str) -> Context {
        let site = &self.content.site;
        let mut context = self.base.clone();
        let at = |items| views::current(items, id).map_or(0, |item| item + 1);
        context.insert_value("nav", self.navigation[at(&site.navigation)].clone());
        context.insert_value("footer", self.footer[at(&site.footer)].clone());
        context
    }
}

struct Shared {
    context: Context,
    print: Fingerprint,
}

impl Shared {
    fn insert<T: Serialize>(&mut self, key: &'static str, value: &T) {
        self.print.add_view(value);
        self.context.insert(key, value);
    }
}

/// Addresses among the theme's words are those of pages, as links are: each becomes the one of the
/// reader's language.
fn lead_home(words: &mut serde_json::Value, content: &Content, lang: &str) {
    match words {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                match value {
                    serde_json::Value::String(id) if key == "url" || key.ends_with("_url") => {
                        *id = content.address(id, lang).to_owned();
                    }
                    other => lead_home(other, content, lang),
                }
            }
        }
        serde_json::Value::Array(items) => {
            for item in items {
                lead_home(item, content, lang);
            }
        }
        _ => {}
    }
}
