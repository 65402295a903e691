//! The private message from the generator to the function: `dist/forms/manifest.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Form, FormTexts, Language, Offered, Reply, Role};

/// Raised with every change that an older function could not read.
pub const SCHEMA: u32 = 4;

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

    /// The standard replies of a form for a resident who reads `lang`: name, language of its words and
    /// words, by name. One that is not translated comes in the first language of the site, so that
    /// the coordinator has it at hand all the same.
    pub fn replies(&self, form: &str, lang: &str) -> Vec<(&str, &Language, &Reply)> {
        let Some(texts) = self.form_texts.get(form) else { return Vec::new() };
        let wanted = self.languages.iter().find(|language| language.code == lang);
        let mut found = BTreeMap::new();
        for language in self.languages.first().into_iter().chain(wanted) {
            for (name, reply) in texts.get(&language.code).into_iter().flat_map(|t| &t.replies) {
                found.insert(name.as_str(), (language, reply));
            }
        }
        found.into_iter().map(|(name, (language, reply))| (name, language, reply)).collect()
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
    use super::*;
    use crate::Dir;

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

    fn texts(replies: &[(&str, &str)]) -> FormTexts {
        let reply = |title: &str| Reply { title: title.to_owned(), text: "…".to_owned() };
        FormTexts {
            title: String::new(),
            fields: BTreeMap::new(),
            topics: BTreeMap::new(),
            day_parts: BTreeMap::new(),
            pages: BTreeMap::new(),
            replies: replies
                .iter()
                .map(|(name, title)| ((*name).to_owned(), reply(title)))
                .collect(),
        }
    }

    fn manifest() -> Manifest {
        let language =
            |code: &str| Language { code: code.to_owned(), name: code.to_owned(), dir: Dir::Ltr };
        Manifest {
            schema: SCHEMA,
            digest: String::new(),
            site: SiteInfo {
                municipality: String::new(),
                title: String::new(),
                base_url: String::new(),
                reference_prefix: String::new(),
                first_contact: String::new(),
                answer_working_days: 2,
            },
            languages: ["nl", "en", "ti"].map(language).to_vec(),
            areas: Vec::new(),
            organisations: Vec::new(),
            roles: Vec::new(),
            forms: Vec::new(),
            form_texts: BTreeMap::from([(
                "vraag".to_owned(),
                BTreeMap::from([
                    ("nl".to_owned(), texts(&[("groet", "Groet"), ("dank", "Dank")])),
                    ("en".to_owned(), texts(&[("groet", "Greeting")])),
                ]),
            )]),
            messages: BTreeMap::new(),
            dates: BTreeMap::new(),
        }
    }

    #[test]
    fn a_reply_that_is_not_translated_comes_in_the_first_language_and_says_so() {
        let manifest = manifest();
        let of = |form: &str, lang: &str| -> Vec<String> {
            let shown = |(name, language, reply): (&str, &Language, &Reply)| {
                format!("{name} {} {}", language.code, reply.title)
            };
            manifest.replies(form, lang).into_iter().map(shown).collect()
        };
        assert_eq!(of("vraag", "nl"), ["dank nl Dank", "groet nl Groet"]);
        assert_eq!(of("vraag", "en"), ["dank nl Dank", "groet en Greeting"]);
        assert_eq!(of("vraag", "ti"), ["dank nl Dank", "groet nl Groet"]);
        assert_eq!(of("vraag", "so"), ["dank nl Dank", "groet nl Groet"]);
        assert_eq!(of("meedoen", "nl"), [""; 0]);
    }

    #[test]
    fn a_bundle_of_another_release_is_refused() {
        let older = format!("{{\"schema\": {}}}", SCHEMA - 1);
        let refused = Manifest::from_json(&older).expect_err("another schema");
        assert!(refused.contains("schema 3, this function reads schema 4"), "{refused}");
        let json = serde_json::to_string(&manifest()).expect("JSON");
        assert_eq!(Manifest::from_json(&json), Ok(manifest()));
    }
}
