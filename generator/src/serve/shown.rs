//! What the preview shows at this moment. It is swapped as a whole, so that nobody meets half a site
//! or a gap between two.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use forms_core::manifest::digest;
use forms_fn::Service;
use tokio::sync::watch;
use tower::ServiceExt;

use super::files;
use crate::render::Artefact;

/// The site of one build, with the function that belongs to its forms.
#[derive(Clone)]
pub(super) struct Shown {
    /// Of everything that was built: two builds of the same content have the same.
    pub(super) version: String,
    /// Why there is no newer one, as the terminal says it.
    pub(super) mistakes: Option<Arc<str>>,
    pub(super) service: Arc<Service>,
    pages: Router,
}

impl Shown {
    pub(super) fn new(artefacts: &[Artefact], service: Arc<Service>) -> Self {
        let version = digest(artefacts.iter().map(|a| (a.path.as_str(), a.bytes.as_slice())));
        let pages = forms_fn::http::app(Arc::clone(&service))
            .fallback_service(files::routes(artefacts, &version));
        Self { version, mistakes: None, service, pages }
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
