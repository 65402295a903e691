//! What somebody with access to the table does for a resident who asks: show everything that is kept
//! of a mail address, or erase it. And after a restore: erase again what had been erased.
//!
//! The address is read from the input and never from the command line, whose words stay in the
//! shell's history.

use std::io::{BufRead, Write};

use forms_core::Kind;
use serde_json::{Value, json};

use crate::signup::SignUp;
use crate::store::Dossier;
use crate::submission::Case;
use crate::{Service, dates, retention};

/// What to do, and the name it goes by on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    Export,
    Erase,
    /// Tombstones from the input, one a line, and those of the table.
    Replay,
    /// The tombstones of the table, to be carried over a restore.
    Tombstones,
}

pub const USAGE: &str = "\
operator export        reads a mail address, prints all that is kept of it as JSON
operator erase         reads a mail address and the word `erase`, erases all of it
operator tombstones    prints what was erased in the last 90 days, to be carried over a restore
operator replay        reads such lines and erases that again, after a restore
";

impl Command {
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "export" => Self::Export,
            "erase" => Self::Erase,
            "replay" => Self::Replay,
            "tombstones" => Self::Tombstones,
            _ => return None,
        })
    }
}

/// Does it, or says in a sentence why not. Nothing of the resident goes to the log.
pub async fn run(
    service: &Service,
    command: Command,
    input: &mut (impl BufRead + Send),
    output: &mut (impl Write + Send),
) -> Result<(), String> {
    let done = match command {
        Command::Export => {
            let all = retention::export(service, &address(input)?).await;
            let all = all.map_err(failed)?;
            let questions: Vec<Value> = all.questions.iter().map(question).collect();
            let offers: Vec<Value> = all.offers.iter().map(offer).collect();
            format!("{:#}\n", json!({ "questions": questions, "offers": offers }))
        }
        Command::Erase => {
            let address = address(input)?;
            if line(input)?.as_deref() != Some("erase") {
                return Err("nothing erased: the second line must be `erase`".to_owned());
            }
            let erased = retention::erase(service, &address).await.map_err(failed)?;
            format!("{erased} erased\n")
        }
        Command::Tombstones => {
            let all = service.store.tombstones().await.map_err(failed)?;
            all.iter().map(|one| one.key() + "\n").collect()
        }
        Command::Replay => {
            let mut all = service.store.tombstones().await.map_err(failed)?;
            while let Some(key) = line(input)? {
                all.push(Dossier::parse(&key).ok_or(format!("{key} is no tombstone"))?);
            }
            all.sort();
            all.dedup();
            let erased = retention::replay(service, &all).await.map_err(failed)?;
            format!("{erased} erased again\n")
        }
    };
    output.write_all(done.as_bytes()).map_err(|error| error.to_string())
}

fn failed(error: crate::store::StoreError) -> String {
    format!("the table did not answer: {}", error.cause())
}

fn address(input: &mut impl BufRead) -> Result<String, String> {
    let given = line(input)?.unwrap_or_default();
    forms_core::mail_address(&given).ok_or("the first line must be a mail address".to_owned())
}

/// The next line with something on it.
fn line(input: &mut impl BufRead) -> Result<Option<String>, String> {
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).map_err(|error| error.to_string())? == 0 {
            return Ok(None);
        }
        if !line.trim().is_empty() {
            return Ok(Some(line.trim().to_owned()));
        }
    }
}

/// Everything of a question, with names a resident understands.
fn question(case: &Case) -> Value {
    let contact = |kind| case.contact(kind);
    json!({
        "number": case.reference,
        "received": dates::stamp(case.received),
        "state": case.state.as_str(),
        "with": case.owner,
        "answer_by": case.due.to_string(),
        "erased_on": case.erased_on.map(|day| day.to_string()),
        "language": case.lang,
        "topic": case.topic,
        "area": case.area,
        "question": case.question,
        "written_later": case.thread.iter().map(|message| json!({
            "at": dates::stamp(message.at), "what": message.kind.as_str(), "text": message.text,
        })).collect::<Vec<_>>(),
        "forwarded": case.forwards.iter().map(|forward| json!({
            "at": dates::stamp(forward.at),
            "to": forward.organisation,
            "summary": forward.summary,
            "own_words_shared": forward.original,
            "contact_data_shared": forward.contact,
        })).collect::<Vec<_>>(),
        "name": contact(Kind::Name),
        "email": contact(Kind::Email),
        "phone": contact(Kind::Phone),
        "may_be_shared": case.consent,
    })
}

/// The same of an offer to help.
fn offer(sign_up: &SignUp) -> Value {
    let personal = |kind| sign_up.personal(kind);
    json!({
        "number": sign_up.reference,
        "received": dates::stamp(sign_up.received),
        "state": sign_up.state.as_str(),
        "with": sign_up.owner,
        "contact_by": sign_up.due.map(|due| due.to_string()),
        "language": sign_up.lang,
        "roles": sign_up.roles,
        "day_parts": sign_up.day_parts,
        "area": sign_up.area,
        "languages": personal(Kind::Languages),
        "name": personal(Kind::Name),
        "email": personal(Kind::Email),
        "phone": personal(Kind::Phone),
        "may_be_shared": sign_up.consent,
    })
}
