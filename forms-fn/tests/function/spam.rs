//! What looks like advertising is kept where people see it, and never keeps a neighbour out.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::world::desk::JAN;
use crate::world::{Answer, World, encode};

const CALM: SignedDuration = SignedDuration::from_secs(30);

/// Through both pages, from a network address, with the time that a reader takes.
async fn from(world: &World, address: &str, fields: &[(&str, &str)]) -> Answer {
    let nonce = world.nonce(fields).await;
    world.pass(CALM);
    sent_from(world, address, fields, &nonce).await
}

async fn sent_from(world: &World, address: &str, fields: &[(&str, &str)], nonce: &str) -> Answer {
    let mut all = fields.to_vec();
    all.extend([("nonce", nonce), ("delen", "nee")]);
    let request = Request::post("/vraag/verstuur")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-forwarded-for", format!("203.0.113.9, {address}, 192.0.2.1"))
        .body(Body::from(encode(&all)))
        .unwrap();
    world.send(request).await
}

const QUESTION: [(&str, &str); 2] = [("vraag", "Mag ik aanbellen?"), ("email", "jo@buurt.example")];

#[tokio::test]
async fn a_filled_trap_sets_a_question_apart_and_writes_to_nobody() {
    let world = World::new().await;
    let fields = [QUESTION[0], QUESTION[1], ("laat-leeg", "https://winkel.example")];
    let check = world.post("/vraag/controle", &fields).await;
    assert_eq!(
        check.hidden("laat-leeg").as_deref(),
        Some("https://winkel.example"),
        "it goes along"
    );
    let sent = from(&world, "198.51.100.7", &fields).await;
    assert_eq!(sent.status, 303, "the same answer as for everybody");
    assert_eq!(
        world.count("OUT#").await,
        0,
        "no mail to an address that somebody else may have given"
    );
    let receipt = world.get(&sent.location.unwrap()).await;
    assert!(receipt.html.contains("<reference OSS-"));
    let kept = world.table().await;
    let head = kept.iter().find(|item| item.contains("VERDACHT")).expect("kept");
    assert!(head.contains("Q#SUSPECT"), "where staff finds it: {head}");
}

#[tokio::test]
async fn a_library_with_one_address_is_not_shut_out() {
    let world = World::new().await;
    for number in 0..20 {
        assert_eq!(from(&world, "198.51.100.7", &QUESTION).await.status, 303, "{number}");
    }
    assert_eq!(world.count("OUT#").await, 40);
    from(&world, "198.51.100.7", &QUESTION).await;
    assert_eq!(world.count("OUT#").await, 40, "the next is looked at first");
    from(&world, "198.51.100.8", &QUESTION).await;
    assert_eq!(world.count("OUT#").await, 42, "and nobody else is");
    world.pass(SignedDuration::from_hours(1));
    from(&world, "198.51.100.7", &QUESTION).await;
    assert_eq!(world.count("OUT#").await, 44, "nor anybody an hour later");
    for item in world.table().await {
        assert!(!item.contains("198.51"), "{item}");
    }
}

/// Ten thousand posts from one address within a minute, and then a neighbour at that address.
#[tokio::test]
async fn a_flood_fills_no_mailbox_and_shuts_nobody_out() {
    const POSTS: usize = 10_000;
    const AT_ONCE: usize = 8;
    let world = Arc::new(World::with(|config| config.daily_mails = 50).await);
    let mut tasks = JoinSet::new();
    for _ in 0..AT_ONCE {
        tasks.spawn(flood(Arc::clone(&world), POSTS / AT_ONCE));
    }
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for (status, count) in tasks.join_all().await.into_iter().flatten() {
        *statuses.entry(status).or_default() += count;
    }
    assert_eq!(statuses.values().sum::<usize>(), POSTS);
    assert_eq!(statuses[&303], 600, "{statuses:?}");
    assert_eq!(statuses[&429], POSTS - 600, "asked to wait, words in hand: {statuses:?}");
    assert_eq!(
        world.count("OUT#").await,
        40,
        "twenty as of a library; nobody is told of the others"
    );

    let real = from(&world, "198.51.100.7", &QUESTION).await;
    assert_eq!(real.status, 303, "a neighbour who takes the time to read is heard");
    let receipt = world.get(&real.location.unwrap()).await;
    assert!(receipt.html.contains("<reference OSS-"));
    let sent = world.sweep().await.sent;
    assert!(sent <= 50, "{sent} mails on a day of 50");
    world.pass(SignedDuration::from_hours(24));
    forms_fn::digest::tell(&world.service).await.unwrap();
    world.sweep().await;
    let told = world.mailer.to("vragen@vwn.example");
    let told = told.iter().filter(|mail| mail.text.matches("apart ").count() > 1).count();
    assert_eq!(told, 1, "one mail tells of all that stands apart");
}

