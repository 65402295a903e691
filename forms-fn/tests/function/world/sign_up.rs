//! The sign-up of the bare bundle: its form, its roles, and templates that print all they are given.

use std::collections::BTreeMap;

use forms_core::role::{Role, RoleState, RoleTexts};
use forms_core::{Field, FieldTexts, Form, FormKind, FormTexts, Kind};

pub const FILES: [(&str, &str); 13] = [
    (
        "templates/forms/signup-form.html",
        "<h1>{{ title }}</h1><page {{ form.step.number }} of {{ form.step.count }}>\
         {% for error in form.errors %}<error {{ error.field }}>{{ error.message }}</error>{% endfor %}\
         {% for h in form.hidden %}<hidden {{ h.name }}={{ h.value }}>{% endfor %}\
         {% for field in form.fields %}<field {{ field.name }}={{ field.value }}{% if field.optional %} optional{% endif %}>\
         {% for o in field.options %}<option {{ o.value }} {{ o.state }}{% if o.chosen %} chosen{% endif %}>{% endfor %}{% endfor %}",
    ),
    (
        "templates/forms/signup-check.html",
        "<h1>{{ title }}</h1>{% for role in full %}<full {{ role }}>{% endfor %}{% if expired %}<expired>{% endif %}\
         {% for p in pages %}<part {{ p.number }} {{ p.title }}>{% for f in p.fields %}\
         <shown {{ f.name }}={{ f.label }}:{% for v in f.values %} {{ v }};{% endfor %}>{% endfor %}{% endfor %}\
         {% for h in hidden %}<hidden {{ h.name }}={{ h.value }}>{% endfor %}\
         {% for r in readers %}<reader {{ r }}>{% endfor %}{% if consent %}<consent {{ consent }}{% if ticked %} ticked{% endif %}>{% endif %}",
    ),
    (
        "templates/forms/signup-receipt.html",
        "<h1>{{ title }}</h1><reference {{ reference }}><due {{ due_text }}><owner {{ owner }}><link {{ status_url }}><code {{ code }}>\
         <withdraw {{ action }}>{% if has_email %}<mailed>{% endif %}{% if over %}<over>{% endif %}{% if error %}<error intrekken>{% endif %}",
    ),
    (
        "templates/forms/signup-not-sent.html",
        "<h1>{{ title }}</h1>{% for k in keep %}<hidden {{ k.name }}={{ k.value }}>{% endfor %}<retry {{ action }}>",
    ),
    (
        "templates/forms/signup-code.html",
        "<form {{ action }}>{% if error %}<error code>{% endif %}",
    ),
    (
        "templates/forms/signup-door.html",
        "<door {{ reference }}><form {{ action }}>{% if error %}<error lezen>{% endif %}",
    ),
    (
        "templates/forms/signup-staff.html",
        "<sign-up {{ reference }}>{% for r in roles %}<role {{ r }}>{% endfor %}{% for p in day_parts %}<part {{ p }}>{% endfor %}\
         <area {{ area }}><due {{ due_text }}>{% for p in personal %}<personal {{ p.label }} {{ p.value }} {{ p.href }}>{% endfor %}\
         <consent {{ consent_to }} {{ consent }}>{% if over %}<over>{% endif %}<state {{ state }}><version {{ version }}>{% for n in next %}<next {{ n.value }}>{% endfor %}{% if error %}<error staat>{% endif %}",
    ),
    ("mail/new-sign-up/nl/subject.txt", "Aanmelding {{ reference }}\n"),
    (
        "mail/new-sign-up/nl/body.txt",
        "{{ organisation }}:{% for role in roles %} {{ role }}{% endfor %} {{ area }} {{ due_text }}\n{{ link }}\n",
    ),
    ("mail/new-sign-up/nl/body.html", "<p>{{ reference }} <a href=\"{{ link }}\">link</a>"),
    ("mail/sign-up-confirmation/nl/subject.txt", "Uw aanmelding {{ reference }}\n"),
    ("mail/sign-up-confirmation/nl/body.txt", "{{ organisation }} {{ due_text }}\n{{ link }}\n"),
    (
        "mail/sign-up-confirmation/nl/body.html",
        "<p>{{ reference }} <a href=\"{{ link }}\">link</a>",
    ),
];

pub const MESSAGES: [(&str, &str); 6] = [
    ("signup.check_title", "Controleer uw aanmelding"),
    ("signup.not_sent_title", "Uw aanmelding is NIET verstuurd"),
    ("signup.withdrawn_title", "Ingetrokken"),
    ("signup.yes", "Ja"),
    ("mistakes.unreachable", "E-mailadres of telefoonnummer"),
    ("mistakes.role_full", "{role} is nu vol"),
];

fn text(value: &str) -> String {
    value.to_owned()
}

const FIELDS: [(&str, Kind, usize, u8); 8] = [
    ("rollen", Kind::Roles, 64, 1),
    ("dagdelen", Kind::DayParts, 64, 2),
    ("talen", Kind::Languages, 100, 2),
    ("wijk", Kind::Area, 64, 2),
    ("naam", Kind::Name, 100, 3),
    ("email", Kind::Email, 254, 3),
    ("telefoon", Kind::Phone, 32, 3),
    ("volwassen", Kind::Adult, 8, 3),
];

pub fn form() -> Form {
    let field = |(name, kind, max_chars, page): (&str, Kind, usize, u8)| Field {
        name: text(name),
        kind,
        required: matches!(kind, Kind::Roles | Kind::Name | Kind::Adult),
        max_chars,
        page,
    };
    Form {
        id: text("meedoen"),
        kind: FormKind::SignUp,
        start: text("/meedoen/aanmelden/"),
        consent: Some(text("welzijn")),
        fields: FIELDS.map(field).to_vec(),
        topics: Vec::new(),
        day_parts: vec![text("ochtend"), text("avond")],
    }
}

pub fn texts() -> FormTexts {
    let label = |(name, ..): (&str, Kind, usize, u8)| {
        (text(name), FieldTexts { label: name.to_uppercase(), hint: None, missing: None })
    };
    FormTexts {
        title: text("Meld u aan"),
        fields: FIELDS.map(label).into(),
        topics: BTreeMap::new(),
        day_parts: BTreeMap::from([
            (text("ochtend"), text("In de ochtend")),
            (text("avond"), text("In de avond")),
        ]),
        pages: BTreeMap::from([
            (text("1"), text("Wat")),
            (text("2"), text("Wanneer")),
            (text("3"), text("Wie")),
        ]),
        replies: BTreeMap::new(),
    }
}

/// Two roles of one organisation, one of another, and one for which nobody is needed.
pub fn roles() -> Vec<Role> {
    [
        ("klus", RoleState::WaitingList, "welzijn"),
        ("maatje", RoleState::Open, "vwn"),
        ("taal", RoleState::Open, "vwn"),
        ("gids", RoleState::Full, "vwn"),
    ]
    .map(|(id, state, owner)| Role {
        id: text(id),
        state,
        owner: text(owner),
        texts: BTreeMap::from([(
            text("nl"),
            RoleTexts { name: id.to_uppercase(), summary: text("Iets doen.") },
        )]),
    })
    .to_vec()
}
