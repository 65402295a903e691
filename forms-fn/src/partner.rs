//! A question at a partner: no account, no password. A link opens one question for one organisation and
//! for one purpose; how to reach the resident stands behind a code of its own.

use jiff::SignedDuration;
use jiff::civil::Date;

use crate::casework::{self, More, to_resident};
use crate::forward::{Change, Forward, Standing};
use crate::message::Kind;
use crate::outbox::MailKind;
use crate::state::Action;
use crate::store::{Dossier, Login, Result, Step, Stepped, StoreError};
use crate::submission::{Case, Holder};
use crate::tokens::Keys;
use crate::{Service, dates, ids, session, timers, tokens};

/// How long a link works.
const LINK: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long the code for contact data works.
const CODE: SignedDuration = SignedDuration::from_mins(15);
const PURPOSE_CODE: &str = "partner code";
const PURPOSE_READ: &str = "partner read";
/// Turns against other writers.
const TURNS: u32 = 6;

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub case: Case,
    pub forward: Forward,
    /// The link is too old: it opens nothing, and a new one can be asked for.
    pub expired: bool,
}

impl Opened {
    /// The partner has the question now.
    pub fn is_open(&self) -> bool {
        self.forward.standing == Standing::Open
    }

    /// It was taken back, and an answer still helps.
    pub fn is_late(&self) -> bool {
        let taken_back =
            matches!(self.forward.standing, Standing::HandedBack | Standing::Withdrawn);
        taken_back && self.case.state.after(Action::ReplyLate).is_some()
    }

    pub fn shows_contact(&self) -> bool {
        self.is_open() && self.forward.contact && !self.case.contact.is_empty()
    }
}

/// Reads only.
pub async fn open(service: &Service, token: &str) -> Result<Option<Opened>> {
    let Some(digest) = tokens::digest(token) else { return Ok(None) };
    let found = service.store.token(Holder::Partner, &digest, service.now()).await?;
    let Some(found) = found else { return Ok(None) };
    let Some(case) = service.store.case(&found.case).await? else { return Ok(None) };
    let forward = found.forward.and_then(|number| case.forward(number)).cloned();
    Ok(forward.map(|forward| Opened { case, forward, expired: found.expired }))
}

/// The same, after it is written down that the partner read it.
pub async fn read(service: &Service, token: &str) -> Result<Option<Opened>> {
    let Some(opened) = open(service, token).await? else { return Ok(None) };
    if opened.expired {
        return Ok(Some(opened));
    }
    let about = Dossier::Case(opened.case.id.clone());
    let by = &opened.forward.organisation;
    service.store.audit(&about, "read by partner", by, service.now()).await?;
    Ok(Some(opened))
}

/// The mark in a page that was opened: whoever posts it has read, and it was written down.
pub fn mark(keys: &Keys, token: &str) -> String {
    ids::hex(&keys.sign(PURPOSE_READ, token.as_bytes())[..16])
}

/// Mints a link for the mail that it is made for; it rests nowhere else.
pub(crate) async fn link(service: &Service, case: &Case, forward: i64) -> Result<String> {
    let token = tokens::staff_token();
    let digest = tokens::digest(&token).unwrap_or_default();
    let until = service.now() + LINK;
    service.store.admit(Holder::Partner, &digest, &case.id, Some(forward), until).await?;
    Ok(format!("{}{}", service.config.base_url, path(&token)))
}

/// The address of a partner's page.
pub(crate) fn path(token: &str) -> String {
    format!("/partner/{token}")
}

/// What a partner says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reaction {
    Answer(String),
    /// Not ours, and why.
    Decline(String),
    /// What it must know.
    Inquire(String),
    /// It contacts the resident itself, by this day.
    Promise(Date),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// It was taken back, answered or closed: as it is now.
    Refused(Box<Opened>),
    Unknown,
}

pub async fn react(service: &Service, token: &str, reaction: &Reaction) -> Result<Outcome> {
    for turn in 1..=TURNS {
        let Some(opened) = open(service, token).await? else { return Ok(Outcome::Unknown) };
        if is_done(&opened, reaction) {
            return Ok(Outcome::Done);
        }
        let step = if opened.expired { None } else { step(service, &opened, reaction) };
        let Some(step) = step else { return Ok(Outcome::Refused(Box::new(opened))) };
        match service.store.step(&opened.case, &step, service.now()).await? {
            Stepped::Done => {
                service.wake();
                return Ok(Outcome::Done);
            }
            Stepped::Overtaken => service.store.pause(turn).await,
        }
    }
    Err(StoreError::Busy)
}

/// A second press of the button finds what the first one did.
fn is_done(opened: &Opened, reaction: &Reaction) -> bool {
    let Opened { case, forward, .. } = opened;
    let wrote = |kind: Kind, words: &str| {
        let mut own = case.thread.iter().filter(|message| message.by == forward.organisation);
        own.next_back().is_some_and(|last| last.kind == kind && last.text == words)
    };
    match reaction {
        Reaction::Answer(words) => wrote(Kind::Reply, words),
        Reaction::Decline(words) => wrote(Kind::Decline, words),
        Reaction::Inquire(words) => wrote(Kind::Inquiry, words),
        Reaction::Promise(day) => forward.promised == Some(*day),
    }
}

