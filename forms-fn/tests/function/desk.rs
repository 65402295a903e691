//! A colleague signs in, sees what is due, and answers, asks, forwards or closes.

use forms_fn::inbox::{self, Deed};
use jiff::SignedDuration;

use crate::world::desk::{JAN, PIET, Staff, between, cookie};
use crate::world::{Answer, World};

mod bad;
mod costs;
mod lists;
mod offers;

pub const QUESTION: [(&str, &str); 6] = [
    ("onderwerp", "samen"),
    ("vraag", "Hoe maak ik kennis? Kanarie."),
    ("wijk", "lith"),
    ("naam", "Jo Kanarie"),
    ("email", "jo@buurt.example"),
    ("telefoon", "06 1234 5678"),
];

/// A question that was asked: its page in the inbox, and the resident's status page.
pub async fn asked(world: &World) -> (String, String) {
    let receipt = world.ask(&QUESTION).await;
    let status = between(&receipt.html, "<link https://oss.example", ">").unwrap().to_owned();
    world.sweep().await;
    (world.last_link("vragen@vwn.example"), status)
}

/// What an organisation is handed.
pub const HANDING: [(&str, &str); 4] = [
    ("organisatie", "wonen"),
    ("samenvatting", "Iemand vraagt hoe zij kennismaakt."),
    ("origineel", ""),
    ("gegevens", "ja"),
];

/// The question at the partner, and the path of its link.
pub async fn forwarded(world: &World, staff: &Staff<'_>, case: &str) -> String {
    let sent = staff.act(case, "doorsturen", &HANDING).await;
    assert_eq!(sent.status, 303, "{}", sent.html);
    world.sweep().await;
    world.last_link("post@wonen.example")
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, 303, "{}", answer.html);
}

#[tokio::test]
async fn the_link_works_in_the_browser_that_asked_and_shows_a_code_in_any_other() {
    let world = World::new().await;
    let asked = world.post("/inloggen", &[("email", " Jan@VWN.example ")]).await;
    assert_eq!((asked.status, asked.location.as_deref()), (303, Some("/inloggen/code")));
    let held = format!("__Host-aanmelding={}", cookie(&asked, "__Host-aanmelding").unwrap());
    world.sweep().await;
    let link = world.last_link(JAN);

    let before = world.table().await;
    let elsewhere = world.get(&link).await;
    let code = between(&elsewhere.html, "<code ", ">").expect("a code").to_owned();
    let pressed = world.post(&link, &[]).await;
    assert_eq!((pressed.status, pressed.location.as_deref()), (303, Some(link.as_str())));
    assert_eq!(cookie(&pressed, "__Host-inbox"), None, "no session for whoever has the mail only");
    assert!(world.with_cookie("GET", &link, &held, "").await.html.contains("<button "));
    assert_eq!(before, world.table().await, "looking and a scanner's press change nothing");

    // The code alone opens nothing either: it belongs to the browser that asked.
    assert_eq!(world.post("/inloggen/code", &[("code", &code)]).await.status, 422);
    let typed = format!("code={}", code.to_lowercase().replace('-', "+"));
    let entered = world.with_cookie("POST", "/inloggen/code", &held, &typed).await;
    assert_eq!((entered.status, entered.location.as_deref()), (303, Some("/inbox")));
    let session = format!("__Host-inbox={}", cookie(&entered, "__Host-inbox").unwrap());
    let set: Vec<_> = entered.headers.get_all("set-cookie").iter().collect();
    let set = set[0].to_str().unwrap();
    for word in ["Path=/", "Secure", "HttpOnly", "SameSite=Lax", "Max-Age=28800"] {
        assert!(set.contains(word), "{word}: {set}");
    }
    assert!(world.with_cookie("GET", "/inbox", &session, "").await.html.contains("<me jan@"));

    // Once: the link, the code and a second press find it used.
    assert_eq!(world.with_cookie("POST", &link, &held, "").await.status, 404);
    assert_eq!(world.with_cookie("POST", "/inloggen/code", &held, &typed).await.status, 422);
    world.pass(SignedDuration::from_hours(8));
    let later = world.with_cookie("GET", "/inbox", &session, "").await;
    assert_eq!(later.location.as_deref(), Some("/inloggen?naar=/inbox"), "eight hours");
}

