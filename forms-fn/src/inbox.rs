//! What a colleague of the first contact does with a question.

pub mod export;

use crate::casework::{self, More, to_resident};
use crate::forward::{Change, Forward, Standing};
use crate::ids::Id;
use crate::message::Kind;
use crate::outbox::MailKind;
use crate::state::Action;
use crate::store::{Dossier, Result, Step, Stepped, StoreError};
use crate::submission::Case;
use crate::{Service, message};

/// Longest text that a colleague writes, in Unicode scalar values: as long as a question.
pub const MOST_CHARS: usize = 4000;

/// Turns against a view or a mail that is written down in the same moment.
const TURNS: u32 = 6;

/// What a colleague does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    Take,
    Leave,
    Answer(String),
    AskBack(String),
    Note(String),
    Forward(Handing),
    Recall,
    /// With what the resident is told of the reason.
    Close(String),
    Reopen,
    /// It is a question after all.
    Release,
    /// It is none.
    Discard,
}

/// A question as it is handed to a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handing {
    pub organisation: String,
    pub summary: String,
    /// Whether the partner reads the resident's own words too.
    pub original: bool,
    /// Whether the partner may see how to reach the resident.
    pub contact: bool,
}

impl Deed {
    pub fn action(&self) -> Action {
        match self {
            Deed::Take => Action::Take,
            Deed::Leave => Action::Leave,
            Deed::Answer(_) => Action::Answer,
            Deed::AskBack(_) => Action::AskBack,
            Deed::Note(_) => Action::Note,
            Deed::Forward(_) => Action::Forward,
            Deed::Recall => Action::Recall,
            Deed::Close(_) => Action::Close,
            Deed::Reopen => Action::Reopen,
            Deed::Release => Action::Release,
            Deed::Discard => Action::Discard,
        }
    }

    fn message(&self) -> Option<(Kind, &str)> {
        match self {
            Deed::Answer(words) => Some((Kind::Answer, words)),
            Deed::AskBack(words) => Some((Kind::AskBack, words)),
            Deed::Note(words) => Some((Kind::Note, words)),
            Deed::Close(words) => Some((Kind::Closing, words)),
            _ => None,
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done now, or by an earlier press of the same button.
    Done,
    /// The case is another one than the page showed, or does not allow it: as it is now.
    Refused(Box<Case>),
    Unknown,
}

/// `version` is that of the case on the page where the button stands: whoever did not see what
/// happened meanwhile is shown it first.
pub async fn act(
    service: &Service,
    id: &Id,
    version: i64,
    colleague: &str,
    deed: &Deed,
) -> Result<Outcome> {
    for turn in 1..=TURNS {
        let Some(case) = service.store.case(id).await? else { return Ok(Outcome::Unknown) };
        if case.version != version {
            return Ok(match is_done(&case, colleague, deed) {
                true => Outcome::Done,
                false => Outcome::Refused(Box::new(case)),
            });
        }
        let Some(step) = step(service, &case, colleague, deed) else {
            return Ok(Outcome::Refused(Box::new(case)));
        };
        match service.store.step(&case, &step, service.now()).await? {
            Stepped::Done => {
                if !step.mails.is_empty() {
                    service.wake();
                }
                return Ok(Outcome::Done);
            }
            Stepped::Overtaken => service.store.pause(turn).await,
        }
    }
    Err(StoreError::Busy)
}

/// A second press of the button finds what the first one did: the last thing that happened is this
/// deed of this colleague, with these words.
fn is_done(case: &Case, colleague: &str, deed: &Deed) -> bool {
    let last = case.trail.iter().rev().find(|event| !is_view(&event.what));
    let same = last.is_some_and(|last| last.by == colleague && last.what == deed.action().as_str());
    let words = deed.message().is_none_or(|(kind, words)| {
        case.thread.last().is_some_and(|last| last.kind == kind && last.text == words)
    });
    same && words
}

/// Events that change nothing about a case.
fn is_view(what: &str) -> bool {
    [VIEWED, CONTACT_SHOWN].contains(&what)
}

/// Words of the trail for what was looked at.
pub const VIEWED: &str = "viewed";
pub const CONTACT_SHOWN: &str = "contact shown";

fn step<'a>(
    service: &Service,
    case: &Case,
    colleague: &'a str,
    deed: &'a Deed,
) -> Option<Step<'a>> {
    let partner = match deed {
        Deed::Forward(handing) => Some(handing.organisation.as_str()),
        _ => None,
    };
    let more = More { partner, promised: None };
    let mut step = casework::step(service, case, deed.action(), colleague, more)?;
    step.message = deed.message();
    let now = service.now();
    match deed {
        Deed::Answer(_) => to_resident(service, case, MailKind::Answered, &mut step),
        Deed::AskBack(_) => to_resident(service, case, MailKind::AskedBack, &mut step),
        Deed::Close(_) => to_resident(service, case, MailKind::Closed, &mut step),
        Deed::Forward(handing) => {
            let number = case.forwards.last().map_or(0, |last| last.number) + 1;
            let question = case.mail(MailKind::PartnerQuestion, now).of(&handing.organisation);
            step.mails.push(question.with(number.to_string()));
            to_resident(service, case, MailKind::Forwarded, &mut step);
            step.forward = Some(Change::Begin(Forward {
                number,
                organisation: handing.organisation.clone(),
                summary: handing.summary.clone(),
                original: handing.original,
                // What the resident did not agree to is not shared, whatever was ticked.
                contact: handing.contact && case.consent && !case.contact.is_empty(),
                at: now,
                promised: None,
                standing: Standing::Open,
            }));
        }
        Deed::Release => {
            let released = Case { state: step.course.state, ..case.clone() };
            step.mails.extend(released.mails_from(now));
            step.fact = Some(case.fact());
        }
        _ => {}
    }
    Some(step)
}

