//! Every mail as its reader gets it: the real theme, through the SMTP adapter, to a mail server of
//! another make. The files in `mails/` are the whole mails; `NB_BLESS=1` writes them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use forms_core::manifest::DateWords;
use forms_core::{Dir, Kind, Language};
use forms_fn::Service;
use forms_fn::deliver::{Outcome, deliver};
use forms_fn::ids::Id;
use forms_fn::outbox::{Audience, MailKind, Out};
use forms_fn::signup::{self, SignUp};
use forms_fn::state::State;
use forms_fn::store::{CaseKeys, Store, local_client};
use forms_fn::submission::Case;
use forms_fn::telemetry::Log;
use jiff::Timestamp;

use crate::smtp::smtp;
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
        additions: Vec::new(),
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
        due,
    }
}

/// Chance out of it: the outbox id, the line between the parts, the token of a link for staff.
fn stable(mail: &str, out: &Out) -> String {
    let mut text = mail.replace(out.id.as_str(), "OUTBOX");
    let boundary = text.split_once("boundary=\"").and_then(|(_, rest)| rest.split_once('"'));
    if let Some(boundary) = boundary.map(|(boundary, _)| boundary.to_owned()) {
        text = text.replace(&boundary, "BOUNDARY");
    }
    let mut parts = text.split("/inzage/");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (form, part) =
            part.split_once("meedoen/").map_or(("", part), |(_, part)| ("meedoen/", part));
        format!("{text}/inzage/{form}TOKEN{}", &part[64..])
    })
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
        Audience::FirstContact if lang == "nl" => vec![(kind, false), (kind, true)],
        Audience::FirstContact => vec![],
    };
    MailKind::ALL.into_iter().flat_map(ways).collect()
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

#[tokio::test]
async fn every_mail_arrives_as_agreed() {
    let (endpoint, _stop) = database();
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
        service.store.keep_sign_up(&offer, &[], &keys).await.unwrap();
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
        }
        for (kind, fallback) in mails_in(lang) {
            let about = if kind.is_of_sign_up() { &offer.id } else { &case.id };
            let out = Out { fallback, ..Out::new(about, kind, case.received) };
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
    for kind in MailKind::ALL {
        let languages = LANGUAGES.iter().map(|(code, ..)| *code);
        for lang in languages.filter(|l| kind.audience() == Audience::Resident || *l == "nl") {
            for part in ["subject.txt", "body.txt", "body.html"] {
                let path = format!("mail/{}/{lang}/{part}", kind.as_str());
                assert!(files.contains_key(&path), "{path}");
            }
        }
    }
}
