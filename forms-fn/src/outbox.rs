//! The mails that are owed: which, about which case. Never a word of what is in them.

use crate::ids::Id;

/// Which mail; each is a folder of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailKind {
    NewQuestion,
    Confirmation,
    /// To a resident who asked for the link again.
    NewLink,
    /// The resident wrote more.
    Addition,
    /// The resident took the question back.
    Withdrawn,
    /// The resident says that the answer did not help.
    Reopened,
}

impl MailKind {
    pub const ALL: [MailKind; 6] = [
        MailKind::NewQuestion,
        MailKind::Confirmation,
        MailKind::NewLink,
        MailKind::Addition,
        MailKind::Withdrawn,
        MailKind::Reopened,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            MailKind::NewQuestion => "new-question",
            MailKind::Confirmation => "confirmation",
            MailKind::NewLink => "new-link",
            MailKind::Addition => "addition",
            MailKind::Withdrawn => "withdrawn",
            MailKind::Reopened => "reopened",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A mail that is owed. It says which mail about which case and holds no words of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Out {
    pub id: Id,
    pub case: Id,
    pub kind: MailKind,
    /// How often somebody took it up, this time included.
    pub attempt: u32,
}
