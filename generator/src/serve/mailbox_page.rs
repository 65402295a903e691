//! `/_mailbox/`: what would have been sent, for whoever tries the preview and for its tests.

use std::sync::Arc;

use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use tera::{Context, Tera};

use super::mailbox::{Letter, Mailbox};

/// The twin of the page for scripts: to, subject and text of every mail, newest first.
#[derive(Serialize)]
struct Summary {
    to: String,
    subject: String,
    text: String,
}

pub(super) fn routes(mailbox: Arc<Mailbox>) -> Router {
    let twin = Arc::clone(&mailbox);
    Router::new()
        .route("/_mailbox", get(|| async { Redirect::permanent("/_mailbox/") }))
        .route("/_mailbox/", get(move || async move { page(&mailbox.letters()) }))
        .route(
            "/_mailbox/style.css",
            get(|| async { ([(header::CONTENT_TYPE, "text/css")], STYLE) }),
        )
        .route("/_mailbox.json", get(move || async move { Json(summaries(twin.letters())) }))
}

fn summaries(letters: Vec<Letter>) -> Vec<Summary> {
    letters
        .into_iter()
        .map(|Letter { to, subject, text, .. }| Summary { to, subject, text })
        .collect()
}

/// A mail with its text cut at its links, so that they can be pressed.
#[derive(Serialize)]
struct LetterView<'a> {
    to: &'a str,
    subject: &'a str,
    parts: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    text: &'a str,
    link: bool,
}

const TEMPLATE: &str = include_str!("mailbox.html");
const STYLE: &str = include_str!("mailbox.css");

fn page(letters: &[Letter]) -> impl IntoResponse + use<> {
    let views: Vec<LetterView> = letters
        .iter()
        .map(|letter| LetterView {
            to: &letter.to,
            subject: &letter.subject,
            parts: parts(&letter.text),
        })
        .collect();
    let mut context = Context::new();
    context.insert("letters", &views);
    let html = Tera::one_off(TEMPLATE, &context, true)
        .unwrap_or_else(|_| "De mailbox is niet te tonen.".to_owned());
    (
        [
            (header::CONTENT_SECURITY_POLICY, forms_fn::http::POLICY),
            (header::CACHE_CONTROL, "no-store"),
        ],
        Html(html),
    )
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("http://").or_else(|| rest.find("https://")) {
        let end = rest[start..].find(char::is_whitespace).map_or(rest.len(), |at| start + at);
        parts.push(Part { text: &rest[..start], link: false });
        parts.push(Part { text: &rest[start..end], link: true });
        rest = &rest[end..];
    }
    parts.push(Part { text: rest, link: false });
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_cut_out_of_the_text() {
        let cut = parts("Lees:\nhttp://127.0.0.1:8080/a b\n");
        let texts: Vec<&str> = cut.iter().map(|part| part.text).collect();
        assert_eq!(texts, ["Lees:\n", "http://127.0.0.1:8080/a", " b\n"]);
        assert!(cut[1].link && !cut[2].link);
    }
}
