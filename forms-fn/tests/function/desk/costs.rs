//! What a page of the inbox reads, and what a cut at any place leaves behind.

use forms_fn::ids::Id;
use forms_fn::inbox::{self, Deed};
use forms_fn::partner::{self, Reaction};

use super::{asked, forwarded};
use crate::world::World;
use crate::world::desk::{JAN, between};
use crate::world::fates::{Fate, Stage};
use crate::world::resident::until_quiet;

/// Names of the requests that this made to the table.
async fn requests<T>(stage: &Stage, work: impl Future<Output = T>) -> Vec<String> {
    let before = stage.fates.story();
    work.await;
    let story = stage.fates.story();
    let lines = story.strip_prefix(&before).unwrap_or(&story).lines();
    lines.filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect()
}

/// The list is one query, a case is one query; the session is one get. Above the list stand two more
/// words, each the answer to a query of one item. Never a scan.
#[tokio::test]
async fn a_list_is_one_query_and_a_case_is_one_query() {
    let stage = Stage::new().await;
    let world = &stage.world;
    let mut case = String::new();
    for _ in 0..30 {
        case = asked(world).await.0;
    }
    let jan = world.staff(JAN).await;
    let (place, _) = jan.open(&case).await;
    for (path, expected) in [
        ("/inbox", vec!["GetItem", "Query", "Query", "Query"]),
        ("/inbox/gesloten", vec!["GetItem", "Query"]),
        ("/inbox/aanmeldingen", vec!["GetItem", "Query"]),
        (case.as_str(), vec!["GetItem", "Query"]),
        (place.as_str(), vec!["GetItem", "Query"]),
    ] {
        assert_eq!(requests(&stage, jan.get(path)).await, expected, "{path}");
    }
}

/// Ends the function at every place where it waits, presses the button again, and lets time pass.
async fn at_every_place<F>(act: impl Fn(String) -> F, expected: usize, kind: &str)
where
    F: AsyncFn(&World) -> bool,
{
    for fate in [Fate::CrashBefore, Fate::CrashAfter] {
        let mut place = 1;
        loop {
            let stage = Stage::new().await;
            let (case, _) = asked(&stage.world).await;
            let press = act(case.clone());
            stage.fates.only(place, fate);
            let ended = stage.fates.survives(press(&stage.world)).await.is_none();
            stage.fates.calm();
            assert!(press(&stage.world).await, "{kind} {fate:?} {place}: {}", stage.fates.story());
            until_quiet(&stage.world).await.unwrap();
            let id = Id::parse(case.rsplit_once('/').unwrap().1).unwrap();
            let kept = stage.world.service.store.case(&id).await.unwrap().unwrap();
            assert_eq!(kept.thread.len(), expected, "{kind} {fate:?} {place}");
            let mails = stage.world.mailer.mails.lock().unwrap();
            let told = mails.iter().filter(|mail| mail.subject.starts_with(kind)).count();
            assert_eq!(told, 1, "{kind} {fate:?} {place}");
            if !ended {
                break;
            }
            place += 1;
        }
        assert!(place > 2, "{kind}: only {place} places");
    }
}

#[tokio::test]
async fn a_cut_at_any_place_answers_once_and_tells_once() {
    let answer = |case: String| {
        async move |world: &World| {
            let id = Id::parse(case.rsplit_once('/').unwrap().1).unwrap();
            let deed = Deed::Answer("Dag.".to_owned());
            let done = inbox::act(&world.service, &id, 1, JAN, &deed).await;
            done == Ok(inbox::Outcome::Done)
        }
    };
    at_every_place(answer, 1, "answered").await;
    let forward = |case: String| {
        async move |world: &World| {
            let id = Id::parse(case.rsplit_once('/').unwrap().1).unwrap();
            let deed = Deed::Forward(inbox::Handing {
                organisation: "wonen".to_owned(),
                summary: "Iets.".to_owned(),
                original: false,
                contact: false,
            });
            let done = inbox::act(&world.service, &id, 1, JAN, &deed).await;
            done == Ok(inbox::Outcome::Done)
        }
    };
    at_every_place(forward, 0, "partner-question").await;
}

#[tokio::test]
async fn a_cut_at_any_place_of_a_partners_answer_keeps_it_once() {
    for fate in [Fate::CrashBefore, Fate::CrashAfter] {
        for place in 1.. {
            let stage = Stage::new().await;
            let world = &stage.world;
            let (case, _) = asked(world).await;
            let jan = world.staff(JAN).await;
            let link = forwarded(world, &jan, &case).await;
            let token = link.rsplit_once('/').unwrap().1;
            let answer = Reaction::Answer("Wij weten het.".to_owned());
            stage.fates.only(place, fate);
            let react = partner::react(&world.service, token, &answer);
            let ended = stage.fates.survives(react).await.is_none();
            stage.fates.calm();
            let again = partner::react(&world.service, token, &answer).await;
            assert_eq!(again, Ok(partner::Outcome::Done), "{fate:?} {place}");
            until_quiet(world).await.unwrap();
            let (_, page) = world.staff(JAN).await.open(&case).await;
            assert_eq!(page.html.matches("<message reply ").count(), 1, "{fate:?} {place}");
            if !ended {
                assert!(place > 2);
                break;
            }
        }
    }
}

/// A table that does not answer costs a colleague and a partner no word.
#[tokio::test]
async fn a_store_that_is_away_costs_no_word() {
    let stage = Stage::new().await;
    let world = &stage.world;
    let (case, _) = asked(world).await;
    let jan = world.staff(JAN).await;
    let (place, page) = jan.open(&case).await;
    let version = between(&page.html, "<version ", ">").unwrap().to_owned();
    let mark = place.split_once("zicht=").unwrap().1.to_owned();
    let link = forwarded(world, &jan, &case).await;
    let opened = world.post(&link, &[("doe", "lezen"), ("lezen", "ja")]).await;
    let read = opened.hidden("gelezen").unwrap();
    // The session is read before the table goes away.
    for (path, fields) in [
        (
            case.as_str(),
            vec![
                ("doe", "noteren"),
                ("versie", version.as_str()),
                ("zicht", &mark),
                ("notitie", "Met moeite."),
            ],
        ),
        (
            link.as_str(),
            vec![
                ("doe", "reageer"),
                ("gelezen", read.as_str()),
                ("wat", "antwoord"),
                ("antwoord", "Met moeite."),
            ],
        ),
    ] {
        let mut count = 0;
        stage.fates.follow(move |_| {
            count += 1;
            if count == 1 { Fate::Pass } else { Fate::LoseRequest }
        });
        let answer = jan.post(path, &fields).await;
        stage.fates.calm();
        assert_eq!(answer.status, 503, "{path}: {}", answer.html);
        assert!(answer.html.contains("Met moeite."), "{path}: {}", answer.html);
    }
}
