//! The power goes while residents send: kill -9 of the preview, again and again. Every receipt that
//! somebody saw is found afterwards, by its link and by its code; each question reaches
//! VluchtelingenWerk; and whoever got no answer and sends the same page again has one number.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dynoxide::Database;
use serde_json::{Value, from_value, json, to_value};
use tests::post::{encode, get, post, post_raw, try_post_raw};
use tests::preview::{Preview, wait_until};
use tests::project::Project;

const CUTS: usize = 4;
const RESIDENTS: usize = 4;

/// A check page that somebody sent, and the address of the receipt if she was shown one.
struct Sent {
    page: String,
    receipt: Option<String>,
}

/// Sends questions until the preview is gone.
fn send_until_gone(address: &str, shown: &AtomicUsize) -> Vec<Sent> {
    let mut all = Vec::new();
    while let Some(check) =
        try_post_raw(&format!("{address}/vraag/controle"), b"vraag=Hoe+help+ik+mee%3F")
    {
        let page = encode(&check.with_sharing("nee"));
        let answer = try_post_raw(&format!("{address}/vraag/verstuur"), page.as_bytes());
        let receipt = answer.and_then(|answer| {
            assert_eq!(answer.status, 303, "{}", answer.body);
            answer.location
        });
        let gone = receipt.is_none();
        all.push(Sent { page, receipt });
        if gone {
            break;
        }
        shown.fetch_add(1, Ordering::SeqCst);
    }
    all
}

/// Several residents send at once, and in the middle of it the power goes.
fn until_the_power_goes(project: &Project, cut: usize) -> Vec<Sent> {
    let preview = Preview::of(project);
    let shown = Arc::new(AtomicUsize::new(0));
    let residents: Vec<_> = (0..RESIDENTS)
        .map(|_| {
            let (address, shown) = (preview.address.clone(), Arc::clone(&shown));
            std::thread::spawn(move || send_until_gone(&address, &shown))
        })
        .collect();
    // Every time at another place of the work.
    wait_until("nobody gets a receipt", || shown.load(Ordering::SeqCst) >= 10 + 3 * cut);
    std::thread::sleep(Duration::from_millis(7 * u64::try_from(cut).expect("few")));
    preview.kill();
    residents.into_iter().flat_map(|one| one.join().expect("she gives up")).collect()
}

/// A mail that was taken up when the power went is held for a quarter of an hour, lest it goes out
/// twice. That quarter passes; how many mails it was.
fn a_quarter_passes(project: &Project) -> usize {
    let path = project.path().join(".nieuwe-buren/vragen.sqlite");
    let database = Database::new(path.to_str().expect("a plain path")).expect("a sound database");
    let owed = json!({
        "TableName": "nieuwe-buren", "IndexName": "gsi2",
        "KeyConditionExpression": "gsi2pk = :due",
        "ExpressionAttributeValues": {":due": {"S": "DUE#OUT"}},
    });
    let owed = database.query(from_value(owed).expect("a query")).expect("an answer");
    let owed = to_value(owed).expect("JSON");
    let keys = owed["Items"].as_array().cloned().unwrap_or_default();
    for key in &keys {
        let update = json!({
            "TableName": "nieuwe-buren", "Key": {"pk": key["pk"], "sk": key["sk"]},
            "UpdateExpression": "SET gsi2sk = :past",
            "ExpressionAttributeValues": {":past": {"S": "2000-01-01T00:00:00Z"}},
        });
        database.update_item(from_value(update).expect("an update")).expect("an answer");
    }
    keys.len()
}

/// What stands between the tags that follow `mark`.
fn part<'a>(html: &'a str, mark: &str) -> &'a str {
    let after = html.split_once(mark).map_or("", |(_, after)| after);
    after.split('<').next().unwrap_or_default()
}

/// What opens a question, whatever page of it is asked for.
fn token(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or_default()
}

/// How often VluchtelingenWerk was written to about each number.
fn mails(preview: &Preview) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for mail in preview.mails() {
        let subject = mail.get("subject").and_then(Value::as_str).unwrap_or_default();
        let words = subject.split([' ', ',']);
        for number in words.filter(|word| word.starts_with("OSS-")) {
            *count.entry(number.to_owned()).or_default() += 1;
        }
    }
    count
}

#[test]
fn a_power_cut_loses_no_receipt() {
    let project = Project::of_oss();
    let sent: Vec<Sent> = (1..=CUTS).flat_map(|cut| until_the_power_goes(&project, cut)).collect();
    let owed = a_quarter_passes(&project);
    let preview = Preview::of(&project);
    let at = |path: &str| format!("{}{path}", preview.address);

    let mut numbers = BTreeMap::new();
    for place in sent.iter().filter_map(|sent| sent.receipt.as_ref()) {
        let receipt = get(&at(place));
        assert_eq!(receipt.status, 200, "{place} is lost");
        let number = part(&receipt.body, "<bdi class=\"big\" dir=\"ltr\">").to_owned();
        assert!(number.starts_with("OSS-"), "{}", receipt.body);
        let code = part(&receipt.body, "<bdi class=\"big code\" dir=\"ltr\">");
        let found = post(&at("/vraag/code"), &[("code", code)]);
        let opened = found.location.unwrap_or_default();
        assert_eq!(token(&opened), token(place), "the code {code} is lost");
        numbers.insert(place.clone(), number);
    }
    let shown = numbers.len();
    assert_eq!(shown, sent.iter().filter(|sent| sent.receipt.is_some()).count(), "one for each");
    assert!(shown >= 10 * CUTS, "only {shown} receipts were shown");
    assert!(sent.len() > shown, "nobody was cut off");

    // Everybody sends the same page once more: who saw a receipt sees that one again.
    for sent in &sent {
        let again = post_raw(&at("/vraag/verstuur"), sent.page.as_bytes());
        let place = again.location.expect("a receipt");
        assert!(sent.receipt.as_ref().is_none_or(|receipt| *receipt == place), "{place}");
        let receipt = get(&at(&place));
        let number = part(&receipt.body, "<bdi class=\"big\" dir=\"ltr\">").to_owned();
        let before = numbers.insert(place, number.clone());
        assert!(before.is_none_or(|before| before == number), "two numbers for one page");
    }
    assert_eq!(numbers.len(), sent.len());
    let distinct: BTreeSet<_> = numbers.values().cloned().collect();
    assert_eq!(distinct.len(), numbers.len(), "two pages with one number");

    let told = || mails(&preview).into_keys().collect::<BTreeSet<_>>() == distinct;
    wait_until("a question without its mail, or a mail without a question", told);
    let doubled: usize = mails(&preview).values().map(|count| count - 1).sum();
    assert!(doubled <= CUTS, "{doubled} mails twice, and at each cut one was on its way");
    println!(
        "{shown} receipts before {CUTS} power cuts, all found; {} without an answer, \
         {owed} mails owed, {doubled} twice",
        sent.len() - shown
    );
}
