//! The words of the mails.

use serde_json::json;
use tera::{Context, TeraResult};

use super::common;
use crate::outbox::MailKind;
use crate::submission::Case;
use crate::{Service, dates};

/// The parts of a mail. They know the case's number, topic and area, and nothing that was typed.
pub struct MailParts {
    pub subject: String,
    pub text: String,
    pub html: String,
}

pub fn mail(
    service: &Service,
    kind: MailKind,
    lang: &str,
    case: &Case,
    link: &str,
) -> TeraResult<MailParts> {
    let bundle = &service.bundle;
    let path = |lang: &str, part: &str| format!("mail/{}/{lang}/{part}", kind.as_str());
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
        "due_text": dates::in_words(case.due, bundle.manifest.dates.get(lang)),
    }))?);
    let part = |name: &str| bundle.tera.render(&path(lang, name), &context);
    Ok(MailParts {
        subject: part("subject.txt")?,
        text: part("body.txt")?,
        html: part("body.html")?,
    })
}
