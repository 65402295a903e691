//! What is kept goes on its day, and at once when somebody asks.

use forms_fn::operator::{self, Command};
use forms_fn::retention;
use jiff::SignedDuration;

use crate::world::World;
use crate::world::desk::JAN;
use crate::world::fates::{Fate, Stage};

const QUESTION: [(&str, &str); 6] = [
    ("onderwerp", "samen"),
    ("vraag", "Hoe maak ik kennis met de kanarie?"),
    ("wijk", "lith"),
    ("naam", "Kanarie de Wit"),
    ("email", "kanarie@buurt.example"),
    ("telefoon", "06 1234 5678"),
];

async fn link(world: &World) -> String {
    let receipt = world.ask(&QUESTION).await;
    let link = receipt.html.split_once("<link https://oss.example").unwrap().1;
    link.split_once('>').unwrap().0.to_owned()
}

async fn withdraw(world: &World, path: &str) {
    let fields = [("doe", "intrekken"), ("versie", "1"), ("intrekken", "ja")];
    assert_eq!(world.post(path, &fields).await.status, 303);
}

/// Nothing that the resident typed, chose or can be found by.
async fn assert_forgotten(world: &World) {
    // A fact says what was asked about and where, and not by whom nor when.
    let is_fact = |item: &String| item.contains("\"pk\": S(\"FACT#");
    for item in world.table().await.into_iter().filter(|item| !is_fact(item)) {
        for trace in
            ["anarie", "buurt.example", "1234", "S(\"samen\")", "S(\"lith\")", "OSS-", "SUBJ#"]
        {
            assert!(!item.contains(trace), "{trace} in {item}");
        }
        // What is left says when it goes.
        assert!(item.contains("\"ttl\"") || item.contains("S(\"OUT#"), "{item}");
    }
}

#[tokio::test]
async fn thirty_days_after_closing_nothing_personal_is_left_and_the_link_says_so() {
    let world = World::new().await;
    let path = link(&world).await;
    world
        .post(&path, &[("doe", "aanvullen"), ("versie", "1"), ("aanvulling", "Nog een kanarie.")])
        .await;
    withdraw(&world, &path).await;
    world.sweep().await;
    world.pass(SignedDuration::from_hours(29 * 24));
    assert_eq!(retention::sweep(&world.service).await, Ok(0), "not before its day");
    world.pass(SignedDuration::from_hours(24));
    assert_eq!(retention::sweep(&world.service).await, Ok(1));
    assert_eq!(retention::sweep(&world.service).await, Ok(0));

    assert_forgotten(&world).await;
    let page = world.get(&path).await;
    assert_eq!(page.status, 200);
    assert!(page.html.contains("<state gewist op woensdag 23 december>"), "{}", page.html);
    assert!(!page.html.contains("<can "), "nothing can be done with it");
    let receipt = world.get(&path.replace("/status/", "/ontvangen/")).await;
    assert_eq!((receipt.status, receipt.location), (303, Some(path)));
    assert_eq!(world.get("/link").await.status, 200);
    world.post("/link", &[("email", "kanarie@buurt.example")]).await;
    assert_eq!(world.sweep().await.sent, 0, "there is nobody to write to");
}

#[tokio::test]
async fn an_open_question_is_never_erased_by_itself() {
    let world = World::new().await;
    link(&world).await;
    world.pass(SignedDuration::from_hours(400 * 24));
    assert_eq!(retention::sweep(&world.service).await, Ok(0));
    assert_eq!(world.count("SUBJ#").await, 1);
}

async fn operate(world: &World, command: Command, input: &str) -> Result<String, String> {
    let mut output = Vec::new();
    operator::run(&world.service, command, &mut input.as_bytes(), &mut output).await?;
    Ok(String::from_utf8(output).unwrap())
}

