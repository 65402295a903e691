//! A bundle of bare templates: each prints all it is given, so that a test sees what a theme could
//! show. That the real theme shows it is tested where the real bundle is built.

use std::collections::BTreeMap;

use forms_core::manifest::digest;
use forms_core::manifest::{Area, DateWords, Organisation, SCHEMA, SiteInfo};
use forms_core::{
    Dir, Field, FieldTexts, Form, FormKind, FormTexts, Kind, Language, Manifest, Reply, Topic,
};
use forms_fn::bundle::Bundle;
use forms_fn::outbox::MailKind;

use super::{desk, sign_up};

const FILES: [(&str, &str); 27] = [
    ("frames/nl.html", "<title><!--slot:title--></title><main><!--slot:main--></main>"),
    (
        "templates/forms/question.html",
        "<h1>{{ title }}</h1>{% for error in form.errors %}<error {{ error.field }}>{{ error.message }}</error>{% endfor %}\
         {% for field in form.fields %}<field {{ field.name }}={{ field.value }}>{% endfor %}",
    ),
    (
        "templates/forms/check.html",
        "<h1>{{ title }}</h1>{% for w in warnings %}<warning>{{ w }}</warning>{% endfor %}\
         {% if consent_error %}<error delen>{% endif %}\
         {% for f in form_fields %}<shown {{ f.name }}={{ f.label }}: {{ f.value }}>{% endfor %}\
         {% for h in hidden %}<hidden {{ h.name }}={{ h.value }}>{% endfor %}<form {{ action }}>",
    ),
    (
        "templates/forms/receipt.html",
        "<reference {{ reference }}><due {{ due_text }}><link {{ status_url }}><code {{ code }}>\
         {% if has_email %}<mailed>{% endif %}",
    ),
    (
        "templates/forms/stop.html",
        "<stop>112 {{ first_contact.name }}{% for k in keep %}<hidden {{ k.name }}={{ k.value }}>{% endfor %}",
    ),
    (
        "templates/forms/message.html",
        "<h1>{{ title }}</h1>{% for p in paragraphs %}<p>{{ p }}</p>{% endfor %}\
         {% if keep %}{% for k in keep %}<hidden {{ k.name }}={{ k.value }}>{% endfor %}<retry {{ retry_action }}>{% endif %}\
         {% if text %}<text>{{ text }}</text>{% endif %}",
    ),
    (
        "templates/forms/status.html",
        "<status {{ reference }}><state {{ state }}>{% for m in messages %}<message {{ m.label }}>{{ m.text }}</message>{% endfor %}{% for s in shared %}<shared {{ s.organisation }} {{ s.given | length }}{% if s.open %} now{% endif %}>{% endfor %}{% if not_mailed %}<not mailed>{% endif %}<version {{ version }}>\
         {% if error %}<error {{ error.field }}>{{ error.message }}</error>{% endif %}\
         {% if done %}<done>{{ done }}</done>{% endif %}{% if typed %}<typed>{{ typed }}</typed>{% endif %}\
         {% if can_add %}<can add>{% endif %}{% if can_withdraw %}<can withdraw>{% endif %}\
         {% if can_be_helped %}<can helped>{% endif %}{% if can_reopen %}<can reopen>{% endif %}",
    ),
    (
        "templates/forms/link.html",
        "<link-form {{ typed }}>{% if error %}<error email>{% endif %}{% if sent %}<sent>{% endif %}",
    ),
    ("templates/forms/code.html", "<form {{ action }}>{% if error %}<error code>{% endif %}"),
    ("mail/new-question/nl/subject.txt", "Nieuwe vraag {{ reference }}\n"),
    ("mail/new-question/nl/body.txt", "{{ topic }} {{ area }} {{ due_text }}\n{{ link }}\n"),
    ("mail/new-question/nl/body.html", "<p>{{ topic }} <a href=\"{{ link }}\">{{ reference }}</a>"),
    ("mail/confirmation/nl/subject.txt", "Uw vraag {{ reference }}\n"),
    ("mail/confirmation/nl/body.txt", "{{ first_contact.name }} {{ due_text }}\n{{ link }}\n"),
    ("mail/confirmation/nl/body.html", "<p>{{ reference }} <a href=\"{{ link }}\">link</a>"),
    ("mail/new-link/nl/subject.txt", "new-link {{ reference }}\n"),
    ("mail/new-link/nl/body.txt", "{{ due_text }}\n{{ link }}\n"),
    ("mail/new-link/nl/body.html", "<p><a href=\"{{ link }}\">{{ reference }}</a>"),
    ("mail/addition/nl/subject.txt", "addition {{ reference }}\n"),
    ("mail/addition/nl/body.txt", "{{ due_text }}\n{{ link }}\n"),
    ("mail/addition/nl/body.html", "<p><a href=\"{{ link }}\">{{ reference }}</a>"),
    ("mail/withdrawn/nl/subject.txt", "withdrawn {{ reference }}\n"),
    ("mail/withdrawn/nl/body.txt", "{{ due_text }}\n{{ link }}\n"),
    ("mail/withdrawn/nl/body.html", "<p><a href=\"{{ link }}\">{{ reference }}</a>"),
    ("mail/reopened/nl/subject.txt", "reopened {{ reference }}\n"),
    ("mail/reopened/nl/body.txt", "{{ due_text }}\n{{ link }}\n"),
    ("mail/reopened/nl/body.html", "<p><a href=\"{{ link }}\">{{ reference }}</a>"),
];

