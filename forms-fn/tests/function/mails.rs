//! Every mail as its reader gets it: the real theme, through the SMTP adapter, to a mail server of
//! another make. The files in `mails/` are the whole mails; `NB_BLESS=1` writes them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use forms_core::manifest::DateWords;
use forms_core::{Dir, Kind, Language};
use forms_fn::Service;
use forms_fn::deliver::{Outcome, deliver};
use forms_fn::ids::Id;
use forms_fn::inbox::{self, Deed, Handing};
use forms_fn::outbox::{Audience, MailKind, Mark, Out};
use forms_fn::signup::{self, SignUp};
use forms_fn::state::State;
use forms_fn::store::{CaseKeys, Login, Store, local_client};
use forms_fn::submission::Case;
use forms_fn::telemetry::Log;
use jiff::{SignedDuration, Timestamp};

use crate::smtp::smtp;
use crate::world::desk::JAN;
use crate::world::sink::{Sink, root};
use crate::world::{START, TABLE, config, database, fixture};

/// Name, direction, days from Monday, months from January, order: as the generator writes them.
const LANGUAGES: [(&str, &str, Dir, &str, &str, &str); 4] = [
    (
        "nl",
        "Nederlands",
        Dir::Ltr,
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "januari februari maart april mei juni juli augustus september oktober november december",
        "{weekday} {day} {month}",
    ),
    (
        "en",
        "English",
        Dir::Ltr,
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        "January February March April May June July August September October November December",
        "{weekday}, {month} {day}",
    ),
    (
        "ar",
        "العربية",
        Dir::Rtl,
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "{weekday}، {day} {month}",
    ),
    (
        "ti",
        "ትግርኛ",
        Dir::Ltr,
        "ሰኑይ ሰሉስ ረቡዕ ሓሙስ ዓርቢ ቀዳም ሰንበት",
        "ጥሪ ለካቲት መጋቢት ሚያዝያ ጉንበት ሰነ ሓምለ ነሓሰ መስከረም ጥቅምቲ ሕዳር ታሕሳስ",
        "{month} {day}, {weekday}",
    ),
];

/// The mails of the theme, by path in the bundle.
fn mails_of_the_theme() -> BTreeMap<String, Vec<u8>> {
    fn below(folder: &Path, name: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = format!("{name}/{}", entry.file_name().to_str().unwrap());
            match entry.path().is_dir() {
                true => below(&entry.path(), &name, files),
                false => drop(files.insert(name, fs::read(entry.path()).unwrap())),
            }
        }
    }
    let mut files = BTreeMap::new();
    below(&root().join("themes/vluchtelingenwerk/mail"), "mail", &mut files);
    files
}

fn service(port: u16, endpoint: &str) -> Service {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let mut files = fixture::pages();
    let frame = files["frames/nl.html"].clone();
    files.extend(LANGUAGES.map(|(code, ..)| (format!("frames/{code}.html"), frame.clone())));
    files.extend(mails_of_the_theme());
    let bundle = fixture::packed(files, |manifest| {
        manifest.organisations[0].phone = Some("06 1234 5678".to_owned());
        manifest.languages = LANGUAGES
            .map(|(code, name, dir, ..)| Language { code: code.into(), name: name.into(), dir })
            .to_vec();
        manifest.dates = LANGUAGES
            .map(|(code, _, _, weekdays, months, pattern)| {
                let (weekdays, months) = (words(weekdays), words(months));
                (code.to_owned(), DateWords { weekdays, months, pattern: pattern.to_owned() })
            })
            .into();
    });
    let mut config = config();
    config.fallback = Some("achtervang@oss.example".to_owned());
    let store = Store::new(local_client(endpoint), TABLE);
    let start: Timestamp = START.parse().unwrap();
    let clock = Arc::new(move || start);
    let mailer = smtp(&format!("smtp://127.0.0.1:{port}"));
    let service = Service::new(bundle, store, Arc::new(mailer), config, clock, Arc::new(|| ()));
    service.with_log(Log::to(|_| ()))
}

