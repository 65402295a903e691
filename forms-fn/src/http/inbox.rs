//! Doors of the inbox: its lists, and what is about no single question.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use axum::routing::{get, post};

use super::answer;
use super::desk::{Staff, StaffForm};
use crate::figures::Quarter;
use crate::ids::Id;
use crate::inbox::export;
use crate::page::{FILTERS, Pages, Shown};
use crate::session::Colleague;
use crate::store::Result;
use crate::store::list::{Cursor, Filter, List};
use crate::{Service, dates, digest};

type Shared = State<Arc<Service>>;
type Asked = Query<BTreeMap<String, String>>;

/// Lines of one page of a list.
const MOST: usize = 25;
/// Quarters that can be chosen.
const QUARTERS: usize = 8;

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/apart", get(suspects))
        .route("/gesloten", get(closed))
        .route("/aanmeldingen", get(sign_ups))
        .route("/zoek", get(find))
        .route("/uitvoer", post(export_list))
        .route("/post", get(lost).post(put_aside))
        .route("/logboek", get(deeds))
        .route("/cijfers", get(figures))
}

pub(super) async fn open(
    State(service): Shared,
    Staff(colleague): Staff,
    Query(asked): Asked,
) -> Response {
    list(&service, &colleague, List::Open, "/inbox", &asked, None).await
}

async fn suspects(State(service): Shared, Staff(own): Staff, Query(asked): Asked) -> Response {
    list(&service, &own, List::Suspect, "/inbox/apart", &asked, None).await
}

async fn closed(State(service): Shared, Staff(own): Staff, Query(asked): Asked) -> Response {
    list(&service, &own, List::Closed, "/inbox/gesloten", &asked, None).await
}

async fn sign_ups(State(service): Shared, Staff(own): Staff, Query(asked): Asked) -> Response {
    list(&service, &own, List::SignUps, "/inbox/aanmeldingen", &asked, None).await
}

/// The filter that an address or a form names. What is no word of ours fits nothing.
fn filter<'a>(service: &Service, list: List, value: impl Fn(&str) -> Option<&'a str>) -> Filter {
    let mut filter = Filter::default();
    for (name, own) in FILTERS {
        let chosen = value(name).filter(|value| !value.is_empty() && value.len() <= 64);
        *own(&mut filter) = chosen.map(str::to_owned);
    }
    if list == List::SignUps {
        filter.reader = Some(service.bundle.manifest.site.first_contact.clone());
    }
    filter
}

async fn list(
    service: &Service,
    colleague: &Colleague,
    list: List,
    path: &str,
    asked: &BTreeMap<String, String>,
    not_found: Option<&str>,
) -> Response {
    let own = filter(service, list, |name| asked.get(name).map(String::as_str));
    let from = asked.get("na").and_then(|text| Cursor::parse(text));
    let store = &service.store;
    let read = async {
        let listed = store.list(list, &own, from.as_ref(), MOST).await?;
        let suspects = list == List::Open && store.count_list(List::Suspect, None, 1).await? > 0;
        let lost = list == List::Open && !store.lost_mails(1).await?.is_empty();
        Result::Ok((listed, suspects, lost))
    };
    match read.await {
        Ok((listed, suspects, lost)) => {
            let shown = Shown {
                list,
                path,
                filter: &own,
                listed: &listed,
                later: from.is_some(),
                today: dates::day(service.now()),
                suspects,
                lost,
                not_found,
            };
            let made = Pages::new(service, "").inbox(colleague, &shown);
            answer::page(service, "inbox", if not_found.is_some() { 404 } else { 200 }, made)
        }
        Err(error) => answer::down(service, "", "inbox", error),
    }
}

