//! Mail when things go wrong: the service away, events late and twice, too many mails, nobody there.

use std::time::Duration;

use forms_fn::deliver::{Outcome, Report, deliver};
use forms_fn::ids::Id;
use forms_fn::outbox::{MailKind, Status};
use forms_fn::store::Ending;
use forms_fn::stream;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{TABLE, World};

const STAFF: &str = "vragen@vwn.example";
const RESIDENT: &str = "jo@buurt.example";
const FALLBACK: &str = "achtervang@oss.example";

async fn ask(world: &World, email: Option<&str>) -> String {
    let mut fields = vec![("onderwerp", "samen"), ("vraag", "Hoe maak ik kennis?")];
    fields.extend(email.map(|email| ("email", email)));
    let receipt = world.ask(&fields).await;
    let link = receipt.html.split_once("<link https://oss.example").unwrap().1;
    link.split_once('>').unwrap().0.to_owned()
}

/// Everything in the outbox, done or not: id, case, kind.
async fn outbox(world: &World) -> Vec<(Id, Id, MailKind)> {
    let items = world.client.scan().table_name(TABLE).send().await.unwrap();
    let read =
        |item: &std::collections::HashMap<String, aws_sdk_dynamodb::types::AttributeValue>| {
            let text = |name: &str| item.get(name)?.as_s().ok().cloned();
            let id = Id::parse(text("pk")?.strip_prefix("OUT#")?)?;
            Some((id, Id::parse(&text("case")?)?, MailKind::parse(&text("mail")?)?))
        };
    let mut all: Vec<_> = items.items().iter().filter_map(read).collect();
    all.sort();
    all
}

/// The one mail of this kind in the outbox.
async fn the(world: &World, kind: MailKind) -> (Id, Id) {
    let mut all = outbox(world).await;
    all.retain(|(_, _, k)| *k == kind);
    let [(id, case, _)] = &all[..] else { panic!("{all:?}") };
    (id.clone(), case.clone())
}

fn event(outbox: &Id, kind: &str) -> Value {
    let part = match kind {
        "Bounce" => json!({"bounceType": "Permanent", "timestamp": "2026-11-23T09:00:40Z"}),
        "Delivery" => json!({"timestamp": "2026-11-23T09:00:20Z"}),
        _ => json!({}),
    };
    json!({"source": "aws.ses", "detail-type": "Email", "detail": {
        "eventType": kind, kind.to_lowercase(): part,
        "mail": {"timestamp": "2026-11-23T09:00:10Z", "destination": [RESIDENT],
                 "tags": {"outbox": [outbox.as_str()], "ses:source-tls-version": ["TLSv1.3"]}},
    }})
}

async fn tell(world: &World, event: &Value) {
    assert_eq!(stream::handle(&world.service, event).await, Ok(json!({})));
}

async fn status(world: &World, case: &Id) -> Vec<(MailKind, Status)> {
    let mails = world.service.store.case(case).await.unwrap().unwrap().mails;
    mails.into_iter().map(|mail| (mail.kind, mail.status)).collect()
}

