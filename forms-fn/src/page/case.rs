//! A question as a colleague sees it, with everything that can be done with it now.

use forms_core::{Kind, Posted, dial};
use serde_json::{Value, json};
use tera::TeraResult;

use super::partner::PartnerView;
use super::{Page, Pages};
use crate::dates;
use crate::forward::Forward;
use crate::inbox::{self, Handing, MOST_CHARS};
use crate::message::{self, Message};
use crate::session::Colleague;
use crate::state::{Action, State};
use crate::submission::{CLOCK, Case, RESIDENT};

/// What the page says about what was just pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said<'a> {
    None,
    /// It worked; the word is that of the action.
    Done(&'a str),
    /// Something is missing or too long. The key names the words, the field where to mend it.
    Wrong {
        field: &'static str,
        key: &'static str,
    },
    /// The question is another one than the page showed.
    Changed,
}

/// What a colleague may see in this session.
#[derive(Debug, Clone, Default)]
pub struct Sight {
    /// The mark that says that the question was opened; without it only its number is shown.
    pub opened: Option<String>,
    /// The same for how to reach the resident.
    pub contact: Option<String>,
}

/// Everything that a page of a question shows besides the question.
#[derive(Debug)]
pub struct Desk<'a> {
    pub sight: &'a Sight,
    pub said: Said<'a>,
    /// What was posted and must not be lost.
    pub typed: &'a Posted,
    /// Id of a standard reply to begin with.
    pub reply: Option<&'a str>,
}

/// Names of the texts that a colleague can type on the page.
pub const ANSWER: &str = "antwoord";
pub const ASK: &str = "terugvraag";
pub const NOTE: &str = "notitie";
pub const REASON: &str = "reden";
pub const SUMMARY: &str = "samenvatting";
pub const ORGANISATION: &str = "organisatie";
pub const ORIGINAL: &str = "origineel";
pub const SHARE: &str = "gegevens";

/// Everything that a colleague typed, where there is no field of its own to show it in.
pub fn written(posted: &Posted) -> Vec<String> {
    let all = [ANSWER, ASK, NOTE, REASON, SUMMARY].map(|name| posted.value(name));
    all.into_iter().filter(|text| !text.trim().is_empty()).map(str::to_owned).collect()
}