/// One resident of each language, with a mailbox of her own.
fn case(number: usize, lang: &str) -> Case {
    let start: Timestamp = START.parse().unwrap();
    Case {
        id: Id::new(start),
        reference: format!("OSS-7K{}-M9P", number + 3),
        nonce_id: format!("{number:032x}"),
        form: "vraag".to_owned(),
        lang: lang.to_owned(),
        topic: Some("samen".to_owned()),
        area: Some("lith".to_owned()),
        question: "Hoe maak ik kennis? Kanarie.".to_owned(),
        contact: vec![
            (Kind::Name, "Jo Kanarie".to_owned()),
            (Kind::Email, format!("jo-{lang}@buurt.example")),
        ],
        consent: true,
        owner: "vwn".to_owned(),
        received: start,
        due: "2026-11-25".parse().unwrap(),
        state: State::Received,
        since: start,
        reminders: 0,
        taken: None,
        thread: Vec::new(),
        forwards: Vec::new(),
        trail: Vec::new(),
        mails: Vec::new(),
        erased_on: None,
        version: 1,
        events: 1,
        messages: 1,
    }
}

/// The same resident offers to help.
fn offer(number: usize, lang: &str) -> SignUp {
    let Case { form: _, reference: _, contact, lang, area, received, due, .. } = case(number, lang);
    SignUp {
        id: Id::new(received),
        reference: format!("OSS-8K{}-M9P", number + 3),
        nonce_id: format!("{:032x}", number + 100),
        form: "meedoen".to_owned(),
        lang,
        state: signup::state::State::Received,
        roles: vec!["taal".to_owned()],
        day_parts: vec!["avond".to_owned()],
        area,
        personal: contact,
        consent: false,
        owner: "vwn".to_owned(),
        received,
        due: Some(due),
        seen: None,
        trail: Vec::new(),
        version: 1,
    }
}

/// Chance out of it: the outbox id, the line between the parts, tokens and ids in links.
fn stable(mail: &str, out: &Out) -> String {
    let mut text = mail.replace(out.id.as_str(), "OUTBOX");
    let boundary = text.split_once("boundary=\"").and_then(|(_, rest)| rest.split_once('"'));
    if let Some(boundary) = boundary.map(|(boundary, _)| boundary.to_owned()) {
        text = text.replace(&boundary, "BOUNDARY");
    }
    for (before, length, word) in [
        ("/inzage/meedoen/", 64, "TOKEN"),
        ("/partner/", 64, "TOKEN"),
        ("/inbox/vraag/", 26, "ID"),
        ("/inbox/aanmelding/", 26, "ID"),
    ] {
        let mut parts = text.split(before);
        let first = parts.next().unwrap_or_default().to_owned();
        text = parts.fold(first, |text, part| format!("{text}{before}{word}{}", &part[length..]));
    }
    text
}

fn compare(name: &str, mail: &str, wrong: &mut Vec<String>) -> PathBuf {
    let path = root().join("forms-fn/tests/function/mails").join(name);
    if std::env::var_os("NB_BLESS").is_some() {
        fs::write(&path, mail).unwrap();
    }
    if fs::read_to_string(&path).unwrap_or_default() != mail {
        wrong.push(format!("{name} is not as agreed, but:\n{mail}"));
    }
    path
}

/// Every mail that readers of this language get: its kind, and whether the first contact's own
/// mailbox did not take it.
fn mails_in(lang: &str) -> Vec<(MailKind, bool)> {
    let ways = |kind: MailKind| match kind.audience() {
        Audience::Resident => vec![(kind, false)],
        _ if lang != "nl" => vec![],
        Audience::FirstContact => vec![(kind, false), (kind, true)],
        Audience::Partner | Audience::Colleague => vec![(kind, false)],
    };
    MailKind::ALL.iter().copied().flat_map(ways).collect()
}

