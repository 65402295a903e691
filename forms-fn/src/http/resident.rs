//! Doors for residents.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Extension, Path, Query, State};
use axum::response::Response;
use forms_core::{Kind, Posted};

use super::body::Form as Body;
use super::from::From;
use super::tongue::Tongue;
use super::{FormId, answer, pages};
use crate::page::{Pages, Problem};
use crate::state::State as Standing;
use crate::submit::{self, Checked, Sent};
use crate::{Service, casework, nonce};

type Shared = State<Arc<Service>>;

/// Somebody opened or reloaded the address of a form post: back to the form. From the page of an area
/// they come with that area, and find it chosen.
pub(super) async fn to_form(
    State(service): Shared,
    Extension(FormId(id)): Extension<FormId>,
    Query(asked): Query<BTreeMap<String, String>>,
    Tongue(lang): Tongue,
) -> Response {
    let chosen = service.bundle.form(&id).and_then(|form| {
        let field = form.field(Kind::Area)?;
        let area = asked.get(&field.name)?;
        let known = service.bundle.area_name(area).is_some();
        known.then(|| (form, Posted::from([(field.name.as_str(), area.as_str())])))
    });
    match chosen {
        Some((form, posted)) => {
            let made = Pages::new(&service, &lang).question(form, &posted, &[]);
            answer::page(&service, "to_form", 200, made)
        }
        None => answer::see_other("to_form", &format!("/{id}/")),
    }
}

pub(super) async fn check(
    State(service): Shared,
    Extension(FormId(id)): Extension<FormId>,
    Body(posted): Body,
) -> Response {
    let pages = pages(&service, &posted);
    let Some(form) = service.bundle.form(&id) else {
        return answer::message(&service, pages.lang(), "check", 404, "errors.not_found");
    };
    let (status, made) = match submit::check(&service, form, &posted) {
        Checked::Back => (200, pages.question(form, &posted, &[])),
        Checked::Wrong(mistakes) => (422, pages.question(form, &posted, &mistakes)),
        Checked::Stop => (200, pages.stop(form, &posted)),
        Checked::Right(answers) => {
            let nonce = nonce::issue(&service.keys, service.now());
            (200, pages.check(form, &answers, &posted, &nonce, None))
        }
    };
    answer::page(&service, "check", status, made)
}

pub(super) async fn send(
    State(service): Shared,
    Extension(FormId(id)): Extension<FormId>,
    From(from): From,
    Body(posted): Body,
) -> Response {
    let pages = pages(&service, &posted);
    let Some(form) = service.bundle.form(&id) else {
        return answer::message(&service, pages.lang(), "send", 404, "errors.not_found");
    };
    let (status, made) =
        match submit::send(&service, form, pages.lang(), &posted, from.as_deref()).await {
            Sent::Wrong(mistakes) => (422, pages.question(form, &posted, &mistakes)),
            Sent::Stop => (200, pages.stop(form, &posted)),
            Sent::NoConsent(answers) => {
                let nonce = posted.value(submit::NONCE);
                (422, pages.check(form, &answers, &posted, nonce, Some(Problem::NoConsent)))
            }
            Sent::Expired(answers) => {
                let nonce = nonce::issue(&service.keys, service.now());
                (422, pages.check(form, &answers, &posted, &nonce, Some(Problem::Expired)))
            }
            Sent::Kept { nonce_id } => {
                return answer::see_other("send", &service.receipt_path(&form.id, &nonce_id));
            }
            Sent::Busy => {
                let made = pages.not_sent(form, &posted, "errors.busy");
                return answer::because(
                    answer::page(&service, "send", 429, made),
                    "too many from here",
                );
            }
            Sent::Down(error) => {
                let made = pages.not_sent(form, &posted, "errors.not_sent");
                return answer::because(answer::page(&service, "send", 503, made), error.cause());
            }
        };
    answer::page(&service, "send", status, made)
}

pub(super) async fn receipt(
    State(service): Shared,
    Extension(FormId(id)): Extension<FormId>,
    Path(token): Path<String>,
    Tongue(lang): Tongue,
) -> Response {
    match casework::receipt(&service, &token).await {
        Ok(Some(case)) if case.form == id && case.state == Standing::Erased => {
            answer::see_other("receipt", &format!("/{id}/status/{token}"))
        }
        Ok(Some(case)) if case.form == id => {
            let made = Pages::new(&service, &case.lang).receipt(&case);
            answer::page(&service, "receipt", 200, made)
        }
        Ok(_) => answer::message(&service, &lang, "receipt", 404, "errors.unknown_link"),
        Err(error) => answer::down(&service, &lang, "receipt", error),
    }
}

pub(super) async fn code(
    State(service): Shared,
    Extension(FormId(id)): Extension<FormId>,
    Tongue(lang): Tongue,
) -> Response {
    code_page(&service, &id, &lang, 200)
}

pub(super) async fn enter_code(
    State(service): Shared,
    Extension(FormId(id)): Extension<FormId>,
    Body(posted): Body,
) -> Response {
    let lang = pages(&service, &posted).lang().to_owned();
    match casework::by_code(&service, posted.value("code")).await {
        Ok(Some(case)) if case.form == id => {
            answer::see_other("code", &service.status_path(&case.form, &case.nonce_id))
        }
        Ok(_) => code_page(&service, &id, &lang, 422),
        Err(error) => answer::down(&service, &lang, "code", error),
    }
}

fn code_page(service: &Service, form: &str, lang: &str, status: u16) -> Response {
    let Some(form) = service.bundle.form(form) else {
        return answer::message(service, lang, "code", 404, "errors.not_found");
    };
    let made = Pages::new(service, lang).code(form, status != 200);
    answer::page(service, "code", status, made)
}