impl Pages<'_> {
    /// The question before it is opened: what stands in the list, and a button.
    /// What was typed on a page of another session stands on it.
    pub fn case_closed(
        &self,
        colleague: &Colleague,
        case: &Case,
        typed: &Posted,
    ) -> TeraResult<Page> {
        let mut context = self.case_head(colleague, case);
        context["opened"] = false.into();
        context["typed"] = written(typed).into();
        self.render("forms/inbox-case.html", &case.reference, &context)
    }

    pub fn case(&self, colleague: &Colleague, case: &Case, desk: &Desk<'_>) -> TeraResult<Page> {
        let Desk { sight, said, typed, reply } = *desk;
        let can = |action| case.state.after(action).is_some();
        let error = match said {
            Said::Wrong { field, key } => {
                let words = self.string(key).replace("{max}", &MOST_CHARS.to_string());
                json!({ "field": field, "message": words })
            }
            Said::Changed => json!({ "field": "stand", "message": self.string("inbox.changed") }),
            Said::None | Said::Done(_) => Value::Null,
        };
        let chosen = reply.and_then(|id| self.reply(case, id));
        let begun = chosen.as_ref().map(|reply| reply.0.clone());
        let start = begun.or_else(|| inbox::last_reply(case).map(|reply| reply.text.clone()));
        let answer = match typed.value(ANSWER) {
            "" => start.unwrap_or_default(),
            typed => typed.to_owned(),
        };
        let last = case.forwards.last();
        let summary = match (typed.value(SUMMARY), last) {
            ("", Some(last)) => last.summary.clone(),
            (typed, _) => typed.to_owned(),
        };
        let mut context = self.case_head(colleague, case);
        let more = json!({
            "opened": true,
            "sight": sight.opened,
            "contact": sight.contact.is_some().then(|| self.contact(case)),
            "contact_sight": sight.contact,
            "has_contact": !case.contact.is_empty(),
            "consent": case.consent,
            "mailed": case.contact(Kind::Email).is_some(),
            "messages": self.messages(case),
            "forwards": case.forwards.iter().map(|one| self.forwarding(one)).collect::<Vec<_>>(),
            "trail": case.trail.iter().map(|event| json!({
                "what": self.event(&event.what),
                "by": self.who(&event.by),
                "at_text": dates::moment_in_words(event.at, self.dates()),
            })).collect::<Vec<_>>(),
            "can": {
                "take": can(Action::Take),
                "leave": can(Action::Leave) && case.taken.is_some(),
                "answer": can(Action::Answer),
                "ask_back": can(Action::AskBack),
                "note": can(Action::Note),
                "forward": can(Action::Forward),
                "recall": can(Action::Recall),
                "close": can(Action::Close),
                "reopen": can(Action::Reopen),
                "release": can(Action::Release),
                "discard": can(Action::Discard),
            },
            "suspect": case.state == State::Suspect,
            "replies": self.replies(case, reply),
            "reply_own": chosen.and_then(|reply| reply.1),
            "answer_text": answer,
            "ask_text": typed.value(ASK),
            "note_text": typed.value(NOTE),
            "reason_text": typed.value(REASON),
            "summary_text": summary,
            "partners": self.partners(case, typed.value(ORGANISATION)),
            "suggested": inbox::suggested(self.service, case)
                .map(|id| self.service.organisation_name(id)),
            "original": typed.count(ORIGINAL) > 0,
            "share": typed.count(SHARE) > 0,
            "may_share": case.consent && !case.contact.is_empty(),
            "error": error,
            "done": match said {
                Said::Done(word) => Some(self.string(&format!("inbox.done.{word}"))),
                _ => None,
            },
            "not_mailed": case.lost_mail(),
            "max_chars": MOST_CHARS,
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            context[name] = value.clone();
        }
        let title =
            self.marked(&case.reference, matches!(said, Said::Wrong { .. } | Said::Changed));
        self.render("forms/inbox-case.html", &title, &context)
    }

    fn case_head(&self, colleague: &Colleague, case: &Case) -> Value {
        let manifest = &self.service.bundle.manifest;
        let today = dates::day(self.service.now());
        json!({
            "desk": self.desk(colleague, ""),
            "reference": case.reference,
            "state": self.state(case.state),
            "is_open": case.state.is_open(),
            "due_text": dates::in_words(case.due, self.dates()),
            "late": case.state.is_open() && case.due < today,
            "erased_text": case.erased_on.map(|day| dates::in_words(day, self.dates())),
            "received_text": dates::moment_in_words(case.received, self.dates()),
            "topic": self.service.topic_label(case, self.lang),
            "area": case.area.as_deref().and_then(|id| self.service.bundle.area_name(id)),
            "language": manifest.language(&case.lang),
            "owner": self.service.organisation_name(&case.owner),
            "taken": case.taken.as_ref().map(|taken| json!({
                "by": taken.by,
                "mine": taken.by == colleague.address,
                "at_text": dates::moment_in_words(taken.at, self.dates()),
            })),
            "action": format!("/inbox/vraag/{}", case.id),
            "version": case.version,
        })
    }

    /// Everything that was written, oldest first.
    fn messages(&self, case: &Case) -> Vec<Value> {
        let question = Message {
            kind: message::Kind::Question,
            by: RESIDENT.to_owned(),
            text: case.question.clone(),
            at: case.received,
        };
        let shown = |message: &Message| {
            json!({
                "kind": message.kind.as_str(),
                "label": self.string(&format!("inbox.message.{}", message.kind.as_str().replace('-', "_"))),
                "by": self.who(&message.by),
                "text": message.text,
                "at_text": dates::moment_in_words(message.at, self.dates()),
            })
        };
        std::iter::once(&question).chain(&case.thread).map(shown).collect()
    }

    /// Who did or wrote something.
    pub(super) fn who(&self, by: &str) -> String {
        match by {
            RESIDENT => self.string("inbox.who_resident"),
            CLOCK => self.string("inbox.who_clock"),
            by => self.service.organisation_name(by).to_owned(),
        }
    }

    fn forwarding(&self, forward: &Forward) -> Value {
        let standing = forward.standing.as_str().to_lowercase();
        json!({
            "organisation": self.service.organisation_name(&forward.organisation),
            "summary": forward.summary,
            "original": forward.original,
            "contact": forward.contact,
            "at_text": dates::moment_in_words(forward.at, self.dates()),
            "standing": self.string(&format!("inbox.standing.{standing}")),
            "promised_text": forward.promised.map(|day| dates::in_words(day, self.dates())),
        })
    }

    /// How to reach the resident.
    pub(super) fn contact(&self, case: &Case) -> Vec<Value> {
        case.contact.iter().map(|(kind, value)| self.contact_line(*kind, value)).collect()
    }

    /// What a datum is called for whoever looks at another's: the form says *your name*.
    pub(super) fn contact_label(&self, kind: Kind) -> Option<String> {
        matches!(kind, Kind::Name | Kind::Email | Kind::Phone)
            .then(|| self.string(&format!("inbox.contact.{}", kind.as_str())))
    }

    fn contact_line(&self, kind: Kind, value: &str) -> Value {
        let href = match kind {
            Kind::Email => Some(format!("mailto:{value}")),
            Kind::Phone => Some(format!("tel:{}", dial(value))),
            _ => None,
        };
        json!({ "label": self.contact_label(kind), "value": value, "href": href })
    }

    /// Standard replies, by their names in the colleague's language.
    fn replies(&self, case: &Case, chosen: Option<&str>) -> Vec<Value> {
        let all = self.service.bundle.manifest.replies(&case.form, self.lang);
        all.into_iter()
            .map(|(id, _, reply)| {
                json!({ "id": id, "title": reply.title, "chosen": chosen == Some(id) })
            })
            .collect()
    }

    /// The words of a reply in the language of the resident, and in that of the colleague where it is
    /// another one.
    fn reply(&self, case: &Case, id: &str) -> Option<(String, Option<String>)> {
        let manifest = &self.service.bundle.manifest;
        let find = |lang: &str| {
            let all = manifest.replies(&case.form, lang).into_iter();
            all.filter(|(own, ..)| *own == id).map(|(_, _, reply)| reply.text.clone()).next()
        };
        let (own, theirs) = (find(self.lang)?, find(&case.lang)?);
        let other = (own != theirs).then_some(own);
        Some((theirs, other))
    }

    fn partners(&self, case: &Case, chosen: &str) -> Vec<Value> {
        let suggested = inbox::suggested(self.service, case);
        let all = inbox::partners(self.service).into_iter();
        all.map(|own| {
            json!({
                "id": own.id,
                "name": own.name,
                "suggested": suggested == Some(own.id.as_str()),
                "chosen": own.id == chosen,
            })
        })
        .collect()
    }

    /// Exactly what the partner will see, before anything is sent.
    pub fn forward_preview(
        &self,
        colleague: &Colleague,
        case: &Case,
        handing: &Handing,
        sight: &Sight,
    ) -> TeraResult<Page> {
        let view = PartnerView {
            organisation: &handing.organisation,
            summary: &handing.summary,
            original: handing.original,
            contact: handing.contact,
            due: crate::workdays::add(dates::day(self.service.now()), crate::course::PARTNER_DAYS),
        };
        let context = json!({
            "desk": self.desk(colleague, ""),
            "view": self.partner_view(case, &view),
            "organisation": self.service.organisation_name(&handing.organisation),
            "action": format!("/inbox/vraag/{}", case.id),
            "version": case.version,
            "sight": sight.opened,
            "contact_sight": sight.contact,
            "handing": {
                "organisation": handing.organisation,
                "summary": handing.summary,
                "original": handing.original,
                "contact": handing.contact,
            },
        });
        self.render("forms/inbox-forward.html", &self.string("inbox.preview_title"), &context)
    }
}
