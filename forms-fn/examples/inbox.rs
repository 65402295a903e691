//! The function on a full table: so many open questions and so many closed ones, in the embedded
//! database, with a colleague signed in. The benchmarks ask it for pages.
//!
//! `inbox BUNDLE OPEN CLOSED` prints one line of JSON when it is ready and ends with its input.

use std::collections::HashMap;
use std::error::Error;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use axum::body::Body;
use axum::http::{Request, Response};
use forms_core::{Posted, validate};
use forms_fn::bundle::Bundle;
use forms_fn::config::Config;
use forms_fn::ids::Id;
use forms_fn::inbox::{self, Deed};
use forms_fn::mail::{Mail, Mailer, Sending};
use forms_fn::store::{CaseKeys, Store, local_client};
use forms_fn::submission::Case;
use forms_fn::{Service, deliver, http};
use jiff::{SignedDuration, Timestamp};
use tower::ServiceExt;

type Item = HashMap<String, AttributeValue>;
type Failure = Box<dyn Error + Send + Sync>;

const TABLE: &str = "inbox";
const COLLEAGUE: &str = "jan@vwn.example";

/// Keeps the last mail.
#[derive(Default)]
struct Last(Mutex<String>);

impl Mailer for Last {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(async move {
            if let Ok(mut last) = self.0.lock() {
                last.clone_from(&mail.text);
            }
            Ok(())
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let bundle = arguments.next().ok_or("no bundle")?;
    let mut number = || arguments.next().and_then(|text| text.parse().ok()).unwrap_or(0_usize);
    let (open, closed) = (number(), number());
    let endpoint = database()?;
    let client = local_client(&endpoint);
    let store = Store::new(client.clone(), TABLE);
    store.create_table().await.map_err(|error| error.cause())?;
    let mailer = Arc::new(Last::default());
    let bundle = Bundle::open(Path::new(&bundle))?;
    let first_contact = bundle.manifest.site.first_contact.clone();
    let config = Config {
        secret: vec![42; 32],
        mailboxes: [(first_contact, "vragen@vwn.example".to_owned())].into(),
        sender: "post@oss.example".to_owned(),
        base_url: "https://oss.example".to_owned(),
        fallback: None,
        daily_mails: u32::MAX,
        staff: vec![COLLEAGUE.to_owned()],
    };
    let service = Service::new(
        bundle,
        store,
        Arc::clone(&mailer) as Arc<dyn Mailer>,
        config,
        Arc::new(Timestamp::now),
        Arc::new(|| ()),
    );
    let service = Arc::new(service.with_log(forms_fn::telemetry::Log::to(|_| ())));
    let one = case(&service, 1).await?;
    let done = case(&service, 2).await?;
    let closing = Deed::Close("Wij spraken u aan de telefoon.".to_owned());
    inbox::act(&service, &done.id, 1, COLLEAGUE, &closing).await.map_err(|error| error.cause())?;
    multiply(&client, &one.id, open).await?;
    multiply(&client, &done.id, closed).await?;

    let app = http::app(Arc::clone(&service));
    let cookie = sign_in(&app, &service, &mailer).await?;
    let path = format!("/inbox/vraag/{}", one.id);
    let opened = ask(&app, "POST", &path, &cookie, "doe=openen").await?;
    let opened = header(&opened, "location").ok_or("not opened")?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    let ready = serde_json::json!({ "port": port, "cookie": cookie, "case": opened });
    writeln!(std::io::stdout().lock(), "{ready}")?;
    let ends = tokio::task::spawn_blocking(|| std::io::stdin().lock().read_to_end(&mut Vec::new()));
    tokio::select! {
        served = async { axum::serve(listener, app).await } => served?,
        _ = ends => {}
    }
    Ok(())
}

/// A DynamoDB in memory, on its own thread and a free port.
fn database() -> Result<String, Failure> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    listener.set_nonblocking(true)?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            if let (Ok(listener), Ok(database)) =
                (tokio::net::TcpListener::from_std(listener), dynoxide::Database::memory())
            {
                let for_ever = std::future::pending();
                let _ = dynoxide::server::serve_with_shutdown(listener, database, for_ever).await;
            }
        });
    });
    Ok(endpoint)
}

