//! What goes wrong at a desk: each gets a page that helps, no word is lost, nothing changes twice.

use super::{HANDING, asked, done, forwarded};
use crate::world::World;
use crate::world::desk::{JAN, PIET, between};

#[tokio::test]
async fn two_colleagues_on_one_question_see_each_other_and_lose_no_word() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let (jan, piet) = (world.staff(JAN).await, world.staff(PIET).await);
    let (place, page) = jan.open(&case).await;
    let version = between(&page.html, "<version ", ">").unwrap().to_owned();
    let mark = place.split_once("zicht=").unwrap().1.to_owned();
    done(&piet.act(&case, "antwoorden", &[("antwoord", "Van Piet.")]).await);
    let fields = [
        ("doe", "antwoorden"),
        ("versie", version.as_str()),
        ("zicht", &mark),
        ("antwoord", "Van Jan, met veel moeite."),
    ];
    let refused = jan.post(&case, &fields).await;
    assert_eq!(refused.status, 409);
    for shown in [
        "<state inbox.state.beantwoord>",
        "<error stand>inbox.changed",
        "<message answer piet@vwn.example>Van Piet.",
        "<answer>Van Jan, met veel moeite.</answer>",
    ] {
        assert!(refused.html.contains(shown), "{shown}: {}", refused.html);
    }
    assert_eq!(world.sweep().await.sent, 1, "one answer is told");
}

#[tokio::test]
async fn the_back_button_and_a_double_click_do_it_once() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let jan = world.staff(JAN).await;
    let texts =
        [("antwoord", "Dag."), ("notitie", "Dag."), ("terugvraag", "Dag?"), ("reden", "Dag!")];
    for deed in
        ["oppakken", "noteren", "terugvragen", "antwoorden", "sluiten", "heropenen", "doorsturen"]
    {
        let (place, page) = jan.open(&case).await;
        let version = between(&page.html, "<version ", ">").unwrap().to_owned();
        let mark = place.split_once("zicht=").unwrap().1.to_owned();
        let mut fields = vec![("doe", deed), ("versie", &version), ("zicht", &mark)];
        fields.extend(texts);
        fields.extend(HANDING);
        done(&jan.post(&case, &fields).await);
        let messages = world.count("CASE#").await;
        let owed = world.count("OUT#").await;
        let again = jan.post(&case, &fields).await;
        assert_eq!(again.status, 303, "{deed}: the second press finds the first: {}", again.html);
        assert_eq!(
            (messages, owed),
            (world.count("CASE#").await, world.count("OUT#").await),
            "{deed}"
        );
    }
}

#[tokio::test]
async fn nothing_and_too_much_are_said_at_the_field_and_what_was_typed_stays() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let jan = world.staff(JAN).await;
    let long = "ጽ".repeat(4_001);
    for (deed, field, text) in [
        ("antwoorden", "antwoord", ""),
        ("antwoorden", "antwoord", long.as_str()),
        ("terugvragen", "terugvraag", " \n"),
        ("noteren", "notitie", ""),
        ("sluiten", "reden", ""),
        ("voorbeeld", "organisatie", ""),
        ("verzinnen", "stand", ""),
    ] {
        let before = world.count("OUT#").await;
        let wrong = jan.act(&case, deed, &[(field, text)]).await;
        assert_eq!(wrong.status, 422, "{deed}");
        assert!(wrong.html.contains(&format!("<error {field}>")), "{deed}: {}", wrong.html);
        assert!(text.trim().is_empty() || wrong.html.contains(text), "{deed}: kept");
        assert_eq!(before, world.count("OUT#").await);
    }
    // A partner that is none, and one that is the first contact itself.
    for organisation in ["politie", "vwn", "../wonen"] {
        let fields = [("organisatie", organisation), ("samenvatting", "Iets.")];
        let wrong = jan.act(&case, "doorsturen", &fields).await;
        assert_eq!(wrong.status, 422, "{organisation}");
        assert!(wrong.html.contains("<summary>Iets.</summary>"), "{}", wrong.html);
    }
}

/// Words that broke other programs: they come out as text, whoever wrote them.
#[tokio::test]
async fn right_to_left_words_and_signs_nobody_sees_come_out_as_text() {
    let world = World::new().await;
    let (case, status) = asked(&world).await;
    let jan = world.staff(JAN).await;
    let turned =
        format!("\u{202e}{}\u{2066}<script>alert(1)</script>\u{0007}", "مرحبا ".repeat(600));
    done(&jan.act(&case, "noteren", &[("notitie", &turned)]).await);
    done(&jan.act(&case, "antwoorden", &[("antwoord", &turned)]).await);
    let (_, page) = jan.open(&case).await;
    let shown = world.get(&status).await;
    for html in [&page.html, &shown.html] {
        assert!(html.contains("مرحبا") && !html.contains("<script>"), "{html}");
        assert!(!html.contains('\u{202e}') && !html.contains('\u{2066}'), "nothing turns the page");
    }
}

