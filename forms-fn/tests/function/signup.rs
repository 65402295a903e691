//! A volunteer signs up, page by page, and the organisations of the chosen roles hear of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use forms_core::Kind;
use forms_fn::retention;
use jiff::SignedDuration;

use crate::world::desk::JAN;
use crate::world::{Answer, World, encode};

mod wrong;

type Fields = Vec<(&'static str, &'static str)>;

const CHECK: &str = "/meedoen/controle";
const SEND: &str = "/meedoen/verstuur";

/// Everything that can be filled in, as the last page sends it.
fn offer() -> Fields {
    vec![
        ("lang", "nl"),
        ("rollen", "maatje"),
        ("rollen", "klus"),
        ("dagdelen", "avond"),
        ("talen", "Nederlands en een beetje <b>Arabisch</b>"),
        ("wijk", "lith"),
        ("naam", "Jo de Wit"),
        ("email", "jo@buurt.example"),
        ("telefoon", "06 1234 5678"),
        ("volwassen", "ja"),
        ("stap", "3"),
    ]
}

/// A role of one organisation, a name and a number: as little as is enough.
fn least() -> Fields {
    vec![
        ("rollen", "taal"),
        ("naam", "Jo"),
        ("telefoon", "0612345678"),
        ("volwassen", "ja"),
        ("stap", "3"),
    ]
}

fn with(fields: &Fields, more: &[(&'static str, &'static str)]) -> Fields {
    let replaced = |name: &str| more.iter().any(|(own, _)| *own == name);
    let kept = fields.iter().copied().filter(|(name, _)| !replaced(name));
    kept.chain(more.iter().copied()).collect()
}

/// Everything hidden in a page, in order.
fn hidden(answer: &Answer) -> Vec<(String, String)> {
    let parts = answer.html.split("<hidden ").skip(1).filter_map(|part| part.split_once('>'));
    let pairs = parts.filter_map(|(pair, _)| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

async fn nonce(world: &World, fields: &Fields) -> String {
    let check = world.post(CHECK, fields).await;
    check.hidden("nonce").unwrap_or_else(|| panic!("no check page: {}", check.html))
}

/// Sends what the check page shows, and gives the receipt.
async fn sign_up(world: &World, fields: &Fields) -> Answer {
    let nonce = nonce(world, fields).await;
    let mut all = fields.clone();
    all.push(("nonce", &nonce));
    let sent = world.post(SEND, &all).await;
    assert_eq!(sent.status, 303, "{}", sent.html);
    world.get(&sent.location.unwrap()).await
}

fn part<'a>(html: &'a str, start: &str) -> &'a str {
    let rest = html.split_once(start).unwrap_or_else(|| panic!("no {start} in {html}")).1;
    rest.split_once('>').unwrap().0
}

/// The address of the site in a mail, without the site.
fn link(text: &str) -> &str {
    text.trim().rsplit_once("https://oss.example").unwrap().1
}

