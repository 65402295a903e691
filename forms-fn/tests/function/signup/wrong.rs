//! What can go wrong on the way of a sign-up: everything filled in stays, and nothing is kept.

use forms_core::RoleState;
use jiff::SignedDuration;

use super::{CHECK, SEND, hidden, least, nonce, offer, with};
use crate::world::World;

/// What is changed, the page that comes back, and what it says.
type Case = (&'static [(&'static str, &'static str)], u8, &'static str);

#[tokio::test]
async fn every_mistake_leads_to_its_page_with_everything_kept() {
    let world = World::new().await;
    const LONG: &str = match std::str::from_utf8(&[b'a'; 101]) {
        Ok(text) => text,
        Err(_) => "",
    };
    let cases: [Case; 14] = [
        (&[("rollen", "")], 1, "<error rollen>"),
        (&[("rollen", "koning")], 1, "<error rollen>"),
        (&[("rollen", "gids")], 1, "<error rollen>GIDS is nu vol</error>"),
        (
            &[("rollen", "gids"), ("rollen", "taal"), ("naam", "")],
            1,
            "<error rollen>GIDS is nu vol",
        ),
        (&[("dagdelen", "nacht")], 2, "<error dagdelen>"),
        (&[("talen", LONG)], 2, "<error talen>"),
        (&[("talen", "Frans\r\nDuits")], 2, "<error talen>"),
        (&[("wijk", "Amsterdam")], 2, "<error wijk>"),
        (&[("naam", " ")], 3, "<error naam>Vul in: NAAM</error>"),
        (&[("naam", "Jo"), ("naam", "Jan")], 3, "<error naam>Dubbel</error>"),
        (&[("telefoon", "")], 3, "<error email>E-mailadres of telefoonnummer</error>"),
        (&[("email", "jo")], 3, "<error email>Geen e-mailadres</error>"),
        (&[("telefoon", "bel mij")], 3, "<error telefoon>"),
        (&[("volwassen", "")], 3, "<error volwassen>Vul in: VOLWASSEN</error>"),
    ];
    for (wrong, page, words) in cases {
        let fields = with(&least(), wrong);
        for path in [CHECK, SEND] {
            let answer = world.post(path, &fields).await;
            assert_eq!(answer.status, 422, "{wrong:?}");
            assert!(answer.html.contains(words), "{words} is not in {}", answer.html);
            assert!(answer.html.contains(&format!("<page {page} of 3>")), "{}", answer.html);
            assert!(answer.html.contains("<h1>Fout: "), "{}", answer.html);
            // What stands on another page goes along, whatever is wrong on this one.
            let name = if page == 3 { "rollen" } else { "volwassen" };
            let value = fields.iter().find(|(own, _)| *own == name).unwrap().1;
            assert_eq!(answer.hidden(name).as_deref(), Some(value), "{wrong:?}");
        }
    }
    assert!(world.table().await.is_empty());
}

#[tokio::test]
async fn going_back_calls_nothing_wrong_and_loses_nothing() {
    let world = World::new().await;
    for (value, page) in [("1", 1), ("2", 2), ("3", 3), ("0", 1), ("9", 3), ("x", 1)] {
        for path in [CHECK, SEND] {
            let fields = with(&offer(), &[("email", "geen adres"), ("terug", value)]);
            let answer = world.post(path, &fields).await;
            assert!(answer.html.contains(&format!("<page {page} of 3>")), "{}", answer.html);
            assert!(!answer.html.contains("<error"), "{}", answer.html);
            let typed = offer();
            let others = ["lang", "stap", "email"];
            for (name, value) in typed.iter().filter(|(name, _)| !others.contains(name)) {
                let value = value.replace('<', "&lt;").replace('>', "&gt;");
                let forms = [
                    format!("<hidden {name}={value}>"),
                    format!("<field {name}={value}"),
                    format!("<option {value} "),
                ];
                let kept = forms.iter().any(|form| answer.html.contains(form));
                assert!(kept, "{name}={value} is lost: {}", answer.html);
            }
        }
    }
}

