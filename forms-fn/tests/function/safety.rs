//! What must never happen: a reader that writes, words that leak, a question that is lost.

use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use forms_fn::store::table;
use jiff::SignedDuration;

use crate::world::World;
use crate::world::desk::JAN;

const CANARY: &str = "kanarie-zwaluw-4711";
const ADDRESS: &str = "kanarie@buurt.example";

fn question() -> [(&'static str, &'static str); 4] {
    [("onderwerp", "samen"), ("vraag", CANARY), ("naam", "Kanarie de Wit"), ("email", ADDRESS)]
}

/// Every address there is, with real tokens in it.
async fn addresses(world: &World) -> Vec<String> {
    let receipt = world.ask(&question()).await;
    world.sweep().await;
    let link = receipt.html.split_once("<link https://oss.example").unwrap().1;
    let case = world.last_link("vragen@vwn.example");
    let staff = world.staff(JAN).await;
    let signed = world.last_link(JAN);
    let handing =
        [("organisatie", "wonen"), ("samenvatting", "Iemand vraagt iets."), ("origineel", "ja")];
    assert_eq!(staff.act(&case, "doorsturen", &handing).await.status, 303);
    world.sweep().await;
    let partner = world.last_link("post@wonen.example");
    let mut all = vec![link.split_once('>').unwrap().0.to_owned(), partner, case, signed];
    all.extend(
        [
            "/",
            "/vraag/",
            "/vraag/controle",
            "/vraag/verstuur",
            "/vraag/code",
            "/inloggen",
            "/inloggen/code",
            "/uitloggen",
            "/inbox",
            "/inbox/apart",
            "/inbox/gesloten",
            "/inbox/aanmeldingen",
            "/inbox/zoek?nummer=OSS",
            "/inbox/uitvoer",
            "/inbox/post",
            "/inbox/logboek",
            "/inbox/cijfers",
            "/inbox/vraag/0000",
            "/inbox/aanmelding/0000",
            "/partner/0000",
            "/vraag/ontvangen/0000",
            "/vraag/ontvangen/%ff",
            "/x/%00?y=1",
        ]
        .map(str::to_owned),
    );
    all
}

#[tokio::test]
async fn opening_any_address_leaves_the_table_as_it_was() {
    let world = World::new().await;
    let all = addresses(&world).await;
    let before = world.table().await;
    for path in &all {
        for method in ["GET", "HEAD", "OPTIONS", "DELETE", "PUT"] {
            let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
            let answer = world.send(request).await;
            assert!(answer.status < 500, "{method} {path}");
            assert_eq!(answer.headers["cache-control"], "no-store");
            assert_eq!(answer.headers["referrer-policy"], "no-referrer");
            let policy = answer.headers["content-security-policy"].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'; style-src 'self';"));
        }
    }
    assert_eq!(before, world.table().await);
}

