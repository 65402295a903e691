//! The pages a resident or a colleague sees, and the words of the mails: contexts for the theme's
//! templates, and nothing else that decides anything.

use forms_core::manifest::DateWords;
use forms_core::privacy::{self, Trace};
use forms_core::{Answers, Form, FormTexts, FormView, Kind, Mistake, Posted, dial};
use serde::Serialize;
use serde_json::{Value, json};
use tera::{Context, TeraResult};

use crate::submission::{Case, MailKind};
use crate::submit::{CONSENT, LANG, NONCE};
use crate::{Service, dates};

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

    /// The form with everything typed, and what is wrong with it.
    pub fn question(&self, form: &Form, posted: &Posted, wrong: &[Mistake]) -> TeraResult<Page> {
        let manifest = &self.service.bundle.manifest;
        let texts = texts(self.service, form, self.lang);
        let none = Default::default();
        let messages = manifest.messages.get(self.lang).unwrap_or(&none);
        let view = FormView::new(form, &texts, messages, &manifest.areas, posted, wrong);
        let title = match wrong {
            [] => view.title.clone(),
            _ => format!("{}{}", self.string("errors.title_prefix"), view.title),
        };
        self.render("forms/question.html", &title, &json!({ "form": view }))
    }

    /// The words shown back, with the nonce that allows sending them.
    pub fn check(
        &self,
        form: &Form,
        answers: &Answers,
        nonce: &str,
        problem: Option<Problem>,
    ) -> TeraResult<Page> {
        let texts = texts(self.service, form, self.lang);
        let mut shown = Vec::new();
        let mut hidden = vec![json!({ "name": NONCE, "value": nonce })];
        for field in &form.fields {
            let Some(value) = answers.get(field.kind) else { continue };
            hidden.push(json!({ "name": field.name, "value": value }));
            let label = texts.fields.get(&field.name).map_or(&field.name, |text| &text.label);
            let words = self.words(&texts, field.kind, value);
            shown.push(json!({
                "name": field.name, "label": label, "value": words, "kind": field.kind,
            }));
        }
        hidden.push(json!({ "name": LANG, "value": self.lang }));
        let mut warnings = Vec::new();
        if problem == Some(Problem::Expired) {
            warnings.push(self.string("check.expired"));
        }
        warnings.extend(warnings_about(answers).into_iter().map(|key| self.string(key)));
        let consent_error = problem == Some(Problem::NoConsent);
        let prefix = if consent_error { self.string("errors.title_prefix") } else { String::new() };
        let title = prefix + &self.string("check.title");
        let context = json!({
            "form_fields": shown,
            "hidden": hidden,
            "action": form.send_path(),
            "back_action": form.check_path(),
            "warnings": warnings,
            "consent_error": consent_error,
        });
        self.render("forms/check.html", &title, &context)
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

    /// Telephone numbers in place of a form; the text goes along for the way back.
    pub fn stop(&self, form: &Form, posted: &Posted) -> TeraResult<Page> {
        let keep = typed(form, posted, self.lang);
        let context = json!({ "hidden": keep, "keep": keep, "action": form.check_path(), "contact_block": null });
        self.render("forms/stop.html", &self.string("stop.title"), &context)
    }

    pub fn receipt(&self, case: &Case) -> TeraResult<Page> {
        let context = json!({
            "reference": case.reference,
            "due_text": dates::in_words(case.due, self.dates()),
            "status_url": self.service.status_link(case),
            "code": self.service.keys.code(&case.nonce_id),
            "has_email": case.contact(Kind::Email).is_some(),
            "has_phone": case.contact(Kind::Phone).is_some(),
        });
        self.render("forms/receipt.html", &self.string("receipt.title"), &context)
    }

    pub fn code(&self, form: &Form, error: bool) -> TeraResult<Page> {
        let prefix = if error { self.string("errors.title_prefix") } else { String::new() };
        let title = prefix + &self.string("code.title");
        let action = format!("/{}/code", form.id);
        self.render("forms/code.html", &title, &json!({ "action": action, "error": error }))
    }

    pub fn door(&self, case: &Case, action: &str, error: bool) -> TeraResult<Page> {
        let title = self.string("staff.title");
        let context = json!({ "reference": case.reference, "action": action, "error": error });
        self.render("forms/staff-door.html", &title, &context)
    }

    pub fn case(&self, case: &Case) -> TeraResult<Page> {
        let contact: Vec<Value> =
            case.contact.iter().map(|(kind, value)| self.contact(case, *kind, value)).collect();
        let context = json!({
            "reference": case.reference,
            "topic": self.service.topic_label(case, self.lang),
            "area": case.area.as_deref().and_then(|id| self.service.bundle.area_name(id)),
            "received_text": dates::moment_in_words(case.received, self.dates()),
            "due_text": dates::in_words(case.due, self.dates()),
            "question": case.question,
            "contact": contact,
            "consent": case.consent,
        });
        self.render("forms/staff-case.html", &case.reference, &context)
    }

    fn contact(&self, case: &Case, kind: Kind, value: &str) -> Value {
        let form = self.service.bundle.form(&case.form);
        let label = form.and_then(|form| {
            let texts = texts(self.service, form, self.lang);
            Some(texts.fields.get(&form.field(kind)?.name)?.label.clone())
        });
        let href = match kind {
            Kind::Email => Some(format!("mailto:{value}")),
            Kind::Phone => Some(format!("tel:{}", dial(value))),
            _ => None,
        };
        json!({ "label": label.unwrap_or_else(|| kind.as_str().to_owned()), "value": value, "href": href })
    }

    /// A heading and paragraphs; `{key}.title` and `{key}.text` are the words.
    pub fn message(&self, key: &str) -> TeraResult<Page> {
        self.notice(key, json!({ "keep": null, "retry_action": null, "text": null }))
    }

    /// *Uw vraag is NIET verstuurd*: with the text, and a button that tries again safely.
    pub fn not_sent(&self, form: &Form, posted: &Posted) -> TeraResult<Page> {
        let mut keep = typed(form, posted, self.lang);
        for name in [NONCE, CONSENT] {
            let value = posted.value(name).to_owned();
            keep.push(Kept { name: name.to_owned(), value });
        }
        let text = form.field(Kind::Question).map_or("", |field| posted.value(&field.name));
        let context = json!({ "keep": keep, "retry_action": form.send_path(), "text": text });
        self.notice("errors.not_sent", context)
    }

    fn notice(&self, key: &str, mut context: Value) -> TeraResult<Page> {
        let title = self.string(&format!("{key}.title"));
        context["paragraphs"] = json!([self.string(&format!("{key}.text"))]);
        self.render("forms/message.html", &title, &context)
    }
}

