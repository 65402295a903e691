//! Lists of the inbox: which there are, what they are filtered by, and one page of one.

use jiff::civil::Date;

use crate::words::word_list;

word_list! {
    /// A partition of [`super::table::LISTS`].
    pub enum List {
        /// Questions that somebody still owes something, by due date.
        Open = "Q#OPEN",
        /// Set apart as advertising, until somebody looks.
        Suspect = "Q#SUSPECT",
        /// Closed and not yet erased, by the day of erasing.
        Closed = "Q#CLOSED",
        /// Offers to help that have not ended, by the day on which somebody is to do something.
        SignUps = "VOL#OPEN",
    }
}

/// One line of a list: nothing personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub dossier: super::Dossier,
    pub reference: String,
    pub state: String,
    pub owner: String,
    /// The day it is sorted by; `None` when nothing is to be done by any day.
    pub day: Option<Date>,
    pub topic: Option<String>,
    pub area: Option<String>,
    pub lang: String,
    pub roles: Vec<String>,
    pub day_parts: Vec<String>,
}

/// Which lines are wanted: every condition holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub state: Option<String>,
    pub area: Option<String>,
    pub topic: Option<String>,
    pub lang: Option<String>,
    pub owner: Option<String>,
    pub role: Option<String>,
    pub day_part: Option<String>,
    /// Only what this organisation may read.
    pub reader: Option<String>,
}

impl Filter {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    pub entries: Vec<Entry>,
    /// From where the next page goes on, if there may be more.
    pub next: Option<Cursor>,
}

/// The place after one line of a list; says nothing but its day and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) sort: String,
    pub(crate) key: String,
}

impl Cursor {
    /// The spelling in an address.
    pub fn text(&self) -> String {
        format!("{}~{}", self.sort, self.key.replace('#', "."))
    }

    /// `None` for whatever is no such place.
    pub fn parse(text: &str) -> Option<Self> {
        let (sort, key) = text.split_once('~')?;
        let key = key.replace('.', "#");
        super::Dossier::parse(&key)?;
        let fits = sort.len() == 10 && sort.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        fits.then(|| Self { sort: sort.to_owned(), key })
    }
}
