//! What is written in a case, by whom, and who may read it.

use jiff::Timestamp;

use crate::words::word_list;

word_list! {
    /// What somebody wrote. The words are those of the table.
    pub enum Kind {
        /// What the resident asked. Message 1 of every case.
        Question = "question",
        /// What the resident wrote later.
        Addition = "addition",
        /// From the first contact to the resident.
        Answer = "answer",
        /// What the first contact must know of the resident.
        AskBack = "ask-back",
        /// Why the first contact closed it; the resident reads that too.
        Closing = "closing",
        /// Among colleagues of the first contact.
        Note = "note",
        /// From a partner to the first contact.
        Reply = "reply",
        /// Why a partner is not the one to answer.
        Decline = "decline",
        /// What a partner must know.
        Inquiry = "inquiry",
    }
}

impl Kind {
    /// Whether the resident reads it behind the link.
    pub fn is_for_resident(self) -> bool {
        matches!(self, Kind::Answer | Kind::AskBack | Kind::Closing)
    }
}

/// Words of one author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub kind: Kind,
    /// `resident`, the id of an organisation, or the address of a colleague.
    pub by: String,
    pub text: String,
    pub at: Timestamp,
}
