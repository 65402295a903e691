//! The same of the inbox and of what a partner sees.

use forms_core::Manifest;
use serde_json::{Map, Value, json};

use super::{DOWN, GONE, UNKNOWN, get, one_of, post, text, token};
use crate::inbox::MOST_CHARS;
use crate::page::FILTERS;

const SIGN_IN: (u16, &str) = (303, "Not signed in: to where one does");
const REMOVED: (u16, &str) =
    (403, "Not signed in, or not on the list any more; everything typed stands on the page");
const CHANGED: (u16, &str) =
    (409, "Not possible any more; the page says how it stands, with everything typed");

pub(super) fn paths(manifest: &Manifest) -> Vec<(String, Value)> {
    let mut all = vec![
        ("/inloggen".to_owned(), sign_in()),
        ("/inloggen/code".to_owned(), code()),
        ("/inloggen/{token}".to_owned(), link()),
        ("/uitloggen".to_owned(), json!({ "post": sign_out() })),
        ("/inbox/zoek".to_owned(), json!({ "get": find() })),
        ("/inbox/uitvoer".to_owned(), json!({ "post": export() })),
        ("/inbox/post".to_owned(), mails()),
        (
            "/inbox/logboek".to_owned(),
            json!({ "get": page("trail", "What a colleague did", &[query("wie")]) }),
        ),
        (
            "/inbox/cijfers".to_owned(),
            json!({ "get": page("figures", "The figures of a quarter that is over", &[query("kwartaal")]) }),
        ),
        ("/inbox/vraag/{id}".to_owned(), case(manifest)),
        ("/inbox/aanmelding/{id}".to_owned(), offer()),
        ("/partner/{token}".to_owned(), partner()),
    ];
    let filters: Vec<Value> =
        FILTERS.iter().map(|(name, _)| query(name)).chain([query("na")]).collect();
    for (path, id, summary) in [
        ("/inbox", "inbox", "Open questions, what is due first"),
        ("/inbox/apart", "suspects", "What was set apart"),
        ("/inbox/gesloten", "closed", "What was closed and is not yet erased"),
        ("/inbox/aanmeldingen", "offers", "Offers to help"),
    ] {
        all.push((path.to_owned(), json!({ "get": page(id, summary, &filters) })));
    }
    all
}

fn query(name: &str) -> Value {
    json!({ "name": name, "in": "query", "required": false, "schema": { "type": "string" } })
}

fn id() -> Value {
    json!({
        "name": "id", "in": "path", "required": true, "description": "Of the case or the offer",
        "schema": { "type": "string", "pattern": "^[0-9A-HJKMNP-TV-Z]{26}$" },
    })
}

/// A page for colleagues.
fn page(name: &str, summary: &str, parameters: &[Value]) -> Value {
    get(&format!("inbox-{name}"), summary, parameters, &[(200, "The page"), SIGN_IN, REMOVED, DOWN])
}

