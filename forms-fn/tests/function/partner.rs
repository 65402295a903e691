//! A forwarded question at an organisation without an account.

use forms_fn::{digest, timers};
use jiff::SignedDuration;

use crate::desk::{HANDING, asked, forwarded};
use crate::world::desk::{JAN, between};
use crate::world::{Answer, World};

const READ: [(&str, &str); 2] = [("doe", "lezen"), ("lezen", "ja")];

async fn read(world: &World, link: &str) -> Answer {
    let page = world.post(link, &READ).await;
    assert_eq!(page.status, 200, "{}", page.html);
    page
}

/// The mark of the page that was opened.
async fn mark(world: &World, link: &str) -> String {
    read(world, link).await.hidden("gelezen").expect("a mark")
}

async fn react(world: &World, link: &str, fields: &[(&str, &str)]) -> Answer {
    let mark = mark(world, link).await;
    world.post(link, &[&[("doe", "reageer"), ("gelezen", mark.as_str())], fields].concat()).await
}

#[tokio::test]
async fn a_partner_sees_what_it_was_handed_and_nothing_else() {
    let world = World::new().await;
    let (case, status) = asked(&world).await;
    let jan = world.staff(JAN).await;
    let preview = jan.act(&case, "voorbeeld", &HANDING).await;
    assert_eq!(preview.status, 200, "{}", preview.html);
    assert!(preview.html.contains("<preview Wonen><summary>Iemand vraagt hoe zij kennismaakt."));
    assert!(!preview.html.contains("Kanarie") && preview.html.contains("<with contact>"));
    assert_eq!(world.count("TOK#").await, 2, "a preview hands nothing over");

    let link = forwarded(&world, &jan, &case).await;
    let mail = world.mailer.to("post@wonen.example").pop().unwrap();
    assert!(!mail.text.contains("kennismaakt"), "{}", mail.text);
    let door = world.get(&link).await;
    assert!(door.html.contains("<door OSS-") && !door.html.contains("kennismaakt"));
    assert_eq!(world.post(&link, &[("doe", "lezen")]).await.status, 422, "a scanner ticks nothing");
    let page = read(&world, &link).await;
    assert!(page.html.contains("<summary>Iemand vraagt hoe zij kennismaakt.</summary>"));
    for hidden in ["Kanarie", "buurt.example", "1234"] {
        assert!(!page.html.contains(hidden), "{hidden}: {}", page.html);
    }
    // The resident sees who has it, until when and what was shared.
    let seen = world.get(&status).await;
    assert!(seen.html.contains("<shared Wonen 2 now>"), "summary and contact: {}", seen.html);
    assert!(seen.html.contains("<state status.doorgestuurd>"), "{}", seen.html);
    let told = world.mailer.to("jo@buurt.example").pop().unwrap();
    assert!(told.subject.starts_with("forwarded OSS-"), "{}", told.subject);
    let (_, open) = jan.open(&case).await;
    assert!(open.html.contains("<event inbox.event.read_by_partner by Wonen>"), "{}", open.html);
    assert!(open.html.contains("<owner Wonen>") && open.html.contains("<due maandag 30 november>"));
}

