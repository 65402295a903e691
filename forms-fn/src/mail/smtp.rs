//! Mail through a mail server, for who has one and no SES. Always over TLS with a certificate that
//! the machine trusts, but for a server on the machine itself.

use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::{Mail, Mailer, NotSent, Sending};
use crate::Clock;

/// How long a server may take, from the first word to its promise. A sweep has more to do.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Smtp {
    server: Server,
    sender: Mailbox,
    clock: Clock,
    patience: Duration,
}

impl Smtp {
    /// `url` is `smtps://user:password@host:465` for TLS from the first byte, or
    /// `smtp://user:password@host:587` for STARTTLS. The port may be left out; signs that mean
    /// something in an address are written with `%`. `smtp://` to a loopback address is the one
    /// case without TLS, unless `?tls=required` stands behind it. The error repeats nothing of the
    /// address, which holds a password.
    pub fn open(url: &str, sender: &str, clock: Clock) -> Result<Self, String> {
        let server = Server::parse(url)
            .ok_or("FORMS_SMTP is not an address such as smtps://user:password@host:465")?;
        let sender = sender.parse().map_err(|_| "FORMS_SENDER is not an address")?;
        Ok(Self { server, sender, clock, patience: PATIENCE })
    }

    /// Waits this long for a server and no longer.
    #[must_use]
    pub fn within(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    fn now(&self) -> SystemTime {
        let seconds = u64::try_from((self.clock)().as_second()).unwrap_or(0);
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    async fn hand_over(&self, mail: &Mail) -> Result<(), NotSent> {
        let message = self.message(mail)?;
        let transport = self.transport().map_err(|error| cause(&error))?;
        let sent = tokio::time::timeout(self.patience, transport.send(message)).await;
        sent.map_err(|_| NotSent::mail("mail server timed out"))?.map_err(|error| cause(&error))?;
        Ok(())
    }

    fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, Error> {
        type Transport = AsyncSmtpTransport<Tokio1Executor>;
        let Server { security, host, port, credentials } = &self.server;
        let builder = match security {
            Security::Implicit => Transport::relay(host)?,
            Security::StartTls => Transport::starttls_relay(host)?,
            Security::None => Transport::builder_dangerous(host),
        };
        let builder = builder
            .port(*port)
            .hello_name(ClientId::Domain(self.sender.email.domain().to_owned()))
            .timeout(Some(self.patience));
        Ok(match credentials {
            Some((user, password)) => {
                builder.credentials(Credentials::new(user.clone(), password.clone())).build()
            }
            None => builder.build(),
        })
    }

    fn message(&self, mail: &Mail) -> Result<Message, NotSent> {
        let to: Address = mail.to.parse().map_err(|_| NotSent::mail("address not usable"))?;
        let domain = self.sender.email.domain();
        let mut message = Message::builder()
            .from(self.sender.clone())
            .to(Mailbox::new(None, to))
            .subject(&mail.subject)
            .date(self.now())
            // Should the same mail leave twice, its reader's program shows it once.
            .message_id(Some(format!("<{}@{domain}>", mail.tag)));
        for (name, value) in &mail.headers {
            let name = HeaderName::new_from_ascii(name.clone())
                .map_err(|_| NotSent::mail("header not usable"))?;
            message = message.raw_header(HeaderValue::new(name, value.clone()));
        }
        message
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
            .map_err(|_| NotSent::mail("mail incomplete"))
    }
}

impl Mailer for Smtp {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(self.hand_over(mail))
    }
}

/// What a server answers may quote the address: only its kind goes on.
fn cause(error: &Error) -> NotSent {
    match error.status().map(u16::from) {
        // Away altogether (RFC 5321, 3.8), and a user or password that it does not know (RFC 4954, 6).
        Some(421) => return NotSent::service("mail server away"),
        Some(530 | 534 | 535 | 538) => return NotSent::service("mail server refused the password"),
        _ => {}
    }
    if error.is_timeout() {
        // It may have left all the same: an attempt, or it would go out every ten minutes for days.
        NotSent::mail("mail server timed out")
    } else if error.is_tls() || is_about_tls(error) {
        NotSent::service("mail server not trusted")
    } else if error.is_transient() {
        NotSent::mail("mail server busy")
    } else if error.is_permanent() {
        NotSent::mail("mail refused")
    } else if error.is_response() {
        NotSent::mail("mail server answer unreadable")
    } else if error.is_client() {
        NotSent::mail("mail server cannot take this")
    } else {
        NotSent::service("mail server not reached")
    }
}

/// Whether TLS found its peer unfit: a certificate that nobody vouches for, or no TLS at all. It
/// comes as an error of reading, with this kind.
fn is_about_tls(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let io = error.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData) {
            return true;
        }
        cause = error.source();
    }
    false
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Security {
    /// TLS from the first byte.
    Implicit,
    /// TLS before anything of value is said, or nothing is said.
    StartTls,
    None,
}

