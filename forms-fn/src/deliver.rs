//! Brings owed mails: take one up, make it, send it, write down how it ended.
//!
//! Nothing here is fast by itself: a stream or a wake-up calls [`deliver`] at once, and [`sweep`]
//! makes sure that what they missed is brought too.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::ids::Id;
use crate::mail::{Mail, NotSent};
use crate::outbox::{Audience, Mark, Out, Status};
use crate::store::{Claim, Ending, Result};
use crate::submission::Case;
use crate::telemetry::Field;
use crate::{Service, dates};

mod about;
mod limits;

use about::About;

/// Minutes until the next attempt, after the first failure, the second, and so on. After the last
/// the mail is dead: kept and counted, no longer tried.
const BACK_OFF: [i64; 5] = [1, 5, 30, 120, 360];

/// While the mail service is away, no mail has had its attempt: it is asked again this often, and
/// for so long.
const OUTAGE_WAIT: SignedDuration = SignedDuration::from_mins(10);
const OUTAGE_MOST: SignedDuration = SignedDuration::from_hours(3 * 24);

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    pub sent: usize,
    pub again: usize,
    pub dead: usize,
    /// May not go yet: the day, or the address, has had enough.
    pub waits: usize,
    /// Kept back for good, or about nothing any more.
    pub withheld: usize,
    /// Somebody else holds it, or it is not due any more.
    pub held: usize,
}

/// How one delivery ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    Again,
    Dead,
    Waits,
    /// The mail service is away: nothing leaves now.
    Away,
    /// Waits, and whatever comes after it would too.
    DayIsOver,
    Withheld,
    Held,
}

/// Delivers everything that is due. One item that the store cannot handle does not keep the others
/// waiting; the first such fault is returned at the end.
pub async fn sweep(service: &Service) -> Result<Report> {
    let mut report = Report::default();
    let mut seen = BTreeSet::new();
    let mut fault = None;
    'all: loop {
        let due = service.store.due(service.now()).await?;
        let fresh: Vec<Id> = due.into_iter().filter(|id| seen.insert(id.clone())).collect();
        if fresh.is_empty() {
            break;
        }
        for id in fresh {
            match deliver(service, &id).await {
                Ok(Outcome::Sent) => report.sent += 1,
                Ok(Outcome::Again) => report.again += 1,
                Ok(Outcome::Dead) => report.dead += 1,
                Ok(Outcome::Waits) => report.waits += 1,
                Ok(Outcome::Away) => {
                    report.again += 1;
                    break 'all;
                }
                Ok(Outcome::DayIsOver) => {
                    report.waits += 1;
                    break 'all;
                }
                Ok(Outcome::Withheld) => report.withheld += 1,
                Ok(Outcome::Held) => report.held += 1,
                Err(error) => fault = fault.or(Some(error)),
            }
        }
    }
    let Report { sent, again, dead, waits, withheld, held } = report;
    let counts = [
        ("sent", sent),
        ("again", again),
        ("dead", dead),
        ("waits", waits),
        ("withheld", withheld),
        ("held", held),
    ];
    // A sweep that found nothing says nothing: there is one every few seconds in the preview.
    if counts.iter().any(|(_, count)| *count > 0) {
        service.log.event("swept", &counts.map(|(name, count)| Field::Count(name, count)));
    }
    fault.map_or(Ok(report), Err)
}

/// Delivers one mail if it is due.
pub async fn deliver(service: &Service, id: &Id) -> Result<Outcome> {
    let Some(claim) = service.store.claim(id, service.now()).await? else {
        return Ok(Outcome::Held);
    };
    let fault = bring(service, &claim.out).await.err();
    let now = service.now();
    let (outcome, ending) = match &fault {
        None => (Outcome::Sent, Ending::Sent { at: now }),
        Some(fault) => fault.ends(&claim.out, now),
    };
    let next = match outcome {
        Outcome::Dead => claim.out.rescue(service.config.fallback.is_some(), now),
        _ => None,
    };
    log(service, &claim, outcome, fault.map(|fault| fault.cause));
    let last_word = service.store.finish_and(&claim, ending, next.as_ref()).await?;
    if let Some(next) = next.filter(|_| last_word) {
        rescued(service, &next);
    }
    Ok(outcome)
}