#[tokio::test]
async fn nobody_can_tell_who_is_on_the_list() {
    let world = World::new().await;
    let known = world.post("/inloggen", &[("email", JAN)]).await;
    let unknown = world.post("/inloggen", &[("email", "iemand@buurt.example")]).await;
    assert_eq!((known.status, &known.location), (unknown.status, &unknown.location));
    let lengths = [&known, &unknown].map(|page| cookie(page, "__Host-aanmelding").unwrap().len());
    assert_eq!(lengths[0], lengths[1]);
    assert_eq!(world.count("LOGIN#").await, 2, "as much is written for both");
    assert_eq!(world.sweep().await.sent, 1);
    assert!(world.mailer.to("iemand@buurt.example").is_empty());
    assert_eq!(world.post("/inloggen", &[("email", "geen adres")]).await.status, 422);
}

#[tokio::test]
async fn a_code_is_guessed_five_times_and_a_link_lasts_a_quarter_of_an_hour() {
    let world = World::new().await;
    let held =
        |page: &Answer| format!("__Host-aanmelding={}", cookie(page, "__Host-aanmelding").unwrap());
    let first = held(&world.post("/inloggen", &[("email", JAN)]).await);
    world.sweep().await;
    let code = world.get(&world.last_link(JAN)).await;
    let code = between(&code.html, "<code ", ">").unwrap().to_owned();
    for _ in 0..5 {
        let wrong = world.with_cookie("POST", "/inloggen/code", &first, "code=AAAA-AAAA").await;
        assert_eq!(wrong.status, 422);
    }
    let right = world.with_cookie("POST", "/inloggen/code", &first, &format!("code={code}")).await;
    assert_eq!(right.status, 422, "five times is enough");

    let second = held(&world.post("/inloggen", &[("email", JAN)]).await);
    world.pass(SignedDuration::from_mins(1));
    world.sweep().await;
    world.pass(SignedDuration::from_mins(15));
    let late = world.with_cookie("POST", &world.last_link(JAN), &second, "").await;
    assert_eq!(late.status, 404);
}

/// Promise 10: taking a line off the list is enough.
#[tokio::test]
async fn whoever_is_taken_off_the_list_is_shut_out_at_the_next_request_and_keeps_the_words() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let staff = world.staff(JAN).await;
    let (place, page) = staff.open(&case).await;
    let fewer = world.configured(|config| config.staff.retain(|one| one != JAN)).await;
    let before = world.table().await;
    for path in ["/inbox", "/inbox/aanmeldingen", "/inbox/logboek", &case, &place] {
        let shut = fewer.with_cookie("GET", path, &staff.cookie, "").await;
        assert_eq!(shut.status, 403, "{path}");
        assert!(!shut.html.contains("Kanarie"), "{path}");
    }
    let version = between(&page.html, "<version ", ">").unwrap();
    let body = format!("doe=antwoorden&versie={version}&antwoord=Een+lang+antwoord");
    let shut = fewer.with_cookie("POST", &case, &staff.cookie, &body).await;
    assert_eq!(shut.status, 403);
    assert!(shut.html.contains("<typed>Een lang antwoord</typed>"), "{}", shut.html);
    assert_eq!(before, fewer.table().await);
    // A link that was mailed before does not let in either.
    fewer.post("/inloggen", &[("email", JAN)]).await;
    assert_eq!(fewer.sweep().await.sent, 0);
}

#[tokio::test]
async fn a_session_ends_when_one_signs_out() {
    let world = World::new().await;
    let staff = world.staff(JAN).await;
    let out = staff.post("/uitloggen", &[]).await;
    assert_eq!(out.location.as_deref(), Some("/inloggen"));
    assert_eq!(cookie(&out, "__Host-inbox").as_deref(), Some(""), "the browser forgets it");
    assert_eq!(staff.get("/inbox").await.status, 303, "and so do we");
}

