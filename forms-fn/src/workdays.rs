//! Working days in the Netherlands.
//!
//! Free are weekends, New Year's Day, Easter Monday, King's Day (27 April, on the 26th when the
//! 27th is a Sunday), Ascension Day, Whit Monday and both days of Christmas. Liberation Day
//! (5 May) counts as free in lustrum years only (2030, 2035 …), as in most collective agreements;
//! in other years VluchtelingenWerk works. Good Friday is a working day. A promise that turns out
//! a day early is kept, so the choice leans to fewer free days.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// The day that is `days` working days after `from`; `from` itself never counts.
pub fn add(from: Date, days: u8) -> Date {
    let mut day = from;
    for _ in 0..days {
        day = next(day);
    }
    day
}

fn next(day: Date) -> Date {
    let mut day = day.saturating_add(1.day());
    while !is_working_day(day) {
        day = day.saturating_add(1.day());
    }
    day
}

pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

fn is_holiday(day: Date) -> bool {
    let year = day.year();
    let after_easter = |days: i64| easter(year).saturating_add(days.days());
    let fixed = match (day.month(), day.day()) {
        (1, 1) | (12, 25 | 26) => true,
        (4, 27) => day.weekday() != Weekday::Sunday,
        (4, 26) => day.weekday() == Weekday::Saturday,
        (5, 5) => year % 5 == 0,
        _ => false,
    };
    fixed || [1, 39, 50].into_iter().any(|days| after_easter(days) == day)
}

/// Easter Sunday by the Gregorian reckoning (Meeus, Jones and Butcher).
pub fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    let f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    date(year, (f / 31) as i8, (f % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, month, day) in [
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2030, 4, 21),
            (2038, 4, 25),
        ] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn weekends_and_holidays_are_skipped() {
        for (from, days, to) in [
            (date(2026, 11, 23), 2, date(2026, 11, 25)), // Monday to Wednesday
            (date(2026, 11, 27), 2, date(2026, 12, 1)),  // Friday to Tuesday
            (date(2026, 11, 28), 2, date(2026, 12, 1)),  // Saturday counts as the Friday before it
            (date(2026, 12, 24), 1, date(2026, 12, 28)), // over Christmas and a weekend
            (date(2026, 12, 31), 1, date(2027, 1, 4)),   // New Year on a Friday
            (date(2026, 4, 3), 1, date(2026, 4, 7)),     // Good Friday works, Easter Monday not
            (date(2026, 5, 13), 1, date(2026, 5, 15)),   // Ascension Day
            (date(2026, 5, 22), 1, date(2026, 5, 26)),   // Whit Monday
            (date(2026, 4, 24), 1, date(2026, 4, 28)),   // King's Day on a Monday
        ] {
            assert_eq!(add(from, days), to, "{from} + {days}");
        }
    }

    #[test]
    fn kings_day_moves_off_a_sunday_and_liberation_day_is_free_in_lustrum_years() {
        assert!(is_holiday(date(2031, 4, 26)) && !is_holiday(date(2031, 4, 27)));
        assert!(!is_holiday(date(2026, 4, 26)) && is_holiday(date(2026, 4, 27)));
        assert!(is_holiday(date(2030, 5, 5)) && !is_holiday(date(2026, 5, 5)));
    }

    #[test]
    fn every_promise_falls_on_a_working_day_within_nine_days() {
        let mut day = date(2026, 1, 1);
        while day < date(2036, 1, 1) {
            let due = add(day, 2);
            assert!(is_working_day(due));
            assert!(day.until(due).unwrap().get_days() <= 9, "{day} {due}");
            day = day.saturating_add(1.day());
        }
    }
}
