//! A theme: templates, styles, fonts, words and the folder's layout, all of it read and checked
//! before anything is made.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};
use tera::Tera;
use toml::de::{DeTable, DeValue};

use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};
use crate::files::{self, Found};

pub struct Theme {
    pub templates: Tera,
    /// Sources that the function needs too: form templates and components, by name.
    pub form_templates: BTreeMap<String, String>,
    /// Mail texts by path below `mail/`, for instance `confirmation/nl/subject.txt`.
    pub mails: BTreeMap<String, String>,
    /// The one stylesheet.
    pub style: String,
    /// File name to WOFF2 bytes.
    pub fonts: BTreeMap<String, Vec<u8>>,
    /// File name to bytes, copied as they are.
    pub assets: BTreeMap<String, Vec<u8>>,
    pub messages: BTreeMap<String, Messages>,
    /// Typst source of the trifold.
    pub trifold: String,
}

/// The interface strings of one language, in the two shapes in which they are used.
#[derive(Debug, Default, Clone)]
pub struct Messages {
    /// For templates: `t.mistakes.missing`.
    pub nested: Value,
    /// For code and the bundle: `mistakes.missing`.
    pub flat: BTreeMap<String, String>,
}

impl Theme {
    /// A string of the interface; the key itself where the theme lacks it, so that it is seen.
    pub fn message<'a>(&'a self, lang: &str, key: &'a str) -> &'a str {
        self.messages.get(lang).and_then(|m| m.flat.get(key)).map_or(key, String::as_str)
    }

    /// The strings of a language, or those of `fallback`.
    pub fn messages_or<'a>(&'a self, lang: &str, fallback: &str) -> Option<&'a Messages> {
        self.messages.get(lang).or_else(|| self.messages.get(fallback))
    }
}

pub fn load(root: &Path, diagnostics: &mut Diagnostics) -> Option<Theme> {
    if !root.is_dir() {
        diagnostics.push(
            Diagnostic::general(format!("Het thema {} bestaat niet.", files::display(root)))
                .hint("Geef de map van een thema: --theme themes/vluchtelingenwerk."),
        );
        return None;
    }
    let mut parts = Parts::default();
    for file in files::walk(root, diagnostics) {
        parts.add(&file, diagnostics);
    }
    let mut templates = Tera::new();
    if let Err(error) = templates.add_raw_templates(parts.templates.clone()) {
        diagnostics.push(template_error(root, &error));
        return None;
    }
    let Some(trifold) = parts.trifold else {
        diagnostics.push(Diagnostic::general(format!(
            "Het thema {} heeft geen leaflets/trifold.typ.",
            files::display(root)
        )));
        return None;
    };
    let form_templates = parts
        .templates
        .into_iter()
        .filter(|(name, _)| name.starts_with("forms/") || name.starts_with("components/"))
        .collect();
    Some(Theme {
        templates,
        form_templates,
        mails: parts.mails,
        style: parts.styles.concat(),
        fonts: parts.fonts,
        assets: parts.assets,
        messages: parts.messages,
        trifold,
    })
}

/// A template that does not parse or render, with the place that the template engine gives.
pub fn template_error(root: &Path, error: &tera::Error) -> Diagnostic {
    let mut cause = error.to_string();
    let mut next = std::error::Error::source(error);
    while let Some(inner) = next {
        cause = format!("{cause}: {inner}");
        next = inner.source();
    }
    Diagnostic::general(format!(
        "Een template van het thema {} klopt niet: {}",
        files::display(root),
        cause.split_whitespace().collect::<Vec<_>>().join(" ")
    ))
    .hint("Dit ligt aan het thema, niet aan de teksten. Vraag het de beheerder van het thema.")
}

#[derive(Default)]
struct Parts {
    templates: Vec<(String, String)>,
    mails: BTreeMap<String, String>,
    styles: Vec<String>,
    fonts: BTreeMap<String, Vec<u8>>,
    assets: BTreeMap<String, Vec<u8>>,
    messages: BTreeMap<String, Messages>,
    trifold: Option<String>,
}

impl Parts {
    fn add(&mut self, file: &Found, diagnostics: &mut Diagnostics) {
        let (folder, name) = file.name.split_once('/').unwrap_or(("", &file.name));
        let text = |diagnostics: &mut Diagnostics| {
            files::read_text(&file.path, diagnostics).map(|source| source.text.clone())
        };
        match folder {
            "templates" | "components" | "forms" | "directives" if name.ends_with(".html") => {
                self.templates.extend(text(diagnostics).map(|text| (file.name.clone(), text)));
            }
            "mail" => self.mails.extend(text(diagnostics).map(|text| (name.to_owned(), text))),
            "styles" if name.ends_with(".css") => self.styles.extend(text(diagnostics)),
            "fonts" if name.ends_with(".woff2") => {
                let bytes = files::read_bytes(&file.path, diagnostics);
                self.fonts.extend(bytes.map(|bytes| (name.to_owned(), bytes)));
            }
            "assets" => {
                let bytes = files::read_bytes(&file.path, diagnostics);
                self.assets.extend(bytes.map(|bytes| (name.to_owned(), bytes)));
            }
            "messages" => self.add_messages(file, name, diagnostics),
            "leaflets" if name == "trifold.typ" => self.trifold = text(diagnostics),
            // Papers of the theme itself: README, licences, theme.toml.
            _ => {}
        }
    }

    fn add_messages(&mut self, file: &Found, name: &str, diagnostics: &mut Diagnostics) {
        let Some(lang) = name.strip_suffix(".toml") else { return };
        let Some(source) = files::read_text(&file.path, diagnostics) else { return };
        match DeTable::parse(&source.text) {
            Ok(table) => {
                let mut flat = BTreeMap::new();
                let nested = strings(table.get_ref(), "", &mut flat, &source, diagnostics);
                self.messages.insert(lang.to_owned(), Messages { nested, flat });
            }
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                diagnostics.push(Diagnostic::error(
                    Place::at(&source, at),
                    format!("Dit bestand met teksten is geen geldige TOML: {}.", error.message()),
                ));
            }
        }
    }
}

/// Tables become objects, texts and lists of texts become strings; anything else is a mistake.
fn strings(
    table: &DeTable<'_>,
    prefix: &str,
    flat: &mut BTreeMap<String, String>,
    source: &std::sync::Arc<Source>,
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

fn not_a_text(source: &std::sync::Arc<Source>, offset: usize) -> Diagnostic {
    Diagnostic::error(Place::at(source, offset), "Hier hoort een tekst tussen aanhalingstekens.")
}