#[tokio::test]
async fn a_forged_step_skips_nothing() {
    let world = World::new().await;
    for step in ["3", "99", "-1", "", "drie"] {
        let answer = world.post(CHECK, &[("stap", step)]).await;
        assert_eq!(answer.status, 422, "{step}");
        assert!(answer.html.contains("<page 1 of 3>"), "{}", answer.html);
    }
}

#[tokio::test]
async fn a_role_that_fills_up_meanwhile_is_told_and_costs_nothing_else() {
    let world = World::new().await;
    let fields = with(&offer(), &[("delen", "ja")]);
    let nonce = nonce(&world, &fields).await;
    let later = world.released(|manifest| {
        manifest.roles.iter_mut().filter(|role| role.id == "maatje").for_each(|role| {
            role.state = RoleState::Full;
        });
    });
    let later = later.await;
    let sent = fields.iter().copied().chain([("nonce", nonce.as_str())]);
    let told = later.post(SEND, &sent.collect::<Vec<_>>()).await;
    assert_eq!(told.status, 422);
    assert!(told.html.contains("<h1>Fout: Controleer uw aanmelding"), "{}", told.html);
    assert!(told.html.contains("<full MAATJE>"), "{}", told.html);
    assert!(told.html.contains("<shown rollen=ROLLEN: KLUS;>"), "{}", told.html);
    assert!(told.html.contains("<shown naam=NAAM: Jo de Wit;>"));
    assert!(later.table().await.is_empty());

    let again: Vec<_> = hidden(&told);
    let again: Vec<(&str, &str)> = again.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(later.post(SEND, &again).await.status, 303, "the rest can be sent");

    // Where it was the only one, there is something to choose first.
    let only = later.post(SEND, &with(&least(), &[("rollen", "maatje")])).await;
    assert_eq!(only.status, 422);
    assert!(only.html.contains("<page 1 of 3><error rollen>MAATJE is nu vol"), "{}", only.html);
    assert_eq!(only.hidden("naam").as_deref(), Some("Jo"));
}

#[tokio::test]
async fn an_old_or_forged_page_is_shown_again() {
    let world = World::new().await;
    let nonce = nonce(&world, &offer()).await;
    let forged = format!("{}{}", &nonce[..111], if nonce.ends_with('0') { '1' } else { '0' });
    for nonces in [vec![], vec![forged.as_str()], vec![nonce.as_str(), nonce.as_str()]] {
        let mut fields: Vec<(&str, &str)> = offer();
        fields.extend(nonces.iter().map(|nonce| ("nonce", *nonce)));
        let again = world.post(SEND, &fields).await;
        assert_eq!(again.status, 422);
        assert!(again.html.contains("<expired>"), "{}", again.html);
    }
    world.pass(SignedDuration::from_hours(25));
    let mut fields: Vec<(&str, &str)> = offer();
    fields.push(("nonce", &nonce));
    assert!(world.post(SEND, &fields).await.html.contains("<expired>"));
    assert!(world.table().await.is_empty());
}

#[tokio::test]
async fn a_store_that_is_away_costs_no_word() {
    let (stop, _stopped) = tokio::sync::oneshot::channel();
    let world = World::at("http://127.0.0.1:9", stop).await;
    let ticked = with(&offer(), &[("delen", "ja")]);
    let nonce = nonce(&world, &ticked).await;
    let mut fields: Vec<(&str, &str)> = ticked.clone();
    fields.push(("nonce", &nonce));
    let page = world.post(SEND, &fields).await;
    assert_eq!(page.status, 503);
    assert!(page.html.contains("<h1>Uw aanmelding is NIET verstuurd</h1>"), "{}", page.html);
    assert!(page.html.contains("<retry /meedoen/verstuur>"));
    let kept = hidden(&page);
    for (name, value) in
        fields.iter().filter(|(name, value)| *name != "stap" && !value.contains('<'))
    {
        let pair = ((*name).to_owned(), (*value).to_owned());
        assert!(kept.contains(&pair), "{name}={value} is lost: {}", page.html);
    }
}
