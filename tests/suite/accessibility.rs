//! Every template in Chromium with axe, on a desk in light colours and on a phone in dark ones, and
//! no sideways scrolling at 320 pixels.

use serde_json::Value;
use tests::browser::Browser;
use tests::preview::Preview;
use tests::project::Project;
use tests::root;

const SUBMIT: &str = "main form button[type=submit]";
const SCREENS: [(u32, &str); 2] = [(1280, "light"), (320, "dark")];

struct Inspector {
    browser: Browser,
    axe: String,
    found: Vec<String>,
}

impl Inspector {
    async fn new() -> Self {
        let path = root().join("tests/.tools/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&path)
            .unwrap_or_else(|_| panic!("axe-core is not there: run tests/run, which fetches it"));
        Self { browser: Browser::open().await, axe, found: Vec::new() }
    }

    /// Looks at the page that is open now.
    async fn look(&mut self, name: &str) {
        self.browser.run(&self.axe).await;
        for (width, scheme) in SCREENS {
            self.browser.screen(width, scheme).await;
            let violations = self.browser.run_async(RUN_AXE).await;
            for violation in violations.as_array().expect("axe gives a list") {
                self.found.push(format!("{name}, {width} px, {scheme}: {}", describe(violation)));
            }
            let wide = self.browser.run("return document.documentElement.scrollWidth").await;
            if wide.as_u64().is_none_or(|wide| wide > u64::from(width)) {
                self.found.push(format!("{name}: {wide} px wide on a screen of {width}"));
            }
        }
        self.browser.screen(1280, "light").await;
    }

    async fn close(self) {
        self.browser.close().await;
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }
}

const RUN_AXE: &str = "const done = arguments[arguments.length - 1];
axe.run({ resultTypes: ['violations'] }).then(result => done(result.violations), error => done([{ id: String(error), nodes: [] }]));";

fn describe(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().map_or(&[][..], Vec::as_slice);
    let first = nodes.first().map_or("", |node| node["html"].as_str().unwrap_or_default());
    format!("{} ({}) {first}", violation["id"], nodes.len())
}

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

    let mails = preview.await_mails(2);
    let staff = mails
        .iter()
        .filter_map(|mail| mail["text"].as_str())
        .flat_map(str::split_whitespace)
        .find(|word| word.contains("/inzage/"))
        .expect("a link for staff");
    inspector.browser.go(&format!("{}/_mailbox/", preview.address)).await;
    inspector.look("mailbox").await;

    inspector.browser.go(staff).await;
    inspector.look("staff door").await;
    inspector.browser.follow(SUBMIT).await;
    inspector.look("staff door without a tick").await;
    inspector.browser.click("#lezen").await;
    inspector.browser.follow(SUBMIT).await;
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
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let mut inspector = Inspector::new().await;
    for lang in ["", "/ar"] {
        let form = format!("{}{lang}/meedoen/aanmelden/", preview.address);
        inspector.browser.go(&form).await;
        inspector.browser.follow(NEXT).await;
        inspector.look(&format!("{lang} roles with a mistake")).await;
        inspector.browser.click("#rollen-maatje").await;
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
    let mails = preview.await_mails(2);
    let words = mails.iter().filter_map(|mail| mail["text"].as_str());
    let words = words.flat_map(str::split_whitespace);
    let door = words.into_iter().find(|word| word.contains("/inzage/")).expect("an owner's link");
    inspector.browser.go(door).await;
    inspector.browser.follow(SUBMIT).await;
    inspector.look("door of a sign-up without a tick").await;
    inspector.browser.click("#lezen").await;
    inspector.browser.follow(SUBMIT).await;
    inspector.look("sign-up for its owner").await;
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
