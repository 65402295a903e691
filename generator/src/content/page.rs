//! A page: its front matter and its text.

use std::sync::Arc;

use super::fields::{Fields, Located};
use super::organisation::Review;
use crate::diagnostics::{Diagnostic, Diagnostics, Source, did_you_mean};
use crate::markdown::Document;

#[derive(Debug)]
pub struct Page {
    /// Address with a slash at both ends.
    pub url: String,
    pub lang: String,
    pub meta: Meta,
    pub document: Document,
    pub source: Arc<Source>,
}

#[derive(Debug)]
pub struct Meta {
    pub title: Located<String>,
    pub description: String,
    pub template: Template,
    /// Group of a question on `/vragen/`.
    pub group: Option<Located<String>>,
    /// Place among its neighbours; pages without one come last, by title.
    pub order: i64,
    /// The form that a page of template `form` shows.
    pub form: Option<Located<String>>,
    pub review: Review,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Template {
    Page,
    Home,
    FaqList,
    Faq,
    Areas,
    Area,
    Contact,
    Form,
    Folders,
}

impl Template {
    const ALL: [Template; 9] = [
        Template::Page,
        Template::Home,
        Template::FaqList,
        Template::Faq,
        Template::Areas,
        Template::Area,
        Template::Contact,
        Template::Form,
        Template::Folders,
    ];

    /// Name in front matter and of the file in the theme.
    pub fn name(self) -> &'static str {
        match self {
            Template::Page => "page",
            Template::Home => "home",
            Template::FaqList => "faq-list",
            Template::Faq => "faq",
            Template::Areas => "areas",
            Template::Area => "area",
            Template::Contact => "contact",
            Template::Form => "form",
            Template::Folders => "folders",
        }
    }
}

/// Longest description: search engines cut what is longer.
const MAX_DESCRIPTION: usize = 160;

pub fn read(default: Template, fields: &mut Fields, diagnostics: &mut Diagnostics) -> Meta {
    let title = fields.string("title", diagnostics);
    let description = fields.string("description", diagnostics);
    let length = description.value.chars().count();
    if length > MAX_DESCRIPTION {
        diagnostics.push(
            Diagnostic::error(
                description.place,
                format!("De beschrijving heeft {length} tekens; er passen er {MAX_DESCRIPTION}."),
            )
            .hint("Maak haar korter: een of twee zinnen."),
        );
    }
    let template = match fields.optional_string("template", diagnostics) {
        None => default,
        Some(name) => template(&name, diagnostics).unwrap_or(default),
    };
    let group = fields.optional_string("group", diagnostics);
    let form = fields.optional_string("form", diagnostics);
    if template == Template::Faq && group.is_none() {
        diagnostics.push(
            Diagnostic::error(fields.place(), "Een vraag hoort bij een groep: `group` ontbreekt.")
                .hint("Zet erbij: group = \"…\", een van de faq_groups in site.toml."),
        );
    }
    if template == Template::Form && form.is_none() {
        diagnostics.push(
            Diagnostic::error(
                fields.place(),
                "Welk formulier toont deze pagina? `form` ontbreekt.",
            )
            .hint("Zet erbij: form = \"vraag\"."),
        );
    }
    Meta {
        title,
        description: description.value,
        template,
        group,
        order: fields.optional_integer("order", diagnostics).unwrap_or(i64::MAX),
        form,
        review: Review::read(fields, diagnostics),
    }
}

fn template(name: &Located<String>, diagnostics: &mut Diagnostics) -> Option<Template> {
    let names = Template::ALL.map(Template::name);
    let found = Template::ALL.into_iter().find(|template| template.name() == name.value);
    if found.is_none() {
        let hint = match did_you_mean(&name.value, names) {
            Some(near) => format!("Bedoelt u `{near}`?"),
            None => format!("Deze mogen: {}.", names.join(", ")),
        };
        diagnostics.push(
            Diagnostic::error(name.place.clone(), format!("Onbekende template `{}`.", name.value))
                .hint(hint),
        );
    }
    found
}
