//! The built site from memory, as a host would serve it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use axum::response::IntoResponse;

use super::live;
use crate::render::{Artefact, SITE};

/// Address to bytes. Only the public folder goes in: the bundle cannot be asked for.
type Files = Arc<BTreeMap<String, Vec<u8>>>;

pub(super) fn routes(artefacts: &[Artefact], version: &str) -> Router {
    let files: Files = Arc::new(
        artefacts
            .iter()
            .filter_map(|artefact| {
                let path = artefact.path.strip_prefix(SITE)?;
                let bytes = match content_type(path) {
                    HTML => live::with_script(&artefact.bytes, version),
                    _ => artefact.bytes.clone(),
                };
                Some((path.to_owned(), bytes))
            })
            .collect(),
    );
    Router::new().fallback(move |request: Request<Body>| {
        let files = Arc::clone(&files);
        async move { answer(&files, request.method(), request.uri().path()) }
    })
}

fn answer(files: &Files, method: &Method, path: &str) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let index = format!("{path}index.html");
    if let Some(bytes) =
        files.get(path).or_else(|| path.ends_with('/').then(|| files.get(&index))?)
    {
        let name = if path.ends_with('/') { &index } else { path };
        return file(StatusCode::OK, name, bytes);
    }
    let folder = format!("{path}/");
    if files.contains_key(&format!("{folder}index.html")) {
        return match HeaderValue::try_from(folder) {
            Ok(target) => {
                (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, target)]).into_response()
            }
            Err(_) => StatusCode::BAD_REQUEST.into_response(),
        };
    }
    match files.get("/404.html") {
        Some(bytes) => file(StatusCode::NOT_FOUND, "404.html", bytes),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn file(status: StatusCode, name: &str, bytes: &[u8]) -> Response<Body> {
    // The site's own policy, and what the preview's one script needs.
    let policy = format!("{}; script-src 'self'; connect-src 'self'", forms_fn::http::POLICY);
    let headers = [
        (header::CONTENT_TYPE, content_type(name)),
        (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (status, headers, bytes.to_vec()).into_response()
}

const HTML: &str = "text/html; charset=utf-8";

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}
