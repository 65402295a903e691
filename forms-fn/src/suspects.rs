//! What was set apart as advertising: told to the first contact once a day, and judged by a person.

use jiff::civil::{Time, time};

use crate::ids::Id;
use crate::outbox::MailKind;
use crate::state::{Action, State};
use crate::store::{Result, Step, Stepped, StoreError};
use crate::submission::Case;
use crate::{Service, casework, dates, retention, workdays};

/// From then on, on a working day, the first contact is told of what stands apart.
const MORNING: Time = time(7, 30, 0, 0);

/// Longer than a day, so that nobody is told twice.
const TOLD_SECONDS: i64 = 3 * 24 * 60 * 60;

/// How many one mail names; the next names the next.
pub(crate) const MOST_TOLD: i32 = 25;

/// Owes the mail of today if there is something to tell. Called by every sweep.
pub async fn tell(service: &Service) -> Result<()> {
    let now = service.now();
    let today = dates::day(now);
    if !workdays::is_working_day(today) || dates::time(now) < MORNING {
        return Ok(());
    }
    let waiting = service.store.suspects(&service.bundle.manifest.site.first_contact, 1).await?;
    let Some(first) = waiting.first() else { return Ok(()) };
    if !service.store.first(&format!("TOLD#{today}"), now, TOLD_SECONDS).await? {
        return Ok(());
    }
    let Some(case) = service.store.case(first).await? else { return Ok(()) };
    service.store.owe(&case.mail(MailKind::Suspects, now), now).await?;
    service.wake();
    Ok(())
}

/// What a person says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Question,
    Advertising,
}

/// Does as the person says: a question goes on as if it had just come in, advertising is closed and
/// erased after the usual time. `None` when the link opens nothing that stands apart.
pub async fn judge(service: &Service, token: &str, verdict: Verdict) -> Result<Option<Case>> {
    for turn in 1..=4 {
        let Some(case) = casework::door(service, token).await? else { return Ok(None) };
        let action = match verdict {
            Verdict::Question => Action::Release,
            Verdict::Advertising => Action::Discard,
        };
        let Some(state) = case.state.after(action) else { return Ok(None) };
        let released = Case { state, ..case.clone() };
        let now = service.now();
        let today = dates::day(now);
        let site = &service.bundle.manifest.site;
        let step = Step {
            state,
            owner: &case.owner,
            due: workdays::add(today, site.answer_working_days),
            erase_on: (state == State::Closed).then(|| retention::erase_on(today)),
            text: None,
            event: if state == State::Closed { "discarded" } else { "released" },
            mails: if state == State::Closed { Vec::new() } else { released.mails_from(now) },
        };
        match service.store.step(&case, &step, now).await? {
            Stepped::Done => {
                service.wake();
                return Ok(Some(released));
            }
            Stepped::Overtaken => service.store.pause(turn).await,
        }
    }
    Err(StoreError::Busy)
}

/// Number, moment and link of each, for the mail.
pub(crate) async fn waiting(service: &Service) -> Result<Vec<Case>> {
    let ids: Vec<Id> =
        service.store.suspects(&service.bundle.manifest.site.first_contact, MOST_TOLD).await?;
    let mut all = Vec::new();
    for id in &ids {
        let case = service.store.case(id).await?;
        all.extend(case.filter(|case| case.state == State::Suspect));
    }
    Ok(all)
}
