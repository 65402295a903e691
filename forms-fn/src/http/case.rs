//! Doors of one question, for colleagues. Looking shows a number and a button: opening a question is
//! written down, and so is seeing how to reach its resident. What a session has opened it may see again;
//! the mark in the address says so.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use forms_core::{MistakeKind, Posted, free_text};

use super::answer;
use super::desk::{CONTACT, SIGHT, Staff, StaffForm, place, sight};
use crate::Service;
use crate::ids::Id;
use crate::inbox::{self, CONTACT_SHOWN, Deed, Handing, MOST_CHARS, Outcome, VIEWED};
use crate::page::{
    ANSWER, ASK, Desk, NOTE, ORGANISATION, ORIGINAL, Pages, REASON, SHARE, SUMMARY, Said, Sight,
    written,
};
use crate::session::Colleague;
use crate::state::{Action, State as Standing};
use crate::store::StoreError;
use crate::submission::Case;

type Shared = State<Arc<Service>>;

/// Which button was pressed.
const DEED: &str = "doe";
const VERSION: &str = "versie";

pub(super) fn routes() -> Router<Arc<Service>> {
    Router::new().route("/vraag/{id}", get(show).post(act))
}

fn path(id: &Id, sight: &Sight, done: Option<&str>) -> String {
    place(&format!("/inbox/vraag/{id}"), sight, done)
}

async fn show(
    State(service): Shared,
    Staff(colleague): Staff,
    Path(id): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Response {
    let Some(id) = Id::parse(&id) else { return unknown(&service) };
    let given = |name: &str| asked.get(name).map(String::as_str);
    let sight = sight(&service, &colleague, &id, given);
    match service.store.case(&id).await {
        Ok(Some(case)) if case.state == Standing::Erased => erased(&service),
        Ok(Some(case)) => {
            let done = given("klaar").and_then(Action::parse_path);
            let said = done.map_or(Said::None, Said::Done);
            let (typed, reply) = (&Posted::from([]), given("tekst"));
            let page =
                Page { service: &service, colleague: &colleague, sight: &sight, typed, reply };
            page.show(200, &case, said)
        }
        Ok(None) => unknown(&service),
        Err(error) => answer::down(&service, "", "case", error),
    }
}

fn unknown(service: &Service) -> Response {
    answer::message(service, "", "case", 404, "errors.unknown_case")
}

fn erased(service: &Service) -> Response {
    answer::message(service, "", "case", 410, "errors.erased")
}

/// A page of this question for this colleague.
struct Page<'a> {
    service: &'a Service,
    colleague: &'a Colleague,
    sight: &'a Sight,
    typed: &'a Posted,
    reply: Option<&'a str>,
}

impl Page<'_> {
    fn show(&self, status: u16, case: &Case, said: Said<'_>) -> Response {
        let Self { service, colleague, sight, typed, reply } = *self;
        let pages = Pages::new(service, "");
        if sight.opened.is_none() {
            return answer::page(
                service,
                "case",
                status,
                pages.case_closed(colleague, case, typed),
            );
        }
        let made = pages.case(colleague, case, &Desk { sight, said, typed, reply });
        answer::page(service, "case", status, made)
    }
}

async fn act(
    State(service): Shared,
    Path(id): Path<String>,
    StaffForm { colleague, posted }: StaffForm,
) -> Response {
    let Some(id) = Id::parse(&id) else { return unknown(&service) };
    let mut sight = sight(&service, &colleague, &id, |name| Some(posted.value(name)));
    let word = posted.value(DEED);
    let looks = [("openen", SIGHT, VIEWED), ("contact", CONTACT, CONTACT_SHOWN)];
    if let Some((_, name, what)) = looks.into_iter().find(|(button, ..)| *button == word) {
        return match inbox::view(&service, &id, what, &colleague.address).await {
            Ok(Some(_)) => {
                let mark = Some(colleague.mark(&service.keys, name, id.as_str()));
                match name {
                    SIGHT => sight.opened = mark,
                    _ => sight.contact = mark,
                }
                answer::see_other("look", &path(&id, &sight, None))
            }
            Ok(None) => unknown(&service),
            Err(error) => answer::down(&service, "", "look", error),
        };
    }
    let case = match service.store.case(&id).await {
        Ok(Some(case)) if case.state == Standing::Erased => return erased(&service),
        Ok(Some(case)) => case,
        Ok(None) => return unknown(&service),
        Err(error) => return not_done(&service, &posted, error),
    };
    let page = Page {
        service: &service,
        colleague: &colleague,
        sight: &sight,
        typed: &posted,
        reply: None,
    };
    let deed = match read(&service, &case, word, &posted) {
        Err(said) => return page.show(422, &case, said),
        Ok(Read::Deed(deed)) => deed,
        Ok(Read::Back) => return page.show(200, &case, Said::None),
        Ok(Read::Preview(_)) if sight.opened.is_none() => {
            return page.show(409, &case, Said::Changed);
        }
        Ok(Read::Preview(handing)) => {
            let pages = Pages::new(&service, "");
            let made = pages.forward_preview(&colleague, &case, &handing, &sight);
            return answer::page(&service, "preview", 200, made);
        }
    };
    let version = posted.value(VERSION).parse().unwrap_or_default();
    match inbox::act(&service, &id, version, &colleague.address, &deed).await {
        Ok(Outcome::Done) => {
            let done = deed.action().path_word();
            answer::see_other("act", &path(&id, &sight, Some(&done)))
        }
        Ok(Outcome::Refused(case)) => page.show(409, &case, Said::Changed),
        Ok(Outcome::Unknown) => unknown(&service),
        Err(error) => not_done(&service, &posted, error),
    }
}

