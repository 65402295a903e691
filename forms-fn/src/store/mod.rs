//! Keeps cases, the mails they owe and the tokens that open them.

use jiff::Timestamp;

use crate::course::Course;
use crate::figures::Fact;
use crate::forward::Change;
use crate::ids::Id;
use crate::message;
use crate::outbox::{Out, Status};
use crate::state::Action;
use crate::tokens::{self, Keys};

mod dynamodb;
pub mod list;
pub mod table;

#[cfg(feature = "lambda")]
pub use dynamodb::cloud_client;
pub use dynamodb::{Deed, Login, SignUpStep, Store, local_client};

/// Why the store did not do it. Holds no text of the store, which could quote what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreError {
    /// Throttled or in conflict with another writer, also after several attempts.
    Busy,
    /// Not reached, or refused for a reason that waiting does not mend.
    Failed(&'static str),
    /// An item that this program would not have written.
    Unreadable(&'static str),
}

impl StoreError {
    /// The word for the log.
    pub fn cause(self) -> &'static str {
        match self {
            StoreError::Busy => "store busy",
            StoreError::Failed(cause) | StoreError::Unreadable(cause) => cause,
        }
    }
}

pub type Result<T> = std::result::Result<T, StoreError>;

/// What is kept of one submission.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dossier {
    /// A question.
    Case(Id),
    /// An offer to help.
    SignUp(Id),
}

impl Dossier {
    /// The partition it stands in.
    pub fn key(&self) -> String {
        match self {
            Self::Case(id) => format!("CASE#{id}"),
            Self::SignUp(id) => format!("VOL#{id}"),
        }
    }

    pub fn id(&self) -> &Id {
        match self {
            Self::Case(id) | Self::SignUp(id) => id,
        }
    }

    pub fn parse(key: &str) -> Option<Self> {
        let (kind, id) = key.split_once('#')?;
        match kind {
            "CASE" => Id::parse(id).map(Self::Case),
            "VOL" => Id::parse(id).map(Self::SignUp),
            _ => None,
        }
    }
}

/// Digests under which a case is found again.
#[derive(Debug, Clone)]
pub struct CaseKeys {
    /// Of the resident's link.
    pub status: String,
    /// Of the code to write down.
    pub code: String,
    /// Of the mail address, if one was given.
    pub subject: Option<String>,
}

impl CaseKeys {
    /// Those that follow from the nonce of the check page, and from the mail address if there is one.
    pub fn new(keys: &Keys, nonce_id: &str, address: Option<&str>) -> Self {
        Self {
            status: tokens::digest(&keys.status_token(nonce_id)).unwrap_or_default(),
            code: tokens::code_digest(&keys.code(nonce_id)),
            subject: address.map(|address| keys.subject(address)),
        }
    }
}

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    New,
    /// This very check page was sent before; the case of that time stands.
    Before,
    /// Another case has this reference: try again with a new one.
    ReferenceTaken,
}

/// A mail taken up, and the proof of it: only who holds the lease may say how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub out: Out,
    pub(crate) lease: String,
}

/// How a claimed mail goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    Sent {
        at: Timestamp,
    },
    /// It failed; the next attempt is at this moment.
    Again {
        at: Timestamp,
    },
    /// It may not go yet; this was no attempt.
    Wait {
        until: Timestamp,
    },
    Dead {
        at: Timestamp,
    },
    /// Kept back for good, and that is no fault.
    Withheld {
        at: Timestamp,
    },
    /// What it was about, or whom it was for, was erased: nothing is left to say or to show.
    Gone {
        at: Timestamp,
    },
}

/// What an event about a mail changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    pub out: Out,
    pub status: Status,
    /// The mail that is owed now because this one reached nobody.
    pub rescue: Option<Out>,
}

/// What changes about a case, with everything that follows from it.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    pub action: Action,
    /// Where it leads: state, owner and due date.
    pub course: Course,
    /// `resident`, `clock`, the id of an organisation, or the address of a colleague.
    pub by: &'a str,
    /// What was written.
    pub message: Option<(message::Kind, &'a str)>,
    pub forward: Option<Change>,
    pub lock: Lock,
    pub mails: Vec<Out>,
    /// What the figures of the quarter count from now on.
    pub fact: Option<Fact>,
}

/// Who is said to be busy with a case after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    Keep,
    /// Whoever takes the step.
    Set,
    Clear,
}

/// What became of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stepped {
    Done,
    /// Somebody else changed the case first.
    Overtaken,
}

/// A token that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub case: Id,
    /// Of a partner's token: which forwarding of the case it opens.
    pub forward: Option<i64>,
    /// Its time is over: it opens nothing, but it says whose it was.
    pub expired: bool,
}
