//! The harness: the real router on an embedded DynamoDB, with a clock, a mailer and a log that the
//! test holds in its hand.

pub mod desk;
pub mod engine;
pub mod fates;
pub mod fixture;
mod proxy;
pub mod resident;
mod sign_up;
pub mod sink;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use forms_fn::bundle::Bundle;
use forms_fn::config::{Config, DAILY_MAILS};
use forms_fn::mail::{Mail, Mailer, NotSent, Sending};
use forms_fn::store::{Store, local_client};
use forms_fn::telemetry::Log;
use forms_fn::{Service, http};
use jiff::{SignedDuration, Timestamp};
use tower::ServiceExt;

pub const TABLE: &str = "nieuwe-buren";
/// A Monday morning in November.
pub const START: &str = "2026-11-23T09:00:00Z";

pub struct World {
    pub service: Arc<Service>,
    pub client: Client,
    pub mailer: Arc<Postbox>,
    pub log: Arc<Mutex<Vec<String>>>,
    app: Router,
    now: Arc<Mutex<Timestamp>>,
    _stop: tokio::sync::oneshot::Sender<()>,
}

/// Keeps mails, or fails as told.
#[derive(Default)]
pub struct Postbox {
    pub mails: Mutex<Vec<Mail>>,
    mood: AtomicU8,
}

impl Postbox {
    pub fn works(&self) {
        self.mood.store(0, Ordering::SeqCst);
    }

    pub fn refuses(&self) {
        self.mood.store(1, Ordering::SeqCst);
    }

    /// Never answers: whoever gives up waiting has crashed between claim and send.
    pub fn hangs(&self) {
        self.mood.store(2, Ordering::SeqCst);
    }

    /// The mail service itself is away, whatever the mail.
    pub fn is_away(&self) {
        self.mood.store(3, Ordering::SeqCst);
    }

    pub fn to(&self, address: &str) -> Vec<Mail> {
        self.mails.lock().unwrap().iter().filter(|mail| mail.to == address).cloned().collect()
    }
}

impl Mailer for Postbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(async move {
            match self.mood.load(Ordering::SeqCst) {
                0 => self.mails.lock().unwrap().push(mail.clone()),
                1 => return Err(NotSent::mail("told to fail")),
                3 => return Err(NotSent::service("told to be away")),
                _ => std::future::pending().await,
            }
            Ok(())
        })
    }
}

/// An answer, read to its end.
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub headers: axum::http::HeaderMap,
    pub html: String,
}

impl Answer {
    /// Value of the hidden field with this name.
    pub fn hidden(&self, name: &str) -> Option<String> {
        let start = format!("<hidden {name}=");
        let rest = self.html.split_once(&start)?.1;
        Some(rest.split_once('>')?.0.to_owned())
    }
}

impl World {
    pub async fn new() -> Self {
        let (endpoint, stop) = database();
        Self::at(&endpoint, stop).await
    }

