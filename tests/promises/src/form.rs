//! A form's body is what a browser sends or is refused; what passes the checks of the form is what
//! was typed, fits its limits, and stays the same when the check page sends it once more.

use forms_core::form::TICKED;
use forms_core::manifest::Area;
use forms_core::posted::Unreadable;
use forms_core::{
    Answers, Form, FormKind, Kind, Mistake, MistakeKind, Offered, Posted, Role, RoleState, dial,
    validate,
};

/// More pairs than these are no form.
const MAX_PAIRS: usize = 64;

/// Every kind of field, with limits that a few letters reach.
const FORM: &str = r#"{
    "id": "vraag", "kind": "question", "start": "/vraag/", "consent": null,
    "fields": [
        {"name": "onderwerp", "kind": "topic", "required": false, "max_chars": 8, "page": 1},
        {"name": "vraag", "kind": "question", "required": true, "max_chars": 40, "page": 1},
        {"name": "wijk", "kind": "area", "required": false, "max_chars": 8, "page": 1},
        {"name": "rollen", "kind": "roles", "required": false, "max_chars": 8, "page": 1},
        {"name": "dagdelen", "kind": "day-parts", "required": false, "max_chars": 8, "page": 2},
        {"name": "talen", "kind": "languages", "required": false, "max_chars": 20, "page": 2},
        {"name": "naam", "kind": "name", "required": false, "max_chars": 12, "page": 3},
        {"name": "email", "kind": "email", "required": false, "max_chars": 30, "page": 3},
        {"name": "telefoon", "kind": "phone", "required": false, "max_chars": 24, "page": 3},
        {"name": "volwassen", "kind": "adult", "required": false, "max_chars": 8, "page": 3}
    ],
    "topics": [
        {"id": "samen", "route": "vwn", "stop": false},
        {"id": "incident", "route": "vwn", "stop": true}
    ],
    "day_parts": ["ochtend", "avond"]
}"#;
const AREAS: &str = r#"[{"id": "lith", "name": "Lith"}, {"id": "geffen", "name": "Geffen"}]"#;
const ROLES: &str = r#"[
    {"id": "maatje", "state": "open", "owner": "vwn", "texts": {}},
    {"id": "sport", "state": "wachtlijst", "owner": "ons", "texts": {}},
    {"id": "taal", "state": "vol", "owner": "vwn", "texts": {}}
]"#;

pub fn form(bytes: &[u8]) {
    let pairs = pairs(bytes);
    let posted = match Posted::from_urlencoded(bytes) {
        Ok(posted) => posted,
        Err(Unreadable::TooManyFields) => {
            assert!(pairs.len() > MAX_PAIRS, "{} pairs are refused", pairs.len());
            return;
        }
        Err(Unreadable::NotUtf8) => {
            let text = |part: &Vec<u8>| std::str::from_utf8(part).is_ok();
            let all = pairs.iter().all(|(name, value)| text(name) && text(value));
            assert!(!all, "text is refused");
            return;
        }
    };
    let read: Vec<_> = posted.iter().map(|(n, v)| (n.as_bytes(), v.as_bytes())).collect();
    let sent: Vec<_> = pairs.iter().map(|(n, v)| (n.as_slice(), v.as_slice())).collect();
    assert!(sent.len() <= MAX_PAIRS);
    assert_eq!(read, sent, "what was sent is what is read");
    let again = encode(posted.iter());
    assert_eq!(Posted::from_urlencoded(again.as_bytes()).as_ref(), Ok(&posted), "{again}");

    let areas: Vec<Area> = serde_json::from_str(AREAS).expect("areas");
    let roles: Vec<Role> = serde_json::from_str(ROLES).expect("roles");
    let offered = Offered { areas: &areas, roles: &roles };
    let mut form: Form = serde_json::from_str(FORM).expect("a form");
    for kind in [FormKind::Question, FormKind::SignUp] {
        form.kind = kind;
        match validate(&form, offered, &posted) {
            Ok(answers) => {
                right(&form, offered, &posted, &answers);
                stays(&form, offered, &answers);
            }
            Err(mistakes) => told(&form, &posted, &mistakes),
        }
    }
}

/// At most one mistake a field, in their order, and none about what was not sent but that it is
/// missing.
fn told(form: &Form, posted: &Posted, mistakes: &[Mistake]) {
    assert!(!mistakes.is_empty());
    let place = |name: &str| form.fields.iter().position(|field| field.name == name);
    let places: Vec<_> = mistakes.iter().map(|one| place(&one.field)).collect();
    assert!(places.iter().all(Option::is_some), "a mistake in no field: {mistakes:?}");
    assert!(places.is_sorted_by(|a, b| a < b), "one a field, in their order: {mistakes:?}");
    for mistake in mistakes {
        assert!(MistakeKind::KEYS.contains(&mistake.kind.key()));
        let missing = matches!(mistake.kind, MistakeKind::Missing | MistakeKind::Unreachable);
        assert!(missing || posted.count(&mistake.field) > 0, "{mistake:?} was not sent");
    }
}

