//! What a resident does with a question that was sent: write more, take it back, say whether the
//! answer helped.

use crate::casework::{self, More};
use crate::outbox::MailKind;
use crate::state::{Action, State};
use crate::store::{Result, Step, Stepped, StoreError};
use crate::submission::{Case, RESIDENT};
use crate::{Service, message};

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
        let Some(step) = step(service, &case, wish) else { return Ok(Outcome::Refused(case)) };
        if matches!(wish, Wish::Add(_)) && case.additions().count() >= MOST_ADDITIONS {
            return Ok(Outcome::Full(case));
        }
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
        Wish::Add(words) => case.additions().last().is_some_and(|last| last.text == words),
        Wish::Withdraw | Wish::Helped => case.state == State::Closed,
        Wish::NotHelped => case.state == State::Reopened,
    }
}

fn step<'a>(service: &Service, case: &Case, wish: Wish<'a>) -> Option<Step<'a>> {
    let mut step = casework::step(service, case, wish.action(), RESIDENT, More::default())?;
    let mail = match wish {
        // Nobody has been told of it yet.
        _ if case.state == State::Suspect => None,
        Wish::Add(_) => Some(MailKind::Addition),
        Wish::Withdraw => Some(MailKind::Withdrawn),
        Wish::NotHelped => Some(MailKind::Reopened),
        Wish::Helped => None,
    };
    step.mails.extend(mail.map(|kind| case.mail(kind, service.now())));
    if let Wish::Add(words) = wish {
        step.message = Some((message::Kind::Addition, words));
    }
    Some(step)
}
