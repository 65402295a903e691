//! From [`Posted`] to [`Answers`]: the only way to make answers is to pass every check.

use std::collections::BTreeMap;

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

/// Line ends become `\n` (browsers send CRLF but count one character), NUL and the other control
/// characters that no keyboard types are dropped from nothing: only the ends are trimmed.
fn normalise(value: &str) -> String {
    value.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// Accepts what a mail server plausibly accepts; the confirmation mail is the real test.
/// Stricter than RFC 5321 where leniency would let a second address or a header through.
fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.rsplit_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"()<>[],;:\\\"@".contains(c);
    let label = |l: &str| {
        !l.is_empty()
            && !l.starts_with('-')
            && !l.ends_with('-')
            && l.chars().all(|c| c.is_alphanumeric() || c == '-')
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
/// (15 is the longest international number, ITU-T E.164).
fn is_phone(value: &str) -> bool {
    let digits = value.chars().filter(|c| c.is_numeric()).count();
    (6..=15).contains(&digits)
        && value.chars().enumerate().all(|(at, c)| {
            c.is_numeric() || " -().\u{a0}\u{200e}/".contains(c) || (c == '+' && at == 0)
        })
}
