//! Who stands behind a request to the inbox: signed in, and on the list at this moment.

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, OriginalUri, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use forms_core::Posted;

use super::body::Form;
use super::{answer, cookie, sign_in};
use crate::Service;
use crate::page::Pages;
use crate::session::{self, Access, Colleague};

/// A colleague who looks.
pub(super) struct Staff(pub(super) Colleague);

/// A colleague who presses a button.
pub(super) struct StaffForm {
    pub(super) colleague: Colleague,
    pub(super) posted: Posted,
}

async fn access(headers: &HeaderMap, service: &Service) -> Result<Access, Response> {
    let cookie = cookie::read(headers, cookie::SESSION);
    session::access(service, cookie).await.map_err(|error| answer::down(service, "", "desk", error))
}

impl FromRequestParts<Arc<Service>> for Staff {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, Response> {
        match access(&parts.headers, service).await? {
            Access::Known(colleague) => Ok(Self(colleague)),
            Access::Stranger => {
                // Below the inbox a router sees the rest of the address only.
                let whole = parts.extensions.get::<OriginalUri>().map(|OriginalUri(uri)| uri);
                let goal = sign_in::goal(whole.unwrap_or(&parts.uri).path());
                Err(answer::see_other("desk", &format!("/inloggen?naar={goal}")))
            }
            Access::Removed => Err(answer::message(service, "", "desk", 403, "errors.removed")),
        }
    }
}

impl FromRequest<Arc<Service>> for StaffForm {
    type Rejection = Response;

    async fn from_request(request: Request, service: &Arc<Service>) -> Result<Self, Response> {
        let headers = request.headers().clone();
        // Read first: whoever is shut out meanwhile keeps what was typed.
        let Form(posted) = Form::from_request(request, service).await?;
        let key = match access(&headers, service).await? {
            Access::Known(colleague) => return Ok(Self { colleague, posted }),
            Access::Stranger => "errors.signed_out",
            Access::Removed => "errors.removed",
        };
        Err(shut_out(service, key, &posted))
    }
}

/// Words that somebody wrote; ids, versions and marks are none.
const WORD: usize = 40;

fn shut_out(service: &Service, key: &str, posted: &Posted) -> Response {
    let typed: Vec<String> = posted
        .iter()
        .filter(|(_, value)| value.contains(char::is_whitespace) || value.chars().count() > WORD)
        .map(|(_, value)| value.to_owned())
        .collect();
    answer::page(service, "desk", 403, Pages::new(service, "").shut_out(key, &typed))
}