/// What the mail service, or the reader's, says of a mail: written down, and acted upon once.
pub async fn told(service: &Service, id: &Id, mark: Mark, at: Option<Timestamp>) -> Result<()> {
    let now = service.now();
    // Nothing was told before it happened, whatever the other's clock says.
    let at = at.unwrap_or(now).min(now);
    let rescue = |out: &Out| out.rescue(service.config.fallback.is_some(), now);
    let Some(noted) = service.store.note(id, mark, at, now, rescue).await? else { return Ok(()) };
    let fields =
        [Field::Mail(noted.out.kind.as_str()), Field::Outbox(id), Field::Cause(mark.attribute())];
    service.log.event("mail_told", &fields);
    match noted.rescue {
        Some(next) => rescued(service, &next),
        // Nobody else can be sent it: the end, in sight.
        None if noted.status == Status::Failed
            && noted.out.kind.audience() != Audience::Resident =>
        {
            service.log.event("mail_dead", &fields);
        }
        None => {}
    }
    Ok(())
}

/// One line for every mail that had to be made because another reached nobody: they are counted.
fn rescued(service: &Service, next: &Out) {
    let name = if next.fallback { "mail_to_fallback" } else { "resident_not_reached" };
    service.log.event(name, &[Field::Mail(next.kind.as_str()), Field::Outbox(&next.id)]);
    service.wake();
}

/// Why a mail did not go, and what follows.
struct Fault {
    cause: &'static str,
    then: Then,
}

enum Then {
    /// Trying again may help.
    Again,
    /// As soon as the mail service is back.
    Away,
    /// It will not.
    Dead,
    /// Not yet; with `everything`, no other mail may go before that moment either.
    Wait {
        until: Timestamp,
        everything: bool,
    },
    Withhold,
    /// Nobody is left to send it to, or nothing to send it about.
    Gone,
}

impl Fault {
    fn hopeless(cause: &'static str) -> Self {
        Self { cause, then: Then::Dead }
    }

    fn passing(cause: &'static str) -> Self {
        Self { cause, then: Then::Again }
    }

    fn gone(cause: &'static str) -> Self {
        Self { cause, then: Then::Gone }
    }

    fn ends(&self, out: &Out, now: Timestamp) -> (Outcome, Ending) {
        let taken = usize::try_from(out.attempt).unwrap_or(usize::MAX);
        let wait = BACK_OFF.get(taken.saturating_sub(1));
        match (&self.then, wait) {
            (Then::Again, Some(minutes)) => {
                (Outcome::Again, Ending::Again { at: now + dates::minutes(*minutes) })
            }
            (Then::Away, _) if now.duration_since(out.id.created()) < OUTAGE_MOST => {
                (Outcome::Away, Ending::Wait { until: now + OUTAGE_WAIT })
            }
            (Then::Again, None) | (Then::Away | Then::Dead, _) => {
                (Outcome::Dead, Ending::Dead { at: now })
            }
            (Then::Wait { until, everything: true }, _) => {
                (Outcome::DayIsOver, Ending::Wait { until: *until })
            }
            (Then::Wait { until, .. }, _) => (Outcome::Waits, Ending::Wait { until: *until }),
            (Then::Withhold, _) => (Outcome::Withheld, Ending::Withheld { at: now }),
            (Then::Gone, _) => (Outcome::Withheld, Ending::Gone { at: now }),
        }
    }
}

impl From<NotSent> for Fault {
    fn from(not_sent: NotSent) -> Self {
        let then = if not_sent.outage { Then::Away } else { Then::Again };
        Self { cause: not_sent.cause, then }
    }
}