fn lines(world: &World, name: &str) -> usize {
    let name = format!(r#""event":"{name}""#);
    world.log.lock().unwrap().iter().filter(|line| line.contains(&name)).count()
}

#[tokio::test]
async fn a_mail_service_away_for_a_day_loses_nothing_and_sends_all_afterwards() {
    let world = World::new().await;
    world.mailer.is_away();
    for round in 0..24 * 12 {
        if round % 48 == 0 {
            ask(&world, Some(&format!("jo{round}@buurt.example"))).await;
        }
        let report = world.sweep().await;
        assert_eq!((report.sent, report.dead), (0, 0));
        world.pass(SignedDuration::from_mins(5));
    }
    world.mailer.works();
    world.sweep().await;
    world.pass(SignedDuration::from_mins(10));
    world.sweep().await;
    assert_eq!(world.mailer.to(STAFF).len(), 6);
    for round in (0..24 * 12).step_by(48) {
        assert_eq!(world.mailer.to(&format!("jo{round}@buurt.example")).len(), 1, "{round}");
    }
    assert_eq!(world.mailer.mails.lock().unwrap().len(), 12, "each once");
}

#[tokio::test]
async fn a_mail_service_that_never_comes_back_ends_in_sight() {
    let world = World::new().await;
    ask(&world, None).await;
    world.mailer.is_away();
    world.sweep().await;
    world.pass(SignedDuration::from_hours(71));
    assert_eq!(world.sweep().await.dead, 0);
    world.pass(SignedDuration::from_hours(1));
    assert_eq!(world.sweep().await.dead, 1);
}

#[tokio::test]
async fn events_in_any_order_doubled_or_missing_give_the_right_state() {
    let of_all = ["Send", "Delivery", "Bounce"];
    for (told, expected) in [
        ([0, 1, 2].as_slice(), Status::Failed),
        (&[2, 1, 0], Status::Failed),
        (&[1, 2, 0], Status::Failed),
        (&[2, 0, 1, 1, 0, 2], Status::Failed),
        (&[1, 0], Status::Delivered),
        (&[0, 1, 0, 1], Status::Delivered),
        (&[1], Status::Delivered),
        (&[0], Status::Sent),
        (&[2], Status::Failed),
    ] {
        let world = World::new().await;
        ask(&world, Some(RESIDENT)).await;
        let (id, case) = the(&world, MailKind::Confirmation).await;
        assert_eq!(status(&world, &case).await, [], "on its way");
        // Half of the time the events are quicker than the end of our own sending.
        if told.len().is_multiple_of(2) {
            world.sweep().await;
        }
        for kind in told {
            tell(&world, &event(&id, of_all[*kind])).await;
        }
        world.sweep().await;
        let confirmation = (MailKind::Confirmation, expected);
        assert_eq!(status(&world, &case).await, [confirmation], "{told:?}");
        let tasks = outbox(&world).await.into_iter().filter(|(.., k)| *k == MailKind::Undelivered);
        assert_eq!(tasks.count(), usize::from(expected == Status::Failed), "{told:?}");
    }
}

#[tokio::test]
async fn a_mail_that_bounces_becomes_one_call() {
    let world = World::new().await;
    let status = ask(&world, Some(RESIDENT)).await;
    world.sweep().await;
    assert!(!world.get(&status).await.html.contains("<not mailed>"));
    let (id, _) = the(&world, MailKind::Confirmation).await;
    let bounce = event(&id, "Bounce");
    let mut passing = bounce.clone();
    passing["detail"]["bounce"]["bounceType"] = json!("Transient");
    let all = tokio::join!(
        stream::handle(&world.service, &bounce),
        stream::handle(&world.service, &passing),
        stream::handle(&world.service, &bounce),
    );
    assert!(all.0.is_ok() && all.1.is_ok() && all.2.is_ok(), "{all:?}");
    assert!(world.get(&status).await.html.contains("<not mailed>"), "the resident reads it too");
    world.sweep().await;
    tell(&world, &bounce).await;
    world.pass(SignedDuration::from_hours(1));
    world.sweep().await;
    let mails = world.mailer.to(STAFF);
    let calls: Vec<_> =
        mails.iter().filter(|m| m.subject.starts_with("undelivered OSS-")).collect();
    let [call] = &calls[..] else { panic!("{calls:?}") };
    assert!(call.text.contains("https://oss.example/inbox/vraag/"), "{}", call.text);
    assert!(!format!("{call:?}").contains(RESIDENT), "no address");
    assert_eq!(lines(&world, "resident_not_reached"), 1);
    assert!(!world.log.lock().unwrap().join("").contains("buurt.example"));
}

#[tokio::test]
async fn a_mail_to_a_resident_that_nobody_takes_becomes_one_call() {
    let world = World::new().await;
    ask(&world, Some(RESIDENT)).await;
    let (_, case) = the(&world, MailKind::Confirmation).await;
    let (staff, _) = the(&world, MailKind::NewQuestion).await;
    deliver(&world.service, &staff).await.unwrap();
    world.mailer.refuses();
    for minutes in [0, 1, 5, 30, 120] {
        world.pass(SignedDuration::from_mins(minutes));
        world.sweep().await;
    }
    world.pass(SignedDuration::from_hours(6));
    let (id, _) = the(&world, MailKind::Confirmation).await;
    deliver(&world.service, &id).await.unwrap();
    world.mailer.works();
    assert_eq!(status(&world, &case).await, [(MailKind::Confirmation, Status::Failed)]);
    world.sweep().await;
    tell(&world, &event(&id, "Bounce")).await;
    world.sweep().await;
    assert_eq!(world.mailer.to(RESIDENT).len(), 0);
    assert_eq!(world.mailer.to(STAFF).len(), 2, "the question, and the call");
}

#[tokio::test]
async fn what_the_first_contact_does_not_get_goes_to_the_fallback_once() {
    let world = World::with(|config| config.fallback = Some(FALLBACK.to_owned())).await;
    ask(&world, None).await;
    world.mailer.refuses();
    for minutes in [0, 1, 5, 30, 120, 360] {
        world.pass(SignedDuration::from_mins(minutes));
        if minutes == 360 {
            let (id, _) = the(&world, MailKind::NewQuestion).await;
            let last = deliver(&world.service, &id).await;
            assert_eq!(last, Ok(Outcome::Dead));
            world.mailer.works();
        }
        world.sweep().await;
    }
    let [mail] = &world.mailer.to(FALLBACK)[..] else { panic!("one mail") };
    assert!(mail.subject.starts_with("Nieuwe vraag OSS-"), "{}", mail.subject);
    assert_eq!(world.mailer.to(STAFF).len(), 0);
    assert_eq!((lines(&world, "mail_dead"), lines(&world, "mail_to_fallback")), (1, 1));

    // The mailbox of the fallback is full as well: that is the end, in sight.
    let fallback = outbox(&world).await.pop().unwrap().0;
    tell(&world, &event(&fallback, "Bounce")).await;
    world.sweep().await;
    assert_eq!(world.mailer.mails.lock().unwrap().len(), 1);
    assert_eq!(outbox(&world).await.len(), 2);
    assert_eq!((lines(&world, "mail_dead"), lines(&world, "mail_to_fallback")), (2, 1));
}

#[tokio::test]
async fn a_bounce_of_the_first_contacts_own_mailbox_goes_to_the_fallback() {
    let world = World::with(|config| config.fallback = Some(FALLBACK.to_owned())).await;
    ask(&world, None).await;
    world.sweep().await;
    let (id, _) = the(&world, MailKind::NewQuestion).await;
    tell(&world, &event(&id, "Bounce")).await;
    world.sweep().await;
    assert_eq!(world.mailer.to(FALLBACK).len(), 1);
}

#[tokio::test]
async fn the_event_of_a_mail_that_left_mends_a_crash_before_it_was_written_down() {
    let world = World::new().await;
    ask(&world, None).await;
    let (id, _) = the(&world, MailKind::NewQuestion).await;
    world.mailer.hangs();
    let crash = deliver(&world.service, &id);
    assert!(tokio::time::timeout(Duration::from_millis(200), crash).await.is_err());
    world.mailer.works();
    tell(&world, &event(&id, "Send")).await;
    world.pass(SignedDuration::from_hours(1));
    assert_eq!(world.sweep().await, Report::default());
}

/// The last attempt seemed to fail, but the mail service says, before that is written down, that it
/// has the mail: nobody is asked to call.
#[tokio::test]
async fn a_mail_that_left_after_all_is_not_given_up() {
    let world = World::new().await;
    ask(&world, Some(RESIDENT)).await;
    let (id, case) = the(&world, MailKind::Confirmation).await;
    let store = &world.service.store;
    let claim = store.claim(&id, world.now()).await.unwrap().unwrap();
    tell(&world, &event(&id, "Send")).await;
    let rescue = claim.out.rescue(false, world.now());
    let dead = Ending::Dead { at: world.now() };
    assert_eq!(store.finish_and(&claim, dead, rescue.as_ref()).await, Ok(false));
    assert_eq!(status(&world, &case).await, [(MailKind::Confirmation, Status::Sent)]);
    assert_eq!(outbox(&world).await.len(), 2);
    world.pass(SignedDuration::from_hours(1));
    world.sweep().await;
    assert_eq!(world.mailer.to(RESIDENT).len(), 0, "it is not sent again");
}

#[tokio::test]
async fn over_the_budget_mail_waits_for_the_next_day_and_questions_are_still_taken() {
    let world = World::with(|config| config.daily_mails = 10).await;
    for number in 0..12 {
        ask(&world, Some(&format!("jo{number}@buurt.example"))).await;
    }
    assert_eq!(world.count("REF#").await, 12);
    world.sweep().await;
    let sent = |world: &World| world.mailer.mails.lock().unwrap().len();
    assert_eq!(sent(&world), 10);
    world.pass(SignedDuration::from_hours(1));
    ask(&world, None).await;
    world.sweep().await;
    assert_eq!(sent(&world), 10, "also an hour later");

    // One o'clock at night in the Netherlands, day after day.
    world.pass(SignedDuration::from_hours(14));
    world.sweep().await;
    assert_eq!(sent(&world), 20);
    world.pass(SignedDuration::from_hours(24));
    world.sweep().await;
    assert_eq!(sent(&world), 25);
    assert_eq!(world.mailer.to(STAFF).len(), 13);
    let waited =
        world.table().await.into_iter().filter(|item| item.contains(r#""attempt": N("1")"#));
    assert_eq!(waited.count(), 25, "waiting is no attempt");
}

#[tokio::test]
async fn the_last_mails_of_a_day_are_for_the_first_contact() {
    let world = World::with(|config| config.daily_mails = 10).await;
    for number in 0..10 {
        ask(&world, Some(&format!("jo{number}@buurt.example"))).await;
    }
    let all = outbox(&world).await;
    let of = |wanted: MailKind| all.iter().filter(move |(.., kind)| *kind == wanted);
    let mut ends = Vec::new();
    for (id, ..) in of(MailKind::Confirmation).chain(of(MailKind::NewQuestion).take(2)) {
        ends.push(deliver(&world.service, id).await.unwrap());
    }
    let (residents, staff) = ends.split_at(10);
    assert_eq!(residents[..9], [Outcome::Sent; 9]);
    assert_eq!(residents[9], Outcome::Waits);
    assert_eq!(staff, [Outcome::Sent, Outcome::DayIsOver]);
}

#[tokio::test]
async fn a_mail_that_fails_costs_nothing_of_the_day() {
    let world = World::with(|config| config.daily_mails = 2).await;
    world.mailer.refuses();
    ask(&world, None).await;
    for minutes in [0, 1, 5, 30] {
        world.pass(SignedDuration::from_mins(minutes));
        assert_eq!(world.sweep().await.again, 1);
    }
    world.mailer.works();
    ask(&world, None).await;
    world.pass(SignedDuration::from_hours(2));
    assert_eq!(world.sweep().await.sent, 2);
}

#[tokio::test]
async fn an_address_gets_one_confirmation_an_hour_and_five_a_day() {
    let world = World::new().await;
    let other = "an@buurt.example";
    for _ in 0..7 {
        ask(&world, Some(RESIDENT)).await;
    }
    ask(&world, Some(other)).await;
    let first = world.sweep().await;
    assert_eq!((first.withheld, first.waits), (2, 4));
    for hour in 1..=8 {
        assert_eq!(world.mailer.to(RESIDENT).len(), hour.min(5));
        assert_eq!(world.mailer.to(other).len(), 1);
        assert_eq!(world.mailer.to(STAFF).len(), 8);
        world.pass(SignedDuration::from_hours(1));
        world.sweep().await;
    }
    let mut told = Vec::new();
    for (_, case, _) in outbox(&world).await.iter().filter(|(.., k)| *k == MailKind::Confirmation) {
        told.extend(status(&world, case).await.into_iter().map(|(_, status)| status));
    }
    told.sort_by_key(|status| *status == Status::Withheld);
    assert_eq!(told, [[Status::Sent; 6].as_slice(), &[Status::Withheld; 2]].concat());
    let counters = world.table().await.into_iter().filter(|item| item.contains("RATE#"));
    assert!(counters.clone().count() > 2 && counters.clone().all(|item| !item.contains("buurt")));

    world.pass(SignedDuration::from_hours(24));
    ask(&world, Some(RESIDENT)).await;
    assert_eq!(world.sweep().await.sent, 2, "another day");
}

#[tokio::test]
async fn events_about_nothing_of_ours_change_nothing() {
    let world = World::new().await;
    ask(&world, Some(RESIDENT)).await;
    let before = world.table().await;
    let unknown = Id::parse("01KAR4TQ00ABCDEFGHJKMNPQRS").unwrap();
    tell(&world, &event(&unknown, "Bounce")).await;
    let (id, _) = the(&world, MailKind::Confirmation).await;
    for kind in ["DeliveryDelay", "Open", "Subscription", "\u{202e}"] {
        tell(&world, &event(&id, kind)).await;
    }
    tell(&world, &json!({"source": "aws.ses"})).await;
    assert_eq!(world.table().await, before, "no sweep either");
}
