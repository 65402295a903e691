//! Does what the clock says is due.

use super::{Timer, is_office_hour, of};
use crate::casework::{self, More, to_resident};
use crate::outbox::MailKind;
use crate::signup::desk;
use crate::state::Action;
use crate::store::{Dossier, Result, Step, Stepped};
use crate::submission::{CLOCK, Case};
use crate::telemetry::Field;
use crate::{Service, dates};

/// Everything whose time has come. One case that cannot be handled does not keep the others waiting;
/// the first such fault is returned at the end. At night and in weekends nothing happens: it is made up
/// for in the morning.
pub async fn sweep(service: &Service) -> Result<usize> {
    let mut done = 0;
    let mut fault = None;
    while is_office_hour(service.now()) {
        let due = service.store.timers(service.now()).await?;
        let before = done;
        for dossier in &due {
            match fire(service, dossier).await {
                Ok(fired) => done += usize::from(fired),
                Err(error) => fault = fault.or(Some(error)),
            }
        }
        // The index lags behind; what it still shows is found by the next sweep.
        if due.len() < 100 || done == before {
            break;
        }
    }
    if done > 0 {
        service.log.event("timers", &[Field::Count("fired", done)]);
        service.wake();
    }
    fault.map_or(Ok(done), Err)
}

async fn fire(service: &Service, dossier: &Dossier) -> Result<bool> {
    let now = service.now();
    match dossier {
        Dossier::Case(id) => {
            let Some(case) = service.store.case(id).await? else { return Ok(false) };
            let Some((timer, at)) = of(&case) else { return Ok(false) };
            if at > now {
                return Ok(false);
            }
            let Some(step) = step(service, &case, timer) else { return Ok(false) };
            // Overtaken: whoever was first has set the clock anew.
            Ok(service.store.step(&case, &step, now).await? == Stepped::Done)
        }
        Dossier::SignUp(id) => match service.store.sign_up(id).await? {
            Some(sign_up) => match sign_up.due {
                Some(due) if dates::day(now) > due => desk::remind(service, &sign_up, due).await,
                _ => Ok(false),
            },
            None => Ok(false),
        },
    }
}

fn step<'a>(service: &Service, case: &Case, timer: Timer) -> Option<Step<'a>> {
    let action = match timer {
        Timer::RemindPartner { .. } | Timer::RemindResident | Timer::Overdue { .. } => {
            Action::Remind
        }
        Timer::HandBack => Action::HandBack,
        Timer::StopWaiting => Action::StopWaiting,
        Timer::Expire => Action::Expire,
    };
    let mut step = casework::step(service, case, action, CLOCK, More::default())?;
    let now = service.now();
    let mail = |kind| case.mail(kind, now);
    match timer {
        Timer::RemindPartner { .. } => {
            let forward = case.forwarded()?;
            let number = forward.number.to_string();
            step.mails.push(mail(MailKind::PartnerReminder).of(&forward.organisation).with(number));
        }
        Timer::HandBack => {
            let forward = case.forwarded()?;
            step.mails.push(mail(MailKind::HandedBack).of(&forward.organisation));
        }
        Timer::RemindResident => {
            to_resident(service, case, MailKind::AskedBackReminder, &mut step);
        }
        Timer::StopWaiting => step.mails.push(mail(MailKind::ResidentSilent)),
        Timer::Overdue { escalated } => {
            let mut told = mail(MailKind::Overdue);
            // Somebody else must look by now, if there is anybody.
            told.fallback = escalated && service.config.fallback.is_some();
            step.mails.push(told.with(if escalated { "escalated" } else { "first" }));
        }
        Timer::Expire => {}
    }
    Some(step)
}
