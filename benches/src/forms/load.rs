//! Questions from several residents at once, to the preview on loopback with its database on disk.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::corpus::workspace;
use crate::http;

/// How many ask at the same time.
const CLIENTS: [usize; 3] = [1, 4, 16];

/// What was measured with so many clients.
pub struct Load {
    pub clients: usize,
    pub wall: Duration,
    /// Until the check page is there: nothing is kept.
    pub checks: Vec<Duration>,
    /// Until the receipt is promised: the question is on disk.
    pub sends: Vec<Duration>,
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub fn loads(program: &Path, place: &Path, posts: usize) -> Result<Vec<Load>, String> {
    let port = http::free_port().map_err(|error| error.to_string())?;
    let child = Command::new(program)
        .current_dir(workspace())
        .args(["serve", "--port", &port.to_string(), "--out"])
        .arg(place.join("served"))
        .arg("--data")
        .arg(place.join("data"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let _running = Running(child);
    let ready = |_| {
        std::thread::sleep(Duration::from_millis(50));
        http::get(port, "/").is_ok_and(|answer| answer.status == 200)
    };
    if !(0..600).any(ready) {
        return Err("the preview does not answer".to_owned());
    }
    CLIENTS.iter().map(|clients| load(port, *clients, posts)).collect()
}

fn load(port: u16, clients: usize, posts: usize) -> Result<Load, String> {
    let started = Instant::now();
    let each = posts.div_ceil(clients);
    let threads: Vec<_> =
        (0..clients).map(|_| std::thread::spawn(move || ask(port, each))).collect();
    let mut load = Load { clients, wall: Duration::ZERO, checks: Vec::new(), sends: Vec::new() };
    for thread in threads {
        let times = thread.join().map_err(|_| "a client broke off".to_owned())??;
        for (check, send) in times {
            load.checks.push(check);
            load.sends.push(send);
        }
    }
    load.wall = started.elapsed();
    Ok(load)
}

const QUESTION: &str = "onderwerp=samenleven&vraag=Hoe+maak+ik+kennis+met+mijn+nieuwe+buren%3F\
    &wijk=lith&naam=Jo&email=jo%40buurt.example";

/// Check page and sending, again and again.
fn ask(port: u16, posts: usize) -> Result<Vec<(Duration, Duration)>, String> {
    let post = |path: &str, body: &str| {
        let started = Instant::now();
        let answer = http::post(port, path, body).map_err(|error| format!("{path}: {error}"))?;
        Ok::<_, String>((answer, started.elapsed()))
    };
    (0..posts)
        .map(|_| {
            let (page, check) = post("/vraag/controle", QUESTION)?;
            let nonce = page.body.split("name=\"nonce\" value=\"").nth(1);
            let nonce = nonce.and_then(|rest| rest.split('"').next());
            let nonce = nonce.ok_or(format!("a check page without a nonce: {}", page.status))?;
            let body = format!("{QUESTION}&nonce={nonce}&delen=nee");
            let (answer, send) = post("/vraag/verstuur", &body)?;
            match answer.status {
                303 => Ok((check, send)),
                other => Err(format!("a question was answered with {other}")),
            }
        })
        .collect()
}
