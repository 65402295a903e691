//! Doors behind the resident's link, and the one that sends a new link.

use std::sync::Arc;

use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use forms_core::{MistakeKind, Posted, free_text, mail_address};
use serde::Deserialize;

use super::body::Form as Body;
use super::tongue::Tongue;
use super::{FormId, answer, pages};
use crate::page::{ADDITION_CHARS, Note, Pages};
use crate::status::{self, Outcome, Wish};
use crate::submission::Case;
use crate::{Service, casework, links};

type Shared = State<Arc<Service>>;

/// Which button was pressed.
const WISH: &str = "doe";
/// The version of the case on the page with the button.
const VERSION: &str = "versie";
const ADDITION: &str = "aanvulling";
const WITHDRAW: &str = "intrekken";
const HELPED: &str = "geholpen";

/// What the page before did.
#[derive(Deserialize)]
pub(super) struct After {
    klaar: Option<String>,
}

pub(super) async fn show(
    State(service): Shared,
    Extension(FormId(form)): Extension<FormId>,
    Path(token): Path<String>,
    Query(After { klaar }): Query<After>,
    Tongue(lang): Tongue,
) -> Response {
    match casework::receipt(&service, &token).await {
        Ok(Some(case)) if case.form == form => {
            let done = ["added", "withdrawn", "helped", "reopened"];
            let done = done.into_iter().find(|word| klaar.as_deref() == Some(word));
            page(&service, 200, &case, &token, done.map_or(Note::None, Note::Done))
        }
        Ok(_) => answer::message(&service, &lang, "status", 404, "errors.unknown_link"),
        Err(error) => answer::down(&service, &lang, "status", error),
    }
}

pub(super) async fn act(
    State(service): Shared,
    Extension(FormId(form)): Extension<FormId>,
    Path(token): Path<String>,
    Tongue(lang): Tongue,
    Body(posted): Body,
) -> Response {
    let case = match casework::receipt(&service, &token).await {
        Ok(Some(case)) if case.form == form => case,
        Ok(_) => return answer::message(&service, &lang, "act", 404, "errors.unknown_link"),
        Err(error) => return not_done(&service, &lang, &posted, error),
    };
    let typed = posted.value(ADDITION);
    let words;
    let (wish, done) = match (posted.value(WISH), posted.value(WITHDRAW), posted.value(HELPED)) {
        ("aanvullen", ..) => match free_text(typed, ADDITION_CHARS) {
            Ok(text) => {
                words = text;
                (Wish::Add(&words), "added")
            }
            Err(kind) => return wrong(&service, &case, &token, ADDITION, &kind, typed),
        },
        ("intrekken", "ja", _) => (Wish::Withdraw, "withdrawn"),
        ("intrekken", ..) => {
            return wrong(&service, &case, &token, WITHDRAW, &MistakeKind::Missing, "");
        }
        ("geholpen", _, "ja") => (Wish::Helped, "helped"),
        ("geholpen", _, "nee") => (Wish::NotHelped, "reopened"),
        _ => return wrong(&service, &case, &token, HELPED, &MistakeKind::Missing, ""),
    };
    let version = posted.value(VERSION).parse().unwrap_or_default();
    match status::act(&service, &token, version, wish).await {
        Ok(Outcome::Done(_)) => {
            answer::see_other("act", &format!("{}?klaar={done}", path(&case, &token)))
        }
        Ok(Outcome::Refused(case)) => page(&service, 409, &case, &token, Note::Changed { typed }),
        Ok(Outcome::Full(case)) => page(&service, 409, &case, &token, Note::Full { typed }),
        Ok(Outcome::Unknown) => answer::message(&service, &lang, "act", 404, "errors.unknown_link"),
        Err(error) => not_done(&service, &case.lang, &posted, error),
    }
}

fn wrong(
    service: &Service,
    case: &Case,
    token: &str,
    field: &'static str,
    kind: &MistakeKind,
    typed: &str,
) -> Response {
    page(service, 422, case, token, Note::Wrong { field, kind, typed })
}

fn page(service: &Service, status: u16, case: &Case, token: &str, note: Note<'_>) -> Response {
    let made = Pages::new(service, &case.lang).status(case, &path(case, token), note);
    answer::page(service, if status == 200 { "status" } else { "act" }, status, made)
}

fn path(case: &Case, token: &str) -> String {
    format!("/{}/status/{token}", case.form)
}

/// The store did not answer: what was typed stands on the page, and the browser's own *again* is
/// safe.
fn not_done(
    service: &Service,
    lang: &str,
    posted: &Posted,
    error: crate::store::StoreError,
) -> Response {
    let made = Pages::new(service, lang).not_done(posted.value(ADDITION));
    answer::because(answer::page(service, "act", 503, made), error.cause())
}

pub(super) async fn link(State(service): Shared, Tongue(lang): Tongue) -> Response {
    answer::page(&service, "link", 200, Pages::new(&service, &lang).link(None, false))
}

/// Says the same whether or not we know the address.
pub(super) async fn send_link(State(service): Shared, Body(posted): Body) -> Response {
    let pages = pages(&service, &posted);
    let typed = posted.value("email");
    let Some(address) = mail_address(typed) else {
        return answer::page(&service, "link", 422, pages.link(Some(typed), false));
    };
    match links::send_again(&service, &address).await {
        Ok(()) => answer::page(&service, "link", 200, pages.link(None, true)),
        Err(error) => answer::down(&service, pages.lang(), "link", error),
    }
}
