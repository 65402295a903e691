//! Opening a case by a link, and making the steps that everybody takes in the same way.

use forms_core::Kind;
use jiff::civil::Date;

use crate::forward::{Change, Standing};
use crate::outbox::MailKind;
use crate::state::{Action, State};
use crate::store::{Lock, Result, Step};
use crate::submission::{Case, Holder};
use crate::{Service, course, dates, tokens};

/// The case that a resident's link opens. Reads only.
pub async fn receipt(service: &Service, token: &str) -> Result<Option<Case>> {
    open(service, tokens::digest(token)).await
}

/// The case that a written-down code opens. Reads only.
pub async fn by_code(service: &Service, typed: &str) -> Result<Option<Case>> {
    open(service, Some(tokens::code_digest(typed))).await
}

async fn open(service: &Service, digest: Option<String>) -> Result<Option<Case>> {
    let Some(digest) = digest else { return Ok(None) };
    match service.store.token(Holder::Resident, &digest, service.now()).await? {
        Some(found) if !found.expired => service.store.case(&found.case).await,
        _ => Ok(None),
    }
}

/// What a step needs to know besides who takes it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct More<'a> {
    /// To whom it is forwarded.
    pub(crate) partner: Option<&'a str>,
    /// By which day a partner contacts the resident.
    pub(crate) promised: Option<Date>,
}

/// A step with all that follows by itself: owner, due date, the end of a forwarding and the mail that
/// tells the partner so. `None` when the case does not allow it now. What else is written or mailed is
/// added by whoever takes it.
pub(crate) fn step<'a>(
    service: &Service,
    case: &Case,
    action: Action,
    by: &'a str,
    more: More<'_>,
) -> Option<Step<'a>> {
    let now = service.now();
    let site = &service.bundle.manifest.site;
    let course = course::after(case, action, site, dates::day(now), more.partner, more.promised)?;
    let lock = match action {
        Action::Take => Lock::Set,
        Action::Leave => Lock::Clear,
        _ if course.anew => Lock::Clear,
        _ => Lock::Keep,
    };
    let mut step = Step {
        action,
        course,
        by,
        message: None,
        forward: None,
        lock,
        mails: Vec::new(),
        fact: None,
    };
    let ends = case.forwarded().filter(|_| step.course.state != State::Forwarded);
    if let Some(forward) = ends {
        let standing = match action {
            Action::Reply => Standing::Answered,
            Action::Decline => Standing::Declined,
            Action::Inquire => Standing::Inquired,
            Action::HandBack => Standing::HandedBack,
            _ => Standing::Withdrawn,
        };
        step.forward = Some(Change::End { number: forward.number, standing });
        if matches!(standing, Standing::Withdrawn | Standing::HandedBack) {
            let mail = case.mail(MailKind::PartnerTakenBack, now).of(&forward.organisation);
            step.mails.push(mail.with(forward.number.to_string()));
        }
    }
    Some(step)
}

/// A mail to the resident, if an address was left.
pub(crate) fn to_resident(service: &Service, case: &Case, kind: MailKind, step: &mut Step<'_>) {
    if case.contact(Kind::Email).is_some() {
        step.mails.push(case.mail(kind, service.now()));
    }
}
