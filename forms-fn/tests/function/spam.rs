//! What looks like advertising is kept where people see it, and never keeps a neighbour out.

use axum::body::Body;
use axum::http::Request;
use jiff::SignedDuration;

use crate::world::{Answer, World, encode};

const CALM: SignedDuration = SignedDuration::from_secs(30);

/// Through both pages, from a network address, with the time that a reader takes.
async fn from(world: &World, address: &str, fields: &[(&str, &str)]) -> Answer {
    let nonce = world.nonce(fields).await;
    world.pass(CALM);
    let mut all = fields.to_vec();
    all.extend([("nonce", nonce.as_str()), ("delen", "nee")]);
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
    assert!(head.contains("Q#vwn#SUSPECT"), "where staff finds it: {head}");
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

#[tokio::test]
async fn whoever_floods_is_asked_to_wait_and_keeps_the_words() {
    let world = World::new().await;
    // As many as an hour takes, written down by the counter alone: the table would be slow to fill.
    let key = {
        from(&world, "198.51.100.7", &QUESTION).await;
        let item = world.table().await.into_iter().find(|item| item.contains("RATE#")).unwrap();
        item.split_once("S(\"RATE#").unwrap().1.split('"').next().unwrap().to_owned()
    };
    for _ in 0..599 {
        let now = world.now();
        world.service.store.count(&format!("RATE#{key}"), now, 7200).await.unwrap();
    }
    let busy = from(&world, "198.51.100.7", &QUESTION).await;
    assert_eq!(busy.status, 429);
    assert_eq!(busy.hidden("vraag").as_deref(), Some("Mag ik aanbellen?"), "{}", busy.html);
    assert!(busy.html.contains("<retry /vraag/verstuur>"));
    world.pass(SignedDuration::from_hours(1));
    assert_eq!(from(&world, "198.51.100.7", &QUESTION).await.status, 303);
}

#[tokio::test]
async fn what_stands_apart_is_told_every_morning_and_a_person_decides() {
    let world = World::new().await;
    let fields = [QUESTION[0], QUESTION[1], ("laat-leeg", "x")];
    let path = from(&world, "198.51.100.7", &fields).await.location.unwrap();
    from(&world, "198.51.100.7", &fields).await;
    for hours in [0, 1, 22] {
        world.pass(SignedDuration::from_hours(hours));
        forms_fn::suspects::tell(&world.service).await.unwrap();
    }
    assert_eq!(world.sweep().await.sent, 2, "one mail today, one tomorrow");
    let mails = world.mailer.to("vragen@vwn.example");
    let links: Vec<&str> = mails[1].text.lines().filter(|line| line.contains("/inzage/")).collect();
    assert_eq!(links.len(), 2, "{}", mails[1].text);
    assert!(!mails[1].text.contains("aanbellen"));

    let doors: Vec<&str> =
        links.iter().map(|link| link.strip_prefix("https://oss.example").unwrap()).collect();
    let open = world.post(doors[0], &[("lezen", "ja")]).await;
    assert!(open.html.contains("<suspect>"), "{}", open.html);
    let before = world.table().await;
    assert_eq!(world.post(doors[0], &[("oordeel", "misschien")]).await.status, 422);
    assert_eq!(before, world.table().await);

    assert_eq!(world.post(doors[0], &[("oordeel", "vraag")]).await.status, 303);
    assert_eq!(world.post(doors[1], &[("oordeel", "reclame")]).await.status, 303);
    assert_eq!(world.post(doors[1], &[("oordeel", "vraag")]).await.status, 409, "once");
    assert_eq!(world.sweep().await.sent, 2, "the real one goes on as any other");
    assert_eq!(world.mailer.to("jo@buurt.example").len(), 1);
    let table = world.table().await.join("\n");
    assert!(table.contains("ONTVANGEN") && table.contains("GESLOTEN"));
    assert!(!table.contains("VERDACHT"));
    let status = world.get(&path.replace("/ontvangen/", "/status/")).await;
    assert_eq!(status.status, 200);
    forms_fn::suspects::tell(&world.service).await.unwrap();
    assert_eq!(world.sweep().await.sent, 0, "nothing stands apart any more");
}