/// The case, after it is written down that this colleague looked: no trail, no text.
pub async fn view(
    service: &Service,
    id: &Id,
    what: &'static str,
    colleague: &str,
) -> Result<Option<Case>> {
    let Some(case) = service.store.case(id).await? else { return Ok(None) };
    service.store.audit(&Dossier::Case(id.clone()), what, colleague, service.now()).await?;
    Ok(Some(case))
}

/// Organisations that a question can be forwarded to: those of the content that have a mailbox, other
/// than the first contact.
pub fn partners(service: &Service) -> Vec<&forms_core::manifest::Organisation> {
    let manifest = &service.bundle.manifest;
    let reads = |id: &str| service.config.mailboxes.contains_key(id);
    let others = manifest.organisations.iter();
    others.filter(|own| own.id != manifest.site.first_contact && reads(&own.id)).collect()
}

/// Who probably has the answer, by the routes of the content. A person decides.
pub fn suggested<'a>(service: &'a Service, case: &Case) -> Option<&'a str> {
    let topic = service.bundle.form(&case.form)?.topic(case.topic.as_deref()?)?;
    let route = topic.route_for(case.area.as_deref());
    partners(service).into_iter().map(|own| own.id.as_str()).find(|id| *id == route)
}

/// The words with which a partner answered last, as a start for the answer to the resident.
pub fn last_reply(case: &Case) -> Option<&message::Message> {
    case.thread.iter().rev().find(|message| message.kind == Kind::Reply)
}

/// A place between square brackets that a standard reply leaves open and that still stands in an answer.
pub fn left_open<'a>(service: &'a Service, case: &Case, answer: &str) -> Option<&'a str> {
    let manifest = &service.bundle.manifest;
    let languages = manifest.languages.iter();
    let replies = languages.flat_map(|own| manifest.replies(&case.form, &own.code));
    replies
        .flat_map(|(_, _, reply)| reply.text.split('[').skip(1))
        .filter_map(|rest| Some(rest.split_once(']')?.0))
        .find(|place| answer.contains(&format!("[{place}]")))
}
