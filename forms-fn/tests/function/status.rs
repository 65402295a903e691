//! A resident comes back to a question that was sent.

use forms_fn::state::State;
use jiff::SignedDuration;

use crate::world::desk::JAN;
use crate::world::{Answer, World};

const QUESTION: [(&str, &str); 3] =
    [("vraag", "Hoe maak ik kennis?"), ("naam", "Jo de Wit"), ("email", "jo@buurt.example")];

/// The path of the status page of a question that was just sent.
async fn asked(world: &World) -> String {
    let receipt = world.ask(&QUESTION).await;
    let link = receipt.html.split_once("<link https://oss.example").unwrap().1;
    link.split_once('>').unwrap().0.to_owned()
}

fn part<'a>(page: &'a Answer, start: &str) -> &'a str {
    page.html.split_once(start).map_or("", |(_, rest)| rest.split('>').next().unwrap())
}

async fn press(world: &World, path: &str, more: &[(&str, &str)]) -> Answer {
    let page = world.get(path).await;
    let version = part(&page, "<version ").to_owned();
    let mut fields = vec![("versie", version.as_str())];
    fields.extend(more);
    world.post(path, &fields).await
}

#[tokio::test]
async fn the_page_says_who_has_it_and_until_when_and_shows_no_word_of_it() {
    let world = World::new().await;
    let path = asked(&world).await;
    let page = world.get(&path).await;
    assert_eq!(page.status, 200);
    assert!(page.html.contains("VluchtelingenWerk antwoordt uiterlijk woensdag 25 november"));
    assert!(page.html.contains("<can add><can withdraw><can helped>"), "{}", page.html);
    assert!(!page.html.contains("<can reopen>"), "there is no answer yet");
    for typed in ["kennis", "Jo de Wit", "jo@buurt.example"] {
        assert!(!page.html.contains(typed), "the link may be read by others: {typed}");
    }
}

#[tokio::test]
async fn more_words_reach_whoever_answers_and_a_second_press_adds_nothing() {
    let world = World::new().await;
    let path = asked(&world).await;
    world.sweep().await;
    let version = part(&world.get(&path).await, "<version ").to_owned();
    let fields = [
        ("doe", "aanvullen"),
        ("versie", version.as_str()),
        ("aanvulling", "Ik spreek ook Frans.\r\n"),
    ];
    for _ in 0..2 {
        let sent = world.post(&path, &fields).await;
        assert_eq!((sent.status, sent.location), (303, Some(format!("{path}?klaar=added"))));
    }
    let done = world.get(&format!("{path}?klaar=added")).await;
    assert!(done.html.contains("<done>status.done.added</done>"), "{}", done.html);
    assert_eq!(world.sweep().await.sent, 1);
    let mails = world.mailer.to("vragen@vwn.example");
    let mail = mails.last().unwrap();
    assert!(mail.subject.starts_with("addition OSS-") && !mail.text.contains("Frans"));
    let door = mail.text.lines().last().unwrap().strip_prefix("https://oss.example").unwrap();
    let (_, case) = world.staff(JAN).await.open(door).await;
    assert_eq!(case.html.matches("Ik spreek ook Frans.").count(), 1, "{}", case.html);
}

#[tokio::test]
async fn a_question_can_be_taken_back_with_a_tick_and_not_without() {
    let world = World::new().await;
    let path = asked(&world).await;
    world.sweep().await;
    let before = world.table().await;
    let bare = press(&world, &path, &[("doe", "intrekken")]).await;
    assert_eq!(bare.status, 422);
    assert!(bare.html.contains("<error intrekken>Zet een vinkje</error>"), "{}", bare.html);
    assert_eq!(before, world.table().await);

    let sent = press(&world, &path, &[("doe", "intrekken"), ("intrekken", "ja")]).await;
    assert_eq!(sent.status, 303);
    let page = world.get(&path).await;
    assert!(page.html.contains("gesloten, gewist op woensdag 23 december"), "{}", page.html);
    assert!(!page.html.contains("<can add>") && !page.html.contains("<can withdraw>"));
    assert_eq!(world.sweep().await.sent, 1);
    assert!(world.mailer.to("vragen@vwn.example").last().unwrap().subject.starts_with("withdrawn"));
}

#[tokio::test]
async fn an_answer_that_did_not_help_opens_the_question_again_with_a_new_date() {
    let world = World::new().await;
    let path = asked(&world).await;
    assert_eq!(press(&world, &path, &[("doe", "geholpen"), ("geholpen", "ja")]).await.status, 303);
    world.sweep().await;
    world.pass(SignedDuration::from_hours(7 * 24));
    let page = world.get(&path).await;
    assert!(page.html.contains("<can reopen>") && !page.html.contains("<can helped>"));
    let sent = press(&world, &path, &[("doe", "geholpen"), ("geholpen", "nee")]).await;
    assert_eq!(sent.location, Some(format!("{path}?klaar=reopened")));
    let page = world.get(&path).await;
    assert!(page.html.contains("VluchtelingenWerk kijkt opnieuw, uiterlijk woensdag 2 december"));
    assert_eq!(world.sweep().await.sent, 1);
    assert!(world.mailer.to("vragen@vwn.example").last().unwrap().subject.starts_with("reopened"));
}

#[tokio::test]
async fn whoever_comes_too_late_is_told_and_keeps_the_words() {
    let world = World::new().await;
    let path = asked(&world).await;
    press(&world, &path, &[("doe", "intrekken"), ("intrekken", "ja")]).await;
    let late = [("doe", "aanvullen"), ("versie", "1"), ("aanvulling", "Nog iets.")];
    let told = world.post(&path, &late).await;
    assert_eq!(told.status, 409);
    assert!(told.html.contains("<error stand>Veranderd</error>"), "{}", told.html);
    assert!(told.html.contains("<typed>Nog iets.</typed>"), "{}", told.html);
}

