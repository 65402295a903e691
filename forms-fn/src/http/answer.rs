//! Pages as HTTP answers.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use tera::TeraResult;

use crate::Service;
use crate::page::{Page, Pages};
use crate::store::StoreError;
use crate::telemetry::Field;

/// Name of the door that answered, and why it could not; for the log.
#[derive(Clone, Copy)]
pub(super) struct Trail {
    pub(super) route: &'static str,
    pub(super) cause: Option<&'static str>,
}

/// Seen when not even a page can be made: no template, so no words of a theme.
const LAST_RESORT: &str = "<!doctype html><html lang=\"nl\"><meta charset=\"utf-8\">\
    <title>Er ging iets mis</title><h1>Er ging iets mis</h1>\
    <p>Uw vraag is NIET verstuurd. Ga terug in uw browser: uw tekst staat er dan nog.</p>";

pub(super) fn page(
    service: &Service,
    route: &'static str,
    status: u16,
    made: TeraResult<Page>,
) -> Response {
    match made {
        Ok(page) => html(route, status, None, page.html),
        Err(_) => {
            service.log.event("template_failed", &[Field::Route(route)]);
            html(route, 500, Some("template failed"), LAST_RESORT.to_owned())
        }
    }
}

/// A page of one heading and some words.
pub(super) fn message(
    service: &Service,
    lang: &str,
    route: &'static str,
    status: u16,
    key: &'static str,
) -> Response {
    page(service, route, status, Pages::new(service, lang).message(key))
}

/// The store did not answer and nothing typed is at stake.
pub(super) fn down(
    service: &Service,
    lang: &str,
    route: &'static str,
    error: StoreError,
) -> Response {
    because(message(service, lang, route, 503, "errors.down"), error.cause())
}

/// Notes why, for the log.
pub(super) fn because(mut response: Response, cause: &'static str) -> Response {
    if let Some(trail) = response.extensions_mut().get_mut::<Trail>() {
        trail.cause = Some(cause);
    }
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    }
    response
}

/// On to another address with a GET.
pub(super) fn see_other(route: &'static str, path: &str) -> Response {
    let mut response = html(route, 303, None, String::new());
    if let Ok(location) = HeaderValue::from_str(path) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// For programs.
pub(super) fn json(route: &'static str, value: &serde_json::Value) -> Response {
    let mut response = html(route, 200, None, value.to_string());
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

/// A file to keep.
pub(super) fn file(route: &'static str, text: String, kind: &'static str) -> Response {
    let mut response = html(route, 200, None, text);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn html(route: &'static str, status: u16, cause: Option<&'static str>, html: String) -> Response {
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, html);
    response.extensions_mut().insert(Trail { route, cause });
    response
}
