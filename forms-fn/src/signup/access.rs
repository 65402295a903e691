//! Opening a sign-up: the volunteer's receipt and the way out, and the offer for its owner.

use jiff::SignedDuration;

use super::SignUp;
use super::state::State;
use crate::store::Result;
use crate::submission::Holder;
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
    service.store.audit_sign_up(&sign_up.id, "read by link", service.now()).await?;
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

/// The volunteer takes the sign-up back.
pub async fn withdraw(service: &Service, token: &str) -> Result<Withdrawn> {
    let Some(sign_up) = receipt(service, token).await? else { return Ok(Withdrawn::Unknown) };
    let stopped = sign_up.state.may_become(State::Stopped)
        && service.store.stop_sign_up(&sign_up.id, service.now()).await?;
    if stopped {
        return Ok(Withdrawn::Done);
    }
    // Somebody else ended it meanwhile, if it had not ended before.
    let now = service.store.sign_up(&sign_up.id).await?;
    Ok(now.map_or(Withdrawn::Unknown, |now| Withdrawn::Refused(Box::new(now))))
}

/// Mints a link for an owner. It rests nowhere but in the mail that it is made for.
pub(crate) async fn owner_link(service: &Service, sign_up: &SignUp) -> Result<String> {
    let token = tokens::staff_token();
    let digest = tokens::digest(&token).unwrap_or_default();
    let until = service.now() + OWNER_LINK;
    service.store.admit(Holder::RoleOwner, &digest, &sign_up.id, until).await?;
    Ok(format!("{}{}", service.config.base_url, door_path(&sign_up.form, &token)))
}

/// The address of an owner's door.
pub(crate) fn door_path(form: &str, token: &str) -> String {
    format!("/inzage/{form}/{token}")
}

async fn open(service: &Service, holder: Holder, digest: Option<String>) -> Result<Option<SignUp>> {
    let Some(digest) = digest else { return Ok(None) };
    match service.store.token(holder, &digest, service.now()).await? {
        Some(found) => service.store.sign_up(&found.case).await,
        None => Ok(None),
    }
}
