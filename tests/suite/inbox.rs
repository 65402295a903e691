//! A question's way through VluchtelingenWerk's inbox and a partner's page, back to its resident: in
//! Chromium without JavaScript, each page looked at with axe, on a desk and on a telephone.

use tests::browser::Browser;
use tests::desk::{self, COORDINATOR, MAILBOX, OPEN, SUBMIT};
use tests::inspector::Inspector;
use tests::letter::{link, text};
use tests::preview::{Preview, wait_until};
use tests::project::Project;

const PARTNER: &str = "mooiland@preview.example";
const RESIDENT: &str = "bewoner@voorbeeld.example";
const SUMMARY: &str = "Een bewoner vraagt wie de <lamp> in de hal maakt.\nGeen haast.";
const REPLY: &str = "Wij maken de lamp donderdag. Bel ons als het & eerder moet.";

/// What differs with the resident's language.
struct Words {
    home: &'static str,
    question: &'static str,
    /// What the coordinator sends; without it, what the partner wrote.
    answer: Option<&'static str>,
    /// Begins the subject of the mail that says that there is an answer.
    answered: &'static str,
    /// On the status page when it is over.
    glad: &'static str,
}

const DUTCH: Words = Words {
    home: "",
    question: "De lamp in de hal is stuk. Wie maakt <hem>?",
    answer: None,
    answered: "Er is een antwoord op uw vraag: ",
    glad: "Fijn dat u geholpen bent.",
};

const ARABIC: Words = Words {
    home: "/ar",
    question: "المصباح في المدخل معطّل. من يصلحه؟ 123",
    answer: Some("سيصلحون المصباح يوم الخميس."),
    answered: "هناك جواب عن سؤالك: ",
    glad: "يسعدنا أنك حصلت على المساعدة.",
};

#[tokio::test]
async fn a_question_is_asked_forwarded_answered_and_closed() {
    whole_way(&DUTCH).await;
}

#[tokio::test]
async fn a_question_in_arabic_is_asked_forwarded_answered_and_closed() {
    whole_way(&ARABIC).await;
}

/// The people of one question, each at a browser of their own: resident and partner keep no cookies, so
/// one does for both.
struct Story<'a> {
    words: &'a Words,
    preview: &'a Preview,
    desk: Inspector,
    away: Inspector,
    reference: String,
}

async fn whole_way(words: &Words) {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let mut story = Story {
        words,
        preview: &preview,
        desk: Inspector::without_javascript().await,
        away: Inspector::without_javascript().await,
        reference: String::new(),
    };
    story.resident_asks().await;
    story.coordinator_signs_in().await;
    story.coordinator_reads().await;
    story.coordinator_forwards().await;
    story.partner_reads().await;
    story.partner_sees_the_contact_data().await;
    story.partner_answers().await;
    story.coordinator_answers().await;
    story.resident_is_helped().await;
    story.coordinator_looks_around().await;
    for mail in preview.mails() {
        for secret in [words.question, "de <lamp>", "maken de lamp", "Karim"] {
            assert!(!mail.to_string().contains(secret), "{secret} is in a mail: {mail}");
        }
    }
    story.away.close().await;
    story.desk.close().await;
}

