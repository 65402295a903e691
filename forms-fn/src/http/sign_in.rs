//! Doors by which a colleague signs in and out.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use forms_core::mail_address;

use super::body::Form;
use super::desk::StaffForm;
use super::from::From;
use super::{answer, cookie};
use crate::ids::Id;
use crate::page::Pages;
use crate::session::{self, Opened};
use crate::{Service, submit};

type Shared = State<Arc<Service>>;

/// Attempts from one network address within the hour: a whole office shares one.
const MOST_ATTEMPTS: i64 = 60;

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/inloggen", get(start).post(ask))
        .route("/inloggen/code", get(sent).post(enter_code))
        .route("/inloggen/{token}", get(open).post(enter))
        .route("/uitloggen", post(leave))
}

/// Where somebody wanted to go, if that is a page of the inbox that a mail may name.
pub(super) fn goal(asked: &str) -> &str {
    let fits = |rest: &str| {
        let id = rest.strip_prefix("/vraag/").or(rest.strip_prefix("/aanmelding/"));
        rest.is_empty() || id.is_some_and(|id| Id::parse(id).is_some())
    };
    match asked.strip_prefix("/inbox") {
        Some(rest) if fits(rest) => asked,
        _ => "/inbox",
    }
}

async fn start(State(service): Shared, Query(asked): Query<BTreeMap<String, String>>) -> Response {
    let goal = goal(asked.get("naar").map_or("", String::as_str));
    answer::page(&service, "sign_in", 200, Pages::new(&service, "").sign_in(None, goal))
}

/// The same answer whether or not the address is on the list.
async fn ask(State(service): Shared, From(from): From, Form(posted): Form) -> Response {
    let pages = Pages::new(&service, "");
    let (typed, goal) = (posted.value("email"), goal(posted.value("naar")));
    let Some(address) = mail_address(typed) else {
        return answer::page(&service, "sign_in", 422, pages.sign_in(Some(typed), goal));
    };
    match submit::count_from(&service, from.as_deref()).await {
        Ok(count) if count > MOST_ATTEMPTS => {
            return answer::message(&service, "", "sign_in", 429, "errors.busy");
        }
        Ok(_) => {}
        Err(error) => return answer::down(&service, "", "sign_in", error),
    }
    match session::ask(&service, &address).await {
        Ok(secret) => {
            let mut response = answer::see_other("sign_in", "/inloggen/code");
            cookie::set(&mut response, cookie::ATTEMPT, &format!("{secret}~{goal}"));
            response
        }
        Err(error) => answer::down(&service, "", "sign_in", error),
    }
}

async fn sent(State(service): Shared) -> Response {
    answer::page(&service, "sign_in_sent", 200, Pages::new(&service, "").sign_in_sent(false))
}

/// What the browser holds that asked: its secret, and where it wanted to go.
fn attempt(headers: &HeaderMap) -> (Option<&str>, &str) {
    let found = cookie::read(headers, cookie::ATTEMPT).and_then(|value| value.split_once('~'));
    (found.map(|(secret, _)| secret), goal(found.map_or("", |(_, asked)| asked)))
}

async fn open(State(service): Shared, Path(token): Path<String>, headers: HeaderMap) -> Response {
    let (secret, _) = attempt(&headers);
    let pages = Pages::new(&service, "");
    let action = format!("/inloggen/{token}");
    match session::open(&service, &token, secret).await {
        Ok(Opened::Here) => {
            answer::page(&service, "sign_in_link", 200, pages.sign_in_link(&action, None))
        }
        Ok(Opened::Elsewhere { code }) => {
            let made = pages.sign_in_link(&action, Some(&code));
            answer::page(&service, "sign_in_link", 200, made)
        }
        Ok(Opened::Unknown) => old_link(&service),
        Err(error) => answer::down(&service, "", "sign_in_link", error),
    }
}

fn old_link(service: &Service) -> Response {
    answer::message(service, "", "sign_in_link", 404, "signin.old")
}

async fn enter(
    State(service): Shared,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(_): Form,
) -> Response {
    let (secret, goal) = attempt(&headers);
    match session::enter(&service, &token, secret).await {
        Ok(Some(session)) => entered("sign_in_link", &session, goal),
        // In another browser, or pressed twice: look again.
        Ok(None) => match session::open(&service, &token, secret).await {
            Ok(Opened::Elsewhere { .. }) => {
                answer::see_other("sign_in_link", &format!("/inloggen/{token}"))
            }
            Ok(_) => old_link(&service),
            Err(error) => answer::down(&service, "", "sign_in_link", error),
        },
        Err(error) => answer::down(&service, "", "sign_in_link", error),
    }
}

async fn enter_code(State(service): Shared, headers: HeaderMap, Form(posted): Form) -> Response {
    let (secret, goal) = attempt(&headers);
    match session::enter_code(&service, posted.value("code"), secret).await {
        Ok(Some(session)) => entered("sign_in_code", &session, goal),
        Ok(None) => {
            let made = Pages::new(&service, "").sign_in_sent(true);
            answer::page(&service, "sign_in_code", 422, made)
        }
        Err(error) => answer::down(&service, "", "sign_in_code", error),
    }
}

fn entered(route: &'static str, session: &str, goal: &str) -> Response {
    let mut response = answer::see_other(route, goal);
    cookie::set(&mut response, cookie::SESSION, session);
    cookie::forget(&mut response, cookie::ATTEMPT);
    response
}

async fn leave(State(service): Shared, StaffForm { colleague, .. }: StaffForm) -> Response {
    match session::leave(&service, &colleague).await {
        Ok(()) => {
            let mut response = answer::see_other("sign_out", "/inloggen");
            cookie::forget(&mut response, cookie::SESSION);
            response
        }
        Err(error) => answer::down(&service, "", "sign_out", error),
    }
}

#[cfg(test)]
mod tests {
    use super::goal;

    #[test]
    fn nobody_is_sent_to_another_site() {
        let case = "/inbox/vraag/01KAR4TQ00ABCDEFGHJKMNPQRS";
        assert_eq!(goal(case), case);
        for asked in
            ["", "/", "//evil.example", "/inbox//evil.example", "/inbox/vraag/../..", "/inboxx"]
        {
            assert_eq!(goal(asked), "/inbox", "{asked}");
        }
    }
}
