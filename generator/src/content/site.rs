//! `site.toml`: what is true of the whole site; `site.<lang>.toml`: its words in another language.

use std::collections::{BTreeMap, BTreeSet};

use forms_core::{Dir, Language};

use super::fields::{Choice, Fields, Kind, Located, Rule};
use super::format::{FORMAT, Format};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, did_you_mean};

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
    pub output: Output,
    pub security: Option<Security>,
    /// By language.
    pub texts: BTreeMap<String, SiteTexts>,
}

/// How small the site is made, and in which shapes the folders; all of it costs time.
#[derive(Debug, Clone)]
pub struct Output {
    /// Pages without the white space that nobody sees.
    pub minify: bool,
    /// Each text compressed beside itself.
    pub compress: bool,
    /// What every build makes. Others are made when somebody asks.
    pub folders: Vec<Format>,
}

/// Whom to tell of a hole in the site's safety.
#[derive(Debug)]
pub struct Security {
    /// An address that starts with `https:` or `mailto:`.
    pub contact: Located<String>,
    pub expires: Located<jiff::civil::Date>,
}

/// The words of the site in another language. What is not in it falls back.
#[derive(Debug, Default)]
pub struct SiteTexts {
    pub title: Option<String>,
    /// Label of a menu item, by page.
    pub labels: BTreeMap<String, Located<String>>,
    /// By the id of the row.
    pub contact_block: BTreeMap<String, (Located<String>, RowTexts)>,
    /// By the id of the group.
    pub faq_groups: BTreeMap<String, Located<String>>,
}

#[derive(Debug)]
pub struct RowTexts {
    pub situation: String,
    pub note: Option<String>,
}

#[derive(Debug)]
pub struct MenuItem {
    pub label: String,
    /// Address of a page, for instance `/wie-bel-ik/`.
    pub page: Located<String>,
}

#[derive(Debug)]
pub struct ContactRow {
    /// By which a translation names the row.
    pub id: Option<String>,
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
    fn texts(&self, lang: &str) -> Option<&SiteTexts> {
        self.texts.get(lang)
    }

    pub fn title(&self, lang: &str) -> &str {
        self.texts(lang).and_then(|texts| texts.title.as_deref()).unwrap_or(&self.title)
    }

    pub fn label<'a>(&'a self, item: &'a MenuItem, lang: &str) -> &'a str {
        let translated = self.texts(lang).and_then(|texts| texts.labels.get(&item.page.value));
        translated.map_or(&item.label, |label| &label.value)
    }

    pub fn row<'a>(&'a self, row: &'a ContactRow, lang: &str) -> (&'a str, Option<&'a str>) {
        let id = row.id.as_deref().unwrap_or_default();
        match self.texts(lang).and_then(|texts| texts.contact_block.get(id)) {
            Some((_, texts)) => (&texts.situation, texts.note.as_deref()),
            None => (&row.situation, row.note.as_deref()),
        }
    }

    pub fn group<'a>(&'a self, group: &'a FaqGroup, lang: &str) -> &'a str {
        let translated = self.texts(lang).and_then(|texts| texts.faq_groups.get(&group.id));
        translated.map_or(&group.title, |title| &title.value)
    }

    /// The language of the municipality, in which every page exists.
    pub fn main_language(&self) -> &Language {
        &self.languages[0]
    }

    pub fn language(&self, code: &str) -> Option<&Language> {
        self.languages.iter().find(|language| language.code == code)
    }
}