fn step<'a>(service: &Service, opened: &'a Opened, reaction: &'a Reaction) -> Option<Step<'a>> {
    let Opened { case, forward, .. } = opened;
    let (action, message, what) = match reaction {
        Reaction::Answer(words) if opened.is_open() => {
            (Action::Reply, Some((Kind::Reply, words)), "answer")
        }
        Reaction::Answer(words) if opened.is_late() => {
            (Action::ReplyLate, Some((Kind::Reply, words)), "late")
        }
        Reaction::Decline(words) if opened.is_open() => {
            (Action::Decline, Some((Kind::Decline, words)), "declined")
        }
        Reaction::Inquire(words) if opened.is_open() => {
            (Action::Inquire, Some((Kind::Inquiry, words)), "question")
        }
        Reaction::Promise(_) if opened.shows_contact() => (Action::Promise, None, "promised"),
        _ => return None,
    };
    let promised = match reaction {
        Reaction::Promise(day) => Some(*day),
        _ => None,
    };
    let more = More { partner: None, promised };
    let mut step = casework::step(service, case, action, &forward.organisation, more)?;
    step.message = message.map(|(kind, words)| (kind, words.as_str()));
    let now = service.now();
    if let Some(by) = promised {
        step.forward = Some(Change::Promise { number: forward.number, by });
        to_resident(service, case, MailKind::ContactPromised, &mut step);
    }
    let told = case.mail(MailKind::PartnerReplied, now).of(&forward.organisation);
    step.mails.push(told.with(what));
    Some(step)
}

/// Whether this day can be promised now.
pub fn may_promise(service: &Service, day: Date) -> bool {
    timers::may_promise(dates::day(service.now()), day)
}

/// Sends a new link to the organisation's own mailbox, never to the page. `false` when there is
/// nothing left to open.
pub async fn renew(service: &Service, token: &str) -> Result<bool> {
    let Some(opened) = open(service, token).await? else { return Ok(false) };
    if !opened.is_open() {
        return Ok(false);
    }
    let now = service.now();
    let mail = opened.case.mail(MailKind::PartnerQuestion, now).of(&opened.forward.organisation);
    let hour = now.as_second().div_euclid(3600);
    let turn = format!("LINK#{}#{}#{hour}", opened.case.id, opened.forward.number);
    // Whoever presses twice gets one mail, and the same answer.
    if service.store.first(&turn, now, 7200).await? {
        service.store.owe(&mail.with(opened.forward.number.to_string()), now).await?;
        service.wake();
    }
    Ok(true)
}

/// Mails a code to the organisation's own mailbox. What comes back belongs into the page: the code
/// works only together with it, so in no other browser.
pub async fn ask_code(service: &Service, token: &str) -> Result<Option<String>> {
    let opened = open(service, token).await?.filter(|opened| !opened.expired);
    let Some(opened) = opened.filter(Opened::shows_contact) else { return Ok(None) };
    let now = service.now();
    let (id, secret) = (ids::hex(&ids::random::<16>()), ids::hex(&ids::random::<16>()));
    let login = Login {
        id: id.clone(),
        browser: session::hash(&secret),
        whom: purpose(&opened),
        until: now + CODE,
    };
    service.store.begin_login(&login).await?;
    let mail = opened.case.mail(MailKind::PartnerCode, now).of(&opened.forward.organisation);
    service.store.owe(&mail.with(&id), now).await?;
    service.wake();
    Ok(Some(id + &secret))
}

/// What a typed code opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Revealed {
    Contact(Box<Opened>),
    /// Not the code of this page, or too late, or too often wrong.
    Wrong(Box<Opened>),
    /// There is nothing to show any more.
    Unknown,
}

/// Shows how to reach the resident, once for each code, after it is written down.
pub async fn reveal(service: &Service, token: &str, asked: &str, typed: &str) -> Result<Revealed> {
    let opened = open(service, token).await?.filter(|opened| !opened.expired);
    let Some(opened) = opened.filter(Opened::shows_contact).map(Box::new) else {
        return Ok(Revealed::Unknown);
    };
    let now = service.now();
    let Some((id, secret)) = asked.split_at_checked(32) else {
        return Ok(Revealed::Wrong(opened));
    };
    let Some(login) = service.store.login(id, now).await? else {
        return Ok(Revealed::Wrong(opened));
    };
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let right = digits == code(&service.keys, id)
        && login.browser == session::hash(secret)
        && login.whom == purpose(&opened);
    if !right {
        service.store.mistyped(id).await?;
        return Ok(Revealed::Wrong(opened));
    }
    if !service.store.finish_login(&login, None).await? {
        return Ok(Revealed::Wrong(opened));
    }
    let about = Dossier::Case(opened.case.id.clone());
    let by = &opened.forward.organisation;
    service.store.audit(&about, crate::inbox::CONTACT_SHOWN, by, now).await?;
    Ok(Revealed::Contact(opened))
}

/// What a code is good for: one forwarding of one case.
fn purpose(opened: &Opened) -> String {
    format!("{}#{}", opened.case.id, opened.forward.number)
}

/// Eight digits that follow from the attempt, so that none rests in the outbox.
pub(crate) fn code(keys: &Keys, id: &str) -> String {
    let bytes = keys.sign(PURPOSE_CODE, id.as_bytes());
    let number = bytes.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    format!("{:08}", number % 100_000_000)
}
