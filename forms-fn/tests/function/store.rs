//! What the code relies on in DynamoDB, asked of every database there is.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use forms_fn::ids::Id;
use forms_fn::store::{Dossier, Ending, Kept, Store, StoreError, table};
use forms_fn::submission::{Case, Holder};
use jiff::SignedDuration;
use tokio::task::JoinSet;

use crate::world::engine::{Engine, engines, start, text};
use crate::world::fates::{Fate, Refusal};

const AT_ONCE: usize = 20;

fn s(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

/// Twenty times the same, all at once. Moto lets two writers at once undo each other's work, so
/// there it is done one after the other.
async fn twenty<T, F>(engine: &Engine, task: impl Fn() -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let (mut tasks, mut done) = (JoinSet::new(), Vec::new());
    for _ in 0..AT_ONCE {
        tasks.spawn(task());
        if !engine.isolated {
            done.extend(tasks.join_next().await.map(Result::unwrap));
        }
    }
    done.extend(tasks.join_all().await);
    done
}

/// A put that is refused where something stands.
fn put(engine: &Engine, key: &str, value: &str) -> Put {
    Put::builder()
        .table_name(&engine.table)
        .item(table::PARTITION, s(key))
        .item(table::SORT, s("META"))
        .item("value", s(value))
        .condition_expression("attribute_not_exists(pk)")
        .build()
        .unwrap()
}

async fn put_alone(engine: &Engine, key: &str, value: &str) -> bool {
    let put = put(engine, key, value);
    let sent = engine
        .client
        .put_item()
        .table_name(&engine.table)
        .set_item(Some(put.item))
        .set_condition_expression(put.condition_expression)
        .send()
        .await;
    match sent {
        Ok(_) => true,
        Err(error) => {
            let refused =
                error.as_service_error().map(|e| e.is_conditional_check_failed_exception());
            assert_eq!(refused, Some(true), "{}: {error:?}", engine.name);
            false
        }
    }
}

async fn value(engine: &Engine, key: &str) -> String {
    let get = engine.client.get_item().table_name(&engine.table).consistent_read(true);
    let get = get.key(table::PARTITION, s(key)).key(table::SORT, s("META"));
    get.send().await.unwrap().item().map_or_else(String::new, |item| text(item, "value").to_owned())
}

#[tokio::test]
async fn the_table_is_made_once_and_has_the_indexes_of_the_code() {
    for engine in engines().await {
        engine.store.create_table().await.unwrap();
        let found = engine.client.describe_table().table_name(&engine.table).send().await.unwrap();
        let found = found.table().unwrap();
        let indexes: BTreeSet<_> = found
            .global_secondary_indexes()
            .iter()
            .filter_map(|index| index.index_name())
            .collect();
        assert_eq!(indexes, table::INDEXES.iter().map(|index| index.name).collect());
        for index in found.global_secondary_indexes() {
            let own = table::INDEXES.iter().find(|own| Some(own.name) == index.index_name());
            let projected: BTreeSet<_> = index
                .projection()
                .unwrap()
                .non_key_attributes()
                .iter()
                .map(String::as_str)
                .collect();
            assert_eq!(projected, own.unwrap().projected.iter().copied().collect());
        }
    }
}

#[tokio::test]
async fn a_put_under_a_condition_happens_once() {
    for engine in engines().await {
        assert!(put_alone(&engine, "A", "first").await);
        assert!(!put_alone(&engine, "A", "second").await);
        assert_eq!(value(&engine, "A").await, "first", "{}", engine.name);
        let own = Arc::clone(&engine);
        let put = move || {
            let engine = Arc::clone(&own);
            async move { put_alone(&engine, "B", "early").await }
        };
        let winners = twenty(&engine, put).await.into_iter().filter(|won| *won).count();
        assert_eq!(winners, 1, "{}", engine.name);
        assert!(!put_alone(&engine, "B", "late").await);
    }
}

#[tokio::test]
async fn a_transaction_happens_whole_or_not_at_all_and_says_why_in_order() {
    for engine in engines().await {
        assert!(put_alone(&engine, "B", "old").await);
        let write = |key| TransactWriteItem::builder().put(put(&engine, key, "new")).build();
        let sent = engine
            .client
            .transact_write_items()
            .set_transact_items(Some(["A", "B", "C"].map(write).to_vec()))
            .send()
            .await;
        let error = sent.unwrap_err().into_service_error();
        let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else {
            panic!("{}: {error:?}", engine.name)
        };
        let codes: Vec<_> =
            cancelled.cancellation_reasons().iter().map(|r| r.code().unwrap_or("None")).collect();
        assert_eq!(codes, ["None", "ConditionalCheckFailed", "None"], "{}", engine.name);
        assert_eq!(engine.keys().await, ["B META"], "{}", engine.name);
        assert_eq!(value(&engine, "B").await, "old");
    }
}

#[tokio::test]
async fn that_a_page_was_sent_before_goes_before_a_reference_that_is_taken() {
    for engine in engines().await {
        let first = engine.case(1);
        assert_eq!(engine.keep(&first).await, Ok(Kept::New));
        let before = engine.keys().await;
        // The same page again: its reference is taken too, by its own case.
        assert_eq!(engine.keep(&first).await, Ok(Kept::Before), "{}", engine.name);
        let mut again = engine.case(1);
        assert_eq!(engine.keep(&again).await, Ok(Kept::Before), "{}", engine.name);
        again.nonce_id = format!("{:032x}", 2);
        again.reference.clone_from(&first.reference);
        assert_eq!(engine.keep(&again).await, Ok(Kept::ReferenceTaken), "{}", engine.name);
        assert_eq!(engine.keys().await, before, "{}: nothing of it is kept", engine.name);
        again.reference.clone_from(&engine.case(2).reference);
        assert_eq!(engine.keep(&again).await, Ok(Kept::New), "{}", engine.name);
        let read = engine.store.case(&again.id).await.unwrap().unwrap();
        assert_eq!(read.trail.len(), 1, "{}: it came in", engine.name);
        let read = Case { trail: Vec::new(), ..read };
        assert_eq!(read, again, "{}: read as it was kept", engine.name);
    }
}

#[tokio::test]
async fn of_twenty_of_one_page_at_once_one_is_kept() {
    for engine in engines().await {
        let own = Arc::clone(&engine);
        let keep = move || {
            let engine = Arc::clone(&own);
            async move { engine.keep(&engine.case(1)).await }
        };
        let answers = twenty(&engine, keep).await;
        let new = answers.iter().filter(|answer| **answer == Ok(Kept::New)).count();
        let before = answers.iter().filter(|answer| **answer == Ok(Kept::Before)).count();
        assert_eq!((new, before), (1, AT_ONCE - 1), "{}: {answers:?}", engine.name);
        let references = engine.keys().await.iter().filter(|key| key.starts_with("REF#")).count();
        assert_eq!(references, 1, "{}", engine.name);
        assert_eq!(engine.keep(&engine.case(1)).await, Ok(Kept::Before), "{}", engine.name);
    }
}

#[tokio::test]
async fn what_was_written_is_read_at_once() {
    for engine in engines().await {
        for number in 0..40 {
            let case = engine.case(number);
            engine.keep(&case).await.unwrap();
            let token = format!("s{}", case.nonce_id);
            let found = engine.store.token(Holder::Resident, &token, start()).await.unwrap();
            assert_eq!(found.map(|found| found.case), Some(case.id.clone()), "{}", engine.name);
            let read = engine.store.case(&case.id).await.unwrap();
            assert_eq!(read.map(|read| read.question), Some(case.question), "{}", engine.name);
        }
    }
}

#[tokio::test]
async fn the_index_of_due_work_holds_what_is_due_and_nothing_else() {
    for engine in engines().await {
        engine.keep(&engine.case(1)).await.unwrap();
        let due = engine.store.due(start()).await.unwrap();
        assert_eq!(due.len(), 2, "{}: two mails are owed", engine.name);
        let early = start() - SignedDuration::from_mins(2);
        assert_eq!(engine.store.due(early).await.unwrap(), [], "{}: not yet", engine.name);

        let claim = engine.store.claim(&due[0], start()).await.unwrap().unwrap();
        assert_eq!(engine.store.due(start()).await.unwrap(), due[1..], "{}: held", engine.name);
        let later = start() + SignedDuration::from_mins(5);
        engine.store.finish(&claim, Ending::Again { at: later }).await.unwrap();
        let order = [due[1].clone(), due[0].clone()];
        assert_eq!(engine.store.due(later).await.unwrap(), order, "{}: oldest first", engine.name);

        for id in &due {
            let claim = engine.store.claim(id, later).await.unwrap().unwrap();
            engine.store.finish(&claim, Ending::Sent { at: later }).await.unwrap();
        }
        let far = start() + SignedDuration::from_hours(9000);
        assert_eq!(engine.store.due(far).await.unwrap(), [], "{}: done", engine.name);
        let index = engine.client.scan().table_name(&engine.table).index_name(table::WORK.name);
        for item in index.send().await.unwrap().items() {
            assert!(text(item, "pk").starts_with("CASE#"), "{}: {item:?}", engine.name);
        }
    }
}

#[tokio::test]
async fn a_mail_is_taken_up_by_one_of_twenty_and_finished_by_who_holds_it() {
    for engine in engines().await {
        engine.keep(&engine.case(1)).await.unwrap();
        let id = engine.store.due(start()).await.unwrap().remove(0);
        let (store, mail) = (engine.store.clone(), id.clone());
        let claim = move || {
            let (store, mail) = (store.clone(), mail.clone());
            async move { store.claim(&mail, start()).await.unwrap() }
        };
        let mut claims: Vec<_> = twenty(&engine, claim).await.into_iter().flatten().collect();
        assert_eq!(claims.len(), 1, "{}", engine.name);
        let old = claims.remove(0);
        assert_eq!(engine.store.claim(&id, start()).await.unwrap(), None, "{}", engine.name);

        let almost = start() + SignedDuration::from_secs(15 * 60 - 1);
        assert_eq!(engine.store.claim(&id, almost).await.unwrap(), None, "{}", engine.name);
        let later = start() + SignedDuration::from_mins(15);
        let new = engine.store.claim(&id, later).await.unwrap().expect("the lease ran out");
        assert_eq!(new.out.attempt, old.out.attempt + 1);
        let sent = Ending::Sent { at: later };
        for (claim, holds) in [(&old, false), (&new, true), (&new, false)] {
            let finished = engine.store.finish(claim, sent).await.unwrap();
            assert_eq!(finished, holds, "{}", engine.name);
        }
        assert_eq!(engine.store.claim(&id, later).await.unwrap(), None, "{}", engine.name);
    }
}

#[tokio::test]
async fn a_token_past_its_time_opens_nothing_though_it_still_stands() {
    for engine in engines().await {
        let case = engine.case(1);
        engine.keep(&case).await.unwrap();
        let until = start() + SignedDuration::from_secs(60);
        engine.store.admit(Holder::Partner, "ab", &case.id, Some(1), until).await.unwrap();
        for (holder, seconds, opens) in [
            (Holder::Partner, 59, true),
            (Holder::Partner, 60, false),
            (Holder::Resident, 0, false),
        ] {
            let now = start() + SignedDuration::from_secs(seconds);
            let found = engine.store.token(holder, "ab", now).await.unwrap();
            let open = found.is_some_and(|found| !found.expired);
            assert_eq!(open, opens, "{}: {holder:?} {seconds}", engine.name);
        }
        assert!(engine.keys().await.contains(&"TOK#ab META".to_owned()), "{}", engine.name);
    }
}

/// Who is told that it is busy was shown no text, and tries again.
async fn read_once(store: &Store, case: &Id) {
    while let Err(error) =
        store.audit(&Dossier::Case(case.clone()), "read by link", "wonen", start()).await
    {
        assert_eq!(error, StoreError::Busy);
    }
}

#[tokio::test]
async fn twenty_readers_at_once_leave_a_trail_without_gaps() {
    for engine in engines().await {
        let case = engine.case(1);
        engine.keep(&case).await.unwrap();
        let (store, id) = (engine.store.clone(), case.id.clone());
        let read = move || {
            let (store, id) = (store.clone(), id.clone());
            async move { read_once(&store, &id).await }
        };
        twenty(&engine, read).await;
        let events = |keys: Vec<String>| -> BTreeSet<usize> {
            keys.iter().filter_map(|key| key.rsplit_once("EVT#")?.1.parse().ok()).collect()
        };
        let found = events(engine.keys().await);
        assert_eq!(found, (1..=AT_ONCE + 1).collect(), "{}: no gap, nothing lost", engine.name);
    }
}

/// Nobody has waited this long for a page.
const SOON: Duration = Duration::from_secs(8);

#[tokio::test]
async fn conflicts_and_lost_answers_end_in_one_case_or_in_an_honest_no() {
    const WRITE: &str = "TransactWriteItems";
    let conflict = Fate::Refuse(Refusal::Conflict);
    for engine in engines().await {
        let busy = Err(StoreError::Busy);
        let away = Err(StoreError::Failed("store not reached"));
        for (page, (fate, count, first, second)) in [
            (conflict, 5, Ok(Kept::New), Ok(Kept::Before)),
            (conflict, 6, busy, Ok(Kept::New)),
            (Fate::Refuse(Refusal::Throttled), 4, Ok(Kept::New), Ok(Kept::Before)),
            (Fate::Refuse(Refusal::Exceeded), 4, Ok(Kept::New), Ok(Kept::Before)),
            (Fate::Refuse(Refusal::Internal), 4, Ok(Kept::New), Ok(Kept::Before)),
            (Fate::LoseRequest, 1, Ok(Kept::New), Ok(Kept::Before)),
            (Fate::LoseRequest, 3, away.clone(), Ok(Kept::New)),
            (Fate::LoseAnswer, 3, away, Ok(Kept::Before)),
        ]
        .into_iter()
        .enumerate()
        {
            engine.fates.first(count, WRITE, fate);
            let start = std::time::Instant::now();
            let told = engine.keep(&engine.case(page)).await;
            assert_eq!(told, first, "{}: {count} × {fate:?}", engine.name);
            assert!(start.elapsed() < SOON);
            let told = engine.keep(&engine.case(page)).await;
            assert_eq!(told, second, "{}: after {count} × {fate:?}", engine.name);
        }
    }
}

#[tokio::test]
async fn a_lost_answer_about_a_lease_costs_a_lease_and_about_a_trail_nothing() {
    for engine in engines().await {
        let case = engine.case(1);
        engine.keep(&case).await.unwrap();
        let id = engine.store.due(start()).await.unwrap().remove(0);

        engine.fates.first(3, "UpdateItem", Fate::Refuse(Refusal::Conflict));
        let told = engine.store.claim(&id, start()).await;
        assert_eq!(told, Err(StoreError::Busy), "{}: another writer has it", engine.name);
        engine.fates.first(1, "UpdateItem", Fate::LoseAnswer);
        let told = engine.store.claim(&id, start()).await;
        assert_eq!(told, Ok(None), "{}: taken up by somebody, and it was us", engine.name);
        let later = start() + SignedDuration::from_mins(15);
        let claim = engine.store.claim(&id, later).await.unwrap().expect("due again");
        engine.fates.first(1, "UpdateItem", Fate::LoseAnswer);
        engine.store.finish(&claim, Ending::Sent { at: later }).await.unwrap();
        assert!(!engine.store.due(later).await.unwrap().contains(&id), "{}", engine.name);

        for fate in [Fate::LoseAnswer, Fate::LoseRequest, Fate::Refuse(Refusal::Conflict)] {
            engine.fates.first(1, "TransactWriteItems", fate);
            engine
                .store
                .audit(&Dossier::Case(case.id.clone()), "read by link", "wonen", start())
                .await
                .unwrap();
        }
        let events = engine.keys().await.iter().filter(|key| key.contains(" EVT#")).count();
        // Without tokens the event whose answer was lost is written once more, under a number of
        // its own: a trail that says too much and has no gap.
        let expected = if engine.knows_tokens { 4 } else { 5 };
        assert_eq!(events, expected, "{}: {:?}", engine.name, engine.keys().await);
    }
}