/// Sends one mail and looks at what arrived beside the mail itself.
async fn send(service: &Service, sink: &mut Sink, resident: &str, out: &Out) -> String {
    service.store.owe(out, START.parse().unwrap()).await.unwrap();
    assert_eq!(deliver(service, &out.id).await, Ok(Outcome::Sent));
    let got = sink.next();
    let to = match out.kind.audience() {
        Audience::Resident => resident,
        Audience::FirstContact if out.fallback => "achtervang@oss.example",
        Audience::FirstContact => "vragen@vwn.example",
        Audience::Partner => "post@wonen.example",
        Audience::Colleague => JAN,
    };
    assert_eq!(got["to"], serde_json::json!([to]));
    assert_eq!(got["from"], "post@oss.example");
    assert_eq!(got["hello"], "oss.example");
    assert_eq!(got["ascii"], true);
    assert!(got["longest"].as_u64().unwrap() <= 998, "RFC 5322, 2.1.1");
    let mail = stable(got["mail"].as_str().unwrap(), out);
    assert!(!mail.contains("anarie") && !mail.contains("DEFECT"), "{mail}");
    mail
}

/// What some mails tell of: a question at a partner, what is late and for today, a mail that was lost,
/// somebody who signs in, and the facts of a quarter.
async fn what_waits(service: &Service, client: &Client, case: &Case) {
    let handing = Handing {
        organisation: "wonen".to_owned(),
        summary: "Iemand vraagt hoe het gaat.".to_owned(),
        original: false,
        contact: true,
    };
    let done = inbox::act(service, &case.id, 1, JAN, &Deed::Forward(handing)).await;
    assert_eq!(done, Ok(inbox::Outcome::Done));
    for (number, due) in ["2026-11-20", "2026-11-23"].into_iter().enumerate() {
        let waits = Case {
            id: Id::new(case.received),
            nonce_id: format!("{:032x}", number + 300),
            reference: format!("OSS-XK{}-M9P", number + 3),
            due: due.parse().unwrap(),
            ..case.clone()
        };
        let digest = |kind: &str| format!("waits {kind}{number}");
        let keys = CaseKeys { status: digest("link"), code: digest("code"), subject: None };
        service.store.keep(&waits, &keys).await.unwrap();
    }
    let lost = Out::new(&case.id, MailKind::Confirmation, case.received);
    service.store.owe(&lost, case.received).await.unwrap();
    let (now, nobody) = (case.received, |_: &Out| None);
    service.store.note(&lost.id, Mark::Failed, now, now, nobody).await.unwrap();
    let login = Login {
        id: "5".repeat(32),
        browser: "browser".to_owned(),
        whom: JAN.to_owned(),
        until: now + SignedDuration::from_mins(15),
    };
    service.store.begin_login(&login).await.unwrap();
    let code = Login { id: "6".repeat(32), whom: "a case".to_owned(), ..login };
    service.store.begin_login(&code).await.unwrap();
    let counts = [
        (Some("lith"), Some("samen"), 30),
        (Some("lith"), None, 10),
        (None, Some("samen"), 8),
        (None, None, 6),
    ];
    for (area, topic, count) in counts {
        for number in 0..count {
            let place = format!("{area:?} {topic:?} {number}");
            let text = |value: &str| AttributeValue::S(value.to_owned());
            let put = client.put_item().table_name(TABLE).item("pk", text("FACT#2026-08"));
            let put = put.item("sk", text(&place)).item("kind", text("question"));
            let put = area.into_iter().fold(put, |put, area| put.item("area", text(area)));
            let put = topic.into_iter().fold(put, |put, topic| put.item("topic", text(topic)));
            put.send().await.unwrap();
        }
    }
}