const MESSAGES: [(&str, &str); 21] = [
    ("errors.title_prefix", "Fout: "),
    ("errors.not_sent.title", "Uw vraag is NIET verstuurd"),
    ("errors.not_sent.text", "Probeer het nog eens."),
    ("check.title", "Controleer uw vraag"),
    ("check.expired", "Verlopen"),
    ("check.warn_bsn", "Let op: BSN"),
    ("check.warn_address", "Let op: adres"),
    ("check.warn_phone", "Let op: telefoon"),
    ("mistakes.missing", "Vul in: {label}"),
    ("mistakes.not_an_email", "Geen e-mailadres"),
    ("mistakes.given_twice", "Dubbel"),
    ("mistakes.too_long", "Te lang: {over} boven {max}"),
    ("status.ontvangen", "{name} antwoordt uiterlijk {date}"),
    ("status.heropend", "{name} kijkt opnieuw, uiterlijk {date}"),
    ("status.gesloten", "gesloten, gewist op {erased}"),
    ("status.gewist", "gewist op {erased}"),
    ("status.changed", "Veranderd"),
    ("status.full", "Vol"),
    ("status.missing.aanvulling", "Schrijf iets"),
    ("status.missing.intrekken", "Zet een vinkje"),
    ("errors.unknown_link.title", "Deze link werkt niet"),
];

pub fn bundle() -> Bundle {
    bundle_with(|_| ())
}

/// The bundle after a change of its content, as the next release would have it.
pub fn bundle_with(change: impl FnOnce(&mut Manifest)) -> Bundle {
    let own = |(path, text): (&str, &str)| (path.to_owned(), text.as_bytes().to_vec());
    let mut files: BTreeMap<String, Vec<u8>> =
        FILES.into_iter().chain(sign_up::FILES).chain(desk::FILES).map(own).collect();
    let list = "{% for s in suspects %}apart {{ s.reference }}\n{% endfor %}{% for s in late %}late {{ s.reference }}\n{% endfor %}\
        {% for s in today %}today {{ s.reference }}\n{% endfor %}{% for s in undelivered %}lost {{ s.reference }} {{ s.to }}\n{% endfor %}{{ link }}\n";
    files.insert("mail/daily/nl/body.txt".to_owned(), list.as_bytes().to_vec());
    let code = "partner-code {{ reference }} code={{ code }}\n";
    files.insert("mail/partner-code/nl/body.txt".to_owned(), code.as_bytes().to_vec());
    let figures = "{{ quarter_text }} {{ questions.total }} {{ offers.total }}\n{{ link }}\n";
    files.insert("mail/quarterly/nl/body.txt".to_owned(), figures.as_bytes().to_vec());
    // Of no single question, so without a number.
    for kind in ["daily", "quarterly", "sign-in"] {
        for part in ["subject.txt", "body.txt", "body.html"] {
            let words = if part == "subject.txt" {
                kind.to_owned()
            } else {
                format!("{kind}\n{{{{ link }}}}\n")
            };
            files.entry(format!("mail/{kind}/nl/{part}")).or_insert_with(|| words.into_bytes());
        }
    }
    for kind in MailKind::ALL.iter().map(|kind| kind.as_str()) {
        let words = format!("{kind} {{{{ reference }}}}{{% if fallback %}} fallback{{% endif %}}");
        for part in ["subject.txt", "body.txt", "body.html"] {
            let text =
                if part == "subject.txt" { &words } else { &format!("{words}\n{{{{ link }}}}\n") };
            let path = format!("mail/{kind}/nl/{part}");
            files.entry(path).or_insert_with(|| text.as_bytes().to_vec());
        }
    }
    packed(files, change)
}

