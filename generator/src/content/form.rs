//! `forms/<id>.toml` and `forms/<id>.<lang>.toml`: a form and its texts.

use std::sync::Arc;

use forms_core::form::LONGEST_REPLY;
use forms_core::{Field, FieldTexts, Form, FormKind, FormTexts, Kind, Reply, Topic};

use super::fields::{self, Choice, Fields, Located, Rule};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source, did_you_mean};

/// A form with the places that later checks point at.
pub struct Loaded {
    pub form: Form,
    /// Routes of its topics and whom it asks consent for, to be found among the organisations.
    pub routes: Vec<Located<String>>,
    /// Areas that have a route of their own, to be found among the areas.
    pub areas: Vec<Located<String>>,
    /// Whether it is a form that can be used.
    pub whole: bool,
}

pub fn read(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Loaded {
    let id = fields.string("id", diagnostics).value;
    let given = fields.optional_choice("kind", &FORM_KINDS, diagnostics);
    // What belongs in a form is unknown as long as its kind is.
    let is_known = given.is_some() || !fields.has("kind");
    let kind = given.map_or(FormKind::Question, |kind| kind.value);
    let consent = fields.optional_string("consent", diagnostics);
    let day_parts = fields.strings("day_parts", diagnostics);
    let all = fields.tables("fields", diagnostics, field);
    let mut routes = Vec::new();
    let mut areas = Vec::new();
    let topics = fields.tables("topics", diagnostics, |fields, diagnostics| {
        let id = fields.string("id", diagnostics).value;
        let route = fields.string("route", diagnostics);
        routes.push(route.clone());
        let own = routes_by_area(fields, diagnostics);
        routes.extend(own.iter().map(|(_, organisation)| organisation.clone()));
        areas.extend(own.iter().map(|(area, _)| area.clone()));
        let stop = fields.optional_bool("stop", diagnostics).unwrap_or(false);
        let own = own.into_iter().map(|(area, organisation)| (area.value, organisation.value));
        Topic { id, route: route.value, routes: own.collect(), stop }
    });
    routes.extend(consent.clone());
    let mut whole = is_known && all.iter().all(Option::is_some);
    let form = Form {
        start: format!("/{id}/"),
        id,
        kind,
        consent: consent.as_ref().map(|organisation| organisation.value.clone()),
        fields: all.into_iter().flatten().collect(),
        topics,
        day_parts: day_parts.into_iter().map(|part| part.value).collect(),
    };
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
    if whole {
        let wrong = fits_together(&form, consent.as_ref(), &fields.place());
        // Its words are looked at when it is known what it asks.
        whole = wrong.is_empty();
        diagnostics.extend(wrong);
    }
    Loaded { form, routes, areas, whole }
}

/// Area and organisation of each route that goes before the one of its topic.
fn routes_by_area(
    fields: &mut Fields,
    diagnostics: &mut Diagnostics,
) -> Vec<(Located<String>, Located<String>)> {
    let mut routes = fields.located_map("routes", diagnostics);
    routes.retain(|(area, organisation)| {
        let named = !organisation.value.trim().is_empty();
        if !named {
            diagnostics.push(fields::empty(&area.value, organisation.place.clone()));
        }
        named
    });
    routes
}

/// What each kind of form needs, and what it cannot do.
fn fits_together(form: &Form, consent: Option<&Located<String>>, place: &Place) -> Vec<Diagnostic> {
    let wrong = |message: String, hint: &str| Diagnostic::error(place.clone(), message).hint(hint);
    let mut found = Vec::new();
    let is_missing = |kind: Kind| form.field(kind).is_none();
    let is_sign_up = form.kind == FormKind::SignUp;
    if !is_sign_up && is_missing(Kind::Question) {
        found.push(wrong(
            "Het formulier heeft geen veld voor de vraag zelf.".to_owned(),
            "Zet erbij: [[fields]] met kind = \"question\".",
        ));
    }
    for kind in
        [Kind::Roles, Kind::Adult].into_iter().filter(|kind| is_sign_up && is_missing(*kind))
    {
        found.push(wrong(
            format!("Een aanmelding heeft een veld van de soort `{}` nodig.", kind.as_str()),
            "Zet erbij: [[fields]] met die kind.",
        ));
    }
    if is_sign_up && is_missing(Kind::Email) && is_missing(Kind::Phone) {
        found.push(wrong(
            "Wie zich aanmeldt, is niet te bereiken.".to_owned(),
            "Zet erbij: [[fields]] met kind = \"email\" of kind = \"phone\".",
        ));
    }
    let foreign = |field: &&Field| match field.kind {
        Kind::Question | Kind::Topic => is_sign_up,
        Kind::Roles | Kind::DayParts | Kind::Languages | Kind::Adult => !is_sign_up,
        Kind::Area | Kind::Name | Kind::Email | Kind::Phone => false,
    };
    for field in form.fields.iter().filter(foreign) {
        let message = format!(
            "Een veld van de soort `{}` hoort niet in een formulier van de soort `{}`.",
            field.kind.as_str(),
            form.kind.as_str()
        );
        found.push(wrong(message, "Haal het veld weg, of verander `kind` bovenaan."));
    }
    if !form.fields.is_empty() && !are_in_order(form) {
        found.push(wrong(
            "De pagina's van het formulier volgen elkaar niet op.".to_owned(),
            "Begin met page = 1, sla geen pagina over en ga niet terug.",
        ));
    }
    if !is_sign_up && form.pages() > 1 {
        found.push(wrong(
            "Alleen een aanmelding kan meer pagina's hebben.".to_owned(),
            "Haal `page` weg bij de velden.",
        ));
    }
    if form.day_parts.is_empty() && !is_missing(Kind::DayParts) {
        found.push(wrong(
            "Het formulier noemt geen dagdelen.".to_owned(),
            "Zet bovenaan: day_parts = [\"ochtend\", \"middag\"].",
        ));
    }
    if let Some(consent) = consent.filter(|_| !is_sign_up) {
        let message = "`consent` hoort bij een aanmelding.";
        found.push(
            Diagnostic::error(consent.place.clone(), message)
                .hint("Haal de regel weg: bij een vraag vraagt het formulier altijd toestemming."),
        );
    }
    found
}

/// Whether the pages are numbered as a reader turns them.
fn are_in_order(form: &Form) -> bool {
    let pages: Vec<u8> = form.fields.iter().map(|field| field.page).collect();
    pages.first() == Some(&1)
        && pages.windows(2).all(|pair| pair[1] == pair[0] || pair[1] == pair[0] + 1)
}

fn field(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Option<Field> {
    let name = fields.string("name", diagnostics).value;
    let kind = fields.choice("kind", &KINDS, diagnostics);
    let required = fields.optional_bool("required", diagnostics).unwrap_or(false);
    let max = fields.integer_in("max_chars", 1..=4000, diagnostics);
    let max_chars = max.and_then(|max| usize::try_from(max).ok());
    let page = fields.optional_integer_in("page", 1..=5, diagnostics).unwrap_or(1);
    let page = u8::try_from(page).unwrap_or(1);
    Some(Field { name, kind: kind?, required, max_chars: max_chars?, page })
}

const FORM_KINDS: Choice<FormKind> = Choice {
    all: &FormKind::ALL,
    name: FormKind::as_str,
    message: |given| format!("Onbekende soort formulier `{given}`."),
};

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
    day_parts: Vec<Located<String>>,
    pages: Vec<Located<String>>,
    replies: Vec<Located<String>>,
}

const REPLY: Rule = Rule {
    kind: fields::Kind::Short(LONGEST_REPLY),
    fits: |text| text.chars().count() <= LONGEST_REPLY,
    message: |text| {
        let length = text.chars().count();
        format!("Deze standaardtekst heeft {length} tekens; er passen er {LONGEST_REPLY}.")
    },
    hint: "Maak haar korter, of maak er twee van.",
};

pub fn read_texts(fields: &mut Fields, diagnostics: &mut Diagnostics) -> Texts {
    let title = fields.string("title", diagnostics).value;
    let texts = fields.named_tables("fields", diagnostics, |fields, diagnostics| FieldTexts {
        label: fields.string("label", diagnostics).value,
        hint: fields.optional_string("hint", diagnostics).map(|text| text.value),
        missing: fields.optional_string("missing", diagnostics).map(|text| text.value),
    });
    let topics = fields.text_map("topics", diagnostics);
    let day_parts = fields.text_map("day_parts", diagnostics);
    let pages = fields.text_map("pages", diagnostics);
    let replies = fields.named_tables("replies", diagnostics, |fields, diagnostics| Reply {
        title: fields.string("title", diagnostics).value,
        text: fields.string_by("text", &REPLY, diagnostics).value.trim().to_owned(),
    });
    let names = |texts: &[(Located<String>, String)]| -> Vec<Located<String>> {
        texts.iter().map(|(name, _)| name.clone()).collect()
    };
    let words = |texts: Vec<(Located<String>, String)>| {
        texts.into_iter().map(|(name, words)| (name.value, words)).collect()
    };
    Texts {
        fields: texts.iter().map(|(name, _)| name.clone()).collect(),
        topics: names(&topics),
        day_parts: names(&day_parts),
        pages: names(&pages),
        replies: replies.iter().map(|(name, _)| name.clone()).collect(),
        texts: FormTexts {
            title,
            fields: texts.into_iter().map(|(name, texts)| (name.value, texts)).collect(),
            topics: words(topics),
            day_parts: words(day_parts),
            pages: words(pages),
            replies: replies.into_iter().map(|(name, reply)| (name.value, reply)).collect(),
        },
    }
}

impl Texts {
    /// Every field, choice and page has words in this language, and no words are left over. `file` is where
    /// missing ones belong.
    pub fn check(&self, form: &Form, file: &Place, diagnostics: &mut Diagnostics) {
        let fields: Vec<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
        let topics: Vec<&str> = form.topics.iter().map(|topic| topic.id.as_str()).collect();
        diagnostics.extend(compare("fields", &fields, &self.fields, file));
        diagnostics.extend(compare("topics", &topics, &self.topics, file));
        let day_parts: Vec<&str> = form.day_parts.iter().map(String::as_str).collect();
        diagnostics.extend(compare("day_parts", &day_parts, &self.day_parts, file));
        // One page needs no heading beside the title.
        let numbers: Vec<String> = match form.pages() {
            1 => Vec::new(),
            last => (1..=last).map(|page| page.to_string()).collect(),
        };
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        diagnostics.extend(compare("pages", &numbers, &self.pages, file));
    }
}

/// The words of a form as they were read: file, form, language.
pub type Translated = (Arc<Source>, String, String, Texts);

/// A standard reply is written in the language of the municipality first, so that every coordinator
/// can read what a translation says. That one is not translated is no mistake.
pub fn check_replies(all: &[Translated], main: &str, diagnostics: &mut Diagnostics) {
    for (_, id, lang, texts) in all {
        let original = all.iter().find(|(_, form, lang, _)| form == id && lang == main);
        // A file that is not there, or cannot be read, is told elsewhere.
        let Some((.., original)) = original.filter(|_| lang != main) else { continue };
        let known = original.texts.replies.keys().map(String::as_str);
        let left = texts.replies.iter();
        for name in left.filter(|name| !original.texts.replies.contains_key(&name.value)) {
            let hint = match did_you_mean(&name.value, known.clone()) {
                Some(near) => format!("Bedoelt u `{near}`?"),
                None => format!("Zet de tekst ook in forms/{id}.{main}.toml, of haal haar weg."),
            };
            let message = format!(
                "[replies] heeft een tekst voor `{}`, maar die staat niet in forms/{id}.{main}.toml.",
                name.value
            );
            diagnostics.push(Diagnostic::error(name.place.clone(), message).hint(hint));
        }
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
