//! The other door: records of the table's stream, the clock of the sweep, and what the mail service
//! tells of mails.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::ids::Id;
use crate::outbox::Mark;
use crate::store::{Result, StoreError};
use crate::telemetry::Field;
use crate::{Service, deliver, digest, retention, timers};

/// Answers an event of any kind. Records of the stream that could not be handled are named in the
/// answer, so that only they come again; of the mail service's events all come again, which does no
/// harm.
pub async fn handle(service: &Service, event: &Value) -> Result<Value> {
    if is_of_mail_service(event) {
        tell(service, event).await?;
        return Ok(json!({}));
    }
    let Some(records) = event.get("Records").and_then(Value::as_array) else {
        sweep(service).await?;
        return Ok(json!({}));
    };
    let mut failures = Vec::new();
    let mut fault: Option<StoreError> = None;
    for record in records {
        if let Err(error) = tell(service, record).await {
            fault = Some(error);
        }
        let Some(id) = inserted(record) else { continue };
        if let Err(error) = deliver::deliver(service, &id).await {
            service.log.event("record_failed", &[Field::Outbox(&id), Field::Cause(error.cause())]);
            let number = record.pointer("/dynamodb/SequenceNumber").cloned();
            failures.push(json!({ "itemIdentifier": number }));
        }
    }
    fault.map_or(Ok(json!({ "batchItemFailures": failures })), Err)
}

/// Everything that the clock does. First what it makes people owe, then the mails; one kind of work that
/// cannot be done does not keep the others.
pub async fn sweep(service: &Service) -> Result<()> {
    let timers = timers::sweep::sweep(service).await;
    let told = digest::tell(service).await;
    let sent = deliver::sweep(service).await;
    let erased = retention::sweep(service).await;
    timers.map(drop).and(told).and(sent.map(drop)).and(erased.map(drop))
}

async fn tell(service: &Service, event: &Value) -> Result<()> {
    match notification(event) {
        Some(Notification { outbox, mark, at }) => deliver::told(service, &outbox, mark, at).await,
        None => Ok(()),
    }
}

/// The outbox item that a record says was added. Changes are our own doing and need no answer.
pub fn inserted(record: &Value) -> Option<Id> {
    if record.get("eventName")?.as_str()? != "INSERT" {
        return None;
    }
    let key = record.pointer("/dynamodb/Keys/pk/S")?.as_str()?;
    Id::parse(key.strip_prefix("OUT#")?)
}

fn is_of_mail_service(event: &Value) -> bool {
    event.get("source").and_then(Value::as_str) == Some("aws.ses")
}

/// What the mail service tells of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub outbox: Id,
    pub mark: Mark,
    /// When it happened; `None` if that is not said or no date of ours.
    pub at: Option<Timestamp>,
}

/// Reads an event of SES as it comes through EventBridge, as a record of SNS, or bare:
/// <https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html>.
/// `None` for everything else, and for events that change nothing: a delay, which SES itself deals
/// with. Of addresses and of the server's words nothing is read.
pub fn notification(event: &Value) -> Option<Notification> {
    if let Some(message) = event.pointer("/Sns/Message") {
        return published(&serde_json::from_str(message.as_str()?).ok()?);
    }
    match is_of_mail_service(event) {
        true => published(event.get("detail")?),
        false => published(event),
    }
}

fn published(event: &Value) -> Option<Notification> {
    let outbox = Id::parse(event.pointer("/mail/tags/outbox/0")?.as_str()?)?;
    let (mark, part) = match event.get("eventType")?.as_str()? {
        "Send" => (Mark::Sent, "mail"),
        "Delivery" => (Mark::Delivered, "delivery"),
        // Who complains has the mail. SES itself writes to that address no more.
        "Complaint" => (Mark::Delivered, "complaint"),
        "Bounce" => match event.pointer("/bounce/bounceType").and_then(Value::as_str) {
            Some("Permanent") => (Mark::Failed, "bounce"),
            // Transient or Undetermined: SES tried for hours and gave up, or it is an automatic
            // answer.
            _ => (Mark::Returned, "bounce"),
        },
        "Reject" | "Rendering Failure" => (Mark::Failed, "mail"),
        _ => return None,
    };
    let at = event.get(part).and_then(|part| part.get("timestamp")).and_then(Value::as_str);
    let at = at.and_then(|at| at.parse().ok()).filter(|at: &Timestamp| at.as_second() >= FIRST);
    Some(Notification { outbox, mark, at })
}

