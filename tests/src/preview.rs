//! `nieuwe-buren serve` as somebody at their desk starts it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::post::get;
use crate::project::Project;

pub struct Preview {
    pub address: String,
    child: Child,
    said: Arc<Mutex<Vec<String>>>,
}

/// Long enough for a busy machine; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until something is so. On a busy machine that may take long.
pub fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Preview {
    /// Starts on a free port, with its data in the project's folder, and waits for its address.
    pub fn of(project: &Project) -> Self {
        Self::speaking(project, "nl")
    }

    /// As [`Preview::of`], with its words in this language.
    pub fn speaking(project: &Project, locale: &str) -> Self {
        let mut child = project
            .command(&["serve", "--port", "0", "--locale", locale])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let said = Arc::new(Mutex::new(Vec::new()));
        let (told, address) = channel();
        listen(child.stdout.take(), &said, told.clone());
        listen(child.stderr.take(), &said, told);
        let address = first(&address, &said);
        Self { address, child, said }
    }

    /// Everything printed so far, on both streams.
    pub fn said(&self) -> String {
        self.said.lock().expect("no panic while listening").join("\n")
    }

    /// Ends it without a chance to tidy up, as a power cut does.
    pub fn kill(mut self) {
        self.end();
    }

    /// Mails as they would have been sent, the newest first.
    pub fn mails(&self) -> Vec<Value> {
        let answer = get(&format!("{}/_mailbox.json", self.address));
        match serde_json::from_str(&answer.body) {
            Ok(Value::Array(mails)) => mails,
            other => panic!("the mailbox is a list, got {other:?}"),
        }
    }

    /// Waits until so many mails are there.
    pub fn await_mails(&self, count: usize) -> Vec<Value> {
        let start = Instant::now();
        loop {
            let mails = self.mails();
            if mails.len() >= count {
                return mails;
            }
            assert!(start.elapsed() < PATIENCE, "{} of {count} mails came", mails.len());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until so many mails to this address are there, and reads the newest.
    pub fn await_mail_to(&self, address: &str, count: usize) -> Value {
        let start = Instant::now();
        loop {
            let mut own = self.mails_to(address);
            if own.len() >= count {
                return own.remove(0);
            }
            assert!(start.elapsed() < PATIENCE, "{} of {count} mails to {address}", own.len());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The mails to one address, the newest first.
    pub fn mails_to(&self, address: &str) -> Vec<Value> {
        self.mails().into_iter().filter(|mail| mail["to"] == address).collect()
    }

    fn end(&mut self) {
        // It may be gone already, which is what we want.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.end();
    }
}

fn listen(
    stream: Option<impl Read + Send + 'static>,
    said: &Arc<Mutex<Vec<String>>>,
    told: Sender<String>,
) {
    let Some(stream) = stream else { return };
    let said = Arc::clone(said);
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if let Some(address) = line.split_whitespace().find(|word| word.starts_with("http://"))
            {
                // The first is that of the site. Nobody listens any more once it is known.
                let _ = told.send(address.trim_end_matches('/').to_owned());
            }
            said.lock().expect("no panic while listening").push(line);
        }
    });
}

fn first(address: &Receiver<String>, said: &Arc<Mutex<Vec<String>>>) -> String {
    address.recv_timeout(PATIENCE).unwrap_or_else(|_| {
        panic!("the preview gave no address:\n{}", said.lock().expect("listening").join("\n"))
    })
}
