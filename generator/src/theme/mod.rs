//! A theme: templates, styles, fonts, words and the folder's layout, all of it read and checked
//! before anything is made.

mod messages;
mod published;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use bytes::Bytes;
use tera::Tera;

pub use messages::Messages;
use published::Published;

use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::files::{self, Found};

pub struct Theme {
    pub templates: Tera,
    /// Sources that the function needs too: form templates and components, by name.
    pub form_templates: BTreeMap<String, String>,
    /// Mail texts by path below `mail/`, for instance `confirmation/nl/subject.txt`.
    pub mails: BTreeMap<String, String>,
    /// Styles, fonts and drawings as they are published: path below the site, and bytes.
    pub published: Vec<(String, Bytes)>,
    /// File name to WOFF2 bytes.
    pub fonts: BTreeMap<String, Vec<u8>>,
    /// By language.
    pub messages: BTreeMap<String, Messages>,
    /// Typst sources of folders by file name, for themes that make them.
    pub leaflets: BTreeMap<String, String>,
    /// Of all files: equal numbers, equal themes.
    pub fingerprint: u64,
}

impl Theme {
    /// The words of a language; those of `fallback` where a translation has none.
    pub fn words(&self, lang: &str, fallback: &str) -> Messages {
        let base = self.messages.get(fallback).cloned().unwrap_or_default();
        match self.messages.get(lang) {
            Some(own) if lang != fallback => own.over(&base),
            _ => base,
        }
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
    let published = Published::new(parts.styles.concat(), &parts.fonts, parts.assets);
    let mut templates = Tera::new();
    templates.register_function("asset", published.function());
    if let Err(error) = templates.add_raw_templates(parts.templates.clone()) {
        diagnostics.push(template_error(root, &error));
        return None;
    }
    let form_templates = parts
        .templates
        .into_iter()
        .filter(|(name, _)| name.starts_with("forms/") || name.starts_with("components/"))
        .collect();
    Some(Theme {
        templates,
        form_templates,
        mails: parts.mails,
        published: published.files,
        fonts: parts.fonts,
        messages: parts.messages,
        leaflets: parts.leaflets,
        fingerprint: parts.print.finish(),
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
    leaflets: BTreeMap<String, String>,
    print: DefaultHasher,
}

impl Parts {
    fn add(&mut self, file: &Found, diagnostics: &mut Diagnostics) {
        let (folder, name) = file.name.split_once('/').unwrap_or(("", &file.name));
        file.name.hash(&mut self.print);
        let print = &mut self.print;
        let mut text = |diagnostics: &mut Diagnostics| {
            let source = files::read_text(&file.path, diagnostics)?;
            source.text.hash(print);
            Some(source.text.clone())
        };
        match folder {
            "templates" | "components" | "forms" | "directives" if name.ends_with(".html") => {
                self.templates.extend(text(diagnostics).map(|text| (file.name.clone(), text)));
            }
            "mail" => self.mails.extend(text(diagnostics).map(|text| (name.to_owned(), text))),
            "styles" if name.ends_with(".css") => self.styles.extend(text(diagnostics)),
            "fonts" if name.ends_with(".woff2") => {
                let bytes = files::read_bytes(&file.path, diagnostics);
                bytes.hash(&mut self.print);
                self.fonts.extend(bytes.map(|bytes| (name.to_owned(), bytes)));
            }
            "assets" => {
                let bytes = files::read_bytes(&file.path, diagnostics);
                bytes.hash(&mut self.print);
                self.assets.extend(bytes.map(|bytes| (name.to_owned(), bytes)));
            }
            "messages" => {
                let Some(lang) = name.strip_suffix(".toml") else { return };
                let Some(source) = files::read_text(&file.path, diagnostics) else { return };
                source.text.hash(&mut self.print);
                let read = messages::read(&source, diagnostics);
                self.messages.extend(read.map(|messages| (lang.to_owned(), messages)));
            }
            "leaflets" if name.ends_with(".typ") => {
                self.leaflets.extend(text(diagnostics).map(|text| (name.to_owned(), text)));
            }
            // Papers of the theme itself: README, licences, theme.toml.
            _ => {}
        }
    }
}
