//! A page: one text in the language of the municipality, and its translations.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use forms_core::manifest::digest;
use jiff::civil::Date;

use super::fields::{Fields, Kind, Located, Rule};
use super::organisation::Review;
use super::template::{TEMPLATES, Template};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};
use crate::markdown::{Body, Passage};

/// All versions of one page.
#[derive(Debug, Clone)]
pub struct Page {
    /// The address that its file name makes. Links in every language are written with it.
    pub id: String,
    pub original: Arc<Original>,
    /// By language.
    pub translations: BTreeMap<String, Arc<Translation>>,
}

/// What a reader reads, in whatever language.
#[derive(Debug)]
pub struct Text {
    pub title: Located<String>,
    pub description: String,
    pub body: Body,
    /// Byte at which the Markdown starts.
    pub markdown: usize,
    /// Of the whole file, to see whether it is the one of an earlier build.
    pub fingerprint: u64,
    pub source: Arc<Source>,
}

/// A page in the language of the municipality. What is not text holds for every language.
#[derive(Debug)]
pub struct Original {
    pub text: Text,
    pub meta: Meta,
    /// For whoever looks at the language.
    pub passages: Vec<Passage>,
    digest: OnceLock<String>,
}

/// A page in another language.
#[derive(Debug)]
pub struct Translation {
    pub text: Text,
    /// Last part of the address, where it differs from the file's name.
    pub slug: Option<Located<String>>,
    /// Digest of the original it was made from; see [`Original::digest`].
    pub of: Option<Located<String>>,
    /// The day on which somebody who knows the language read it.
    pub reviewed: Option<Located<Date>>,
}

#[derive(Debug)]
pub struct Meta {
    pub template: Located<Template>,
    /// Group of a question on `/vragen/`, or of the pages of a list.
    pub group: Option<Located<String>>,
    /// Place among its neighbours; pages without one come last, by title.
    pub order: i64,
    /// The form that a page of template `form` shows.
    pub form: Option<Located<String>>,
    /// Addresses under which this page stood before.
    pub aliases: Vec<Located<String>>,
    /// Whether a list offers its pages as a feed.
    pub feed: bool,
    /// Not for the public yet.
    pub draft: Option<Place>,
    pub publish_on: Option<Located<Date>>,
    /// The last day on which the page is shown.
    pub expires_on: Option<Located<Date>>,
    pub review: Review,
}

/// How a page reads in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// The language of the municipality.
    Original,
    /// `reviewed` by a person; `behind` when the original has changed since.
    Translated { reviewed: bool, behind: bool },
    /// Not translated: the original stands in its place.
    Missing,
}

impl Page {
    /// What is shown to a reader of `lang`.
    pub fn text(&self, lang: &str) -> &Text {
        self.translations.get(lang).map_or(&self.original.text, |translation| &translation.text)
    }

    /// `main` is the language of the municipality.
    pub fn status(&self, lang: &str, main: &str) -> Status {
        if lang == main {
            return Status::Original;
        }
        match self.translations.get(lang) {
            None => Status::Missing,
            Some(translation) => Status::Translated {
                reviewed: translation.reviewed.is_some(),
                behind: translation.of.as_ref().is_none_or(|of| of.value != self.original.digest()),
            },
        }
    }
}

/// Hexadecimal digits of a digest in a translation: enough to see a change, few enough to copy.
const DIGEST_DIGITS: usize = 12;

impl Original {
    pub fn new(text: Text, meta: Meta, passages: Vec<Passage>) -> Self {
        Self { text, meta, passages, digest: OnceLock::new() }
    }

    /// Of all that a translator translates. Another date of checking does not change it.
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| {
            let text = &self.text;
            let body = &text.source.text[text.markdown..];
            digest_of(&text.title.value, &text.description, body)
        })
    }
}

/// What a translation writes at `source`.
pub fn digest_of(title: &str, description: &str, body: &str) -> String {
    let parts = [("title", title), ("description", description), ("body", body.trim())];
    let mut whole = digest(parts.map(|(name, part)| (name, part.as_bytes())));
    whole.truncate(DIGEST_DIGITS);
    whole
}

/// Longest description: search engines cut what is longer.
const MAX_DESCRIPTION: usize = 160;

/// The words at the top of every version.
pub struct Words {
    pub title: Located<String>,
    pub description: String,
}