/// Promise: a forwarded link in another browser opens no contact data.
#[tokio::test]
async fn contact_data_stands_behind_a_code_of_the_page_that_asked_for_it() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let jan = world.staff(JAN).await;
    let link = forwarded(&world, &jan, &case).await;
    let unread = world.post(&link, &[("doe", "code"), ("zeker", "ja")]).await;
    assert_eq!(unread.status, 422, "only from a page that was opened");
    let mark = mark(&world, &link).await;
    let unticked = world.post(&link, &[("doe", "code"), ("gelezen", &mark)]).await;
    assert_eq!(unticked.status, 422, "a scanner ticks nothing");
    let ask = [("doe", "code"), ("zeker", "ja"), ("gelezen", mark.as_str())];
    let (mine, other) = (world.post(&link, &ask).await, world.post(&link, &ask).await);
    let asked = |page: &Answer| between(&page.html, "<hidden aanvraag=", ">").unwrap().to_owned();
    let (mine, other) = (asked(&mine), asked(&other));
    world.sweep().await;
    let codes: Vec<String> = world
        .mailer
        .to("post@wonen.example")
        .iter()
        .filter_map(|mail| Some(mail.text.split_once("code=")?.1.trim().to_owned()))
        .collect();
    assert_eq!(codes.len(), 2);
    let show = async |asked: &str, code: &str| {
        let fields =
            [("doe", "toon"), ("aanvraag", asked), ("code", code), ("gelezen", mark.as_str())];
        world.post(&link, &fields).await
    };
    // Both codes came by the same mail box; which page each belongs to is tried.
    let spaced = |code: &str| format!("{} {}", &code[..4], &code[4..]);
    let wrong = show(&other, "00000000").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("<error code>") && wrong.html.contains("<hidden aanvraag="));
    let pages = [show(&mine, &spaced(&codes[0])).await, show(&mine, &spaced(&codes[1])).await];
    let shown: Vec<_> = pages.iter().filter(|page| page.html.contains("<revealed ")).collect();
    assert_eq!(shown.len(), 1, "the code of this page, and no other");
    assert!(shown[0].html.contains("<contact TELEFOON 06 1234 5678 tel:0612345678>"));
    for code in &codes {
        let again = show(&mine, code).await;
        assert!(!again.html.contains("<contact "), "once: {}", again.html);
        let forged = show(&"0".repeat(64), code).await;
        assert!(!forged.html.contains("<contact "), "{}", forged.html);
    }
    let (_, page) = jan.open(&case).await;
    assert_eq!(page.html.matches("contact_shown by Wonen>").count(), 1, "{}", page.html);
    world.pass(SignedDuration::from_mins(15));
    let late = show(&other, &codes[1]).await;
    assert!(!late.html.contains("<contact "), "a quarter of an hour");
    // One that could not leave in time does not leave at all.
    world.mailer.refuses();
    world.post(&link, &ask).await;
    world.sweep().await;
    world.mailer.works();
    world.pass(SignedDuration::from_mins(16));
    world.sweep().await;
    let mails = world.mailer.to("post@wonen.example");
    assert_eq!(mails.iter().filter(|mail| mail.text.contains("code=")).count(), 2);
}

#[tokio::test]
async fn a_partner_answers_and_the_first_contact_sends_it_on() {
    let world = World::new().await;
    let (case, status) = asked(&world).await;
    let jan = world.staff(JAN).await;
    let link = forwarded(&world, &jan, &case).await;
    let unread = world.post(&link, &[("doe", "reageer"), ("wat", "antwoord")]).await;
    assert!(unread.status == 422 && !unread.html.contains("kennismaakt"), "{}", unread.html);
    for (fields, field) in [
        (vec![], "wat"),
        (vec![("wat", "antwoord"), ("antwoord", " ")], "antwoord"),
        (vec![("wat", "niet-voor-ons")], "reden"),
        (vec![("wat", "vraag"), ("antwoord", "Blijft staan.")], "vraag"),
        (vec![("wat", "zelf"), ("dag", "2026-11-29")], "dag"),
        (vec![("wat", "zelf"), ("dag", "2027-11-29")], "dag"),
    ] {
        let before = world.count("OUT#").await;
        let wrong = react(&world, &link, &fields).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.html.contains(&format!("<error {field}>")), "{}", wrong.html);
        assert!(
            fields.len() < 2
                || fields[1].1 != "Blijft staan."
                || wrong.html.contains("Blijft staan.")
        );
        assert_eq!(before, world.count("OUT#").await);
    }
    let answer = [("wat", "antwoord"), ("antwoord", "Kom eens koffie drinken.")];
    for _ in 0..2 {
        let thanks = react(&world, &link, &answer).await;
        assert!(thanks.status == 200 && thanks.html.contains("Dank u wel"), "{}", thanks.html);
    }
    assert_eq!(world.sweep().await.sent, 1, "a double click tells once");
    let mail = world.mailer.to("vragen@vwn.example").pop().unwrap();
    assert!(mail.subject.starts_with("partner-replied") && !mail.text.contains("koffie"));
    let (_, page) = jan.open(&case).await;
    assert!(page.html.contains("<state inbox.state.partner_antwoord><owner VluchtelingenWerk>"));
    assert!(
        page.html.contains("<answer>Kom eens koffie drinken.</answer>"),
        "a start: {}",
        page.html
    );
    assert!(!world.get(&status).await.html.contains("koffie"), "not before somebody looked");
    let sent = jan.act(&case, "antwoorden", &[("antwoord", "Kom eens koffie drinken.")]).await;
    assert_eq!(sent.status, 303);
    assert!(world.get(&status).await.html.contains("koffie"));
    let over = world.get(&link).await;
    assert!(over.html.contains("<standing partner.standing.beantwoord>"), "{}", over.html);
    let late = react(&world, &link, &[("wat", "antwoord"), ("antwoord", "Nog iets anders.")]).await;
    assert_eq!(late.status, 409);
    assert!(late.html.contains("<typed>Nog iets anders.|"), "kept: {}", late.html);
}

