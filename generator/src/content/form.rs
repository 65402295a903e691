//! `forms/<id>.toml` and `forms/<id>.<lang>.toml`: a form and its texts.

use forms_core::{Field, FieldTexts, Form, FormTexts, Kind, Topic};

use super::fields::{Choice, Fields, Located};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, did_you_mean};

/// A form with the places that later checks point at.
pub struct Loaded {
    pub form: Form,
    /// Routes of its topics, to be found among the organisations.
    pub routes: Vec<Located<String>>,
    /// Whether every field could be read.
    pub whole: bool,
}

pub fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Loaded {
    let id = fields.string("id", diagnostics).value;
    let all = fields.tables("fields", diagnostics, field);
    let mut routes = Vec::new();
    let topics = fields.tables("topics", diagnostics, |fields, diagnostics| {
        let id = fields.string("id", diagnostics).value;
        let route = fields.string("route", diagnostics);
        routes.push(route.clone());
        let stop = fields.optional_bool("stop", diagnostics).unwrap_or(false);
        Topic { id, route: route.value, stop }
    });
    let whole = all.iter().all(Option::is_some);
    let form = Form { id, fields: all.into_iter().flatten().collect(), topics };
    for kind in Kind::ALL {
        if form.fields.iter().filter(|field| field.kind == kind).count() > 1 {
            diagnostics.push(
                Diagnostic::error(
                    fields.place(),
                    format!("Er zijn twee velden van de soort `{}`.", kind.as_str()),
                )
                .hint("Laat er een staan."),
            );
        }
    }
    if whole && form.field(Kind::Question).is_none() {
        diagnostics.push(
            Diagnostic::error(fields.place(), "Het formulier heeft geen veld voor de vraag zelf.")
                .hint("Zet erbij: [[fields]] met kind = \"question\"."),
        );
    }
    Loaded { form, routes, whole }
}

fn field(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Option<Field> {
    let name = fields.string("name", diagnostics).value;
    let kind = fields.choice("kind", &KINDS, diagnostics);
    let required = fields.optional_bool("required", diagnostics).unwrap_or(false);
    let max = fields.integer_in("max_chars", 1..=4000, diagnostics);
    let max_chars = max.and_then(|max| usize::try_from(max).ok());
    Some(Field { name, kind: kind?, required, max_chars: max_chars? })
}

const KINDS: Choice<Kind> = Choice {
    all: &Kind::ALL,
    name: Kind::as_str,
    message: |given| format!("Onbekende soort `{given}`."),
};

/// The words of a form in one language, and where each stands.
pub struct Texts {
    pub texts: FormTexts,
    fields: Vec<Located<String>>,
    topics: Vec<Located<String>>,
}

pub fn read_texts(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Texts {
    let title = fields.string("title", diagnostics).value;
    let texts = fields.named_tables("fields", diagnostics, |fields, diagnostics| FieldTexts {
        label: fields.string("label", diagnostics).value,
        hint: fields.optional_string("hint", diagnostics).map(|text| text.value),
        missing: fields.optional_string("missing", diagnostics).map(|text| text.value),
    });
    let topics = fields.text_map("topics", diagnostics);
    Texts {
        fields: texts.iter().map(|(name, _)| name.clone()).collect(),
        topics: topics.iter().map(|(name, _)| name.clone()).collect(),
        texts: FormTexts {
            title,
            fields: texts.into_iter().map(|(name, texts)| (name.value, texts)).collect(),
            topics: topics.into_iter().map(|(name, label)| (name.value, label)).collect(),
        },
    }
}

impl Texts {
    /// Every field and topic has words in this language, and no words are left over. `file` is where
    /// missing ones belong.
    pub fn check(&self, form: &Form, file: &Place, diagnostics: &mut Diagnostics) {
        let fields: Vec<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
        let topics: Vec<&str> = form.topics.iter().map(|topic| topic.id.as_str()).collect();
        diagnostics.extend(compare("fields", &fields, &self.fields, file));
        diagnostics.extend(compare("topics", &topics, &self.topics, file));
    }
}

fn compare(
    table: &str,
    wanted: &[&str],
    given: &[Located<String>],
    file: &Place,
) -> Vec<Diagnostic> {
    let is_given = |name: &str| given.iter().any(|given| given.value == name);
    let missing = wanted.iter().filter(|name| !is_given(name)).map(|name| {
        let message = format!("De tekst van `{name}` ontbreekt in [{table}].");
        Diagnostic::error(file.clone(), message)
            .hint("Schrijf de tekst erbij, of haal het veld uit het formulier.")
    });
    let left = given.iter().filter(|name| !wanted.contains(&name.value.as_str())).map(|name| {
        let hint = match did_you_mean(&name.value, wanted.iter().copied()) {
            Some(near) => format!("Bedoelt u `{near}`?"),
            None => "Haal de tekst weg, of zet het erbij in het formulier.".to_owned(),
        };
        let message = format!(
            "[{table}] heeft een tekst voor `{}`, maar dat staat niet in het formulier.",
            name.value
        );
        Diagnostic::error(name.place.clone(), message).hint(hint)
    });
    missing.chain(left).collect()
}
