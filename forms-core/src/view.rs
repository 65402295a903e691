//! What a form template sees, in the static page and in the function's answers alike.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::manifest::Area;
use crate::{Form, FormTexts, Kind, Mistake, MistakeKind, Posted};

/// A form ready for a template: every word, value and mistake of one page.
#[derive(Debug, Clone, Serialize)]
pub struct FormView {
    pub id: String,
    pub action: String,
    pub title: String,
    pub fields: Vec<FieldView>,
    /// The error summary: in the order of the form.
    pub errors: Vec<ErrorView>,
}

#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    pub name: String,
    pub kind: Kind,
    pub label: String,
    pub hint: Option<String>,
    pub required: bool,
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
}

#[derive(Debug, Clone, Serialize)]
pub struct ErrorView {
    pub field: String,
    pub message: String,
}

impl FormView {
    /// `messages` holds the theme's strings of this language under dotted keys.
    pub fn new(
        form: &Form,
        texts: &FormTexts,
        messages: &BTreeMap<String, String>,
        areas: &[Area],
        posted: &Posted,
        mistakes: &[Mistake],
    ) -> Self {
        let errors: Vec<ErrorView> = mistakes
            .iter()
            .map(|mistake| ErrorView {
                field: mistake.field.clone(),
                message: message(mistake, texts, messages),
            })
            .collect();
        let fields = form
            .fields
            .iter()
            .map(|field| {
                let text = texts.fields.get(&field.name);
                let value = posted.value(&field.name).to_owned();
                let option = |id: &str, label: &str| OptionView {
                    value: id.to_owned(),
                    label: label.to_owned(),
                    chosen: id == value,
                };
                FieldView {
                    name: field.name.clone(),
                    kind: field.kind,
                    label: text.map_or_else(|| field.name.clone(), |t| t.label.clone()),
                    hint: text.and_then(|t| t.hint.clone()),
                    required: field.required,
                    max_chars: field.max_chars,
                    error: errors
                        .iter()
                        .find(|error| error.field == field.name)
                        .map(|error| error.message.clone()),
                    options: match field.kind {
                        Kind::Topic => form
                            .topics
                            .iter()
                            .map(|topic| {
                                option(&topic.id, texts.topics.get(&topic.id).unwrap_or(&topic.id))
                            })
                            .collect(),
                        Kind::Area => {
                            areas.iter().map(|area| option(&area.id, &area.name)).collect()
                        }
                        _ => Vec::new(),
                    },
                    value,
                }
            })
            .collect();
        Self {
            id: form.id.clone(),
            action: form.check_path(),
            title: texts.title.clone(),
            fields,
            errors,
        }
    }
}

/// The words for a mistake: the field's own for a missing answer, else the theme's, in which
/// `{max}`, `{actual}`, `{over}` and `{label}` are filled in.
fn message(mistake: &Mistake, texts: &FormTexts, messages: &BTreeMap<String, String>) -> String {
    let text = texts.fields.get(&mistake.field);
    if let (MistakeKind::Missing, Some(own)) = (&mistake.kind, text.and_then(|t| t.missing.clone()))
    {
        return own;
    }
    let key = format!("mistakes.{}", mistake.kind.key());
    let mut words = messages.get(&key).cloned().unwrap_or(key);
    words = words.replace("{label}", text.map_or(&mistake.field, |t| &t.label));
    if let MistakeKind::TooLong { max, actual } = mistake.kind {
        words = words
            .replace("{max}", &max.to_string())
            .replace("{actual}", &actual.to_string())
            .replace("{over}", &(actual - max).to_string());
    }
    words
}