#[tokio::test]
async fn not_ours_and_more_please_come_back_with_the_reason() {
    for (what, field, state) in
        [("niet-voor-ons", "reden", "partner_declined"), ("vraag", "vraag", "partner_asked")]
    {
        let world = World::new().await;
        let (case, _) = asked(&world).await;
        let jan = world.staff(JAN).await;
        let link = forwarded(&world, &jan, &case).await;
        let thanks =
            react(&world, &link, &[("wat", what), (field, "Vraag het de gemeente.")]).await;
        assert_eq!(thanks.status, 200);
        let (_, page) = jan.open(&case).await;
        assert!(page.html.contains("<state inbox.state.terug><owner VluchtelingenWerk>"));
        assert!(page.html.contains("Vraag het de gemeente.") && page.html.contains(state));
        assert!(page.html.contains("<summary>Iemand vraagt hoe zij"), "ready to be handed again");
        // And it can go to another, with a link of its own.
        let other = [("organisatie", "welzijn"), ("samenvatting", "Iemand zoekt kennis.")];
        assert_eq!(jan.act(&case, "doorsturen", &other).await.status, 303);
        world.sweep().await;
        let second = world.last_link("post@welzijn.example");
        assert!(read(&world, &second).await.html.contains("<partner Welzijn"));
        assert!(!world.post(&link, &READ).await.html.contains("Iemand zoekt kennis."));
    }
}

#[tokio::test]
async fn a_partner_that_calls_itself_names_the_day_and_is_held_to_it() {
    let world = World::new().await;
    let (case, status) = asked(&world).await;
    let jan = world.staff(JAN).await;
    let link = forwarded(&world, &jan, &case).await;
    let promise = [("wat", "zelf"), ("dag", "2026-12-04")];
    assert_eq!(react(&world, &link, &promise).await.status, 200);
    world.sweep().await;
    let told = world.mailer.to("jo@buurt.example").pop().unwrap();
    assert!(told.subject.starts_with("contact-promised"), "{}", told.subject);
    let (_, page) = jan.open(&case).await;
    assert!(page.html.contains("<owner Wonen><due vrijdag 4 december>"), "{}", page.html);
    assert!(world.get(&status).await.html.contains("<shared Wonen 2 now>"));
    // Monday 23 November to Friday 4 December, in the morning: reminded; Tuesday: taken back.
    world.pass(SignedDuration::from_hours(11 * 24));
    assert_eq!(timers::sweep::sweep(&world.service).await, Ok(1));
    world.pass(SignedDuration::from_hours(4 * 24));
    assert_eq!(timers::sweep::sweep(&world.service).await, Ok(1));
    let (_, page) = world.staff(JAN).await.open(&case).await;
    assert!(page.html.contains("<state inbox.state.terug>"), "{}", page.html);
}

