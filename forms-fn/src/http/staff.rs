//! The door behind the link in VluchtelingenWerk's mail. Mail scanners open links and press
//! buttons: looking shows a closed door, and only a tick and a post open it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;

use super::answer;
use super::body::Form;
use crate::page::Pages;
use crate::state::State as Standing;
use crate::store::Result;
use crate::submission::Case;
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
    if posted.value("lezen") == "ja" {
        let found = casework::reveal(&service, &token).await;
        return show(&service, "reveal", found, |pages, case| (200, pages.case(case)));
    }
    let found = casework::door(&service, &token).await;
    show(&service, "reveal", found, |pages, case| {
        (422, pages.door(case, &format!("/inzage/{token}"), true))
    })
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