/// Why a check page is shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    NoConsent,
    Expired,
}

/// Message keys of what a resident should look at once more before sending.
fn warnings_about(answers: &Answers) -> Vec<&'static str> {
    let found = privacy::find(answers.get(Kind::Question).unwrap_or_default());
    let kinds: [(&[Trace], &str); 3] = [
        (&[Trace::CitizenNumber], "check.warn_bsn"),
        (&[Trace::Postcode, Trace::HouseNumber], "check.warn_address"),
        (&[Trace::Phone, Trace::Email], "check.warn_phone"),
    ];
    let has = |traces: &[Trace]| found.iter().any(|finding| traces.contains(&finding.trace));
    kinds.into_iter().filter(|(traces, _)| has(traces)).map(|(_, key)| key).collect()
}

/// What was typed, as hidden fields.
fn typed(form: &Form, posted: &Posted, lang: &str) -> Vec<Kept> {
    let field = |name: &str| Kept { name: name.to_owned(), value: posted.value(name).to_owned() };
    let given = form.fields.iter().filter(|f| !posted.value(&f.name).is_empty());
    let lang = Kept { name: LANG.to_owned(), value: lang.to_owned() };
    given.map(|f| field(&f.name)).chain([lang]).collect()
}

fn texts(service: &Service, form: &Form, lang: &str) -> FormTexts {
    service.bundle.manifest.texts(&form.id, lang).cloned().unwrap_or_else(|| FormTexts {
        title: form.id.clone(),
        fields: Default::default(),
        topics: Default::default(),
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
    fn topic_label(&self, case: &Case, lang: &str) -> Option<String> {
        let topic = case.topic.as_deref()?;
        let label = self.bundle.manifest.texts(&case.form, lang)?.topics.get(topic);
        Some(label.map_or(topic, String::as_str).to_owned())
    }
}

/// The parts of a mail. They know the case's number, topic and area, and nothing that was typed.
pub struct MailParts {
    pub subject: String,
    pub text: String,
    pub html: String,
}

pub fn mail(
    service: &Service,
    kind: MailKind,
    lang: &str,
    case: &Case,
    link: &str,
) -> TeraResult<MailParts> {
    let bundle = &service.bundle;
    let path = |lang: &str, part: &str| format!("mail/{}/{lang}/{part}", kind.as_str());
    let lang = match bundle.tera.contains_template(&path(lang, "subject.txt")) {
        true => lang,
        false => &bundle.language("").code,
    };
    let mut context = common(service, lang)?;
    context.extend(Context::from_serialize(&json!({
        "reference": case.reference,
        "topic": service.topic_label(case, lang),
        "area": case.area.as_deref().and_then(|id| bundle.area_name(id)),
        "link": link,
        "due_text": dates::in_words(case.due, bundle.manifest.dates.get(lang)),
    }))?);
    let part = |name: &str| bundle.tera.render(&path(lang, name), &context);
    Ok(MailParts {
        subject: part("subject.txt")?,
        text: part("body.txt")?,
        html: part("body.html")?,
    })
}
