//! What the time does to a question: it reminds, takes back, gives up waiting and closes. Nobody is
//! written to outside the hours in which offices work.

use jiff::civil::{Date, Time, time};
use jiff::{Timestamp, ToSpan};

use crate::state::State;
use crate::submission::Case;
use crate::{dates, workdays};

pub mod sweep;

/// The hour of a working day at which what falls on that day happens.
pub(crate) const HOUR: Time = time(9, 0, 0, 0);
const OPENS: Time = time(8, 0, 0, 0);
const CLOSES: Time = time(18, 0, 0, 0);

/// A partner is reminded on this working day, and on the day itself.
const PARTNER_REMINDED: u8 = 3;
/// So many working days after its day the question is taken back from a partner.
const HAND_BACK: u8 = 2;
/// A resident is reminded on this working day.
const RESIDENT_REMINDED: u8 = 5;
/// Who let a day pass is told again every so many working days.
const AGAIN: u8 = 2;

/// What is to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timer {
    RemindPartner {
        last: bool,
    },
    HandBack,
    RemindResident,
    StopWaiting,
    Expire,
    /// The day that was promised has passed; from the second time on somebody else is told.
    Overdue {
        escalated: bool,
    },
}

/// What happens next to a case in this state, and when. Every open state has an answer, so an open
/// case can be forgotten by people and never by the clock. `since` is the day from which time is
/// counted, `reminders` how often somebody was reminded since.
pub fn next(state: State, since: Date, due: Date, reminders: i64) -> Option<(Timer, Timestamp)> {
    let on = |day: Date| dates::at(day, HOUR);
    let after = |day: Date, days: u8| on(workdays::add(day, days));
    Some(match (state, reminders) {
        (State::Suspect | State::Closed | State::Erased, _) => return None,
        (State::Forwarded, 0) => {
            (Timer::RemindPartner { last: false }, after(since, PARTNER_REMINDED))
        }
        (State::Forwarded, 1) => (Timer::RemindPartner { last: true }, on(due)),
        (State::Forwarded, _) => (Timer::HandBack, after(due, HAND_BACK)),
        (State::WaitingForResident, 0) => (Timer::RemindResident, after(since, RESIDENT_REMINDED)),
        (State::WaitingForResident, _) => (Timer::StopWaiting, after(due, 1)),
        (State::Answered, _) => (Timer::Expire, after(due, 1)),
        (_, times) => {
            let days = 1 + AGAIN.saturating_mul(u8::try_from(times).unwrap_or(100).min(100));
            (Timer::Overdue { escalated: times > 0 }, after(due, days))
        }
    })
}

/// The same of a case as it is.
pub fn of(case: &Case) -> Option<(Timer, Timestamp)> {
    next(case.state, dates::day(case.since), case.due, case.reminders)
}

/// Whether people are at work: between eight and six on a working day.
pub fn is_office_hour(now: Timestamp) -> bool {
    let clock = dates::time(now);
    workdays::is_working_day(dates::day(now)) && OPENS <= clock && clock < CLOSES
}

/// The day on which a question goes back when its partner lets this day pass.
pub fn hand_back_day(due: Date) -> Date {
    workdays::add(due, HAND_BACK)
}

/// Whether a day can be promised: a working day from tomorrow on that is not too far away.
pub fn may_promise(today: Date, day: Date) -> bool {
    let last = workdays::add(today, crate::course::PROMISE_DAYS);
    today.saturating_add(1.day()) <= day && day <= last && workdays::is_working_day(day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Ten years of days, every open state, several reminders: never at night, in a weekend or on a
    /// holiday, also when the clock changes.
    #[test]
    fn nothing_happens_outside_office_hours() {
        let days = std::iter::successors(Some(date(2026, 1, 1)), |day| day.tomorrow().ok());
        let days = days.take_while(|day| day.year() < 2036);
        let cases = days.flat_map(|day| State::ALL.iter().map(move |state| (day, *state)));
        for (day, state) in cases {
            let due = workdays::add(day, 5);
            for reminders in 0..4 {
                match next(state, day, due, reminders) {
                    Some((_, at)) => {
                        assert!(is_office_hour(at) && dates::day(at) > day, "{state:?} {day} {at}");
                    }
                    None => assert!(!state.is_open(), "{state:?} is forgotten"),
                }
            }
        }
    }

    #[test]
    fn a_partner_is_reminded_on_the_third_and_fifth_day_and_has_it_no_more_on_the_seventh() {
        // Tuesday; the Monday after is day 4, over no holiday.
        let since = date(2026, 11, 24);
        let due = workdays::add(since, crate::course::PARTNER_DAYS);
        let days: Vec<Date> = (0..3)
            .map(|times| dates::day(next(State::Forwarded, since, due, times).unwrap().1))
            .collect();
        assert_eq!(days, [date(2026, 11, 27), date(2026, 12, 1), date(2026, 12, 3)]);
        assert_eq!(days[2], hand_back_day(due));
    }

    #[test]
    fn offices_are_shut_at_night_in_weekends_and_on_kings_day() {
        for (at, open) in [
            ("2026-11-24T06:59:59Z", false),
            ("2026-11-24T07:00:00Z", true),
            ("2026-11-24T16:59:59Z", true),
            ("2026-11-24T17:00:00Z", false),
            ("2026-11-22T10:00:00Z", false),
            ("2026-04-27T10:00:00Z", false),
            ("2026-07-24T06:00:00Z", true),
        ] {
            assert_eq!(is_office_hour(at.parse().unwrap()), open, "{at}");
        }
    }
}
