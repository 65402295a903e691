//! What the function accepts and answers, as OpenAPI 3.1, made from the bundle: the forms are content,
//! so a new topic or area is in the description at once.

mod desk;

use forms_core::form::TICKED;
use forms_core::view::STEP;
use forms_core::{Field, Form, FormKind, Kind, Manifest};
use serde_json::{Map, Value, json};

use crate::page::ADDITION_CHARS;
use crate::submit::{BACK, CONSENT, LANG, NONCE, TRAP};

/// The whole description.
pub fn document(manifest: &Manifest, base_url: &str) -> Value {
    let mut paths = Map::new();
    for form in &manifest.forms {
        match form.kind {
            FormKind::Question => paths.extend(question(manifest, form)),
            FormKind::SignUp => paths.extend(sign_up(manifest, form)),
        }
    }
    paths.insert("/link".to_owned(), link());
    paths.extend(desk::paths(manifest));
    paths.insert(
        "/openapi.json".to_owned(),
        json!({ "get": {
            "operationId": "description",
            "summary": "This description",
            "responses": { "200": {
                "description": "OpenAPI 3.1",
                "content": { "application/json": { "schema": { "type": "object" } } },
            } },
        } }),
    );
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": manifest.site.title,
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Forms for people in a browser: every answer is a page. GET and HEAD change nothing. \
                A POST comes from a page of this site: `Sec-Fetch-Site` and `Origin` must not say otherwise.",
        },
        "servers": [{ "url": base_url }],
        "paths": paths,
    })
}

fn question(manifest: &Manifest, form: &Form) -> [(String, Value); 5] {
    let id = &form.id;
    let answers = answers(manifest, form);
    let mut sent = answers.clone();
    sent.insert(NONCE.to_owned(), text("From the check page; holds for a day", 112));
    sent.insert(CONSENT.to_owned(), one_of(["ja", "nee"]));
    let mut checked = answers;
    checked.insert(BACK.to_owned(), text("Any value: back to the form, nothing is checked", 1));
    let required = form.fields.iter().filter(|field| field.required).map(|field| &field.name);
    let required: Vec<&String> = required.collect();
    let area = form.field(Kind::Area).map(|field| {
        json!({
            "name": field.name, "in": "query", "required": false, "schema": { "type": "string" },
            "description": "Chosen already, as from the page of an area",
        })
    });
    let asked: Vec<Value> = area.into_iter().chain([language()]).collect();
    let answers = [(200, "The form with its area chosen"), (303, "To the form")];
    let back = |name: &str| get(&format!("{id}-{name}"), "Leads to the form", &asked, &answers);
    let token = || [token("The resident's secret")];
    [
        (
            form.check_path(),
            json!({
                "get": back("form"),
                "post": post(&format!("{id}-check"), "Looks at what was typed and shows it back; keeps nothing",
                    &[], &checked, &required,
                    &[(200, "The check page, the form again, or telephone numbers"), (422, "The form, with what is wrong and everything typed")]),
            }),
        ),
        (
            form.send_path(),
            json!({
                "get": back("form-again"),
                "post": post(&format!("{id}-send"), "Keeps it, once for every check page however often it is sent",
                    &[], &sent, &required,
                    &[(200, "Telephone numbers: an incident is not kept"), (303, "Kept; to the receipt"),
                      (422, "A page that says what is missing, with everything typed"), BUSY, DOWN]),
            }),
        ),
        (
            format!("/{id}/ontvangen/{{token}}"),
            json!({
                "get": get(&format!("{id}-receipt"), "The receipt", &token(), &[(200, "The receipt"), (303, "Erased; to the status page"), UNKNOWN, DOWN]),
            }),
        ),
        (
            format!("/{id}/status/{{token}}"),
            json!({
                "get": get(&format!("{id}-status"), "Where it stands", &token(), &[(200, "The status page"), UNKNOWN, DOWN]),
                "post": post(&format!("{id}-act"), "Writes more, takes it back, or says whether the answer helped",
                    &token(), &acts(), &[],
                    &[(303, "Done; to the status page"), UNKNOWN, (409, "Not possible any more; the page says how it stands, with everything typed"), (422, "The page, with what is missing"), DOWN]),
            }),
        ),
        (
            format!("/{id}/code"),
            json!({
                "get": get(&format!("{id}-code"), "Asks for the code that was written down", &[language()], &[(200, "The form")]),
                "post": post(&format!("{id}-enter-code"), "Opens the status page by its code", &[],
                    &Map::from_iter([("code".to_owned(), text("16 letters and digits, in any spelling", 64)), lang()]), &[],
                    &[(303, "To the status page"), (422, "The code is not known"), DOWN]),
            }),
        ),
    ]
}

