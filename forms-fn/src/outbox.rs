//! The mails that are owed: which, about which case, and what became of them. Never a word of what
//! is in them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::ids::Id;
use crate::words::word_list;

word_list! {
    /// Which mail; each is a folder of the theme.
    pub enum MailKind {
        /// To the first contact: a resident asked something.
        NewQuestion = "new-question",
        /// To the first contact: the resident wrote more.
        Addition = "addition",
        /// To the first contact: the resident took the question back.
        Withdrawn = "withdrawn",
        /// To the first contact: the resident says that the answer did not help.
        Reopened = "reopened",
        /// To the first contact: a mail did not reach the resident; somebody must call.
        Undelivered = "undelivered",
        /// To the first contact: a mail did not reach a partner; somebody must call.
        PartnerUnreached = "partner-unreached",
        /// To the first contact: a partner answered, asked, declined or promised something.
        PartnerReplied = "partner-replied",
        /// To the first contact: a partner let its time pass.
        HandedBack = "handed-back",
        /// To the first contact: the resident let the time for telling more pass.
        ResidentSilent = "resident-silent",
        /// To the first contact: the promised day has passed.
        Overdue = "overdue",
        /// To the first contact, every working morning on which there is something to tell.
        Daily = "daily",
        /// To the kernteam: the figures of a quarter.
        Quarterly = "quarterly",
        /// To a colleague who wants to sign in.
        SignIn = "sign-in",
        /// To a partner: a question for you.
        PartnerQuestion = "partner-question",
        /// To a partner whose day comes near.
        PartnerReminder = "partner-reminder",
        /// To a partner: you need do nothing more.
        PartnerTakenBack = "partner-taken-back",
        /// To a partner: the code that shows how to reach the resident.
        PartnerCode = "partner-code",
        /// To the resident: number, day and link, right after asking.
        Confirmation = "confirmation",
        /// To the resident, who asked for the link once more.
        NewLink = "new-link",
        /// To the resident: there is an answer.
        Answered = "answered",
        /// To the resident: the first contact must know more.
        AskedBack = "asked-back",
        /// The same once more.
        AskedBackReminder = "asked-back-reminder",
        /// To the resident: another organisation has the question now.
        Forwarded = "forwarded",
        /// To the resident: that organisation will be in touch.
        ContactPromised = "contact-promised",
        /// To the resident: the first contact closed it.
        Closed = "closed",
        /// To the owner of a chosen role: somebody wants to help.
        NewSignUp = "new-sign-up",
        /// To the owner of a role: the day for getting in touch has passed.
        SignUpOverdue = "sign-up-overdue",
        /// To the volunteer: number, day and link, right after signing up.
        SignUpConfirmation = "sign-up-confirmation",
    }
}

/// Who reads a kind of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever answers: the first contact, or the owner of a role.
    FirstContact,
    /// An organisation that a question was forwarded to.
    Partner,
    /// One colleague, at the address that is to be signed in.
    Colleague,
    Resident,
}

/// How many mails of a kind one address gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ration {
    pub per_hour: u32,
    pub per_day: u32,
}

impl MailKind {
    pub fn audience(self) -> Audience {
        use MailKind::*;
        match self {
            Confirmation | NewLink | SignUpConfirmation | Answered | AskedBack
            | AskedBackReminder | Forwarded | ContactPromised | Closed => Audience::Resident,
            PartnerQuestion | PartnerReminder | PartnerTakenBack | PartnerCode => Audience::Partner,
            SignIn => Audience::Colleague,
            NewQuestion | Addition | Withdrawn | Reopened | Undelivered | PartnerUnreached
            | PartnerReplied | HandedBack | ResidentSilent | Overdue | Daily | Quarterly
            | NewSignUp | SignUpOverdue => Audience::FirstContact,
        }
    }

    /// What a stranger can have sent to any address, by typing that address or pressing a button
    /// somewhere, is rationed for each address.
    pub fn ration(self) -> Option<Ration> {
        use MailKind::*;
        match self {
            Confirmation | NewLink | SignUpConfirmation => Some(Ration { per_hour: 1, per_day: 5 }),
            // People mistype, and lose a mail among others.
            SignIn | PartnerCode => Some(Ration { per_hour: 5, per_day: 20 }),
            _ => None,
        }
    }

