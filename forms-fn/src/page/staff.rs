//! What a colleague sees of a question.

use forms_core::{Kind, dial};
use serde_json::{Value, json};
use tera::TeraResult;

use super::{Page, Pages, texts};
use crate::dates;
use crate::state::State;
use crate::submission::Case;

impl Pages<'_> {
    pub fn door(&self, case: &Case, action: &str, error: bool) -> TeraResult<Page> {
        let title = self.string("staff.title");
        let context = json!({ "reference": case.reference, "action": action, "error": error });
        self.render("forms/staff-door.html", &title, &context)
    }

    pub fn case(&self, case: &Case, action: &str) -> TeraResult<Page> {
        let contact: Vec<Value> =
            case.contact.iter().map(|(kind, value)| self.contact(case, *kind, value)).collect();
        let context = json!({
            "reference": case.reference,
            "topic": self.service.topic_label(case, self.lang),
            "area": case.area.as_deref().and_then(|id| self.service.bundle.area_name(id)),
            "received_text": dates::moment_in_words(case.received, self.dates()),
            "due_text": dates::in_words(case.due, self.dates()),
            "question": case.question,
            "additions": case.additions.iter().map(|addition| json!({
                "text": addition.text,
                "at_text": dates::moment_in_words(addition.at, self.dates()),
            })).collect::<Vec<_>>(),
            "contact": contact,
            "consent": case.consent,
            "suspect": case.state == State::Suspect,
            "action": action,
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
}
