//! Offers to help at the desk: who may read them, how far they are, and who fits.

use forms_fn::{stream, timers};
use jiff::SignedDuration;

use super::done;
use crate::world::World;
use crate::world::desk::{JAN, PIET, between};

/// Sends an offer; the path of the volunteer's page.
async fn offered(world: &World, fields: &[(&str, &str)]) -> String {
    let own = [("naam", "Jo Kanarie"), ("email", "jo@buurt.example"), ("volwassen", "ja")];
    let all = [&own[..], fields].concat();
    let check = world.post("/meedoen/controle", &[&all[..], &[("stap", "3")]].concat()).await;
    let nonce = check.hidden("nonce").unwrap_or_else(|| panic!("{}", check.html));
    let sent = world.post("/meedoen/verstuur", &[&all[..], &[("nonce", &nonce)]].concat()).await;
    assert_eq!(sent.status, 303, "{}", sent.html);
    world.pass(SignedDuration::from_mins(1));
    sent.location.unwrap()
}

#[tokio::test]
async fn an_offer_goes_from_state_to_state_and_of_a_certificate_only_that_it_was_seen() {
    let world = World::new().await;
    offered(&world, &[("rollen", "maatje"), ("wijk", "lith")]).await;
    let jan = world.staff(JAN).await;
    let [offer] = &jan.list("/inbox/aanmeldingen").await[..] else { panic!("one offer") };
    let closed = jan.get(offer).await;
    assert!(!closed.html.contains("Kanarie") && !closed.html.contains("<opened>"));
    let (_, page) = jan.open(offer).await;
    assert!(!page.html.contains("<personal"), "who it is, is another step: {}", page.html);
    let reached = jan.reveal(offer).await;
    assert!(reached.html.contains("<personal NAAM Jo Kanarie"), "{}", reached.html);

    let unsure = jan.act(offer, "staat", &[]).await;
    assert!(unsure.status == 422 && unsure.html.contains("<error staat>"), "{}", unsure.html);
    let jump = jan.act(offer, "staat", &[("staat", "BESCHIKBAAR")]).await;
    assert_eq!(jump.status, 409, "not in the table: {}", jump.html);
    for state in [
        "CONTACT_OPGENOMEN",
        "KENNISMAKING",
        "VOG_AANGEVRAAGD",
        "VOG_GEZIEN",
        "BESCHIKBAAR",
        "GEKOPPELD",
    ] {
        done(&jan.act(offer, "staat", &[("staat", state)]).await);
    }
    let (_, page) = jan.open(offer).await;
    assert!(
        page.html.contains("<seen maandag 23 november jan@vwn.example MAATJE>"),
        "{}",
        page.html
    );
    assert!(
        page.html.contains("<next BESCHIKBAAR><next GEPAUZEERD><next GESTOPT>"),
        "{}",
        page.html
    );
    assert!(page.html.contains("inbox.event.vog_gezien by jan@vwn.example"), "{}", page.html);
    done(&jan.act(offer, "staat", &[("staat", "GESTOPT")]).await);
    let table = world.table().await.join("\n");
    assert!(!table.contains("Kanarie") && !table.contains("jo@buurt"), "who stops leaves nothing");
    assert!(jan.list("/inbox/aanmeldingen").await.is_empty());
}

