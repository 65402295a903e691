//! The private message from the generator to the function: `dist/forms/manifest.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Form, FormTexts, Language, Offered, Role};

/// Raised with every change that an older function could not read.
pub const SCHEMA: u32 = 3;

/// Where the page's title goes in a frame (`frames/<lang>.html`).
pub const SLOT_TITLE: &str = "<!--slot:title-->";
/// Where the page's content goes in a frame.
pub const SLOT_MAIN: &str = "<!--slot:main-->";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Must equal [`SCHEMA`]; the function refuses to start on any other.
    pub schema: u32,
    /// SHA-256 over all other files of the bundle, in hexadecimal.
    pub digest: String,
    pub site: SiteInfo,
    pub languages: Vec<Language>,
    pub areas: Vec<Area>,
    pub organisations: Vec<Organisation>,
    /// In the order in which they are shown.
    pub roles: Vec<Role>,
    pub forms: Vec<Form>,
    /// Form id, then language code.
    pub form_texts: BTreeMap<String, BTreeMap<String, FormTexts>>,
    /// Interface strings of the theme: language code, then dotted key.
    pub messages: BTreeMap<String, BTreeMap<String, String>>,
    /// How a day is written, by language.
    pub dates: BTreeMap<String, DateWords>,
}

/// The names of days and months as they stand in a date, and their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateWords {
    /// Monday first.
    pub weekdays: Vec<String>,
    /// January first.
    pub months: Vec<String>,
    /// `{weekday} {day} {month}`, with the words and marks of the language.
    pub pattern: String,
}

impl DateWords {
    /// `weekday` counts from Monday as 0, `month` from January as 1. `None` for what no calendar
    /// has.
    pub fn day(&self, weekday: usize, day: u32, month: usize) -> Option<String> {
        let weekday = self.weekdays.get(weekday)?;
        let month = self.months.get(month.checked_sub(1)?)?;
        let words = self.pattern.replace("{weekday}", weekday).replace("{month}", month);
        Some(words.replace("{day}", &day.to_string()))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteInfo {
    /// Name of the municipality.
    pub municipality: String,
    pub title: String,
    /// Absolute address of the site without a slash at its end.
    pub base_url: String,
    /// Two to four capitals before every reference: `OSS-7K3-M9P`.
    pub reference_prefix: String,
    /// Organisation that receives every question first.
    pub first_contact: String,
    /// Working days within which the first contact answers.
    pub answer_working_days: u8,
}

/// The smallest place that anything is published or asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    pub id: String,
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    pub id: String,
    pub name: String,
    /// Shown to residents; `None` while the editor has not filled it in.
    pub phone: Option<String>,
}

impl Manifest {
    /// Reads a manifest and refuses one of another schema, saying which of the two is older.
    pub fn from_json(json: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Version {
            schema: u32,
        }
        let version: Version =
            serde_json::from_str(json).map_err(|e| format!("manifest is not readable: {e}"))?;
        if version.schema != SCHEMA {
            return Err(format!(
                "the bundle has schema {}, this function reads schema {SCHEMA}: build both from the same release",
                version.schema
            ));
        }
        serde_json::from_str(json).map_err(|e| format!("manifest does not fit its schema: {e}"))
    }

    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisations.iter().find(|organisation| organisation.id == id)
    }

    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// What residents choose from today.
    pub fn offered(&self) -> Offered<'_> {
        Offered { areas: &self.areas, roles: &self.roles }
    }

    /// The texts of a form in this language, in the first language of the site if there are none.
    pub fn texts(&self, form: &str, lang: &str) -> Option<&FormTexts> {
        let texts = self.form_texts.get(form)?;
        texts.get(lang).or_else(|| texts.get(&self.languages.first()?.code))
    }

    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code == code)
    }
}

/// SHA-256 of a bundle in hexadecimal, over all its files but the manifest, given in order of path:
/// the path, a zero byte, the length as eight bytes with the highest first, the content. Both sides
/// compute it here, so that a bundle of which half was replaced is refused.
pub fn digest<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut hash = Sha256::new();
    for (path, bytes) in files {
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn moving_a_byte_from_one_file_to_the_next_changes_the_digest() {
        let digest = |files: &[(&'static str, &'static str)]| {
            digest(files.iter().map(|(path, text)| (*path, text.as_bytes())))
        };
        let whole = digest(&[("a", "12"), ("b", "3")]);
        assert_eq!(whole.len(), 64);
        assert_eq!(whole, digest(&[("a", "12"), ("b", "3")]));
        assert_ne!(whole, digest(&[("a", "1"), ("b", "23")]));
        assert_ne!(whole, digest(&[("a", "12"), ("c", "3")]));
        assert_ne!(whole, digest(&[("a", "12")]));
    }
}
