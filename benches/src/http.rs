//! Just enough HTTP to ask a preview on this computer for a page.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

/// How long an answer may take. A preview that is busy should still answer.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Answer {
    pub status: u16,
    pub body: String,
    /// Fewer bytes than were announced.
    short: bool,
}

impl Answer {
    /// Whether the page came with its head or its tail missing.
    pub fn is_torn(&self) -> bool {
        self.short
            || !self.body.trim_end().ends_with("</html>")
            || !self.body.trim_start().to_ascii_lowercase().starts_with("<!doctype html")
    }
}

/// Version 1.0, so that the answer is neither chunked nor kept open.
pub fn get(port: u16, path: &str) -> Result<Answer> {
    ask(port, &format!("GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n"))
}

/// The same by somebody who is signed in.
pub fn get_as(port: u16, path: &str, cookie: &str) -> Result<Answer> {
    ask(port, &format!("GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n"))
}

/// Sends a form as a page of the site does.
pub fn post(port: u16, path: &str, body: &str) -> Result<Answer> {
    let length = body.len();
    ask(
        port,
        &format!(
            "POST {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{body}"
        ),
    )
}

fn ask(port: u16, request: &str) -> Result<Answer> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    stream.write_all(request.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    parse(&String::from_utf8_lossy(&bytes)).ok_or_else(|| Error::from(ErrorKind::InvalidData))
}

fn parse(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    let announced =
        head.lines().filter_map(|line| line.split_once(':')).find_map(|(key, value)| {
            let is_length = key.eq_ignore_ascii_case("content-length");
            is_length.then(|| value.trim().parse::<usize>().ok()).flatten()
        });
    let short = announced.is_some_and(|length| body.len() < length);
    Some(Answer { status, body: body.to_owned(), short })
}

/// A port that nobody has at this moment.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn torn_pages_are_seen() {
        let whole = "<!doctype html><html></html>\n";
        let answer = |length: usize, body: &str| {
            parse(&format!("HTTP/1.0 200 OK\r\nContent-Length: {length}\r\n\r\n{body}")).unwrap()
        };
        assert_eq!(answer(29, whole).status, 200);
        assert!(!answer(29, whole).is_torn());
        assert!(answer(30, whole).is_torn());
        assert!(answer(20, "<!doctype html><html").is_torn());
        assert!(answer(7, "</html>").is_torn());
    }
}
