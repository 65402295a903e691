//! A volunteer's way from *Meedoen* to the receipt and back out, in Chromium with JavaScript off, in
//! Dutch and in Arabic.

use tests::browser::Browser;
use tests::desk;
use tests::letter::{link, text};
use tests::preview::Preview;
use tests::project::Project;

const NEXT: &str = "main form button:not([name])";
const SEND: &str = "#versturen";
const EMAIL: &str = "jo@voorbeeld.example";

#[tokio::test]
async fn a_volunteer_changes_her_mind_on_the_way_and_is_heard_once() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let browser = Browser::without_javascript().await;
    browser.go(&format!("{}/meedoen/", preview.address)).await;
    browser.follow("main a[href='/meedoen/aanmelden/']").await;
    assert_eq!(browser.text_of("main h2").await, "Wat wilt u doen?");

    // A full role is there to be read, and only that.
    let first = browser.text().await;
    assert!(first.contains("Begeleiden bij VluchtelingenWerk"), "{first}");
    assert!(first.contains("Nu vol: er zijn genoeg mensen."), "{first}");
    assert!(!browser.has("[value=begeleiden]").await, "a full role cannot be chosen");
    browser.follow(NEXT).await;
    assert!(browser.text_of(".summary").await.contains("Eén manier is genoeg"));
    let title = browser.client.title().await.expect("a title");
    assert!(title.starts_with("Fout: "), "{title}");
    browser.click("#rollen-taalmaatje").await;
    browser.click("#rollen-praktische-hulp").await;
    browser.follow(NEXT).await;

    assert_eq!(browser.text_of("h1").await, "Wanneer kunt u en in welke taal?");
    browser.click("#dagdelen-ochtend").await;
    browser.fill("#talen", "Nederlands & <b>Frans</b>").await;
    browser.choose("#wijk", "ruwaard").await;
    // Back to the first page and forward again: nothing is lost on either.
    browser.follow("button[name=terug]").await;
    assert!(browser.has("#rollen-taalmaatje:checked").await);
    browser.click("#rollen-praktische-hulp").await;
    browser.follow(NEXT).await;
    assert_eq!(browser.value("#talen").await, "Nederlands & <b>Frans</b>");
    assert_eq!(browser.value("#wijk").await, "ruwaard");
    assert!(browser.has("#dagdelen-ochtend:checked").await);
    browser.follow(NEXT).await;

    browser.fill("#naam", "Jo").await;
    browser.follow(NEXT).await;
    let summary = browser.text_of(".summary").await;
    assert!(summary.contains("Vul een e-mailadres of een telefoonnummer in"), "{summary}");
    assert!(summary.contains("18 jaar of ouder"), "{summary}");
    assert_eq!(browser.value("#naam").await, "Jo");
    browser.fill("#email", EMAIL).await;
    browser.click("#volwassen").await;
    browser.follow(NEXT).await;

    assert_eq!(browser.text_of("h1").await, "Controleer uw aanmelding");
    let check = browser.text().await;
    for words in ["Taalmaatje", "in de ochtend", "Nederlands & <b>Frans</b>", "Ruwaard", EMAIL] {
        assert!(check.contains(words), "{words} is not in {check}");
    }
    assert!(!check.contains("Praktische hulp"), "{check}");
    assert!(browser.has("#delen:not(:checked)").await, "sharing is for the volunteer to tick");
    assert!(preview.mails().is_empty());
    browser.follow("#verander-3").await;
    browser.fill("#telefoon", "0612345678").await;
    browser.follow(NEXT).await;
    browser.follow(SEND).await;

    assert_eq!(browser.text_of("h1").await, "Wij hebben uw aanmelding");
    let reference = browser.text_of("main .big").await;
    assert!(reference.starts_with("OSS-"), "{reference}");
    let mails = preview.await_mails(2);
    assert_eq!(mails.len(), 2);
    let mine = mails.iter().find(|mail| text(mail, "to") == EMAIL).expect("a confirmation");
    let owners = mails.iter().find(|mail| text(mail, "to") != EMAIL).expect("a mail for the owner");
    for mail in &mails {
        assert!(text(mail, "subject").contains(&reference), "{mail}");
        assert!(!mail["text"].to_string().contains("Frans"), "{mail}");
    }
    assert!(text(owners, "text").contains("Taalmaatje"), "{owners}");

    // Her languages and how to reach her are behind two doors of the inbox.
    desk::sign_in(&browser, &preview, &link(owners)).await;
    let closed = browser.text().await;
    assert!(!closed.contains("Frans") && !closed.contains(EMAIL), "{closed}");
    let opened = desk::open(&browser).await;
    assert!(!opened.contains(EMAIL) && !opened.contains("0612345678"), "{opened}");
    browser.go(&link(owners)).await;
    let shown = desk::open_with_contact(&browser).await;
    for words in ["Jo", EMAIL, "0612345678", "Frans", "Taalmaatje", "NIET aan ONS Welzijn"] {
        assert!(shown.contains(words), "{words} is not in {shown}");
    }

    // Her own link is the way out.
    browser.go(&link(mine)).await;
    assert!(browser.text().await.contains(&reference));
    browser.follow("main button").await;
    assert!(browser.text_of(".summary").await.contains("ja of nee"));
    browser.click("#intrekken-ja").await;
    browser.follow("main button").await;
    assert_eq!(browser.text_of("h1").await, "Uw aanmelding is ingetrokken");
    browser.go(&link(owners)).await;
    let shown = desk::open(&browser).await;
    assert!(!browser.has("main button[value=contact]").await, "there is nobody to reach");
    assert!(shown.contains("ingetrokken") && !shown.contains(EMAIL), "{shown}");
    browser.close().await;
}

