//! Signing in without a password: a mailed link that works in the browser that asked, or a code to type
//! there. Who may sign in stands in the configuration and is looked up again for every request, so
//! taking somebody off the list is taking off one line.

use jiff::SignedDuration;
use sha2::{Digest, Sha256};

use crate::outbox::{MailKind, Out};
use crate::store::{Login, Result};
use crate::tokens::Keys;
use crate::{Service, ids, tokens};

/// How long the mailed link works.
pub const LINK: SignedDuration = SignedDuration::from_mins(15);
/// How long somebody stays signed in.
pub const SESSION: SignedDuration = SignedDuration::from_hours(8);

const PURPOSE_LINK: &str = "sign-in link";
const PURPOSE_CODE: &str = "sign-in code";
const PURPOSE_VIEW: &str = "view";

/// What a browser holds while it waits for the link: 128 random bits that name the attempt and 128
/// that only this browser knows.
const ID: usize = 32;

/// A colleague who is signed in and still on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// In small letters.
    pub address: String,
    /// Of the session's token.
    session: String,
}

/// What a request's cookie says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    Known(Colleague),
    /// Not signed in, or not any more.
    Stranger,
    /// Signed in once, and taken off the list since.
    Removed,
}

/// Somebody typed an address: the value for the browser's cookie. A mail is owed when the address is
/// on the list; nothing in the answer tells whether it is.
pub async fn ask(service: &Service, typed: &str) -> Result<String> {
    let now = service.now();
    let address = typed.trim().to_lowercase();
    let known = is_on_list(service, &address);
    let (id, secret) = (ids::hex(&ids::random::<16>()), ids::hex(&ids::random::<16>()));
    let login = Login {
        id: id.clone(),
        browser: hash(&secret),
        whom: if known { address } else { String::new() },
        until: now + LINK,
    };
    service.store.begin_login(&login).await?;
    if known {
        service.store.owe(&Out::general(MailKind::SignIn, now).with(&id), now).await?;
        service.wake();
    }
    Ok(id + &secret)
}

/// What somebody who opens the mailed link sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// In the browser that asked: one press signs in.
    Here,
    /// Elsewhere: a code to type in the browser that asked.
    Elsewhere { code: String },
    /// Too old, used, or no link of ours.
    Unknown,
}

/// Reads only.
pub async fn open(service: &Service, token: &str, cookie: Option<&str>) -> Result<Opened> {
    let Some(login) = by_link(service, token).await? else { return Ok(Opened::Unknown) };
    Ok(match belongs(&login, cookie) {
        true => Opened::Here,
        false => Opened::Elsewhere { code: code(&service.keys, &login.id) },
    })
}

/// Signs in by the link: the value for the session's cookie. `None` in another browser.
pub async fn enter(service: &Service, token: &str, cookie: Option<&str>) -> Result<Option<String>> {
    match by_link(service, token).await? {
        Some(login) if belongs(&login, cookie) => begin(service, &login).await,
        _ => Ok(None),
    }
}

/// The same by the code of the page that the link showed elsewhere.
pub async fn enter_code(
    service: &Service,
    typed: &str,
    cookie: Option<&str>,
) -> Result<Option<String>> {
    let Some((id, _)) = cookie.and_then(|cookie| cookie.split_at_checked(ID)) else {
        return Ok(None);
    };
    let Some(login) = service.store.login(id, service.now()).await? else { return Ok(None) };
    let right = ids::mend(typed) == ids::mend(&code(&service.keys, id));
    if login.whom.is_empty() || !right || !belongs(&login, cookie) {
        service.store.mistyped(id).await?;
        return Ok(None);
    }
    begin(service, &login).await
}

async fn by_link(service: &Service, token: &str) -> Result<Option<Login>> {
    let Some((id, tag)) = token.split_at_checked(ID) else { return Ok(None) };
    let tag = ids::unhex(tag).unwrap_or_default();
    if !service.keys.verify(PURPOSE_LINK, id.as_bytes(), &tag) {
        return Ok(None);
    }
    let login = service.store.login(id, service.now()).await?;
    Ok(login.filter(|login| is_on_list(service, &login.whom)))
}

async fn begin(service: &Service, login: &Login) -> Result<Option<String>> {
    if !is_on_list(service, &login.whom) {
        return Ok(None);
    }
    let token = tokens::staff_token();
    let digest = tokens::digest(&token).unwrap_or_default();
    let until = service.now() + SESSION;
    let begun = service.store.finish_login(login, Some((&digest, until))).await?;
    if begun {
        service.store.note_deed(&login.whom, "signed in", service.now()).await?;
    }
    Ok(begun.then_some(token))
}

/// Whose cookie this is.
pub async fn access(service: &Service, cookie: Option<&str>) -> Result<Access> {
    let Some(session) = cookie.and_then(tokens::digest) else { return Ok(Access::Stranger) };
    Ok(match service.store.session(&session, service.now()).await? {
        Some(address) if is_on_list(service, &address) => {
            Access::Known(Colleague { address, session })
        }
        Some(_) => Access::Removed,
        None => Access::Stranger,
    })
}

pub async fn leave(service: &Service, colleague: &Colleague) -> Result<()> {
    service.store.end_session(&colleague.session, service.now()).await
}

impl Colleague {
    /// The mark in an address that says: this colleague opened this in this session, and it was
    /// written down. Useless to anybody else.
    pub fn mark(&self, keys: &Keys, what: &str, about: &str) -> String {
        let data = format!("{}\0{what}\0{about}", self.session);
        ids::hex(&keys.sign(PURPOSE_VIEW, data.as_bytes())[..16])
    }
}

/// The mailed link's secret. It follows from the attempt, so that none rests in the outbox.
pub(crate) fn link_token(keys: &Keys, id: &str) -> String {
    format!("{id}{}", ids::hex(&keys.sign(PURPOSE_LINK, id.as_bytes())))
}

/// Eight symbols in two groups.
fn code(keys: &Keys, id: &str) -> String {
    let symbols = ids::base32(&keys.sign(PURPOSE_CODE, id.as_bytes())[..5]);
    format!("{}-{}", &symbols[..4], &symbols[4..8])
}

fn is_on_list(service: &Service, address: &str) -> bool {
    !address.is_empty() && service.config.staff.iter().any(|known| known == address)
}

fn belongs(login: &Login, cookie: Option<&str>) -> bool {
    let own = cookie.and_then(|cookie| cookie.split_at_checked(ID));
    own.is_some_and(|(id, secret)| id == login.id && hash(secret) == login.browser)
}

pub(crate) fn hash(secret: &str) -> String {
    ids::hex(&Sha256::digest(secret.as_bytes()))
}
