//! The databases that the store is proved on: the embedded one always, and a second, independent
//! implementation (moto) at the address in `NB_MOTO`, which `tests/run` starts.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_sdk_dynamodb::Client;
use forms_core::{Posted, validate};
use forms_fn::bundle::Bundle;
use forms_fn::store::{CaseKeys, Store};
use forms_fn::submission::Case;
use jiff::Timestamp;

use super::fates::{Fates, impatient_client};
use super::proxy::Proxy;
use super::{START, database, fixture};

/// A database with an empty table of our own, behind a script.
pub struct Engine {
    pub name: &'static str,
    /// Whether two writers at the same moment see each other as DynamoDB promises. Moto looks
    /// at the conditions and writes then, with nothing to keep another writer out in between, and a
    /// transaction that it cancels takes what others wrote meanwhile along.
    pub isolated: bool,
    /// Whether a transaction that comes again with the token of a first one is answered like it and
    /// not done again, as DynamoDB does for ten minutes. Moto knows no tokens.
    pub knows_tokens: bool,
    pub client: Client,
    pub store: Store,
    pub table: String,
    pub fates: Arc<Fates>,
    bundle: Bundle,
    _proxy: Proxy,
    _stop: Option<tokio::sync::oneshot::Sender<()>>,
}

/// Every database there is, each time anew.
pub async fn engines() -> Vec<Arc<Engine>> {
    let (endpoint, stop) = database();
    let mut all = vec![Engine::at("embedded", &endpoint, true, Some(stop)).await];
    if let Ok(moto) = std::env::var("NB_MOTO") {
        all.push(Engine::at("moto", moto.trim_end_matches('/'), false, None).await);
    }
    all.into_iter().map(Arc::new).collect()
}

impl Engine {
    async fn at(
        name: &'static str,
        endpoint: &str,
        isolated: bool,
        stop: Option<tokio::sync::oneshot::Sender<()>>,
    ) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let table = format!("proof-{}-{number}", std::process::id());
        let fates = Arc::new(Fates::default());
        let proxy = Proxy::before(endpoint, &fates);
        let client = impatient_client(&proxy.endpoint);
        let store = Store::new(client.clone(), &table);
        store.create_table().await.expect("a table");
        let bundle = fixture::bundle();
        Self {
            name,
            isolated,
            knows_tokens: isolated,
            client,
            store,
            table,
            fates,
            bundle,
            _proxy: proxy,
            _stop: stop,
        }
    }

    /// The case of check page `page`, made anew: every time with another id and reference.
    pub fn case(&self, page: usize) -> Case {
        let form = self.bundle.form("vraag").unwrap();
        let posted = Posted::from([("vraag", "Hoe kan ik helpen?"), ("email", "a@buurt.example")]);
        let answers = validate(form, self.bundle.manifest.offered(), &posted).unwrap();
        Case::new(&self.bundle, form, "nl", &answers, true, &format!("{page:032x}"), start())
    }

    /// Keeps it under the link and code of its check page.
    pub async fn keep(&self, case: &Case) -> forms_fn::store::Result<forms_fn::store::Kept> {
        let key = |kind: char| format!("{kind}{}", case.nonce_id);
        let keys = CaseKeys { status: key('s'), code: key('c'), subject: Some(key('a')) };
        self.store.keep(case, &keys).await
    }

    /// Partition and sort key of every item, in order.
    pub async fn keys(&self) -> Vec<String> {
        let found = self.client.scan().table_name(&self.table).consistent_read(true);
        let found = found.send().await.unwrap();
        let key = |item| format!("{} {}", text(item, "pk"), text(item, "sk"));
        let mut keys: Vec<String> = found.items().iter().map(key).collect();
        keys.sort();
        keys
    }
}

pub use super::resident::text;

/// The moment at which every case here came in.
pub fn start() -> Timestamp {
    START.parse().unwrap()
}
