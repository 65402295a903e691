//! A resident asks, a colleague reads.

use crate::world::World;
use crate::world::desk::JAN;

const QUESTION: [(&str, &str); 6] = [
    ("onderwerp", "samen"),
    ("vraag", "Hoe maak ik kennis?\r\nMag ik <b>aanbellen</b>?"),
    ("wijk", "lith"),
    ("naam", "Jo de Wit"),
    ("email", "jo@buurt.example"),
    ("telefoon", "06 1234 5678"),
];

#[tokio::test]
async fn a_question_goes_from_form_to_reader() {
    let world = World::new().await;
    let check = world.post("/vraag/controle", &QUESTION).await;
    assert_eq!(check.status, 200);
    assert!(check.html.contains("<shown onderwerp=ONDERWERP: Samen leven>"), "{}", check.html);
    assert!(check.html.contains("&lt;b&gt;aanbellen"), "typed text is escaped");
    assert_eq!(world.table().await.len(), 0, "a check keeps nothing");

    let receipt = world.ask(&QUESTION).await;
    assert_eq!(receipt.status, 200);
    assert!(receipt.html.contains("<reference OSS-"), "{}", receipt.html);
    assert!(receipt.html.contains("<due woensdag 25 november>"));
    assert!(receipt.html.contains("<mailed>"));

    assert_eq!(world.sweep().await.sent, 2);
    let [mail] = &world.mailer.to("vragen@vwn.example")[..] else { panic!("one mail to staff") };
    assert!(mail.subject.starts_with("Nieuwe vraag OSS-"), "{}", mail.subject);
    assert!(mail.text.starts_with("Samen leven Lith woensdag 25 november"), "{}", mail.text);
    assert!(mail.headers.contains(&("Auto-Submitted".to_owned(), "auto-generated".to_owned())));
    assert!(mail.headers.contains(&("Reply-To".to_owned(), "vragen@vwn.example".to_owned())));
    assert_eq!(mail.tag.len(), 26);

    let link = mail.text.lines().last().unwrap();
    let path = link.strip_prefix("https://oss.example").unwrap();
    let stranger = world.get(path).await;
    let sign_in = format!("/inloggen?naar={path}");
    assert_eq!((stranger.status, stranger.location), (303, Some(sign_in)));
    let staff = world.staff(JAN).await;
    let door = staff.get(path).await;
    assert_eq!(door.status, 200);
    assert!(door.html.contains("<case OSS-") && !door.html.contains("kennis"), "{}", door.html);
    assert_eq!(world.count("CASE#").await, 5, "no trail for a closed door");

    let (_, open) = staff.open(path).await;
    assert!(open.html.contains("Hoe maak ik kennis?\nMag ik &lt;b&gt;"), "{}", open.html);
    assert!(!open.html.contains("06 1234 5678"), "how to reach her is another step");
    assert_eq!(world.count("CASE#").await, 6, "head, contact, question, two events, one mail");
    let reached = staff.reveal(path).await;
    assert!(reached.html.contains("<contact TELEFOON 06 1234 5678 tel:0612345678>"));
    assert!(reached.html.contains("<event inbox.event.contact_shown by jan@vwn.example>"));
}

#[tokio::test]
async fn the_link_and_the_code_open_the_same_page() {
    let world = World::new().await;
    let receipt = world.ask(&QUESTION).await;
    world.sweep().await;
    let part = |start: &str| {
        receipt.html.split_once(start).unwrap().1.split_once('>').unwrap().0.to_owned()
    };
    let (link, code) = (part("<link https://oss.example"), part("<code "));
    let [mail] = &world.mailer.to("jo@buurt.example")[..] else { panic!("one confirmation") };
    assert!(mail.text.contains(&link) && !mail.text.contains("kennis"), "{}", mail.text);

    assert_eq!(world.get("/vraag/code").await.status, 200);
    let typed = code.to_lowercase().replace('-', " ");
    let found = world.post("/vraag/code", &[("code", &typed)]).await;
    assert_eq!((found.status, found.location.as_deref()), (303, Some(link.as_str())));
    assert!(world.get(&link).await.html.contains("<status OSS-"));
    let receipt_path = link.replace("/status/", "/ontvangen/");
    assert_eq!(world.get(&receipt_path).await.html, receipt.html, "the receipt stays");
    let wrong = world.post("/vraag/code", &[("code", "AAAA")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("<error code>"));
}

#[tokio::test]
async fn without_an_address_nobody_gets_a_confirmation() {
    let world = World::new().await;
    let receipt = world.ask(&QUESTION[..2]).await;
    assert!(!receipt.html.contains("<mailed>"));
    assert_eq!(world.sweep().await.sent, 1);
    assert!(world.table().await.iter().all(|item| !item.contains("\"PII\"")));
}

#[tokio::test]
async fn fifty_parallel_posts_of_one_page_make_one_case() {
    let world = std::sync::Arc::new(World::new().await);
    let nonce = world.nonce(&QUESTION).await;
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let (world, nonce) = (std::sync::Arc::clone(&world), nonce.clone());
            tokio::spawn(async move {
                let mut fields = QUESTION.to_vec();
                fields.extend([("nonce", nonce.as_str()), ("delen", "nee")]);
                world.post("/vraag/verstuur", &fields).await
            })
        })
        .collect();
    let mut places = std::collections::BTreeSet::new();
    for task in tasks {
        let answer = task.await.unwrap();
        assert_eq!(answer.status, 303, "{}", answer.html);
        places.insert(answer.location);
    }
    assert_eq!(places.len(), 1);
    assert_eq!((world.count("REF#").await, world.count("OUT#").await), (1, 2));
    assert_eq!(world.sweep().await.sent, 2);
    assert_eq!(world.sweep().await.sent, 0);
}

#[tokio::test]
async fn somebody_who_goes_back_finds_everything_typed() {
    let world = World::new().await;
    let mut fields = QUESTION.to_vec();
    fields.push(("terug", "1"));
    let form = world.post("/vraag/controle", &fields).await;
    assert_eq!(form.status, 200);
    assert!(!form.html.contains("<error"));
    assert!(form.html.contains("<field naam=Jo de Wit>"), "{}", form.html);
}

#[tokio::test]
async fn an_incident_meets_telephone_numbers_and_nothing_is_kept() {
    let world = World::new().await;
    let fields = [("onderwerp", "incident"), ("vraag", "Er is iets gebeurd")];
    for path in ["/vraag/controle", "/vraag/verstuur"] {
        let stop = world.post(path, &fields).await;
        assert_eq!(stop.status, 200);
        assert!(stop.html.contains("<stop>112"));
        assert_eq!(stop.hidden("vraag").as_deref(), Some("Er is iets gebeurd"));
    }
    assert!(world.table().await.is_empty());
    let back = world.post("/vraag/controle", &[fields[0], fields[1], ("terug", "1")]).await;
    assert!(back.html.contains("<field vraag=Er is iets gebeurd>"));
}

#[tokio::test]
async fn somebody_who_comes_from_an_area_finds_it_chosen() {
    let world = World::new().await;
    let form = world.get("/vraag/controle?wijk=lith&lang=nl").await;
    assert_eq!(form.status, 200);
    assert!(
        form.html.contains("<field wijk=lith>") && !form.html.contains("<error"),
        "{}",
        form.html
    );
    for unknown in ["/vraag/controle?wijk=Dorpsstraat", "/vraag/controle?x=1", "/vraag/controle"] {
        let answer = world.get(unknown).await;
        assert_eq!(
            (answer.status, answer.location.as_deref()),
            (303, Some("/vraag/")),
            "{unknown}"
        );
    }
}
