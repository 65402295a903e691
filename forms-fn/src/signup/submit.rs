//! A volunteer's sign-up: page by page, shown back, and kept in one transaction.
//!
//! The pages travel as hidden fields, so each post holds everything filled in so far and is checked
//! from its beginning; nothing is kept for anybody who has not pressed *send*.

use forms_core::view::STEP;
use forms_core::{Answers, Form, Kind, Mistake, MistakeKind, Posted, RoleState, validate};

use super::{SignUp, owners};
use crate::nonce::Nonce;
use crate::store::{CaseKeys, Kept, StoreError};
use crate::submit::{BACK, CONSENT, count_from, nonce_of};
use crate::{Service, spam};

/// What is to be shown of a form that is filled in page by page.
#[derive(Debug)]
pub enum Checked {
    Page(Shown),
    Right(Read),
}

/// A page of the form, with what is wrong on it.
#[derive(Debug)]
pub struct Shown {
    pub page: u8,
    pub wrong: Vec<Mistake>,
}

/// Answers that pass, and ids of roles that were among them and are full by now.
#[derive(Debug)]
pub struct Read {
    pub answers: Answers,
    pub full: Vec<String>,
}

/// Looks at what was filled in so far. Keeps nothing.
pub fn check(service: &Service, form: &Form, posted: &Posted) -> Checked {
    if let Some(shown) = back(form, posted) {
        return Checked::Page(shown);
    }
    let sent = number(form, posted, STEP);
    if sent == form.pages() {
        return match read(service, form, posted) {
            Ok(read) => Checked::Right(read),
            Err(wrong) => Checked::Page(first_wrong(form, wrong)),
        };
    }
    let wrong = validate(form, service.bundle.manifest.offered(), posted).err();
    let mut wrong = wrong.unwrap_or_default();
    // What nobody has been asked yet cannot be wrong.
    wrong.retain(|mistake| form.page_of(&mistake.field) <= sent);
    Checked::Page(match wrong.is_empty() {
        true => Shown { page: sent + 1, wrong },
        false => first_wrong(form, wrong),
    })
}

/// A page of the form by its number in a post; the first for what is no number.
fn number(form: &Form, posted: &Posted, name: &str) -> u8 {
    posted.value(name).trim().parse().unwrap_or(1).clamp(1, form.pages())
}

/// The page that the volunteer wants to see again, nothing called wrong.
fn back(form: &Form, posted: &Posted) -> Option<Shown> {
    let page = || number(form, posted, BACK);
    (posted.count(BACK) > 0).then(|| Shown { page: page(), wrong: Vec::new() })
}

/// The first page with a mistake: pages are mended in the order in which they were filled in.
fn first_wrong(form: &Form, wrong: Vec<Mistake>) -> Shown {
    let pages = wrong.iter().map(|mistake| form.page_of(&mistake.field));
    Shown { page: pages.min().unwrap_or(1), wrong }
}

/// All answers. A role that filled up since it was chosen is left out where another remains: one
/// full role must not cost the whole offer, and the check page says what happened.
fn read(service: &Service, form: &Form, posted: &Posted) -> Result<Read, Vec<Mistake>> {
    let offered = service.bundle.manifest.offered();
    let wrong = match validate(form, offered, posted) {
        Ok(answers) => return Ok(Read { answers, full: Vec::new() }),
        Err(wrong) => wrong,
    };
    let is_full = |mistake: &Mistake| matches!(mistake.kind, MistakeKind::RoleFull { .. });
    let field = form.field(Kind::Roles).filter(|_| wrong.iter().all(is_full));
    let Some(field) = field else { return Err(wrong) };
    let chosen = |id: &str| posted.values(&field.name).any(|value| value.trim() == id);
    let full: Vec<String> = offered
        .roles
        .iter()
        .filter(|role| role.state == RoleState::Full && chosen(&role.id))
        .map(|role| role.id.clone())
        .collect();
    let rest = full.iter().fold(posted.clone(), |posted, id| posted.without(&field.name, id));
    match validate(form, offered, &rest) {
        Ok(answers) => Ok(Read { answers, full }),
        Err(_) => Err(wrong),
    }
}

/// Whether the volunteer is asked if the organisation of the form may have the data too: not when
/// it owns a chosen role, because then it is the reader.
pub fn asks_consent<'a>(service: &Service, form: &'a Form, answers: &Answers) -> Option<&'a str> {
    let owners = owners(&service.bundle, answers.all(Kind::Roles));
    form.consent.as_deref().filter(|organisation| !owners.iter().any(|own| own == organisation))
}

/// Whether the box about sharing is ticked. No box is ticked by us.
pub fn is_ticked(posted: &Posted) -> bool {
    posted.count(CONSENT) == 1 && posted.value(CONSENT) == forms_core::form::TICKED
}

/// What became of a check page that was sent.
#[derive(Debug)]
pub enum Sent {
    Page(Shown),
    /// Not sent: a chosen role is full by now. The rest of the answers stands.
    Full(Read),
    /// The nonce is forged or too old; the answers stand.
    Expired(Read),
    /// Stored now or before: the receipt of this nonce.
    Kept {
        nonce_id: String,
    },
    /// So many from one network address that nothing more is taken within the hour.
    Busy,
    Down(StoreError),
}

/// Keeps a sign-up, once for every check page however often it is sent. `from` is the network
/// address it comes from, where that is known.
pub async fn send(
    service: &Service,
    form: &Form,
    lang: &str,
    posted: &Posted,
    from: Option<&str>,
) -> Sent {
    if let Some(shown) = back(form, posted) {
        return Sent::Page(shown);
    }
    let read = match read(service, form, posted) {
        Ok(read) => read,
        Err(wrong) => return Sent::Page(first_wrong(form, wrong)),
    };
    let now = service.now();
    let nonce = nonce_of(service, posted);
    let Some(Nonce { id: nonce_id, age }) = nonce else { return Sent::Expired(read) };
    if !read.full.is_empty() {
        return Sent::Full(read);
    }
    match count_from(service, from).await {
        Ok(count) if spam::is_flood_of_offers(count, age) => return Sent::Busy,
        Ok(_) => {}
        Err(error) => return Sent::Down(error),
    }
    let consent = asks_consent(service, form, &read.answers).is_some() && is_ticked(posted);
    let address = read.answers.get(Kind::Email);
    let keys = CaseKeys::new(&service.keys, &nonce_id, address);
    // A reference is taken once in millions; five times in a row means that something else is wrong.
    for _ in 0..5 {
        let sign_up =
            SignUp::new(&service.bundle, form, lang, &read.answers, consent, &nonce_id, now);
        let mails = sign_up.mails(&service.bundle);
        let readers = sign_up.readers(&service.bundle);
        match service.store.keep_sign_up(&sign_up, &readers, &mails, &keys).await {
            Ok(Kept::New) => {
                service.wake();
                return Sent::Kept { nonce_id };
            }
            Ok(Kept::Before) => return Sent::Kept { nonce_id },
            Ok(Kept::ReferenceTaken) => {}
            Err(error) => return Sent::Down(error),
        }
    }
    Sent::Down(StoreError::Failed("no free reference"))
}
