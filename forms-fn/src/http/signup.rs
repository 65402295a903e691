//! Doors for volunteers, and for the organisations whose roles they choose.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Extension, Path, State};
use axum::response::Response;
use axum::routing::get;
use forms_core::{Form, Posted};

use super::body::Form as Body;
use super::from::From;
use super::tongue::Tongue;
use super::{FormId, answer, pages};
use crate::page::Pages;
use crate::signup::SignUp;
use crate::signup::access::{self, Withdrawn, door_path};
use crate::signup::desk::{self, Outcome};
use crate::signup::state::State as Standing;
use crate::signup::submit::{self, Checked, Sent};
use crate::submit::NONCE;
use crate::{Service, nonce};

type Shared = State<Arc<Service>>;
type Id = Extension<FormId>;

/// Name of the question whether the sign-up is taken back.
const WITHDRAW: &str = "intrekken";

/// Below the form's own address.
pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/controle", get(to_form).post(check))
        .route("/verstuur", get(to_form).post(send))
        .route("/ontvangen/{token}", get(receipt).post(withdraw))
        .route("/code", get(code).post(enter_code))
}

/// Below the form's address for organisations.
pub(super) fn door_routes() -> Router<Arc<Service>> {
    Router::new().route("/{token}", get(door).post(reveal))
}

/// The form of an address. The routes are made from the forms there are.
fn form<'a>(service: &'a Service, FormId(id): &FormId) -> Option<&'a Form> {
    service.bundle.form(id)
}

fn no_form(service: &Service, lang: &str, route: &'static str) -> Response {
    answer::message(service, lang, route, 404, "errors.not_found")
}

/// Somebody opened or reloaded the address of a form post: to its first page.
async fn to_form(State(service): Shared, Extension(id): Id) -> Response {
    let start = form(&service, &id).map_or("/", |form| &form.start);
    answer::see_other("to_form", start)
}

async fn check(State(service): Shared, Extension(id): Id, Body(posted): Body) -> Response {
    let pages = pages(&service, &posted);
    let Some(form) = form(&service, &id) else {
        return no_form(&service, pages.lang(), "sign_up_check");
    };
    let (status, made) = match submit::check(&service, form, &posted) {
        Checked::Page(shown) => {
            let status = if shown.wrong.is_empty() { 200 } else { 422 };
            (status, pages.sign_up_form(form, &posted, &shown))
        }
        Checked::Right(read) => {
            let nonce = nonce::issue(&service.keys, service.now());
            let status = if read.full.is_empty() { 200 } else { 422 };
            (status, pages.sign_up_check(form, &read, &posted, &nonce, false))
        }
    };
    answer::page(&service, "sign_up_check", status, made)
}

async fn send(
    State(service): Shared,
    Extension(id): Id,
    From(from): From,
    Body(posted): Body,
) -> Response {
    let pages = pages(&service, &posted);
    let Some(form) = form(&service, &id) else {
        return no_form(&service, pages.lang(), "sign_up_send");
    };
    let (status, made) = match submit::send(&service, form, pages.lang(), &posted, from.as_deref())
        .await
    {
        Sent::Page(shown) => (422, pages.sign_up_form(form, &posted, &shown)),
        Sent::Full(read) => {
            (422, pages.sign_up_check(form, &read, &posted, posted.value(NONCE), false))
        }
        Sent::Expired(read) => {
            let nonce = nonce::issue(&service.keys, service.now());
            (422, pages.sign_up_check(form, &read, &posted, &nonce, true))
        }
        Sent::Kept { nonce_id } => {
            return answer::see_other("sign_up_send", &service.receipt_path(&form.id, &nonce_id));
        }
        Sent::Busy => {
            let made = pages.sign_up_not_sent(form, &posted);
            let page = answer::page(&service, "sign_up_send", 429, made);
            return answer::because(page, "too many from here");
        }
        Sent::Down(error) => {
            let made = pages.sign_up_not_sent(form, &posted);
            let page = answer::page(&service, "sign_up_send", 503, made);
            return answer::because(page, error.cause());
        }
    };
    answer::page(&service, "sign_up_send", status, made)
}

async fn receipt(
    State(service): Shared,
    Extension(id): Id,
    Path(token): Path<String>,
    Tongue(lang): Tongue,
) -> Response {
    match access::receipt(&service, &token).await {
        Ok(Some(sign_up)) if sign_up.form == id.0 => receipt_page(&service, &sign_up, 200),
        Ok(_) => unknown_link(&service, &lang, "sign_up_receipt"),
        Err(error) => answer::down(&service, &lang, "sign_up_receipt", error),
    }
}

/// 422 where neither yes nor no was said, 409 where there was nothing left to take back.
fn receipt_page(service: &Service, sign_up: &SignUp, status: u16) -> Response {
    let made = Pages::new(service, &sign_up.lang).sign_up_receipt(sign_up, status == 422);
    answer::page(service, "sign_up_receipt", status, made)
}

fn unknown_link(service: &Service, lang: &str, route: &'static str) -> Response {
    answer::message(service, lang, route, 404, "errors.unknown_link")
}

