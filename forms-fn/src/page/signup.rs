//! Signing up: the pages of the form, the check page, the receipt, and what a role's owner sees.

use forms_core::form::TICKED;
use forms_core::view::HiddenView;
use forms_core::{Answers, Form, FormTexts, FormView, Kind, Posted, Words, dial};
use serde_json::{Value, json};
use tera::TeraResult;

use super::{Kept, Page, Pages, texts, typed};
use crate::dates;
use crate::signup::state::State;
use crate::signup::submit::{Read, Shown, asks_consent, is_ticked};
use crate::signup::{SignUp, owners};
use crate::submit::{CONSENT, LANG, NONCE};

/// A box that was ticked travels along; one that was not is nowhere.
fn ticked(posted: &Posted) -> Option<HiddenView> {
    let hidden = || HiddenView { name: CONSENT.to_owned(), value: TICKED.to_owned() };
    is_ticked(posted).then(hidden)
}

impl Pages<'_> {
    /// One page of the form with everything filled in, and what is wrong on it.
    pub fn sign_up_form(&self, form: &Form, posted: &Posted, shown: &Shown) -> TeraResult<Page> {
        let manifest = &self.service.bundle.manifest;
        let texts = texts(self.service, form, self.lang);
        let none = Default::default();
        let messages = manifest.messages.get(self.lang).unwrap_or(&none);
        let words = Words { lang: self.lang, texts: &texts, messages };
        let offered = manifest.offered();
        let mut view = FormView::new(form, words, offered, posted, &shown.wrong, shown.page);
        view.hidden.extend(ticked(posted));
        let step = view.step.as_ref().map_or(&view.title, |step| &step.title);
        let title = self.marked(step, !view.errors.is_empty());
        self.render("forms/signup-form.html", &title, &json!({ "form": view }))
    }

    /// A title that says first that something is wrong.
    pub(super) fn marked(&self, title: &str, wrong: bool) -> String {
        let prefix = if wrong { self.string("errors.title_prefix") } else { String::new() };
        prefix + title
    }

    /// Everything shown back, page by page, with the nonce that allows sending it.
    pub fn sign_up_check(
        &self,
        form: &Form,
        read: &Read,
        posted: &Posted,
        nonce: &str,
        expired: bool,
    ) -> TeraResult<Page> {
        let manifest = &self.service.bundle.manifest;
        let texts = texts(self.service, form, self.lang);
        let mut hidden = vec![Kept { name: NONCE.to_owned(), value: nonce.to_owned() }];
        for field in &form.fields {
            let values = read.answers.all(field.kind).iter();
            hidden.extend(values.map(|v| Kept { name: field.name.clone(), value: v.clone() }));
        }
        hidden.push(Kept { name: LANG.to_owned(), value: self.lang.to_owned() });
        let pages: Vec<Value> = (1..=form.pages())
            .map(|number| self.answers_of(form, &texts, &read.answers, number))
            .collect();
        let full = read.full.iter().filter_map(|id| manifest.role(id));
        let full: Vec<&str> = full.map(|role| role.name(self.lang)).collect();
        let asked = asks_consent(self.service, form, &read.answers);
        let context = json!({
            "pages": pages,
            "hidden": hidden,
            "action": form.send_path(),
            "back_action": form.check_path(),
            "full": full,
            "expired": expired,
            "readers": self.readers(&read.answers),
            "consent": asked.map(|id| manifest.organisation(id).map_or(id, |own| &own.name)),
            "ticked": is_ticked(posted),
        });
        let title = self.marked(&self.string("signup.check_title"), !full.is_empty());
        self.render("forms/signup-check.html", &title, &context)
    }

    /// Names of the organisations that read these answers.
    fn readers(&self, answers: &Answers) -> Vec<String> {
        let bundle = &self.service.bundle;
        let name = |id: String| match bundle.manifest.organisation(&id) {
            Some(organisation) => organisation.name.clone(),
            None => id,
        };
        owners(bundle, answers.all(Kind::Roles)).into_iter().map(name).collect()
    }

    fn answers_of(&self, form: &Form, texts: &FormTexts, answers: &Answers, page: u8) -> Value {
        let on_page = form.fields.iter().filter(|field| field.page == page);
        let shown: Vec<Value> = on_page
            .filter(|field| !answers.all(field.kind).is_empty())
            .map(|field| {
                let label = texts.fields.get(&field.name).map_or(&field.name, |text| &text.label);
                let value = |value: &String| self.choice(texts, field.kind, value);
                let values: Vec<String> = answers.all(field.kind).iter().map(value).collect();
                json!({ "name": field.name, "label": label, "values": values, "kind": field.kind })
            })
            .collect();
        let number = page.to_string();
        let title = texts.pages.get(&number).unwrap_or(&texts.title);
        json!({ "number": page, "title": title, "fields": shown })
    }

    /// What a choice is called, or the words as typed.
    fn choice(&self, texts: &FormTexts, kind: Kind, value: &str) -> String {
        let manifest = &self.service.bundle.manifest;
        match kind {
            Kind::Roles => manifest.role(value).map_or(value, |role| role.name(self.lang)),
            Kind::DayParts => texts.day_parts.get(value).map_or(value, String::as_str),
            Kind::Adult => return self.string("signup.yes"),
            _ => return self.words(texts, kind, value),
        }
        .to_owned()
    }

    /// *Uw aanmelding is NIET verstuurd*: with all of it, and a button that tries again safely.
    pub fn sign_up_not_sent(&self, form: &Form, posted: &Posted) -> TeraResult<Page> {
        let mut keep = typed(form, posted, self.lang);
        keep.push(Kept { name: NONCE.to_owned(), value: posted.value(NONCE).to_owned() });
        keep.extend(ticked(posted).map(|own| Kept { name: own.name, value: own.value }));
        let context = json!({ "keep": keep, "action": form.send_path() });
        self.render("forms/signup-not-sent.html", &self.string("signup.not_sent_title"), &context)
    }

    /// What the volunteer sees from then on. `undecided`: asked to withdraw, neither yes nor no.
    pub fn sign_up_receipt(&self, sign_up: &SignUp, undecided: bool) -> TeraResult<Page> {
        let over = !sign_up.state.may_become(State::Stopped);
        let owner = self.service.bundle.manifest.organisation(&sign_up.owner);
        let context = json!({
            "reference": sign_up.reference,
            "owner": owner.map_or(&sign_up.owner, |organisation| &organisation.name),
            "due_text": sign_up.due.map(|due| dates::in_words(due, self.dates())),
            "status_url": self.service.sign_up_link(sign_up),
            "action": self.service.receipt_path(&sign_up.form, &sign_up.nonce_id),
            "code": self.service.keys.code(&sign_up.nonce_id),
            "code_path": format!("/{}/code", sign_up.form),
            "has_email": sign_up.personal(Kind::Email).is_some(),
            "over": over,
            "error": undecided,
        });
        let title = if over { "signup.withdrawn_title" } else { "signup.receipt_title" };
        let title = self.marked(&self.string(title), undecided);
        self.render("forms/signup-receipt.html", &title, &context)
    }

    pub fn sign_up_code(&self, form: &Form, error: bool) -> TeraResult<Page> {
        let title = self.marked(&self.string("signup.code_title"), error);
        let action = format!("/{}/code", form.id);
        self.render("forms/signup-code.html", &title, &json!({ "action": action, "error": error }))
    }

    pub fn sign_up_door(&self, sign_up: &SignUp, action: &str, error: bool) -> TeraResult<Page> {
        let title = self.marked(&self.string("signup.staff_title"), error);
        let context = json!({ "reference": sign_up.reference, "action": action, "error": error });
        self.render("forms/signup-door.html", &title, &context)
    }

    /// The sign-up for whoever owns a role of it.
    pub fn sign_up_staff(
        &self,
        sign_up: &SignUp,
        action: &str,
        said: Option<&'static str>,
    ) -> TeraResult<Page> {
        let mut context = self.sign_up_context(sign_up, true);
        let next = sign_up.state.next().iter().filter(|state| **state != State::Erased);
        context["action"] = action.into();
        context["version"] = sign_up.version.into();
        context["state"] = self.sign_up_state(sign_up.state).into();
        context["next"] = next
            .map(|state| json!({ "value": state.as_str(), "label": self.sign_up_state(*state) }))
            .collect();
        context["error"] = said.map(|key| self.string(key)).into();
        let title = self.marked(&sign_up.reference, said.is_some());
        self.render("forms/signup-staff.html", &title, &context)
    }

    /// What is shown of an offer to whoever may read it; `person`: who it is, too.
    pub(super) fn sign_up_context(&self, sign_up: &SignUp, person: bool) -> Value {
        let manifest = &self.service.bundle.manifest;
        let form = self.service.bundle.form(&sign_up.form);
        let texts = form.map(|form| texts(self.service, form, self.lang));
        let names = |kind: Kind, ids: &[String]| -> Vec<String> {
            let name = |id: &String| match &texts {
                Some(texts) => self.choice(texts, kind, id),
                None => id.clone(),
            };
            ids.iter().map(name).collect()
        };
        let line = |(kind, value): &(Kind, String)| {
            let field = form.and_then(|form| form.field(*kind));
            let own = field.and_then(|field| texts.as_ref()?.fields.get(&field.name));
            let href = match kind {
                Kind::Email => Some(format!("mailto:{value}")),
                Kind::Phone => Some(format!("tel:{}", dial(value))),
                _ => None,
            };
            let label = own.map_or(kind.as_str(), |text| &text.label);
            let label = self.contact_label(*kind).unwrap_or_else(|| label.to_owned());
            json!({ "label": label, "value": value, "href": href })
        };
        let personal = sign_up.personal.iter().filter(|_| person).map(line).collect::<Vec<_>>();
        // Who owns a chosen role reads it anyway.
        let owners = owners(&self.service.bundle, &sign_up.roles);
        let other = |organisation: &&str| !owners.iter().any(|owner| owner == organisation);
        let consent = form.and_then(|form| form.consent.as_deref()).filter(other);
        json!({
            "reference": sign_up.reference,
            "received_text": dates::moment_in_words(sign_up.received, self.dates()),
            "due_text": sign_up.due.map(|due| dates::in_words(due, self.dates())),
            "roles": names(Kind::Roles, &sign_up.roles),
            "day_parts": names(Kind::DayParts, &sign_up.day_parts),
            "area": sign_up.area.as_deref().and_then(|id| self.service.bundle.area_name(id)),
            "language": manifest.language(&sign_up.lang).map(|language| language.name.as_str()),
            "personal": personal,
            "has_personal": !sign_up.personal.is_empty(),
            "consent_to": consent.map(|id| manifest.organisation(id).map_or(id, |own| &own.name)),
            "consent": sign_up.consent,
            "over": sign_up.state.is_over(),
        })
    }
}