#[tokio::test]
async fn what_was_typed_is_in_no_log_and_no_mail() {
    let world = World::new().await;
    let all = addresses(&world).await;
    world.mailer.refuses();
    world.ask(&question()).await;
    world.sweep().await;
    for path in &all {
        world.get(path).await;
        world
            .post(
                path,
                &[
                    ("doe", "lezen"),
                    ("lezen", "ja"),
                    ("vraag", CANARY),
                    ("code", CANARY),
                    ("email", CANARY),
                ],
            )
            .await;
        world.get(&format!("/{CANARY}?{CANARY}={CANARY}")).await;
    }
    let log = world.log.lock().unwrap().join("\n");
    assert!(log.contains(r#""route":"partner""#), "the log is there: {log}");
    for secret in [CANARY, "anarie", "buurt.example", "vwn.example", &all[0][20..], &all[1][10..]] {
        assert!(!log.contains(secret), "{secret}");
    }
    for mail in world.mailer.mails.lock().unwrap().iter() {
        let whole = format!("{}{}{}", mail.subject, mail.text, mail.html);
        assert!(!whole.contains(CANARY) && !whole.contains("Kanarie"), "{whole}");
        assert!(!mail.subject.contains(ADDRESS));
    }
}

#[tokio::test]
async fn the_table_holds_no_token_and_its_indexes_nothing_personal() {
    let world = World::new().await;
    let all = addresses(&world).await;
    for item in world.table().await {
        for path in &all[..2] {
            let token = path.rsplit_once('/').unwrap().1;
            assert!(!item.contains(token), "{item}");
        }
    }
    for index in table::INDEXES {
        let found = world
            .client
            .scan()
            .table_name(crate::world::TABLE)
            .index_name(index.name)
            .send()
            .await
            .unwrap();
        let text = format!("{:?}", found.items());
        assert!(!found.items().is_empty() && !text.contains("anarie"), "{text}");
    }
}

#[tokio::test]
async fn a_mailer_that_fails_is_asked_again_later_and_later() {
    let world = World::new().await;
    world.mailer.refuses();
    world.ask(&question()).await;
    for minutes in [0, 1, 5, 30, 120] {
        world.pass(SignedDuration::from_mins(minutes));
        assert_eq!(world.sweep().await.again, 2, "after {minutes} minutes");
        assert_eq!(world.sweep().await.again, 0, "not before its time");
    }
    world.mailer.works();
    world.pass(SignedDuration::from_mins(359));
    assert_eq!(world.sweep().await.sent, 0);
    world.pass(SignedDuration::from_mins(1));
    assert_eq!(world.sweep().await.sent, 2);
    world.pass(SignedDuration::from_hours(48));
    assert_eq!(world.sweep().await, forms_fn::deliver::Report::default());
}

#[tokio::test]
async fn a_mail_nobody_takes_ends_in_sight() {
    let world = World::new().await;
    world.mailer.refuses();
    world.ask(&question()[..2]).await;
    for minutes in [0, 1, 5, 30, 120, 360] {
        world.pass(SignedDuration::from_mins(minutes));
        world.sweep().await;
    }
    assert!(world.log.lock().unwrap().iter().any(|line| line.contains("mail_dead")));
    let dead = world.table().await.iter().filter(|item| item.contains(table::DEAD_OUT)).count();
    assert_eq!(dead, 1);
}

#[tokio::test]
async fn a_crash_between_claim_and_send_costs_a_quarter_of_an_hour() {
    let world = World::new().await;
    world.ask(&question()[..2]).await;
    world.mailer.hangs();
    let crash = forms_fn::deliver::sweep(&world.service);
    assert!(tokio::time::timeout(Duration::from_millis(300), crash).await.is_err());
    world.mailer.works();
    world.pass(SignedDuration::from_mins(14));
    assert_eq!(world.sweep().await.sent, 0, "the lease still runs");
    world.pass(SignedDuration::from_mins(1));
    assert_eq!(world.sweep().await.sent, 1);
    world.pass(SignedDuration::from_hours(1));
    assert_eq!(world.sweep().await.sent, 0);
    assert_eq!(world.mailer.mails.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn stream_and_sweep_together_send_once() {
    let world = World::new().await;
    world.ask(&question()).await;
    let records: Vec<serde_json::Value> = world
        .table()
        .await
        .iter()
        .filter_map(|item| Some(item.split_once("S(\"OUT#")?.1.get(..26)?.to_owned()))
        .map(|id| {
            let key = format!("OUT#{id}");
            serde_json::json!({"eventName": "INSERT", "dynamodb": {
                "Keys": {"pk": {"S": key}, "sk": {"S": "META"}}, "SequenceNumber": "1"}})
        })
        .collect();
    assert_eq!(records.len(), 2);
    let event = serde_json::json!({ "Records": records });
    for _ in 0..2 {
        let answer = forms_fn::stream::handle(&world.service, &event).await.unwrap();
        assert_eq!(answer, serde_json::json!({"batchItemFailures": []}));
    }
    let schedule = serde_json::json!({"source": "aws.events"});
    forms_fn::stream::handle(&world.service, &schedule).await.unwrap();
    assert_eq!(world.mailer.mails.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_store_that_is_away_costs_no_text() {
    let (stop, _stopped) = tokio::sync::oneshot::channel();
    let world = World::at("http://127.0.0.1:9", stop).await;
    let nonce = world.nonce(&question()).await;
    let mut fields = question().to_vec();
    fields.extend([("nonce", nonce.as_str()), ("delen", "nee")]);
    let page = world.post("/vraag/verstuur", &fields).await;
    assert_eq!(page.status, 503);
    assert!(page.html.contains("Uw vraag is NIET verstuurd"), "{}", page.html);
    assert!(page.html.contains(&format!("<text>{CANARY}</text>")));
    assert!(page.html.contains("<retry /vraag/verstuur>"));
    for (name, value) in [("nonce", nonce.as_str()), ("delen", "nee"), ("email", ADDRESS)] {
        assert_eq!(page.hidden(name).as_deref(), Some(value));
    }
    assert_eq!(page.headers["retry-after"], "30");

    let record = serde_json::json!({"Records": [{"eventName": "INSERT", "dynamodb": {
        "Keys": {"pk": {"S": "OUT#01KAR4TQ00ABCDEFGHJKMNPQRS"}}, "SequenceNumber": "77"}}]});
    let answer = forms_fn::stream::handle(&world.service, &record).await.unwrap();
    assert_eq!(answer["batchItemFailures"][0]["itemIdentifier"], "77");
}
