//! Brings owed mails: take one up, make it, send it, write down how it ended.
//!
//! Nothing here is fast by itself: a stream or a wake-up calls [`deliver`] at once, and [`sweep`]
//! makes sure that what they missed is brought too.

use std::collections::BTreeSet;

use forms_core::Kind;
use jiff::{SignedDuration, Timestamp};

use crate::ids::Id;
use crate::mail::{Mail, NotSent};
use crate::outbox::{MailKind, Out};
use crate::page;
use crate::store::{Claim, Ending, Result};
use crate::submission::Case;
use crate::telemetry::Field;
use crate::{Service, tokens};

/// Minutes until the next attempt, after the first failure, the second, and so on. After the last
/// the mail is dead: kept and counted, no longer tried.
const BACK_OFF: [i64; 5] = [1, 5, 30, 120, 360];

/// How long VluchtelingenWerk's link opens the question.
const STAFF_LINK: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What a sweep did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    pub sent: usize,
    pub again: usize,
    pub dead: usize,
    /// Somebody else holds it, or it is not due any more.
    pub held: usize,
}

/// How one delivery ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Sent,
    Again,
    Dead,
    Held,
}

/// Delivers everything that is due. One item that the store cannot handle does not keep the others
/// waiting; the first such fault is returned at the end.
pub async fn sweep(service: &Service) -> Result<Report> {
    let mut report = Report::default();
    let mut seen = BTreeSet::new();
    let mut fault = None;
    loop {
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
                Ok(Outcome::Held) => report.held += 1,
                Err(error) => fault = fault.or(Some(error)),
            }
        }
    }
    let Report { sent, again, dead, held } = report;
    let counts = [("sent", sent), ("again", again), ("dead", dead), ("held", held)];
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
    let sent = match make(service, &claim.out).await {
        Ok(mail) => service.mailer.send(&mail).await.map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    let now = service.now();
    let (outcome, ending, cause) = match sent {
        Ok(()) => (Outcome::Sent, Ending::Sent { at: now }, None),
        Err(fault) => {
            let ending = after(&fault, claim.out.attempt, now);
            let dead = matches!(ending, Ending::Dead { .. });
            (if dead { Outcome::Dead } else { Outcome::Again }, ending, Some(fault.cause))
        }
    };
    log(service, &claim, outcome, cause);
    service.store.finish(&claim, ending).await?;
    Ok(outcome)
}

/// Why a mail did not go, and whether trying again can help.
struct Fault {
    cause: &'static str,
    hopeless: bool,
}

impl Fault {
    fn hopeless(cause: &'static str) -> Self {
        Self { cause, hopeless: true }
    }

    fn passing(cause: &'static str) -> Self {
        Self { cause, hopeless: false }
    }
}

impl From<NotSent> for Fault {
    fn from(not_sent: NotSent) -> Self {
        Self::passing(not_sent.0)
    }
}

fn after(fault: &Fault, attempt: u32, now: Timestamp) -> Ending {
    let wait = usize::try_from(attempt).ok().and_then(|n| BACK_OFF.get(n.saturating_sub(1)));
    match wait {
        Some(minutes) if !fault.hopeless => {
            Ending::Again { at: now + SignedDuration::from_mins(*minutes) }
        }
        _ => Ending::Dead { at: now },
    }
}

/// Makes the mail from what the case is now. A link for staff is minted here, at the last moment,
/// so that no token rests anywhere but in the mail itself.
async fn make(service: &Service, out: &Out) -> std::result::Result<Mail, Fault> {
    let case = service.store.case(&out.case).await.map_err(|e| Fault::passing(e.cause()))?;
    let case = case.ok_or(Fault::hopeless("case is gone"))?;
    let first_contact = &service.bundle.manifest.site.first_contact;
    let mailbox = service
        .config
        .mailboxes
        .get(first_contact)
        .ok_or(Fault::passing("first contact has no mailbox"))?;
    let (to, lang, link) = match out.kind {
        MailKind::NewQuestion | MailKind::Addition | MailKind::Withdrawn | MailKind::Reopened => {
            let lang = service.bundle.language("").code.clone();
            (mailbox.as_str(), lang, staff_link(service, &case).await?)
        }
        MailKind::Confirmation | MailKind::NewLink => {
            let to = case.contact(Kind::Email).ok_or(Fault::hopeless("no address"))?;
            (to, case.lang.clone(), service.status_link(&case))
        }
    };
    let parts = page::mail(service, out.kind, &lang, &case, &link)
        .map_err(|_| Fault::passing("mail template failed"))?;
    let headers = [("Auto-Submitted", "auto-generated"), ("Reply-To", mailbox.as_str())];
    Mail::new(to, parts.subject.trim(), parts.text, parts.html, &headers, out.id.as_str())
        .map_err(|_| Fault::hopeless("line break in a header"))
}

async fn staff_link(service: &Service, case: &Case) -> std::result::Result<String, Fault> {
    let token = tokens::staff_token();
    let digest = tokens::digest(&token).ok_or(Fault::passing("token without digest"))?;
    let until = service.now() + STAFF_LINK;
    let admitted = service.store.admit(&digest, &case.id, until).await;
    admitted.map_err(|e| Fault::passing(e.cause()))?;
    Ok(format!("{}/inzage/{token}", service.config.base_url))
}

impl Service {
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
        Outcome::Again => "mail_failed",
        Outcome::Dead => "mail_dead",
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

    #[test]
    fn waits_longer_every_time_and_gives_up_after_the_fifth_wait() {
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let minutes = |attempt| match after(&Fault::passing("x"), attempt, now) {
            Ending::Again { at } => Some(at.duration_since(now).as_mins()),
            _ => None,
        };
        let waits: Vec<Option<i64>> = (1..=6).map(minutes).collect();
        assert_eq!(waits, [Some(1), Some(5), Some(30), Some(120), Some(360), None]);
        let hopeless = after(&Fault::hopeless("x"), 1, now);
        assert_eq!(hopeless, Ending::Dead { at: now });
    }
}
