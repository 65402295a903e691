//! What is kept of a question: one case, and the mails it owes.

use forms_core::{Answers, Form, Kind};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::bundle::Bundle;
use crate::figures::{Fact, FactKind};
use crate::forward::{self, Forward};
use crate::ids::{self, Id};
use crate::message::{self, Message};
use crate::outbox::{MailKind, MailState, Out, Status};
use crate::state::State;
use crate::words::word_list;
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
    /// From when time is counted for whoever has to do something.
    pub since: Timestamp,
    /// How often somebody was reminded since.
    pub reminders: i64,
    /// The colleague who picked it up. Nobody else is kept out, but everybody sees it.
    pub taken: Option<Taken>,
    /// What was written after the question, oldest first.
    pub thread: Vec<Message>,
    /// Every forwarding, oldest first.
    pub forwards: Vec<Forward>,
    /// What happened to it, oldest first.
    pub trail: Vec<Event>,
    /// What became of the mails to the resident, as far as something is known, oldest first. One that
    /// is owed and not yet tried to its end is not among them: it is on its way.
    pub mails: Vec<MailState>,
    /// Once closed: the day on which everything personal is erased. Once erased: when that was.
    pub erased_on: Option<Date>,
    /// Counts changes, so that nobody overwrites what somebody else just did.
    pub version: i64,
    /// How many events and messages it has; the next gets the next number.
    pub events: i64,
    pub messages: i64,
}

/// Who is busy with a case, and since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub by: String,
    pub at: Timestamp,
}

/// One line of the trail. Words of ours; never what anybody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub what: String,
    /// `resident`, `clock`, the id of an organisation, or the address of a colleague.
    pub by: String,
    pub at: Timestamp,
}

/// Who did something that nobody pressed a button for.
pub const CLOCK: &str = "clock";
/// Who asked.
pub const RESIDENT: &str = "resident";

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
            since: now,
            reminders: 0,
            taken: None,
            thread: Vec::new(),
            forwards: Vec::new(),
            trail: Vec::new(),
            mails: Vec::new(),
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

    /// What the resident wrote later.
    pub fn additions(&self) -> impl Iterator<Item = &Message> {
        self.thread.iter().filter(|message| message.kind == message::Kind::Addition)
    }

    /// A mail to the resident did not arrive.
    pub fn lost_mail(&self) -> bool {
        self.mails.iter().any(|mail| mail.status == Status::Failed)
    }

    /// The forwarding that a partner has now.
    pub fn forwarded(&self) -> Option<&Forward> {
        self.forwards.iter().find(|forward| forward.standing == forward::Standing::Open)
    }

    pub fn forward(&self, number: i64) -> Option<&Forward> {
        self.forwards.iter().find(|forward| forward.number == number)
    }

    /// A mail that is owed about this case from now on.
    pub fn mail(&self, kind: MailKind, now: Timestamp) -> Out {
        Out::new(&self.id, kind, now)
    }

    pub fn contact(&self, kind: Kind) -> Option<&str> {
        self.contact.iter().find(|(k, _)| *k == kind).map(|(_, value)| value.as_str())
    }

    /// What the figures of the quarter count.
    pub fn fact(&self) -> Fact {
        Fact { kind: FactKind::Question, area: self.area.clone(), topic: self.topic.clone() }
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

word_list! {
    /// Whom a token lets in. The words are those of the table.
    pub enum Holder {
        Resident = "resident",
        /// The organisation that a question was forwarded to.
        Partner = "partner",
        /// Who signed up to help.
        Volunteer = "volunteer",
        /// The organisation of a role that somebody signed up for.
        RoleOwner = "role-owner",
    }
}
