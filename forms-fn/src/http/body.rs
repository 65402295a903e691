//! A request body, read as a form or refused with a page.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use axum::response::Response;
use forms_core::Posted;

use super::{answer, tongue};
use crate::Service;

/// Longest body that is read as a form: 16 KB of text. A letter of Tigrinya or Arabic takes up to
/// nine bytes on the wire for three bytes of text, so the wire limit is four times that; with less,
/// a question within the form's own limit would be lost for those who write these scripts.
pub(super) const LIMIT: usize = 4 * 16 * 1024;

/// Bodies up to here are read and thrown away, so that the browser shows our page: one that is
/// still sending when the connection closes shows an error of its own.
const DRAIN: usize = 4 * 1024 * 1024;

const FORM: &str = "application/x-www-form-urlencoded";

/// The body of a form post.
pub(super) struct Form(pub(super) Posted);

impl FromRequest<Arc<Service>> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, service: &Arc<Service>) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let lang = tongue::spoken(&parts, service);
        let refuse = |status, key| answer::message(service, &lang, "body", status, key);
        let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        let kind = kind.and_then(|value| value.split(';').next()).unwrap_or_default().trim();
        let is_form = kind.eq_ignore_ascii_case(FORM);
        let bytes = to_bytes(body, DRAIN).await;
        let Ok(bytes) = bytes else { return Err(refuse(413, "errors.too_large")) };
        if bytes.len() > LIMIT {
            return Err(refuse(413, "errors.too_large"));
        }
        if !is_form {
            return Err(refuse(415, "errors.unreadable"));
        }
        Posted::from_urlencoded(&bytes).map(Form).map_err(|_| refuse(400, "errors.unreadable"))
    }
}
