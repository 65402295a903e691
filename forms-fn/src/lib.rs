//! Takes what residents send, keeps it, and brings it to the first point of contact.
//!
//! One router answers in the cloud and in the preview. The doors (`http`, `stream`) call the use
//! cases (`submit`, `deliver`, `casework`), which call `store`, `mail` and `bundle`; nothing calls
//! back up. The clock, the mailer and the log are passed in, so a test decides what time it is and
//! what fails.

pub mod bundle;
pub mod casework;
#[cfg(feature = "lambda")]
pub mod cloud;
pub mod config;
pub mod course;
pub mod dates;
pub mod deliver;
pub mod digest;
pub mod figures;
pub mod forward;
pub mod http;
pub mod ids;
pub mod inbox;
pub mod links;
pub mod mail;
pub mod message;
pub mod nonce;
pub mod openapi;
pub mod operator;
pub mod outbox;
pub mod page;
pub mod partner;
pub mod retention;
pub mod session;
pub mod signup;
pub mod spam;
pub mod state;
pub mod status;
pub mod store;
pub mod stream;
pub mod submission;
pub mod submit;
pub mod telemetry;
pub mod timers;
pub mod tokens;
mod words;
pub mod workdays;

use std::sync::Arc;

use jiff::Timestamp;

use bundle::Bundle;
use config::Config;
use mail::Mailer;
use store::Store;
use telemetry::Log;
use tokens::Keys;

/// Tells the time. Only the binaries and the preview read the real clock.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;
/// Called after a commit, where no stream wakes `deliver`.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Everything a request needs, made once at start.
pub struct Service {
    pub bundle: Bundle,
    pub store: Store,
    pub config: Config,
    pub(crate) mailer: Arc<dyn Mailer>,
    pub(crate) keys: Keys,
    pub(crate) log: Log,
    clock: Clock,
    wake: Wake,
}

impl Service {
    pub fn new(
        bundle: Bundle,
        store: Store,
        mailer: Arc<dyn Mailer>,
        config: Config,
        clock: Clock,
        wake: Wake,
    ) -> Self {
        let keys = Keys::new(&config.secret);
        Self { bundle, store, config, mailer, keys, log: Log::stderr(), clock, wake }
    }

    /// Sends the log lines elsewhere than to standard error.
    #[must_use]
    pub fn with_log(mut self, log: Log) -> Self {
        self.log = log;
        self
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// Something waits to be delivered. Losing this call costs time and never a mail: the sweep
    /// finds whatever is due.
    pub(crate) fn wake(&self) {
        (self.wake)();
    }
}
