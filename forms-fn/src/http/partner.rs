//! Doors for a partner. Mail scanners open links and press buttons: looking shows a closed door, a tick
//! opens it, and everything that changes something needs words or a choice.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use forms_core::{MistakeKind, Posted, free_text};
use jiff::civil::Date;

use super::answer;
use super::body::Form;
use crate::inbox::MOST_CHARS;
use crate::page::{Pages, Told};
use crate::partner::{self, Opened, Outcome, Reaction, Revealed};
use crate::state::State as Standing;
use crate::store::StoreError;
use crate::{Service, ids};

type Shared = State<Arc<Service>>;

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new().route("/partner/{token}", get(door).post(act))
}

/// The mark of a page that was opened.
const READ: &str = "gelezen";

async fn door(State(service): Shared, Path(token): Path<String>) -> Response {
    closed(&service, &token, 200, "").await
}

/// The door without a word of the question, with what was typed before it fell shut; 422 when it was
/// pushed without a tick.
async fn closed(service: &Service, token: &str, status: u16, typed: &str) -> Response {
    match partner::open(service, token).await {
        Ok(Some(opened)) if opened.case.state == Standing::Erased => erased(service),
        Ok(Some(opened)) => {
            let status = if opened.expired { 410 } else { status };
            let made = Pages::new(service, "").partner_door(&opened, token, status == 422, typed);
            answer::page(service, "partner_door", status, made)
        }
        Ok(None) => unknown(service),
        Err(error) => answer::down(service, "", "partner_door", error),
    }
}

fn unknown(service: &Service) -> Response {
    answer::message(service, "", "partner", 404, "errors.unknown_link")
}

fn erased(service: &Service) -> Response {
    answer::message(service, "", "partner", 410, "errors.erased")
}

/// The first text that was typed.
fn typed(posted: &Posted) -> &str {
    let all = ["antwoord", "reden", "vraag"].map(|name| posted.value(name));
    all.into_iter().find(|typed| !typed.is_empty()).unwrap_or_default()
}

async fn act(State(service): Shared, Path(token): Path<String>, Form(posted): Form) -> Response {
    let read = ids::same(posted.value(READ), &partner::mark(&service.keys, &token));
    match posted.value("doe") {
        "lezen" if posted.value("lezen") == "ja" => match partner::read(&service, &token).await {
            Ok(Some(opened)) if opened.case.state == Standing::Erased => erased(&service),
            Ok(Some(opened)) if opened.expired => closed(&service, &token, 410, "").await,
            Ok(Some(opened)) => page(&service, 200, &opened, &token, Told::None, &posted),
            Ok(None) => unknown(&service),
            Err(error) => answer::down(&service, "", "partner_read", error),
        },
        "nieuwe-link" if posted.value("zeker") == "ja" => {
            match partner::renew(&service, &token).await {
                Ok(done) => {
                    let made = Pages::new(&service, "").partner_renewed(done);
                    answer::page(&service, "partner_renew", if done { 200 } else { 410 }, made)
                }
                Err(error) => answer::down(&service, "", "partner_renew", error),
            }
        }
        "code" if read && posted.value("zeker") == "ja" => {
            ask_code(&service, &token, &posted).await
        }
        "toon" if read => reveal(&service, &token, &posted).await,
        "reageer" if read => react(&service, &token, &posted).await,
        _ => closed(&service, &token, 422, typed(&posted)).await,
    }
}

fn page(
    service: &Service,
    status: u16,
    opened: &Opened,
    token: &str,
    told: Told<'_>,
    typed: &Posted,
) -> Response {
    let made = Pages::new(service, "").partner(opened, token, told, typed);
    answer::page(service, "partner", status, made)
}

async fn ask_code(service: &Service, token: &str, posted: &Posted) -> Response {
    match partner::ask_code(service, token).await {
        Ok(Some(asked)) => match partner::open(service, token).await {
            Ok(Some(opened)) => {
                let told = Told::CodeSent { asked: &asked, wrong: false };
                page(service, 200, &opened, token, told, posted)
            }
            Ok(None) => unknown(service),
            Err(error) => answer::down(service, "", "partner_code", error),
        },
        Ok(None) => closed(service, token, 409, "").await,
        Err(error) => answer::down(service, "", "partner_code", error),
    }
}

async fn reveal(service: &Service, token: &str, posted: &Posted) -> Response {
    let asked = posted.value("aanvraag");
    match partner::reveal(service, token, asked, posted.value("code")).await {
        Ok(Revealed::Contact(opened)) => {
            let made = Pages::new(service, "").partner_contact(&opened, token);
            answer::page(service, "partner_contact", 200, made)
        }
        Ok(Revealed::Wrong(opened)) => {
            let told = Told::CodeSent { asked, wrong: true };
            page(service, 422, &opened, token, told, posted)
        }
        Ok(Revealed::Unknown) => closed(service, token, 409, "").await,
        Err(error) => answer::down(service, "", "partner_contact", error),
    }
}

async fn react(service: &Service, token: &str, posted: &Posted) -> Response {
    let opened = match partner::open(service, token).await {
        Ok(Some(opened)) if opened.case.state == Standing::Erased => return erased(service),
        Ok(Some(opened)) if opened.expired => {
            return closed(service, token, 410, typed(posted)).await;
        }
        Ok(Some(opened)) => opened,
        Ok(None) => return unknown(service),
        Err(error) => return not_done(service, posted, error),
    };
    let reaction = match reaction(service, posted) {
        Ok(reaction) => reaction,
        Err(told) => return page(service, 422, &opened, token, told, posted),
    };
    match partner::react(service, token, &reaction).await {
        Ok(Outcome::Done) => {
            let made = Pages::new(service, "").message("partner.done");
            answer::page(service, "partner_react", 200, made)
        }
        Ok(Outcome::Refused(opened)) => page(service, 409, &opened, token, Told::Changed, posted),
        Ok(Outcome::Unknown) => unknown(service),
        Err(error) => not_done(service, posted, error),
    }
}

fn reaction(service: &Service, posted: &Posted) -> Result<Reaction, Told<'static>> {
    let words = |field: &'static str, missing: &'static str| {
        free_text(posted.value(field), MOST_CHARS).map_err(|kind| match kind {
            MistakeKind::TooLong { .. } => Told::Wrong { field, key: "inbox.missing.too_long" },
            _ => Told::Wrong { field, key: missing },
        })
    };
    Ok(match posted.value("wat") {
        "antwoord" => Reaction::Answer(words("antwoord", "partner.missing.antwoord")?),
        "niet-voor-ons" => Reaction::Decline(words("reden", "partner.missing.reden")?),
        "vraag" => Reaction::Inquire(words("vraag", "partner.missing.vraag")?),
        "zelf" => match posted.value("dag").parse::<Date>() {
            Ok(day) if partner::may_promise(service, day) => Reaction::Promise(day),
            _ => return Err(Told::Wrong { field: "dag", key: "partner.missing.dag" }),
        },
        _ => return Err(Told::Wrong { field: "wat", key: "partner.missing.wat" }),
    })
}

fn not_done(service: &Service, posted: &Posted, error: StoreError) -> Response {
    let made = Pages::new(service, "").not_done(typed(posted));
    answer::because(answer::page(service, "partner_react", 503, made), error.cause())
}
