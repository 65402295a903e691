//! What holds for every request: who may post, which headers go along, what is logged.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};

use super::answer::{self, Trail};
use super::tongue;
use crate::telemetry::Field;
use crate::{Service, ids};

/// What a page may load and do: nothing from anywhere else, no scripts. Holds for the function's
/// answers and for the site alike; the cloud template says the same, and a test compares them.
pub const POLICY: &str = forms_core::headers::PAGE_POLICY;

/// Sent with every answer. `no-store` and `no-referrer` keep text and tokens out of caches and
/// out of other sites' logs.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

pub(super) async fn watch(
    State(service): State<Arc<Service>>,
    request: Request,
    next: Next,
) -> Response {
    let start = service.now();
    let method = word(request.method());
    let posts = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let mut response = if posts && !is_from_here(request.headers(), &service.config.base_url) {
        let (parts, _) = request.into_parts();
        let lang = tongue::spoken(&parts, &service);
        answer::message(&service, &lang, "foreign", 403, "errors.foreign")
    } else {
        next.run(request).await
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let trail = response.extensions().get::<Trail>().copied();
    let trail = trail.unwrap_or(Trail { route: "other", cause: None });
    let spent = service.now().duration_since(start).as_millis();
    let mut fields = vec![
        Field::Method(method),
        Field::Route(trail.route),
        Field::Status(response.status().as_u16()),
        Field::Millis(u64::try_from(spent).unwrap_or(0)),
    ];
    fields.extend(trail.cause.map(Field::Cause));
    service.log.event("answered", &fields);
    response
}

/// A method as a word of ours: a made-up one may hold anything.
fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

/// Whether a post comes from a page of this site. A browser says so in `Sec-Fetch-Site`; an older
/// one in `Origin`, which reads `null` on our own pages because they send no referrer. Without
/// either there is nothing to judge by, and the nonce and the choice without default stand guard.
fn is_from_here(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = text("sec-fetch-site");
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    match text("origin") {
        None | Some("null") => true,
        Some(origin) => {
            let host = origin.split_once("://").map(|(_, host)| host);
            origin == base_url || (host.is_some() && host == text("host"))
        }
    }
}

const CDN: HeaderName = HeaderName::from_static("x-origin-secret");

/// Lets only requests through that carry the CDN's secret header: the firewall stands there, and
/// the function's own address would be a way round it.
pub fn behind_cdn(app: Router, secret: &str) -> Router {
    let secret = secret.to_owned();
    app.layer(middleware::from_fn(move |request: Request, next: Next| {
        let given = request.headers().get(CDN).map_or(&b""[..], HeaderValue::as_bytes);
        let known = ids::same_bytes(given, secret.as_bytes());
        async move {
            if known { next.run(request).await } else { StatusCode::FORBIDDEN.into_response() }
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_may_post() {
        for (site, origin, expected) in [
            (Some("same-origin"), Some("https://oss.example"), true),
            (Some("same-origin"), Some("null"), true),
            (Some("same-origin"), Some("http://127.0.0.1:8080"), true),
            (Some("cross-site"), Some("null"), false),
            (Some("same-site"), None, false),
            (None, Some("https://evil.example"), false),
            (None, Some("https://oss.example.evil.example"), false),
            (None, Some("null"), true),
            (None, None, true),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("host", HeaderValue::from_static("127.0.0.1:8080"));
            if let Some(site) = site {
                headers.insert("sec-fetch-site", HeaderValue::from_static(site));
            }
            if let Some(origin) = origin {
                headers.insert("origin", HeaderValue::from_static(origin));
            }
            let found = is_from_here(&headers, "https://oss.example");
            assert_eq!(found, expected, "{site:?} {origin:?}");
        }
    }
}
