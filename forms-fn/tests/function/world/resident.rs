//! Residents who send, send again or give up; and what must be true of them when all is quiet.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::SignedDuration;

use super::{Answer, TABLE, World};

type Item = HashMap<String, AttributeValue>;

/// Somebody with a check page before her.
pub struct Resident {
    pub email: String,
    fields: Vec<(&'static str, String)>,
    /// Where every receipt that she was shown stands.
    pub receipts: Vec<String>,
}

impl Resident {
    pub async fn with_check_page(world: &World, number: usize) -> Self {
        let email = format!("bewoner-{number}@buurt.example");
        let asked = [("vraag", "Hoe maak ik kennis?"), ("email", email.as_str())];
        let nonce = world.nonce(&asked).await;
        let mut fields: Vec<_> =
            asked.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        fields.extend([("nonce", nonce), ("delen", "nee".to_owned())]);
        Self { email, fields, receipts: Vec::new() }
    }

    /// Presses the button once. She remembers the receipt if she got one.
    pub async fn send(&self, world: &World) -> Answer {
        let fields: Vec<_> = self.fields.iter().map(|(n, value)| (*n, value.as_str())).collect();
        world.post("/vraag/verstuur", &fields).await
    }

    /// Takes note of an answer: a receipt, or the page that says it was not sent. Anything else is
    /// said.
    pub fn reads(&mut self, answer: &Answer) -> Result<(), String> {
        match (answer.status, &answer.location) {
            (303, Some(place)) => self.receipts.push(place.clone()),
            (503, None) if answer.html.contains("NIET verstuurd") => {}
            _ => return Err(format!("{} {}", answer.status, answer.html)),
        }
        Ok(())
    }

    fn nonce_id(&self) -> &str {
        let nonce = self.fields.iter().find(|(name, _)| *name == "nonce");
        nonce.map_or("", |(_, nonce)| &nonce[..32])
    }
}

/// Longer than every wait between two attempts and every lease.
const A_LONG_WHILE: SignedDuration = SignedDuration::from_hours(7);

/// Lets time pass and the sweep run until nothing is left to do.
pub async fn until_quiet(world: &World) -> Result<(), String> {
    for _ in 0..12 {
        world.pass(A_LONG_WHILE);
        if world.sweep().await == forms_fn::deliver::Report::default() {
            return Ok(());
        }
    }
    Err("there is no end to the sweeps".to_owned())
}

/// What must be true when all is quiet; or what is not.
///
/// At most one case for a check page, and one for certain if a receipt was shown; every receipt is
/// the same and opens that case; each owed mail went out, and no more often than it was taken up;
/// no mail is about a case that is not there.
pub async fn settled(world: &World, residents: &[Resident]) -> Result<(), String> {
    let items = items(world).await;
    let mails = world.mailer.mails.lock().unwrap().clone();
    let with_key = |start: &str| -> Vec<&Item> {
        items.iter().filter(|item| text(item, "pk").starts_with(start)).collect()
    };
    let heads: Vec<&Item> =
        with_key("CASE#").into_iter().filter(|item| text(item, "sk") == "META").collect();
    let require = |so: bool, what: &str| if so { Ok(()) } else { Err(what.to_owned()) };
    require(with_key("REF#").len() == heads.len(), "as many references as cases")?;
    require(with_key("IDEM#").len() == heads.len(), "as many check pages as cases")?;
    for mail in &mails {
        let key = format!("OUT#{}", mail.tag);
        require(items.iter().any(|item| text(item, "pk") == key), "a mail that was never owed")?;
    }
    for resident in residents {
        let own: Vec<_> =
            heads.iter().filter(|head| text(head, "nonce") == resident.nonce_id()).collect();
        let to_her = world.mailer.to(&resident.email);
        let head = match own[..] {
            [] => {
                require(resident.receipts.is_empty(), "a receipt without a case")?;
                require(to_her.is_empty(), "a mail without a case")?;
                continue;
            }
            [head] => head,
            _ => return Err("two cases for one check page".to_owned()),
        };
        let (case, reference) = (text(head, "pk"), text(head, "reference"));
        let parts: Vec<&str> = with_key(case).into_iter().map(|item| text(item, "sk")).collect();
        for part in ["META", "PII", "MSG#000001", "EVT#1"] {
            require(parts.contains(&part), "half a case")?;
        }
        let id = case.trim_start_matches("CASE#");
        let of_case = |item: &&Item| text(item, "case") == id;
        require(with_key(&format!("REF#{reference}")).iter().any(of_case), "another's reference")?;
        require(to_her.iter().all(|mail| mail.subject.contains(reference)), "another's mail")?;
        for (kind, to) in
            [("new-question", "vragen@vwn.example"), ("confirmation", &resident.email)]
        {
            let owed = with_key("OUT#").into_iter().filter(of_case);
            let owed: Vec<_> = owed.filter(|item| text(item, "mail") == kind).collect();
            let [owed] = owed[..] else { return Err(format!("{} {kind} are owed", owed.len())) };
            require(!text(owed, "sent_at").is_empty(), "a mail that nobody wrote down as sent")?;
            let tag = text(owed, "pk").trim_start_matches("OUT#");
            let sent: Vec<_> = mails.iter().filter(|mail| mail.tag == tag).collect();
            require(!sent.is_empty(), "a mail that never went out")?;
            require(sent.iter().all(|mail| mail.to == to), "a mail to somebody else")?;
            require(sent.len() <= number(owed, "attempt"), "more mails than attempts")?;
            for mail in sent {
                let link = mail.text.rsplit_once("https://oss.example").map_or("", |(_, l)| l);
                // That of the first contact leads to a page where one signs in first.
                let opens = if kind == "new-question" { 303 } else { 200 };
                let status = world.get(link.trim()).await.status;
                require(status == opens, "a link in a mail that does not open")?;
            }
        }
        for place in &resident.receipts {
            require(*place == resident.receipts[0], "two receipts for one check page")?;
            let page = world.get(place).await;
            let shown = page.status == 200 && page.html.contains(reference);
            require(shown, "a receipt that does not open its case")?;
        }
    }
    Ok(())
}

pub async fn items(world: &World) -> Vec<Item> {
    let found = world.client.scan().table_name(TABLE).consistent_read(true).send().await.unwrap();
    found.items().to_vec()
}

pub fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item.get(name).and_then(|value| value.as_s().ok()).map_or("", String::as_str)
}

pub fn number(item: &Item, name: &str) -> usize {
    item.get(name).and_then(|value| value.as_n().ok()?.parse().ok()).unwrap_or(0)
}