/// `None` when a language cannot be read: what every other file is depends on them, so hundreds would
/// be told as wrong.
pub fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Option<Site> {
    let languages = languages(fields, diagnostics);
    let days = fields.optional_integer_in("answer_working_days", 1..=30, diagnostics);
    let site = Site {
        municipality: fields.string("municipality", diagnostics).value,
        title: fields.string("title", diagnostics).value,
        base_url: base_url(fields, diagnostics),
        short_url: fields.string("short_url", diagnostics).value,
        reference_prefix: fields
            .string_by("reference_prefix", &REFERENCE_PREFIX, diagnostics)
            .value,
        first_contact: fields.string("first_contact", diagnostics),
        answer_working_days: days.and_then(|days| u8::try_from(days).ok()).unwrap_or(2),
        languages: languages.unwrap_or_default(),
        navigation: fields.tables("navigation", diagnostics, menu_item),
        footer: fields.tables("footer", diagnostics, menu_item),
        contact_block: fields.tables("contact_block", diagnostics, contact_row),
        faq_groups: fields.tables("faq_groups", diagnostics, |fields, diagnostics| FaqGroup {
            id: fields.string("id", diagnostics).value,
            title: fields.string("title", diagnostics).value,
        }),
        output: fields.table("output", diagnostics, output).unwrap_or_default(),
        security: fields.table("security", diagnostics, security).flatten(),
        texts: BTreeMap::new(),
    };
    (!site.languages.is_empty()).then_some(site)
}

impl Default for Output {
    fn default() -> Self {
        Self { minify: true, compress: true, folders: Format::ALL.into() }
    }
}

