//! What befalls a request to the database or to the mailer, as a script says; and a world in which
//! everything goes through such a script.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Region;
use aws_sdk_dynamodb::config::retry::{RetryConfig, RetryPartition};
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use forms_fn::mail::{Mail, Mailer, NotSent, Sending};
use forms_fn::store::local_client;
use tokio::sync::watch;

use super::proxy::Proxy;
use super::{Postbox, World, database};

/// What the mailer is called in a script, where the database has `PutItem` and the like.
pub const SEND_MAIL: &str = "SendMail";

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Pass,
    /// Refused in DynamoDB's own words, and nothing happened.
    Refuse(Refusal),
    /// It happens, and nobody hears of it: the connection breaks.
    LoseAnswer,
    /// It never arrives: the connection breaks.
    LoseRequest,
    /// It never arrives and the connection stays open.
    Hang,
    /// The function ends before it happens.
    CrashBefore,
    /// The function ends after it happened, and before it hears of it.
    CrashAfter,
}

/// Refusals that an emulator does not give and the cloud does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Another transaction is busy with one of the items.
    Conflict,
    Throttled,
    Exceeded,
    Internal,
}

type Script = Box<dyn FnMut(&str) -> Fate + Send>;

/// The script that is followed, and what came of it.
pub struct Fates {
    script: Mutex<Script>,
    story: Mutex<Vec<String>>,
    tally: Mutex<BTreeMap<Fate, usize>>,
    crashes: watch::Sender<usize>,
}

impl Default for Fates {
    fn default() -> Self {
        Self {
            script: Mutex::new(Box::new(|_| Fate::Pass)),
            story: Mutex::default(),
            tally: Mutex::default(),
            crashes: watch::Sender::new(0),
        }
    }
}

impl Fates {
    /// From now on `script` decides, by the name of the operation.
    pub fn follow(&self, script: impl FnMut(&str) -> Fate + Send + 'static) {
        *self.script.lock().unwrap() = Box::new(script);
    }

    /// From now on everything goes well.
    pub fn calm(&self) {
        self.follow(|_| Fate::Pass);
    }

    /// The `number`th request (from 1) meets this fate, all others pass.
    pub fn only(&self, number: usize, fate: Fate) {
        let mut count = 0;
        self.follow(move |_| {
            count += 1;
            if count == number { fate } else { Fate::Pass }
        });
    }

    /// The first `count` requests of this kind meet this fate.
    pub fn first(&self, count: usize, operation: &'static str, fate: Fate) {
        let mut left = count;
        self.follow(move |name| {
            if name != operation || left == 0 {
                return Fate::Pass;
            }
            left -= 1;
            fate
        });
    }

    pub fn decide(&self, operation: &str) -> Fate {
        let fate = (self.script.lock().unwrap())(operation);
        self.story.lock().unwrap().push(format!("{operation}: {fate:?}"));
        *self.tally.lock().unwrap().entry(fate).or_default() += 1;
        fate
    }

    pub fn crash(&self) {
        self.crashes.send_modify(|count| *count += 1);
    }

    /// Does the work until it ends, or until the script ends the function in the middle of it:
    /// then `None`, and the work is dropped where it waited.
    pub async fn survives<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let mut crashes = self.crashes.subscribe();
        tokio::select! {
            biased;
            _ = crashes.changed() => None,
            done = work => Some(done),
        }
    }

    /// Every request so far and what became of it, for whoever must find out why.
    pub fn story(&self) -> String {
        self.story.lock().unwrap().join("\n")
    }

    /// How often each fate struck.
    pub fn tally(&self) -> BTreeMap<Fate, usize> {
        self.tally.lock().unwrap().clone()
    }
}

/// A mailer between the function and the postbox. It knows no refusals of a database, and one that
/// hangs is ended from outside, as Lambda does.
struct Unsteady {
    postbox: Arc<Postbox>,
    fates: Arc<Fates>,
}

impl Unsteady {
    /// The end: whoever waits for this waits for ever.
    async fn crash(&self) -> Result<(), NotSent> {
        self.fates.crash();
        std::future::pending().await
    }
}

impl Mailer for Unsteady {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(async move {
            match self.fates.decide(SEND_MAIL) {
                Fate::Pass => self.postbox.send(mail).await,
                Fate::Refuse(_) | Fate::LoseRequest => Err(NotSent::mail("told to fail")),
                Fate::LoseAnswer => {
                    self.postbox.send(mail).await?;
                    Err(NotSent::mail("told to fail"))
                }
                Fate::Hang | Fate::CrashBefore => self.crash().await,
                Fate::CrashAfter => {
                    self.postbox.send(mail).await?;
                    self.crash().await
                }
            }
        })
    }
}

/// A world whose database and mailer do as a script says.
pub struct Stage {
    pub world: World,
    pub fates: Arc<Fates>,
    _proxy: Proxy,
}

impl Stage {
    pub async fn new() -> Self {
        let (endpoint, stop) = database();
        let fates = Arc::new(Fates::default());
        let proxy = Proxy::before(&endpoint, &fates);
        let client = impatient_client(&proxy.endpoint);
        let door = |postbox| -> Arc<dyn Mailer> {
            Arc::new(Unsteady { postbox, fates: Arc::clone(&fates) })
        };
        let world = World::through(client, stop, door).await;
        Self { world, fates, _proxy: proxy }
    }
}

/// How long a test waits for one answer. Long enough for a busy machine: what takes longer by
/// accident is one more lost answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// The function's own client, but one that waits milliseconds where that one waits seconds. Its
/// budget of attempts is its own, so that no test leaves the next with less.
pub fn impatient_client(endpoint: &str) -> Client {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(PATIENCE)
        .operation_attempt_timeout(PATIENCE)
        .operation_timeout(PATIENCE * 4)
        .build();
    let config = local_client(endpoint)
        .config()
        .to_builder()
        // Moto has the regions of the cloud and no other.
        .region(Region::new("eu-west-1"))
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
        .retry_partition(RetryPartition::new(format!("test {number}")))
        .timeout_config(timeouts)
        .build();
    Client::from_conf(config)
}