/// 2020: older than any mail of ours.
const FIRST: i64 = 1_577_836_800;

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01KAR4TQ00ABCDEFGHJKMNPQRS";

    #[test]
    fn only_new_outbox_items_are_delivered() {
        let record = |name: &str, key: &str| json!({"eventName": name, "dynamodb": {"Keys": {"pk": {"S": key}}}});
        assert!(inserted(&record("INSERT", &format!("OUT#{ID}"))).is_some());
        assert!(inserted(&record("MODIFY", &format!("OUT#{ID}"))).is_none());
        assert!(inserted(&record("INSERT", &format!("CASE#{ID}"))).is_none());
        assert!(inserted(&json!({"eventName": 1})).is_none());
    }

    fn event(kind: &str, part: &str, more: Value) -> Value {
        let mut event = json!({
            "eventType": kind,
            "mail": {"timestamp": "2026-11-23T09:00:00.000Z", "tags": {"outbox": [ID]}},
        });
        if part != "mail" {
            event[part] = more;
        }
        event
    }

    #[test]
    fn every_event_of_ses_is_understood_in_every_wrapping() {
        let later = json!({"timestamp": "2026-11-23T09:00:07.123Z"});
        let bounce = |kind: &str| json!({"bounceType": kind, "timestamp": "2026-11-23T09:00:07Z"});
        for (kind, part, more, expected) in [
            ("Send", "mail", json!({}), Some(Mark::Sent)),
            ("Delivery", "delivery", later.clone(), Some(Mark::Delivered)),
            ("Complaint", "complaint", later.clone(), Some(Mark::Delivered)),
            ("Bounce", "bounce", bounce("Permanent"), Some(Mark::Failed)),
            ("Bounce", "bounce", bounce("Transient"), Some(Mark::Returned)),
            ("Bounce", "bounce", bounce("Undetermined"), Some(Mark::Returned)),
            ("Reject", "reject", json!({"reason": "Bad content"}), Some(Mark::Failed)),
            ("DeliveryDelay", "deliveryDelay", later.clone(), None),
            ("Open", "open", later, None),
        ] {
            let bare = event(kind, part, more);
            let bridged = json!({"source": "aws.ses", "detail-type": "Email", "detail": bare});
            let record = json!({"EventSource": "aws:sns", "Sns": {"Message": bare.to_string()}});
            for wrapped in [&bare, &bridged, &record] {
                let read = notification(wrapped);
                assert_eq!(read.as_ref().map(|read| read.mark), expected, "{wrapped}");
                assert!(read.is_none_or(|read| read.outbox.as_str() == ID && read.at.is_some()));
            }
        }
    }

    #[test]
    fn what_is_no_event_of_ours_is_nothing() {
        let mut other = event("Send", "mail", json!({}));
        for tags in
            [json!({}), json!({"outbox": []}), json!({"outbox": ["x"]}), json!({"outbox": ID})]
        {
            other["mail"]["tags"] = tags;
            assert_eq!(notification(&other), None);
        }
        for odd in [json!(null), json!([]), json!({"Sns": {"Message": "{"}}), json!({"detail": 1})]
        {
            assert_eq!(notification(&odd), None);
        }
        let mut undated = event("Send", "mail", json!({}));
        for at in [json!(7), json!("yesterday"), json!("-009999-01-02T00:00:00Z")] {
            undated["mail"]["timestamp"] = at;
            assert_eq!(notification(&undated).map(|told| told.at), Some(None));
        }
    }
}