#[tokio::test]
async fn three_pages_lead_to_a_receipt_and_to_every_owner() {
    let world = World::new().await;
    let second =
        world.post(CHECK, &[("rollen", "maatje"), ("rollen", "klus"), ("stap", "1")]).await;
    assert_eq!(second.status, 200, "{}", second.html);
    assert!(second.html.contains("<page 2 of 3>"), "{}", second.html);
    let carried = [("rollen", "maatje"), ("rollen", "klus"), ("stap", "2")];
    assert_eq!(hidden(&second), carried.map(|(n, v)| (n.to_owned(), v.to_owned())));
    assert!(!second.html.contains("<error"), "nobody was asked for a name yet");

    let third = world.post(CHECK, &with(&offer()[..6].to_vec(), &[("stap", "2")])).await;
    assert!(third.html.contains("<page 3 of 3>"), "{}", third.html);
    assert!(third.html.contains("<field email=>"), "one of two is needed, so none is optional");

    let check = world.post(CHECK, &offer()).await;
    assert_eq!(check.status, 200);
    for shown in [
        "<part 1 Wat><shown rollen=ROLLEN: KLUS; MAATJE;>",
        "<shown dagdelen=DAGDELEN: In de avond;>",
        "&lt;b&gt;Arabisch",
        "<shown wijk=WIJK: Lith;>",
        "<shown volwassen=VOLWASSEN: Ja;>",
        "<reader Welzijn><reader VluchtelingenWerk>",
    ] {
        assert!(check.html.contains(shown), "{shown} is not in {}", check.html);
    }
    assert!(world.table().await.is_empty(), "nothing is kept before it is sent");

    let receipt = sign_up(&world, &offer()).await;
    assert!(receipt.html.contains("<reference OSS-"), "{}", receipt.html);
    assert!(receipt.html.contains("<due woensdag 25 november><owner VluchtelingenWerk>"));
    assert!(receipt.html.contains("<mailed>"));

    assert_eq!(world.sweep().await.sent, 3);
    assert_eq!(world.sweep().await.sent, 0);
    let [first] = &world.mailer.to("vragen@vwn.example")[..] else { panic!("one mail") };
    let [second] = &world.mailer.to("post@welzijn.example")[..] else { panic!("one mail") };
    assert!(first.text.starts_with("VluchtelingenWerk: MAATJE Lith woensdag"), "{}", first.text);
    assert!(second.text.starts_with("Welzijn: KLUS Lith woensdag"), "{}", second.text);
    let [mail] = &world.mailer.to("jo@buurt.example")[..] else { panic!("one confirmation") };
    assert!(receipt.html.contains(&format!("<link https://oss.example{}>", link(&mail.text))));

    let staff = world.staff(JAN).await;
    let seen = staff.reveal(link(&first.text)).await;
    assert!(seen.html.contains("<personal NAAM Jo de Wit >"), "{}", seen.html);
    let path = link(&second.text);
    let door = world.get(path).await;
    assert!(door.html.contains("<door OSS-") && !door.html.contains("Jo"), "{}", door.html);
    let closed = world.post(path, &[]).await;
    assert_eq!(closed.status, 422);
    assert!(closed.html.contains("<error lezen>") && !closed.html.contains("Jo"));
    let events = world.count("VOL#").await;
    let open = world.post(path, &[("lezen", "ja")]).await;
    for shown in [
        "<role KLUS><role MAATJE><part In de avond><area Lith>",
        "<personal NAAM Jo de Wit >",
        "<personal TELEFOON 06 1234 5678 tel:0612345678>",
        "<consent  false>",
    ] {
        assert!(open.html.contains(shown), "{shown} is not in {}", open.html);
    }
    assert_eq!(world.count("VOL#").await, events + 1, "the view is in the trail");
    world.pass(SignedDuration::from_hours(31 * 24));
    assert_eq!(world.get(path).await.status, 404, "a link for an owner does not last for ever");
}

#[tokio::test]
async fn an_owner_of_two_roles_hears_once() {
    let world = World::new().await;
    sign_up(&world, &with(&least(), &[("rollen", "maatje"), ("rollen", "taal")])).await;
    assert_eq!(world.sweep().await.sent, 1, "no address, so no confirmation");
    let mails = world.mailer.mails.lock().unwrap();
    assert!(
        mails[0].text.starts_with("VluchtelingenWerk: MAATJE TAAL  woensdag"),
        "{}",
        mails[0].text
    );
}

#[tokio::test]
async fn sharing_is_ticked_by_the_volunteer_alone() {
    let world = World::new().await;
    let check = world.post(CHECK, &least()).await;
    assert!(check.html.contains("<consent Welzijn>"), "asked, and not ticked: {}", check.html);
    assert_eq!(check.hidden("delen"), None);
    sign_up(&world, &least()).await;
    assert!(world.table().await.iter().any(|item| item.contains("\"consent\": Bool(false)")));

    // A tick of hers travels along when she goes back to change something.
    let ticked = with(&least(), &[("delen", "ja")]);
    let back = world.post(CHECK, &with(&ticked, &[("terug", "2")])).await;
    assert_eq!(back.hidden("delen").as_deref(), Some("ja"));
    assert!(world.post(CHECK, &ticked).await.html.contains("<consent Welzijn ticked>"));
    sign_up(&world, &ticked).await;
    assert!(world.table().await.iter().any(|item| item.contains("\"consent\": Bool(true)")));

    // Who offers help to that organisation itself is not asked, and a tick sent anyway is none.
    let own = with(&ticked, &[("rollen", "klus")]);
    let check = world.post(CHECK, &own).await;
    assert!(check.html.contains("<reader Welzijn>") && !check.html.contains("<consent"));
    let before = world.count("VOL#").await;
    sign_up(&world, &own).await;
    let given = world.table().await;
    let given = given.iter().filter(|item| item.contains("\"consent\": Bool(true)")).count();
    assert_eq!((given, world.count("VOL#").await), (1, before + 3));
    world.sweep().await;
    let mut told = BTreeSet::new();
    let staff = world.staff(JAN).await;
    for mail in world.mailer.to("vragen@vwn.example") {
        let (_, open) = staff.open(link(&mail.text)).await;
        told.insert(part(&open.html, "<consent ").to_owned());
    }
    assert_eq!(told, BTreeSet::from(["Welzijn false".to_owned(), "Welzijn true".to_owned()]));
    let mail = &world.mailer.to("post@welzijn.example")[0];
    let open = world.post(link(&mail.text), &[("lezen", "ja")]).await;
    assert!(
        open.html.contains("<consent  false>"),
        "its reader is not told about itself: {}",
        open.html
    );
}