/// The whole way: asked, picked up, asked back, answered, not helped, answered, helped.
#[tokio::test]
async fn a_question_is_answered_until_its_resident_is_helped() {
    let world = World::new().await;
    let (case, status) = asked(&world).await;
    let staff = world.staff(JAN).await;
    done(&staff.act(&case, "oppakken", &[]).await);
    let (_, page) = world.staff(PIET).await.open(&case).await;
    assert!(page.html.contains("<taken jan@vwn.example>"), "{}", page.html);
    let (_, page) = staff.open(&case).await;
    assert!(page.html.contains("<taken jan@vwn.example mine>"), "{}", page.html);

    done(&staff.act(&case, "noteren", &[("notitie", "Belt liever niet.")]).await);
    done(&staff.act(&case, "terugvragen", &[("terugvraag", "In welke straat is dat?")]).await);
    assert_eq!(world.sweep().await.sent, 1);
    let mail = world.mailer.to("jo@buurt.example").pop().unwrap();
    assert!(mail.subject.starts_with("asked-back") && !mail.text.contains("straat"));
    let waits = world.get(&status).await;
    assert!(waits.html.contains("In welke straat is dat?") && !waits.html.contains("Belt liever"));
    let version = between(&waits.html, "<version ", ">").unwrap().to_owned();
    let more = [("doe", "aanvullen"), ("versie", &version), ("aanvulling", "Bij het park.")];
    done(&world.post(&status, &more).await);
    let (_, page) = staff.open(&case).await;
    assert!(page.html.contains("<message addition inbox.who_resident>Bij het park."));
    assert!(page.html.contains("<state inbox.state.in_behandeling>"), "{}", page.html);

    done(&staff.act(&case, "antwoorden", &[("antwoord", "Bel gerust eens aan.\nGroet")]).await);
    world.sweep().await;
    let mail = world.mailer.to("jo@buurt.example").pop().unwrap();
    assert!(mail.subject.starts_with("answered") && !mail.text.contains("gerust"));
    let answered = world.get(&status).await;
    assert!(answered.html.contains("Bel gerust eens aan.\nGroet"), "{}", answered.html);
    assert!(!answered.html.contains("Kanarie"), "the question itself is not behind the link");
    for (answer, state) in [("nee", "status.heropend"), ("ja", "status.gesloten")] {
        let version = world.get(&status).await;
        let version = between(&version.html, "<version ", ">").unwrap().to_owned();
        let fields = [("doe", "geholpen"), ("versie", &version), ("geholpen", answer)];
        done(&world.post(&status, &fields).await);
        let now = world.table().await.join("\n");
        assert!(now.contains(if answer == "nee" { "HEROPEND" } else { "GESLOTEN" }), "{state}");
        if answer == "nee" {
            done(&staff.act(&case, "antwoorden", &[("antwoord", "Nog eens.")]).await);
        }
    }
    let (_, page) = staff.open(&case).await;
    for event in ["taken", "noted", "asked_back", "added", "answered", "not_helped", "helped"] {
        let line = format!("<event inbox.event.{event} by ");
        assert!(page.html.contains(&line), "{event}: {}", page.html);
    }
    assert!(page.html.contains("<event inbox.event.answered by jan@vwn.example>"));
}

#[tokio::test]
async fn a_standard_reply_comes_in_the_language_of_the_resident_and_its_gaps_are_filled() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let staff = world.staff(JAN).await;
    let (place, page) = staff.open(&case).await;
    assert!(page.html.contains("<reply groet Groet>"), "{}", page.html);
    let begun = staff.get(&format!("{place}&tekst=groet")).await;
    assert!(begun.html.contains("<answer>Dag,\n\nGroet."), "{}", begun.html);
    let odd = staff.get(&format!("{place}&tekst=er-is-geen")).await;
    assert!(odd.html.contains("<answer></answer>"), "{}", odd.html);

    let gaps = world
        .released(|manifest| {
            let texts = manifest.form_texts.get_mut("vraag").unwrap().get_mut("nl").unwrap();
            texts.replies.get_mut("groet").unwrap().text =
                "Dag, ga naar [naam van de club].".into();
        })
        .await;
    let body = "doe=antwoorden&versie=1&antwoord=Ga+naar+[naam+van+de+club].";
    let mark = place.split_once("zicht=").unwrap().1;
    let refused =
        gaps.with_cookie("POST", &case, &staff.cookie, &format!("{body}&zicht={mark}")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.html.contains("<error antwoord>inbox.missing.haken"), "{}", refused.html);
    assert!(refused.html.contains("<answer>Ga naar [naam van de club]."), "{}", refused.html);
}

