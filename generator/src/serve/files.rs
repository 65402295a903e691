//! The built site from memory, as a host would serve it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use bytes::Bytes;
use forms_core::headers::{EVERYWHERE, PAGE_POLICY};
use percent_encoding::percent_decode_str;

use super::index::{Before, Index};
use super::live;
use crate::render::leaflet::OnDemand;
use crate::render::{Artefact, SITE, encoded, policies};
use crate::site::Made;

/// The files of one build, in the order of their paths. Only the public folder is looked in: the
/// bundle cannot be asked for.
struct Files {
    artefacts: Arc<[Artefact]>,
    version: String,
    policies: Vec<(String, &'static str)>,
    index: Index,
    folders: Option<OnDemand>,
}

impl Files {
    fn get(&self, path: &str) -> Option<&Bytes> {
        let whole = format!("{SITE}{path}");
        let at = self.artefacts.binary_search_by(|artefact| (*artefact.path).cmp(&whole)).ok()?;
        self.artefacts.get(at).map(|artefact| &artefact.bytes)
    }
}

pub(super) fn routes(made: Made, version: String, before: Before) -> Router {
    let policies = policies(&made.content);
    let index = Index::new(&made, before);
    let Made { content, theme, theme_root, photos, press, artefacts, .. } = made;
    let folders = press.map(|press| OnDemand { content, theme, theme_root, photos, press });
    let files = Arc::new(Files { artefacts: artefacts.into(), version, policies, index, folders });
    Router::new().fallback(move |request: Request<Body>| {
        let files = Arc::clone(&files);
        async move {
            let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
            if path.starts_with("/search/") {
                return search(files, path).await;
            }
            if files.get(&path).is_none() && OnDemand::has(&path) {
                return folder(files, path).await;
            }
            answer(&files, request.method(), &path)
        }
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
        return file(files, StatusCode::OK, name, bytes);
    }
    let folder = format!("{path}/");
    if files.get(&format!("{folder}index.html")).is_some() {
        return match HeaderValue::try_from(encoded(&folder)) {
            Ok(target) => {
                (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, target)]).into_response()
            }
            Err(_) => StatusCode::BAD_REQUEST.into_response(),
        };
    }
    // The nearest one: the reader's language is the first part of the address.
    let lang = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let own = files.get(&format!("/{lang}/404.html"));
    match own.or_else(|| files.get("/404.html")) {
        Some(bytes) => file(files, StatusCode::NOT_FOUND, "404.html", bytes),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Off to a thread of its own: the first question makes the index.
async fn search(files: Arc<Files>, path: String) -> Response<Body> {
    let found = tokio::task::spawn_blocking(move || {
        files.index.get(&path).map(|bytes| file(&files, StatusCode::OK, &path, &bytes))
    });
    match found.await {
        Ok(Some(answer)) => answer,
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A folder that no build of the preview makes, or the picture of one.
async fn folder(files: Arc<Files>, path: String) -> Response<Body> {
    let made = tokio::task::spawn_blocking(move || {
        let bytes = files.folders.as_ref()?.get(&path)?;
        Some(file(&files, StatusCode::OK, &path, &bytes.into()))
    });
    match made.await {
        Ok(Some(answer)) => answer,
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Files {
    /// The site's own policy, and what the preview's one script needs on a page.
    fn policy(&self, name: &str) -> String {
        let address = name.strip_suffix("index.html").unwrap_or(name);
        let fits = |(path, _): &&(String, &str)| path == address || path == "/*";
        let policy = self.policies.iter().find(fits).map_or(PAGE_POLICY, |(_, policy)| policy);
        match policy {
            PAGE_POLICY => format!("{policy}; script-src 'self'; connect-src 'self'"),
            other => other.to_owned(),
        }
    }
}

fn file(files: &Files, status: StatusCode, name: &str, bytes: &Bytes) -> Response<Body> {
    let body = match content_type(name) {
        HTML => live::with_script(bytes, &files.version).into(),
        _ => bytes.clone(),
    };
    let policy = files.policy(name);
    let mut headers: Vec<(&str, &str)> = vec![
        ("content-type", content_type(name)),
        ("content-security-policy", &policy),
        ("cache-control", "no-cache"),
    ];
    // A browser would remember for two years that this computer speaks HTTPS only.
    headers.extend(EVERYWHERE.into_iter().filter(|(name, _)| *name != "strict-transport-security"));
    let mut answer = (status, body).into_response();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}

const HTML: &str = "text/html; charset=utf-8";

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "avif" => "image/avif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}
