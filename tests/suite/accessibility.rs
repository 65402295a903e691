//! Every template in Chromium with axe, on a desk in light colours and on a phone in dark ones, and
//! no sideways scrolling at 320 pixels.

use tests::desk::{self, SUBMIT};
use tests::inspector::Inspector;
use tests::letter::link;
use tests::preview::Preview;
use tests::project::Project;

#[tokio::test]
async fn no_page_of_the_site_has_a_violation() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let mut inspector = Inspector::new().await;
    for path in [
        "/",
        "/wie-bel-ik/",
        "/vragen/",
        "/vragen/wat-kan-ik-doen/",
        "/wijken-en-dorpen/",
        "/wijken-en-dorpen/centrum-krinkelhoek-mettegeupel/",
        "/meedoen/",
        "/meedoen/aanmelden/",
        "/vraag/",
        "/folders/",
        "/folders/centrum-krinkelhoek-mettegeupel/",
        "/privacy/",
        "/deze-pagina-is-er-niet/",
        "/vraag/code",
        "/meedoen/code",
        "/inzage/geen-geldige-link",
        "/zoeken/",
        "/nieuws/",
        "/nieuws/vier-talen/",
        // Each kind of page in the other languages, and texts that stand in for a translation.
        "/en/",
        "/en/questions/",
        "/en/search-this-site/",
        "/en/news/",
        "/ar/",
        "/ar/wie-bel-ik/",
        "/ar/vragen/",
        "/ar/vragen/wat-kan-ik-doen/",
        "/ar/wijken-en-dorpen/",
        "/ar/wijken-en-dorpen/ruwaard/",
        "/ar/meedoen/",
        "/ar/meedoen/aanmelden/",
        "/ar/vraag/",
        "/ar/folders/",
        "/ar/folders/ruwaard/",
        "/ar/privacy/",
        "/ar/zoeken/",
        "/ar/nieuws/vier-talen/",
        "/ar/deze-pagina-is-er-niet/",
        "/ti/",
        "/ti/wie-bel-ik/",
        "/ti/vragen/",
        "/ti/wijken-en-dorpen/ruwaard/",
        "/ti/vraag/",
        "/ti/meedoen/aanmelden/",
        "/ti/folders/lith/",
        "/ti/privacy/",
        "/ti/zoeken/",
    ] {
        inspector.browser.go(&format!("{}{path}", preview.address)).await;
        inspector.look(path).await;
    }
    inspector.close().await;
}

#[tokio::test]
async fn no_step_of_the_form_has_a_violation() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let mut inspector = Inspector::new().await;
    let form = format!("{}/vraag/", preview.address);

    inspector.browser.go(&form).await;
    inspector.browser.fill("#email", "geen adres").await;
    inspector.browser.click("#onderwerp-huis").await;
    inspector.browser.follow(SUBMIT).await;
    inspector.look("mistakes").await;

    inspector
        .browser
        .fill("#vraag", "Mijn buurman woont op Dorpsstraat 5, 5341 AB. Mag dat?")
        .await;
    inspector.browser.fill("#email", "bewoner@voorbeeld.example").await;
    inspector.browser.follow(SUBMIT).await;
    inspector.look("check page with a warning").await;

    inspector.browser.follow("main form button:not([name])").await;
    inspector.look("check page without a choice").await;

    inspector.browser.click("#delen-ja").await;
    inspector.browser.follow("main form button:not([name])").await;
    inspector.look("receipt").await;

    inspector.browser.go(&form).await;
    inspector.browser.click("#onderwerp-incident").await;
    inspector.browser.fill("#vraag", "Er is iets gebeurd.").await;
    inspector.browser.follow(SUBMIT).await;
    inspector.look("stop screen").await;

    inspector.browser.go(&format!("{}/vraag/code", preview.address)).await;
    inspector.browser.fill("#code", "onbekend").await;
    inspector.browser.follow(SUBMIT).await;
    inspector.look("unknown code").await;

    let staff = link(&preview.await_mail_to(desk::MAILBOX, 1));
    inspector.browser.go(&format!("{}/_mailbox/", preview.address)).await;
    inspector.look("mailbox").await;

    // Every other page of the inbox: `inbox.rs`.
    desk::sign_in(&inspector.browser, &preview, &staff).await;
    inspector.look("staff door").await;
    let case = desk::open(&inspector.browser).await;
    assert!(case.contains("Mijn buurman woont op Dorpsstraat 5"), "{case}");
    inspector.look("staff case").await;
    inspector.close().await;
}