#[tokio::test]
async fn what_is_taken_back_opens_nothing_and_a_late_answer_still_helps() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let jan = world.staff(JAN).await;
    let link = forwarded(&world, &jan, &case).await;
    let before = world.mailer.to("post@wonen.example").len();
    assert_eq!(jan.act(&case, "terughalen", &[]).await.status, 303);
    world.sweep().await;
    assert_eq!(world.mailer.to("post@wonen.example").len(), before + 1, "told that it need not");
    let door = world.get(&link).await;
    assert!(door.html.contains("<late><standing partner.standing.ingetrokken>"), "{}", door.html);
    let mark = mark(&world, &link).await;
    let ask = [("doe", "code"), ("zeker", "ja"), ("gelezen", mark.as_str())];
    assert_eq!(world.post(&link, &ask).await.status, 409, "no contact data any more");
    let decline = [("wat", "niet-voor-ons"), ("reden", "Met zorg geschreven.")];
    let refused = react(&world, &link, &decline).await;
    assert_eq!(refused.status, 409);
    assert!(refused.html.contains("|Met zorg geschreven.|"), "{}", refused.html);
    let answer = [("wat", "antwoord"), ("antwoord", "Wij weten het toch.")];
    assert_eq!(react(&world, &link, &answer).await.status, 200);
    let (_, page) = jan.open(&case).await;
    assert!(page.html.contains("Wij weten het toch.") && page.html.contains("partner_antwoord"));
    assert!(page.html.contains("partner_answered_late by Wonen"), "{}", page.html);

    // Closed: nothing more to say, and the words are kept.
    assert_eq!(jan.act(&case, "sluiten", &[("reden", "Klaar.")]).await.status, 303);
    let closed = react(&world, &link, &[("wat", "antwoord"), ("antwoord", "En nog iets.")]).await;
    assert_eq!(closed.status, 409);
    assert!(closed.html.contains("En nog iets."), "{}", closed.html);
}

#[tokio::test]
async fn an_old_link_says_so_and_a_new_one_goes_to_the_organisations_own_mailbox() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let jan = world.staff(JAN).await;
    let link = forwarded(&world, &jan, &case).await;
    let mark = mark(&world, &link).await;
    world.pass(SignedDuration::from_hours(30 * 24));
    let old = world.get(&link).await;
    assert_eq!(old.status, 410);
    assert!(old.html.contains("<expired><open>"), "{}", old.html);
    let ask = [("doe", "code"), ("zeker", "ja"), ("gelezen", mark.as_str())];
    for fields in [&READ[..], &ask, &[("doe", "nieuwe-link")]] {
        let refused = world.post(&link, fields).await;
        assert!((400..500).contains(&refused.status) && !refused.html.contains("kennismaakt"));
    }
    let answer = [
        ("doe", "reageer"),
        ("gelezen", mark.as_str()),
        ("wat", "antwoord"),
        ("antwoord", "Te laat getypt."),
    ];
    let refused = world.post(&link, &answer).await;
    assert_eq!(refused.status, 410);
    assert!(
        refused.html.contains("Te laat getypt.") && !refused.html.contains("kennismaakt"),
        "{}",
        refused.html
    );

    let sent = world.mailer.to("post@wonen.example").len();
    for _ in 0..2 {
        let renewed = world.post(&link, &[("doe", "nieuwe-link"), ("zeker", "ja")]).await;
        assert_eq!(renewed.status, 200);
    }
    world.sweep().await;
    assert_eq!(world.mailer.to("post@wonen.example").len(), sent + 1, "pressed twice, one mail");
    let fresh = world.last_link("post@wonen.example");
    assert_ne!(fresh, link);
    assert!(read(&world, &fresh).await.html.contains("kennismaakt"));
    for token in ["0".repeat(64), "x".to_owned(), link.split_at(20).0.to_owned()] {
        let path = format!("/partner/{token}");
        assert_eq!(world.get(&path).await.status, 404, "{path}");
        assert_eq!(world.post(&path, &READ).await.status, 404, "{path}");
    }
}

/// A mail that does not reach a partner becomes a call, and the case stays where it is.
#[tokio::test]
async fn a_partner_that_mail_does_not_reach_is_called() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let jan = world.staff(JAN).await;
    world.mailer.refuses();
    assert_eq!(jan.act(&case, "doorsturen", &HANDING).await.status, 303);
    for minutes in [0, 1, 5, 30, 120, 360] {
        world.pass(SignedDuration::from_mins(minutes));
        world.sweep().await;
    }
    world.mailer.works();
    world.pass(SignedDuration::from_mins(2));
    let report = world.sweep().await;
    assert_eq!(report.sent, 2, "of both mails somebody hears");
    let told = world.mailer.to("vragen@vwn.example");
    assert!(told.iter().any(|mail| mail.subject.starts_with("partner-unreached")), "{told:?}");
    world.pass(SignedDuration::from_hours(18));
    digest::tell(&world.service).await.unwrap();
    world.sweep().await;
    let morning = world.mailer.to("vragen@vwn.example").pop().unwrap();
    assert!(
        morning.text.contains("lost OSS-") && morning.text.contains(" partner"),
        "{}",
        morning.text
    );
}