#[derive(PartialEq, Eq)]
struct Server {
    security: Security,
    host: String,
    port: u16,
    credentials: Option<(String, String)>,
}

impl Server {
    fn parse(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let (rest, required) = match rest.strip_suffix("?tls=required") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (credentials, place) = match rest.rsplit_once('@') {
            Some((who, place)) => (Some(who.split_once(':')?), place),
            None => (None, rest),
        };
        let (host, port) = match place.rsplit_once(':') {
            // The colons of an IPv6 address stand in brackets.
            Some((host, port)) if !port.ends_with(']') => (host, Some(port.parse().ok()?)),
            _ => (place, None),
        };
        let host = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host);
        let named = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
        let address: Option<IpAddr> = host.parse().ok();
        if host.is_empty() || !(named || address.is_some()) {
            return None;
        }
        let here = host == "localhost" || address.is_some_and(|address| address.is_loopback());
        let (security, usual) = match scheme {
            "smtps" => (Security::Implicit, 465),
            "smtp" if here && !required => (Security::None, 25),
            "smtp" => (Security::StartTls, 587),
            _ => return None,
        };
        let credentials = match credentials {
            Some((user, password)) => Some((unescape(user)?, unescape(password)?)),
            None => None,
        };
        Some(Self { security, host: host.to_owned(), port: port.unwrap_or(usual), credentials })
    }
}

/// `%40` is `@`.
fn unescape(text: &str) -> Option<String> {
    let mut parts = text.split('%');
    let mut bytes = parts.next()?.as_bytes().to_vec();
    for part in parts {
        let digits = part.get(..2).filter(|two| two.bytes().all(|b| b.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend(part.get(2..)?.bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_on_this_machine_does_without_tls() {
        let read = |url| Server::parse(url).map(|s| (s.security, s.host, s.port));
        let host = || "mail.oss.example".to_owned();
        for (url, security, port) in [
            ("smtps://mail.oss.example", Security::Implicit, 465),
            ("smtps://a:b@mail.oss.example:4650/", Security::Implicit, 4650),
            ("smtp://mail.oss.example", Security::StartTls, 587),
            ("smtp://a:b@mail.oss.example:25", Security::StartTls, 25),
        ] {
            assert_eq!(read(url), Some((security, host(), port)), "{url}");
        }
        for url in ["smtp://127.0.0.1:2525", "smtp://localhost:2525", "smtp://[::1]:2525"] {
            assert_eq!(
                read(url).map(|(security, _, port)| (security, port)),
                Some((Security::None, 2525))
            );
        }
        assert_eq!(read("smtp://127.0.0.1.oss.example").unwrap().0, Security::StartTls);
        assert_eq!(read("smtps://127.0.0.1").unwrap().0, Security::Implicit);
        assert_eq!(read("smtp://localhost/?tls=required").unwrap().0, Security::StartTls);
        assert_eq!(read("smtp://[2001:db8::1]").unwrap().1, "2001:db8::1");
    }

    #[test]
    fn a_password_may_hold_any_sign_and_a_wrong_address_is_refused() {
        let read = |url| Server::parse(url).and_then(|server| server.credentials);
        let expected = Some(("post@oss.example".to_owned(), "a:b/c%é".to_owned()));
        assert_eq!(read("smtps://post%40oss.example:a:b%2Fc%25%C3%A9@host"), expected);
        for url in [
            "",
            "smtp://",
            "https://host",
            "smtps://host:port",
            "smtps://user@host",
            "smtps://a:%@host",
            "smtps://a:%zz@host",
            "smtps://a:%ff@host",
            "smtps://a:%é@host",
            "smtps://ho st",
            "smtps://host\r\n",
            "smtps://host:99999",
            "mail.oss.example",
        ] {
            assert!(Server::parse(url).is_none(), "{url}");
        }
    }

    #[test]
    fn the_reason_for_a_refused_address_holds_no_password() {
        let clock: Clock = std::sync::Arc::new(|| jiff::Timestamp::UNIX_EPOCH);
        let refused = Smtp::open("smtps://post:geheim@host:x", "post@oss.example", clock);
        assert!(!refused.err().unwrap().contains("geheim"));
    }
}