#[tokio::test]
async fn an_unknown_an_erased_and_a_foreign_case_each_have_their_page() {
    let world = World::new().await;
    let (case, status) = asked(&world).await;
    let jan = world.staff(JAN).await;
    for path in ["/inbox/vraag/x", "/inbox/vraag/01KAR4TQ00ABCDEFGHJKMNPQRS", "/inbox/aanmelding/x"]
    {
        assert_eq!(jan.get(path).await.status, 404, "{path}");
        assert_eq!(jan.post(path, &[("doe", "openen")]).await.status, 404, "{path}");
    }
    let fields = [("doe", "intrekken"), ("versie", "1"), ("intrekken", "ja")];
    done(&world.post(&status, &fields).await);
    world.pass(jiff::SignedDuration::from_hours(31 * 24));
    forms_fn::retention::sweep(&world.service).await.unwrap();
    let jan = world.staff(JAN).await;
    assert_eq!(jan.get(&case).await.status, 410);
    for deed in ["antwoorden", "oppakken"] {
        assert_eq!(jan.post(&case, &[("doe", deed), ("antwoord", "Dag.")]).await.status, 410);
    }
}

#[tokio::test]
async fn who_is_not_signed_in_any_more_keeps_the_words() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    for cookie in ["", "__Host-inbox=", "__Host-inbox=00", "__Host-inbox=ééé"] {
        let before = world.table().await;
        let body = "doe=antwoorden&versie=1&antwoord=Met+zorg+geschreven";
        let shut = world.with_cookie("POST", &case, cookie, body).await;
        assert_eq!(shut.status, 403, "{cookie}");
        assert!(shut.html.contains("<typed>Met zorg geschreven</typed>"), "{}", shut.html);
        assert_eq!(before, world.table().await);
    }
}

/// A page that stood open overnight: the mark on it is of yesterday's session, the words are of today.
#[tokio::test]
async fn a_mark_of_yesterday_costs_no_word() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let (place, _) = world.staff(JAN).await.open(&case).await;
    let old = place.split_once("zicht=").unwrap().1;
    let jan = world.staff(JAN).await;
    let long = "ጽ".repeat(4_001);
    for (version, text, status) in [("1", long.as_str(), 422), ("7", "Gebeld.", 409)] {
        let fields = [("doe", "noteren"), ("versie", version), ("zicht", old), ("notitie", text)];
        let refused = jan.post(&case, &fields).await;
        assert_eq!(refused.status, status);
        assert!(!refused.html.contains("Kanarie"), "not opened in this session");
        assert!(refused.html.contains(&format!("<typed>{text}</typed>")), "{}", refused.html);
    }
    // One word is a text too.
    let body = "doe=noteren&versie=1&notitie=Gebeld.";
    let shut = world.with_cookie("POST", &case, "", body).await;
    assert!(shut.html.contains("<typed>Gebeld.</typed>"), "{}", shut.html);
}

/// What the resident did not agree to is not shared, whatever is ticked.
#[tokio::test]
async fn without_consent_no_contact_data_goes_to_a_partner() {
    let world = World::new().await;
    let nonce = world.nonce(&super::QUESTION).await;
    let mut fields = super::QUESTION.to_vec();
    fields.extend([("nonce", nonce.as_str()), ("delen", "nee")]);
    assert_eq!(world.post("/vraag/verstuur", &fields).await.status, 303);
    world.sweep().await;
    let case = world.last_link("vragen@vwn.example");
    let jan = world.staff(JAN).await;
    let (_, page) = jan.open(&case).await;
    assert!(!page.html.contains("<may share>"), "{}", page.html);
    let partner = forwarded(&world, &jan, &case).await;
    let read = world.post(&partner, &[("doe", "lezen"), ("lezen", "ja")]).await;
    assert_eq!(read.status, 200);
    assert!(!read.html.contains("<may promise>"), "{}", read.html);
    let mark = read.hidden("gelezen").expect("a mark");
    let ask = [("doe", "code"), ("zeker", "ja"), ("gelezen", mark.as_str())];
    let code = world.post(&partner, &ask).await;
    assert_eq!(code.status, 409, "there is nothing to ask a code for");
    assert_eq!(world.count("LOGIN#").await, 1, "only that of the colleague");
}
