//! What one question costs in the units that DynamoDB is paid by. Counted from what is really asked
//! and kept, so that a new index or a second read shows up here.
//!
//! A write unit is 1 KB of an item, twice that in a transaction, and once more for every index that
//! holds it; a read unit is 4 KB read consistently
//! (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html>).

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;
use forms_fn::store::table;

use crate::world::TABLE;
use crate::world::fates::Stage;

const QUESTION: [(&str, &str); 5] = [
    ("onderwerp", "samen"),
    ("vraag", "Hoe maak ik kennis met mijn nieuwe buren? Ik bak graag een taart."),
    ("wijk", "lith"),
    ("naam", "Jo de Wit"),
    ("email", "jo@buurt.example"),
];

/// Bytes of an item as DynamoDB counts them: names and values.
fn bytes(item: &HashMap<String, AttributeValue>) -> usize {
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(digits) => digits.len() / 2 + 1,
        _ => 1,
    };
    item.iter().map(|(name, own)| name.len() + value(own)).sum()
}

/// Write units of everything that stands in the table, were it put in one transaction.
async fn units_of_a_transaction(client: &aws_sdk_dynamodb::Client) -> usize {
    let found = client.scan().table_name(TABLE).send().await.unwrap();
    let kilobytes = |item| bytes(item).div_ceil(1024);
    let indexes = |item: &HashMap<_, _>| {
        table::INDEXES.iter().filter(|index| item.contains_key(index.partition)).count()
    };
    // An index holds less than the item, so never more of its kilobytes.
    let units = |item| kilobytes(item) * (2 + indexes(item));
    found.items().iter().map(units).sum()
}

/// How often each operation was asked for since the last count.
fn operations(stage: &Stage, before: &str) -> BTreeMap<String, usize> {
    let story = stage.fates.story();
    let mut counts = BTreeMap::new();
    for line in story.strip_prefix(before).unwrap_or(&story).lines() {
        if let Some((operation, _)) = line.split_once(':') {
            *counts.entry(operation.to_owned()).or_insert(0) += 1;
        }
    }
    counts
}

fn count(counts: &BTreeMap<String, usize>, operation: &str) -> usize {
    counts.get(operation).copied().unwrap_or(0)
}

#[tokio::test]
async fn one_question_costs_what_the_papers_say() {
    let stage = Stage::new().await;
    let world = &stage.world;
    let nonce = world.nonce(&QUESTION).await;
    let before = stage.fates.story();
    let mut fields = QUESTION.to_vec();
    fields.extend([("nonce", nonce.as_str()), ("delen", "nee")]);
    assert_eq!(world.post("/vraag/verstuur", &fields).await.status, 303);
    let submit = operations(&stage, &before);
    assert_eq!(count(&submit, "TransactWriteItems"), 1, "{submit:?}");
    assert_eq!(submit.len(), 1, "no read and no other write before the receipt: {submit:?}");
    let commit = units_of_a_transaction(&world.client).await;

    let before = stage.fates.story();
    assert_eq!(world.sweep().await.sent, 2);
    let deliver = operations(&stage, &before);
    // An update in an index is at most a delete and a put there, beside the item itself.
    let updates = 3 * count(&deliver, "UpdateItem") + count(&deliver, "PutItem");
    let transactions = 6 * count(&deliver, "TransactWriteItems");
    let writes = commit + updates + transactions;
    let reads = count(&deliver, "Query") + count(&deliver, "GetItem");
    // With the counter of its network address, which this request does not have.
    println!(
        "one question with two mails: commit {commit} write units, delivery at most {}, reads {reads}; \
         {submit:?} {deliver:?}",
        updates + transactions
    );
    println!(
        "10,000 a year: at most {} write and {} read units",
        10_000 * (writes + 1),
        10_000 * reads
    );
    assert!(commit <= 32, "{commit} write units for one transaction");
    assert!(writes <= 90, "{writes} write units in all");
    assert!(reads <= 8, "{reads} reads for two mails");
}
