//! What a form template sees, in the static page and in the function's answers alike.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    Field, Form, FormKind, FormTexts, Kind, Mistake, MistakeKind, Offered, Posted, RoleState,
};

/// Name of the hidden field that says which page of a form was sent.
pub const STEP: &str = "stap";

/// A form ready for a template: every word, value and mistake of one page.
#[derive(Debug, Clone, Serialize)]
pub struct FormView {
    pub id: String,
    pub kind: FormKind,
    pub action: String,
    pub title: String,
    /// Which page this is; `None` for a form that has one.
    pub step: Option<StepView>,
    /// The fields of this page.
    pub fields: Vec<FieldView>,
    /// What was filled in on the other pages, and which page this is.
    pub hidden: Vec<HiddenView>,
    /// The error summary: in the order of the form, of this page alone.
    pub errors: Vec<ErrorView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    pub number: u8,
    pub count: u8,
    pub title: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct HiddenView {
    pub name: String,
    pub value: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    pub name: String,
    pub kind: Kind,
    pub label: String,
    pub hint: Option<String>,
    pub required: bool,
    /// Whether the page says that it may be left empty.
    pub optional: bool,
    pub max_chars: usize,
    pub value: String,
    pub error: Option<String>,
    /// For kinds that are chosen from a list.
    pub options: Vec<OptionView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct OptionView {
    pub value: String,
    pub label: String,
    pub chosen: bool,
    /// What it comes to, for a role.
    pub summary: Option<String>,
    /// Whether there is room, for a role; a full one cannot be chosen.
    pub state: Option<RoleState>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ErrorView {
    pub field: String,
    /// Id of the control that the summary leads to: of a list of choices the first.
    pub target: String,
    pub message: String,
}

/// What does not differ between the pages of one answer.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub lang: &'a str,
    pub texts: &'a FormTexts,
    /// The theme's strings of this language under dotted keys.
    pub messages: &'a BTreeMap<String, String>,
}

impl FormView {
    /// One page of a form, from 1; the only one of most.
    pub fn new(
        form: &Form,
        words: Words<'_>,
        offered: Offered<'_>,
        posted: &Posted,
        mistakes: &[Mistake],
        page: u8,
    ) -> Self {
        let errors: Vec<ErrorView> = mistakes
            .iter()
            .filter(|mistake| form.page_of(&mistake.field) == page)
            .map(|mistake| ErrorView {
                field: mistake.field.clone(),
                target: target(form, offered, &mistake.field),
                message: message(mistake, words, offered),
            })
            .collect();
        let (here, elsewhere): (Vec<&Field>, Vec<&Field>) =
            form.fields.iter().partition(|field| field.page == page);
        let fields = here
            .into_iter()
            .map(|field| {
                let error = errors.iter().find(|error| error.field == field.name);
                let error = error.map(|error| error.message.clone());
                FieldView::new(form, field, words, offered, posted, error)
            })
            .collect();
        let count = form.pages();
        let number = page.to_string();
        let step = (count > 1).then(|| StepView {
            number: page,
            count,
            title: words.texts.pages.get(&number).unwrap_or(&words.texts.title).clone(),
        });
        let typed = elsewhere.into_iter().flat_map(|field| {
            let hidden = |value: &str| HiddenView { name: field.name.clone(), value: value.into() };
            posted.values(&field.name).filter(|value| !value.is_empty()).map(hidden)
        });
        let marked = step.iter().map(|_| HiddenView { name: STEP.into(), value: number.clone() });
        Self {
            id: form.id.clone(),
            kind: form.kind,
            action: form.check_path(),
            title: words.texts.title.clone(),
            fields,
            hidden: typed.chain(marked).collect(),
            step,
            errors,
        }
    }
}

impl FieldView {
    fn new(
        form: &Form,
        field: &Field,
        words: Words<'_>,
        offered: Offered<'_>,
        posted: &Posted,
        error: Option<String>,
    ) -> Self {
        let text = words.texts.fields.get(&field.name);
        Self {
            name: field.name.clone(),
            kind: field.kind,
            label: text.map_or_else(|| field.name.clone(), |text| text.label.clone()),
            hint: text.and_then(|text| text.hint.clone()),
            required: field.required,
            optional: form.is_optional(field),
            max_chars: field.max_chars,
            value: posted.value(&field.name).to_owned(),
            error,
            options: options(form, field, words, offered, posted),
        }
    }
}

/// A full role has no control to lead to.
fn target(form: &Form, offered: Offered<'_>, name: &str) -> String {
    let field = form.fields.iter().find(|field| field.name == name);
    let first = match field.map(|field| field.kind) {
        Some(Kind::Topic) => form.topics.first().map(|topic| &topic.id),
        Some(Kind::DayParts) => form.day_parts.first(),
        Some(Kind::Roles) => {
            let mut open = offered.roles.iter().filter(|role| role.state != RoleState::Full);
            open.next().map(|role| &role.id)
        }
        _ => None,
    };
    first.map_or_else(|| name.to_owned(), |first| format!("{name}-{first}"))
}

fn options(
    form: &Form,
    field: &Field,
    words: Words<'_>,
    offered: Offered<'_>,
    posted: &Posted,
) -> Vec<OptionView> {
    let option = |id: &str, label: &str| OptionView {
        value: id.to_owned(),
        label: label.to_owned(),
        chosen: posted.values(&field.name).any(|value| value == id),
        summary: None,
        state: None,
    };
    let texts = words.texts;
    match field.kind {
        Kind::Topic => form
            .topics
            .iter()
            .map(|topic| option(&topic.id, texts.topics.get(&topic.id).unwrap_or(&topic.id)))
            .collect(),
        Kind::Area => offered.areas.iter().map(|area| option(&area.id, &area.name)).collect(),
        Kind::DayParts => form
            .day_parts
            .iter()
            .map(|part| option(part, texts.day_parts.get(part).unwrap_or(part)))
            .collect(),
        Kind::Roles => offered
            .roles
            .iter()
            .map(|role| OptionView {
                summary: role.texts(words.lang).map(|texts| texts.summary.clone()),
                state: Some(role.state),
                ..option(&role.id, role.name(words.lang))
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The words for a mistake: the field's own for a missing answer, else the theme's, in which
/// `{max}`, `{actual}`, `{over}`, `{role}` and `{label}` are filled in.
pub fn message(mistake: &Mistake, words: Words<'_>, offered: Offered<'_>) -> String {
    let text = words.texts.fields.get(&mistake.field);
    if let (MistakeKind::Missing, Some(own)) = (&mistake.kind, text.and_then(|t| t.missing.clone()))
    {
        return own;
    }
    let key = format!("mistakes.{}", mistake.kind.key());
    let message = words.messages.get(&key).cloned().unwrap_or(key);
    let message = message.replace("{label}", text.map_or(&mistake.field, |text| &text.label));
    match &mistake.kind {
        MistakeKind::TooLong { max, actual } => message
            .replace("{max}", &max.to_string())
            .replace("{actual}", &actual.to_string())
            .replace("{over}", &(actual - max).to_string()),
        MistakeKind::RoleFull { role } => {
            let known = offered.roles.iter().find(|known| known.id == *role);
            message.replace("{role}", known.map_or(role, |known| known.name(words.lang)))
        }
        _ => message,
    }
}