    /// Whether it is about a sign-up and not about a question. One that reports another as
    /// undelivered may be about either.
    pub fn is_of_sign_up(self) -> bool {
        use MailKind::*;
        matches!(self, NewSignUp | SignUpConfirmation | SignUpOverdue)
    }

    /// Whether it is about no single question or sign-up.
    pub fn is_general(self) -> bool {
        matches!(self, MailKind::Daily | MailKind::Quarterly | MailKind::SignIn)
    }
}

/// A mail that is owed. It says which mail about which case and holds no words of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Out {
    pub id: Id,
    /// The case, or the sign-up.
    pub case: Id,
    pub kind: MailKind,
    /// Whom it goes to, or whom it tells of, where that is not clear from the case.
    pub organisation: Option<String>,
    /// Which one of several: the number of a forwarding, a sign-in, a quarter. Nothing that anybody
    /// typed.
    pub detail: Option<String>,
    /// How often somebody took it up, this time included.
    pub attempt: u32,
    /// It goes to the fallback mailbox, because the first contact's own did not take it.
    pub fallback: bool,
}

impl Out {
    pub fn new(case: &Id, kind: MailKind, now: Timestamp) -> Self {
        Self {
            id: Id::new(now),
            case: case.clone(),
            kind,
            organisation: None,
            detail: None,
            attempt: 0,
            fallback: false,
        }
    }

    /// A mail that is about no single case.
    pub fn general(kind: MailKind, now: Timestamp) -> Self {
        let out = Self::new(&Id::new(now), kind, now);
        Self { case: out.id.clone(), ..out }
    }

    #[must_use]
    pub fn of(self, organisation: &str) -> Self {
        Self { organisation: Some(organisation.to_owned()), ..self }
    }

    #[must_use]
    pub fn with(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    /// The mail that must follow when this one reaches nobody. What a resident does not get becomes
    /// a task for the first contact; what the first contact does not get goes to the fallback
    /// mailbox, if there is one. After that only a person can help.
    pub fn rescue(&self, has_fallback: bool, now: Timestamp) -> Option<Self> {
        match self.kind.audience() {
            Audience::Resident => Some(Self::new(&self.case, MailKind::Undelivered, now)),
            Audience::FirstContact if has_fallback && !self.fallback => {
                let again = Self::new(&self.case, self.kind, now);
                let (organisation, detail) = (self.organisation.clone(), self.detail.clone());
                Some(Self { fallback: true, organisation, detail, ..again })
            }
            // A code that does not come is asked for again.
            Audience::Partner if self.kind != MailKind::PartnerCode => {
                let organisation = self.organisation.clone();
                let task = Self::new(&self.case, MailKind::PartnerUnreached, now);
                Some(Self { organisation, ..task })
            }
            Audience::FirstContact | Audience::Partner | Audience::Colleague => None,
        }
    }
}

/// What can happen to a mail. Each leaves a moment behind and none takes one away, so it does not
/// matter in which order they are told, nor how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The mail service took it.
    Sent,
    /// The reader's mail server took it.
    Delivered,
    /// Refused for good: there is no such mailbox, or the mail may not be sent.
    Failed,
    /// Sent back for a reason that may pass. Also what an absent reader's automatic answer looks
    /// like, so it says nothing once the mail is delivered.
    Returned,
    /// We gave up trying.
    Dead,
    /// Kept back on purpose: the address had enough of them.
    Withheld,
}

impl Mark {
    pub const ALL: [Mark; 6] =
        [Mark::Sent, Mark::Delivered, Mark::Failed, Mark::Returned, Mark::Dead, Mark::Withheld];

    /// Name of its moment in the table.
    pub fn attribute(self) -> &'static str {
        match self {
            Mark::Sent => "sent_at",
            Mark::Delivered => "delivered_at",
            Mark::Failed => "failed_at",
            Mark::Returned => "returned_at",
            Mark::Dead => "dead_at",
            Mark::Withheld => "withheld_at",
        }
    }
}

/// How it stands with a mail. Never kept: always derived from its [`Marks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Not yet taken by the mail service.
    Waiting,
    Sent,
    Delivered,
    /// It did not arrive and will not.
    Failed,
    Withheld,
}

/// The first moment of everything that was told of a mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(BTreeMap<Mark, Timestamp>);

impl Marks {
    /// Remembers the earlier of two moments; `false` when that changes nothing.
    pub fn note(&mut self, mark: Mark, at: Timestamp) -> bool {
        let earlier = self.at(mark).is_none_or(|known| at < known);
        if earlier {
            self.0.insert(mark, at);
        }
        earlier
    }

