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
use crate::ids::{self, Id};
use crate::page::{Pages, Sight, written};
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

fn shut_out(service: &Service, key: &str, posted: &Posted) -> Response {
    let made = Pages::new(service, "").shut_out(key, &written(posted));
    answer::page(service, "desk", 403, made)
}

/// Name of the mark of what was opened, and of contact data that was shown.
pub(super) const SIGHT: &str = "zicht";
pub(super) const CONTACT: &str = "contact";

/// What of the marks that came along was made for this colleague, session, and question or offer.
pub(super) fn sight<'a>(
    service: &Service,
    colleague: &Colleague,
    id: &Id,
    given: impl Fn(&str) -> Option<&'a str>,
) -> Sight {
    let own = |name: &str| {
        let mark = colleague.mark(&service.keys, name, id.as_str());
        given(name).is_some_and(|given| ids::same(given, &mark)).then_some(mark)
    };
    Sight { opened: own(SIGHT), contact: own(CONTACT) }
}

/// The address with these marks, and a word of what was done.
pub(super) fn place(page: &str, sight: &Sight, done: Option<&str>) -> String {
    let marks = [(SIGHT, sight.opened.as_deref()), (CONTACT, sight.contact.as_deref())];
    let all = marks.into_iter().chain([("klaar", done)]);
    let pairs: Vec<String> = all.filter_map(|(n, value)| Some(format!("{n}={}", value?))).collect();
    if pairs.is_empty() { page.to_owned() } else { format!("{page}?{}", pairs.join("&")) }
}
