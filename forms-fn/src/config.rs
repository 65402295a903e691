//! The only place that reads the environment.

use std::collections::BTreeMap;

use crate::ids::unhex;

/// What the function must know that is not content. Routes to people's mailboxes are here and not
/// in the bundle, so that the bundle holds no address.
#[derive(Clone)]
pub struct Config {
    /// At least 32 random bytes. Changing it makes open links and check pages expire.
    pub secret: Vec<u8>,
    /// Organisation id to the mailbox that it reads.
    pub mailboxes: BTreeMap<String, String>,
    /// Address that mails come from.
    pub sender: String,
    /// Absolute address of the site without a slash at its end.
    pub base_url: String,
    /// Mailbox for what the first contact's own does not take; somebody reads it every day.
    pub fallback: Option<String>,
    /// How many mails may leave on one day in the Netherlands.
    pub daily_mails: u32,
    /// Addresses of the colleagues of the first contact who may sign in, in small letters.
    pub staff: Vec<String>,
}

/// Far above a busy day of one municipality, far below what a mail service calls a flood.
pub const DAILY_MAILS: u32 = 500;

/// Everything that the Lambda functions read from their environment.
pub struct Environment {
    pub config: Config,
    pub table: String,
    pub bundle: String,
    pub origin_secret: Option<String>,
    pub configuration_set: Option<String>,
    /// Mail server in place of SES; holds a password.
    pub smtp: Option<String>,
}

/// Name, whether it must be set, and what it is for.
pub const VARIABLES: [(&str, bool, &str); 12] = [
    ("FORMS_TABLE", true, "name of the DynamoDB table"),
    ("FORMS_SECRET", true, "key for check pages and links: 64 or more hexadecimal digits"),
    ("FORMS_SENDER", true, "address that mails come from, verified with the mail service"),
    ("FORMS_MAILBOXES", true, "organisation=address pairs with commas between them"),
    ("FORMS_STAFF", true, "addresses that may sign in to the inbox, with commas between them"),
    ("FORMS_BASE_URL", true, "address of the public site, https, without a slash at its end"),
    ("FORMS_BUNDLE", false, "folder of the bundle; without it: `forms` beside the binary"),
    ("FORMS_ORIGIN_SECRET", false, "value of the header by which the CDN makes itself known"),
    ("FORMS_CONFIGURATION_SET", false, "configuration set of the mail service"),
    ("FORMS_SMTP", false, "mail server in place of SES: smtps://user:password@host:465"),
    ("FORMS_FALLBACK_MAILBOX", false, "address for mail that the first contact cannot receive"),
    ("FORMS_DAILY_MAILS", false, "how many mails may leave on one day; without it: 500"),
];

impl Environment {
    /// Reads the process environment.
    pub fn read() -> Result<Self, String> {
        Self::from(|name| std::env::var(name).ok())
    }