/// A form of several pages: each post holds everything that was filled in so far.
fn sign_up(manifest: &Manifest, form: &Form) -> [(String, Value); 5] {
    let id = &form.id;
    let mut filled = answers(manifest, form);
    filled.remove(TRAP);
    let mut sent = filled.clone();
    sent.insert(NONCE.to_owned(), text("From the check page; holds for a day", 112));
    sent.insert(CONSENT.to_owned(), one_of([TICKED]));
    filled.insert(STEP.to_owned(), text("Number of the page that was filled in", 2));
    filled.insert(BACK.to_owned(), text("Number of the page to go back to", 2));
    let required = form.fields.iter().filter(|field| field.required).map(|field| &field.name);
    let required: Vec<&String> = required.collect();
    let token = || [token("The volunteer's secret")];
    let withdraw = Map::from_iter([("intrekken".to_owned(), one_of(["ja", "nee"]))]);
    [
        (
            form.check_path(),
            json!({
                "get": get(&format!("{id}-form"), "Leads to the first page", &[], &[(303, "To the first page")]),
                "post": post(&format!("{id}-check"), "Looks at what was filled in so far; keeps nothing", &[], &filled, &[],
                    &[(200, "The next page, or the check page"), (422, "The page with what is wrong, everything kept")]),
            }),
        ),
        (
            form.send_path(),
            json!({
                "get": get(&format!("{id}-form-again"), "Leads to the first page", &[], &[(303, "To the first page")]),
                "post": post(&format!("{id}-send"), "Keeps it, once for every check page however often it is sent", &[], &sent, &required,
                    &[(303, "Kept; to the receipt"), (422, "A page that says what is missing, with everything filled in"), BUSY, DOWN]),
            }),
        ),
        (
            format!("/{id}/ontvangen/{{token}}"),
            json!({
                "get": get(&format!("{id}-receipt"), "The receipt", &token(), &[(200, "The receipt"), UNKNOWN, DOWN]),
                "post": post(&format!("{id}-withdraw"), "Takes it back", &token(), &withdraw, &[],
                    &[(303, "Done"), UNKNOWN, (409, "It had ended before"), (422, "Neither yes nor no"), DOWN]),
            }),
        ),
        (
            format!("/{id}/code"),
            json!({
                "get": get(&format!("{id}-code"), "Asks for the code that was written down", &[language()], &[(200, "The form")]),
                "post": post(&format!("{id}-enter-code"), "Opens the receipt by its code", &[],
                    &Map::from_iter([("code".to_owned(), text("16 letters and digits, in any spelling", 64)), lang()]), &[],
                    &[(303, "To the receipt"), (422, "The code is not known"), DOWN]),
            }),
        ),
        (format!("/inzage/{id}/{{token}}"), door(&format!("{id}-door"))),
    ]
}

/// The fields of a form as a browser sends them.
fn answers(manifest: &Manifest, form: &Form) -> Map<String, Value> {
    let mut all: Map<String, Value> = form
        .fields
        .iter()
        .map(|field| (field.name.clone(), schema(manifest, form, field)))
        .collect();
    all.extend([lang()]);
    all.insert(TRAP.to_owned(), text("Must stay empty", 64));
    all
}

fn schema(manifest: &Manifest, form: &Form, field: &Field) -> Value {
    let choice = |ids: Vec<&str>| {
        let none = (!field.required).then_some("");
        json!({ "type": "string", "enum": none.into_iter().chain(ids).collect::<Vec<_>>() })
    };
    let several = |ids: Vec<&str>| {
        let one = json!({ "type": "string", "enum": ids });
        json!({ "type": "array", "items": one, "minItems": usize::from(field.required) })
    };
    match field.kind {
        Kind::Topic => choice(form.topics.iter().map(|topic| topic.id.as_str()).collect()),
        Kind::Area => choice(manifest.areas.iter().map(|area| area.id.as_str()).collect()),
        Kind::Roles => several(manifest.roles.iter().map(|role| role.id.as_str()).collect()),
        Kind::DayParts => several(form.day_parts.iter().map(String::as_str).collect()),
        Kind::Adult => one_of([TICKED]),
        _ => {
            let least = usize::from(field.required);
            json!({ "type": "string", "minLength": least, "maxLength": field.max_chars })
        }
    }
}