#[tokio::test]
async fn fifty_parallel_posts_of_one_page_make_one_sign_up() {
    let world = Arc::new(World::new().await);
    let nonce = nonce(&world, &offer()).await;
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (world, nonce) = (Arc::clone(&world), nonce.clone());
            tokio::spawn(async move {
                let mut fields: Vec<(&str, &str)> = offer();
                fields.push(("nonce", &nonce));
                world.post(SEND, &fields).await
            })
        })
        .collect();
    let mut places = BTreeSet::new();
    for task in tasks {
        let answer = task.await.unwrap();
        assert_eq!(answer.status, 303, "{}", answer.html);
        places.insert(answer.location);
    }
    assert_eq!(places.len(), 1);
    assert_eq!((world.count("REF#").await, world.count("OUT#").await), (1, 3));
    assert_eq!(world.count("VOL#").await, 3, "head, what is personal, and one event");
    assert_eq!(world.sweep().await.sent, 3);
}

/// Sent from a network address, so long after its check page was shown.
async fn sent_after(world: &World, seconds: i64) -> u16 {
    let nonce = nonce(world, &offer()).await;
    world.pass(SignedDuration::from_secs(seconds));
    let mut fields: Vec<(&str, &str)> = offer();
    fields.push(("nonce", &nonce));
    let request = Request::post(SEND)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-forwarded-for", "198.51.100.7, 192.0.2.1")
        .body(Body::from(encode(&fields)))
        .unwrap();
    let answer = world.send(request).await;
    if answer.status == 429 {
        assert_eq!(answer.hidden("naam").as_deref(), Some("Jo de Wit"), "nothing is lost");
    }
    answer.status
}

#[tokio::test]
async fn a_program_cannot_flood_the_owners_and_keeps_no_volunteer_out() {
    let world = World::new().await;
    for number in 0..20 {
        assert_eq!(sent_after(&world, 0).await, 303, "{number}");
    }
    assert_eq!(sent_after(&world, 0).await, 429);
    assert_eq!(sent_after(&world, 30).await, 303, "whoever takes the time to read is heard");
    world.pass(SignedDuration::from_hours(1));
    assert_eq!(sent_after(&world, 0).await, 303);
}

#[tokio::test]
async fn the_code_opens_the_receipt_and_the_question_form_does_not_know_it() {
    let world = World::new().await;
    let receipt = sign_up(&world, &offer()).await;
    let code = part(&receipt.html, "<code ").to_lowercase();
    let found = world.post("/meedoen/code", &[("code", &code)]).await;
    let place = part(&receipt.html, "<link https://oss.example");
    assert_eq!((found.status, found.location.as_deref()), (303, Some(place)));
    assert_eq!(world.get(place).await.html, receipt.html);
    for (path, code) in [("/meedoen/code", "AAAA"), ("/vraag/code", code.as_str())] {
        let wrong = world.post(path, &[("code", code)]).await;
        assert_eq!(wrong.status, 422, "{path}");
    }
    let token = place.rsplit_once('/').unwrap().1;
    assert_eq!(world.get(&format!("/vraag/ontvangen/{token}")).await.status, 404);
    assert_eq!(world.get(&format!("/partner/{token}")).await.status, 404);
}

