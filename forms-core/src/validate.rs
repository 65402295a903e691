//! From [`Posted`] to [`Answers`]: the only way to make answers is to pass every check.

use std::collections::BTreeMap;

use crate::posted::printable;
use crate::{Field, Form, Kind, Posted};

/// Checked answers, by kind. An unanswered question is absent, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers(BTreeMap<Kind, String>);

impl Answers {
    pub fn get(&self, kind: Kind) -> Option<&str> {
        self.0.get(&kind).map(String::as_str)
    }

    pub fn iter(&self) -> impl Iterator<Item = (Kind, &str)> {
        self.0.iter().map(|(kind, value)| (*kind, value.as_str()))
    }
}

/// One thing wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The field's name in the form.
    pub field: String,
    pub kind: MistakeKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MistakeKind {
    Missing,
    /// Lengths in Unicode scalar values.
    TooLong {
        max: usize,
        actual: usize,
    },
    NotAnEmail,
    NotAPhone,
    /// The value is none of those offered.
    UnknownChoice,
    /// The field was sent more than once.
    GivenTwice,
    /// A line break or another control character in a field of one line.
    NotOneLine,
}

impl MistakeKind {
    /// Key of the message in the theme's `messages/<lang>.toml`, under `[mistakes]`.
    pub fn key(&self) -> &'static str {
        match self {
            MistakeKind::Missing => "missing",
            MistakeKind::TooLong { .. } => "too_long",
            MistakeKind::NotAnEmail => "not_an_email",
            MistakeKind::NotAPhone => "not_a_phone",
            MistakeKind::UnknownChoice => "unknown_choice",
            MistakeKind::GivenTwice => "given_twice",
            MistakeKind::NotOneLine => "not_one_line",
        }
    }

    pub const KEYS: [&'static str; 7] = [
        "missing",
        "too_long",
        "not_an_email",
        "not_a_phone",
        "unknown_choice",
        "given_twice",
        "not_one_line",
    ];
}

/// Checks every field and reports all mistakes at once, in the order of the form.
///
/// `areas` are the ids a resident may choose from.
pub fn validate(form: &Form, areas: &[&str], posted: &Posted) -> Result<Answers, Vec<Mistake>> {
    let mut answers = BTreeMap::new();
    let mut mistakes = Vec::new();
    for field in &form.fields {
        match check(form, areas, field, posted) {
            Ok(Some(value)) => {
                answers.insert(field.kind, value);
            }
            Ok(None) => {}
            Err(kind) => mistakes.push(Mistake { field: field.name.clone(), kind }),
        }
    }
    if mistakes.is_empty() { Ok(Answers(answers)) } else { Err(mistakes) }
}

/// Free text as it is kept, or what is wrong with it. `max` in Unicode scalar values.
pub fn free_text(value: &str, max: usize) -> Result<String, MistakeKind> {
    let value = normalise(value);
    let actual = value.chars().count();
    match actual {
        0 => Err(MistakeKind::Missing),
        _ if actual > max => Err(MistakeKind::TooLong { max, actual }),
        _ => Ok(value),
    }
}

/// Whether this can be the address of a mailbox, after leaving out what surrounds it.
pub fn mail_address(value: &str) -> Option<String> {
    let value = normalise(value);
    (value.chars().count() <= LONGEST_ADDRESS && is_email(&value)).then_some(value)
}

/// RFC 5321, 4.5.3.1.3, less the angle brackets.
const LONGEST_ADDRESS: usize = 254;

