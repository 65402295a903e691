//! What a partner sees of a question, without an account.

use forms_core::Posted;
use jiff::civil::Date;
use serde_json::{Value, json};
use tera::TeraResult;

use super::{Page, Pages};
use crate::forward::Standing;
use crate::inbox::MOST_CHARS;
use crate::partner::{self, Opened, path};
use crate::submission::Case;
use crate::{course, dates, workdays};

/// What is shown to one partner of one question.
pub struct PartnerView<'a> {
    pub organisation: &'a str,
    pub summary: &'a str,
    pub original: bool,
    pub contact: bool,
    pub due: Date,
}

/// What the page says about what was just pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told<'a> {
    None,
    /// A text or a choice is missing; the field and the key of the words.
    Wrong {
        field: &'static str,
        key: &'static str,
    },
    /// What was done before cannot be done any more.
    Changed,
    /// A code was mailed; what came back must be in the form that takes it.
    CodeSent {
        asked: &'a str,
        wrong: bool,
    },
}

impl Pages<'_> {
    pub(super) fn partner_view(&self, case: &Case, view: &PartnerView<'_>) -> Value {
        let moment = |at| dates::moment_in_words(at, self.dates());
        let language = self.service.bundle.manifest.language(&case.lang);
        let own = case.thread.iter().filter(|message| message.by == view.organisation);
        json!({
            "organisation": self.service.organisation_name(view.organisation),
            "reference": case.reference,
            "topic": self.service.topic_label(case, self.lang),
            "area": case.area.as_deref().and_then(|id| self.service.bundle.area_name(id)),
            "language": language,
            "received_text": moment(case.received),
            "due_text": dates::in_words(view.due, self.dates()),
            "summary": view.summary,
            "question": view.original.then_some(&case.question),
            "additions": case.additions().filter(|_| view.original).map(|addition| json!({
                "text": addition.text, "at_text": moment(addition.at),
            })).collect::<Vec<_>>(),
            "contact": view.contact,
            "own": own.map(|message| json!({
                "label": self.string(&format!("inbox.message.{}", message.kind.as_str())),
                "text": message.text,
                "at_text": moment(message.at),
            })).collect::<Vec<_>>(),
        })
    }

    /// A closed door: the number, and no word of the question.
    pub fn partner_door(
        &self,
        opened: &Opened,
        token: &str,
        error: bool,
        typed: &str,
    ) -> TeraResult<Page> {
        let title = self.marked(&self.string("partner.title"), error);
        let context = json!({
            "reference": opened.case.reference,
            "organisation": self.service.organisation_name(&opened.forward.organisation),
            "action": path(token),
            "expired": opened.expired,
            "open": opened.is_open(),
            "late": opened.is_late(),
            "standing": self.partner_standing(opened),
            "error": error,
            "typed": typed,
        });
        self.render("forms/partner-door.html", &title, &context)
    }

    pub fn partner(
        &self,
        opened: &Opened,
        token: &str,
        told: Told<'_>,
        typed: &Posted,
    ) -> TeraResult<Page> {
        let Opened { case, forward, .. } = opened;
        let today = dates::day(self.service.now());
        let view = PartnerView {
            organisation: &forward.organisation,
            summary: &forward.summary,
            original: forward.original,
            contact: forward.contact,
            due: case.due,
        };
        let error = match told {
            Told::Wrong { field, key } => {
                let words = self.string(key).replace("{max}", &MOST_CHARS.to_string());
                json!({ "field": field, "message": words })
            }
            Told::Changed => json!({ "field": "stand", "message": self.string("partner.changed") }),
            Told::CodeSent { wrong: true, .. } => {
                json!({ "field": "code", "message": self.string("partner.code_wrong") })
            }
            Told::None | Told::CodeSent { .. } => Value::Null,
        };
        let days = (1..=course::PROMISE_DAYS).map(|days| {
            let day = workdays::add(today, days);
            json!({ "value": day.to_string(), "label": dates::in_words(day, self.dates()) })
        });
        let context = json!({
            "view": self.partner_view(case, &view),
            "action": path(token),
            "read": partner::mark(&self.service.keys, token),
            "open": opened.is_open(),
            "late": opened.is_late(),
            "standing": self.partner_standing(opened),
            "promised_text": forward.promised.map(|day| dates::in_words(day, self.dates())),
            "may_promise": opened.shows_contact(),
            "days": days.collect::<Vec<_>>(),
            "asked": match told {
                Told::CodeSent { asked, .. } => Some(asked),
                _ => None,
            },
            "error": error,
            "texts": {
                "antwoord": typed.value("antwoord"),
                "reden": typed.value("reden"),
                "vraag": typed.value("vraag"),
                "dag": typed.value("dag"),
            },
            "max_chars": MOST_CHARS,
        });
        let title = self.marked(&self.string("partner.title"), !error.is_null());
        self.render("forms/partner.html", &title, &context)
    }

    /// How it stands with a forwarding that the partner does not have any more.
    fn partner_standing(&self, opened: &Opened) -> Option<String> {
        let standing = opened.forward.standing;
        let key = standing.as_str().to_lowercase();
        (standing != Standing::Open).then(|| self.string(&format!("partner.standing.{key}")))
    }

    /// How to reach the resident, for the one time that a code opens it.
    pub fn partner_contact(&self, opened: &Opened, token: &str) -> TeraResult<Page> {
        let context = json!({
            "reference": opened.case.reference,
            "contact": self.contact(&opened.case),
            "action": path(token),
        });
        self.render("forms/partner-contact.html", &self.string("partner.contact_title"), &context)
    }

    /// A new link is under way, to the organisation's own mailbox.
    pub fn partner_renewed(&self, done: bool) -> TeraResult<Page> {
        self.message(if done { "partner.renewed" } else { "partner.over" })
    }
}
