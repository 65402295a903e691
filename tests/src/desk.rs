//! A colleague of VluchtelingenWerk at the inbox, with a browser.

use crate::browser::Browser;
use crate::letter::link;
use crate::preview::Preview;

/// Who may sign in to the inbox of the preview.
pub const COORDINATOR: &str = "coordinator@preview.example";
/// The mailbox of the colleagues, where mails about questions go.
pub const MAILBOX: &str = "vluchtelingenwerk@preview.example";

pub const SUBMIT: &str = "main form button[type=submit]";
/// The button that opens a question or an offer, which is written down.
pub const OPEN: &str = "main button[value=openen]";
const REVEAL: &str = "main button[value=contact]";

/// Goes to a page of the inbox, signs in where it asks for that, and arrives at that page.
pub async fn sign_in(browser: &Browser, preview: &Preview, place: &str) {
    browser.go(place).await;
    assert_eq!(browser.path().await, "/inloggen", "the inbox is open to everybody");
    let mailed = ask(browser, preview).await;
    browser.go(&mailed).await;
    browser.follow(SUBMIT).await;
    let path = place.strip_prefix(&preview.address).expect("a page of the preview");
    assert_eq!(browser.path().await, path);
}

/// Types the address and waits for the mail: the link in it.
pub async fn ask(browser: &Browser, preview: &Preview) -> String {
    let before = preview.mails_to(COORDINATOR).len();
    browser.fill("#email", COORDINATOR).await;
    browser.follow(SUBMIT).await;
    link(&preview.await_mail_to(COORDINATOR, before + 1))
}

/// Opens the question or offer whose page is shown: all that it says then.
pub async fn open(browser: &Browser) -> String {
    browser.follow(OPEN).await;
    browser.text().await
}

/// The same, with how to reach whoever it is from.
pub async fn open_with_contact(browser: &Browser) -> String {
    open(browser).await;
    browser.follow(REVEAL).await;
    browser.text().await
}