#[tokio::test]
async fn whoever_asks_gets_everything_of_their_address_and_nothing_of_another() {
    let world = World::new().await;
    let path = link(&world).await;
    world.post(&path, &[("doe", "aanvullen"), ("versie", "1"), ("aanvulling", "Nog iets.")]).await;
    world.ask(&[("vraag", "Een ander."), ("email", "ander@buurt.example")]).await;
    let told = operate(&world, Command::Export, "Kanarie@Buurt.example\n").await.unwrap();
    let all: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(all["questions"].as_array().unwrap().len(), 1);
    let one = &all["questions"][0];
    assert_eq!(one["question"], "Hoe maak ik kennis met de kanarie?");
    assert_eq!(one["written_later"][0]["text"], "Nog iets.");
    assert_eq!((&one["email"], &one["area"]), (&"kanarie@buurt.example".into(), &"lith".into()));
    assert!(!told.contains("Een ander."));
    let nothing = operate(&world, Command::Export, "niemand@buurt.example").await.unwrap();
    assert!(!nothing.contains("number"), "{nothing}");
    assert!(operate(&world, Command::Export, "geen adres\n").await.is_err());
}

#[tokio::test]
async fn erasing_an_address_takes_its_open_questions_too_and_only_after_the_word() {
    let world = World::new().await;
    link(&world).await;
    world.sweep().await;
    let staff = world.mailer.to("vragen@vwn.example");
    let door = staff[0].text.lines().last().unwrap().strip_prefix("https://oss.example").unwrap();
    let sent = world.mailer.to("kanarie@buurt.example").len();
    link(&world).await;
    world.ask(&[("vraag", "Een ander."), ("email", "ander@buurt.example")]).await;
    let before = world.table().await;
    assert!(operate(&world, Command::Erase, "kanarie@buurt.example\n").await.is_err());
    assert_eq!(before, world.table().await);
    let done = operate(&world, Command::Erase, "kanarie@buurt.example\nerase\n").await;
    assert_eq!(done.unwrap(), "2 erased\n");
    let table = world.table().await.join("\n");
    assert!(!table.contains("anarie") && table.contains("Een ander."), "{table}");
    // The mails still owed find no case to write about, and end.
    world.sweep().await;
    assert_eq!(world.mailer.to("kanarie@buurt.example").len(), sent);
    assert_eq!(world.staff(JAN).await.get(door).await.status, 410, "staff read that it is gone");
    let log = world.log.lock().unwrap().join("\n");
    assert!(!log.contains("anarie"), "{log}");
}

/// The drill: a copy of the table from before the erasure is put back.
#[tokio::test]
async fn after_a_restore_the_tombstones_erase_again() {
    let world = World::new().await;
    let path = link(&world).await;
    let client = &world.client;
    let copy = client.scan().table_name(crate::world::TABLE).send().await.unwrap();
    operate(&world, Command::Erase, "kanarie@buurt.example\nerase\n").await.unwrap();
    let carried = operate(&world, Command::Tombstones, "").await.unwrap();
    assert_eq!(carried.lines().count(), 1);
    let now = client.scan().table_name(crate::world::TABLE).send().await.unwrap();
    for item in now.items() {
        let key = |name: &str| item[name].clone();
        let delete = client.delete_item().table_name(crate::world::TABLE);
        delete.key("pk", key("pk")).key("sk", key("sk")).send().await.unwrap();
    }
    for item in copy.items() {
        let put = client.put_item().table_name(crate::world::TABLE);
        put.set_item(Some(item.clone())).send().await.unwrap();
    }
    assert!(world.get(&path).await.html.contains("antwoordt uiterlijk"), "it is back");
    assert_eq!(operate(&world, Command::Replay, &carried).await.unwrap(), "1 erased again\n");
    assert_forgotten(&world).await;
    assert!(operate(&world, Command::Replay, "onzin\n").await.is_err());
}

/// Wherever the erasing is cut off, the next sweep finds what is left.
#[tokio::test]
async fn an_erasure_that_is_cut_off_is_finished_by_the_next_sweep() {
    for number in 1.. {
        let stage = Stage::new().await;
        let world = &stage.world;
        let path = link(world).await;
        withdraw(world, &path).await;
        world.sweep().await;
        world.pass(SignedDuration::from_hours(31 * 24));
        stage.fates.only(number, Fate::CrashAfter);
        let ended = stage.fates.survives(retention::sweep(&world.service)).await.is_some();
        stage.fates.calm();
        retention::sweep(&world.service).await.unwrap();
        assert_forgotten(world).await;
        assert_eq!(retention::sweep(&world.service).await, Ok(0), "after {number}");
        if ended {
            assert!(number > 10, "{number} requests are too few for an erasure");
            return;
        }
    }
}
