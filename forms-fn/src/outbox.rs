//! The mails that are owed: which, about which case, and what became of them. Never a word of what
//! is in them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::ids::Id;

/// Which mail; each is a folder of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MailKind {
    /// To the first contact: a resident asked something.
    NewQuestion,
    /// To the first contact: the resident wrote more.
    Addition,
    /// To the first contact: the resident took the question back.
    Withdrawn,
    /// To the first contact: the resident says that the answer did not help.
    Reopened,
    /// To the first contact: a mail did not reach the resident; somebody must call.
    Undelivered,
    /// To the first contact: what stands apart because it looks like advertising.
    Suspects,
    /// To the resident: number, day and link, right after asking.
    Confirmation,
    /// To the resident, who asked for the link once more.
    NewLink,
    /// To the owner of a chosen role: somebody wants to help.
    NewSignUp,
    /// To the volunteer: number, day and link, right after signing up.
    SignUpConfirmation,
}

/// Who reads a kind of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever answers: the first contact, or the owner of a role.
    FirstContact,
    Resident,
}

impl MailKind {
    pub const ALL: [MailKind; 10] = [
        MailKind::NewQuestion,
        MailKind::Addition,
        MailKind::Withdrawn,
        MailKind::Reopened,
        MailKind::Undelivered,
        MailKind::Suspects,
        MailKind::Confirmation,
        MailKind::NewLink,
        MailKind::NewSignUp,
        MailKind::SignUpConfirmation,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            MailKind::NewQuestion => "new-question",
            MailKind::Addition => "addition",
            MailKind::Withdrawn => "withdrawn",
            MailKind::Reopened => "reopened",
            MailKind::Undelivered => "undelivered",
            MailKind::Suspects => "suspects",
            MailKind::Confirmation => "confirmation",
            MailKind::NewLink => "new-link",
            MailKind::NewSignUp => "new-sign-up",
            MailKind::SignUpConfirmation => "sign-up-confirmation",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    pub fn audience(self) -> Audience {
        match self {
            MailKind::Confirmation | MailKind::NewLink | MailKind::SignUpConfirmation => {
                Audience::Resident
            }
            MailKind::NewQuestion
            | MailKind::Addition
            | MailKind::Withdrawn
            | MailKind::Reopened
            | MailKind::Undelivered
            | MailKind::Suspects
            | MailKind::NewSignUp => Audience::FirstContact,
        }
    }

    /// Whether anybody can have it sent to any address, by typing that address somewhere: such a
    /// mail is rationed for each address.
    pub fn rationed(self) -> bool {
        self.audience() == Audience::Resident
    }

    /// Whether it is about a sign-up and not about a question. One that reports another as
    /// undelivered may be about either.
    pub fn is_of_sign_up(self) -> bool {
        matches!(self, MailKind::NewSignUp | MailKind::SignUpConfirmation)
    }
}

/// A mail that is owed. It says which mail about which case and holds no words of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Out {
    pub id: Id,
    /// The case, or the sign-up.
    pub case: Id,
    pub kind: MailKind,
    /// Whom it goes to, where more than one could get such a mail.
    pub organisation: Option<String>,
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
            attempt: 0,
            fallback: false,
        }
    }

    /// The mail that must follow when this one reaches nobody. What a resident does not get becomes
    /// a task for the first contact; what the first contact does not get goes to the fallback
    /// mailbox, if there is one. After that only a person can help.
    pub fn rescue(&self, has_fallback: bool, now: Timestamp) -> Option<Self> {
        match self.kind.audience() {
            Audience::Resident => Some(Self::new(&self.case, MailKind::Undelivered, now)),
            Audience::FirstContact if has_fallback && !self.fallback => {
                let organisation = self.organisation.clone();
                Some(Self { fallback: true, organisation, ..Self::new(&self.case, self.kind, now) })
            }
            Audience::FirstContact => None,
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
