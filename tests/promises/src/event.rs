//! Of what wakes `deliver`, exactly the new outbox items are taken up, whatever else comes along; and what is
//! told of a mail is told of one of ours.

use forms_fn::stream::{inserted, notification};
use serde_json::Value;

/// The symbols of an id: Crockford's, without I, L, O and U.
const SYMBOLS: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// 1 January 2020: no mail of ours is older.
const FIRST: i64 = 1_577_836_800;

pub fn event(bytes: &[u8]) {
    let Ok(event) = serde_json::from_slice::<Value>(bytes) else { return };
    record(&event);
    for one in event.get("Records").and_then(Value::as_array).into_iter().flatten() {
        record(one);
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 26 && text.chars().all(|symbol| SYMBOLS.contains(symbol))
}

fn record(record: &Value) {
    if let Some(told) = notification(record) {
        assert!(is_id(told.outbox.as_str()), "{record}");
        assert!(told.at.is_none_or(|at| at.as_second() >= FIRST), "{record}");
    }
    let key = record["dynamodb"]["Keys"]["pk"]["S"].as_str().unwrap_or_default();
    let id = key.strip_prefix("OUT#").unwrap_or_default();
    let is_new = is_id(id) && record["eventName"] == "INSERT";
    let found = inserted(record);
    assert_eq!(found.as_ref().map(|found| found.as_str()), is_new.then_some(id), "{record}");

    // The same as a change of what is there already is our own doing, and nothing to answer.
    if let Value::Object(mut fields) = record.clone() {
        fields.insert("eventName".to_owned(), "MODIFY".into());
        assert_eq!(inserted(&Value::Object(fields)), None, "{record}");
    }
}
