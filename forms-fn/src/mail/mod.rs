//! A mail as it is handed over, and who can take it. The adapters are `ses`, `smtp` and, in the
//! preview, a mailbox page.

use std::future::Future;
use std::pin::Pin;

#[cfg(feature = "lambda")]
pub mod ses;
#[cfg(feature = "lambda")]
pub mod smtp;

/// One finished mail. Made only by [`Mail::new`], so none exists with a line break in a header.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub headers: Vec<(String, String)>,
    /// The outbox id: what the mail service reports back about, and what tells doubles apart.
    pub tag: String,
}

/// A header that would have smuggled in another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderRefused;

impl Mail {
    pub fn new(
        to: &str,
        subject: &str,
        text: String,
        html: String,
        headers: &[(&str, &str)],
        tag: &str,
    ) -> Result<Self, HeaderRefused> {
        let values = headers.iter().flat_map(|(name, value)| [*name, *value]);
        if [to, subject, tag].into_iter().chain(values).any(|v| v.contains(char::is_control)) {
            return Err(HeaderRefused);
        }
        Ok(Self {
            to: to.to_owned(),
            subject: subject.to_owned(),
            text,
            html,
            headers: headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
            tag: tag.to_owned(),
        })
    }
}

/// Why a mail was not taken. The cause goes to the log, so it never holds an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSent {
    pub cause: &'static str,
    /// No mail at all would have been taken: that says nothing against this one.
    pub outage: bool,
}

impl NotSent {
    /// This mail was not taken.
    pub const fn mail(cause: &'static str) -> Self {
        Self { cause, outage: false }
    }

    /// The mail service is away.
    pub const fn service(cause: &'static str) -> Self {
        Self { cause, outage: true }
    }
}

pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), NotSent>> + Send + 'a>>;

/// Takes mails. `Ok` means: the other side has it and will try to bring it.
pub trait Mailer: Send + Sync {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_header_holds_a_line_break() {
        let make = |to: &str, subject: &str, reply: &str| {
            let headers = [("Reply-To", reply)];
            Mail::new(to, subject, String::new(), String::new(), &headers, "x")
        };
        assert!(make("a@b.nl", "Uw vraag", "c@d.nl").is_ok());
        assert!(make("a@b.nl\r\nBcc: e@f.nl", "Uw vraag", "c@d.nl").is_err());
        assert!(make("a@b.nl", "Uw\nvraag", "c@d.nl").is_err());
        assert!(make("a@b.nl", "Uw vraag", "c@d.nl\r\nX: y").is_err());
    }
}
