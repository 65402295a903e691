//! What a resident sees of a question that was sent.

use forms_core::{Form, Kind};
use serde_json::json;
use tera::TeraResult;

use super::{Page, Pages};
use crate::dates;
use crate::submission::Case;

impl Pages<'_> {
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
}