fn output(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Output {
    let all = Output::default();
    Output {
        minify: fields.optional_bool("minify", diagnostics).unwrap_or(all.minify),
        compress: fields.optional_bool("compress", diagnostics).unwrap_or(all.compress),
        folders: fields.optional_choices("folders", &FORMAT, diagnostics).unwrap_or(all.folders),
    }
}

fn security(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Option<Security> {
    let contact = fields.string_by("contact", &CONTACT, diagnostics);
    let expires = fields.date("expires", diagnostics)?;
    Some(Security { contact, expires })
}

const CONTACT: Rule = Rule {
    kind: Kind::Like("^(https://|mailto:)"),
    fits: |text| ["https://", "mailto:"].iter().any(|scheme| text.starts_with(scheme)),
    message: |_| "Dit is geen adres waar men terechtkan.".to_owned(),
    hint: "Begin met https:// of mailto:, zoals in RFC 9116 staat.",
};

pub fn read_texts(fields: &mut Fields, diagnostics: &mut Diagnostics) -> SiteTexts {
    let named = |texts: Vec<(Located<String>, String)>| {
        let located = |(name, value): (Located<String>, String)| {
            (name.value, Located { value, place: name.place })
        };
        texts.into_iter().map(located).collect()
    };
    SiteTexts {
        title: fields.optional_string("title", diagnostics).map(|title| title.value),
        labels: named(fields.text_map("navigation", diagnostics)),
        contact_block: fields
            .named_tables("contact_block", diagnostics, |fields, diagnostics| RowTexts {
                situation: fields.string("situation", diagnostics).value,
                note: fields.optional_string("note", diagnostics).map(|note| note.value),
            })
            .into_iter()
            .map(|(name, texts)| (name.value.clone(), (name, texts)))
            .collect(),
        faq_groups: named(fields.text_map("faq_groups", diagnostics)),
    }
}

/// Words for something that the site does not have are words for nobody.
pub fn check_texts(site: &Site, texts: &SiteTexts, diagnostics: &mut Diagnostics) {
    let items = site.navigation.iter().chain(&site.footer);
    let pages: Vec<&str> = items.map(|item| item.page.value.as_str()).collect();
    let rows: Vec<&str> = site.contact_block.iter().filter_map(|row| row.id.as_deref()).collect();
    let groups: Vec<&str> = site.faq_groups.iter().map(|group| group.id.as_str()).collect();
    let mut compare = |table: &str, known: &[&str], name: &str, place: &Place| {
        if known.contains(&name) {
            return;
        }
        let hint = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("Bedoelt u `{near}`?"),
            None => format!("Deze zijn er: {}.", known.join(", ")),
        };
        let message =
            format!("[{table}] heeft een tekst voor `{name}`, maar dat staat niet in site.toml.");
        diagnostics.push(Diagnostic::error(place.clone(), message).hint(hint));
    };
    for (name, label) in &texts.labels {
        compare("navigation", &pages, name, &label.place);
    }
    for (name, (located, _)) in &texts.contact_block {
        compare("contact_block", &rows, name, &located.place);
    }
    for (name, title) in &texts.faq_groups {
        compare("faq_groups", &groups, name, &title.place);
    }
}

fn languages(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Option<Vec<Language>> {
    let place = fields.place();
    let mut seen = BTreeSet::new();
    let all = fields.tables("languages", diagnostics, |fields, diagnostics| {
        let code = fields.string_by("code", &CODE, diagnostics);
        let name = fields.string("name", diagnostics).value;
        let dir = fields.optional_choice("dir", &DIRECTIONS, diagnostics);
        if !code.value.is_empty() && !seen.insert(code.value.clone()) {
            let message = format!("De taal `{}` staat er twee keer.", code.value);
            diagnostics
                .push(Diagnostic::error(code.place, message).hint("Haal een van beide weg."));
            return None;
        }
        let dir = dir.map_or(Dir::Ltr, |dir| dir.value);
        (CODE.fits)(&code.value).then_some(Language { code: code.value, name, dir })
    });
    if all.is_empty() {
        diagnostics.push(
            Diagnostic::error(place, "Er is geen taal.")
                .hint("Zet erbij: [[languages]] met code = \"nl\" en name = \"Nederlands\"."),
        );
        return None;
    }
    all.into_iter().collect()
}

/// As in the addresses of pages and at the end of the names of files.
const CODE: Rule = Rule {
    kind: Kind::Like("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
    fits: |text| {
        let mut parts = text.split('-');
        let first = parts.next().unwrap_or_default();
        (2..=3).contains(&first.len())
            && first.bytes().all(|byte| byte.is_ascii_lowercase())
            && parts.all(|part| {
                (2..=8).contains(&part.len())
                    && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            })
    },
    message: |given| format!("`{given}` is geen code van een taal."),
    hint: "Schrijf twee of drie kleine letters, zoals nl, en of ar.",
};

const DIRECTIONS: Choice<Dir> = Choice {
    all: &[Dir::Ltr, Dir::Rtl],
    name: |dir| match dir {
        Dir::Ltr => "ltr",
        Dir::Rtl => "rtl",
    },
    message: |given| {
        format!("`{given}` is geen leesrichting: van links (ltr) of van rechts (rtl).")
    },
};

fn base_url(fields: &mut Fields, diagnostics: &mut Diagnostics) -> String {
    let url = fields.string_by("base_url", &BASE_URL, diagnostics);
    url.value.trim_end_matches('/').to_owned()
}

const BASE_URL: Rule = Rule {
    kind: Kind::Like("^https://"),
    fits: |text| text.starts_with("https://"),
    message: |_| "Het adres van de site moet met https:// beginnen.".to_owned(),
    hint: "Bijvoorbeeld: base_url = \"https://nieuweburen.example\".",
};

const REFERENCE_PREFIX: Rule = Rule {
    kind: Kind::Like("^[A-Z]{2,4}$"),
    fits: |text| {
        (2..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
    },
    message: |_| "`reference_prefix` klopt niet.".to_owned(),
    hint: "Schrijf twee tot vier hoofdletters, zoals \"OSS\".",
};

fn menu_item(fields: &mut Fields, diagnostics: &mut Diagnostics) -> MenuItem {
    MenuItem {
        label: fields.string("label", diagnostics).value,
        page: fields.string_by("page", &PAGE, diagnostics),
    }
}

/// A menu leads to pages of the site, so that it leads there in every language.
const PAGE: Rule = Rule {
    kind: Kind::Like("^/"),
    fits: |text| text.starts_with('/'),
    message: |given| format!("`{given}` is geen eigen pagina."),
    hint: "Schrijf het adres van een pagina van deze site, zoals /wie-bel-ik/.",
};

fn contact_row(fields: &mut Fields, diagnostics: &mut Diagnostics) -> ContactRow {
    ContactRow {
        id: fields.optional_string("id", diagnostics).map(|id| id.value),
        situation: fields.string("situation", diagnostics).value,
        note: fields.optional_string("note", diagnostics).map(|note| note.value),
        organisations: fields.strings("organisation", diagnostics),
    }
}