/// A bundle of these files, with a manifest that may differ a little from that of the others.
pub fn packed(mut files: BTreeMap<String, Vec<u8>>, change: impl FnOnce(&mut Manifest)) -> Bundle {
    let digest = digest(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    let mut manifest = manifest(digest);
    change(&mut manifest);
    files.insert("manifest.json".to_owned(), serde_json::to_vec(&manifest).unwrap());
    Bundle::from_files(files).unwrap()
}

/// Bare form pages, for a bundle whose mails are the point.
pub fn pages() -> BTreeMap<String, Vec<u8>> {
    let page = |(path, _): &(&str, &str)| !path.starts_with("mail/");
    FILES
        .into_iter()
        .chain(sign_up::FILES)
        .chain(desk::FILES)
        .filter(page)
        .map(|(p, text)| (p.to_owned(), text.as_bytes().to_vec()))
        .collect()
}

fn dutch_dates() -> DateWords {
    let names = |words: &str| words.split(' ').map(str::to_owned).collect();
    DateWords {
        weekdays: names("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
        months: names(
            "januari februari maart april mei juni juli augustus september oktober november december",
        ),
        pattern: "{weekday} {day} {month}".to_owned(),
    }
}

fn manifest(digest: String) -> Manifest {
    let text = |value: &str| value.to_owned();
    let kinds = [
        ("onderwerp", Kind::Topic, 32),
        ("vraag", Kind::Question, 4000),
        ("wijk", Kind::Area, 64),
        ("naam", Kind::Name, 100),
        ("email", Kind::Email, 254),
        ("telefoon", Kind::Phone, 32),
    ];
    let form = Form {
        id: text("vraag"),
        kind: FormKind::Question,
        start: text("/vraag/"),
        consent: None,
        day_parts: Vec::new(),
        fields: kinds
            .iter()
            .map(|(name, kind, max_chars)| Field {
                name: text(name),
                kind: *kind,
                required: *kind == Kind::Question,
                max_chars: *max_chars,
                page: 1,
            })
            .collect(),
        topics: [("samen", false), ("incident", true)]
            .map(|(id, stop)| Topic {
                id: text(id),
                route: text("wonen"),
                routes: BTreeMap::new(),
                stop,
            })
            .to_vec(),
    };
    let field_texts = kinds
        .iter()
        .map(|(name, ..)| {
            (text(name), FieldTexts { label: name.to_uppercase(), hint: None, missing: None })
        })
        .collect();
    let texts = FormTexts {
        title: text("Stel uw vraag"),
        fields: field_texts,
        topics: BTreeMap::from([
            (text("samen"), text("Samen leven")),
            (text("incident"), text("Er is iets gebeurd")),
        ]),
        day_parts: BTreeMap::new(),
        pages: BTreeMap::new(),
        replies: BTreeMap::from([(
            text("groet"),
            Reply { title: text("Groet"), text: text("Dag,\n\nGroet.") },
        )]),
    };
    Manifest {
        schema: SCHEMA,
        digest,
        site: SiteInfo {
            municipality: text("Oss"),
            title: text("Nieuwe buren in Oss"),
            base_url: text("https://oss.example"),
            reference_prefix: text("OSS"),
            first_contact: text("vwn"),
            answer_working_days: 2,
        },
        languages: vec![Language { code: text("nl"), name: text("Nederlands"), dir: Dir::Ltr }],
        areas: vec![Area { id: text("lith"), name: text("Lith") }],
        organisations: [("vwn", "VluchtelingenWerk"), ("welzijn", "Welzijn"), ("wonen", "Wonen")]
            .map(|(id, name)| Organisation { id: text(id), name: text(name), phone: None })
            .to_vec(),
        roles: sign_up::roles(),
        forms: vec![form, sign_up::form()],
        form_texts: BTreeMap::from([
            (text("vraag"), BTreeMap::from([(text("nl"), texts)])),
            (text("meedoen"), BTreeMap::from([(text("nl"), sign_up::texts())])),
        ]),
        messages: BTreeMap::from([(
            text("nl"),
            MESSAGES
                .iter()
                .chain(&sign_up::MESSAGES)
                .chain(&desk::MESSAGES)
                .map(|(key, words)| (text(key), text(words)))
                .collect(),
        )]),
        dates: BTreeMap::from([(text("nl"), dutch_dates())]),
    }
}
