//! A form as an editor describes it: its structure once, its texts per language.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The structure of a form. Texts are in [`FormTexts`], so a translation cannot change a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Also the first segment of its addresses: `vraag` is served at `/vraag/`.
    pub id: String,
    pub kind: FormKind,
    /// Address of the page that shows it first, in the site's first language. The generator knows it.
    pub start: String,
    /// A sign-up asks whether this organisation may have the answers too.
    pub consent: Option<String>,
    pub fields: Vec<Field>,
    pub topics: Vec<Topic>,
    /// Ids of the parts of a week that a volunteer can choose from.
    pub day_parts: Vec<String>,
}

/// What comes of a form: who answers it, and how it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FormKind {
    /// A resident asks something.
    Question,
    /// A resident offers to help.
    SignUp,
}

impl FormKind {
    pub const ALL: [FormKind; 2] = [FormKind::Question, FormKind::SignUp];

    /// The spelling in content files.
    pub fn as_str(self) -> &'static str {
        match self {
            FormKind::Question => "question",
            FormKind::SignUp => "sign-up",
        }
    }
}

impl Form {
    /// The field of this kind; a form has at most one of each.
    pub fn field(&self, kind: Kind) -> Option<&Field> {
        self.fields.iter().find(|field| field.kind == kind)
    }

    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// How many pages the fields stand on.
    pub fn pages(&self) -> u8 {
        self.fields.iter().map(|field| field.page).max().unwrap_or(1)
    }

    /// On which page a field stands; the first for a name that is no field.
    pub fn page_of(&self, name: &str) -> u8 {
        self.fields.iter().find(|field| field.name == name).map_or(1, |field| field.page)
    }

    /// Whether the field may be left empty whatever else is filled in. Who signs up leaves an
    /// e-mail address or a telephone number, so neither of the two is called optional.
    pub fn is_optional(&self, field: &Field) -> bool {
        let way = matches!(field.kind, Kind::Email | Kind::Phone);
        let needed = field.required || (way && self.kind == FormKind::SignUp);
        !needed
    }

    /// Where the static form posts to.
    pub fn check_path(&self) -> String {
        format!("/{}/controle", self.id)
    }

    /// Where the form is shown with its area chosen already; `None` for a form that asks for none.
    pub fn path_for_area(&self, area: &str, lang: &str) -> Option<String> {
        let field = self.field(Kind::Area)?;
        Some(format!("{}?{}={area}&lang={lang}", self.check_path(), field.name))
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
    /// The page it stands on, from 1.
    pub page: u8,
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
    /// Any number of the municipality's roles that are not full.
    Roles,
    /// Any number of the form's parts of a week.
    DayParts,
    /// Which languages somebody speaks, in their own words.
    Languages,
    /// A box to tick: eighteen years or older.
    Adult,
}

/// The value of a box that is ticked.
pub const TICKED: &str = "ja";

impl Kind {
    pub const ALL: [Kind; 10] = [
        Kind::Question,
        Kind::Topic,
        Kind::Area,
        Kind::Name,
        Kind::Email,
        Kind::Phone,
        Kind::Roles,
        Kind::DayParts,
        Kind::Languages,
        Kind::Adult,
    ];

    /// The spelling in content files.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Question => "question",
            Kind::Topic => "topic",
            Kind::Area => "area",
            Kind::Name => "name",
            Kind::Email => "email",
            Kind::Phone => "phone",
            Kind::Roles => "roles",
            Kind::DayParts => "day-parts",
            Kind::Languages => "languages",
            Kind::Adult => "adult",
        }
    }

    /// Whether one answer may hold several values, sent under one name.
    pub fn takes_several(self) -> bool {
        matches!(self, Kind::Roles | Kind::DayParts)
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
    /// Area id to organisation id, where it is another than `route`: landlords differ by area.
    #[serde(default)]
    pub routes: BTreeMap<String, String>,
    /// An incident: the form stops at a page with telephone numbers and keeps nothing.
    pub stop: bool,
}

impl Topic {
    /// The organisation to ask about this topic in this area, `None` for a resident who named no area.
    pub fn route_for(&self, area: Option<&str>) -> &str {
        area.and_then(|area| self.routes.get(area)).unwrap_or(&self.route)
    }
}

/// What a form says in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormTexts {
    pub title: String,
    pub fields: BTreeMap<String, FieldTexts>,
    /// Topic id to label.
    pub topics: BTreeMap<String, String>,
    /// Part of the week to label.
    #[serde(default)]
    pub day_parts: BTreeMap<String, String>,
    /// What each page of the form asks: its number to its heading. Empty for a form of one page.
    #[serde(default)]
    pub pages: BTreeMap<String, String>,
    /// Standard replies, by a name that is the same in every language. A translation may lack some.
    #[serde(default)]
    pub replies: BTreeMap<String, Reply>,
}

/// A suggestion for an answer. A person reads it, changes it and fills in what stands between square
/// brackets before it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// What the coordinator chooses by; the resident never sees it.
    pub title: String,
    /// Plain text. An empty line parts paragraphs.
    pub text: String,
}

/// Longest standard reply in Unicode scalar values: as long as the longest answer that a form takes.
pub const LONGEST_REPLY: usize = 4000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldTexts {
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What to say when a required answer is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_with_a_route_of_its_own_goes_before_the_route_of_the_topic() {
        let topic = Topic {
            id: "huis".to_owned(),
            route: "mooiland".to_owned(),
            routes: BTreeMap::from([("ravenstein".to_owned(), "brabantwonen".to_owned())]),
            stop: false,
        };
        assert_eq!(topic.route_for(Some("ravenstein")), "brabantwonen");
        assert_eq!(topic.route_for(Some("lith")), "mooiland");
        assert_eq!(topic.route_for(None), "mooiland");
    }
}