/// What a resident meets who comes back to a question, in a language from each direction and script.
#[tokio::test]
async fn no_step_after_sending_has_a_violation() {
    const SEND: &str = "main form button:not([name])";
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let mut inspector = Inspector::new().await;
    for lang in ["", "/ar", "/ti"] {
        inspector.browser.go(&format!("{}{lang}/vraag/", preview.address)).await;
        inspector.browser.fill("#vraag", "Mag ik aanbellen?").await;
        inspector.browser.follow(SUBMIT).await;
        inspector.browser.follow(SEND).await;
        inspector.browser.follow("main a.long").await;
        inspector.look(&format!("{lang} status")).await;
        inspector.browser.follow("form:has(#intrekken) button").await;
        inspector.look(&format!("{lang} status, no tick")).await;
        inspector.browser.follow("form:has(#geholpen) button").await;
        inspector.look(&format!("{lang} status, no choice")).await;
        inspector.browser.fill("#aanvulling", "Nog iets.").await;
        inspector.browser.follow("form:has(#aanvulling) button").await;
        inspector.look(&format!("{lang} status, more words")).await;
        inspector.browser.click("#intrekken").await;
        inspector.browser.follow("form:has(#intrekken) button").await;
        inspector.look(&format!("{lang} status, taken back")).await;
        let code = lang.trim_start_matches('/');
        inspector.browser.go(&format!("{}/link?lang={code}", preview.address)).await;
        inspector.browser.fill("#email", "geen adres").await;
        inspector.browser.follow(SUBMIT).await;
        inspector.look(&format!("{lang} link, no address")).await;
        inspector.browser.fill("#email", "niemand@voorbeeld.example").await;
        inspector.browser.follow(SUBMIT).await;
        inspector.look(&format!("{lang} link, sent")).await;
    }
    inspector.close().await;
}

#[tokio::test]
async fn no_step_of_the_sign_up_has_a_violation() {
    const NEXT: &str = "main form button:not([name])";
    // One role stays with the first contact, and one is another organisation's.
    let project = Project::changed(
        "@ content/roles/maatje.toml\n\
         - owner = \"vluchtelingenwerk\"\n\
         + owner = \"ons-welzijn\"",
    );
    let preview = Preview::of(&project);
    let mut inspector = Inspector::new().await;
    for lang in ["", "/ar"] {
        let form = format!("{}{lang}/meedoen/aanmelden/", preview.address);
        inspector.browser.go(&form).await;
        inspector.browser.follow(NEXT).await;
        inspector.look(&format!("{lang} roles with a mistake")).await;
        inspector.browser.click("#rollen-maatje").await;
        inspector.browser.click("#rollen-taalmaatje").await;
        inspector.browser.follow(NEXT).await;
        inspector.look(&format!("{lang} second page")).await;
        let long = "Nederlands ".repeat(9);
        inspector.browser.fill("#talen", &long).await;
        inspector.browser.click("#dagdelen-avond").await;
        inspector.browser.follow(NEXT).await;
        inspector.browser.follow(NEXT).await;
        inspector.look(&format!("{lang} third page with mistakes")).await;
        inspector.browser.fill("#naam", "Jo").await;
        inspector.browser.fill("#email", &format!("{}@voorbeeld.example", "jo".repeat(30))).await;
        inspector.browser.click("#volwassen").await;
        inspector.browser.follow(NEXT).await;
        inspector.look(&format!("{lang} check page")).await;
        inspector.browser.follow("#versturen").await;
        inspector.look(&format!("{lang} receipt")).await;
        inspector.browser.follow("main form button").await;
        inspector.look(&format!("{lang} receipt, undecided")).await;
        inspector.browser.click("#intrekken-ja").await;
        inspector.browser.follow("main form button").await;
        inspector.look(&format!("{lang} taken back")).await;
    }
    let door = link(&preview.await_mail_to("ons-welzijn@preview.example", 1));
    assert!(door.contains("/inzage/meedoen/"), "{door}");
    inspector.browser.go(&door).await;
    inspector.browser.follow(SUBMIT).await;
    inspector.look("door of a sign-up without a tick").await;
    inspector.browser.click("#lezen").await;
    inspector.browser.follow(SUBMIT).await;
    inspector.look("sign-up for its owner").await;

    let inbox = link(&preview.await_mail_to(desk::MAILBOX, 1));
    desk::sign_in(&inspector.browser, &preview, &inbox).await;
    inspector.look("sign-up, closed").await;
    let shown = desk::open(&inspector.browser).await;
    assert!(shown.contains("Taalmaatje"), "{shown}");
    inspector.look("sign-up, opened").await;
    inspector.close().await;
}

#[tokio::test]
async fn an_empty_mailbox_has_no_violation() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let mut inspector = Inspector::new().await;
    inspector.browser.go(&format!("{}/_mailbox/", preview.address)).await;
    inspector.look("mailbox").await;
    inspector.close().await;
}
