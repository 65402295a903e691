//! The preview: site, folders and the real forms on one address of this computer.
//!
//! The function's own router answers the forms, on a DynamoDB that runs in this process and keeps
//! its data in a folder. Only the mail is different: it goes to a page. A change in content or theme
//! is built and shown at once; a mistake is shown over the last good site.

mod database;
mod files;
mod index;
mod live;
mod mailbox;
mod mailbox_page;
mod shown;
mod watch;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use forms_fn::Service;
use forms_fn::bundle::Bundle;
use forms_fn::config::{Config, DAILY_MAILS};
use forms_fn::store::{Store, local_client};
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::site::{Made, Memory, Options};
use mailbox::Mailbox;
use shown::{Seat, Shown, Stage};
pub(crate) use watch::{Change, Outcome};

/// What the preview shows and where it keeps what is sent.
pub(crate) struct Preview {
    /// Of the build that just succeeded, and of those that follow.
    pub(crate) options: Options,
    pub(crate) made: Made,
    /// Of that build, for the next one.
    pub(crate) memory: Memory,
    pub(crate) port: u16,
    pub(crate) data: PathBuf,
}

/// The sweep behind the wake-ups: whatever is due is sent within this time.
const SWEEP_EVERY: Duration = Duration::from_secs(5);

const TABLE: &str = "nieuwe-buren";

/// How long a page that is open may keep the preview from ending.
const GOODBYE: Duration = Duration::from_millis(200);

/// Serves until Ctrl+C. `ready` is called with the address once requests are answered, `told` after
/// each change in the content or the theme.
pub(crate) fn run(
    preview: Preview,
    ready: impl FnOnce(&str),
    told: impl Fn(&Change),
) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("De proefopstelling start niet: {error}."))?;
    runtime.block_on(serve(preview, ready, told))
}

async fn serve(
    preview: Preview,
    ready: impl FnOnce(&str),
    told: impl Fn(&Change),
) -> Result<(), String> {
    let Preview { options, made, memory, port, data } = preview;
    let listener = listen(port).await?;
    let port = listener.local_addr().map_or(port, |address| address.port());
    let address = format!("http://127.0.0.1:{port}");

    prepare(&data)?;
    let mailbox = Arc::new(Mailbox::open(&data.join("mailbox.jsonl"))?);
    let database = database::start(&data.join("vragen.sqlite"))?;
    let store = Store::new(local_client(&database.endpoint), TABLE);
    store
        .create_table()
        .await
        .map_err(|error| format!("De tabel voor de vragen is niet te maken: {}.", error.cause()))?;
    let config = Config {
        secret: secret(&data)?,
        mailboxes: mailboxes(),
        sender: "nieuwe-buren@preview.example".to_owned(),
        base_url: address.clone(),
        fallback: None,
        daily_mails: DAILY_MAILS,
        staff: vec![COORDINATOR.to_owned()],
    };
    let due = Arc::new(Notify::new());
    let service = {
        let (mailbox, due) = (Arc::clone(&mailbox), Arc::clone(&due));
        move |bundle: Bundle| {
            let due = Arc::clone(&due);
            Arc::new(Service::new(
                bundle,
                store.clone(),
                Arc::clone(&mailbox) as Arc<dyn forms_fn::mail::Mailer>,
                config.clone(),
                Arc::new(Timestamp::now),
                Arc::new(move || due.notify_one()),
            ))
        }
    };

    let service_of_now = service(shown::bundle(&made.artefacts)?);
    let version = std::process::id().to_string();
    let index = index::Before::default();
    let stage = Stage::new(Shown::new(made, version, service_of_now, Arc::clone(&index)));
    let (_watcher, changes) = watch::watch(&options)?;
    let app = mailbox_page::routes(mailbox)
        .merge(live::routes(stage.subscribe(), options.tongue))
        .merge(shown::routes(stage.subscribe()));
    ready(&address);
    let ended = tokio::select! {
        ended = async { axum::serve(listener, app).await } => ended,
        () = watch::follow(options, memory, changes, &stage, service, index, told) => Ok(()),
        () = deliver(stage.subscribe(), due) => Ok(()),
        () = goodbye() => Ok(()),
    };
    database.stop();
    ended.map_err(|error| format!("De proefopstelling stopte: {error}."))
}

/// Until Ctrl+C, and a moment for what is being answered. Pages listen for news for ever, so there
/// is no waiting for the last one. Without a signal handler the process simply ends, which the
/// store survives.
async fn goodbye() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
    tokio::time::sleep(GOODBYE).await;
}

async fn listen(port: u16) -> Result<TcpListener, String> {
    TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => format!(
            "Poort {port} is al in gebruik. Sluit het andere programma, of kies een andere poort: --port {}.",
            port.checked_add(1).unwrap_or(8081)
        ),
        _ => format!("Poort {port} is niet te gebruiken: {error}."),
    })
}

/// Brings what is due: at once after a commit, and by the clock for whatever was missed.
async fn deliver(seat: Seat, due: Arc<Notify>) {
    loop {
        let service = Arc::clone(&seat.borrow().service);
        // What goes wrong is in the function's own log and is tried again by the next sweep.
        let _ = forms_fn::stream::sweep(&service).await;
        let _ = tokio::time::timeout(SWEEP_EVERY, due.notified()).await;
    }
}

/// The folder for questions and mails must be there and writable before anybody types a question.
fn prepare(data: &Path) -> Result<(), String> {
    let explain = |error: std::io::Error| {
        format!(
            "In de map {} kan niets bewaard worden: {error}. Geef een andere map: --data MAP.",
            data.display()
        )
    };
    fs::create_dir_all(data).map_err(explain)?;
    let probe = data.join(".schrijfproef");
    fs::write(&probe, b"").map_err(explain)?;
    fs::remove_file(&probe).map_err(explain)
}

/// Kept beside the data, so that links in mails still open after a restart.
fn secret(data: &Path) -> Result<Vec<u8>, String> {
    let path = data.join("sleutel");
    if let Ok(bytes) = fs::read(&path)
        && bytes.len() >= 32
    {
        return Ok(bytes);
    }
    let mut bytes = vec![0; 32];
    getrandom::fill(&mut bytes).map_err(|error| format!("Geen toevalsgetallen: {error}."))?;
    fs::write(&path, &bytes)
        .map_err(|error| format!("{} is niet te schrijven: {error}.", path.display()))?;
    Ok(bytes)
}

/// Who may sign in to the inbox of the preview.
pub const COORDINATOR: &str = "coordinator@preview.example";

/// Who reads what in the preview. The names end in a domain that never exists.
fn mailboxes() -> BTreeMap<String, String> {
    let organisations =
        ["vluchtelingenwerk", "ons-welzijn", "mooiland", "brabantwonen", "gemeente", "kernteam"];
    organisations.into_iter().map(|id| (id.to_owned(), format!("{id}@preview.example"))).collect()
}
