//! From the start of a process to its first answer, as the cloud asks for it: through the runtime
//! interface of Lambda, here on loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What was measured of one program.
pub struct Starts {
    pub name: &'static str,
    pub times: Vec<Duration>,
}

/// The program, where it stands below the release folder, and the first thing it is asked.
const PROGRAMS: [(&str, &str, &str); 3] = [
    ("empty", "examples/empty", REQUEST),
    ("submit", "submit", REQUEST),
    ("deliver", "deliver", r#"{"Records":[]}"#),
];

/// A page without the table, as the HTTP API hands it over (payload format 2.0).
const REQUEST: &str = r#"{"version":"2.0","routeKey":"$default","rawPath":"/vraag/code","rawQueryString":"","headers":{"host":"nieuweburen.example"},"requestContext":{"accountId":"0","apiId":"a","domainName":"nieuweburen.example","domainPrefix":"n","http":{"method":"GET","path":"/vraag/code","protocol":"HTTP/1.1","sourceIp":"192.0.2.1","userAgent":"bench"},"requestId":"id","routeKey":"$default","stage":"$default","time":"23/Nov/2026:09:00:00 +0000","timeEpoch":1795424400000},"isBase64Encoded":false}"#;

/// Every program once in each round, so that a busy moment hits all alike. The first round is not
/// counted.
pub fn starts(programs: &Path, bundle: &Path, runs: usize) -> Result<Vec<Starts>, String> {
    let mut all: Vec<Starts> =
        PROGRAMS.iter().map(|(name, ..)| Starts { name, times: Vec::new() }).collect();
    for round in 0..=runs.max(1) * 4 {
        for ((_, path, event), starts) in PROGRAMS.iter().zip(&mut all) {
            let time = start(&programs.join(path), bundle, event)?;
            if round > 0 {
                starts.times.push(time);
            }
        }
    }
    Ok(all)
}

/// Ends its process when it goes.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(program: &Path, bundle: &Path, event: &str) -> Result<Duration, String> {
    let explain = |error: std::io::Error| format!("{}: {error}", program.display());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(explain)?;
    let address = listener.local_addr().map_err(explain)?;
    let started = Instant::now();
    let child = Command::new(program)
        .env_clear()
        .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
        .env("AWS_LAMBDA_FUNCTION_NAME", "bench")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "1")
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "bench")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "bench")
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_ACCESS_KEY_ID", "none")
        .env("AWS_SECRET_ACCESS_KEY", "none")
        .env("FORMS_TABLE", "bench")
        .env("FORMS_SECRET", "0f".repeat(32))
        .env("FORMS_SENDER", "post@voorbeeld.example")
        .env("FORMS_MAILBOXES", "vluchtelingenwerk=vragen@voorbeeld.example")
        .env("FORMS_BASE_URL", "https://nieuweburen.example")
        .env("FORMS_BUNDLE", bundle)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(explain)?;
    let _running = Running(child);
    let mut handed = false;
    loop {
        let (stream, _) = listener.accept().map_err(explain)?;
        if serve(stream, event, &mut handed).map_err(explain)? {
            return Ok(started.elapsed());
        }
    }
}

/// Answers the requests of one connection; `true` once an answer to the event came in.
fn serve(stream: TcpStream, event: &str, handed: &mut bool) -> std::io::Result<bool> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first)? == 0 {
            return Ok(false);
        }
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let header = line.trim().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        if !first.starts_with("GET") {
            return Ok(true);
        }
        if !*handed {
            *handed = true;
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: 1\r\n\
                 lambda-runtime-deadline-ms: 4102444800000\r\n\
                 lambda-runtime-invoked-function-arn: arn:aws:lambda:x:0:function:bench\r\n\
                 lambda-runtime-trace-id: Root=1\r\ncontent-type: application/json\r\n\
                 content-length: {}\r\n\r\n{event}",
                event.len()
            )?;
        }
    }
}
