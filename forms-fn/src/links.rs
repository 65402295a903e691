//! A new link for who lost it. The answer is the same whether or not we know the address.

use crate::Service;
use crate::outbox::{MailKind, Out};
use crate::state::State;
use crate::store::{Dossier, Result};

/// Links in one go: the newest of the address.
const MOST: usize = 5;

/// How long the same address is not sent links again.
const HOUR_SECONDS: i64 = 60 * 60;

/// Owes a mail with its link for every question and offer of this address that is still there. The link goes
/// to the address that is written down with the question, never to the page.
pub async fn send_again(service: &Service, address: &str) -> Result<()> {
    let now = service.now();
    let subject = service.keys.subject(address);
    let all = service.store.dossiers_of(&subject).await?;
    let hour = now.as_second().div_euclid(HOUR_SECONDS);
    let turn = format!("LINK#{subject}#{hour}");
    if all.is_empty() || !service.store.first(&turn, now, 2 * HOUR_SECONDS).await? {
        return Ok(());
    }
    for dossier in all.iter().rev().take(MOST) {
        let (id, kind) = match dossier {
            Dossier::Case(id) => (id, MailKind::NewLink),
            Dossier::SignUp(id) => (id, MailKind::SignUpConfirmation),
        };
        if !is_erased(service, dossier).await? {
            service.store.owe(&Out::new(id, kind, now), now).await?;
        }
    }
    service.wake();
    Ok(())
}

async fn is_erased(service: &Service, dossier: &Dossier) -> Result<bool> {
    Ok(match dossier {
        Dossier::Case(id) => {
            service.store.case(id).await?.is_none_or(|case| case.state == State::Erased)
        }
        // One that was taken back has no address any more.
        Dossier::SignUp(id) => {
            service.store.sign_up(id).await?.is_none_or(|sign_up| sign_up.personal.is_empty())
        }
    })
}
