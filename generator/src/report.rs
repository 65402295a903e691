//! Mistakes for programs: editors' tools and the annotations of a forge. People read
//! [`Diagnostics::report`].

use std::fmt::Write as _;

use forms_core::manifest::digest;
use serde_json::{Value, json};

use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::english::Tongue;

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Voor mensen
    Tekst,
    /// Een lijst van meldingen voor programma's
    Json,
    /// Opmerkingen bij een pull request van GitHub
    Github,
    /// Code Quality van GitLab
    Gitlab,
}

/// What goes to standard output; `None` when people read it.
pub fn report(diagnostics: &Diagnostics, format: Format, tongue: Tongue) -> Option<String> {
    let all = diagnostics.sorted();
    match format {
        Format::Tekst => None,
        Format::Json => Some(lines(all.into_iter().map(|one| message(one, tongue)).collect())),
        Format::Github => Some(all.into_iter().fold(String::new(), |mut out, diagnostic| {
            let _ = writeln!(out, "{}", annotation(diagnostic, tongue));
            out
        })),
        Format::Gitlab => Some(lines(all.into_iter().map(|one| issue(one, tongue)).collect())),
    }
}

fn lines(list: Vec<Value>) -> String {
    format!("{:#}\n", Value::Array(list))
}

fn message(diagnostic: &Diagnostic, tongue: Tongue) -> Value {
    let place = diagnostic.place.as_ref();
    json!({
        "severity": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        },
        "file": place.map(|place| &place.source.path),
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
        "message": tongue.say(&diagnostic.message),
        "hint": diagnostic.hint.as_ref().map(|hint| tongue.say(hint)),
    })
}

/// A workflow command; see "Workflow commands for GitHub Actions" in GitHub's documentation.
fn annotation(diagnostic: &Diagnostic, tongue: Tongue) -> String {
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let place = diagnostic.place.as_ref().map_or_else(String::new, |place| {
        let file = property(&place.source.path);
        format!(" file={file},line={},col={}", place.line, place.column)
    });
    format!("::{kind}{place}::{}", data(&sentence(diagnostic, tongue)))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// An issue of a Code Quality report; see "Code Quality report format" in GitLab's documentation.
fn issue(diagnostic: &Diagnostic, tongue: Tongue) -> Value {
    let place = diagnostic.place.as_ref();
    let path = place.map_or("content", |place| place.source.path.as_str());
    let line = place.map_or(1, |place| place.line);
    // The line may move, and the reader's language may be another; what is wrong, and with which
    // words, stays the same issue.
    let words = place.and_then(|place| place.text()).unwrap_or_default();
    let parts = [("path", path), ("message", &diagnostic.message), ("words", words)];
    json!({
        "description": sentence(diagnostic, tongue),
        "check_name": "nieuwe-buren",
        "fingerprint": digest(parts.map(|(name, part)| (name, part.as_bytes()))),
        "severity": match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Advice => "info",
        },
        "location": { "path": path, "lines": { "begin": line } },
    })
}

fn sentence(diagnostic: &Diagnostic, tongue: Tongue) -> String {
    let message = tongue.say(&diagnostic.message);
    match &diagnostic.hint {
        Some(hint) => format!("{message} {}", tongue.say(hint)),
        None => message.into_owned(),
    }
}
