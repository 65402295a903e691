//! The question: form, check page, stop screen, and the page that says it was not sent.

use forms_core::privacy::{self, Trace};
use forms_core::{Answers, Form, FormView, Kind, Mistake, Posted, Words};
use serde_json::json;
use tera::TeraResult;

use super::{Kept, Page, Pages, texts, typed};
use crate::submit::{CONSENT, LANG, NONCE, TRAP};

impl Pages<'_> {
    /// The form with everything typed, and what is wrong with it.
    pub fn question(&self, form: &Form, posted: &Posted, wrong: &[Mistake]) -> TeraResult<Page> {
        let manifest = &self.service.bundle.manifest;
        let texts = texts(self.service, form, self.lang);
        let none = Default::default();
        let messages = manifest.messages.get(self.lang).unwrap_or(&none);
        let words = Words { lang: self.lang, texts: &texts, messages };
        let view = FormView::new(form, words, manifest.offered(), posted, wrong, 1);
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
        posted: &Posted,
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
        let trap = posted.value(TRAP);
        if !trap.is_empty() {
            hidden.push(json!({ "name": TRAP, "value": trap }));
        }
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

    /// Telephone numbers in place of a form; the text goes along for the way back.
    pub fn stop(&self, form: &Form, posted: &Posted) -> TeraResult<Page> {
        let keep = typed(form, posted, self.lang);
        let context = json!({ "hidden": keep, "keep": keep, "action": form.check_path(), "contact_block": null });
        self.render("forms/stop.html", &self.string("stop.title"), &context)
    }

    /// Something behind the resident's link did not work: with what was typed.
    pub fn not_done(&self, typed: &str) -> TeraResult<Page> {
        let text = Some(typed).filter(|text| !text.trim().is_empty());
        self.notice("errors.not_done", json!({ "keep": null, "retry_action": null, "text": text }))
    }

    /// *Uw vraag is NIET verstuurd*: with the text, and a button that tries again safely.
    /// `key` names the words.
    pub fn not_sent(&self, form: &Form, posted: &Posted, key: &str) -> TeraResult<Page> {
        let mut keep = typed(form, posted, self.lang);
        for name in [NONCE, CONSENT, TRAP] {
            let value = posted.value(name).to_owned();
            keep.push(Kept { name: name.to_owned(), value });
        }
        let text = form.field(Kind::Question).map_or("", |field| posted.value(&field.name));
        let context = json!({ "keep": keep, "retry_action": form.send_path(), "text": text });
        self.notice(key, context)
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