impl Story<'_> {
    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.preview.address)
    }

    async fn on_desk(&mut self, name: &str) {
        self.desk.look(&format!("{} inbox: {name}", self.words.home)).await;
    }

    async fn on_away(&mut self, name: &str) {
        self.away.look(&format!("{} {name}", self.words.home)).await;
    }

    async fn resident_asks(&mut self) {
        let browser = &self.away.browser;
        browser.go(&self.url(&format!("{}/vraag/", self.words.home))).await;
        browser.fill("#vraag", self.words.question).await;
        browser.click("#onderwerp-huis").await;
        browser.choose("#wijk", "ruwaard").await;
        browser.fill("#naam", "Karim").await;
        browser.fill("#email", RESIDENT).await;
        browser.follow(SUBMIT).await;
        browser.click("#delen-ja").await;
        browser.follow("main form[action='/vraag/verstuur'] button:not([name])").await;
        self.reference = browser.text_of("main .big").await;
    }

    async fn coordinator_signs_in(&mut self) {
        let place = link(&self.preview.await_mail_to(MAILBOX, 1));
        self.desk.browser.go(&place).await;
        assert_eq!(self.desk.browser.path().await, "/inloggen");
        self.on_desk("signing in").await;
        self.desk.browser.fill("#email", "geen adres").await;
        self.desk.browser.follow(SUBMIT).await;
        assert!(self.desk.browser.text_of(".summary").await.contains("geen volledig e-mailadres"));
        self.on_desk("signing in without an address").await;

        let mailed = desk::ask(&self.desk.browser, self.preview).await;
        self.on_desk("look into your mail").await;
        self.desk.browser.fill("#code", "ABCD-EFGH").await;
        self.desk.browser.follow(SUBMIT).await;
        assert!(self.desk.browser.text_of(".summary").await.contains("Deze code klopt niet"));
        self.on_desk("a wrong code").await;

        // On another device the link shows a code; in the browser that asked, a button.
        self.away.browser.go(&mailed).await;
        assert!(self.away.browser.text().await.contains("Geef deze code aan niemand"));
        assert!(!self.away.browser.has(SUBMIT).await);
        self.on_away("the link of signing in elsewhere").await;
        self.desk.browser.go(&mailed).await;
        self.on_desk("the link of signing in").await;
        self.desk.browser.follow(SUBMIT).await;
        assert!(place.ends_with(&self.desk.browser.path().await), "not where the mail led to");
        let door = self.desk.browser.text().await;
        assert!(door.contains(&self.reference) && !door.contains(self.words.question), "{door}");
        self.on_desk("the door of a question").await;
    }

    async fn coordinator_reads(&mut self) {
        self.desk.browser.go(&self.url("/inbox")).await;
        let list = self.desk.browser.text().await;
        assert!(list.contains(&self.reference) && list.contains("Nieuw"), "{list}");
        assert!(list.contains("Ruwaard") && !list.contains(self.words.question), "{list}");
        self.on_desk("list").await;
        let case = desk::open(&self.desk.browser).await;
        assert!(case.contains(self.words.question), "{case}");
        assert!(!case.contains("Karim") && !case.contains(RESIDENT), "{case}");
        assert!(case.contains("U mag deze gegevens delen"), "{case}");
        self.on_desk("a new question").await;

        self.press("oppakken").await;
        assert!(self.desk.browser.text_of(".done").await.contains("U hebt de vraag opgepakt"));
        self.desk.browser.click("details:has(#notitie) summary").await;
        self.press("noteren").await;
        assert!(self.desk.browser.text_of(".summary").await.contains("Schrijf uw notitie op"));
        self.on_desk("a note without words").await;
        self.desk.browser.fill("#notitie", "Ik bel morgen.").await;
        self.press("noteren").await;
        self.press("contact").await;
        let case = self.desk.browser.text().await;
        for words in ["In behandeling", "Ik bel morgen.", "Karim", RESIDENT] {
            assert!(case.contains(words), "{words} is not in {case}");
        }
        self.on_desk("with a note and contact data").await;
    }

    async fn press(&self, deed: &str) {
        self.desk.browser.follow(&format!("main button[name=doe][value={deed}]")).await;
    }

    async fn coordinator_forwards(&mut self) {
        self.desk.browser.click("details:has(#samenvatting) summary").await;
        self.press("voorbeeld").await;
        assert!(self.desk.browser.text_of(".summary").await.contains("Kies een organisatie"));
        self.on_desk("forwarding to nobody").await;
        self.desk.browser.click("#org-mooiland").await;
        self.desk.browser.fill("#samenvatting", SUMMARY).await;
        self.desk.browser.click("#origineel").await;
        self.desk.browser.click("#gegevens").await;
        self.press("voorbeeld").await;
        self.on_desk("the preview of forwarding").await;
        assert!(self.preview.mails_to(PARTNER).is_empty(), "a preview sends nothing");

        // Second thoughts: every word is still there.
        self.press("terug").await;
        assert_eq!(self.desk.browser.value("#samenvatting").await, SUMMARY);
        assert!(self.desk.browser.has("#org-mooiland:checked").await);
        assert!(self.desk.browser.has("#gegevens:checked").await);
        self.press("voorbeeld").await;
    }

    async fn partner_reads(&mut self) {
        let promised = self.desk.browser.text_of(".preview").await;
        assert!(promised.contains(SUMMARY) && promised.contains(self.words.question), "{promised}");
        self.press("doorsturen").await;
        let case = self.desk.browser.text().await;
        assert!(case.contains("De vraag is doorgestuurd.") && case.contains("Mooiland"), "{case}");
        self.on_desk("forwarded").await;

        let door = link(&self.preview.await_mail_to(PARTNER, 1));
        self.away.browser.go(&door).await;
        let closed = self.away.browser.text().await;
        assert!(closed.contains(&self.reference) && !closed.contains("lamp"), "{closed}");
        self.on_away("partner, door").await;
        self.away.browser.follow(SUBMIT).await;
        assert!(self.away.browser.text_of(".summary").await.contains("Zet een vinkje"));
        self.on_away("partner, door without a tick").await;
        self.away.browser.click("#keuze").await;
        self.away.browser.follow(SUBMIT).await;
        assert_eq!(self.away.browser.text_of(".handed").await, promised, "not as it was shown");
        let page = self.away.browser.text().await;
        assert!(!page.contains("Karim") && !page.contains(RESIDENT), "{page}");
        assert!(!page.contains("Ik bel morgen"), "a note is for colleagues: {page}");
        self.on_away("partner, question").await;
    }

    async fn partner_sees_the_contact_data(&mut self) {
        self.away.browser.click("#zeker").await;
        self.away.browser.follow("button[value=code]").await;
        self.on_away("partner, asked for a code").await;
        self.away.browser.fill("#code", "1234").await;
        self.away.browser.follow("button[value=toon]").await;
        assert!(self.away.browser.text_of(".summary").await.contains("Deze code klopt niet"));
        self.on_away("partner, wrong code").await;

        let mail = self.preview.await_mail_to(PARTNER, 2);
        let words = text(&mail, "text").split_whitespace();
        let digits = |word: &&str| word.len() == 8 && word.bytes().all(|b| b.is_ascii_digit());
        let code = words.into_iter().find(digits).expect("a code of eight digits");
        self.away.browser.fill("#code", &format!("{} {}", &code[..4], &code[4..])).await;
        self.away.browser.follow("button[value=toon]").await;
        let shown = self.away.browser.text().await;
        assert!(shown.contains("Karim") && shown.contains(RESIDENT), "{shown}");
        self.on_away("partner, contact data").await;
        self.away.browser.follow("a.back").await;
        assert!(!self.away.browser.text().await.contains(RESIDENT), "shown once");
        self.away.browser.click("#keuze").await;
        self.away.browser.follow(SUBMIT).await;
    }

    async fn partner_answers(&mut self) {
        self.away.browser.follow("button[value=reageer]").await;
        assert!(self.away.browser.text_of(".summary").await.contains("Kies wat u wilt doen"));
        self.on_away("partner, no choice").await;
        self.away.browser.click("#wat-antwoord").await;
        self.away.browser.follow("button[value=reageer]").await;
        assert!(self.away.browser.text_of(".summary").await.contains("Schrijf uw antwoord op"));
        self.on_away("partner, no words").await;
        assert!(self.away.browser.has("#wat-antwoord:checked").await, "what was chosen stays");
        self.away.browser.fill("#antwoord", REPLY).await;
        self.away.browser.follow("button[value=reageer]").await;
        assert_eq!(self.away.browser.text_of("h1").await, "Dank u wel");
        self.on_away("partner, answered").await;
        self.away.browser.go(&link(&self.preview.mails_to(PARTNER)[1])).await;
        assert!(self.away.browser.text().await.contains("al beantwoord"));
        self.on_away("partner, later").await;
    }

    async fn coordinator_answers(&mut self) {
        let mail = self.preview.await_mail_to(MAILBOX, 2);
        assert!(text(&mail, "subject").starts_with("Antwoord van Mooiland"), "{mail}");
        self.desk.browser.go(&self.url("/inbox")).await;
        let list = self.desk.browser.text().await;
        assert!(list.contains("Antwoord van een organisatie"), "{list}");
        self.on_desk("list with a partner's answer").await;
        desk::open(&self.desk.browser).await;
        assert_eq!(self.desk.browser.value("#antwoord").await, REPLY);
        self.on_desk("a partner's answer").await;
        if let Some(answer) = self.words.answer {
            self.desk.browser.fill("#antwoord", answer).await;
        }
        self.press("antwoorden").await;
        let case = self.desk.browser.text().await;
        assert!(case.contains("Uw antwoord staat klaar") && case.contains("Beantwoord"), "{case}");
        self.on_desk("answered").await;
    }

    async fn resident_is_helped(&mut self) {
        let answer = self.words.answer.unwrap_or(REPLY);
        let mails = || self.preview.mails_to(RESIDENT);
        let begins = self.words.answered;
        let told = || mails().iter().any(|mail| text(mail, "subject").starts_with(begins));
        wait_until("no mail says that there is an answer", told);
        let newest = mails().into_iter().next().expect("the mail of just now");
        assert!(text(&newest, "subject").contains(&self.reference), "{newest}");
        self.away.browser.go(&link(&newest)).await;
        let status = self.away.browser.text().await;
        assert!(status.contains(answer) && status.contains("Mooiland"), "{status}");
        assert!(!status.contains(SUMMARY) && !status.contains("Ik bel morgen"), "{status}");
        self.on_away("status with an answer").await;
        self.away.browser.click("#geholpen-ja").await;
        self.away.browser.follow("form:has(#geholpen) button").await;
        let status = self.away.browser.text().await;
        assert!(status.contains(self.words.glad), "{status}");
        self.on_away("status, closed").await;
    }

    async fn coordinator_looks_around(&mut self) {
        self.desk.browser.go(&self.url("/inbox/gesloten")).await;
        let closed = self.desk.browser.text().await;
        assert!(closed.contains(&self.reference) && closed.contains("Gesloten"), "{closed}");
        self.on_desk("closed questions").await;
        self.desk.browser.follow(OPEN).await;
        assert!(!self.desk.browser.has("#antwoord").await);
        self.on_desk("a closed question").await;
        for page in ["", "/apart", "/aanmeldingen", "/post", "/cijfers", "/logboek"] {
            self.desk.browser.go(&self.url(&format!("/inbox{page}"))).await;
            self.on_desk(&format!("page {page}")).await;
        }
        let deeds = self.desk.browser.text().await;
        assert!(deeds.contains("contactgegevens bekeken"), "{deeds}");
        self.desk.browser.go(&self.url("/inbox/zoek?nummer=OSS-AAA-AAA")).await;
        assert!(self.desk.browser.text().await.contains("Dit nummer kennen wij niet"));
        self.on_desk("a number that is not there").await;

        self.desk.browser.follow("form[action='/uitloggen'] button").await;
        self.desk.browser.go(&self.url("/inbox/logboek")).await;
        assert_eq!(self.desk.browser.path().await, "/inloggen", "signed out is signed out");
    }
}

