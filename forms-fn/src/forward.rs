//! A question that lies with a partner: what it may see, and how that ended.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::words::word_list;

word_list! {
    /// How it stands with one forwarding. The words are those of the table.
    pub enum Standing {
        Open = "OPEN",
        Answered = "BEANTWOORD",
        Declined = "NIET_VOOR_ONS",
        /// The partner asked something back.
        Inquired = "VRAAG_TERUG",
        /// The first contact took it back, or the question ended meanwhile.
        Withdrawn = "INGETROKKEN",
        /// Its time passed.
        HandedBack = "VERLOPEN",
    }
}

/// One forwarding of a case. A case has at most one that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forward {
    /// From 1, in the order of time.
    pub number: i64,
    pub organisation: String,
    /// What the first contact wrote for the partner.
    pub summary: String,
    /// Whether the partner also reads the resident's own words.
    pub original: bool,
    /// Whether the partner may see, behind its code, how to reach the resident.
    pub contact: bool,
    pub at: Timestamp,
    /// The day by which the partner contacts the resident itself, if it said so.
    pub promised: Option<Date>,
    pub standing: Standing,
}

/// What becomes of a forwarding in one step of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Begin(Forward),
    End { number: i64, standing: Standing },
    Promise { number: i64, by: Date },
}
