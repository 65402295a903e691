//! A volunteer's way from *Meedoen* to the receipt and back out, in Chromium with JavaScript off, in
//! Dutch and in Arabic.

use serde_json::Value;
use tests::browser::Browser;
use tests::preview::Preview;
use tests::project::Project;

const NEXT: &str = "main form button:not([name])";
const SEND: &str = "#versturen";
const EMAIL: &str = "jo@voorbeeld.example";

fn text<'a>(mail: &'a Value, part: &str) -> &'a str {
    mail[part].as_str().expect("a mail has to, subject and text")
}

/// The secret address in a mail of the preview: the longest one.
fn link(mail: &Value) -> String {
    let words = text(mail, "text").split_whitespace();
    let addresses = words.filter(|word| word.starts_with("http://127.0.0.1"));
    addresses.max_by_key(|word| word.len()).expect("a link").to_owned()
}

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

    browser.go(&link(owners)).await;
    assert!(!browser.text().await.contains("Frans"));
    browser.follow("main button").await;
    assert!(browser.text_of(".summary").await.contains("Zet een vinkje"));
    browser.click("#lezen").await;
    browser.follow("main button").await;
    let shown = browser.text().await;
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
    browser.click("#lezen").await;
    browser.follow("main button").await;
    let shown = browser.text().await;
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
    browser.go(&link(owners)).await;
    browser.click("#lezen").await;
    browser.follow("main button").await;
    assert!(browser.text().await.contains("ONS Welzijn mag deze gegevens ook hebben"));
    browser.close().await;
}
