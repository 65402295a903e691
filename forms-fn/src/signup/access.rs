//! Opening a sign-up: the volunteer's receipt and the way out, and the offer for its owner.

use jiff::SignedDuration;

use super::state::State;
use super::{SignUp, desk};
use crate::store::{Result, SignUpStep, Stepped, StoreError};
use crate::submission::{Holder, RESIDENT};
use crate::{Service, tokens};

/// How long an owner's link opens the sign-up.
const OWNER_LINK: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The sign-up that a volunteer's link opens. Reads only.
pub async fn receipt(service: &Service, token: &str) -> Result<Option<SignUp>> {
    open(service, Holder::Volunteer, tokens::digest(token)).await
}

/// The sign-up that a written-down code opens. Reads only.
pub async fn by_code(service: &Service, typed: &str) -> Result<Option<SignUp>> {
    open(service, Holder::Volunteer, Some(tokens::code_digest(typed))).await
}

/// The sign-up behind an owner's link, for its door: whoever shows it shows the reference and no
/// more, because a mail scanner may be reading. Reads only.
pub async fn door(service: &Service, token: &str) -> Result<Option<SignUp>> {
    open(service, Holder::RoleOwner, tokens::digest(token)).await
}

/// Shows the sign-up of this form to its owner. The view is written down first: no trail, no data.
pub async fn reveal(service: &Service, form: &str, token: &str) -> Result<Option<SignUp>> {
    let sign_up = door(service, token).await?.filter(|sign_up| sign_up.form == form);
    let Some(sign_up) = sign_up else { return Ok(None) };
    desk::view(service, &sign_up, "read by link", &sign_up.owner).await?;
    Ok(Some(sign_up))
}

/// What came of taking a sign-up back.
#[derive(Debug)]
pub enum Withdrawn {
    /// Stopped now; what was personal is gone.
    Done,
    /// It had ended before, and is shown as it is.
    Refused(Box<SignUp>),
    Unknown,
}

/// Turns against other writers before the volunteer is told that it did not work.
const TURNS: u32 = 6;

/// The volunteer takes the sign-up back.
pub async fn withdraw(service: &Service, token: &str) -> Result<Withdrawn> {
    for turn in 1..=TURNS {
        let Some(sign_up) = receipt(service, token).await? else { return Ok(Withdrawn::Unknown) };
        if !sign_up.state.may_become(State::Stopped) {
            return Ok(Withdrawn::Refused(Box::new(sign_up)));
        }
        let step = SignUpStep {
            state: State::Stopped,
            due: None,
            seen: None,
            by: RESIDENT,
            what: "withdrawn",
        };
        match service.store.step_sign_up(&sign_up, &step, service.now()).await? {
            Stepped::Done => return Ok(Withdrawn::Done),
            Stepped::Overtaken => service.store.pause(turn).await,
        }
    }
    Err(StoreError::Busy)
}

/// Mints a link for an owner. It rests nowhere but in the mail that it is made for.
pub(crate) async fn owner_link(service: &Service, sign_up: &SignUp) -> Result<String> {
    let token = tokens::staff_token();
    let digest = tokens::digest(&token).unwrap_or_default();
    let until = service.now() + OWNER_LINK;
    service.store.admit(Holder::RoleOwner, &digest, &sign_up.id, None, until).await?;
    Ok(format!("{}{}", service.config.base_url, door_path(&sign_up.form, &token)))
}

/// The address of an owner's door.
pub(crate) fn door_path(form: &str, token: &str) -> String {
    format!("/inzage/{form}/{token}")
}

async fn open(service: &Service, holder: Holder, digest: Option<String>) -> Result<Option<SignUp>> {
    let Some(digest) = digest else { return Ok(None) };
    match service.store.token(holder, &digest, service.now()).await? {
        Some(found) if !found.expired => service.store.sign_up(&found.case).await,
        _ => Ok(None),
    }
}