fn words(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Words {
    Words {
        title: fields.string("title", diagnostics),
        description: fields.string_by("description", &DESCRIPTION, diagnostics).value,
    }
}

const DESCRIPTION: Rule = Rule {
    kind: Kind::Short(MAX_DESCRIPTION),
    fits: |text| text.chars().count() <= MAX_DESCRIPTION,
    message: |text| {
        let length = text.chars().count();
        format!("De beschrijving heeft {length} tekens; er passen er {MAX_DESCRIPTION}.")
    },
    hint: "Maak haar korter: een of twee zinnen.",
};

/// Front matter of a page in the language of the municipality.
pub fn read(
    default: Template,
    fields: &mut Fields,
    diagnostics: &mut Diagnostics,
) -> (Words, Meta) {
    let words = words(fields, diagnostics);
    let template = fields
        .optional_choice("template", &TEMPLATES, diagnostics)
        .unwrap_or_else(|| Located { value: default, place: fields.place() });
    let group = fields.optional_string("group", diagnostics);
    let form = fields.optional_string("form", diagnostics);
    let publish_on = fields.optional_date("publish_on", diagnostics);
    for need in &NEEDS {
        fields.tell_needed(need.key, ("template", need.template.name()));
        if need.template == template.value && !fields.has(need.key) {
            let message = format!("{}: `{}` ontbreekt.", need.message, need.key);
            diagnostics.push(Diagnostic::error(fields.place(), message).hint(need.hint));
        }
    }
    let meta = Meta {
        template,
        group,
        order: fields.optional_integer("order", diagnostics).unwrap_or(i64::MAX),
        form,
        aliases: fields.strings("aliases", diagnostics),
        feed: fields.optional_bool("feed", diagnostics).unwrap_or(false),
        draft: fields.flag("draft", diagnostics),
        publish_on,
        expires_on: fields.optional_date("expires_on", diagnostics),
        review: Review::read(fields, diagnostics),
    };
    (words, meta)
}

/// A key that a template cannot do without.
struct Need {
    template: Template,
    key: &'static str,
    message: &'static str,
    hint: &'static str,
}

const NEEDS: [Need; 3] = [
    Need {
        template: Template::Faq,
        key: "group",
        message: "Een vraag hoort bij een groep",
        hint: "Zet erbij: group = \"…\", een van de faq_groups in site.toml.",
    },
    Need {
        template: Template::Form,
        key: "form",
        message: "Deze pagina toont een formulier",
        hint: "Zet erbij: form = \"vraag\".",
    },
    Need {
        template: Template::News,
        key: "publish_on",
        message: "Nieuws heeft een dag",
        hint: "Zet erbij: publish_on = 2026-11-20.",
    },
];

/// Front matter of a translation. The rest comes from the page it translates.
pub struct Translated {
    pub words: Words,
    pub slug: Option<Located<String>>,
    pub of: Option<Located<String>>,
    pub reviewed: Option<Located<Date>>,
}

/// What holds for every language and so stands in the original alone.
const OF_THE_ORIGINAL: [&str; 12] = [
    "template",
    "group",
    "order",
    "form",
    "aliases",
    "feed",
    "draft",
    "publish_on",
    "expires_on",
    "checked",
    "review_by",
    "owner",
];

pub fn read_translation(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Translated {
    for key in OF_THE_ORIGINAL {
        if let Some(place) = fields.refused(key) {
            diagnostics.push(
                Diagnostic::error(place, format!("`{key}` hoort niet in een vertaling."))
                    .hint("Haal de regel weg: wat in het Nederlandse bestand staat, geldt voor elke taal."),
            );
        }
    }
    Translated {
        words: words(fields, diagnostics),
        slug: fields.optional_string_by("slug", &SLUG, diagnostics),
        of: fields.filled_string("source", diagnostics),
        reviewed: fields.optional_date("reviewed", diagnostics),
    }
}

const SLUG: Rule = Rule {
    kind: Kind::Like("^[\\p{Ll}\\p{Lo}\\p{Lm}\\p{M}\\p{N}-]+$"),
    fits: |text| text.chars().all(|c| c == '-' || c.is_alphanumeric() && !c.is_uppercase()),
    message: |text| format!("`{text}` kan geen adres zijn."),
    hint: "Gebruik alleen kleine letters, cijfers en streepjes.",
};