/// With the keyboard alone: signing in, opening and answering.
#[tokio::test]
async fn a_keyboard_is_enough_at_the_inbox() {
    const SAYS: &str = "Bel gerust aan.";
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let browser = Browser::without_javascript().await;
    browser.go(&format!("{}/vraag/", preview.address)).await;
    browser.fill("#vraag", "Mag ik aanbellen?").await;
    browser.fill("#email", RESIDENT).await;
    browser.follow(SUBMIT).await;
    browser.click("#delen-nee").await;
    browser.follow("main form[action='/vraag/verstuur'] button:not([name])").await;
    browser.follow("main a.long").await;
    let status = browser.client.current_url().await.expect("an address").to_string();

    browser.go(&format!("{}/inbox", preview.address)).await;
    browser.tab_to("#email").await;
    browser.keys(COORDINATOR).await;
    browser.tab_to(SUBMIT).await;
    browser.enter().await;
    browser.go(&link(&preview.await_mail_to(COORDINATOR, 1))).await;
    browser.tab_to(SUBMIT).await;
    browser.enter().await;
    browser.tab_to(OPEN).await;
    browser.enter().await;
    assert!(browser.text().await.contains("Mag ik aanbellen?"));

    browser.tab_to("#antwoord").await;
    browser.keys(SAYS).await;
    browser.tab_to("button[value=antwoorden]").await;
    browser.enter().await;
    assert!(browser.text_of(".done").await.contains("Uw antwoord staat klaar"));
    browser.tab_to("form[action='/uitloggen'] button").await;
    browser.enter().await;
    assert_eq!(browser.path().await, "/inloggen");
    browser.go(&status).await;
    assert!(browser.text().await.contains(SAYS));
    browser.close().await;
}

