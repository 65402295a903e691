//! How much mail may leave: on one day, and to one address. Who floods the form fills the inbox of
//! nobody but VluchtelingenWerk, and costs no more than a day's budget; what is held back is kept.

use jiff::{SignedDuration, Timestamp};

use super::{Fault, Then};
use crate::Service;
use crate::dates;
use crate::outbox::{Audience, Out, Ration};

/// Of the day's mails every tenth is kept for those who answer.
const RESERVE: u32 = 10;
/// A counter's name holds its hour or day; it stays a little longer, for the clocks of others.
const KEPT: SignedDuration = SignedDuration::from_hours(48);

/// Lets a mail go now, or says until when it waits. A mail that was let go takes part of the day's
/// budget; [`give_back`] returns it when the mail did not leave.
pub(super) async fn allow(service: &Service, out: &Out, to: &str) -> Result<(), Fault> {
    let now = service.now();
    if let Some(most) = out.kind.ration() {
        ration(service, out, to, most, now).await?;
    }
    let all = service.config.daily_mails;
    let last = out.kind.audience() != Audience::Resident;
    let limit = if last { all } else { all - all / RESERVE };
    let spent = service.store.spend(dates::day(now), limit, now + KEPT).await;
    match spent.map_err(|error| Fault::passing(error.cause()))? {
        true => Ok(()),
        false => {
            let then = Then::Wait { until: dates::next_day(now), everything: last };
            Err(Fault { cause: "budget of the day", then })
        }
    }
}

/// An address that has its mails of this hour waits for the next; one that has its mails of this
/// day gets no more. The receipt page showed everything that stands in them.
async fn ration(
    service: &Service,
    out: &Out,
    to: &str,
    most: Ration,
    now: Timestamp,
) -> Result<(), Fault> {
    let who = service.keys.address(out.kind.as_str(), to);
    let place = async |period: String, most| {
        let counter = format!("{who}#{period}");
        let placed = service.store.place(&counter, &out.id, most, now + KEPT).await;
        placed.map_err(|error| Fault::passing(error.cause()))
    };
    let day = dates::day(now);
    if !place(day.to_string(), most.per_day).await? {
        return Err(Fault { cause: "address had enough today", then: Then::Withhold });
    }
    let until = dates::next_hour(now);
    if !place(dates::stamp(until), most.per_hour).await? {
        let then = Then::Wait { until, everything: false };
        return Err(Fault { cause: "address had one this hour", then });
    }
    Ok(())
}

/// A mail that did not leave costs nothing of the day. Not being able to say so costs one mail of
/// the budget, and no more.
pub(super) async fn give_back(service: &Service, day: jiff::civil::Date) {
    let _ = service.store.give_back(day).await;
}
