//! What the clock does: reminders, what is taken back, what closes, and what is told in the morning.

use forms_fn::{digest, stream, timers};
use jiff::{SignedDuration, Timestamp};

use crate::desk::{asked, forwarded};
use crate::world::World;
use crate::world::desk::{JAN, between};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Hour after hour until this moment, as the schedule does it; what was told to whom in between.
async fn until(world: &World, end: &str) -> Vec<(String, String, Timestamp)> {
    let end: Timestamp = end.parse().unwrap();
    let mut told = Vec::new();
    while world.now() < end {
        let before = world.mailer.mails.lock().unwrap().len();
        stream::sweep(&world.service).await.unwrap();
        // What a timer owes goes out in the same sweep or the next.
        stream::sweep(&world.service).await.unwrap();
        for mail in &world.mailer.mails.lock().unwrap()[before..] {
            let kind = mail.subject.split(' ').next().unwrap_or_default().to_owned();
            told.push((kind, mail.to.clone(), world.now()));
        }
        world.pass(HOUR);
    }
    told
}

fn days(told: &[(String, String, Timestamp)], kind: &str) -> Vec<String> {
    told.iter()
        .filter(|(own, ..)| own == kind)
        .map(|(.., at)| at.to_string()[..13].to_owned())
        .collect()
}

#[tokio::test]
async fn a_partner_is_reminded_twice_and_then_the_question_comes_back() {
    let world = World::new().await;
    let (case, status) = asked(&world).await;
    let jan = world.staff(JAN).await;
    let link = forwarded(&world, &jan, &case).await;
    let told = until(&world, "2026-12-04T12:00:00Z").await;
    // Monday 23: third working day Thursday 26, fifth Monday 30, seventh Wednesday 2 December.
    assert_eq!(days(&told, "partner-reminder"), ["2026-11-26T08", "2026-11-30T08"]);
    assert_eq!(days(&told, "handed-back"), ["2026-12-02T08"]);
    assert_eq!(days(&told, "partner-taken-back"), ["2026-12-02T08"]);
    let jan = world.staff(JAN).await;
    let (_, page) = jan.open(&case).await;
    assert!(
        page.html
            .contains("<state inbox.state.terug><owner VluchtelingenWerk><due vrijdag 4 december>")
    );
    assert!(page.html.contains("<event inbox.event.handed_back by inbox.who_clock>"));
    assert!(world.get(&status).await.html.contains("<state status.terug>"));
    let opened = world.post(&link, &[("doe", "lezen"), ("lezen", "ja")]).await;
    let mark = opened.hidden("gelezen").expect("a mark");
    let late =
        [("doe", "reageer"), ("gelezen", &mark), ("wat", "antwoord"), ("antwoord", "Alsnog.")];
    assert_eq!(world.post(&link, &late).await.status, 200, "a late answer is kept");
    let (_, page) = jan.open(&case).await;
    assert!(
        page.html.contains("Alsnog.") && page.html.contains("<due vrijdag 4 december>"),
        "and moves no promise"
    );
}

#[tokio::test]
async fn a_resident_is_reminded_once_and_the_question_goes_on_without_the_answer() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let jan = world.staff(JAN).await;
    assert_eq!(jan.act(&case, "terugvragen", &[("terugvraag", "Waar?")]).await.status, 303);
    let told = until(&world, "2026-12-09T12:00:00Z").await;
    assert_eq!(days(&told, "asked-back-reminder"), ["2026-11-30T08"]);
    assert_eq!(days(&told, "resident-silent"), ["2026-12-08T08"]);
    let (_, page) = world.staff(JAN).await.open(&case).await;
    assert!(page.html.contains("<state inbox.state.in_behandeling>"), "{}", page.html);
}

#[tokio::test]
async fn an_answer_that_nobody_speaks_against_closes_and_is_erased() {
    let world = World::new().await;
    let (case, status) = asked(&world).await;
    let jan = world.staff(JAN).await;
    assert_eq!(jan.act(&case, "antwoorden", &[("antwoord", "Dag.")]).await.status, 303);
    until(&world, "2026-12-08T10:00:00Z").await;
    assert!(
        world.get(&status).await.html.contains("<state gesloten, gewist op donderdag 7 januari>")
    );
    until(&world, "2027-01-08T10:00:00Z").await;
    assert!(world.get(&status).await.html.contains("<state gewist op"), "{}", status);
    let table = world.table().await.join("\n");
    assert!(!table.contains("anarie") && !table.contains("buurt.example"), "{table}");
}

#[tokio::test]
async fn a_day_that_passes_is_told_again_and_then_to_somebody_else() {
    let world = World::with(|config| config.fallback = Some("baas@oss.example".to_owned())).await;
    asked(&world).await;
    let told = until(&world, "2026-12-02T12:00:00Z").await;
    let overdue: Vec<_> = told.iter().filter(|(kind, ..)| kind == "overdue").collect();
    let first = ("vragen@vwn.example", "2026-11-26T08");
    let then = ("baas@oss.example", "2026-11-30T08");
    let again = ("baas@oss.example", "2026-12-02T08");
    let found: Vec<_> =
        overdue.iter().map(|(_, to, at)| (to.clone(), at.to_string()[..13].to_owned())).collect();
    let expected = [first, then, again].map(|(to, at)| (to.to_owned(), at.to_owned()));
    assert_eq!(found, expected);
}

