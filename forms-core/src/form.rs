//! A form as an editor describes it: its structure once, its texts per language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The structure of a form. Texts are in [`FormTexts`], so a translation cannot change a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Also the first segment of its addresses: `vraag` is served at `/vraag/`.
    pub id: String,
    pub fields: Vec<Field>,
    pub topics: Vec<Topic>,
}

impl Form {
    /// The field of this kind; a form has at most one of each.
    pub fn field(&self, kind: Kind) -> Option<&Field> {
        self.fields.iter().find(|field| field.kind == kind)
    }

    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// Where the static form posts to.
    pub fn check_path(&self) -> String {
        format!("/{}/controle", self.id)
    }

    /// Where the check page posts to.
    pub fn send_path(&self) -> String {
        format!("/{}/verstuur", self.id)
    }
}

/// One question to the resident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The `name` attribute in HTML.
    pub name: String,
    pub kind: Kind,
    pub required: bool,
    /// Longest accepted answer, in Unicode scalar values after normalising line ends.
    /// The page's `maxlength` and the function's check both read this number.
    pub max_chars: usize,
}

/// What an answer means. The kind decides how it is checked, shown and kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The question itself: several lines of free text.
    Question,
    /// One of the form's topics.
    Topic,
    /// One of the municipality's areas; never anything smaller.
    Area,
    Name,
    Email,
    Phone,
}

impl Kind {
    pub const ALL: [Kind; 6] =
        [Kind::Question, Kind::Topic, Kind::Area, Kind::Name, Kind::Email, Kind::Phone];

    /// The spelling in content files.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Question => "question",
            Kind::Topic => "topic",
            Kind::Area => "area",
            Kind::Name => "name",
            Kind::Email => "email",
            Kind::Phone => "phone",
        }
    }

    /// Whether the answer is personal data, kept apart from the case itself.
    pub fn is_contact(self) -> bool {
        matches!(self, Kind::Name | Kind::Email | Kind::Phone)
    }
}

/// A subject a question can be about, and who usually answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    pub id: String,
    /// The organisation VluchtelingenWerk would ask; a suggestion, a person decides.
    pub route: String,
    /// An incident: the form stops at a page with telephone numbers and keeps nothing.
    pub stop: bool,
}

/// What a form says in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormTexts {
    pub title: String,
    pub fields: BTreeMap<String, FieldTexts>,
    /// Topic id to label.
    pub topics: BTreeMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldTexts {
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What to say when a required answer is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
}
