//! The words of the mails.

use serde_json::{Value, json};
use tera::{Context, TeraResult};

use super::common;
use crate::digest::{Lost, Morning};
use crate::outbox::{MailKind, Out};
use crate::signup::SignUp;
use crate::store::list::Entry;
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
    more: &Value,
) -> TeraResult<MailParts> {
    let bundle = &service.bundle;
    let lang = language(service, out.kind, lang);
    let mut context = json!({
        "reference": case.reference,
        "topic": service.topic_label(case, lang),
        "area": case.area.as_deref().and_then(|id| bundle.area_name(id)),
        "link": link,
        "due_text": dates::in_words(case.due, bundle.manifest.dates.get(lang)),
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        context[name] = value.clone();
    }
    parts(service, out, lang, &context)
}

/// A mail about no single question.
pub fn general_mail(service: &Service, out: &Out, context: &Value) -> TeraResult<MailParts> {
    let lang = &service.bundle.language("").code;
    parts(service, out, lang, context)
}

/// What waits this morning: numbers, days and places, and nothing that was typed.
pub fn morning(service: &Service, morning: &Morning, link: &str) -> Value {
    let lang = &service.bundle.language("").code;
    let dates = service.bundle.manifest.dates.get(lang);
    let entry = |entry: &Entry| {
        let day = entry.day.map(|day| dates::in_words(day, dates));
        json!({
            "reference": entry.reference,
            "due_text": day,
            "received_text": dates::moment_in_words(entry.dossier.id().created(), dates),
            "topic": entry.topic.as_deref().map(|id| service.topic_name(id, lang)),
            "area": entry.area.as_deref().and_then(|id| service.bundle.area_name(id)),
            "owner": service.organisation_name(&entry.owner),
        })
    };
    let list = |entries: &[Entry]| entries.iter().map(entry).collect::<Vec<_>>();
    let lost = |lost: &Lost| json!({ "reference": lost.reference, "to": lost.to() });
    json!({
        "link": link,
        "counts": {
            "late": morning.late.len(),
            "today": morning.today.len(),
            "suspects": morning.suspects.len(),
            "undelivered": morning.undelivered.len(),
            "more": morning.more,
        },
        "late": list(&morning.late),
        "today": list(&morning.today),
        "suspects": list(&morning.suspects),
        "undelivered": morning.undelivered.iter().map(lost).collect::<Vec<_>>(),
    })
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
        "due_text": sign_up.due.map(|due| dates::in_words(due, manifest.dates.get(lang))),
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
