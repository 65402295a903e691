//! A quarter of a year.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;

/// A quarter of a year, `2026-4` in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quarter {
    year: i16,
    /// 1 to 4.
    number: u8,
}

impl Quarter {
    /// Reads `2026-4`; there is no other way to write it.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, number) = text.split_once('-')?;
        let number = match number {
            "1" => 1,
            "2" => 2,
            "3" => 3,
            "4" => 4,
            _ => return None,
        };
        let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        Some(Self { year: year.parse().ok().filter(|_| digits)?, number })
    }

    /// The quarter that a day is in.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), number: (day.month().unsigned_abs() - 1) / 3 + 1 }
    }

    #[must_use]
    pub fn previous(self) -> Self {
        match self.number {
            ..=1 => Self { year: self.year.saturating_sub(1), number: 4 },
            number => Self { year: self.year, number: number - 1 },
        }
    }

    /// Its months, as `2026-10`.
    pub fn months(self) -> [String; 3] {
        [0, 1, 2].map(|later| format!("{:04}-{:02}", self.year, self.first_month() + later))
    }

    pub fn first_day(self) -> Date {
        // Beyond the calendar only where somebody goes back ten thousand years.
        Date::new(self.year, self.first_month(), 1).unwrap_or(Date::MIN)
    }

    pub fn last_day(self) -> Date {
        self.first_day().saturating_add(2.months()).last_of_month()
    }

    /// Whether nothing can happen in it any more.
    pub fn is_over(self, today: Date) -> bool {
        self.last_day() < today
    }

    fn first_month(self) -> i8 {
        match self.number {
            ..=1 => 1,
            2 => 4,
            3 => 7,
            4.. => 10,
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{}", self.year, self.number)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_quarter_is_read_as_it_is_written_and_in_no_other_way() {
        for text in ["2026-1", "2026-4", "0001-2"] {
            assert_eq!(Quarter::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "", "2026", "2026-", "2026-0", "2026-5", "2026-04", "2026-4 ", "26-4", "+026-4",
            "-2026-4", "2026-4-1", "20264", "202٦-4",
        ] {
            assert_eq!(Quarter::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_day_is_in_the_quarter_from_its_first_day_to_its_last() {
        let mut day = date(2023, 12, 25);
        while day < date(2029, 1, 7) {
            let quarter = Quarter::of(day);
            assert!(quarter.first_day() <= day && day <= quarter.last_day(), "{day} {quarter}");
            assert!(quarter.months().contains(&day.strftime("%Y-%m").to_string()), "{day}");
            assert_eq!(quarter.first_day().yesterday().unwrap(), quarter.previous().last_day());
            assert!(quarter.previous() < quarter);
            assert!(!quarter.is_over(day) && quarter.previous().is_over(day), "{day}");
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn the_last_quarter_of_a_year_ends_with_it() {
        let quarter = Quarter::parse("2026-4").unwrap();
        assert_eq!(quarter.months(), ["2026-10", "2026-11", "2026-12"]);
        assert_eq!(quarter.first_day(), date(2026, 10, 1));
        assert_eq!(quarter.last_day(), date(2026, 12, 31));
        assert!(!quarter.is_over(date(2026, 12, 31)) && quarter.is_over(date(2027, 1, 1)));
        assert_eq!(Quarter::parse("2027-1").unwrap().previous(), quarter);
    }

    #[test]
    fn the_ends_of_the_calendar_do_no_harm() {
        for day in [Date::MIN, Date::MAX] {
            let quarter = Quarter::of(day);
            assert!(quarter.first_day() <= day && day <= quarter.last_day());
        }
        assert_eq!(Quarter::of(Date::MIN).previous().first_day(), Date::MIN);
    }
}
