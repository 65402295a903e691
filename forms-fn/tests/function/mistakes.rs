//! Whatever arrives: a clear page, the text kept, nothing stored, no panic.

use axum::body::Body;
use axum::http::Request;
use jiff::SignedDuration;

use crate::world::World;

const TEXT: (&str, &str) = ("vraag", "Mag ik aanbellen?");

#[tokio::test]
async fn mistakes_come_back_with_everything_typed() {
    let world = World::new().await;
    let form = world
        .post("/vraag/controle", &[("vraag", " "), ("naam", "Jo & \"Co\""), ("email", "jo")])
        .await;
    assert_eq!(form.status, 422);
    assert!(form.html.contains("<title>Fout: Stel uw vraag</title>"), "{}", form.html);
    assert!(form.html.contains("<error vraag>Vul in: VRAAG</error>"));
    assert!(form.html.contains("<error email>Geen e-mailadres</error>"));
    assert!(form.html.contains("<field naam=Jo &amp; &quot;Co&quot;>"), "{}", form.html);
    assert!(form.html.contains("<field email=jo>"));
}

#[tokio::test]
async fn every_wrong_post_gets_its_page_and_keeps_nothing() {
    let world = World::new().await;
    let long = "a".repeat(4001);
    let cases: [(&[(&str, &str)], u16); 8] = [
        (&[], 422),
        (&[TEXT, ("email", "a@b.nl\r\nBcc: c@d.nl")], 422),
        (&[TEXT, ("vraag", "nog een")], 422),
        (&[TEXT, ("onderwerp", "bestaat-niet")], 422),
        (&[TEXT, ("wijk", "Amsterdam")], 422),
        (&[("vraag", &long)], 422),
        (&[TEXT, ("", "leeg"), ("onbekend", "veld")], 200),
        (&[("vraag", "\0\u{202e}")], 422),
    ];
    for (fields, status) in cases {
        let answer = world.post("/vraag/controle", fields).await;
        assert_eq!(answer.status, status, "{fields:?} {}", answer.html);
        if status == 422 {
            let sent = world.post("/vraag/verstuur", fields).await;
            assert_eq!(sent.status, 422, "{fields:?}");
        }
    }
    assert!(world.table().await.is_empty());
    assert!(world.mailer.mails.lock().unwrap().is_empty());
}

#[tokio::test]
async fn bytes_that_are_no_form_get_a_page() {
    let world = World::new().await;
    let mut state = 1_u64;
    let mut noise = |length: usize| -> Vec<u8> {
        (0..length)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                (state >> 33) as u8
            })
            .collect()
    };
    for length in [0, 1, 7, 300, 4_000, 60_000] {
        for path in [
            "/vraag/controle",
            "/vraag/verstuur",
            "/vraag/code",
            "/partner/x",
            "/meedoen/controle",
            "/meedoen/verstuur",
            "/meedoen/code",
            "/meedoen/ontvangen/x",
            "/inzage/meedoen/x",
        ] {
            let answer = world.post_bytes(path, noise(length)).await;
            assert!((400..500).contains(&answer.status), "{path} {length}: {}", answer.status);
            assert!(answer.html.starts_with("<title>"));
        }
    }
    let big = world.post_bytes("/vraag/controle", vec![b'a'; 1 << 20]).await;
    assert_eq!(big.status, 413);
    let endless = world.post_bytes("/vraag/controle", vec![b'a'; 5 << 20]).await;
    assert_eq!(endless.status, 413);
    let json = Request::post("/vraag/controle")
        .header("content-type", "application/json")
        .body(Body::from("{}"))
        .unwrap();
    assert_eq!(world.send(json).await.status, 415);
    assert!(world.table().await.is_empty());
}

#[tokio::test]
async fn a_long_question_in_any_script_fits_through_the_door() {
    let world = World::new().await;
    for letter in ["a", "é", "ع", "ሰ"] {
        let text = letter.repeat(4000);
        assert_eq!(
            world.post("/vraag/controle", &[("vraag", &text)]).await.status,
            200,
            "{letter}"
        );
        let text = letter.repeat(4001);
        let wrong = world.post("/vraag/controle", &[("vraag", &text)]).await;
        assert_eq!(wrong.status, 422, "{letter}");
        assert!(wrong.html.contains(&text), "the text is kept");
    }
}

#[tokio::test]
async fn forged_old_and_doubled_nonces_show_the_check_page_again() {
    let world = World::new().await;
    let nonce = world.nonce(&[TEXT]).await;
    let forged = format!("{}{}", &nonce[..111], if nonce.ends_with('0') { '1' } else { '0' });
    let yes = ("delen", "ja");
    for fields in [
        vec![TEXT, yes],
        vec![TEXT, yes, ("nonce", forged.as_str())],
        vec![TEXT, yes, ("nonce", nonce.as_str()), ("nonce", nonce.as_str())],
    ] {
        let again = world.post("/vraag/verstuur", &fields).await;
        assert_eq!(again.status, 422);
        assert_eq!(again.hidden("vraag").as_deref(), Some(TEXT.1));
        assert!(again.html.contains("<warning>Verlopen</warning>"));
    }
    world.pass(SignedDuration::from_hours(25));
    let again = world.post("/vraag/verstuur", &[TEXT, yes, ("nonce", &nonce)]).await;
    assert_eq!(again.status, 422);
    assert!(world.table().await.is_empty());
    let fresh = again.hidden("nonce").unwrap();
    let sent = world.post("/vraag/verstuur", &[TEXT, yes, ("nonce", &fresh)]).await;
    assert_eq!(sent.status, 303);
}

#[tokio::test]
async fn no_answer_about_sharing_is_asked_for_again() {
    let world = World::new().await;
    let nonce = world.nonce(&[TEXT]).await;
    for answer in [vec![], vec![("delen", "misschien")], vec![("delen", "ja"), ("delen", "nee")]] {
        let mut fields = vec![TEXT, ("nonce", nonce.as_str())];
        fields.extend(answer);
        let page = world.post("/vraag/verstuur", &fields).await;
        assert_eq!(page.status, 422);
        assert!(page.html.contains("<error delen>"), "{}", page.html);
        assert_eq!(page.hidden("vraag").as_deref(), Some(TEXT.1));
        assert_eq!(page.hidden("nonce").as_deref(), Some(nonce.as_str()));
    }
    assert!(world.table().await.is_empty());
}

#[tokio::test]
async fn text_about_one_person_gets_a_warning_and_may_be_sent() {
    let world = World::new().await;
    for (text, warning) in [
        ("Zijn BSN is 111222333", "BSN"),
        ("Zij wonen op Eikenlaan 12", "adres"),
        ("Het is bij 5341 AB", "adres"),
        ("Bel 06-12345678", "telefoon"),
    ] {
        let check = world.post("/vraag/controle", &[("vraag", text)]).await;
        let expected = format!("<warning>Let op: {warning}</warning>");
        assert!(check.html.contains(&expected), "{text}: {}", check.html);
        assert_eq!(check.html.matches("<warning>").count(), 1, "{text}");
    }
}

#[tokio::test]
async fn other_sites_cannot_post_here() {
    let world = World::new().await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
        let request = Request::post("/vraag/controle")
            .header("content-type", "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::from("vraag=x"))
            .unwrap();
        assert_eq!(world.send(request).await.status, 403, "{name}");
    }
}
