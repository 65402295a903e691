//! The lists: what is due first, filters that are addresses, pages, and files for a spreadsheet.

use jiff::SignedDuration;

use super::{QUESTION, asked, done};
use crate::world::World;
use crate::world::desk::{JAN, between};

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test]
async fn what_is_due_first_stands_first_under_its_heading() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for _ in 0..3 {
        cases.push(asked(&world).await.0);
        world.pass(DAY);
    }
    // Thursday: the first was for Wednesday, the second for today.
    let staff = world.staff(JAN).await;
    assert_eq!(staff.list("/inbox").await, cases);
    let page = staff.get("/inbox").await.html;
    let order: Vec<usize> = ["<group late>", "<group today>", "<group week>"]
        .iter()
        .map(|group| page.find(group).unwrap_or_else(|| panic!("{group}: {page}")))
        .collect();
    assert!(order.is_sorted(), "{page}");
}

#[tokio::test]
async fn a_filter_is_an_address_and_odd_ones_fit_nothing() {
    let world = World::new().await;
    let (lith, _) = asked(&world).await;
    world.pass(SignedDuration::from_mins(1));
    world.ask(&[("vraag", "Iets anders.")]).await;
    world.sweep().await;
    let other = world.last_link("vragen@vwn.example");
    let staff = world.staff(JAN).await;
    done(&staff.act(&other, "oppakken", &[]).await);
    for (query, expected) in [
        ("", vec![&lith, &other]),
        ("?wijk=lith", vec![&lith]),
        ("?staat=IN_BEHANDELING", vec![&other]),
        ("?staat=ONTVANGEN&wijk=lith&onderwerp=samen&taal=nl&wie=vwn", vec![&lith]),
        ("?wijk=", vec![&lith, &other]),
        ("?wijk=nergens", vec![]),
        ("?wijk=%00'%22%3Cb%3E&na=x~y&na=9999-99-99~CASE.x", vec![]),
    ] {
        let found = staff.list(&format!("/inbox{query}")).await;
        let mut found: Vec<&String> = found.iter().collect();
        found.sort();
        let mut expected = expected;
        expected.sort();
        assert_eq!(found, expected, "{query}");
    }
    let page = staff.get("/inbox?staat=IN_BEHANDELING").await.html;
    assert!(page.contains("IN_BEHANDELING*"), "the choice stands: {page}");
}

#[tokio::test]
async fn pages_go_on_where_the_last_one_ended() {
    let world = World::new().await;
    for number in 0..60 {
        let area = if number % 3 == 0 { "lith" } else { "" };
        world.ask(&[("vraag", "Iets."), ("wijk", area)]).await;
        world.pass(SignedDuration::from_mins(3));
    }
    let staff = world.staff(JAN).await;
    for (query, most, all) in [("", 25, 60), ("?wijk=lith", 25, 20)] {
        let mut seen = Vec::new();
        let mut path = format!("/inbox{query}");
        loop {
            let page = staff.list(&path).await;
            assert!(page.len() <= most);
            seen.extend(page);
            let html = staff.get(&path).await.html;
            match between(&html, "<next ", ">") {
                Some(next) => path = next.replace("&amp;", "&"),
                None => break,
            }
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all, "{query}: each once");
    }
}

#[tokio::test]
async fn a_number_is_found_in_any_spelling() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let staff = world.staff(JAN).await;
    let (_, page) = staff.open(&case).await;
    let number = between(&page.html, "<case ", ">").unwrap();
    let bare = number.replace('-', "").to_lowercase();
    for typed in [number.to_owned(), bare.clone(), bare[3..].to_owned(), format!("%20{number}%20")]
    {
        let found = staff.get(&format!("/inbox/zoek?nummer={typed}")).await;
        assert_eq!(found.location.as_deref(), Some(case.as_str()), "{typed}");
    }
    for typed in ["OSS-222-222", "", "%3Cb%3E", "é"] {
        let none = staff.get(&format!("/inbox/zoek?nummer={typed}")).await;
        assert_eq!(none.status, 404, "{typed}");
        assert!(!none.html.contains("<b>"));
    }
}

/// Who may help stands with name and number in the file, and no spreadsheet runs a name.
#[tokio::test]
async fn a_file_for_a_spreadsheet_runs_nothing_and_tells_nobody_s_question() {
    let world = World::new().await;
    asked(&world).await;
    let offer = [
        ("rollen", "maatje"),
        ("naam", "=HYPERLINK(\"https://evil.example\")"),
        ("email", "jo@buurt.example"),
        ("volwassen", "ja"),
        ("wijk", "lith"),
    ];
    let check = world.post("/meedoen/controle", &[&offer[..], &[("stap", "3")]].concat()).await;
    let nonce = check.hidden("nonce").unwrap();
    let sent = world.post("/meedoen/verstuur", &[&offer[..], &[("nonce", &nonce)]].concat()).await;
    assert_eq!(sent.status, 303, "{}", sent.html);
    let staff = world.staff(JAN).await;
    let questions = staff.post("/inbox/uitvoer", &[("lijst", "vragen")]).await;
    assert_eq!(questions.status, 200);
    assert!(questions.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
    let lines: Vec<&str> = questions.html.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[1].contains("\"Samen leven\",\"Lith\",\"nl\""), "{}", lines[1]);
    for word in ["anarie", "buurt.example", "1234"] {
        assert!(!questions.html.contains(word), "{word}");
    }
    let offers = staff.post("/inbox/uitvoer", &[("lijst", "aanmeldingen")]).await;
    assert!(
        offers.html.contains("\"'=HYPERLINK(\"\"https://evil.example\"\")\""),
        "{}",
        offers.html
    );
    let none = [("lijst", "aanmeldingen"), ("wijk", "nergens")];
    assert_eq!(staff.post("/inbox/uitvoer", &none).await.html.lines().count(), 1);
    assert_eq!(staff.post("/inbox/uitvoer", &[("lijst", "alles")]).await.status, 422);
    let deeds = staff.get("/inbox/logboek").await.html;
    assert!(deeds.contains("questions_exported") && deeds.contains("sign-ups_exported"), "{deeds}");
    assert!(deeds.contains("contact_shown"), "each of the offers was shown: {deeds}");
}

#[tokio::test]
async fn mail_that_reached_nobody_is_seen_until_somebody_has_called() {
    let world = World::new().await;
    world.mailer.refuses();
    world.ask(&QUESTION).await;
    for minutes in [0, 1, 5, 30, 120, 360] {
        world.pass(SignedDuration::from_mins(minutes));
        world.sweep().await;
    }
    world.mailer.works();
    let staff = world.staff(JAN).await;
    assert!(staff.get("/inbox").await.html.contains("<banner /inbox/post>"));
    let page = staff.get("/inbox/post").await.html;
    assert!(page.contains(" inbox.lost_to.resident /inbox/vraag/"), "{page}");
    let ids: Vec<&str> =
        page.split("<lost ").skip(1).map(|rest| rest.split(' ').next().unwrap()).collect();
    for id in &ids {
        done(&staff.post("/inbox/post", &[("mail", id)]).await);
    }
    assert!(!staff.get("/inbox/post").await.html.contains("<lost "));
    assert!(!staff.get("/inbox").await.html.contains("<banner /inbox/post>"));
}
