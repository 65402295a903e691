//! `site.toml`: what is true of the whole site.

use forms_core::{Dir, Language};

use super::fields::{Fields, Located};
use crate::diagnostics::{Diagnostic, Diagnostics};

#[derive(Debug)]
pub struct Site {
    pub municipality: String,
    pub title: String,
    /// Absolute address without a slash at its end.
    pub base_url: String,
    /// What is printed beside a QR code: the address as people type it.
    pub short_url: String,
    pub reference_prefix: String,
    pub first_contact: Located<String>,
    pub answer_working_days: u8,
    /// The first is the language that everything else falls back to.
    pub languages: Vec<Language>,
    pub navigation: Vec<MenuItem>,
    pub footer: Vec<MenuItem>,
    /// The *Wie bel ik?* block, in the order in which it is shown.
    pub contact_block: Vec<ContactRow>,
    pub faq_groups: Vec<FaqGroup>,
}

#[derive(Debug)]
pub struct MenuItem {
    pub label: String,
    /// Address of a page, for instance `/wie-bel-ik/`.
    pub page: Located<String>,
}

#[derive(Debug)]
pub struct ContactRow {
    pub situation: String,
    pub note: Option<String>,
    pub organisations: Vec<Located<String>>,
}

#[derive(Debug)]
pub struct FaqGroup {
    pub id: String,
    pub title: String,
}

impl Site {
    /// The language of the municipality, in which every page exists.
    pub fn main_language(&self) -> &Language {
        &self.languages[0]
    }

    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code == code)
    }
}

pub fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Site {
    let place = fields.place();
    let mut languages = fields.tables("languages", diagnostics, language);
    if languages.is_empty() {
        diagnostics.push(
            Diagnostic::error(place.clone(), "Er is geen taal.")
                .hint("Zet erbij: [[languages]] met code = \"nl\" en name = \"Nederlands\"."),
        );
        languages.push(Language { code: "nl".into(), name: "Nederlands".into(), dir: Dir::Ltr });
    }
    let days = fields.optional_integer("answer_working_days", diagnostics).unwrap_or(2);
    let answer_working_days = u8::try_from(days).ok().filter(|days| (1..=30).contains(days));
    if answer_working_days.is_none() {
        diagnostics.push(
            Diagnostic::error(place, "`answer_working_days` klopt niet.")
                .hint("Schrijf een aantal werkdagen van 1 tot en met 30."),
        );
    }
    Site {
        municipality: fields.string("municipality", diagnostics).value,
        title: fields.string("title", diagnostics).value,
        base_url: base_url(fields, diagnostics),
        short_url: fields.string("short_url", diagnostics).value,
        reference_prefix: reference_prefix(fields, diagnostics),
        first_contact: fields.string("first_contact", diagnostics),
        answer_working_days: answer_working_days.unwrap_or(2),
        languages,
        navigation: fields.tables("navigation", diagnostics, menu_item),
        footer: fields.tables("footer", diagnostics, menu_item),
        contact_block: fields.tables("contact_block", diagnostics, contact_row),
        faq_groups: fields.tables("faq_groups", diagnostics, |fields, diagnostics| FaqGroup {
            id: fields.string("id", diagnostics).value,
            title: fields.string("title", diagnostics).value,
        }),
    }
}

fn language(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Language {
    let code = fields.string("code", diagnostics).value;
    let name = fields.string("name", diagnostics).value;
    let dir = match fields.optional_string("dir", diagnostics) {
        None => Dir::Ltr,
        Some(dir) if dir.value == "ltr" => Dir::Ltr,
        Some(dir) if dir.value == "rtl" => Dir::Rtl,
        Some(dir) => {
            diagnostics.push(
                Diagnostic::error(dir.place, format!("`{}` is geen leesrichting.", dir.value))
                    .hint("Schrijf \"ltr\" (links naar rechts) of \"rtl\" (rechts naar links)."),
            );
            Dir::Ltr
        }
    };
    Language { code, name, dir }
}

fn base_url(fields: &mut Fields, diagnostics: &mut Diagnostics) -> String {
    let url = fields.string("base_url", diagnostics);
    if !url.value.is_empty() && !url.value.starts_with("https://") {
        diagnostics.push(
            Diagnostic::error(url.place, "Het adres van de site moet met https:// beginnen.")
                .hint("Bijvoorbeeld: base_url = \"https://nieuweburen.example\"."),
        );
    }
    url.value.trim_end_matches('/').to_owned()
}

fn reference_prefix(fields: &mut Fields, diagnostics: &mut Diagnostics) -> String {
    let prefix = fields.string("reference_prefix", diagnostics);
    let fits = (2..=4).contains(&prefix.value.len())
        && prefix.value.bytes().all(|byte| byte.is_ascii_uppercase());
    if !prefix.value.is_empty() && !fits {
        diagnostics.push(
            Diagnostic::error(prefix.place, "`reference_prefix` klopt niet.")
                .hint("Schrijf twee tot vier hoofdletters, zoals \"OSS\"."),
        );
    }
    prefix.value
}

fn menu_item(fields: &mut Fields, diagnostics: &mut Diagnostics) -> MenuItem {
    MenuItem {
        label: fields.string("label", diagnostics).value,
        page: fields.string("page", diagnostics),
    }
}

fn contact_row(fields: &mut Fields, diagnostics: &mut Diagnostics) -> ContactRow {
    ContactRow {
        situation: fields.string("situation", diagnostics).value,
        note: fields.optional_string("note", diagnostics).map(|note| note.value),
        organisations: fields.strings("organisation", diagnostics),
    }
}
