//! Times as the municipality's clock shows them, and dates in words.

use forms_core::manifest::DateWords;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ZonedDateTime};

/// The wall clock in the Netherlands. The time-zone table is part of the program; should it ever
/// miss the zone, winter time is at most an hour off.
fn local(at: Timestamp) -> ZonedDateTime {
    let zone =
        TimeZone::get("Europe/Amsterdam").unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(1)));
    at.to_zoned_datetime(zone)
}

/// The day it is in the Netherlands.
pub fn day(at: Timestamp) -> Date {
    local(at).date()
}

/// What its clock shows.
pub(crate) fn time(at: Timestamp) -> Time {
    local(at).time()
}

/// Six in the evening of this day: when an answer promised for the day is late.
pub fn end_of(day: Date) -> Timestamp {
    at(day, Time::constant(18, 0, 0, 0))
}

/// This hour of this day in the Netherlands.
pub fn at(day: Date, hour: Time) -> Timestamp {
    let here = day.to_datetime(hour).in_tz("Europe/Amsterdam");
    here.map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// Midnight at which this day begins in the Netherlands.
pub fn start_of(day: Date) -> Timestamp {
    day.in_tz("Europe/Amsterdam").map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

/// Midnight at which the day after this moment begins in the Netherlands.
pub fn next_day(at: Timestamp) -> Timestamp {
    let midnight = day(at).tomorrow().ok().and_then(|next| next.in_tz("Europe/Amsterdam").ok());
    midnight.map_or(Timestamp::MAX, |midnight| midnight.timestamp())
}

/// The next full hour; all hours are full ones in the Netherlands, so its clock is not asked.
pub fn next_hour(at: Timestamp) -> Timestamp {
    const HOUR: i64 = 60 * 60;
    let next = (at.as_second().div_euclid(HOUR) + 1) * HOUR;
    Timestamp::from_second(next).unwrap_or(Timestamp::MAX)
}

/// `donderdag 3 december`; in figures for a language whose words the bundle does not have.
pub fn in_words(day: Date, words: Option<&DateWords>) -> String {
    let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
    let month = usize::from(day.month().unsigned_abs());
    words
        .and_then(|words| words.day(weekday, day.day().unsigned_abs().into(), month))
        .unwrap_or_else(|| day.to_string())
}

/// `maandag 23 november, 22:05`.
pub fn moment_in_words(at: Timestamp, words: Option<&DateWords>) -> String {
    let here = local(at);
    format!("{}, {}:{:02}", in_words(here.date(), words), here.hour(), here.minute())
}

/// The spelling in the table: sorts as text, in whole seconds.
pub fn stamp(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub fn parse(stamp: &str) -> Option<Timestamp> {
    stamp.parse().ok()
}

pub(crate) const fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_read_as_the_language_writes_them() {
        let names = |text: &str| text.split(' ').map(str::to_owned).collect();
        let dutch = DateWords {
            weekdays: names("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
            months: names("jan feb mrt apr mei jun jul aug sep okt november december"),
            pattern: "{weekday} {day} {month}".to_owned(),
        };
        assert_eq!(in_words(date(2026, 12, 3), Some(&dutch)), "donderdag 3 december");
        assert_eq!(in_words(date(2026, 12, 3), None), "2026-12-03");
        let evening: Timestamp = "2026-11-23T21:05:09Z".parse().unwrap();
        assert_eq!(moment_in_words(evening, Some(&dutch)), "maandag 23 november, 22:05");
    }

    #[test]
    fn the_day_turns_at_midnight_in_the_netherlands() {
        assert_eq!(day("2026-11-23T23:30:00Z".parse().unwrap()), date(2026, 11, 24));
        assert_eq!(day("2026-07-23T21:59:00Z".parse().unwrap()), date(2026, 7, 23));
        assert_eq!(stamp(end_of(date(2026, 7, 23))), "2026-07-23T16:00:00Z");
        assert_eq!(stamp(end_of(date(2026, 11, 23))), "2026-11-23T17:00:00Z");
    }

    #[test]
    fn a_day_begins_at_midnight_also_when_the_clock_changes() {
        for (at, next) in [
            ("2026-11-23T09:00:00Z", "2026-11-23T23:00:00Z"),
            ("2026-11-23T23:00:00Z", "2026-11-24T23:00:00Z"),
            ("2026-03-28T23:30:00Z", "2026-03-29T22:00:00Z"),
            ("2026-10-24T22:30:00Z", "2026-10-25T23:00:00Z"),
        ] {
            assert_eq!(stamp(next_day(at.parse().unwrap())), next, "{at}");
        }
        assert_eq!(
            stamp(next_hour("2026-11-23T09:00:00Z".parse().unwrap())),
            "2026-11-23T10:00:00Z"
        );
        assert_eq!(
            stamp(next_hour("2026-11-23T23:59:59Z".parse().unwrap())),
            "2026-11-24T00:00:00Z"
        );
    }

    #[test]
    fn stamps_sort_as_text() {
        let early: Timestamp = "2026-11-23T09:00:00.9Z".parse().unwrap();
        assert_eq!(stamp(early), "2026-11-23T09:00:00Z");
        assert!(stamp(early) < stamp(early + minutes(60)));
    }
}
