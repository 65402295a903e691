//! The doors for browsers. Each reads a request, calls one use case and shows one page.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, State};
use axum::middleware;
use axum::response::Response;
use axum::routing::get;
use forms_core::FormKind;

use crate::page::Pages;
use crate::{Service, openapi};
use tongue::Tongue;

mod answer;
mod body;
mod case;
mod cookie;
mod desk;
mod from;
mod guard;
mod inbox;
mod partner;
mod resident;
mod sign_in;
mod signup;
mod signups;
mod status;
mod tongue;

pub use guard::{POLICY, behind_cdn};

/// Which form an address belongs to.
#[derive(Clone)]
struct FormId(String);

/// Every address of the function. `GET` and `HEAD` never write.
pub fn app(service: Arc<Service>) -> Router {
    let mut router = Router::new()
        .route("/openapi.json", get(description))
        .route("/link", get(status::link).post(status::send_link))
        .merge(sign_in::routes())
        .merge(partner::routes())
        .route("/inbox", get(inbox::open))
        .nest("/inbox", inbox::routes().merge(case::routes()).merge(signups::routes()));
    for form in &service.bundle.manifest.forms {
        let own = match form.kind {
            FormKind::Question => Router::new()
                .route("/controle", get(resident::to_form).post(resident::check))
                .route("/verstuur", get(resident::to_form).post(resident::send))
                .route("/ontvangen/{token}", get(resident::receipt))
                .route("/status/{token}", get(status::show).post(status::act))
                .route("/code", get(resident::code).post(resident::enter_code)),
            FormKind::SignUp => signup::routes(),
        };
        let id = Extension(FormId(form.id.clone()));
        router = router.nest(&format!("/{}", form.id), own.layer(id.clone()));
        if form.kind == FormKind::SignUp {
            let door = signup::door_routes().layer(id);
            router = router.nest(&format!("/inzage/{}", form.id), door);
        }
    }
    router
        .fallback(not_found)
        .method_not_allowed_fallback(not_allowed)
        .layer(middleware::from_fn_with_state(Arc::clone(&service), guard::watch))
        .with_state(service)
}

async fn description(State(service): State<Arc<Service>>) -> Response {
    let document = openapi::document(&service.bundle.manifest, &service.config.base_url);
    answer::json("description", &document)
}

async fn not_found(State(service): State<Arc<Service>>, Tongue(lang): Tongue) -> Response {
    answer::message(&service, &lang, "other", 404, "errors.not_found")
}

async fn not_allowed(State(service): State<Arc<Service>>, Tongue(lang): Tongue) -> Response {
    answer::message(&service, &lang, "other", 405, "errors.not_found")
}

/// Pages in the language that the request speaks.
fn pages<'a>(service: &'a Service, posted: &forms_core::Posted) -> Pages<'a> {
    Pages::new(service, posted.value(crate::submit::LANG))
}