/// A choice without a default, so that no program that presses buttons takes anything back.
async fn withdraw(
    State(service): Shared,
    Extension(id): Id,
    Path(token): Path<String>,
    Tongue(lang): Tongue,
    Body(posted): Body,
) -> Response {
    const ROUTE: &str = "sign_up_withdraw";
    let sign_up = match access::receipt(&service, &token).await {
        Ok(Some(sign_up)) if sign_up.form == id.0 => sign_up,
        Ok(_) => return unknown_link(&service, &lang, ROUTE),
        Err(error) => return answer::down(&service, &lang, ROUTE, error),
    };
    let to_receipt =
        || answer::see_other(ROUTE, &service.receipt_path(&sign_up.form, &sign_up.nonce_id));
    match (posted.count(WITHDRAW), posted.value(WITHDRAW)) {
        (1, "ja") => match access::withdraw(&service, &token).await {
            Ok(Withdrawn::Done) => to_receipt(),
            Ok(Withdrawn::Refused(sign_up)) => receipt_page(&service, &sign_up, 409),
            Ok(Withdrawn::Unknown) => unknown_link(&service, &lang, ROUTE),
            Err(error) => answer::down(&service, &lang, ROUTE, error),
        },
        (1, "nee") => to_receipt(),
        _ => receipt_page(&service, &sign_up, 422),
    }
}

async fn code(State(service): Shared, Extension(id): Id, Tongue(lang): Tongue) -> Response {
    code_page(&service, &id, &lang, 200)
}

async fn enter_code(State(service): Shared, Extension(id): Id, Body(posted): Body) -> Response {
    let lang = pages(&service, &posted).lang().to_owned();
    match access::by_code(&service, posted.value("code")).await {
        Ok(Some(sign_up)) if sign_up.form == id.0 => {
            let path = service.receipt_path(&sign_up.form, &sign_up.nonce_id);
            answer::see_other("sign_up_code", &path)
        }
        Ok(_) => code_page(&service, &id, &lang, 422),
        Err(error) => answer::down(&service, &lang, "sign_up_code", error),
    }
}

fn code_page(service: &Service, id: &FormId, lang: &str, status: u16) -> Response {
    let Some(form) = form(service, id) else { return no_form(service, lang, "sign_up_code") };
    let made = Pages::new(service, lang).sign_up_code(form, status != 200);
    answer::page(service, "sign_up_code", status, made)
}

async fn door(State(service): Shared, Extension(id): Id, Path(token): Path<String>) -> Response {
    closed(&service, &id, &token, 200).await
}

/// The door, without a word of what is behind it; 422 when it was pushed without a tick.
async fn closed(service: &Service, id: &FormId, token: &str, status: u16) -> Response {
    match access::door(service, token).await {
        Ok(Some(sign_up)) if sign_up.form == id.0 => {
            let action = door_path(&sign_up.form, token);
            let made = Pages::new(service, "").sign_up_door(&sign_up, &action, status == 422);
            answer::page(service, "sign_up_door", status, made)
        }
        Ok(_) => unknown_link(service, "", "sign_up_door"),
        Err(error) => answer::down(service, "", "sign_up_door", error),
    }
}

async fn reveal(
    State(service): Shared,
    Extension(id): Id,
    Path(token): Path<String>,
    Body(posted): Body,
) -> Response {
    if posted.value("doe") == "staat" {
        return advance(&service, &id, &token, &posted).await;
    }
    if posted.value("lezen") != "ja" {
        return closed(&service, &id, &token, 422).await;
    }
    match access::reveal(&service, &id.0, &token).await {
        Ok(Some(sign_up)) => owner_page(&service, 200, &sign_up, &token, None),
        Ok(None) => unknown_link(&service, "", "sign_up_reveal"),
        Err(error) => answer::down(&service, "", "sign_up_reveal", error),
    }
}

fn owner_page(
    service: &Service,
    status: u16,
    sign_up: &SignUp,
    token: &str,
    said: Option<&'static str>,
) -> Response {
    let action = door_path(&sign_up.form, token);
    let made = Pages::new(service, "").sign_up_staff(sign_up, &action, said);
    answer::page(service, "sign_up_reveal", status, made)
}

/// The owner of a role says how far it is with a volunteer.
async fn advance(service: &Service, id: &FormId, token: &str, posted: &Posted) -> Response {
    const ROUTE: &str = "sign_up_advance";
    let sign_up = match access::door(service, token).await {
        Ok(Some(sign_up)) if sign_up.form == id.0 => sign_up,
        Ok(_) => return unknown_link(service, "", ROUTE),
        Err(error) => return answer::down(service, "", ROUTE, error),
    };
    let Some(next) = Standing::parse(posted.value("staat")) else {
        return owner_page(service, 422, &sign_up, token, Some("inbox.missing.staat"));
    };
    let version = posted.value("versie").parse().unwrap_or_default();
    match desk::advance(service, &sign_up, version, next, &sign_up.owner).await {
        Ok(Outcome::Done) => match access::door(service, token).await {
            Ok(Some(now)) => owner_page(service, 200, &now, token, None),
            Ok(None) => unknown_link(service, "", ROUTE),
            Err(error) => answer::down(service, "", ROUTE, error),
        },
        Ok(Outcome::Refused(now)) => owner_page(service, 409, &now, token, Some("inbox.changed")),
        Ok(Outcome::Unknown) => unknown_link(service, "", ROUTE),
        Err(error) => answer::down(service, "", ROUTE, error),
    }
}