/// The cookie is for https only. Browsers count `127.0.0.1` as safe, so the preview needs no other one.
#[tokio::test]
async fn the_browser_keeps_the_cookie_of_the_preview() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let browser = Browser::without_javascript().await;
    desk::sign_in(&browser, &preview, &format!("{}/inbox", preview.address)).await;
    let cookies = browser.client.get_all_cookies().await.expect("cookies");
    let names: Vec<_> = cookies.iter().map(|cookie| cookie.name().to_owned()).collect();
    assert_eq!(names, ["__Host-inbox"], "the attempt is over, and there is nothing else");
    let session = &cookies[0];
    assert_eq!(session.secure(), Some(true));
    assert_eq!(session.http_only(), Some(true));
    assert_eq!(session.path(), Some("/"));
    for page in ["/inbox/aanmeldingen", "/inbox"] {
        browser.go(&format!("{}{page}", preview.address)).await;
        assert_eq!(browser.path().await, page, "the cookie went along");
    }
    // Readers get none.
    browser.client.delete_all_cookies().await.expect("cookies can go");
    for page in ["/", "/vraag/", "/vraag/code"] {
        browser.go(&format!("{}{page}", preview.address)).await;
    }
    assert!(browser.client.get_all_cookies().await.expect("cookies").is_empty());
    browser.close().await;
}
