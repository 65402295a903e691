//! A resident's question: checked, shown back, and kept in one transaction.

use forms_core::{Answers, Form, Kind, Mistake, Posted, validate};

use crate::nonce::Nonce;
use crate::spam::Signals;
use crate::store::{CaseKeys, Kept, StoreError};
use crate::submission::Case;
use crate::{Service, dates, ids, nonce, spam};

/// Name of the check page's hidden field with the nonce.
pub const NONCE: &str = "nonce";
/// Name of the question whether contact data may be shared.
pub const CONSENT: &str = "delen";
/// Name of the button that goes back to the form.
pub const BACK: &str = "terug";
/// Name of the hidden field with the language.
pub const LANG: &str = "lang";
/// Name of the field that people do not see and some programs fill in.
pub const TRAP: &str = "laat-leeg";

/// What the check page is to show.
#[derive(Debug)]
pub enum Checked {
    /// The resident wants to change something: the form again, nothing called wrong.
    Back,
    Wrong(Vec<Mistake>),
    /// An incident: telephone numbers, and nothing is kept.
    Stop,
    Right(Answers),
}

/// Looks at what was typed. Keeps nothing.
pub fn check(service: &Service, form: &Form, posted: &Posted) -> Checked {
    if posted.count(BACK) > 0 {
        return Checked::Back;
    }
    // Whoever is in trouble sees the numbers first, whatever else is wrong.
    if is_stop(form, posted) {
        return Checked::Stop;
    }
    match validate(form, service.bundle.manifest.offered(), posted) {
        Ok(answers) => Checked::Right(answers),
        Err(mistakes) => Checked::Wrong(mistakes),
    }
}

fn is_stop(form: &Form, posted: &Posted) -> bool {
    let Some(field) = form.field(Kind::Topic) else { return false };
    posted
        .iter()
        .filter(|(name, _)| *name == field.name)
        .any(|(_, value)| form.topic(value.trim()).is_some_and(|topic| topic.stop))
}

/// What became of a check page that was sent.
#[derive(Debug)]
pub enum Sent {
    Wrong(Vec<Mistake>),
    Stop,
    /// Neither yes nor no to sharing.
    NoConsent(Answers),
    /// The nonce is forged or too old; the text stands.
    Expired(Answers),
    /// Stored now or before: the receipt of this nonce.
    Kept {
        nonce_id: String,
    },
    /// So many from one address that nothing more is taken within the hour.
    Busy,
    Down(StoreError),
}

/// Keeps a question, once for every check page however often it is sent. `from` is the network
/// address it comes from, where that is known.
pub async fn send(
    service: &Service,
    form: &Form,
    lang: &str,
    posted: &Posted,
    from: Option<&str>,
) -> Sent {
    let answers = match check(service, form, posted) {
        Checked::Right(answers) => answers,
        Checked::Wrong(mistakes) => return Sent::Wrong(mistakes),
        Checked::Stop => return Sent::Stop,
        Checked::Back => return Sent::Wrong(Vec::new()),
    };
    let now = service.now();
    let nonce = nonce_of(service, posted);
    let Some(Nonce { id: nonce_id, age }) = nonce else { return Sent::Expired(answers) };
    let consent = match (posted.count(CONSENT), posted.value(CONSENT)) {
        (1, "ja") => true,
        (1, "nee") => false,
        _ => return Sent::NoConsent(answers),
    };
    let from_here = match count_from(service, from).await {
        Ok(count) => count,
        Err(error) => return Sent::Down(error),
    };
    let trap = !posted.value(TRAP).is_empty();
    let signals = Signals { trap, age, from_here };
    if spam::is_flood(signals) {
        return Sent::Busy;
    }
    let score = spam::score(&answers, signals);
    let keys = CaseKeys::new(&service.keys, &nonce_id, answers.get(Kind::Email));
    // A reference is taken once in millions; five times in a row means that something else is wrong.
    for _ in 0..5 {
        let case = Case::new(&service.bundle, form, lang, &answers, consent, &nonce_id, now);
        let case = if score >= spam::SUSPECT { case.set_apart() } else { case };
        match service.store.keep(&case, &keys).await {
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

/// The nonce of the check page that was sent, if it is ours and still holds.
pub(crate) fn nonce_of(service: &Service, posted: &Posted) -> Option<Nonce> {
    match posted.count(NONCE) {
        1 => nonce::check(&service.keys, posted.value(NONCE), service.now()),
        _ => None,
    }
}

/// How many came from this network address within the hour. What is written down is a keyed hash of
/// it, with another key every day.
pub(crate) async fn count_from(service: &Service, from: Option<&str>) -> Result<i64, StoreError> {
    let Some(from) = from else { return Ok(1) };
    let now = service.now();
    let purpose = format!("from {}", dates::day(now));
    let place = ids::hex(&service.keys.sign(&purpose, from.as_bytes()));
    let hour = now.as_second().div_euclid(HOUR_SECONDS);
    service.store.count(&format!("RATE#{place}#{hour}"), now, 2 * HOUR_SECONDS).await
}

const HOUR_SECONDS: i64 = 60 * 60;