/// What was pressed.
enum Read {
    Deed(Deed),
    Preview(Handing),
    /// From the preview back to the page, words in hand.
    Back,
}

fn read(
    service: &Service,
    case: &Case,
    word: &str,
    posted: &Posted,
) -> Result<Read, Said<'static>> {
    let words = |field: &'static str, missing: &'static str| {
        free_text(posted.value(field), MOST_CHARS).map_err(|kind| match kind {
            MistakeKind::TooLong { .. } => Said::Wrong { field, key: "inbox.missing.too_long" },
            _ => Said::Wrong { field, key: missing },
        })
    };
    Ok(Read::Deed(match word {
        "oppakken" => Deed::Take,
        "loslaten" => Deed::Leave,
        "antwoorden" => match words(ANSWER, "inbox.missing.antwoord")? {
            answer if inbox::left_open(service, case, &answer).is_some() => {
                return Err(Said::Wrong { field: ANSWER, key: "inbox.missing.haken" });
            }
            answer => Deed::Answer(answer),
        },
        "terugvragen" => Deed::AskBack(words(ASK, "inbox.missing.terugvraag")?),
        "noteren" => Deed::Note(words(NOTE, "inbox.missing.notitie")?),
        "voorbeeld" => return handing(service, case, posted).map(Read::Preview),
        "doorsturen" => Deed::Forward(handing(service, case, posted)?),
        "terug" => return Ok(Read::Back),
        "terughalen" => Deed::Recall,
        "sluiten" => Deed::Close(words(REASON, "inbox.missing.reden")?),
        "heropenen" => Deed::Reopen,
        "oordelen" => match posted.value("oordeel") {
            "vraag" => Deed::Release,
            "reclame" => Deed::Discard,
            _ => return Err(Said::Wrong { field: "oordeel", key: "inbox.missing.oordeel" }),
        },
        "reclame" if posted.value("zeker") == "ja" => Deed::Discard,
        "reclame" => return Err(Said::Wrong { field: "zeker", key: "inbox.missing.zeker" }),
        _ => return Err(Said::Wrong { field: "stand", key: "inbox.missing.doe" }),
    }))
}

/// To whom, with which words, and what goes along.
fn handing(service: &Service, case: &Case, posted: &Posted) -> Result<Handing, Said<'static>> {
    let organisation = posted.value(ORGANISATION);
    let known = inbox::partners(service).into_iter().any(|own| own.id == organisation);
    if !known {
        return Err(Said::Wrong { field: ORGANISATION, key: "inbox.missing.organisatie" });
    }
    let summary = free_text(posted.value(SUMMARY), MOST_CHARS).map_err(|kind| match kind {
        MistakeKind::TooLong { .. } => {
            Said::Wrong { field: SUMMARY, key: "inbox.missing.too_long" }
        }
        _ => Said::Wrong { field: SUMMARY, key: "inbox.missing.samenvatting" },
    })?;
    Ok(Handing {
        organisation: organisation.to_owned(),
        summary,
        original: posted.value(ORIGINAL) == "ja",
        contact: posted.value(SHARE) == "ja" && case.consent && !case.contact.is_empty(),
    })
}

/// The store did not answer: every word that was typed stands on the page.
fn not_done(service: &Service, posted: &Posted, error: StoreError) -> Response {
    let made = Pages::new(service, "").not_done(&written(posted).join(
        "

",
    ));
    answer::because(answer::page(service, "act", 503, made), error.cause())
}
