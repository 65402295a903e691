//! A form's body is what a browser sends or is refused; what passes the checks of the form is what
//! was typed, fits its limits, and stays the same when the check page sends it once more.

use forms_core::manifest::Area;
use forms_core::posted::Unreadable;
use forms_core::{Answers, Form, Kind, MistakeKind, Offered, Posted, dial, validate};

/// More pairs than these are no form.
const MAX_PAIRS: usize = 64;
const AREAS: [&str; 2] = ["lith", "geffen"];

/// Every kind of field that a question has, with limits that a few letters reach.
const FORM: &str = r#"{
    "id": "vraag", "kind": "question", "start": "/vraag/", "consent": null, "day_parts": [],
    "fields": [
        {"name": "onderwerp", "kind": "topic", "required": false, "max_chars": 8, "page": 1},
        {"name": "vraag", "kind": "question", "required": true, "max_chars": 40, "page": 1},
        {"name": "wijk", "kind": "area", "required": false, "max_chars": 8, "page": 1},
        {"name": "naam", "kind": "name", "required": false, "max_chars": 12, "page": 1},
        {"name": "email", "kind": "email", "required": false, "max_chars": 30, "page": 1},
        {"name": "telefoon", "kind": "phone", "required": false, "max_chars": 24, "page": 1}
    ],
    "topics": [
        {"id": "samen", "route": "vwn", "stop": false},
        {"id": "incident", "route": "vwn", "stop": true}
    ]
}"#;

/// Areas to choose from, and no roles.
fn areas() -> Vec<Area> {
    AREAS.map(|id| Area { id: id.to_owned(), name: id.to_owned() }).to_vec()
}

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

    let form: Form = serde_json::from_str(FORM).expect("a form");
    let areas = areas();
    match validate(&form, Offered { areas: &areas, roles: &[] }, &posted) {
        Ok(answers) => {
            right(&form, &posted, &answers);
            stays(&form, &answers);
        }
        Err(mistakes) => {
            assert!(!mistakes.is_empty());
            let place = |name: &str| form.fields.iter().position(|field| field.name == name);
            let places: Vec<_> = mistakes.iter().map(|one| place(&one.field)).collect();
            assert!(places.iter().all(Option::is_some), "a mistake in no field: {mistakes:?}");
            assert!(places.is_sorted_by(|a, b| a < b), "one a field, in their order: {mistakes:?}");
            for mistake in &mistakes {
                assert!(MistakeKind::KEYS.contains(&mistake.kind.key()));
                let sent = posted.count(&mistake.field) > 0;
                assert!(sent || mistake.kind == MistakeKind::Missing, "{mistake:?} was not sent");
            }
        }
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
fn right(form: &Form, posted: &Posted, answers: &Answers) {
    for field in form.fields.iter().filter(|field| field.required) {
        assert!(answers.get(field.kind).is_some(), "{} is missing", field.name);
    }
    for (kind, value) in answers.iter() {
        let field = form.field(kind).expect("a field of the form");
        assert_eq!(posted.count(&field.name), 1, "{} was not sent once", field.name);
        assert!(!value.is_empty() && value.trim() == value, "{value:?}");
        assert!(value.chars().count() <= field.max_chars, "{value:?}");
        let lines = kind == Kind::Question;
        let harmless = |c: char| match c {
            '\n' | '\t' => lines,
            // What turns the order of the letters around, and what is no letter at all.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => false,
            c => !c.is_control(),
        };
        assert!(value.chars().all(harmless), "{value:?}");
        let mut typed = posted.value(&field.name).chars();
        let line = |c: char| matches!(c, '\r' | '\n' | '\u{2028}' | '\u{2029}');
        let kept = |c: char| typed.any(|t| t == c || (c == '\n' && line(t)));
        assert!(value.chars().all(kept), "{value:?} was never typed");
        match kind {
            Kind::Topic => assert!(form.topic(value).is_some(), "{value:?}"),
            Kind::Area => assert!(AREAS.contains(&value), "{value:?}"),
            Kind::Email => {
                assert!(value.is_ascii() && !value.contains([' ', ',', ';', '<', '>', '"']));
                assert!(value.split('@').filter(|part| !part.is_empty()).count() == 2, "{value:?}");
            }
            Kind::Phone => {
                let number = dial(value);
                let digits = number.strip_prefix('+').unwrap_or(&number);
                assert!((6..=15).contains(&digits.len()), "{value:?}");
                assert!(digits.bytes().all(|digit| digit.is_ascii_digit()), "{value:?}");
            }
            _ => {}
        }
    }
}

/// The check page carries the answers in hidden fields, and a browser sends line ends as two signs.
fn stays(form: &Form, answers: &Answers) {
    let hidden: Vec<(String, String)> = answers
        .iter()
        .filter_map(|(kind, value)| {
            Some((form.field(kind)?.name.clone(), value.replace('\n', "\r\n")))
        })
        .collect();
    let body = encode(hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let posted = Posted::from_urlencoded(body.as_bytes()).expect("a body of a browser");
    let areas = areas();
    let again = validate(form, Offered { areas: &areas, roles: &[] }, &posted);
    assert_eq!(again.as_ref(), Ok(answers), "{body}");
}
