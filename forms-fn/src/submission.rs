//! What is kept of a question: one case, and the mails it owes.

use forms_core::{Answers, Form, Kind};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::bundle::Bundle;
use crate::ids::{self, Id};
use crate::outbox::{MailKind, Out};
use crate::state::State;
use crate::{dates, workdays};

/// A question and everything known about it. While it is open it has one owner and one due date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub id: Id,
    pub reference: String,
    /// Id of the check page's nonce: the resident's link and code follow from it.
    pub nonce_id: String,
    pub form: String,
    pub lang: String,
    pub topic: Option<String>,
    pub area: Option<String>,
    pub question: String,
    /// Name, e-mail address and telephone number, as far as given.
    pub contact: Vec<(Kind, String)>,
    /// Whether the first contact may share the contact data with whoever answers.
    pub consent: bool,
    pub owner: String,
    pub received: Timestamp,
    pub due: Date,
    pub state: State,
    /// What the resident wrote later, oldest first.
    pub additions: Vec<Addition>,
    /// Once closed: the day on which everything personal is erased. Once erased: when that was.
    pub erased_on: Option<Date>,
    /// Counts changes, so that nobody overwrites what somebody else just did.
    pub version: i64,
    /// How many events and messages it has; the next gets the next number.
    pub events: i64,
    pub messages: i64,
}

/// Words that came after the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    pub text: String,
    pub at: Timestamp,
}

impl Case {
    pub fn new(
        bundle: &Bundle,
        form: &Form,
        lang: &str,
        answers: &Answers,
        consent: bool,
        nonce_id: &str,
        now: Timestamp,
    ) -> Self {
        let site = &bundle.manifest.site;
        let own = |kind| answers.get(kind).map(str::to_owned);
        Self {
            id: Id::new(now),
            reference: ids::reference(&site.reference_prefix),
            nonce_id: nonce_id.to_owned(),
            form: form.id.clone(),
            lang: lang.to_owned(),
            topic: own(Kind::Topic),
            area: own(Kind::Area),
            question: own(Kind::Question).unwrap_or_default(),
            contact: answers
                .iter()
                .filter(|(kind, _)| kind.is_contact())
                .map(|(kind, value)| (kind, value.to_owned()))
                .collect(),
            consent,
            owner: site.first_contact.clone(),
            received: now,
            due: workdays::add(dates::day(now), site.answer_working_days),
            state: State::Received,
            additions: Vec::new(),
            erased_on: None,
            version: 1,
            events: 1,
            messages: 1,
        }
    }

    /// The same, kept apart for somebody to look at. It owes no mail: whoever sends advertising would
    /// make us write to anybody.
    #[must_use]
    pub fn set_apart(self) -> Self {
        Self { state: State::Suspect, ..self }
    }

    /// A mail that is owed about this case from now on.
    pub fn mail(&self, kind: MailKind, now: Timestamp) -> Out {
        Out::new(&self.id, kind, now)
    }

    pub fn contact(&self, kind: Kind) -> Option<&str> {
        self.contact.iter().find(|(k, _)| *k == kind).map(|(_, value)| value.as_str())
    }

    /// The mails owed for a new question: one to the first contact, and a confirmation to whoever
    /// left an address.
    pub fn mails(&self) -> Vec<Out> {
        self.mails_from(self.received)
    }

    /// The same, owed from another moment on.
    pub(crate) fn mails_from(&self, now: Timestamp) -> Vec<Out> {
        if self.state == State::Suspect {
            return Vec::new();
        }
        let kinds = [
            Some(MailKind::NewQuestion),
            self.contact(Kind::Email).map(|_| MailKind::Confirmation),
        ];
        kinds.into_iter().flatten().map(|kind| self.mail(kind, now)).collect()
    }
}

/// Whom a token lets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    Resident,
    Staff,
    /// Who signed up to help.
    Volunteer,
    /// The organisation of a role that somebody signed up for.
    RoleOwner,
}

impl Holder {
    pub fn as_str(self) -> &'static str {
        match self {
            Holder::Resident => "resident",
            Holder::Staff => "staff",
            Holder::Volunteer => "volunteer",
            Holder::RoleOwner => "role-owner",
        }
    }
}