#[tokio::test]
async fn closing_tells_the_resident_why_and_advertising_can_be_taken_back() {
    let world = World::new().await;
    let (case, status) = asked(&world).await;
    let staff = world.staff(JAN).await;
    done(&staff.act(&case, "sluiten", &[("reden", "Wij spraken u aan de telefoon.")]).await);
    world.sweep().await;
    assert!(world.mailer.to("jo@buurt.example").pop().unwrap().subject.starts_with("closed"));
    assert!(world.get(&status).await.html.contains("Wij spraken u aan de telefoon."));
    assert_eq!(staff.list("/inbox").await, Vec::<String>::new());
    assert_eq!(staff.list("/inbox/gesloten").await, std::slice::from_ref(&case));
    done(&staff.act(&case, "heropenen", &[]).await);
    assert_eq!(staff.list("/inbox").await, std::slice::from_ref(&case));

    let unsure = staff.act(&case, "reclame", &[]).await;
    assert_eq!(unsure.status, 422, "a choice without a default");
    let sent = world.mailer.mails.lock().unwrap().len();
    done(&staff.act(&case, "reclame", &[("zeker", "ja")]).await);
    world.sweep().await;
    assert_eq!(world.mailer.mails.lock().unwrap().len(), sent, "who advertises is not written to");
    done(&staff.act(&case, "heropenen", &[]).await);
    assert_eq!(staff.list("/inbox").await, [case]);
}

/// Views and reveals are deeds too, per case and per colleague.
#[tokio::test]
async fn who_saw_and_did_what_is_written_down() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let staff = world.staff(JAN).await;
    staff.get(&case).await;
    assert!(!staff.get(&format!("{case}?zicht={}", "0".repeat(32))).await.html.contains("Kanarie"));
    let (place, _) = staff.open(&case).await;
    let before = world.table().await;
    staff.get(&place).await;
    assert_eq!(before, world.table().await, "a page that was opened may be looked at again");
    let stolen = world.staff(PIET).await.get(&place).await;
    assert!(!stolen.html.contains("Kanarie"), "another's mark opens nothing: {}", stolen.html);
    let reached = staff.reveal(&case).await;
    assert!(reached.html.contains("<contact NAAM Jo Kanarie"), "{}", reached.html);
    let deeds = staff.get("/inbox/logboek").await;
    for deed in ["signed_in", "viewed", "contact_shown"] {
        assert!(deeds.html.contains(&format!("<deed inbox.event.{deed}")), "{}", deeds.html);
    }
    assert!(deeds.html.contains(&case), "it leads to what it is about");
    let other = staff.get(&format!("/inbox/logboek?wie={PIET}")).await;
    assert!(!other.html.contains("viewed") && other.html.contains("signed_in"), "{}", other.html);
    let log = world.log.lock().unwrap().join("\n");
    assert!(!log.contains("vwn.example") && !log.contains("anarie"), "{log}");
}

/// Fifty colleagues press one button: one answer, everybody else is told.
#[tokio::test]
async fn many_colleagues_at_once_answer_once() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let id = forms_fn::ids::Id::parse(case.rsplit_once('/').unwrap().1).unwrap();
    let deeds: Vec<Deed> =
        (0..20).map(|number| Deed::Answer(format!("Antwoord {number}"))).collect();
    let all = deeds.iter().map(|deed| inbox::act(&world.service, &id, 1, JAN, deed));
    let mut tasks = Vec::new();
    for act in all {
        tasks.push(act);
    }
    let outcomes = join_all(tasks).await;
    let done = outcomes.iter().filter(|one| **one == Ok(inbox::Outcome::Done)).count();
    assert_eq!(done, 1, "{outcomes:?}");
    let case = world.service.store.case(&id).await.unwrap().unwrap();
    assert_eq!(case.thread.len(), 1);
    assert_eq!(world.sweep().await.sent, 1);
}

/// All at once on one task.
async fn join_all<F: Future>(all: Vec<F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = all.into_iter().map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|context| {
        let mut open = false;
        for (one, result) in &mut waiting {
            if result.is_none() {
                match one.as_mut().poll(context) {
                    std::task::Poll::Ready(value) => *result = Some(value),
                    std::task::Poll::Pending => open = true,
                }
            }
        }
        if open { std::task::Poll::Pending } else { std::task::Poll::Ready(()) }
    })
    .await;
    waiting.into_iter().map(|(_, result)| result.unwrap()).collect()
}