    /// Reads from any source and names everything that is wrong at once.
    pub fn from(get: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let get = |name: &str| get(name).filter(|value| !value.trim().is_empty());
        let mut wrong: Vec<String> = VARIABLES
            .iter()
            .filter(|(name, required, _)| *required && get(name).is_none())
            .map(|(name, _, purpose)| format!("{name} is not set: {purpose}"))
            .collect();
        let value = |name: &str| get(name).unwrap_or_default();
        let secret = unhex(value("FORMS_SECRET").trim()).unwrap_or_default();
        if get("FORMS_SECRET").is_some() && secret.len() < 32 {
            wrong.push("FORMS_SECRET needs 64 or more hexadecimal digits".to_owned());
        }
        let mailboxes = mailboxes(&value("FORMS_MAILBOXES"));
        if mailboxes.is_none() {
            wrong.push("FORMS_MAILBOXES is not a list of organisation=address".to_owned());
        }
        let fallback = get("FORMS_FALLBACK_MAILBOX").map(|address| address.trim().to_owned());
        if fallback.as_deref().is_some_and(|address| !is_address(address)) {
            wrong.push("FORMS_FALLBACK_MAILBOX is not an address".to_owned());
        }
        let daily_mails = match get("FORMS_DAILY_MAILS") {
            Some(number) => number.trim().parse().ok().filter(|mails| *mails > 0),
            None => Some(DAILY_MAILS),
        };
        if daily_mails.is_none() {
            wrong.push("FORMS_DAILY_MAILS is not a number above 0".to_owned());
        }
        let listed = value("FORMS_STAFF").to_lowercase();
        let staff: Vec<String> = listed
            .split(',')
            .map(str::trim)
            .filter(|one| !one.is_empty())
            .map(str::to_owned)
            .collect();
        if !staff.iter().all(|one| is_address(one)) {
            wrong.push("FORMS_STAFF is not a list of addresses".to_owned());
        }
        if !wrong.is_empty() {
            return Err(wrong.join("\n"));
        }
        Ok(Self {
            config: Config {
                secret,
                mailboxes: mailboxes.unwrap_or_default(),
                sender: value("FORMS_SENDER"),
                base_url: value("FORMS_BASE_URL").trim_end_matches('/').to_owned(),
                fallback,
                daily_mails: daily_mails.unwrap_or(DAILY_MAILS),
                staff,
            },
            table: value("FORMS_TABLE"),
            bundle: get("FORMS_BUNDLE").unwrap_or_else(|| "forms".to_owned()),
            origin_secret: get("FORMS_ORIGIN_SECRET"),
            configuration_set: get("FORMS_CONFIGURATION_SET"),
            smtp: get("FORMS_SMTP").map(|url| url.trim().to_owned()),
        })
    }
}

fn mailboxes(text: &str) -> Option<BTreeMap<String, String>> {
    let pair = |part: &str| {
        let (id, address) = part.split_once('=')?;
        let (id, address) = (id.trim(), address.trim());
        (!id.is_empty() && is_address(address)).then(|| (id.to_owned(), address.to_owned()))
    };
    text.split(',').filter(|part| !part.trim().is_empty()).map(pair).collect()
}

fn is_address(text: &str) -> bool {
    text.contains('@') && !text.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(secret: &str, mailboxes: &str) -> Result<Environment, String> {
        Environment::from(|name| {
            Some(match name {
                "FORMS_TABLE" => "nieuwe-buren".to_owned(),
                "FORMS_SECRET" => secret.to_owned(),
                "FORMS_SENDER" => "post@nieuweburen.example".to_owned(),
                "FORMS_MAILBOXES" => mailboxes.to_owned(),
                "FORMS_STAFF" => "Jan@VWN.example, piet@vwn.example".to_owned(),
                "FORMS_BASE_URL" => "https://nieuweburen.example/".to_owned(),
                _ => return None,
            })
        })
    }

    #[test]
    fn reads_what_is_there() {
        let read = environment(&"0f".repeat(32), "a=a@x.example, b=b@y.example").ok().unwrap();
        assert_eq!(read.config.secret, vec![15; 32]);
        assert_eq!(read.config.mailboxes["b"], "b@y.example");
        assert_eq!(read.config.base_url, "https://nieuweburen.example");
        assert_eq!(read.bundle, "forms");
        assert_eq!(read.config.staff, ["jan@vwn.example", "piet@vwn.example"]);
        assert_eq!((read.config.daily_mails, read.config.fallback), (500, None));
    }

    #[test]
    fn names_everything_that_is_wrong_at_once() {
        let message = Environment::from(|_| None).err().unwrap();
        assert_eq!(message.lines().count(), 6, "{message}");
        let message = Environment::from(|name| {
            let wrong = [("FORMS_FALLBACK_MAILBOX", "nobody"), ("FORMS_DAILY_MAILS", "many")];
            wrong.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        });
        let message = message.err().unwrap();
        assert_eq!(message.lines().count(), 8, "{message}");
        let message = environment("short", "nobody").err().unwrap();
        assert!(message.contains("FORMS_SECRET") && message.contains("FORMS_MAILBOXES"));
    }
}
