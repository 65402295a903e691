//! Mail of the preview: kept in a file, one JSON object a line, and shown on a page.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use forms_fn::mail::{Mail, Mailer, NotSent, Sending};
use serde::{Deserialize, Serialize};

/// A mail as it would have been sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Letter {
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
    pub(super) headers: Vec<(String, String)>,
}

pub(super) struct Mailbox {
    inner: Mutex<Inner>,
}

struct Inner {
    file: File,
    letters: Vec<Letter>,
}

impl Mailbox {
    /// Reads what earlier runs were sent. A line that a crash cut short is passed over.
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let explain = |error: std::io::Error| {
            format!("De mailbox {} gaat niet open: {error}.", path.display())
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(explain(error)),
        };
        let letters = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let mut file = OpenOptions::new().create(true).append(true).open(path).map_err(explain)?;
        if !text.is_empty() && !text.ends_with('\n') {
            file.write_all(b"\n").map_err(explain)?;
        }
        Ok(Self { inner: Mutex::new(Inner { file, letters }) })
    }

    /// All mails, the newest first.
    pub(super) fn letters(&self) -> Vec<Letter> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.letters.iter().rev().cloned().collect()
    }

    fn keep(&self, letter: Letter) -> Result<(), NotSent> {
        let mut line =
            serde_json::to_string(&letter).map_err(|_| NotSent::mail("mail not writable"))?;
        line.push('\n');
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner
            .file
            .write_all(line.as_bytes())
            .and_then(|()| inner.file.sync_data())
            .map_err(|_| NotSent::service("mailbox not writable"))?;
        inner.letters.push(letter);
        Ok(())
    }
}

impl Mailer for Mailbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        let letter = Letter {
            to: mail.to.clone(),
            subject: mail.subject.clone(),
            text: mail.text.clone(),
            html: mail.html.clone(),
            headers: mail.headers.clone(),
        };
        Box::pin(async move { self.keep(letter) })
    }
}
