//! The words of the interface: `messages/<lang>.toml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};

/// The words of one language, in the two shapes in which they are used.
#[derive(Debug, Default, Clone)]
pub struct Messages {
    /// For templates: `t.mistakes.missing`.
    pub nested: Value,
    /// For code and the bundle: `mistakes.missing`.
    pub flat: BTreeMap<String, String>,
}

impl Messages {
    /// The words under a dotted key; the key itself where the theme lacks it, so that it is seen.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.flat.get(key).map_or(key, String::as_str)
    }

    /// These words, and those of `fallback` for whatever is missing.
    pub fn over(&self, fallback: &Self) -> Self {
        let mut flat = fallback.flat.clone();
        flat.extend(self.flat.iter().map(|(key, text)| (key.clone(), text.clone())));
        let mut nested = fallback.nested.clone();
        merge(&mut nested, &self.nested);
        Self { nested, flat }
    }
}

fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, from) => into.clone_from(from),
    }
}

pub fn read(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<Messages> {
    match DeTable::parse(&source.text) {
        Ok(table) => {
            let mut flat = BTreeMap::new();
            let nested = strings(table.get_ref(), "", &mut flat, source, diagnostics);
            Some(Messages { nested, flat })
        }
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            diagnostics.push(Diagnostic::error(
                Place::at(source, at),
                format!("Dit bestand met teksten is geen geldige TOML: {}.", error.message()),
            ));
            None
        }
    }
}

/// Tables become objects, texts and lists of texts become strings; anything else is a mistake.
fn strings(
    table: &DeTable<'_>,
    prefix: &str,
    flat: &mut BTreeMap<String, String>,
    source: &Arc<Source>,
    diagnostics: &mut Diagnostics,
) -> Value {
    let mut object = Map::new();
    for (key, value) in table {
        let name = key.get_ref().to_string();
        let path = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        let converted = match value.get_ref() {
            DeValue::String(text) => {
                flat.insert(path, text.to_string());
                Value::String(text.to_string())
            }
            DeValue::Table(inner) => strings(inner, &path, flat, source, diagnostics),
            DeValue::Array(items) => {
                let mut list = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    let path = format!("{path}.{index}");
                    match item.get_ref() {
                        DeValue::String(text) => {
                            flat.insert(path, text.to_string());
                            list.push(Value::String(text.to_string()));
                        }
                        DeValue::Table(inner) => {
                            list.push(strings(inner, &path, flat, source, diagnostics));
                        }
                        _ => diagnostics.push(not_a_text(source, item.span().start)),
                    }
                }
                Value::Array(list)
            }
            _ => {
                diagnostics.push(not_a_text(source, value.span().start));
                continue;
            }
        };
        object.insert(name, converted);
    }
    Value::Object(object)
}

fn not_a_text(source: &Arc<Source>, offset: usize) -> Diagnostic {
    Diagnostic::error(Place::at(source, offset), "Hier hoort een tekst tussen aanhalingstekens.")
}
