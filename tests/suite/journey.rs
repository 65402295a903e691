//! A resident's way from question to receipt, and the question's way to the one who reads it, in
//! Chromium with JavaScript off.

use tests::browser::Browser;
use tests::desk::{self, SUBMIT};
use tests::letter::{link, text};
use tests::preview::Preview;
use tests::project::Project;

const QUESTION: &str =
    "Hoe kan ik mijn nieuwe buren welkom heten? Ik spreek ook <b>Frans</b> & Engels.";
const EMAIL: &str = "bewoner@voorbeeld.example";
const SEND: &str = "main form[action='/vraag/verstuur'] button:not([name])";

#[tokio::test]
async fn a_question_with_mistakes_and_second_thoughts_arrives_once() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let browser = Browser::without_javascript().await;
    browser.go(&preview.address).await;
    assert_eq!(browser.text_of("h1").await, "Nieuwe buren in Oss");
    browser.follow("main a[href='/vraag/']").await;

    // Nothing filled in: the mistake is on top, and its link leads to the field.
    browser.follow(SUBMIT).await;
    assert!(browser.text_of(".summary").await.contains("Schrijf op wat u wilt vragen"));
    assert_eq!(
        browser.find(".summary a").await.attr("href").await.expect("a link").as_deref(),
        Some("#vraag")
    );
    let title = browser.client.title().await.expect("a title");
    assert!(title.starts_with("Fout: "), "{title}");

    // A wrong address: every other word stays.
    browser.fill("#vraag", QUESTION).await;
    browser.fill("#email", "bewoner@voorbeeld").await;
    browser.choose("#wijk", "ruwaard").await;
    browser.click("#onderwerp-samenleven").await;
    browser.follow(SUBMIT).await;
    assert!(browser.text_of(".summary").await.contains("Dit is geen volledig e-mailadres"));
    assert_eq!(browser.value("#vraag").await, QUESTION);
    assert_eq!(browser.value("#wijk").await, "ruwaard");
    assert!(browser.has("#onderwerp-samenleven:checked").await);
    browser.fill("#email", EMAIL).await;
    browser.follow(SUBMIT).await;

    // The check page reads it back, as text; going back keeps it.
    assert_eq!(browser.text_of("h1").await, "Controleer uw vraag");
    assert!(browser.text().await.contains(QUESTION));
    browser.follow("button[name=terug]").await;
    assert_eq!(browser.value("#vraag").await, QUESTION);
    assert_eq!(browser.value("#email").await, EMAIL);
    browser.follow(SUBMIT).await;

    // No choice about sharing: asked again, nothing sent.
    browser.follow(SEND).await;
    assert!(browser.text_of(".summary").await.contains("ja of nee"));
    assert!(preview.mails().is_empty());
    browser.click("#delen-nee").await;
    browser.follow(SEND).await;

    // The receipt, and the same receipt for who goes back and sends again.
    assert_eq!(browser.text_of("h1").await, "Wij hebben uw vraag");
    let reference = browser.text_of("main .big").await;
    assert!(reference.starts_with("OSS-"), "{reference}");
    let receipt = browser.path().await;
    // The page before is not kept by the browser, which sends its post again.
    browser.back().await;
    browser.again().await;
    browser.click("#delen-nee").await;
    browser.follow(SEND).await;
    assert_eq!(browser.path().await, receipt);

    // Two mails, and in neither a word of the question.
    let mails = preview.await_mails(2);
    assert_eq!(mails.len(), 2);
    for mail in &mails {
        assert!(text(mail, "subject").contains(&reference), "{mail}");
        assert!(!mail.to_string().contains("welkom heten"), "{mail}");
    }
    let staff = mails.iter().find(|mail| text(mail, "to") != EMAIL).expect("a mail for staff");
    assert!(text(staff, "text").contains("Ruwaard"), "{staff}");

    // Behind the link one signs in; then stands a door; behind the door the question, and behind
    // another one how to reach its resident.
    desk::sign_in(&browser, &preview, &link(staff)).await;
    assert!(!browser.text().await.contains("welkom heten"));
    let case = desk::open(&browser).await;
    assert!(case.contains(QUESTION) && !case.contains(EMAIL), "{case}");
    browser.go(&link(staff)).await;
    let case = desk::open_with_contact(&browser).await;
    assert!(case.contains(QUESTION) && case.contains(EMAIL), "{case}");
    assert!(case.contains("NIET delen"), "{case}");

    // The resident's own link still works after a restart.
    let resident = mails.iter().find(|mail| text(mail, "to") == EMAIL).expect("a confirmation");
    let path = link(resident)
        .split_once("127.0.0.1")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map(|(_, path)| path.to_owned())
        .expect("a path");
    let sent = preview.mails().len();
    preview.kill();
    let preview = Preview::of(&project);
    browser.go(&format!("{}/{path}", preview.address)).await;
    assert!(browser.text().await.contains(&reference));
    assert_eq!(preview.mails().len(), sent, "mails survive, and none is sent twice");
    browser.close().await;
}