#[tokio::test]
async fn every_mail_arrives_as_agreed() {
    let (endpoint, _stop) = database();
    let client = local_client(&endpoint);
    let mut sink = Sink::start();
    let service = service(sink.port, &endpoint);
    service.store.create_table().await.unwrap();
    let (mut wrong, mut seen) = (Vec::new(), BTreeSet::new());
    for (number, (lang, ..)) in LANGUAGES.iter().enumerate() {
        let case = case(number, lang);
        let digest = |kind: &str| format!("{kind}{number}");
        let keys = CaseKeys { status: digest("link"), code: digest("code"), subject: None };
        service.store.keep(&case, &keys).await.unwrap();
        let offer = offer(number, lang);
        let digest = |kind: &str| format!("offer {kind}{number}");
        let keys = CaseKeys { status: digest("link"), code: digest("code"), subject: None };
        service.store.keep_sign_up(&offer, &[], &[], &keys).await.unwrap();
        let apart = Case {
            id: Id::new(case.received),
            nonce_id: format!("{:032x}", number + 200),
            reference: format!("OSS-9K{}-M9P", number + 3),
            ..case.clone()
        };
        let digest = |kind: &str| format!("apart {kind}{number}");
        let keys = CaseKeys { status: digest("link"), code: digest("code"), subject: None };
        if *lang == "nl" {
            service.store.keep(&apart.set_apart(), &keys).await.unwrap();
            what_waits(&service, &client, &case).await;
        }
        let closed = Case {
            id: Id::new(case.received),
            nonce_id: format!("{:032x}", number + 400),
            reference: format!("OSS-CK{}-M9P", number + 3),
            state: State::Closed,
            erased_on: Some("2026-12-23".parse().unwrap()),
            ..case.clone()
        };
        let digest = |kind: &str| format!("closed {kind}{number}");
        let keys = CaseKeys { status: digest("link"), code: digest("code"), subject: None };
        service.store.keep(&closed, &keys).await.unwrap();
        for (kind, fallback) in mails_in(lang) {
            let about = match kind {
                MailKind::Closed => &closed.id,
                kind if kind.is_of_sign_up() => &offer.id,
                _ => &case.id,
            };
            let out = match kind.is_general() {
                true => Out::general(kind, case.received),
                false => Out::new(about, kind, case.received),
            };
            let out = Out { fallback, ..out };
            let out = match kind {
                MailKind::SignIn => out.with("5".repeat(32)),
                MailKind::PartnerCode => out.with("6".repeat(32)).of("wonen"),
                MailKind::Quarterly => out.with("2026-3"),
                MailKind::PartnerReplied => out.with("answer").of("wonen"),
                MailKind::Overdue => out.with(if fallback { "escalated" } else { "first" }),
                kind if kind.is_of_sign_up() => out,
                _ => out.with("1").of("wonen"),
            };
            let resident = case.contact(Kind::Email).unwrap();
            let mail = send(&service, &mut sink, resident, &out).await;
            let way = if fallback { "-fallback" } else { "" };
            let name = format!("{}{way}.{lang}.eml", kind.as_str());
            seen.insert(compare(&name, &mail, &mut wrong));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let kept = fs::read_dir(root().join("forms-fn/tests/function/mails")).unwrap();
    let kept: BTreeSet<PathBuf> = kept.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(kept, seen, "every file is a mail");
}

/// A resident who reads Arabic does not get a Dutch mail because somebody forgot a folder.
#[test]
fn every_mail_to_a_resident_stands_in_every_language() {
    let files = mails_of_the_theme();
    for kind in MailKind::ALL.iter().copied() {
        let languages = LANGUAGES.iter().map(|(code, ..)| *code);
        for lang in languages.filter(|l| kind.audience() == Audience::Resident || *l == "nl") {
            for part in ["subject.txt", "body.txt", "body.html"] {
                let path = format!("mail/{}/{lang}/{part}", kind.as_str());
                assert!(files.contains_key(&path), "{path}");
            }
        }
    }
}
