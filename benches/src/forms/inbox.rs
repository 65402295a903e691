//! Pages of the inbox with many questions in the table, asked for by one colleague after the other.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::http;

/// Questions in the table: a few, and as many as a large municipality has in years.
const TABLES: [(usize, usize); 2] = [(25, 0), (10_000, 100_000)];
/// How often each page is asked for.
const TIMES: usize = 400;

/// One page on one table.
pub struct Pages {
    pub name: &'static str,
    pub open: usize,
    pub closed: usize,
    pub times: Vec<Duration>,
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn pages(programs: &Path, bundle: &Path) -> Result<Vec<Pages>, String> {
    let mut all = Vec::new();
    for (open, closed) in TABLES {
        let mut child = Command::new(programs.join("examples/inbox"))
            .arg(bundle)
            .args([open.to_string(), closed.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("examples/inbox: {error}"))?;
        let mut line = String::new();
        let output = child.stdout.take().ok_or("no output")?;
        let _running = Running(child);
        BufReader::new(output).read_line(&mut line).map_err(|error| error.to_string())?;
        let part = |name: &str| {
            let rest = line.split_once(&format!("\"{name}\":"))?.1;
            Some(rest.trim_start_matches('"').split(['"', ',', '}']).next()?.to_owned())
        };
        let (port, cookie, case) = (part("port"), part("cookie"), part("case"));
        let port: u16 = port.and_then(|port| port.parse().ok()).ok_or("the inbox did not start")?;
        let (cookie, case) = (cookie.unwrap_or_default(), case.unwrap_or_default());
        for (name, path) in [
            ("first page", "/inbox"),
            ("filtered by area", "/inbox?wijk=lith"),
            ("closed", "/inbox/gesloten"),
            ("one question", case.as_str()),
        ] {
            let mut times = Vec::new();
            for _ in 0..TIMES {
                let started = Instant::now();
                let answer =
                    http::get_as(port, path, &cookie).map_err(|error| error.to_string())?;
                times.push(started.elapsed());
                if answer.status != 200 {
                    return Err(format!("{path} was answered with {}", answer.status));
                }
            }
            all.push(Pages { name, open, closed, times });
        }
    }
    Ok(all)
}