/// Name and value as the standard of forms says (<https://url.spec.whatwg.org/#urlencoded-parsing>),
/// written another way than the reader under test: cut at the signs, not walked along.
fn pairs(bytes: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let parts = bytes.split(|byte| *byte == b'&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let mut halves = part.splitn(2, |byte| *byte == b'=');
            let mut half = || decode(halves.next().unwrap_or_default());
            (half(), half())
        })
        .collect()
}

fn decode(text: &[u8]) -> Vec<u8> {
    let mut pieces = text.split(|byte| *byte == b'%');
    let mut bytes = pieces.next().unwrap_or_default().to_vec();
    spaces(&mut bytes, 0);
    for piece in pieces {
        let start = bytes.len();
        let digits = piece.get(..2).filter(|two| two.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(&piece[2..]);
                spaces(&mut bytes, start + 1);
            }
            None => {
                bytes.push(b'%');
                bytes.extend(piece);
                spaces(&mut bytes, start);
            }
        }
    }
    bytes
}

fn spaces(bytes: &mut [u8], from: usize) {
    for byte in bytes.iter_mut().skip(from).filter(|byte| **byte == b'+') {
        *byte = b' ';
    }
}

/// A body as a browser makes it.
fn encode<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let text = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b' ' => "+".to_owned(),
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
                _ => format!("%{byte:02X}"),
            })
            .collect()
    };
    pairs
        .map(|(name, value)| format!("{}={}", text(name), text(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// Every answer is within its limits, and a part of what was typed.
fn right(form: &Form, offered: Offered<'_>, posted: &Posted, answers: &Answers) {
    for field in form.fields.iter().filter(|field| field.required) {
        assert!(answers.get(field.kind).is_some(), "{} is missing", field.name);
    }
    let reachable = [Kind::Email, Kind::Phone].iter().any(|kind| answers.get(*kind).is_some());
    assert!(form.kind == FormKind::Question || reachable, "nobody to answer");
    for field in &form.fields {
        let all = answers.all(field.kind);
        if field.kind.takes_several() {
            assert!(in_order(all, &choices(form, offered, field.kind)), "{all:?}");
        } else {
            assert!(all.len() <= 1 && (all.is_empty() || posted.count(&field.name) == 1));
        }
        for value in all {
            assert!(!value.is_empty() && value.trim() == value, "{value:?}");
            assert!(value.chars().count() <= field.max_chars, "{value:?}");
            assert!(value.chars().all(|c| is_harmless(c, field.kind)), "{value:?}");
            let typed = posted.values(&field.name).any(|typed| is_part(value, typed));
            assert!(typed, "{value:?} was never typed");
            assert!(fits(form, offered, field.kind, value), "{value:?}");
        }
    }
}

/// What can be chosen of a kind that takes several, in the order of the offer.
fn choices<'a>(form: &'a Form, offered: Offered<'a>, kind: Kind) -> Vec<&'a str> {
    match kind {
        Kind::Roles => {
            let free = offered.roles.iter().filter(|role| role.state != RoleState::Full);
            free.map(|role| role.id.as_str()).collect()
        }
        _ => form.day_parts.iter().map(String::as_str).collect(),
    }
}

/// Whether all of `some` stand in `all`, each once and in its order.
fn in_order(some: &[String], all: &[&str]) -> bool {
    let mut rest = all.iter();
    some.iter().all(|one| rest.any(|choice| choice == one))
}

fn is_harmless(c: char, kind: Kind) -> bool {
    match c {
        '\n' | '\t' => kind == Kind::Question,
        // What turns the order of the letters around, and what is no letter at all.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => false,
        c => !c.is_control(),
    }
}

/// Whether the value is what was typed, less some of it.
fn is_part(value: &str, typed: &str) -> bool {
    let mut typed = typed.chars();
    let is_line = |c: char| matches!(c, '\r' | '\n' | '\u{2028}' | '\u{2029}');
    value.chars().all(|c| typed.any(|t| t == c || (c == '\n' && is_line(t))))
}

/// What a value of this kind must be, said another way than the check says it.
fn fits(form: &Form, offered: Offered<'_>, kind: Kind, value: &str) -> bool {
    match kind {
        Kind::Topic => form.topics.iter().any(|topic| topic.id == value),
        Kind::Area => offered.areas.iter().any(|area| area.id == value),
        Kind::Adult => value == TICKED,
        Kind::Email => {
            let halves: Vec<&str> = value.split('@').collect();
            let plain = value.is_ascii() && !value.contains([' ', ',', ';', '<', '>', '"']);
            plain && halves.len() == 2 && !halves[0].is_empty() && halves[1].contains('.')
        }
        Kind::Phone => {
            let number = dial(value);
            let digits = number.strip_prefix('+').unwrap_or(&number);
            (6..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())
        }
        _ => true,
    }
}

/// The check page carries the answers in hidden fields, and a browser sends line ends as two signs.
fn stays(form: &Form, offered: Offered<'_>, answers: &Answers) {
    let hidden: Vec<(String, String)> = answers
        .iter()
        .filter_map(|(kind, value)| {
            Some((form.field(kind)?.name.clone(), value.replace('\n', "\r\n")))
        })
        .collect();
    let body = encode(hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let posted = Posted::from_urlencoded(body.as_bytes()).expect("a body of a browser");
    assert_eq!(validate(form, offered, &posted).as_ref(), Ok(answers), "{body}");
}