#[tokio::test]
async fn the_whole_way_is_in_arabic() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let browser = Browser::without_javascript().await;
    browser.go(&format!("{}/ar/meedoen/", preview.address)).await;
    browser.follow("main a[href='/ar/meedoen/aanmelden/']").await;
    browser.click("#rollen-maatje").await;
    browser.follow(NEXT).await;
    assert!(browser.has("html[lang=ar][dir=rtl]").await);
    assert_eq!(browser.text_of("h1").await, "متى تستطيع وبأي لغة؟");
    browser.fill("#talen", "العربية وقليل من الهولندية").await;
    browser.follow(NEXT).await;
    browser.fill("#naam", "سارة").await;
    browser.fill("#email", EMAIL).await;
    browser.follow(NEXT).await;
    assert!(browser.text_of(".summary").await.contains("18 سنة"));
    browser.click("#volwassen").await;
    browser.follow(NEXT).await;
    let check = browser.text().await;
    assert!(check.contains("رفيق") && check.contains("العربية وقليل من الهولندية"), "{check}");
    browser.click("#delen").await;
    browser.follow(SEND).await;
    assert_eq!(browser.text_of("h1").await, "وصلنا تسجيلك");

    let mails = preview.await_mails(2);
    let mine = mails.iter().find(|mail| text(mail, "to") == EMAIL).expect("a confirmation");
    assert!(text(mine, "subject").starts_with("وصلنا تسجيلك: OSS-"), "{mine}");
    let owners = mails.iter().find(|mail| text(mail, "to") != EMAIL).expect("a mail for the owner");
    assert!(text(owners, "text").contains("Wil dit doen: Maatje"), "{owners}");
    desk::sign_in(&browser, &preview, &link(owners)).await;
    let shown = desk::open_with_contact(&browser).await;
    assert!(shown.contains("سارة") && shown.contains(EMAIL), "{shown}");
    assert!(shown.contains("ONS Welzijn mag deze gegevens ook hebben"), "{shown}");
    browser.close().await;
}

/// A role may be another organisation's: it has no inbox, and reads behind a link of its own.
#[tokio::test]
async fn the_owner_of_a_role_reads_without_an_account() {
    let project = Project::changed(
        "@ content/roles/taalmaatje.toml\n\
         - owner = \"vluchtelingenwerk\"\n\
         + owner = \"ons-welzijn\"",
    );
    let preview = Preview::of(&project);
    let browser = Browser::without_javascript().await;
    browser.go(&format!("{}/meedoen/aanmelden/", preview.address)).await;
    browser.click("#rollen-taalmaatje").await;
    browser.follow(NEXT).await;
    browser.fill("#talen", "Nederlands en Frans").await;
    browser.follow(NEXT).await;
    browser.fill("#naam", "Jo").await;
    browser.fill("#email", EMAIL).await;
    browser.click("#volwassen").await;
    browser.follow(NEXT).await;
    browser.follow(SEND).await;

    let owners = preview.await_mail_to("ons-welzijn@preview.example", 1);
    assert!(link(&owners).contains("/inzage/meedoen/"), "{owners}");
    browser.go(&link(&owners)).await;
    assert!(!browser.text().await.contains("Frans"));
    browser.follow("main button").await;
    assert!(browser.text_of(".summary").await.contains("Zet een vinkje"));
    browser.click("#lezen").await;
    browser.follow("main button").await;
    let shown = browser.text().await;
    for words in ["Jo", EMAIL, "Frans", "Taalmaatje"] {
        assert!(shown.contains(words), "{words} is not in {shown}");
    }
    assert!(preview.mails_to(desk::MAILBOX).is_empty(), "it is not about a role of theirs");

    // Another organisation's offer is nothing for the inbox.
    desk::sign_in(&browser, &preview, &format!("{}/inbox", preview.address)).await;
    browser.go(&format!("{}/inbox/aanmeldingen", preview.address)).await;
    let list = browser.text().await;
    assert!(list.contains("Hier ligt niets"), "{list}");
    browser.close().await;
}
