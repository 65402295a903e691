//! Where a question stands, and what its resident can do now.

use forms_core::{Kind, MistakeKind};
use serde_json::{Value, json};
use tera::TeraResult;

use super::{Page, Pages};
use crate::dates;
use crate::forward::{Forward, Standing};
use crate::state::{Action, State};
use crate::status::MOST_ADDITIONS;
use crate::submission::Case;

/// Longest addition, in Unicode scalar values: as long as a question.
pub const ADDITION_CHARS: usize = 4000;

/// What the page says about what was just pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note<'a> {
    None,
    /// It worked; the word names a message.
    Done(&'static str),
    /// Something is missing or too long; what was typed stays.
    Wrong {
        field: &'static str,
        kind: &'a MistakeKind,
        typed: &'a str,
    },
    /// The question is in another state by now; what was typed stays.
    Changed {
        typed: &'a str,
    },
    /// No more additions; what was typed stays.
    Full {
        typed: &'a str,
    },
}

impl Pages<'_> {
    pub fn status(&self, case: &Case, action: &str, note: Note<'_>) -> TeraResult<Page> {
        let can = |action| case.state.after(action).is_some();
        let state = case.state.as_str().to_lowercase();
        let owner = self.service.bundle.manifest.organisation(&case.owner);
        let name = owner.map_or(case.owner.as_str(), |owner| &owner.name);
        let day = |day| dates::in_words(day, self.dates());
        let filled = |words: String| {
            let words = words.replace("{name}", name).replace("{date}", &day(case.due));
            words.replace("{erased}", &case.erased_on.map(day).unwrap_or_default())
        };
        let reachable = [Kind::Email, Kind::Phone].iter().any(|kind| case.contact(*kind).is_some());
        let (error, typed) = self.said(note);
        let prefix =
            if error.is_null() { String::new() } else { self.string("errors.title_prefix") };
        let title = prefix + &self.string("status.title");
        let context = json!({
            "reference": case.reference,
            "state": filled(self.string(&format!("status.{state}"))),
            "is_open": case.state.is_open(),
            "reachable": reachable,
            "not_mailed": case.lost_mail(),
            "action": action,
            "version": case.version,
            "can_add": can(Action::Add) && case.additions().count() < MOST_ADDITIONS,
            "can_withdraw": can(Action::Withdraw),
            "can_be_helped": can(Action::Helped),
            "can_reopen": can(Action::NotHelped),
            "waiting": case.state == State::WaitingForResident,
            "messages": self.for_resident(case),
            "shared": case.forwards.iter().rev().map(|one| self.shared(one)).collect::<Vec<_>>(),
            "additions": case.additions().count(),
            "max_chars": ADDITION_CHARS,
            "error": error,
            "typed": typed,
            "done": match note {
                Note::Done(word) => Some(filled(self.string(&format!("status.done.{word}")))),
                _ => None,
            },
        });
        self.render("forms/status.html", &title, &context)
    }

    /// What the first contact wrote to the resident, newest first.
    fn for_resident(&self, case: &Case) -> Vec<Value> {
        let shown = case.thread.iter().rev().filter(|message| message.kind.is_for_resident());
        shown
            .map(|message| {
                let kind = message.kind.as_str().replace('-', "_");
                json!({
                    "label": self.string(&format!("status.message.{kind}")),
                    "text": message.text,
                    "at_text": dates::moment_in_words(message.at, self.dates()),
                })
            })
            .collect()
    }

    /// Who has or had the question, and what it was given of it.
    fn shared(&self, forward: &Forward) -> Value {
        let given =
            |yes: bool, key: &str| yes.then(|| self.string(&format!("status.shared.{key}")));
        let given = [
            given(true, "summary"),
            given(forward.original, "original"),
            given(forward.contact, "contact"),
        ];
        json!({
            "organisation": self.service.organisation_name(&forward.organisation),
            "open": forward.standing == Standing::Open,
            "at_text": dates::moment_in_words(forward.at, self.dates()),
            "given": given.into_iter().flatten().collect::<Vec<_>>(),
            "promised_text": forward.promised.map(|day| dates::in_words(day, self.dates())),
        })
    }

    /// What is wrong, and what was typed.
    fn said<'n>(&self, note: Note<'n>) -> (Value, &'n str) {
        let about = |field: &str, words: String| json!({ "field": field, "message": words });
        match note {
            Note::None | Note::Done(_) => (Value::Null, ""),
            Note::Wrong { field, kind, typed } => {
                let words = match kind {
                    MistakeKind::TooLong { max, actual } => self
                        .string("mistakes.too_long")
                        .replace("{max}", &max.to_string())
                        .replace("{over}", &(actual - max).to_string()),
                    _ => self.string(&format!("status.missing.{field}")),
                };
                (about(field, words), typed)
            }
            Note::Changed { typed } => (about("stand", self.string("status.changed")), typed),
            Note::Full { typed } => (about("stand", self.string("status.full")), typed),
        }
    }

    /// The form that asks for a new link, and the answer that is the same for everybody.
    pub fn link(&self, typed: Option<&str>, sent: bool) -> TeraResult<Page> {
        let error = typed.is_some() && !sent;
        let prefix = if error { self.string("errors.title_prefix") } else { String::new() };
        let title = prefix + &self.string("link.title");
        let context = json!({
            "action": "/link", "error": error, "sent": sent, "typed": typed.unwrap_or_default(),
        });
        self.render("forms/link.html", &title, &context)
    }
}