fn acts() -> Map<String, Value> {
    Map::from_iter([
        ("doe".to_owned(), one_of(["aanvullen", "intrekken", "geholpen"])),
        ("versie".to_owned(), text("Of the page with the button", 20)),
        ("aanvulling".to_owned(), text("What the resident writes", ADDITION_CHARS)),
        ("intrekken".to_owned(), one_of(["ja"])),
        ("geholpen".to_owned(), one_of(["ja", "nee"])),
    ])
}

fn link() -> Value {
    let fields = Map::from_iter([
        ("email".to_owned(), text("Where the question was asked from", 254)),
        lang(),
    ]);
    json!({
        "get": get("link", "Asks for a mail address", &[language()], &[(200, "The form")]),
        "post": post("send-link", "Sends the link again, if the address is known; the answer never says so",
            &[], &fields, &[], &[(200, "The same for everybody"), (422, "No mail address"), DOWN]),
    })
}

fn door(id: &str) -> Value {
    let token = || [token("Of the mail to whoever answers")];
    let fields = Map::from_iter([("lezen".to_owned(), one_of(["ja"]))]);
    json!({
        "get": get(id, "A closed door: no word of the question", &token(), &[(200, "The door"), UNKNOWN, GONE, DOWN]),
        "post": post(&format!("{id}-open"), "Opens it, and writes down that it was opened", &token(), &fields, &[],
            &[(200, "The question"), UNKNOWN, GONE, (422, "Without a tick it stays closed"), DOWN]),
    })
}

const UNKNOWN: (u16, &str) = (404, "The link opens nothing");
const GONE: (u16, &str) = (410, "Erased");
const BUSY: (u16, &str) =
    (429, "Too many from one network address; everything typed stands on the page");
const DOWN: (u16, &str) = (503, "The table does not answer; everything typed stands on the page");

fn get(id: &str, summary: &str, parameters: &[Value], answers: &[(u16, &str)]) -> Value {
    json!({
        "operationId": id, "summary": summary, "parameters": parameters, "responses": pages(answers),
    })
}

fn post(
    id: &str,
    summary: &str,
    parameters: &[Value],
    fields: &Map<String, Value>,
    required: &[&String],
    answers: &[(u16, &str)],
) -> Value {
    let always = [
        (400, "No form, or not UTF-8"),
        (403, "From a page of another site, or by somebody who is not signed in"),
        (413, "Longer than 64 KiB"),
        (415, "Not application/x-www-form-urlencoded"),
    ];
    let answers: Vec<(u16, &str)> = answers.iter().copied().chain(always).collect();
    json!({
        "operationId": id,
        "summary": summary,
        "parameters": parameters,
        "requestBody": {
            "required": true,
            "content": { "application/x-www-form-urlencoded": {
                "schema": { "type": "object", "properties": fields, "required": required },
            } },
        },
        "responses": pages(&answers),
    })
}

fn pages(answers: &[(u16, &str)]) -> Value {
    let page = |(status, words): &(u16, &str)| {
        let content = json!({ "text/html": { "schema": { "type": "string" } } });
        (status.to_string(), json!({ "description": words, "content": content }))
    };
    Value::Object(answers.iter().map(page).collect())
}

fn text(words: &str, longest: usize) -> Value {
    json!({ "type": "string", "maxLength": longest, "description": words })
}

fn one_of<const N: usize>(words: [&str; N]) -> Value {
    json!({ "type": "string", "enum": words.to_vec() })
}

fn lang() -> (String, Value) {
    (LANG.to_owned(), text("Language of the answer", 16))
}

fn language() -> Value {
    json!({ "name": LANG, "in": "query", "required": false, "schema": { "type": "string" } })
}

fn token(words: &str) -> Value {
    json!({
        "name": "token", "in": "path", "required": true, "description": words,
        "schema": { "type": "string", "pattern": "^[0-9a-f]{64}$" },
    })
}