fn check(
    form: &Form,
    areas: &[&str],
    field: &Field,
    posted: &Posted,
) -> Result<Option<String>, MistakeKind> {
    if posted.count(&field.name) > 1 {
        return Err(MistakeKind::GivenTwice);
    }
    let value = normalise(posted.value(&field.name));
    if value.is_empty() {
        return if field.required { Err(MistakeKind::Missing) } else { Ok(None) };
    }
    let actual = value.chars().count();
    if actual > field.max_chars {
        return Err(MistakeKind::TooLong { max: field.max_chars, actual });
    }
    if field.kind != Kind::Question && value.chars().any(char::is_control) {
        return Err(MistakeKind::NotOneLine);
    }
    let verdict = match field.kind {
        Kind::Question | Kind::Name => Ok(()),
        Kind::Topic if form.topic(&value).is_some() => Ok(()),
        Kind::Area if areas.contains(&value.as_str()) => Ok(()),
        Kind::Topic | Kind::Area => Err(MistakeKind::UnknownChoice),
        Kind::Email => is_email(&value).then_some(()).ok_or(MistakeKind::NotAnEmail),
        Kind::Phone => is_phone(&value).then_some(()).ok_or(MistakeKind::NotAPhone),
    };
    verdict.map(|()| Some(value))
}

/// The value as it is counted, checked and kept. Line ends become `\n`, because a browser sends two
/// characters for each and counts one; characters that could only mislead a reader are left out;
/// white space at both ends is not part of the answer.
fn normalise(value: &str) -> String {
    let lines = value.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    printable(&lines).trim().to_owned()
}

/// Accepts what a mail server plausibly accepts; the confirmation mail is the real test.
/// Stricter than RFC 5321 where leniency would let a second address or a header through, and plain
/// ASCII, because the mail service refuses the rest: better said at the field than found out later.
fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let plain = |c: char| c.is_ascii_graphic() && !"()<>[],;:\\\"@".contains(c);
    let label = |l: &str| {
        !l.is_empty()
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    !local.is_empty()
        && local.len() <= 64
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.contains('.')
        && domain.split('.').all(label)
}

/// Any number that can be dialled, Dutch or foreign, with or without spaces: 6 to 15 digits
/// (15 is the longest international number, ITU-T E.164). Arabic and Persian digits count.
fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(|c| digit(*c).is_some()).count();
    (6..=15).contains(&digits)
        && value.chars().enumerate().all(|(at, c)| {
            digit(c).is_some() || " -().\u{a0}\u{200e}/".contains(c) || (c == '+' && at == 0)
        })
}

/// The value of a decimal digit in the scripts that a telephone number is written in here.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6f0}'..='\u{6f9}' => Some(c as u32 - 0x6f0),
        _ => None,
    }
}

