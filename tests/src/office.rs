//! The function in this process, on the bundle of the content under test: its mails and its table are
//! in the test's hands.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use forms_fn::bundle::Bundle;
use forms_fn::config::Config;
use forms_fn::mail::{Mail, Mailer, Sending};
use forms_fn::store::{Store, local_client};
use forms_fn::{Service, deliver, http};
use tokio::runtime::Runtime;

use crate::post::{self, Answer};
use crate::project::Project;

const TABLE: &str = "office";
pub const COLLEAGUE: &str = "jan@vwn.example";
const BASE: &str = "https://oss.example";

#[derive(Default)]
struct Postbox(Mutex<Vec<Mail>>);

impl Mailer for Postbox {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(async move {
            self.0.lock().expect("a postbox").push(mail.clone());
            Ok(())
        })
    }
}

pub struct Office {
    pub address: String,
    service: Arc<Service>,
    client: aws_sdk_dynamodb::Client,
    mails: Arc<Postbox>,
    runtime: Runtime,
}

impl Office {
    /// On a build of this content. Every organisation has a mailbox of its own.
    pub fn of(project: &Project) -> Self {
        let bundle = Bundle::open(&project.build().join("forms")).expect("a bundle");
        let runtime = Runtime::new().expect("a runtime");
        let client = local_client(&database());
        let store = Store::new(client.clone(), TABLE);
        runtime.block_on(store.create_table()).expect("a table");
        let organisations = bundle.manifest.organisations.iter();
        let config = Config {
            secret: vec![42; 32],
            mailboxes: organisations
                .map(|own| (own.id.clone(), format!("{}@partner.example", own.id)))
                .collect(),
            sender: "post@oss.example".to_owned(),
            base_url: BASE.to_owned(),
            fallback: None,
            daily_mails: 10_000,
            staff: vec![COLLEAGUE.to_owned()],
        };
        let mails = Arc::new(Postbox::default());
        let mailer = Arc::clone(&mails) as Arc<dyn Mailer>;
        let clock = Arc::new(jiff::Timestamp::now);
        let service = Service::new(bundle, store, mailer, config, clock, Arc::new(|| ()));
        let service = Arc::new(service.with_log(forms_fn::telemetry::Log::to(|_| ())));
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
        listener.set_nonblocking(true).expect("a listener");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let app = http::app(Arc::clone(&service));
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            axum::serve(listener, app).await
        });
        Self { address, service, client, mails, runtime }
    }

    pub fn get(&self, path: &str, cookie: &str) -> Answer {
        post::get_as(&format!("{}{path}", self.address), cookie)
    }

    pub fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        post::post_as(&format!("{}{path}", self.address), cookie, fields)
    }

    /// Brings every mail that is owed.
    pub fn sweep(&self) {
        self.runtime.block_on(deliver::sweep(&self.service)).expect("the table answers");
    }

    /// Paths of the links in all mails so far, oldest first.
    pub fn links(&self) -> Vec<String> {
        let mails = self.mails.0.lock().expect("a postbox");
        let texts = mails.iter().flat_map(|mail| mail.text.split_whitespace());
        texts.filter_map(|word| word.strip_prefix(BASE)).map(str::to_owned).collect()
    }

    /// The last link that starts like this.
    pub fn link(&self, start: &str) -> String {
        let links = self.links();
        let found = links.iter().rev().find(|link| link.starts_with(start));
        found.unwrap_or_else(|| panic!("no link {start} in {links:?}")).clone()
    }

    /// A question that came in: its page in the inbox.
    pub fn asked(&self, fields: &[(&str, &str)]) -> String {
        let check = self.post("/vraag/controle", "", fields);
        let nonce = check.input("nonce").unwrap_or_else(|| panic!("no check page: {}", check.body));
        let mut all = fields.to_vec();
        all.extend([("nonce", nonce.as_str()), ("delen", "ja")]);
        assert_eq!(self.post("/vraag/verstuur", "", &all).status, 303);
        self.sweep();
        self.link("/inbox/vraag/")
    }

    /// A colleague signs in: the session's cookie.
    pub fn sign_in(&self) -> String {
        let asked = self.post("/inloggen", "", &[("email", COLLEAGUE)]);
        let held = asked.cookie("__Host-aanmelding").expect("an attempt");
        self.sweep();
        let entered = self.post(&self.link("/inloggen/"), &held, &[]);
        entered.cookie("__Host-inbox").expect("a session")
    }

    /// Opens a question: its address with the mark of this session.
    pub fn open(&self, case: &str, cookie: &str) -> String {
        let opened = self.post(case, cookie, &[("doe", "openen")]);
        opened.location.unwrap_or_else(|| panic!("not opened: {}", opened.body))
    }

    /// Every item of the table, in a fixed order and spelling.
    pub fn table(&self) -> Vec<String> {
        let scan = self.client.scan().table_name(TABLE).send();
        let found = self.runtime.block_on(scan).expect("the table answers");
        let sorted = |item: &std::collections::HashMap<_, _>| {
            let item: std::collections::BTreeMap<_, _> = item.iter().collect();
            format!("{item:?}")
        };
        let mut all: Vec<String> = found.items().iter().map(sorted).collect();
        all.sort();
        all
    }
}

/// A DynamoDB in memory, on its own thread and a free port, as long as this process lives.
fn database() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    listener.set_nonblocking(true).expect("a listener");
    let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            let database = dynoxide::Database::memory().expect("memory");
            let for_ever = std::future::pending();
            let _ = dynoxide::server::serve_with_shutdown(listener, database, for_ever).await;
        });
    });
    endpoint
}
