//! A real mail server, of another make than ours, that shows what it was given.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

pub struct Sink {
    pub port: u16,
    lines: std::io::Lines<BufReader<ChildStdout>>,
    child: Child,
}

impl Sink {
    /// Starts one on a free port of this machine.
    pub fn start() -> Self {
        Self::wanting(&[])
    }

    /// One that wants something; see `sink.py`.
    pub fn wanting(what: &[&OsStr]) -> Self {
        let python = root().join("tests/.tools/venv/bin/python");
        let script = root().join("forms-fn/tests/function/sink.py");
        let mut child = Command::new(&python)
            .arg(script)
            .args(what)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| panic!("no mail server ({e}): tests/run installs it"));
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.next().expect("the mail server starts: tests/run installs it").unwrap();
        Self { port: port.parse().unwrap(), lines, child }
    }

    /// The next mail that it took. A mail is announced before its sender hears that it was taken.
    pub fn next(&mut self) -> Value {
        let line = self.lines.next().expect("a mail").unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