    /// A world that is configured otherwise.
    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        let (endpoint, stop) = database();
        let mut config = config();
        change(&mut config);
        Self::made(local_client(&endpoint), stop, config, fixture::bundle(), |postbox| postbox)
            .await
    }

    /// A world whose database is elsewhere, or nowhere.
    pub async fn at(endpoint: &str, stop: tokio::sync::oneshot::Sender<()>) -> Self {
        Self::through(local_client(endpoint), stop, |postbox| postbox).await
    }

    /// The same table with another release of the content, as long as this world lasts.
    pub async fn released(&self, change: impl FnOnce(&mut forms_core::Manifest)) -> Self {
        let (stop, _) = tokio::sync::oneshot::channel();
        let bundle = fixture::bundle_with(change);
        Self::made(self.client.clone(), stop, config(), bundle, |postbox| postbox).await
    }

    /// The same table with another configuration, as long as this world lasts.
    pub async fn configured(&self, change: impl FnOnce(&mut Config)) -> Self {
        let (stop, _) = tokio::sync::oneshot::channel();
        let mut config = config();
        change(&mut config);
        let client = self.client.clone();
        Self::made(client, stop, config, fixture::bundle(), |postbox| postbox).await
    }

    /// A world with a client of the test's own, and with a door before its postbox.
    pub async fn through(
        client: Client,
        stop: tokio::sync::oneshot::Sender<()>,
        door: impl FnOnce(Arc<Postbox>) -> Arc<dyn Mailer>,
    ) -> Self {
        Self::made(client, stop, config(), fixture::bundle(), door).await
    }

    async fn made(
        client: Client,
        stop: tokio::sync::oneshot::Sender<()>,
        config: Config,
        bundle: Bundle,
        door: impl FnOnce(Arc<Postbox>) -> Arc<dyn Mailer>,
    ) -> Self {
        let store = Store::new(client.clone(), TABLE);
        let _ = store.create_table().await;
        let now = Arc::new(Mutex::new(START.parse().unwrap()));
        let clock = Arc::clone(&now);
        let mailer = Arc::new(Postbox::default());
        let log = Arc::new(Mutex::new(Vec::new()));
        let lines = Arc::clone(&log);
        let service = Service::new(
            bundle,
            store,
            door(Arc::clone(&mailer)),
            config,
            Arc::new(move || *clock.lock().unwrap()),
            Arc::new(|| ()),
        );
        let sink = move |line: &str| lines.lock().unwrap().push(line.to_owned());
        let service = Arc::new(service.with_log(Log::to(sink)));
        let app = http::app(Arc::clone(&service));
        Self { service, client, mailer, log, app, now, _stop: stop }
    }

    pub fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    pub fn pass(&self, time: SignedDuration) {
        let mut now = self.now.lock().unwrap();
        *now += time;
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_bytes(path, encode(fields).into_bytes()).await
    }

    pub async fn post_bytes(&self, path: &str, body: Vec<u8>) -> Answer {
        let request = Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("origin", "null");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        read(self.app.clone().oneshot(request).await.unwrap()).await
    }

    /// Fills in the form and presses both buttons; the answer is the receipt.
    pub async fn ask(&self, fields: &[(&str, &str)]) -> Answer {
        let sent = self.press_send(fields).await;
        assert_eq!(sent.status, 303, "{}", sent.html);
        self.get(&sent.location.unwrap()).await
    }

    pub async fn press_send(&self, fields: &[(&str, &str)]) -> Answer {
        let nonce = self.nonce(fields).await;
        let mut all = fields.to_vec();
        all.extend([("nonce", nonce.as_str()), ("delen", "ja")]);
        self.post("/vraag/verstuur", &all).await
    }

    pub async fn nonce(&self, fields: &[(&str, &str)]) -> String {
        let check = self.post("/vraag/controle", fields).await;
        assert_eq!(check.status, 200, "{}", check.html);
        check.hidden("nonce").unwrap()
    }

    pub async fn sweep(&self) -> forms_fn::deliver::Report {
        forms_fn::deliver::sweep(&self.service).await.unwrap()
    }

    /// Every item of the table, in a fixed order and spelling.
    pub async fn table(&self) -> Vec<String> {
        let items = self.client.scan().table_name(TABLE).send().await.unwrap();
        let mut all: Vec<String> = items
            .items()
            .iter()
            .map(|item| {
                let sorted: BTreeMap<_, _> = item.iter().collect();
                format!("{sorted:?}")
            })
            .collect();
        all.sort();
        all
    }

    /// How many items have a partition key that starts like this.
    pub async fn count(&self, start: &str) -> usize {
        let start = format!("\"pk\": S(\"{start}");
        self.table().await.iter().filter(|item| item.contains(&start)).count()
    }
}

pub fn config() -> Config {
    Config {
        secret: vec![42; 32],
        mailboxes: [
            ("vwn", "vragen@vwn.example"),
            ("welzijn", "post@welzijn.example"),
            ("wonen", "post@wonen.example"),
        ]
        .map(|(id, address)| (id.to_owned(), address.to_owned()))
        .into(),
        sender: "post@oss.example".to_owned(),
        base_url: "https://oss.example".to_owned(),
        fallback: None,
        daily_mails: DAILY_MAILS,
        staff: [desk::JAN, desk::PIET].map(str::to_owned).to_vec(),
    }
}

async fn read(response: Response<Body>) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let location = parts.headers.get("location").map(|v| v.to_str().unwrap().to_owned());
    Answer {
        status: parts.status.as_u16(),
        location,
        headers: parts.headers,
        html: String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

pub fn encode(fields: &[(&str, &str)]) -> String {
    let text = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let pairs: Vec<String> =
        fields.iter().map(|(n, v)| format!("{}={}", text(n), text(v))).collect();
    pairs.join("&")
}

/// A DynamoDB in memory, on its own thread and a free port.
pub fn database() -> (String, tokio::sync::oneshot::Sender<()>) {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let database = dynoxide::Database::memory().unwrap();
            let stopped = async {
                let _ = stopped.await;
            };
            let _ = dynoxide::server::serve_with_shutdown(listener, database, stopped).await;
        });
    });
    (endpoint, stop)
}