/// A question as it comes in.
async fn case(service: &Service, number: usize) -> Result<Case, Failure> {
    let form = service.bundle.form("vraag").ok_or("no form")?;
    let words = "Hoe maak ik kennis met mijn nieuwe buren? ".repeat(10);
    let fields = [("vraag", words.as_str()), ("wijk", "lith"), ("email", "jo@buurt.example")];
    let answers = validate(form, service.bundle.manifest.offered(), &Posted::from(fields))
        .map_err(|_| "the question does not fit the form")?;
    let nonce = format!("{number:032x}");
    let case = Case::new(&service.bundle, form, "nl", &answers, true, &nonce, Timestamp::now());
    let key = |kind: char| format!("{kind}{nonce}");
    let keys = CaseKeys { status: key('s'), code: key('c'), subject: None };
    service.store.keep(&case, &keys).await.map_err(|error| error.cause())?;
    Ok(case)
}

/// Copies of a case under ids of their own, each a little later and due on another day.
async fn multiply(client: &Client, id: &Id, count: usize) -> Result<(), Failure> {
    let text = |value: &str| AttributeValue::S(value.to_owned());
    let key = format!("CASE#{id}");
    let found = client.query().table_name(TABLE).key_condition_expression("pk = :pk");
    let items = found.expression_attribute_values(":pk", text(&key)).send().await?;
    let items: Vec<Item> = items.items().to_vec();
    let mut batch = Vec::new();
    for number in 0..count {
        let at = Timestamp::now() - SignedDuration::from_secs(i64::try_from(number)?);
        let key = format!("CASE#{}", Id::new(at));
        let day = at.strftime("%Y-").to_string()
            + &format!("{:02}-{:02}", number % 12 + 1, number % 28 + 1);
        for item in &items {
            let mut item = item.clone();
            item.insert("pk".to_owned(), text(&key));
            if item.contains_key("gsi1sk") {
                item.insert("gsi1sk".to_owned(), text(&day));
            }
            let put = PutRequest::builder().set_item(Some(item)).build()?;
            batch.push(WriteRequest::builder().put_request(put).build());
            if batch.len() == 25 {
                write(client, std::mem::take(&mut batch)).await?;
            }
        }
    }
    if batch.is_empty() { Ok(()) } else { write(client, batch).await }
}

async fn write(client: &Client, batch: Vec<WriteRequest>) -> Result<(), Failure> {
    client.batch_write_item().request_items(TABLE, batch).send().await?;
    Ok(())
}

async fn ask(
    app: &axum::Router,
    method: &str,
    path: &str,
    cookie: &str,
    body: &str,
) -> Result<Response<Body>, Failure> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("cookie", cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))?;
    Ok(app.clone().oneshot(request).await?)
}

fn header(response: &Response<Body>, name: &str) -> Option<String> {
    Some(response.headers().get(name)?.to_str().ok()?.to_owned())
}

/// Asks for a link, reads the mail and presses the button: the session's cookie.
async fn sign_in(app: &axum::Router, service: &Service, mailer: &Last) -> Result<String, Failure> {
    let asked = ask(app, "POST", "/inloggen", "", "email=jan%40vwn.example").await?;
    let held = header(&asked, "set-cookie").ok_or("no attempt")?;
    let held = held.split(';').next().unwrap_or_default();
    let link = loop {
        deliver::sweep(service).await.map_err(|error| error.cause())?;
        let mail = mailer.0.lock().map_err(|_| "a mail is missing")?.clone();
        if let Some((_, rest)) = mail.split_once("https://oss.example/inloggen/") {
            let token = rest.split_whitespace().next().unwrap_or_default();
            break format!("/inloggen/{token}");
        }
    };
    let entered = ask(app, "POST", &link, held, "").await?;
    let session = header(&entered, "set-cookie").ok_or("no session")?;
    Ok(session.split(';').next().unwrap_or_default().to_owned())
}
