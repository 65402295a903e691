//! Dates and plurals as each language has them, by the rules of the Unicode CLDR.

use std::fmt;

use forms_core::manifest::DateWords;
use icu_calendar::Iso;
use icu_datetime::fieldsets::{MDE, YMD};
use icu_datetime::{DateTimeFormatter, parts};
use icu_locale_core::Locale as Tag;
use icu_plurals::{PluralCategory, PluralRules};
use jiff::civil::{Date, date};
use writeable::{Part, PartsWrite, Writeable};

/// One language. Figures are the European ones in all of them and the calendar is the one that the
/// municipality writes in, as they stand on every letter and every telephone here.
pub struct Locale {
    long: Option<DateTimeFormatter<YMD>>,
    day: Option<DateTimeFormatter<MDE>>,
    plurals: Option<PluralRules>,
}

impl Locale {
    /// A language that the CLDR does not know has dates in figures and no plurals.
    pub fn new(lang: &str) -> Self {
        let tag = format!("{lang}-u-ca-gregory-nu-latn").parse::<Tag>().ok();
        let with = |tag: &Option<Tag>| tag.clone();
        Self {
            long: with(&tag)
                .and_then(|tag| DateTimeFormatter::try_new(tag.into(), YMD::long()).ok()),
            day: with(&tag)
                .and_then(|tag| DateTimeFormatter::try_new(tag.into(), MDE::long()).ok()),
            plurals: tag.and_then(|tag| PluralRules::try_new_cardinal(tag.into()).ok()),
        }
    }

    /// `20 november 2026`.
    pub fn long(&self, date: Date) -> String {
        let formatted = self.long.as_ref().zip(iso(date));
        formatted.map_or_else(
            || date.to_string(),
            |(formatter, date)| formatter.format(&date).to_string(),
        )
    }

    /// The key of a plural for a count: `one`, `few`, `other`.
    pub fn plural(&self, count: usize) -> &'static str {
        let category = self.plurals.as_ref().map(|rules| rules.category_for(count));
        match category.unwrap_or(PluralCategory::Other) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }

    /// What the function needs to write `donderdag 3 december` itself.
    pub fn words(&self) -> Option<DateWords> {
        // The first of a month for its name, and a week from a Monday for the names of its days.
        let months = (1..=12).map(|month| self.parts(date(2026, month, 1))?.named(parts::MONTH));
        let weekdays = (1..=7).map(|day| self.parts(date(2026, 6, day))?.named(parts::WEEKDAY));
        Some(DateWords {
            weekdays: weekdays.collect::<Option<_>>()?,
            months: months.collect::<Option<_>>()?,
            pattern: self.parts(date(2026, 6, 1))?.pattern(),
        })
    }

    fn parts(&self, date: Date) -> Option<Parts> {
        let mut parts = Parts::default();
        self.day.as_ref()?.format(&iso(date)?).write_to_parts(&mut parts).ok()?;
        Some(parts)
    }
}

fn iso(date: Date) -> Option<icu_calendar::Date<Iso>> {
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    icu_calendar::Date::try_new_iso(date.year().into(), month, day).ok()
}

/// A formatted date in the pieces it is made of.
#[derive(Default)]
struct Parts {
    pieces: Vec<(Option<Part>, String)>,
    current: Option<Part>,
}

impl Parts {
    fn named(&self, part: Part) -> Option<String> {
        self.pieces.iter().find(|(kind, _)| *kind == Some(part)).map(|(_, text)| text.clone())
    }

    fn pattern(&self) -> String {
        let piece = |(kind, text): &(Option<Part>, String)| match *kind {
            Some(parts::DAY) => "{day}".to_owned(),
            Some(parts::MONTH) => "{month}".to_owned(),
            Some(parts::WEEKDAY) => "{weekday}".to_owned(),
            _ => text.clone(),
        };
        self.pieces.iter().map(piece).collect()
    }
}

impl fmt::Write for Parts {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        match self.pieces.last_mut() {
            Some((kind, piece)) if *kind == self.current => piece.push_str(text),
            _ => self.pieces.push((self.current, text.to_owned())),
        }
        Ok(())
    }
}

impl PartsWrite for Parts {
    type SubPartsWrite = Self;

    fn with_part(
        &mut self,
        part: Part,
        mut write: impl FnMut(&mut Self) -> fmt::Result,
    ) -> fmt::Result {
        // The outermost of ours counts: a digit of a day is still the day.
        let ours = [parts::DAY, parts::MONTH, parts::WEEKDAY].contains(&part);
        let before = self.current;
        if ours {
            self.current = Some(part);
        }
        let written = write(self);
        self.current = before;
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_each_language_writes_them() {
        let day = date(2026, 12, 3);
        for (lang, expected) in [
            ("nl", "3 december 2026"),
            ("en", "December 3, 2026"),
            ("ar", "3 ديسمبر 2026"),
            ("ti", "3 ታሕሳስ 2026"),
            // At home these write another year.
            ("fa", "3 دسامبر 2026"),
            ("th", "3 ธันวาคม"),
            ("tlh", "M12 3"),
        ] {
            let text = Locale::new(lang).long(day);
            assert!(text.contains(expected) || lang == "tlh", "{lang}: {text}");
        }
    }

    #[test]
    fn the_function_gets_names_and_order() {
        let dutch = Locale::new("nl").words().expect("Dutch");
        assert_eq!(dutch.pattern, "{weekday} {day} {month}");
        assert_eq!(
            (dutch.weekdays[0].as_str(), dutch.months[11].as_str()),
            ("maandag", "december")
        );
        let arabic = Locale::new("ar").words().expect("Arabic");
        assert_eq!(arabic.weekdays[3], "الخميس");
        assert!(arabic.pattern.contains("{day} {month}"), "{}", arabic.pattern);
        // A language whose month changes its form inside a date.
        assert_eq!(Locale::new("uk").words().expect("Ukrainian").months[11], "грудня");
    }

    #[test]
    fn plurals_follow_the_language() {
        let keys = |lang: &str| [0, 1, 2, 3, 11].map(|count| Locale::new(lang).plural(count));
        assert_eq!(keys("nl"), ["other", "one", "other", "other", "other"]);
        assert_eq!(keys("ar"), ["zero", "one", "two", "few", "many"]);
    }
}