#[tokio::test]
async fn an_incident_stops_at_telephone_numbers_and_keeps_nothing() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let browser = Browser::without_javascript().await;
    browser.go(&format!("{}/vraag/", preview.address)).await;
    browser.click("#onderwerp-incident").await;
    browser.fill("#vraag", "Er is een ruit ingegooid.").await;
    browser.follow(SUBMIT).await;
    let stop = browser.text().await;
    for words in ["112", "0900-8844", "0800-7000", "niets bewaard"] {
        assert!(stop.contains(words), "{words} is not in {stop}");
    }
    assert!(!browser.has("form[action='/vraag/verstuur']").await);

    // Somebody who chose it by mistake goes on with their text.
    browser.follow("button[name=terug]").await;
    assert_eq!(browser.value("#vraag").await, "Er is een ruit ingegooid.");
    assert!(preview.mails().is_empty());
    browser.close().await;
}

#[tokio::test]
async fn the_code_on_paper_opens_the_receipt() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let browser = Browser::without_javascript().await;
    browser.go(&format!("{}/vraag/", preview.address)).await;
    browser.fill("#vraag", "Wanneer is de koffieochtend?").await;
    browser.follow(SUBMIT).await;
    if browser.has("#delen-nee").await {
        browser.click("#delen-nee").await;
    }
    browser.follow(SEND).await;
    let reference = browser.text_of("main .big").await;
    let code = browser.text_of("main .code").await;

    browser.go(&format!("{}/vraag/code?lang=nl", preview.address)).await;
    browser.fill("#code", "AAAA-AAAA-AAAA-AAAA").await;
    browser.follow(SUBMIT).await;
    assert!(browser.text_of(".summary").await.contains("Wij kennen deze code niet"));
    browser.fill("#code", &code.to_lowercase().replace('-', " ")).await;
    browser.follow(SUBMIT).await;
    assert!(browser.text().await.contains(&reference));
    // Without an address there is nobody to confirm to.
    assert_eq!(preview.await_mails(1).len(), 1);
    browser.close().await;
}

/// Without JavaScript and without a mouse, in three scripts and two directions: asked, sent, looked up,
/// and taken back.
#[tokio::test]
async fn a_keyboard_is_enough_in_every_script() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let browser = Browser::without_javascript().await;
    for (lang, home, dir, words) in [
        ("nl", "", "ltr", "Mag ik aanbellen?"),
        ("ar", "/ar", "rtl", "هل يمكنني أن أطرق الباب؟"),
        ("ti", "/ti", "ltr", "ማዕጾ ክኹሕኩሕ ይኽእል ዶ?"),
    ] {
        browser.go(&format!("{}{home}/vraag/", preview.address)).await;
        browser.tab_to("#vraag").await;
        browser.keys(words).await;
        browser.tab_to("#email").await;
        browser.keys(&format!("{lang}@voorbeeld.example")).await;
        browser.tab_to("main form button").await;
        browser.enter().await;

        assert!(
            browser.has(&format!("html[lang={lang}][dir={dir}]")).await,
            "the check page: {lang}"
        );
        assert!(browser.text().await.contains(words), "{lang}");
        browser.tab_to("#delen-ja").await;
        // A space chooses; no arrow did so by accident.
        browser.keys(" ").await;
        browser.tab_to("main form button:not([name])").await;
        browser.enter().await;

        assert!(browser.has(&format!("html[lang={lang}][dir={dir}]")).await, "the receipt: {lang}");
        let reference = browser.text_of("main .big").await;
        browser.tab_to("main a.long").await;
        browser.enter().await;
        assert!(browser.text().await.contains(&reference), "{lang}");
        assert!(!browser.text().await.contains(words), "others may read behind this link: {lang}");
        browser.tab_to("#intrekken").await;
        browser.keys(" ").await;
        browser.tab_to("form:has(#intrekken) button").await;
        browser.enter().await;
        assert!(!browser.has("#intrekken").await, "it is taken back: {lang}");

        let mails = preview.await_mails(1);
        let address = format!("{lang}@voorbeeld.example");
        assert!(mails.iter().all(|mail| !mail.to_string().contains(words)), "{lang}");
        let own = mails.iter().filter(|mail| text(mail, "to") == address);
        assert!(own.clone().all(|mail| text(mail, "text").contains(&reference)), "{lang}");
    }
    browser.close().await;
}