#[tokio::test]
async fn the_link_takes_a_sign_up_back_and_erases_what_is_personal() {
    let world = World::new().await;
    let receipt = sign_up(&world, &offer()).await;
    world.sweep().await;
    let place = part(&receipt.html, "<withdraw ").to_owned();
    let unsure = world.post(&place, &[]).await;
    assert_eq!(unsure.status, 422);
    assert!(unsure.html.contains("<error intrekken>"), "{}", unsure.html);
    let twice = world.post(&place, &[("intrekken", "ja"), ("intrekken", "nee")]).await;
    assert_eq!(twice.status, 422);
    let before = world.table().await;
    assert_eq!(world.post(&place, &[("intrekken", "nee")]).await.status, 303);
    assert_eq!(world.table().await, before, "no is no");

    let gone = world.post(&place, &[("intrekken", "ja")]).await;
    assert_eq!((gone.status, gone.location.as_deref()), (303, Some(place.as_str())));
    let receipt = world.get(&place).await;
    assert!(receipt.html.contains("<h1>Ingetrokken</h1>") && receipt.html.contains("<over>"));
    let table = world.table().await;
    assert!(table.iter().any(|item| item.contains("GESTOPT") && item.contains("DUE#ERASE")));
    for word in ["Jo de Wit", "jo@buurt.example", "1234 5678", "Arabisch"] {
        assert!(!table.iter().any(|item| item.contains(word)), "{word} is still there");
    }
    assert_eq!(world.post(&place, &[("intrekken", "ja")]).await.status, 409, "once is enough");
    assert_eq!(world.count("VOL#").await, 4, "head, two events, and when the rest was erased");

    let owner = &world.mailer.to("post@welzijn.example")[0].text;
    let open = world.post(link(owner), &[("lezen", "ja")]).await;
    assert!(open.html.contains("<over>") && !open.html.contains("<personal"), "{}", open.html);
}

/// The rights of a volunteer are those of whoever asks a question.
#[tokio::test]
async fn an_offer_is_shown_and_erased_with_its_address_and_by_its_day() {
    let world = World::new().await;
    sign_up(&world, &offer()).await;
    let known = retention::export(&world.service, "Jo@Buurt.example").await.unwrap();
    assert_eq!(known.offers.len(), 1);
    assert_eq!(known.offers[0].personal(Kind::Name), Some("Jo de Wit"));
    assert_eq!(retention::erase(&world.service, "jo@buurt.example").await, Ok(1));

    let receipt = sign_up(&world, &offer()).await;
    let place = part(&receipt.html, "<withdraw ").to_owned();
    world.post(&place, &[("intrekken", "ja")]).await;
    world.pass(SignedDuration::from_hours(31 * 24));
    assert_eq!(retention::sweep(&world.service).await, Ok(1), "taken back a month ago");

    let table = world.table().await.join("\n");
    for trace in ["Jo de Wit", "buurt.example", "1234 5678", "Arabisch", "maatje", "OSS-", "SUBJ#"]
    {
        assert!(!table.contains(trace), "{trace} is still there: {table}");
    }
    assert_eq!(table.matches("S(\"GEWIST\")").count(), 2);
    assert_eq!(world.get(&place).await.status, 200, "the link says that it is over");
}

#[tokio::test]
async fn looking_writes_nothing_and_what_was_typed_is_nowhere_else() {
    const CANARY: &str = "kanarie-zwaluw-4711";
    let world = World::new().await;
    let fields =
        with(&offer(), &[("naam", CANARY), ("talen", CANARY), ("email", "kanarie@buurt.example")]);
    let receipt = sign_up(&world, &fields).await;
    world.sweep().await;
    let owner = link(&world.mailer.to("post@welzijn.example")[0].text).to_owned();
    let place = part(&receipt.html, "<withdraw ").to_owned();
    let before = world.table().await;
    for path in [
        &owner,
        &place,
        "/meedoen/code",
        CHECK,
        SEND,
        "/inzage/meedoen/00",
        "/meedoen/ontvangen/00",
    ] {
        for method in ["GET", "HEAD", "OPTIONS", "DELETE", "PUT"] {
            let request = Request::builder().method(method).uri(path);
            let answer = world.send(request.body(Body::empty()).unwrap()).await;
            assert!(answer.status < 500, "{method} {path}");
            assert_eq!(answer.headers["cache-control"], "no-store");
        }
    }
    assert_eq!(world.table().await, before);
    let start = world.get(CHECK).await;
    assert_eq!(start.location.as_deref(), Some("/meedoen/aanmelden/"));

    let log = world.log.lock().unwrap().join("\n");
    for secret in [CANARY, "kanarie", "buurt.example", &owner[10..], &place[20..]] {
        assert!(!log.contains(secret), "{secret}");
    }
    for mail in world.mailer.mails.lock().unwrap().iter() {
        let whole = format!("{} {} {}", mail.subject, mail.text, mail.html);
        assert!(!whole.contains("kanarie"), "{whole}");
    }
    for item in &before {
        for path in [&owner, &place] {
            assert!(!item.contains(path.rsplit_once('/').unwrap().1), "{item}");
        }
        assert!(!item.contains("\"META\"") || !item.contains("kanarie"), "{item}");
    }
}
