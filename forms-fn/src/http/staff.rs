//! The door behind the link in VluchtelingenWerk's mail. Mail scanners open links and press
//! buttons: looking shows a closed door, and only a tick and a post open it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use forms_core::Posted;

use super::answer;
use super::body::Form;
use crate::page::Pages;
use crate::state::State as Standing;
use crate::store::Result;
use crate::submission::Case;
use crate::suspects::{self, Verdict};
use crate::{Service, casework};

type Shared = State<Arc<Service>>;

pub(super) async fn door(State(service): Shared, Path(token): Path<String>) -> Response {
    let found = casework::door(&service, &token).await;
    show(&service, "door", found, |pages, case| {
        (200, pages.door(case, &format!("/inzage/{token}"), false))
    })
}

pub(super) async fn reveal(
    State(service): Shared,
    Path(token): Path<String>,
    Form(posted): Form,
) -> Response {
    if let Some(verdict) = verdict(&posted) {
        return match suspects::judge(&service, &token, verdict).await {
            Ok(Some(_)) => answer::see_other("judge", &format!("/inzage/{token}")),
            Ok(None) => answer::message(&service, "", "judge", 409, "errors.judged"),
            Err(error) => answer::down(&service, "", "judge", error),
        };
    }
    if posted.value("lezen") == "ja" {
        let found = casework::reveal(&service, &token).await;
        return show(&service, "reveal", found, |pages, case| {
            (200, pages.case(case, &format!("/inzage/{token}")))
        });
    }
    let found = casework::door(&service, &token).await;
    show(&service, "reveal", found, |pages, case| {
        (422, pages.door(case, &format!("/inzage/{token}"), true))
    })
}

/// What was said of a question that stands apart.
fn verdict(posted: &Posted) -> Option<Verdict> {
    match posted.value("oordeel") {
        "vraag" => Some(Verdict::Question),
        "reclame" => Some(Verdict::Advertising),
        _ => None,
    }
}

fn show(
    service: &Service,
    route: &'static str,
    found: Result<Option<Case>>,
    page: impl Fn(&Pages<'_>, &Case) -> (u16, tera::TeraResult<crate::page::Page>),
) -> Response {
    match found {
        Ok(Some(case)) if case.state == Standing::Erased => {
            answer::message(service, "", route, 410, "errors.erased")
        }
        Ok(Some(case)) => {
            let (status, made) = page(&Pages::new(service, ""), &case);
            answer::page(service, route, status, made)
        }
        Ok(None) => answer::message(service, "", route, 404, "errors.unknown_link"),
        Err(error) => answer::down(service, "", route, error),
    }
}
