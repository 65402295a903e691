//! What a resident does with a question that was sent: write more, take it back, say whether the
//! answer helped.

use crate::outbox::MailKind;
use crate::state::{Action, State};
use crate::store::{Result, Step, Stepped, StoreError};
use crate::submission::Case;
use crate::{Service, casework, dates, retention, workdays};

/// What the resident wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish<'a> {
    /// Checked words; see [`forms_core::free_text`].
    Add(&'a str),
    Withdraw,
    Helped,
    NotHelped,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done now, or by an earlier press of the same button.
    Done(Case),
    /// Not possible in the state that the question is in, which may be another one than the page
    /// showed.
    Refused(Case),
    /// It has been written to so often that a telephone call is better.
    Full(Case),
    /// The link opens nothing.
    Unknown,
}

/// Additions to one question: more are no help to who answers it.
pub const MOST_ADDITIONS: usize = 20;

/// Turns against other writers before the resident is told that it did not work.
const TURNS: usize = 6;

/// `version` is that of the case on the page where the button stands.
pub async fn act(service: &Service, token: &str, version: i64, wish: Wish<'_>) -> Result<Outcome> {
    for turn in 1..=TURNS {
        let Some(case) = casework::receipt(service, token).await? else {
            return Ok(Outcome::Unknown);
        };
        if case.version != version && is_done(&case, wish) {
            return Ok(Outcome::Done(case));
        }
        let Some(state) = case.state.after(wish.action()) else {
            return Ok(Outcome::Refused(case));
        };
        if matches!(wish, Wish::Add(_)) && case.additions.len() >= MOST_ADDITIONS {
            return Ok(Outcome::Full(case));
        }
        let step = step(service, &case, state, wish);
        match service.store.step(&case, &step, service.now()).await? {
            Stepped::Done => {
                if !step.mails.is_empty() {
                    service.wake();
                }
                let done = casework::receipt(service, token).await?;
                return Ok(done.map_or(Outcome::Unknown, Outcome::Done));
            }
            Stepped::Overtaken => service.store.pause(u32::try_from(turn).unwrap_or(1)).await,
        }
    }
    Err(StoreError::Busy)
}

impl Wish<'_> {
    fn action(self) -> Action {
        match self {
            Wish::Add(_) => Action::Add,
            Wish::Withdraw => Action::Withdraw,
            Wish::Helped => Action::Helped,
            Wish::NotHelped => Action::NotHelped,
        }
    }
}

/// A second press of the button finds what the first one did.
fn is_done(case: &Case, wish: Wish<'_>) -> bool {
    match wish {
        Wish::Add(words) => case.additions.last().is_some_and(|last| last.text == words),
        Wish::Withdraw | Wish::Helped => case.state == State::Closed,
        Wish::NotHelped => case.state == State::Reopened,
    }
}

fn step<'a>(service: &'a Service, case: &'a Case, state: State, wish: Wish<'a>) -> Step<'a> {
    let now = service.now();
    let site = &service.bundle.manifest.site;
    // Whoever comes back starts with the first contact, and with a new promise.
    let anew = state != case.state && state.is_open();
    let mail = match wish {
        // Nobody has been told of it yet.
        _ if case.state == State::Suspect => None,
        Wish::Add(_) => Some(MailKind::Addition),
        Wish::Withdraw => Some(MailKind::Withdrawn),
        Wish::NotHelped => Some(MailKind::Reopened),
        Wish::Helped => None,
    };
    Step {
        state,
        owner: if anew { &site.first_contact } else { &case.owner },
        due: if anew { workdays::add(dates::day(now), site.answer_working_days) } else { case.due },
        erase_on: (state == State::Closed).then(|| retention::erase_on(dates::day(now))),
        text: match wish {
            Wish::Add(words) => Some(words),
            _ => None,
        },
        event: match wish {
            Wish::Add(_) => "added",
            Wish::Withdraw => "withdrawn",
            Wish::Helped => "helped",
            Wish::NotHelped => "not helped",
        },
        mails: mail.map(|kind| case.mail(kind, now)).into_iter().collect(),
    }
}
