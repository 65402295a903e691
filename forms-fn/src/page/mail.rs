//! The words of the mails.

use serde_json::json;
use tera::{Context, TeraResult};

use super::common;
use crate::outbox::Out;
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
    let path = |lang: &str, part: &str| format!("mail/{}/{lang}/{part}", out.kind.as_str());
    let lang = match bundle.tera.contains_template(&path(lang, "subject.txt")) {
        true => lang,
        false => &bundle.language("").code,
    };
    let mut context = common(service, lang)?;
    context.extend(Context::from_serialize(&json!({
        "reference": case.reference,
        "topic": service.topic_label(case, lang),
        "area": case.area.as_deref().and_then(|id| bundle.area_name(id)),
        "link": link,
        "fallback": out.fallback,
        "ltr": ISOLATE[0],
        "pop": ISOLATE[1],
        "due_text": dates::in_words(case.due, bundle.manifest.dates.get(lang)),
    }))?);
    let part = |name: &str| bundle.tera.render(&path(lang, name), &context);
    Ok(MailParts {
        subject: part("subject.txt")?,
        text: part("body.txt")?,
        html: part("body.html")?,
    })
}