fn fields<const N: usize>(all: [(&str, Value); N]) -> Map<String, Value> {
    all.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

fn words(what: &str) -> Value {
    text(what, MOST_CHARS)
}

fn sign_in() -> Value {
    let asked = fields([
        ("email", text("Address of a colleague", 254)),
        ("naar", text("Page of the inbox to go to then", 64)),
    ]);
    json!({
        "get": get("sign-in", "Asks for an address", &[query("naar")], &[(200, "The form")]),
        "post": post("ask-for-link", "Mails a link, if the address is on the list; the answer never says so",
            &[], &asked, &[], &[(303, "The same for everybody"), (422, "No mail address"), (429, "Too many from one network address"), DOWN]),
    })
}

fn code() -> Value {
    let typed = fields([("code", text("Eight letters and digits", 64))]);
    json!({
        "get": get("sign-in-sent", "Look into your mail", &[], &[(200, "The page")]),
        "post": post("sign-in-code", "Signs in the browser that asked", &[], &typed, &[],
            &[(303, "Signed in"), (422, "Not the code of this browser"), DOWN]),
    })
}

fn link() -> Value {
    let token = json!({
        "name": "token", "in": "path", "required": true, "description": "Of the mail to a colleague",
        "schema": { "type": "string", "pattern": "^[0-9a-f]{96}$" },
    });
    json!({
        "get": get("sign-in-link", "A button in the browser that asked, a code anywhere else", std::slice::from_ref(&token),
            &[(200, "The page"), UNKNOWN, DOWN]),
        "post": post("sign-in-enter", "Signs in the browser that asked", &[token], &Map::new(), &[],
            &[(303, "Signed in, or to the code"), UNKNOWN, DOWN]),
    })
}

fn sign_out() -> Value {
    post("sign-out", "Ends the session", &[], &Map::new(), &[], &[(303, "Signed out"), DOWN])
}

fn find() -> Value {
    get(
        "inbox-find",
        "By the number that somebody reads out",
        &[query("nummer")],
        &[
            (303, "To it, or to where one signs in"),
            (404, "The list, with the number"),
            REMOVED,
            DOWN,
        ],
    )
}

fn export() -> Value {
    let asked = fields([("lijst", one_of(["vragen", "aanmeldingen"]))]);
    let mut made = post(
        "inbox-export",
        "A list as CSV; it is written down who took it",
        &[],
        &asked,
        &[],
        &[(200, "The file"), (422, "No such list"), DOWN],
    );
    made["responses"]["200"]["content"] = json!({ "text/csv": { "schema": { "type": "string" } } });
    made
}

fn mails() -> Value {
    let asked = fields([("mail", text("Which mail", 26))]);
    json!({
        "get": page("mails", "Mails that reached nobody", &[]),
        "post": post("inbox-put-aside", "Somebody has seen to it", &[], &asked, &[],
            &[(303, "Done"), (422, "No such mail"), DOWN]),
    })
}

fn case(manifest: &Manifest) -> Value {
    let organisations: Vec<&str> =
        manifest.organisations.iter().map(|own| own.id.as_str()).collect();
    let acts = fields([
        (
            "doe",
            one_of([
                "openen",
                "contact",
                "oppakken",
                "loslaten",
                "antwoorden",
                "terugvragen",
                "noteren",
                "voorbeeld",
                "doorsturen",
                "terug",
                "terughalen",
                "sluiten",
                "heropenen",
                "oordelen",
                "reclame",
            ]),
        ),
        ("versie", text("Of the page with the button", 20)),
        ("zicht", text("The mark that this session opened it", 32)),
        ("antwoord", words("To the resident")),
        ("terugvraag", words("What must be known of the resident")),
        ("notitie", words("For colleagues")),
        ("reden", words("Why it is closed, for the resident")),
        ("samenvatting", words("For the partner")),
        ("organisatie", json!({ "type": "string", "enum": organisations })),
        ("origineel", one_of(["ja"])),
        ("gegevens", one_of(["ja"])),
        ("oordeel", one_of(["vraag", "reclame"])),
        ("zeker", one_of(["ja"])),
    ]);
    let shown = [id(), query("zicht"), query("contact"), query("tekst"), query("klaar")];
    json!({
        "get": get("inbox-case", "Its number and state; all of it once this session has opened it", &shown,
            &[(200, "The page"), SIGN_IN, REMOVED, UNKNOWN, GONE, DOWN]),
        "post": post("inbox-act", "Opens it, or takes a step", &[id()], &acts, &[],
            &[(200, "What a partner would see, or the page again"), (303, "Done; to the page"), UNKNOWN, GONE, CHANGED,
              (422, "The page, with what is missing"), DOWN]),
    })
}

fn offer() -> Value {
    let acts = fields([
        ("doe", one_of(["openen", "contact", "staat"])),
        ("versie", text("Of the page with the button", 20)),
        ("zicht", text("The mark that this session opened it", 32)),
        ("staat", text("The next state", 32)),
    ]);
    let shown = [id(), query("zicht"), query("contact")];
    json!({
        "get": get("inbox-offer", "An offer to help", &shown, &[(200, "The page"), SIGN_IN, REMOVED, UNKNOWN, DOWN]),
        "post": post("inbox-offer-act", "Opens it, or says how far it is", &[id()], &acts, &[],
            &[(303, "Done; to the page"), UNKNOWN, CHANGED, (422, "The page, with what is missing"), DOWN]),
    })
}

fn partner() -> Value {
    let own = || [token("Of the mail to a partner")];
    let acts = fields([
        ("doe", one_of(["lezen", "nieuwe-link", "code", "toon", "reageer"])),
        ("lezen", one_of(["ja"])),
        ("zeker", one_of(["ja"])),
        ("gelezen", text("The mark of a page that was opened", 32)),
        ("code", text("Eight digits from the mail", 16)),
        ("aanvraag", text("Of the page that asked for the code", 64)),
        ("wat", one_of(["antwoord", "niet-voor-ons", "vraag", "zelf"])),
        ("antwoord", words("For the first contact")),
        ("reden", words("Why it is not theirs")),
        ("vraag", words("What they must know")),
        ("dag", text("A working day, 2026-12-03", 10)),
    ]);
    json!({
        "get": get("partner", "A closed door: no word of the question", &own(),
            &[(200, "The door"), UNKNOWN, (410, "Too old, with a way to a new link; or erased"), DOWN]),
        "post": post("partner-act", "Opens it, or answers", &own(), &acts, &[],
            &[(200, "The question, or thanks"), UNKNOWN, CHANGED, GONE, (422, "The page, with what is missing"), DOWN]),
    })
}