#[tokio::test]
async fn too_much_and_nothing_are_said_at_the_field() {
    let world = World::new().await;
    let path = asked(&world).await;
    let empty = press(&world, &path, &[("doe", "aanvullen"), ("aanvulling", " \r\n")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.html.contains("<error aanvulling>Schrijf iets</error>"));
    let long = "a".repeat(4001);
    let page = press(&world, &path, &[("doe", "aanvullen"), ("aanvulling", &long)]).await;
    assert!(page.html.contains("<error aanvulling>Te lang: 1 boven 4000</error>"));
    assert!(page.html.contains(&long), "the words stay");
    for fields in [&[][..], &[("doe", "geholpen")], &[("doe", "iets"), ("geholpen", "misschien")]] {
        assert_eq!(press(&world, &path, fields).await.status, 422, "{fields:?}");
    }
    assert_eq!(world.get(&path).await.html.matches("<version 1>").count(), 1, "nothing changed");
}

#[tokio::test]
async fn twenty_additions_are_enough() {
    let world = World::new().await;
    let path = asked(&world).await;
    for number in 0..20 {
        let words = format!("Nog iets: {number}.");
        assert_eq!(
            press(&world, &path, &[("doe", "aanvullen"), ("aanvulling", &words)]).await.status,
            303
        );
    }
    let full = press(&world, &path, &[("doe", "aanvullen"), ("aanvulling", "En dit.")]).await;
    assert_eq!(full.status, 409);
    assert!(full.html.contains("<error stand>Vol</error>") && full.html.contains("<typed>En dit."));
}

#[tokio::test]
async fn many_hands_at_once_lose_nothing() {
    let world = std::sync::Arc::new(World::new().await);
    let path = asked(&world).await;
    let tasks: Vec<_> = (0..8)
        .map(|number| {
            let (world, path) = (std::sync::Arc::clone(&world), path.clone());
            tokio::spawn(async move {
                let words = format!("Hand {number}.");
                let fields =
                    [("doe", "aanvullen"), ("versie", "1"), ("aanvulling", words.as_str())];
                world.post(&path, &fields).await.status
            })
        })
        .collect();
    let mut done = 0;
    for task in tasks {
        match task.await.unwrap() {
            303 => done += 1,
            status => assert_eq!(status, 503, "told that it did not work"),
        }
    }
    let kept = world.table().await.iter().filter(|item| item.contains("S(\"Hand ")).count();
    assert_eq!(kept, done, "every addition that was called kept is kept once");
    assert!(done >= 1);
}

#[tokio::test]
async fn a_lost_link_comes_by_mail_and_the_page_never_says_whether_we_know_the_address() {
    let world = World::new().await;
    let path = asked(&world).await;
    world.sweep().await;
    let known = world.post("/link", &[("email", " JO@buurt.example")]).await;
    let unknown = world.post("/link", &[("email", "niemand@buurt.example")]).await;
    assert_eq!((known.status, &known.html), (unknown.status, &unknown.html));
    assert!(known.html.contains("<sent>") && !known.html.contains("buurt.example"));
    // Pressed again and again: one mail an hour.
    world.post("/link", &[("email", "jo@buurt.example")]).await;
    assert_eq!(world.sweep().await.sent, 1);
    let mails = world.mailer.to("jo@buurt.example");
    assert!(mails.last().unwrap().text.contains(&path), "{}", mails.last().unwrap().text);
    let wrong = world.post("/link", &[("email", "jo@")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("<error email>") && wrong.html.contains("<link-form jo@>"));
    assert_eq!(world.sweep().await.sent, 0);
}

/// Any row of what a resident can do, also what the page does not offer: an open question always has
/// an owner and a date, and no step goes round the table of states.
#[tokio::test]
async fn no_row_of_steps_leaves_an_open_question_without_owner_and_date() {
    let world = World::new().await;
    let mut numbers = 0x6f73_7321_u64;
    let mut below = |limit: u64| {
        numbers = numbers.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (numbers >> 33) % limit
    };
    for round in 0..25 {
        let path = asked(&world).await;
        for _ in 0..12 {
            let wish: [(&str, &str); 2] = match below(5) {
                0 => [("doe", "aanvullen"), ("aanvulling", "Nog iets.")],
                1 => [("doe", "intrekken"), ("intrekken", "ja")],
                2 => [("doe", "geholpen"), ("geholpen", "ja")],
                3 => [("doe", "geholpen"), ("geholpen", "nee")],
                _ => [("doe", "intrekken"), ("intrekken", "")],
            };
            let answer = press(&world, &path, &wish).await;
            assert!(matches!(answer.status, 303 | 409 | 422), "{round} {wish:?} {}", answer.status);
            world.pass(SignedDuration::from_hours(i64::try_from(below(60)).unwrap()));
        }
    }
    for item in world.table().await.iter().filter(|item| item.contains("\"state\": S(")) {
        let word = item.split_once("\"state\": S(\"").unwrap().1.split('"').next().unwrap();
        let state = State::parse(word).expect("a state of the table");
        assert_eq!(state.is_open(), item.contains("#OPEN"), "{item}");
        assert_eq!(state.is_open(), item.contains("DUE#TIMER"), "{item}");
        assert_eq!(state == State::Closed, item.contains("DUE#ERASE"), "{item}");
        assert!(
            item.contains("\"owner\": S(\"vwn\")") && item.contains("\"due\": S(\"20"),
            "{item}"
        );
    }
}
