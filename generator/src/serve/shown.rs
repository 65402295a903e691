//! What the preview shows at this moment. It is swapped as a whole, so that nobody meets half a site
//! or a gap between two.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use bytes::Bytes;
use forms_fn::Service;
use forms_fn::bundle::Bundle;
use tokio::sync::watch;
use tower::ServiceExt;

use super::files;
use super::index::Before;
use crate::render::{Artefact, FORMS};
use crate::site::Made;

/// The site of one build, with the function that belongs to its forms.
#[derive(Clone)]
pub(super) struct Shown {
    /// Pages that are open load anew when it is another one than theirs.
    pub(super) version: String,
    /// Why there is no newer one, as the terminal says it.
    pub(super) mistakes: Option<Arc<str>>,
    pub(super) service: Arc<Service>,
    /// Digest of the bundle that the service was made from.
    pub(super) bundle: Option<Bytes>,
    pages: Router,
}

/// Says in its digest what all other files of the bundle are.
const MANIFEST: &str = "manifest.json";

pub(super) fn bundle_digest(artefacts: &[Artefact]) -> Option<Bytes> {
    let manifest = format!("{FORMS}/{MANIFEST}");
    artefacts.iter().find(|artefact| *artefact.path == manifest).map(|found| found.bytes.clone())
}

/// The bundle of a build, as the function reads it from its archive.
pub(super) fn bundle(artefacts: &[Artefact]) -> Result<Bundle, String> {
    let root = format!("{FORMS}/");
    let files = artefacts.iter().filter_map(|artefact| {
        Some((artefact.path.strip_prefix(&root)?.to_owned(), artefact.bytes.to_vec()))
    });
    Bundle::from_files(files.collect())
}

impl Shown {
    /// `version` is another one for each site that differs from the one before.
    pub(super) fn new(made: Made, version: String, service: Arc<Service>, before: Before) -> Self {
        let bundle = bundle_digest(&made.artefacts);
        let pages = forms_fn::http::app(Arc::clone(&service)).fallback_service(files::routes(
            made,
            version.clone(),
            before,
        ));
        Self { version, mistakes: None, service, bundle, pages }
    }
}

pub(super) type Stage = watch::Sender<Shown>;
pub(super) type Seat = watch::Receiver<Shown>;

/// Answers every request from what is shown when it comes in.
pub(super) fn routes(seat: Seat) -> Router {
    Router::new().fallback(move |request: Request<Body>| {
        let pages = seat.borrow().pages.clone();
        async move {
            match pages.oneshot(request).await {
                Ok(answer) => answer,
                Err(never) => match never {},
            }
        }
    })
}
