//! Words that have broken other programs: they come out as they went in, as text, and lead nowhere.

use jiff::SignedDuration;

use crate::world::World;
use crate::world::desk::JAN;

/// Code of several languages, signs that turn a line around or are not seen, faces made of several
/// signs, formulas of a spreadsheet, and the ends of lines of a mail.
const WORDS: [&str; 16] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'; DROP TABLE zaken; --",
    "{{ config.secret }} {% raw %} ${7*7} #{7*7}",
    "=HYPERLINK(\"https://kwaad.example\",\"klik\")",
    "+31612345678",
    "@SUM(A1:A9)",
    "-2+3|cmd",
    "\t=1+1",
    "Bcc: iedereen@voorbeeld.example",
    "regel een\nSubject: regel twee",
    "\u{202e}dlrow\u{202c} \u{2066}x\u{2069}",
    "a\u{200b}b\u{200d}c\u{feff}d",
    "👩‍👩‍👧‍👦 🏳️‍🌈 é ñ",
    "مرحبا 0412-000000 abc",
    "ሰላም ጎረቤት",
];

/// As the check reads it: without the signs that turn a line around, and without white space at the ends.
fn kept(words: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    words.chars().filter(|c| !turns(*c)).collect::<String>().trim().to_owned()
}

/// Text of a page as a browser shows it.
fn shown(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&amp;", "&")
}

#[tokio::test]
async fn words_come_out_as_they_went_in_and_as_text() {
    let world = World::new().await;
    for words in WORDS {
        let one_line = !kept(words).contains('\n') && !kept(words).contains('\t');
        let name = if one_line { words } else { "Jo" };
        let fields = [("vraag", words), ("naam", name), ("email", "jo@buurt.example")];
        let check = world.post("/vraag/controle", &fields).await;
        assert_eq!(check.status, 200, "{words:?} {}", check.html);
        assert!(shown(&check.html).contains(&kept(words)), "{words:?} {}", check.html);
        assert!(!check.html.contains("<script") && !check.html.contains("<img"), "{}", check.html);

        let nonce = check.hidden("nonce").unwrap();
        // As long as a person takes to read.
        world.pass(SignedDuration::from_secs(30));
        let mut all = fields.to_vec();
        all.extend([("nonce", nonce.as_str()), ("delen", "nee")]);
        let sent = world.post("/vraag/verstuur", &all).await;
        let path = sent.location.expect(words).replace("/ontvangen/", "/status/");
        let more = [("doe", "aanvullen"), ("versie", "1"), ("aanvulling", words)];
        assert_eq!(world.post(&path, &more).await.status, 303, "{words:?}");

        let before = world.mailer.mails.lock().unwrap().len();
        world.pass(SignedDuration::from_hours(1));
        world.sweep().await;
        let mails = world.mailer.mails.lock().unwrap()[before..].to_vec();
        assert!(!mails.is_empty());
        for mail in &mails {
            let whole = format!("{}{}{}{:?}", mail.subject, mail.text, mail.html, mail.headers);
            assert!(!whole.contains(&kept(words)), "{words:?} is in a mail");
        }
        let staff = mails.iter().find(|mail| mail.subject.starts_with("Nieuwe vraag")).unwrap();
        let door = staff.text.lines().last().unwrap().strip_prefix("https://oss.example").unwrap();
        let (_, case) = world.staff(JAN).await.open(door).await;
        let twice = shown(&case.html).matches(&kept(words)).count();
        assert!(twice >= 2, "question and addition, {words:?}: {}", case.html);
        assert!(!case.html.contains("<script") && !case.html.contains("<img"), "{}", case.html);
    }
}