/// Promise 9, over a year with Christmas, Easter, King's Day and both changes of the clock: nobody is
/// reminded of anything outside the hours of offices, and the open question is never forgotten.
#[tokio::test]
async fn nobody_is_reminded_at_night_in_a_weekend_or_on_a_holiday() {
    let world = World::new().await;
    let (case, _) = asked(&world).await;
    let jan = world.staff(JAN).await;
    forwarded(&world, &jan, &case).await;
    let start = world.mailer.mails.lock().unwrap().len();
    let mut fired = 0;
    for _ in 0..366 * 8 {
        world.pass(SignedDuration::from_hours(3));
        let before = world.count("OUT#").await;
        fired += timers::sweep::sweep(&world.service).await.unwrap();
        if world.count("OUT#").await > before {
            assert!(timers::is_office_hour(world.now()), "{}", world.now());
        }
    }
    assert!(fired > 100, "told again and again until somebody looks: {fired}");
    assert!(world.mailer.mails.lock().unwrap().len() == start);
    let open = world.staff(JAN).await.list("/inbox").await;
    assert_eq!(open, [case], "still there, with an owner");
}

#[tokio::test]
async fn the_morning_tells_what_is_late_what_is_for_today_and_nothing_that_was_typed() {
    let world = World::new().await;
    asked(&world).await;
    world.pass(SignedDuration::from_hours(24));
    asked(&world).await;
    // Thursday at half past seven: the first was for Wednesday, the second is for today.
    let told = until(&world, "2026-11-26T06:30:00Z").await;
    assert_eq!(days(&told, "daily"), ["2026-11-25T07"], "on Wednesday, of the first");
    world.pass(HOUR);
    digest::tell(&world.service).await.unwrap();
    digest::tell(&world.service).await.unwrap();
    assert_eq!(world.sweep().await.sent, 1, "once a day");
    let mail = world.mailer.to("vragen@vwn.example").pop().unwrap();
    assert_eq!(mail.text.matches("late OSS-").count(), 1, "{}", mail.text);
    assert_eq!(mail.text.matches("today OSS-").count(), 1, "{}", mail.text);
    assert!(mail.text.contains("https://oss.example/inbox") && !mail.text.contains("anarie"));
    for at in ["2026-11-28T09:00:00Z", "2026-12-25T09:00:00Z"] {
        world.pass(at.parse::<Timestamp>().unwrap().duration_since(world.now()));
        digest::tell(&world.service).await.unwrap();
        assert_eq!(world.count("TOLD#").await, 2, "free on {at}");
    }
}

#[tokio::test]
async fn the_figures_of_a_quarter_go_to_the_kernteam_when_it_is_over() {
    let world = World::with(|config| {
        config.mailboxes.insert("kernteam".to_owned(), "kernteam@oss.example".to_owned());
    })
    .await;
    for number in 0..14 {
        let area = if number < 8 { "lith" } else { "" };
        world.ask(&[("vraag", "Iets. Kanarie."), ("onderwerp", "samen"), ("wijk", area)]).await;
        world.pass(SignedDuration::from_mins(5));
    }
    world.sweep().await;
    let jan = world.staff(JAN).await;
    let now = jan.get("/inbox/cijfers?kwartaal=2026-4").await;
    assert!(
        now.html.contains("<quarter juli september 2026>"),
        "not before it is over: {}",
        now.html
    );
    assert!(now.html.contains("<total –>"));
    world.pass("2027-01-04T08:00:00Z".parse::<Timestamp>().unwrap().duration_since(world.now()));
    for _ in 0..3 {
        digest::tell(&world.service).await.unwrap();
        world.pass(SignedDuration::from_hours(24));
    }
    world.sweep().await;
    let [mail] = &world.mailer.to("kernteam@oss.example")[..] else { panic!("one mail") };
    assert!(mail.text.starts_with("oktober december 2026 14 –"), "{}", mail.text);
    let page = world.staff(JAN).await.get("/inbox/cijfers").await.html;
    // Eight of Lith and six without an area. The columns without a topic are under five, so hidden.
    assert!(page.contains("<quarter oktober december 2026><row Lith: "), "{page}");
    assert!(
        page.contains("<total 14>") && page.contains("= 8>") && page.contains("= 6>"),
        "{page}"
    );
    let facts: Vec<String> =
        world.table().await.into_iter().filter(|item| item.contains("S(\"FACT#")).collect();
    assert_eq!(facts.len(), 14);
    for fact in &facts {
        let ttl = between(fact, "\"ttl\": N(\"", "\"").unwrap();
        assert!(facts[0].contains(ttl), "nothing in a fact tells when: {fact}");
        assert!(!fact.contains("OSS-") && !fact.contains("anarie"), "{fact}");
    }
}
