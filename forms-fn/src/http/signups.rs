//! Doors of one offer to help, for colleagues of the first contact.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;

use super::answer;
use super::desk::{CONTACT, SIGHT, Staff, StaffForm, place, sight};
use crate::Service;
use crate::ids::Id;
use crate::inbox::{CONTACT_SHOWN, VIEWED};
use crate::page::{Pages, Sight};
use crate::session::Colleague;
use crate::signup::SignUp;
use crate::signup::desk::{self, Outcome};
use crate::signup::state::State as Standing;
use crate::store::Result;

type Shared = State<Arc<Service>>;

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new().route("/aanmelding/{id}", get(show).post(act))
}

fn unknown(service: &Service) -> Response {
    answer::message(service, "", "sign_up_case", 404, "errors.unknown_case")
}

/// The offer if the first contact may read it; another organisation's is as good as none.
async fn read(service: &Service, id: &str) -> Result<Option<SignUp>> {
    let Some(id) = Id::parse(id) else { return Ok(None) };
    let first_contact = &service.bundle.manifest.site.first_contact;
    let found = service.store.sign_up(&id).await?;
    Ok(found.filter(|sign_up| sign_up.readers(&service.bundle).contains(first_contact)))
}

async fn show(
    State(service): Shared,
    Staff(colleague): Staff,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    match read(&service, &id).await {
        Ok(Some(sign_up)) => {
            let given = |name: &str| asked.get(name).map(String::as_str);
            let sight = sight(&service, &colleague, &sign_up.id, given);
            page(&service, 200, &colleague, &sign_up, &sight)
        }
        Ok(None) => unknown(&service),
        Err(error) => answer::down(&service, "", "sign_up_case", error),
    }
}

fn page(
    service: &Service,
    status: u16,
    colleague: &Colleague,
    sign_up: &SignUp,
    sight: &Sight,
) -> Response {
    let pages = Pages::new(service, "");
    let made = pages.sign_up_case(colleague, sign_up, sight, status == 409, status == 422);
    answer::page(service, "sign_up_case", status, made)
}

async fn act(
    State(service): Shared,
    Path(id): Path<String>,
    StaffForm { colleague, posted }: StaffForm,
) -> Response {
    const ROUTE: &str = "sign_up_act";
    let sign_up = match read(&service, &id).await {
        Ok(Some(sign_up)) => sign_up,
        Ok(None) => return unknown(&service),
        Err(error) => return answer::down(&service, "", ROUTE, error),
    };
    let mut own = sight(&service, &colleague, &sign_up.id, |name| Some(posted.value(name)));
    let path = |sight: &Sight| place(&format!("/inbox/aanmelding/{}", sign_up.id), sight, None);
    let by = &colleague.address;
    match posted.value("doe") {
        look @ ("openen" | "contact") => {
            let (name, what) = match look {
                "openen" => (SIGHT, VIEWED),
                _ => (CONTACT, CONTACT_SHOWN),
            };
            let mark = Some(colleague.mark(&service.keys, name, sign_up.id.as_str()));
            match look {
                "openen" => own.opened = mark,
                _ => own.contact = mark,
            }
            match desk::view(&service, &sign_up, what, by).await {
                Ok(()) => answer::see_other(ROUTE, &path(&own)),
                Err(error) => answer::down(&service, "", ROUTE, error),
            }
        }
        "staat" => {
            let Some(next) = Standing::parse(posted.value("staat")) else {
                return page(&service, 422, &colleague, &sign_up, &own);
            };
            let version = posted.value("versie").parse().unwrap_or_default();
            match desk::advance(&service, &sign_up, version, next, by).await {
                Ok(Outcome::Done) => answer::see_other(ROUTE, &path(&own)),
                Ok(Outcome::Refused(now)) => page(&service, 409, &colleague, &now, &own),
                Ok(Outcome::Unknown) => unknown(&service),
                Err(error) => answer::down(&service, "", ROUTE, error),
            }
        }
        _ => page(&service, 422, &colleague, &sign_up, &own),
    }
}