/// A telephone number as a `tel:` link wants it: ASCII digits and at most a plus sign in front.
pub fn dial(phone: &str) -> String {
    let plus = if phone.trim_start().starts_with('+') { "+" } else { "" };
    let digits = phone.chars().filter_map(digit).filter_map(|d| char::from_digit(d, 10));
    plus.chars().chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Topic;

    fn form() -> Form {
        let field = |name: &str, kind, required, max_chars| Field {
            name: name.to_owned(),
            kind,
            required,
            max_chars,
        };
        Form {
            id: "vraag".to_owned(),
            fields: vec![
                field("onderwerp", Kind::Topic, false, 32),
                field("vraag", Kind::Question, true, 10),
                field("wijk", Kind::Area, false, 64),
                field("naam", Kind::Name, false, 10),
                field("email", Kind::Email, false, 254),
                field("telefoon", Kind::Phone, false, 32),
            ],
            topics: vec![Topic {
                id: "huis".to_owned(),
                route: "vluchtelingenwerk".to_owned(),
                stop: false,
            }],
        }
    }

    fn mistakes<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, &'static str)> {
        match validate(&form(), &["lith"], &Posted::from(pairs)) {
            Ok(_) => Vec::new(),
            Err(list) => list.into_iter().map(|m| (m.field, m.kind.key())).collect(),
        }
    }

    fn email(value: &str) -> bool {
        mistakes([("vraag", "x"), ("email", value)]).is_empty()
    }

    #[test]
    fn reports_every_mistake_in_the_order_of_the_form() {
        let found = mistakes([
            ("email", "a@b"),
            ("vraag", " \n "),
            ("wijk", "elders"),
            ("onderwerp", "huis"),
            ("onderwerp", "huis"),
            ("naam", "een veel te lange naam"),
            ("telefoon", "bel mij"),
        ]);
        let names: Vec<(&str, &str)> = found.iter().map(|(f, k)| (f.as_str(), *k)).collect();
        assert_eq!(
            names,
            [
                ("onderwerp", "given_twice"),
                ("vraag", "missing"),
                ("wijk", "unknown_choice"),
                ("naam", "too_long"),
                ("email", "not_an_email"),
                ("telefoon", "not_a_phone"),
            ]
        );
    }

    #[test]
    fn a_line_end_counts_as_one_character_however_it_was_sent() {
        assert!(mistakes([("vraag", "1234\r\n567\r9")]).is_empty());
        assert_eq!(mistakes([("vraag", "1234\r\n567890")])[0].1, "too_long");
    }

    #[test]
    fn length_is_counted_in_characters_and_not_in_bytes() {
        assert!(mistakes([("vraag", "ሰላም ሰላም 🏠🏠")]).is_empty());
    }

    #[test]
    fn addresses_of_mail_pass_no_second_header_or_recipient() {
        assert!(email("jan.de-wit+oss@post.example.org"));
        for wrong in [
            "a@b.nl\r\nBcc: c@d.nl",
            "a@b.nl,c@d.nl",
            "a b@c.nl",
            "<a@b.nl>",
            "a@b",
            ".a@b.nl",
            "a..b@c.nl",
            "a@-b.nl",
            "a@b.nl\u{2028}c",
            "é@b.nl",
        ] {
            assert!(!email(wrong), "{wrong:?}");
        }
    }

    #[test]
    fn telephone_numbers_of_any_country_pass_and_dial_alike() {
        for (typed, dialled) in [
            ("06 12 34 56 78", "0612345678"),
            ("+31 (0)412-123456", "+310412123456"),
            ("٠٦١٢٣٤٥٦٧٨", "0612345678"),
        ] {
            assert!(mistakes([("vraag", "x"), ("telefoon", typed)]).is_empty(), "{typed}");
            assert_eq!(dial(typed), dialled);
        }
        assert!(!mistakes([("vraag", "x"), ("telefoon", "½½½½½½½")]).is_empty());
    }

    #[test]
    fn what_misleads_the_eye_is_not_kept() {
        let posted = Posted::from([("vraag", "a\u{202e}b\0c\td\u{7f}")]);
        let answers = validate(&form(), &[], &posted).unwrap();
        assert_eq!(answers.get(Kind::Question), Some("abc\td"));
    }

    proptest! {
        /// Whatever is sent, checked answers hold no control character but line end and tab, are
        /// not empty and fit the form.
        #[test]
        fn answers_keep_their_promises_for_any_input(
            question in TYPED, name in TYPED, mail in "[ab1@.+\\- \r\n\\PC]{0,14}", phone in TYPED,
        ) {
            let posted = Posted::from([
                ("vraag", question.as_str()),
                ("naam", name.as_str()),
                ("email", mail.as_str()),
                ("telefoon", phone.as_str()),
            ]);
            let Ok(answers) = validate(&form(), &[], &posted) else { return Ok(()) };
            for (kind, value) in answers.iter() {
                prop_assert!(!value.is_empty());
                prop_assert!(value.chars().count() <= form().field(kind).unwrap().max_chars);
                let lines = kind == Kind::Question;
                let kept = |c: char| !c.is_control() || (lines && "\n\t".contains(c));
                prop_assert!(value.chars().all(kept), "{kind:?} {value:?}");
            }
        }
    }

    /// Ends of lines, controls, marks that turn the direction, digits of other scripts, and all
    /// that a template or an address could stumble over.
    const TYPED: &str = "([0-9ab@.+<\"'&%= -]|\r\n|[\0\t\r\n]|[\u{202e}\u{2028}é٣ሰ🏠]|.){0,20}";
}