/// One attempt: whom it is for, whether it may go now, the mail itself, and off.
async fn bring(service: &Service, out: &Out) -> std::result::Result<(), Fault> {
    let about = About::read(service, out).await?;
    let to = about.recipient(service, out)?;
    let day = dates::day(service.now());
    limits::allow(service, out, to).await?;
    let sent = match make(service, out, &about, to).await {
        Ok(mail) => service.mailer.send(&mail).await.map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    if sent.is_err() {
        limits::give_back(service, day).await;
    }
    sent
}

/// Makes the mail from what its case is now.
async fn make(
    service: &Service,
    out: &Out,
    about: &About,
    to: &str,
) -> std::result::Result<Mail, Fault> {
    let parts = about.words(service, out).await?;
    let headers = [
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
        ("Reply-To", about.reply_to(service)?),
    ];
    Mail::new(to, parts.subject.trim(), parts.text, parts.html, &headers, out.id.as_str())
        .map_err(|_| Fault::hopeless("line break in a header"))
}

impl Service {
    /// What an organisation is called; its id where the content has it no more.
    pub(crate) fn organisation_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.bundle.manifest.organisation(id).map_or(id, |own| &own.name)
    }

    /// The resident's secret link.
    pub(crate) fn status_link(&self, case: &Case) -> String {
        format!("{}{}", self.config.base_url, self.status_path(&case.form, &case.nonce_id))
    }

    pub(crate) fn status_path(&self, form: &str, nonce_id: &str) -> String {
        format!("/{form}/status/{}", self.keys.status_token(nonce_id))
    }

    /// The page after sending: the same secret, with the code to write down.
    pub(crate) fn receipt_path(&self, form: &str, nonce_id: &str) -> String {
        format!("/{form}/ontvangen/{}", self.keys.status_token(nonce_id))
    }
}

fn log(service: &Service, claim: &Claim, outcome: Outcome, cause: Option<&'static str>) {
    let event = match outcome {
        Outcome::Sent => "mail_sent",
        Outcome::Again | Outcome::Away => "mail_failed",
        Outcome::Dead => "mail_dead",
        Outcome::Waits | Outcome::DayIsOver => "mail_waits",
        Outcome::Withheld => "mail_withheld",
        Outcome::Held => return,
    };
    let mut fields = vec![
        Field::Mail(claim.out.kind.as_str()),
        Field::Outbox(&claim.out.id),
        Field::Attempt(claim.out.attempt),
    ];
    fields.extend(cause.map(Field::Cause));
    service.log.event(event, &fields);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbox::MailKind;

    fn out(attempt: u32, now: Timestamp) -> Out {
        Out { attempt, ..Out::new(&Id::new(now), MailKind::Confirmation, now) }
    }

    #[test]
    fn waits_longer_every_time_and_gives_up_after_the_fifth_wait() {
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let minutes = |attempt| match Fault::passing("x").ends(&out(attempt, now), now) {
            (Outcome::Again, Ending::Again { at }) => Some(at.duration_since(now).as_mins()),
            _ => None,
        };
        let waits: Vec<Option<i64>> = (1..=6).map(minutes).collect();
        assert_eq!(waits, [Some(1), Some(5), Some(30), Some(120), Some(360), None]);
        let hopeless = Fault::hopeless("x").ends(&out(1, now), now);
        assert_eq!(hopeless, (Outcome::Dead, Ending::Dead { at: now }));
    }

    #[test]
    fn an_outage_takes_no_attempt_and_does_not_last_for_ever() {
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let away = Fault::from(NotSent::service("x"));
        let waits = (Outcome::Away, Ending::Wait { until: now + OUTAGE_WAIT });
        assert_eq!(away.ends(&out(5, now - OUTAGE_MOST + OUTAGE_WAIT), now), waits);
        let dead = (Outcome::Dead, Ending::Dead { at: now });
        assert_eq!(away.ends(&out(1, now - OUTAGE_MOST), now), dead);
    }
}
