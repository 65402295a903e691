//! The other door: records of the table's stream, and the clock of the sweep.

use serde_json::{Value, json};

use crate::ids::Id;
use crate::store::Result;
use crate::telemetry::Field;
use crate::{Service, deliver, retention};

/// Answers an event of either kind. Records that could not be handled are named in the answer, so
/// that only they come again.
pub async fn handle(service: &Service, event: &Value) -> Result<Value> {
    let Some(records) = event.get("Records").and_then(Value::as_array) else {
        deliver::sweep(service).await?;
        retention::sweep(service).await?;
        return Ok(json!({}));
    };
    let mut failures = Vec::new();
    for record in records {
        let Some(id) = inserted(record) else { continue };
        if let Err(error) = deliver::deliver(service, &id).await {
            service.log.event("record_failed", &[Field::Outbox(&id), Field::Cause(error.cause())]);
            let number = record.pointer("/dynamodb/SequenceNumber").cloned();
            failures.push(json!({ "itemIdentifier": number }));
        }
    }
    Ok(json!({ "batchItemFailures": failures }))
}

/// The outbox item that a record says was added. Changes are our own doing and need no answer.
fn inserted(record: &Value) -> Option<Id> {
    if record.get("eventName")?.as_str()? != "INSERT" {
        return None;
    }
    let key = record.pointer("/dynamodb/Keys/pk/S")?.as_str()?;
    Id::parse(key.strip_prefix("OUT#")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_new_outbox_items_are_delivered() {
        let record = |name: &str, key: &str| json!({"eventName": name, "dynamodb": {"Keys": {"pk": {"S": key}}}});
        let id = "01KAR4TQ00ABCDEFGHJKMNPQRS";
        assert!(inserted(&record("INSERT", &format!("OUT#{id}"))).is_some());
        assert!(inserted(&record("MODIFY", &format!("OUT#{id}"))).is_none());
        assert!(inserted(&record("INSERT", &format!("CASE#{id}"))).is_none());
        assert!(inserted(&json!({"eventName": 1})).is_none());
    }
}
