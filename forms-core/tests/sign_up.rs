//! A form of several pages with choices of several: what of it is an answer, and what is shown.

use std::collections::BTreeMap;

use forms_core::form::{Field, FieldTexts, Form, FormKind, FormTexts, Kind};
use forms_core::role::{Role, RoleState, RoleTexts};
use forms_core::view::STEP;
use forms_core::{Answers, FormView, Mistake, Offered, Posted, Words, validate};

fn form() -> Form {
    let field = |name: &str, kind, page, required| Field {
        name: name.to_owned(),
        kind,
        required,
        max_chars: 20,
        page,
    };
    Form {
        id: "meedoen".to_owned(),
        kind: FormKind::SignUp,
        start: "/meedoen/aanmelden/".to_owned(),
        consent: None,
        fields: vec![
            field("rollen", Kind::Roles, 1, true),
            field("dagdelen", Kind::DayParts, 2, false),
            field("talen", Kind::Languages, 2, false),
            field("naam", Kind::Name, 3, true),
            field("email", Kind::Email, 3, false),
            field("telefoon", Kind::Phone, 3, false),
            field("volwassen", Kind::Adult, 3, true),
        ],
        topics: Vec::new(),
        day_parts: vec!["ochtend".to_owned(), "avond".to_owned()],
    }
}

fn roles() -> Vec<Role> {
    let role = |id: &str, state| Role {
        id: id.to_owned(),
        state,
        owner: "vwn".to_owned(),
        texts: BTreeMap::from([(
            "nl".to_owned(),
            RoleTexts { name: id.to_uppercase(), summary: "Iets doen.".to_owned() },
        )]),
    };
    vec![
        role("maatje", RoleState::Open),
        role("klus", RoleState::WaitingList),
        role("gids", RoleState::Full),
    ]
}

fn judged(pairs: &[(&str, &str)]) -> Result<Answers, Vec<Mistake>> {
    let own = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let roles = roles();
    validate(&form(), Offered { areas: &[], roles: &roles }, &Posted::new(own.collect()))
}

const RIGHT: [(&str, &str); 5] = [
    ("rollen", "klus"),
    ("rollen", "maatje"),
    ("naam", "Jo"),
    ("telefoon", "06 1234 5678"),
    ("volwassen", "ja"),
];

fn keys(pairs: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    let found = judged(pairs).err().unwrap_or_default();
    found.into_iter().map(|mistake| (mistake.field, mistake.kind.key())).collect()
}

#[test]
fn several_values_of_a_choice_are_one_answer_in_the_order_of_the_offer() {
    let mut pairs = RIGHT.to_vec();
    pairs.extend([("rollen", "klus"), ("dagdelen", "avond"), ("dagdelen", "")]);
    let answers = judged(&pairs).expect("answers");
    assert_eq!(answers.all(Kind::Roles), ["maatje", "klus"]);
    assert_eq!(answers.all(Kind::DayParts), ["avond"]);
    assert_eq!(answers.get(Kind::Email), None);
}

#[test]
fn every_mistake_has_its_field() {
    let with = |more: (&'static str, &'static str)| {
        let mut pairs = RIGHT.to_vec();
        pairs.push(more);
        keys(&pairs)
    };
    for (more, expected) in [
        (("rollen", "gids"), ("rollen", "role_full")),
        (("rollen", "koning"), ("rollen", "unknown_choice")),
        (("dagdelen", "nacht"), ("dagdelen", "unknown_choice")),
        (("naam", "Nog iemand"), ("naam", "given_twice")),
        (("volwassen", "ja"), ("volwassen", "given_twice")),
        (("talen", "Nederlands en nog veel meer"), ("talen", "too_long")),
        (("talen", "Frans\nDuits"), ("talen", "not_one_line")),
        (("email", "jo"), ("email", "not_an_email")),
    ] {
        assert_eq!(with(more), [(expected.0.to_owned(), expected.1)], "{more:?}");
    }
    let nothing = keys(&[("email", " "), ("volwassen", "nee")]);
    let nothing: Vec<(&str, &str)> = nothing.iter().map(|(f, k)| (f.as_str(), *k)).collect();
    assert_eq!(
        nothing,
        [
            ("rollen", "missing"),
            ("naam", "missing"),
            ("email", "unreachable"),
            ("volwassen", "unknown_choice"),
        ]
    );
}

#[test]
fn a_page_shows_its_own_fields_and_carries_the_others() {
    let texts = FormTexts {
        title: "Meld u aan".to_owned(),
        fields: BTreeMap::from([(
            "rollen".to_owned(),
            FieldTexts { label: "Wat wilt u doen?".to_owned(), hint: None, missing: None },
        )]),
        topics: BTreeMap::new(),
        day_parts: BTreeMap::new(),
        pages: BTreeMap::from([("2".to_owned(), "Wanneer kunt u?".to_owned())]),
        replies: BTreeMap::new(),
    };
    let messages =
        BTreeMap::from([("mistakes.role_full".to_owned(), "{role} is nu vol: {label}".to_owned())]);
    let words = Words { lang: "ti", texts: &texts, messages: &messages };
    let roles = roles();
    let offered = Offered { areas: &[], roles: &roles };
    let posted = Posted::from([("rollen", "klus"), ("rollen", "gids"), ("talen", "Frans")]);
    let wrong = validate(&form(), offered, &posted).expect_err("mistakes");
    let view = |page| FormView::new(&form(), words, offered, &posted, &wrong, page);

    let first = view(1);
    assert_eq!(first.errors.len(), 1);
    assert_eq!(first.errors[0].message, "GIDS is nu vol: Wat wilt u doen?");
    assert_eq!(first.errors[0].target, "rollen-maatje", "the first that can be chosen");
    let chosen: Vec<bool> = first.fields[0].options.iter().map(|option| option.chosen).collect();
    assert_eq!(chosen, [false, true, true]);
    let hidden = |view: &FormView| -> Vec<(String, String)> {
        view.hidden.iter().map(|field| (field.name.clone(), field.value.clone())).collect()
    };
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(hidden(&first), [pair("talen", "Frans"), pair(STEP, "1")]);

    let second = view(2);
    assert!(second.errors.is_empty());
    assert_eq!(second.step.as_ref().map(|step| step.title.as_str()), Some("Wanneer kunt u?"));
    let carried = [pair("rollen", "klus"), pair("rollen", "gids"), pair(STEP, "2")];
    assert_eq!(hidden(&second), carried);

    let third = view(3);
    let optional: Vec<bool> = third.fields.iter().map(|field| field.optional).collect();
    assert_eq!(optional, [false; 4], "an address or a number is needed: neither is optional");
}
