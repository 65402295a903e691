//! The words of the mails.

use serde_json::{Value, json};
use tera::{Context, TeraResult};

use super::common;
use crate::outbox::{MailKind, Out};
use crate::signup::SignUp;
use crate::submission::Case;
use crate::{Service, dates};

/// Marks around what runs from left to right wherever it stands: numbers and addresses in a line of
/// plain text that runs from right to left. Visible in a template as words, and in no mail as a sign.
const ISOLATE: [char; 2] = ['\u{2066}', '\u{2069}'];

/// The parts of a mail. They know the case's number, topic and area, and nothing that was typed.
pub struct MailParts {
    pub subject: String,
    pub text: String,
    pub html: String,
}

pub fn mail(
    service: &Service,
    out: &Out,
    lang: &str,
    case: &Case,
    link: &str,
) -> TeraResult<MailParts> {
    let bundle = &service.bundle;
    let lang = language(service, out.kind, lang);
    let context = json!({
        "reference": case.reference,
        "topic": service.topic_label(case, lang),
        "area": case.area.as_deref().and_then(|id| bundle.area_name(id)),
        "link": link,
        "due_text": dates::in_words(case.due, bundle.manifest.dates.get(lang)),
    });
    parts(service, out, lang, &context)
}

/// What stands apart: of each its number, when it came, and the link to it.
pub fn suspects_mail(
    service: &Service,
    out: &Out,
    lang: &str,
    all: &[(Case, String)],
) -> TeraResult<MailParts> {
    let dates = service.bundle.manifest.dates.get(lang);
    let shown = |(case, link): &(Case, String)| {
        json!({
            "reference": case.reference,
            "received_text": dates::moment_in_words(case.received, dates),
            "link": link,
        })
    };
    let context = json!({ "suspects": all.iter().map(shown).collect::<Vec<_>>() });
    parts(service, out, lang, &context)
}

/// A mail about a sign-up. For an organisation it names the chosen roles that it owns.
pub fn sign_up_mail(
    service: &Service,
    out: &Out,
    lang: &str,
    sign_up: &SignUp,
    organisation: &str,
    link: &str,
) -> TeraResult<MailParts> {
    let manifest = &service.bundle.manifest;
    let lang = language(service, out.kind, lang);
    let chosen = sign_up.roles.iter().filter_map(|id| manifest.role(id));
    let own = chosen.filter(|role| role.owner == organisation);
    let context = json!({
        "reference": sign_up.reference,
        "topic": null,
        "roles": own.map(|role| role.name(lang)).collect::<Vec<_>>(),
        "area": sign_up.area.as_deref().and_then(|id| service.bundle.area_name(id)),
        "organisation": manifest.organisation(organisation).map_or(organisation, |own| &own.name),
        "link": link,
        "due_text": dates::in_words(sign_up.due, manifest.dates.get(lang)),
    });
    parts(service, out, lang, &context)
}

/// The language asked for if the theme has the mail in it, else that of the municipality.
fn language<'a>(service: &'a Service, kind: MailKind, lang: &'a str) -> &'a str {
    match service.bundle.tera.contains_template(&path(kind, lang, "subject.txt")) {
        true => lang,
        false => &service.bundle.language("").code,
    }
}

fn path(kind: MailKind, lang: &str, part: &str) -> String {
    format!("mail/{}/{lang}/{part}", kind.as_str())
}

fn parts(service: &Service, out: &Out, lang: &str, more: &Value) -> TeraResult<MailParts> {
    let mut context = common(service, lang)?;
    context.extend(Context::from_serialize(&json!({
        "fallback": out.fallback, "ltr": ISOLATE[0], "pop": ISOLATE[1],
    }))?);
    context.extend(Context::from_serialize(more)?);
    let part = |name: &str| service.bundle.tera.render(&path(out.kind, lang, name), &context);
    Ok(MailParts {
        subject: part("subject.txt")?,
        text: part("body.txt")?,
        html: part("body.html")?,
    })
}
