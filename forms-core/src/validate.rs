//! From [`Posted`] to [`Answers`]: the only way to make answers is to pass every check.

use std::collections::{BTreeMap, BTreeSet};

use crate::form::TICKED;
use crate::manifest::Area;
use crate::posted::printable;
use crate::reach::{is_email, is_phone};
use crate::{Field, Form, FormKind, Kind, Posted, Role, RoleState};

/// Checked answers, by kind. An unanswered question is absent, never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers(BTreeMap<Kind, Vec<String>>);

impl Answers {
    /// The answer to a question that has one.
    pub fn get(&self, kind: Kind) -> Option<&str> {
        self.all(kind).first().map(String::as_str)
    }

    /// Every value of an answer, each once, in the order in which they are offered.
    pub fn all(&self, kind: Kind) -> &[String] {
        self.0.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Kind and value; a kind with several values comes as often.
    pub fn iter(&self) -> impl Iterator<Item = (Kind, &str)> {
        self.0.iter().flat_map(|(kind, all)| all.iter().map(|value| (*kind, value.as_str())))
    }
}

/// What residents choose from.
#[derive(Debug, Clone, Copy)]
pub struct Offered<'a> {
    pub areas: &'a [Area],
    pub roles: &'a [Role],
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
    /// Neither an e-mail address nor a telephone number, where one of the two is needed.
    Unreachable,
    /// Enough people do this now.
    RoleFull {
        role: String,
    },
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
            MistakeKind::Unreachable => "unreachable",
            MistakeKind::RoleFull { .. } => "role_full",
        }
    }

    pub const KEYS: [&'static str; 9] = [
        "missing",
        "too_long",
        "not_an_email",
        "not_a_phone",
        "unknown_choice",
        "given_twice",
        "not_one_line",
        "unreachable",
        "role_full",
    ];
}

/// Checks every field and reports all mistakes at once, in the order of the form.
pub fn validate(
    form: &Form,
    offered: Offered<'_>,
    posted: &Posted,
) -> Result<Answers, Vec<Mistake>> {
    let mut answers = BTreeMap::new();
    let mut mistakes = Vec::new();
    for field in &form.fields {
        let checked = match field.kind.takes_several() {
            true => check_several(form, offered, field, posted),
            false => check(form, offered, field, posted).map(Vec::from_iter),
        };
        match checked {
            Ok(values) if values.is_empty() && is_unreachable(form, field, posted) => {
                let kind = MistakeKind::Unreachable;
                mistakes.push(Mistake { field: field.name.clone(), kind });
            }
            Ok(values) if values.is_empty() => {}
            Ok(values) => {
                answers.insert(field.kind, values);
            }
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

/// Whether this is the field at which it is said that nobody could be reached: the first for an
/// address or a number in a sign-up, when all of those are empty.
fn is_unreachable(form: &Form, field: &Field, posted: &Posted) -> bool {
    let mut ways = form.fields.iter().filter(|f| matches!(f.kind, Kind::Email | Kind::Phone));
    form.kind == FormKind::SignUp
        && ways.clone().next() == Some(field)
        && ways.all(|way| posted.values(&way.name).all(|value| normalise(value).is_empty()))
}

fn check(
    form: &Form,
    offered: Offered<'_>,
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
        Kind::Question | Kind::Name | Kind::Languages => Ok(()),
        Kind::Topic if form.topic(&value).is_some() => Ok(()),
        Kind::Area if offered.areas.iter().any(|area| area.id == value) => Ok(()),
        Kind::Adult if value == TICKED => Ok(()),
        Kind::Topic | Kind::Area | Kind::Adult | Kind::Roles | Kind::DayParts => {
            Err(MistakeKind::UnknownChoice)
        }
        Kind::Email => is_email(&value).then_some(()).ok_or(MistakeKind::NotAnEmail),
        Kind::Phone => is_phone(&value).then_some(()).ok_or(MistakeKind::NotAPhone),
    };
    verdict.map(|()| Some(value))
}

/// A choice of several: each value once, in the order of the offer, however they were sent.
fn check_several(
    form: &Form,
    offered: Offered<'_>,
    field: &Field,
    posted: &Posted,
) -> Result<Vec<String>, MistakeKind> {
    let given: BTreeSet<String> =
        posted.values(&field.name).map(normalise).filter(|value| !value.is_empty()).collect();
    if given.is_empty() {
        return if field.required { Err(MistakeKind::Missing) } else { Ok(Vec::new()) };
    }
    let all: Vec<&str> = match field.kind {
        Kind::Roles => offered.roles.iter().map(|role| role.id.as_str()).collect(),
        _ => form.day_parts.iter().map(String::as_str).collect(),
    };
    if given.iter().any(|value| !all.contains(&value.as_str())) {
        return Err(MistakeKind::UnknownChoice);
    }
    let is_full = |role: &&Role| role.state == RoleState::Full && given.contains(&role.id);
    if let Some(full) = offered.roles.iter().find(is_full)
        && field.kind == Kind::Roles
    {
        return Err(MistakeKind::RoleFull { role: full.id.clone() });
    }
    Ok(all.into_iter().filter(|id| given.contains(*id)).map(str::to_owned).collect())
}

/// The value as it is counted, checked and kept. Line ends become `\n`, because a browser sends two
/// characters for each and counts one; characters that could only mislead a reader are left out;
/// white space at both ends is not part of the answer.
fn normalise(value: &str) -> String {
    let lines = value.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    printable(&lines).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Topic, dial};

    fn form() -> Form {
        let field = |name: &str, kind, required, max_chars| Field {
            name: name.to_owned(),
            kind,
            required,
            max_chars,
            page: 1,
        };
        Form {
            id: "vraag".to_owned(),
            kind: FormKind::Question,
            start: "/vraag/".to_owned(),
            consent: None,
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
                routes: BTreeMap::new(),
                stop: false,
            }],
            day_parts: Vec::new(),
        }
    }

    const NOTHING: Offered<'_> = Offered { areas: &[], roles: &[] };

    fn mistakes<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, &'static str)> {
        match validate(&form(), NOTHING, &Posted::from(pairs)) {
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
        let answers = validate(&form(), NOTHING, &posted).unwrap();
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
            let Ok(answers) = validate(&form(), NOTHING, &posted) else { return Ok(()) };
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
