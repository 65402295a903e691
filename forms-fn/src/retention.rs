//! How long what is kept, and erasing it on the day. The privacy page of the site says the same.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::Service;
use crate::signup::SignUp;
use crate::state::State;
use crate::store::{CaseKeys, Dossier, Result};
use crate::submission::Case;
use crate::telemetry::Field;

/// From the day a question is closed until everything personal in it is erased.
const CLOSED_DAYS: i64 = 30;

/// How long a case without anything personal still says what happened to it: 13 months.
const TRAIL: SignedDuration = SignedDuration::from_hours(396 * 24);

/// How long a tombstone stands: longer than any copy of the table, which lasts 35 days.
const TOMBSTONE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// The day on which a question that is closed today is erased.
pub fn erase_on(closed: Date) -> Date {
    closed.saturating_add(CLOSED_DAYS.days())
}

/// When the last trace of a case that is erased now vanishes.
pub(crate) fn forget_at(now: Timestamp) -> Timestamp {
    now.saturating_add(TRAIL).unwrap_or(Timestamp::MAX)
}

pub(crate) fn tombstone_until(now: Timestamp) -> Timestamp {
    now.saturating_add(TOMBSTONE).unwrap_or(Timestamp::MAX)
}

/// Erases every closed case whose day has come. One that cannot be erased does not keep the others;
/// the first such fault is returned at the end.
pub async fn sweep(service: &Service) -> Result<usize> {
    let mut erased = 0;
    let mut fault = None;
    loop {
        let due = service.store.to_erase(service.now()).await?;
        let before = erased;
        for id in &due {
            match erase_one(service, id).await {
                Ok(_) => erased += 1,
                Err(error) => fault = fault.or(Some(error)),
            }
        }
        // The index lags behind; what it still shows is found by the next sweep.
        if due.len() < 100 || erased == before {
            break;
        }
    }
    if erased > 0 {
        service.log.event("erased", &[Field::Count("cases", erased)]);
    }
    fault.map_or(Ok(erased), Err)
}

/// Everything that is kept of a mail address.
#[derive(Debug, Default)]
pub struct Known {
    pub questions: Vec<Case>,
    pub offers: Vec<SignUp>,
}

/// What is kept of a mail address, for whoever asks (GDPR, article 15).
pub async fn export(service: &Service, address: &str) -> Result<Known> {
    let mut known = Known::default();
    for dossier in service.store.dossiers_of(&service.keys.subject(address)).await? {
        match dossier {
            Dossier::Case(id) => {
                let case = service.store.case(&id).await?;
                known.questions.extend(case.filter(|case| case.state != State::Erased));
            }
            Dossier::SignUp(id) => known.offers.extend(service.store.sign_up(&id).await?),
        }
    }
    Ok(known)
}

/// Erases all of it now (GDPR, article 17), open questions too: their resident no longer wants an
/// answer. Tells how many there were.
pub async fn erase(service: &Service, address: &str) -> Result<usize> {
    let all = service.store.dossiers_of(&service.keys.subject(address)).await?;
    erase_all(service, &all).await
}

/// After an older copy of the table was put back: erases again what had been erased.
pub async fn replay(service: &Service, tombstones: &[Dossier]) -> Result<usize> {
    erase_all(service, tombstones).await
}

async fn erase_all(service: &Service, all: &[Dossier]) -> Result<usize> {
    let mut erased = 0;
    for id in all {
        erased += usize::from(erase_one(service, id).await?);
    }
    service.log.event("erased", &[Field::Count("cases", erased)]);
    Ok(erased)
}

async fn erase_one(service: &Service, dossier: &Dossier) -> Result<bool> {
    let tokens = |nonce: &str| match nonce {
        "" => Vec::new(),
        nonce => {
            let keys = CaseKeys::new(&service.keys, nonce, None);
            vec![keys.status, keys.code]
        }
    };
    service.store.erase(dossier, tokens, service.now()).await
}