/// As a program posts: no time to read. Status and how often.
async fn flood(world: Arc<World>, posts: usize) -> BTreeMap<u16, usize> {
    let mut statuses = BTreeMap::new();
    for _ in 0..posts {
        let nonce = world.nonce(&QUESTION).await;
        let answer = sent_from(&world, "198.51.100.7", &QUESTION, &nonce).await;
        if answer.status == 429 {
            assert_eq!(answer.hidden("vraag").as_deref(), Some("Mag ik aanbellen?"));
            assert!(answer.html.contains("<retry /vraag/verstuur>"));
        }
        *statuses.entry(answer.status).or_default() += 1;
    }
    statuses
}

#[tokio::test]
async fn what_stands_apart_is_told_every_morning_and_a_person_decides() {
    let world = World::new().await;
    let fields = [QUESTION[0], QUESTION[1], ("laat-leeg", "x")];
    let path = from(&world, "198.51.100.7", &fields).await.location.unwrap();
    from(&world, "198.51.100.7", &fields).await;
    for hours in [0, 1, 22] {
        world.pass(SignedDuration::from_hours(hours));
        forms_fn::digest::tell(&world.service).await.unwrap();
    }
    assert_eq!(world.sweep().await.sent, 2, "one mail today, one tomorrow");
    let mails = world.mailer.to("vragen@vwn.example");
    assert_eq!(mails[1].text.matches("apart OSS-").count(), 2, "{}", mails[1].text);
    assert!(!mails[1].text.contains("aanbellen"));

    let staff = world.staff(JAN).await;
    let doors = staff.list("/inbox/apart").await;
    assert_eq!(doors.len(), 2);
    assert!(staff.get("/inbox").await.html.contains("<banner /inbox/apart>"));
    let before = staff.list("/inbox").await;
    let undecided = staff.act(&doors[0], "oordelen", &[("oordeel", "misschien")]).await;
    assert_eq!(undecided.status, 422);
    assert!(undecided.html.contains("<error oordeel>"), "{}", undecided.html);
    assert_eq!(before, staff.list("/inbox").await);

    let judged = staff.act(&doors[0], "oordelen", &[("oordeel", "vraag")]).await;
    assert_eq!(judged.status, 303, "{}", judged.html);
    let judged = staff.act(&doors[1], "oordelen", &[("oordeel", "reclame")]).await;
    assert_eq!(judged.status, 303, "{}", judged.html);
    let again = staff.act(&doors[1], "oordelen", &[("oordeel", "vraag")]).await;
    assert_eq!(again.status, 409, "once");
    assert_eq!(world.sweep().await.sent, 2, "the real one goes on as any other");
    assert_eq!(world.mailer.to("jo@buurt.example").len(), 1);
    let table = world.table().await.join("\n");
    assert!(table.contains("ONTVANGEN") && table.contains("GESLOTEN"));
    assert!(!table.contains("VERDACHT"));
    let status = world.get(&path.replace("/ontvangen/", "/status/")).await;
    assert_eq!(status.status, 200);
    world.pass(SignedDuration::from_hours(24));
    forms_fn::digest::tell(&world.service).await.unwrap();
    assert_eq!(world.sweep().await.sent, 0, "nothing stands apart any more");

    // Whoever was wrong about it has it back.
    assert_eq!(world.staff(JAN).await.act(&doors[1], "heropenen", &[]).await.status, 303);
    assert!(world.table().await.join("\n").contains("HEROPEND"));
}