/// By the number that somebody reads out, in any spelling.
async fn find(State(service): Shared, Staff(colleague): Staff, Query(asked): Asked) -> Response {
    let typed = asked.get("nummer").map(String::as_str).unwrap_or_default();
    let prefix = &service.bundle.manifest.site.reference_prefix;
    let symbols: String =
        typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let symbols = symbols.strip_prefix(prefix.as_str()).unwrap_or(&symbols);
    let found = match symbols.len() {
        6 => {
            let reference = format!("{prefix}-{}-{}", &symbols[..3], &symbols[3..]);
            service.store.by_reference(&reference).await
        }
        _ => Ok(None),
    };
    let dossier = match found {
        Ok(Some(id)) => service.store.dossier(&id).await,
        Ok(None) => Ok(None),
        Err(error) => Err(error),
    };
    match dossier {
        Ok(Some(dossier)) => answer::see_other("find", &crate::page::page_of(&dossier)),
        Ok(None) => {
            list(&service, &colleague, List::Open, "/inbox", &BTreeMap::new(), Some(typed)).await
        }
        Err(error) => answer::down(&service, "", "find", error),
    }
}

/// A list as a file for a spreadsheet. It leaves this place, so it is written down who took it.
async fn export_list(
    State(service): Shared,
    StaffForm { colleague, posted }: StaffForm,
) -> Response {
    let list = match posted.value("lijst") {
        "aanmeldingen" => List::SignUps,
        "vragen" => List::Open,
        _ => return answer::message(&service, "", "export", 422, "errors.unreadable"),
    };
    let own = filter(&service, list, |name| Some(posted.value(name)));
    let made = match list {
        List::SignUps => export::sign_ups(&service, &own, &colleague.address).await,
        _ => export::questions(&service, &own, &colleague.address).await,
    };
    match made {
        Ok(csv) => {
            let name = posted.value("lijst");
            let day = dates::day(service.now());
            let mut response = answer::file("export", csv, "text/csv; charset=utf-8");
            let disposition = format!("attachment; filename=\"{name}-{day}.csv\"");
            if let Ok(value) = HeaderValue::from_str(&disposition) {
                response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
            }
            response
        }
        Err(error) => answer::down(&service, "", "export", error),
    }
}

async fn lost(State(service): Shared, Staff(colleague): Staff) -> Response {
    match digest::lost(&service, MOST).await {
        Ok(lost) => {
            let made = Pages::new(&service, "").lost_mails(&colleague, &lost);
            answer::page(&service, "lost_mails", 200, made)
        }
        Err(error) => answer::down(&service, "", "lost_mails", error),
    }
}

async fn put_aside(State(service): Shared, StaffForm { colleague, posted }: StaffForm) -> Response {
    let Some(id) = Id::parse(posted.value("mail")) else {
        return answer::message(&service, "", "put_aside", 422, "errors.unreadable");
    };
    let now = service.now();
    let done = async {
        if service.store.put_aside(&id, now).await? {
            service.store.note_deed(&colleague.address, "mail put aside", now).await?;
        }
        Result::Ok(())
    };
    match done.await {
        Ok(()) => answer::see_other("put_aside", "/inbox/post"),
        Err(error) => answer::down(&service, "", "put_aside", error),
    }
}

async fn deeds(State(service): Shared, Staff(colleague): Staff, Query(asked): Asked) -> Response {
    let whose = asked.get("wie").unwrap_or(&colleague.address).to_lowercase();
    match service.store.deeds(&whose).await {
        Ok(deeds) => {
            let made = Pages::new(&service, "").deeds(&colleague, &whose, &deeds);
            answer::page(&service, "deeds", 200, made)
        }
        Err(error) => answer::down(&service, "", "deeds", error),
    }
}

/// Only of a quarter that is over: two tables of one quarter, a day apart, would tell what happened on
/// that day.
async fn figures(State(service): Shared, Staff(colleague): Staff, Query(asked): Asked) -> Response {
    let today = dates::day(service.now());
    let last = Quarter::of(today).previous();
    let choices: Vec<Quarter> =
        std::iter::successors(Some(last), |quarter| Some(quarter.previous()))
            .take(QUARTERS)
            .collect();
    let wanted = asked.get("kwartaal").and_then(|text| Quarter::parse(text));
    let quarter = wanted.filter(|quarter| quarter.is_over(today)).unwrap_or(last);
    match digest::report(&service, quarter).await {
        Ok(report) => {
            let made = Pages::new(&service, "").figures(&colleague, &report, &choices);
            answer::page(&service, "figures", 200, made)
        }
        Err(error) => answer::down(&service, "", "figures", error),
    }
}