/// Two colleagues, and a volunteer who takes it back in between.
#[tokio::test]
async fn whoever_is_second_sees_how_it_stands() {
    let world = World::new().await;
    let place = offered(&world, &[("rollen", "maatje")]).await;
    let (jan, piet) = (world.staff(JAN).await, world.staff(PIET).await);
    let [offer] = &jan.list("/inbox/aanmeldingen").await[..] else { panic!("one offer") };
    let (opened, page) = jan.open(offer).await;
    let version = between(&page.html, "<version ", ">").unwrap().to_owned();
    let mark = opened.split_once("zicht=").unwrap().1.to_owned();
    let press =
        [("doe", "staat"), ("versie", &version), ("zicht", &mark), ("staat", "CONTACT_OPGENOMEN")];
    done(&piet.act(offer, "staat", &[("staat", "CONTACT_OPGENOMEN")]).await);
    done(&jan.post(offer, &press).await);
    let other = [("doe", "staat"), ("versie", &version), ("zicht", &mark), ("staat", "GESTOPT")];
    let refused = jan.post(offer, &other).await;
    assert!(
        refused.status == 409
            && refused.html.contains("<state inbox.signup_state.contact_opgenomen>")
    );
    done(&world.post(&place, &[("intrekken", "ja")]).await);
    let late = jan.act(offer, "staat", &[("staat", "KENNISMAKING")]).await;
    assert!(late.status == 409 && late.html.contains("<over>"), "{}", late.html);
}

/// Who fits: by neighbourhood, language, role and part of the day. And nobody else's volunteers.
#[tokio::test]
async fn the_matching_list_shows_who_fits_and_who_may_be_seen() {
    let world = World::new().await;
    offered(&world, &[("rollen", "maatje"), ("wijk", "lith"), ("dagdelen", "avond")]).await;
    offered(&world, &[("rollen", "taal")]).await;
    offered(&world, &[("rollen", "klus"), ("wijk", "lith")]).await;
    let jan = world.staff(JAN).await;
    for (query, count) in [
        ("", 2),
        ("?wijk=lith", 1),
        ("?rol=taal", 1),
        ("?rol=maatje&dagdeel=avond&taal=nl&staat=ONTVANGEN", 1),
        ("?dagdeel=ochtend", 0),
        ("?rol=klus", 0),
    ] {
        let found = jan.list(&format!("/inbox/aanmeldingen{query}")).await;
        assert_eq!(found.len(), count, "{query}: {found:?}");
    }
    // The third is of another organisation, and it agreed to nothing.
    world.sweep().await;
    let table = world.table().await;
    let theirs = table.iter().find(|item| item.contains("L([S(\"klus\")])")).unwrap();
    let id = between(theirs, "S(\"VOL#", "\"").unwrap();
    assert_eq!(jan.get(&format!("/inbox/aanmelding/{id}")).await.status, 404);
    let csv = jan.post("/inbox/uitvoer", &[("lijst", "aanmeldingen")]).await;
    assert_eq!(csv.html.lines().count(), 3, "{}", csv.html);
    // Its owner says how far it is, behind a link of its own.
    let link = world.last_link("post@welzijn.example");
    let open = world.post(&link, &[("lezen", "ja")]).await;
    let version = between(&open.html, "<version ", ">").unwrap().to_owned();
    let next = [("doe", "staat"), ("versie", &version), ("staat", "CONTACT_OPGENOMEN")];
    let went = world.post(&link, &next).await;
    assert!(went.html.contains("<state inbox.signup_state.contact_opgenomen>"), "{}", went.html);
    let unsure = world.post(&link, &[("doe", "staat")]).await;
    assert_eq!(unsure.status, 422);
}

/// The owner of an offer is told when its day has passed, and again a week later.
#[tokio::test]
async fn an_offer_that_waits_is_told_in_the_morning_and_again_a_week_later() {
    let world = World::new().await;
    offered(&world, &[("rollen", "klus")]).await;
    world.sweep().await;
    let mut days = Vec::new();
    for _ in 0..24 * 14 {
        world.pass(SignedDuration::from_hours(1));
        let before = world.mailer.to("post@welzijn.example").len();
        stream::sweep(&world.service).await.unwrap();
        if world.mailer.to("post@welzijn.example").len() > before {
            assert!(timers::is_office_hour(world.now()));
            days.push(world.now().to_string()[..10].to_owned());
        }
    }
    assert_eq!(days, ["2026-11-26", "2026-12-03"]);
    let link = world.last_link("post@welzijn.example");
    assert!(world.get(&link).await.html.contains("<door OSS-"));
}
