//! Somebody who reads the preview while it is being changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::corpus::Random;
use crate::http;

/// Between two pages: often enough to meet a gap, seldom enough to leave the cores to the preview.
const PAUSE: Duration = Duration::from_millis(4);

/// What the reader met.
#[derive(Debug, Default, Clone, Copy)]
pub struct Met {
    pub pages: usize,
    pub not_found: usize,
    /// Pages without their end, or without their beginning.
    pub torn: usize,
    /// Another status, or no answer at all.
    pub no_answer: usize,
}

pub struct Reader {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<Met>,
}

impl Reader {
    /// Reads addresses in an order that is the same in every run, until it is stopped.
    pub fn start(port: u16, addresses: Vec<String>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let (mut met, mut random) = (Met::default(), Random::new(1, 1));
            while !told.load(Ordering::Relaxed) {
                if let Some(address) = addresses.get(random.below(addresses.len())) {
                    met.read(port, address);
                }
                std::thread::sleep(PAUSE);
            }
            met
        });
        Self { stop, thread }
    }

    pub fn stop(self) -> Met {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.join().unwrap_or_default()
    }
}

impl Met {
    fn read(&mut self, port: u16, address: &str) {
        self.pages += 1;
        match http::get(port, address) {
            Ok(answer) if answer.status == 404 => self.not_found += 1,
            Ok(answer) if answer.status != 200 => self.no_answer += 1,
            Ok(answer) if answer.is_torn() => self.torn += 1,
            Ok(_) => {}
            Err(_) => self.no_answer += 1,
        }
    }
}
