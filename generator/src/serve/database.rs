//! The DynamoDB of the preview: an own thread, so that its work on disk never holds up a page.

use std::path::Path;
use std::thread::JoinHandle;

use dynoxide::Database;
use dynoxide::server;
use tokio::sync::oneshot;

pub(super) struct Running {
    pub(super) endpoint: String,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Running {
    /// Lets open requests end and closes the file.
    pub(super) fn stop(self) {
        let _ = self.stop.send(());
        let _ = self.thread.join();
    }
}

/// Opens or makes the database and serves the DynamoDB API on a free loopback port.
pub(super) fn start(path: &Path) -> Result<Running, String> {
    let explain = |error: &dyn std::fmt::Display| {
        format!("De database {} gaat niet open: {error}.", path.display())
    };
    let name = path.to_str().ok_or_else(|| explain(&"vreemde tekens in de naam"))?;
    let database = Database::new(name).map_err(|error| explain(&error))?;
    let listener =
        std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(|error| explain(&error))?;
    listener.set_nonblocking(true).map_err(|error| explain(&error))?;
    let address = listener.local_addr().map_err(|error| explain(&error))?;
    let (stop, stopped) = oneshot::channel();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| explain(&error))?;
    let thread = std::thread::spawn(move || {
        runtime.block_on(async move {
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            let ended = async {
                let _ = stopped.await;
            };
            let _ = server::serve_with_shutdown(listener, database, ended).await;
        });
    });
    Ok(Running { endpoint: format!("http://{address}"), stop, thread })
}
