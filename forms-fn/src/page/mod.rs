//! The pages a resident or a colleague sees, and the words of the mails: contexts for the theme's
//! templates, and nothing else that decides anything.

mod case;
mod figures;
mod inbox;
mod mail;
mod partner;
mod question;
mod receipt;
mod sign_in;
mod signup;
mod signups;
mod status;

use forms_core::manifest::DateWords;
use forms_core::{Form, FormTexts, Kind, Posted, dial};
use serde::Serialize;
use serde_json::{Value, json};
use tera::{Context, TeraResult};

use crate::Service;
use crate::submission::Case;
use crate::submit::LANG;

pub use case::{
    ANSWER, ASK, Desk, NOTE, ORGANISATION, ORIGINAL, REASON, SHARE, SUMMARY, Said, Sight, written,
};
pub use figures::quarter_mail;
pub(crate) use inbox::page_of;
pub use inbox::{FILTERS, Shown};
pub use mail::{MailParts, general_mail, mail, morning, sign_up_mail};
pub use partner::Told;
pub use question::Problem;
pub use status::{ADDITION_CHARS, Note};

/// A finished page of the site's frame.
pub struct Page {
    pub title: String,
    pub html: String,
}

/// One hidden field, or one line of what is shown back.
#[derive(Debug, Clone, Serialize)]
pub struct Kept {
    pub name: String,
    pub value: String,
}

/// Makes pages in one language.
pub struct Pages<'a> {
    service: &'a Service,
    lang: &'a str,
}

impl<'a> Pages<'a> {
    pub fn new(service: &'a Service, lang: &str) -> Self {
        Self { service, lang: &service.bundle.language(lang).code }
    }

    pub fn lang(&self) -> &'a str {
        self.lang
    }

    fn string(&self, key: &str) -> String {
        self.service.bundle.string(self.lang, key).to_owned()
    }

    fn render(&self, template: &str, title: &str, more: &Value) -> TeraResult<Page> {
        let bundle = &self.service.bundle;
        let mut context = common(self.service, self.lang)?;
        context.extend(Context::from_serialize(more)?);
        context.insert("title", title);
        let main = bundle.tera.render(template, &context)?;
        Ok(Page { title: title.to_owned(), html: bundle.page(self.lang, title, &main) })
    }

    /// What a choice is called, or the words as typed.
    fn words(&self, texts: &FormTexts, kind: Kind, value: &str) -> String {
        match kind {
            Kind::Topic => texts.topics.get(value).map_or(value, String::as_str),
            Kind::Area => self.service.bundle.area_name(value).unwrap_or(value),
            _ => value,
        }
        .to_owned()
    }

    fn dates(&self) -> Option<&DateWords> {
        self.service.bundle.manifest.dates.get(self.lang)
    }

    /// A heading and paragraphs; `{key}.title` and `{key}.text` are the words.
    pub fn message(&self, key: &str) -> TeraResult<Page> {
        self.notice(key, json!({ "keep": null, "retry_action": null, "text": null }))
    }

    fn notice(&self, key: &str, mut context: Value) -> TeraResult<Page> {
        let title = self.string(&format!("{key}.title"));
        context["paragraphs"] = json!([self.string(&format!("{key}.text"))]);
        self.render("forms/message.html", &title, &context)
    }
}

/// What was typed, as hidden fields.
fn typed(form: &Form, posted: &Posted, lang: &str) -> Vec<Kept> {
    let kept = |name: &str, value: &str| Kept { name: name.to_owned(), value: value.to_owned() };
    let of_field = |name: &'_ str| -> Vec<Kept> {
        posted.values(name).filter(|value| !value.is_empty()).map(|v| kept(name, v)).collect()
    };
    let given = form.fields.iter().flat_map(|field| of_field(&field.name));
    given.chain([kept(LANG, lang)]).collect()
}

fn texts(service: &Service, form: &Form, lang: &str) -> FormTexts {
    service.bundle.manifest.texts(&form.id, lang).cloned().unwrap_or_else(|| FormTexts {
        title: form.id.clone(),
        fields: Default::default(),
        topics: Default::default(),
        day_parts: Default::default(),
        pages: Default::default(),
        replies: Default::default(),
    })
}

/// What every template may use.
fn common(service: &Service, lang: &str) -> TeraResult<Context> {
    let bundle = &service.bundle;
    let base_url = &service.config.base_url;
    let contact = bundle.first_contact();
    let phone = contact.and_then(|organisation| organisation.phone.as_deref());
    Context::from_serialize(&json!({
        "lang": bundle.language(lang),
        "t": bundle.strings(lang),
        "site": {
            "municipality": bundle.manifest.site.municipality,
            "title": bundle.manifest.site.title,
            "base_url": base_url,
            "short_url": base_url.split_once("://").map_or(base_url.as_str(), |(_, rest)| rest),
            "answer_working_days": bundle.manifest.site.answer_working_days,
        },
        "first_contact": {
            "name": contact.map(|organisation| organisation.name.as_str()),
            "phone": phone,
            "phone_href": phone.map(|number| format!("tel:{}", dial(number))),
            "known": phone.is_some(),
        },
    }))
}

impl Service {
    /// What a topic of any form is called; its id where the content has it no more.
    pub(crate) fn topic_name<'a>(&'a self, id: &'a str, lang: &str) -> &'a str {
        let manifest = &self.bundle.manifest;
        let named = manifest
            .forms
            .iter()
            .find_map(|form| manifest.texts(&form.id, lang)?.topics.get(id).map(String::as_str));
        named.unwrap_or(id)
    }

    fn topic_label(&self, case: &Case, lang: &str) -> Option<String> {
        let topic = case.topic.as_deref()?;
        let label = self.bundle.manifest.texts(&case.form, lang)?.topics.get(topic);
        Some(label.map_or(topic, String::as_str).to_owned())
    }
}
