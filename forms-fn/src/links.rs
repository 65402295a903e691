//! A new link for who lost it. The answer is the same whether or not we know the address.

use crate::Service;
use crate::outbox::MailKind;
use crate::state::State;
use crate::store::Result;

/// Links in one go: the newest questions of the address.
const MOST: usize = 5;

/// How long the same address is not sent links again.
const HOUR_SECONDS: i64 = 60 * 60;

/// Owes a mail with its link for every question of this address that is still there. The link goes
/// to the address that is written down with the question, never to the page.
pub async fn send_again(service: &Service, address: &str) -> Result<()> {
    let now = service.now();
    let subject = service.keys.subject(address);
    let cases = service.store.cases_of(&subject).await?;
    let hour = now.as_second().div_euclid(HOUR_SECONDS);
    let turn = format!("LINK#{subject}#{hour}");
    if cases.is_empty() || !service.store.first(&turn, now, 2 * HOUR_SECONDS).await? {
        return Ok(());
    }
    for id in cases.iter().rev().take(MOST) {
        let Some(case) = service.store.case(id).await? else { continue };
        if case.state != State::Erased {
            service.store.owe(&case.mail(MailKind::NewLink, now), now).await?;
        }
    }
    service.wake();
    Ok(())
}