    pub fn at(&self, mark: Mark) -> Option<Timestamp> {
        self.0.get(&mark).copied()
    }

    pub fn status(&self) -> Status {
        // The word of the reader's server goes before that of the mail service, and that before
        // ours: a mail that we gave up may have left all the same.
        let order = [
            (Mark::Failed, Status::Failed),
            (Mark::Delivered, Status::Delivered),
            (Mark::Returned, Status::Failed),
            (Mark::Sent, Status::Sent),
            (Mark::Dead, Status::Failed),
            (Mark::Withheld, Status::Withheld),
        ];
        let found = order.into_iter().find(|(mark, _)| self.0.contains_key(mark));
        found.map_or(Status::Waiting, |(_, status)| status)
    }
}

impl FromIterator<(Mark, Timestamp)> for Marks {
    fn from_iter<T: IntoIterator<Item = (Mark, Timestamp)>>(told: T) -> Self {
        let mut marks = Self::default();
        for (mark, at) in told {
            marks.note(mark, at);
        }
        marks
    }
}

/// A mail to a resident, for who looks at the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailState {
    pub id: Id,
    pub kind: MailKind,
    pub status: Status,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(n: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + n).unwrap()
    }

    /// Every order of these, by Heap's algorithm.
    fn orders(
        told: &mut [(Mark, Timestamp)],
        n: usize,
        see: &mut impl FnMut(&[(Mark, Timestamp)]),
    ) {
        if n <= 1 {
            return see(told);
        }
        for at in 0..n {
            orders(told, n - 1, see);
            told.swap(if n.is_multiple_of(2) { at } else { 0 }, n - 1);
        }
    }

    /// Every choice of events, in every order, with each of them told twice: one status.
    #[test]
    fn the_status_does_not_depend_on_order_repetition_or_later_copies() {
        let mut seen = 0;
        for choice in 0..1_usize << Mark::ALL.len() {
            let chosen = Mark::ALL.iter().enumerate().filter(|(at, _)| choice >> at & 1 == 1);
            let mut told: Vec<_> = chosen.map(|(at, mark)| (*mark, second(at as i64))).collect();
            let expected: Marks = told.iter().copied().collect();
            let count = told.len();
            orders(&mut told, count, &mut |order| {
                let later = order.iter().map(|(mark, at)| (*mark, *at + crate::dates::minutes(9)));
                let twice: Marks = order.iter().copied().chain(later.clone()).collect();
                let late_first: Marks = later.chain(order.iter().rev().copied()).collect();
                assert_eq!((&twice, twice.status()), (&expected, expected.status()));
                assert_eq!((&late_first, late_first.status()), (&expected, expected.status()));
                seen += 1;
            });
        }
        assert_eq!(seen, 1957, "all arrangements of all subsets of six");
    }

    #[test]
    fn the_status_says_the_most_certain_thing() {
        use Mark::*;
        let cases: [(&[Mark], Status); 9] = [
            (&[], Status::Waiting),
            (&[Sent], Status::Sent),
            (&[Delivered], Status::Delivered),
            (&[Sent, Delivered, Returned], Status::Delivered),
            (&[Sent, Returned], Status::Failed),
            (&[Sent, Delivered, Failed], Status::Failed),
            (&[Dead], Status::Failed),
            (&[Dead, Sent], Status::Sent),
            (&[Withheld], Status::Withheld),
        ];
        for (told, status) in cases {
            let marks: Marks = told.iter().map(|mark| (*mark, second(0))).collect();
            assert_eq!(marks.status(), status, "{told:?}");
        }
    }

    #[test]
    fn what_reaches_nobody_goes_to_somebody_once() {
        let now = second(0);
        let out = |kind| Out::new(&Id::new(now), kind, now);
        let task = out(MailKind::Confirmation).rescue(false, now).unwrap();
        assert_eq!((task.kind, task.fallback), (MailKind::Undelivered, false));
        assert_eq!(task.rescue(false, now), None);
        let other = task.rescue(true, now).unwrap();
        assert_eq!((other.kind, other.fallback), (MailKind::Undelivered, true));
        assert_eq!(other.rescue(true, now), None, "the fallback has no fallback");
        assert_ne!(task.id, other.id);
    }
}
