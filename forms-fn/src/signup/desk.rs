//! What an organisation does with an offer to help.

use jiff::civil::Date;

use super::state::State;
use super::{Seen, SignUp};
use crate::outbox::{MailKind, Out};
use crate::store::{Dossier, Result, SignUpStep, Stepped, StoreError};
use crate::{Service, dates, workdays};

/// How often the owner of an offer that waits is told again, in working days.
const AGAIN: u8 = 5;

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// Somebody else was first, or the state does not allow it: as it is now.
    Refused(Box<SignUp>),
    Unknown,
}

/// The offer to the next state. `version` is that of the page where the button stands; `by` is who
/// pressed it. Of a certificate of conduct is kept when it was seen, by whom and for which role.
pub async fn advance(
    service: &Service,
    sign_up: &SignUp,
    version: i64,
    next: State,
    by: &str,
) -> Result<Outcome> {
    if sign_up.version != version && sign_up.state == next {
        return Ok(Outcome::Done);
    }
    if sign_up.version != version || !sign_up.state.may_become(next) || next == State::Erased {
        return Ok(Outcome::Refused(Box::new(sign_up.clone())));
    }
    let now = service.now();
    let today = dates::day(now);
    let role = sign_up.roles.first().cloned().unwrap_or_default();
    let seen =
        (next == State::CertificateSeen).then(|| Seen { on: today, by: by.to_owned(), role });
    let step = SignUpStep {
        state: next,
        due: next.days().map(|days| workdays::add(today, days)),
        seen: seen.as_ref(),
        by,
        what: next.as_str(),
    };
    if service.store.step_sign_up(sign_up, &step, now).await? == Stepped::Done {
        return Ok(Outcome::Done);
    }
    let found = service.store.sign_up(&sign_up.id).await?;
    Ok(found.map_or(Outcome::Unknown, |now| Outcome::Refused(Box::new(now))))
}

/// The offer, after it is written down that this organisation or colleague looked.
pub async fn view(service: &Service, sign_up: &SignUp, what: &'static str, by: &str) -> Result<()> {
    let about = Dossier::SignUp(sign_up.id.clone());
    service.store.audit(&about, what, by, service.now()).await
}

/// Tells the owner of an offer that its day has passed; called by the clock.
pub(crate) async fn remind(service: &Service, sign_up: &SignUp, due: Date) -> Result<bool> {
    let now = service.now();
    let mail = Out::new(&sign_up.id, MailKind::SignUpOverdue, now).of(&sign_up.owner);
    let again = dates::at(workdays::add(dates::day(now).max(due), AGAIN), crate::timers::HOUR);
    let told = service.store.remind_of_sign_up(sign_up, &[mail], again, now).await;
    match told {
        // Somebody was busy with it: the next sweep looks again.
        Err(StoreError::Busy) => Ok(false),
        other => other,
    }
}
