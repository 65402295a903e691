//! One browser that prints many folders, one after the other in one tab, by the DevTools protocol.
//!
//! The browser reads commands from file 3 and answers in file 4, JSON with a zero byte behind it. So
//! there is no port to listen on, and no more JSON than a few fields that hold no quotes.

use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Name of the subcommand behind which this program drives a browser.
pub const SUBCOMMAND: &str = "print-all";

/// The sandbox refuses root and guards against strange pages; these pages are ours.
pub const FLAGS: [&str; 7] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
];

/// Prints every HTML file of `from` as a PDF of the same name in `to`.
pub fn print_all(program: &Path, from: &Path, to: &Path) -> Result<String, String> {
    fs::create_dir_all(to).map_err(|error| format!("{}: {error}", to.display()))?;
    let entries = fs::read_dir(from).map_err(|error| format!("{}: {error}", from.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "html"));
    files.sort();
    let mut browser = Browser::start(program, &profile(from))?;
    for file in &files {
        let pdf = browser.print(&address(file))?;
        let name = to.join(file.file_stem().unwrap_or_default()).with_extension("pdf");
        fs::write(&name, pdf).map_err(|error| format!("{}: {error}", name.display()))?;
    }
    browser.close()?;
    Ok(format!("{} folders", files.len()))
}

/// Where the browser keeps its own things, so that only the first start makes them.
pub fn profile(from: &Path) -> OsString {
    let folder = from.with_file_name("chromium-profile");
    let mut flag = OsString::from("--user-data-dir=");
    flag.push(folder);
    flag
}

/// A file as an address.
pub fn address(file: &Path) -> String {
    let mut address = String::from("file://");
    for byte in file.to_string_lossy().bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

struct Browser {
    child: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// Number of the last command.
    last: usize,
    /// Of the tab.
    session: String,
    loaded: bool,
}

impl Browser {
    fn start(program: &Path, profile: &OsString) -> Result<Self, String> {
        // The shell hands over its own input and output as files 3 and 4.
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 </dev/null >&2", "sh"])
            .arg(program)
            .args(FLAGS)
            .arg(profile)
            .args(["--remote-debugging-pipe", "about:blank"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("no browser: {error}"))?;
        let commands = child.stdin.take().ok_or("no way in")?;
        let answers = BufReader::new(child.stdout.take().ok_or("no way out")?);
        let session = String::new();
        let mut browser = Self { child, commands, answers, last: 0, session, loaded: false };
        let tab = browser.ask("Target.createTarget", "{\"url\":\"about:blank\"}")?;
        let id = field(&tab, "targetId")?;
        let tab = browser
            .ask("Target.attachToTarget", &format!("{{\"targetId\":\"{id}\",\"flatten\":true}}"))?;
        field(&tab, "sessionId")?.clone_into(&mut browser.session);
        browser.ask("Page.enable", "{}")?;
        Ok(browser)
    }

    /// Prints a page when its letters are there too.
    fn print(&mut self, address: &str) -> Result<Vec<u8>, String> {
        self.loaded = false;
        self.ask("Page.navigate", &format!("{{\"url\":\"{address}\"}}"))?;
        while !self.loaded {
            self.read()?;
        }
        let ready = "{\"expression\":\"document.fonts.ready.then(()=>1)\",\"awaitPromise\":true}";
        self.ask("Runtime.evaluate", ready)?;
        let paper =
            "{\"printBackground\":true,\"preferCSSPageSize\":true,\"generateTaggedPDF\":true}";
        let answer = self.ask("Page.printToPDF", paper)?;
        decoded(field(&answer, "data")?).ok_or_else(|| "no PDF".to_owned())
    }

    fn ask(&mut self, method: &str, parameters: &str) -> Result<String, String> {
        self.last += 1;
        let mut command =
            format!("{{\"id\":{},\"method\":\"{method}\",\"params\":{parameters}", self.last);
        if !self.session.is_empty() {
            command.push_str(&format!(",\"sessionId\":\"{}\"", self.session));
        }
        command.push_str("}\0");
        self.commands
            .write_all(command.as_bytes())
            .map_err(|error| format!("{method}: {error}"))?;
        let own = format!("{{\"id\":{},", self.last);
        loop {
            let answer = self.read()?;
            if answer.starts_with(&own) {
                let refused = answer.contains("\"error\":{");
                return if refused { Err(format!("{method}: {answer}")) } else { Ok(answer) };
            }
        }
    }

    fn read(&mut self) -> Result<String, String> {
        let mut bytes = Vec::new();
        self.answers.read_until(0, &mut bytes).map_err(|error| error.to_string())?;
        if bytes.pop() != Some(0) {
            return Err("the browser ended".to_owned());
        }
        let message = String::from_utf8_lossy(&bytes).into_owned();
        self.loaded |= message.starts_with("{\"method\":\"Page.loadEventFired\"");
        Ok(message)
    }

    fn close(mut self) -> Result<(), String> {
        self.session.clear();
        self.ask("Browser.close", "{}")?;
        drop(self.commands);
        self.child.wait().map(|_| ()).map_err(|error| error.to_string())
    }
}

/// The value of a field that is text without quotes.
fn field<'a>(message: &'a str, name: &str) -> Result<&'a str, String> {
    let start = format!("\"{name}\":\"");
    let value = message.split_once(&start).and_then(|(_, rest)| rest.split('"').next());
    value.ok_or_else(|| format!("no {name} in an answer of the browser"))
}

/// Base 64.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend((bits >> count).to_le_bytes().first());
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_and_addresses() {
        assert_eq!(field("{\"id\":1,\"result\":{\"targetId\":\"A7\"}}", "targetId"), Ok("A7"));
        assert_eq!(decoded("JVBERi0xLjQ=").unwrap(), b"%PDF-1.4");
        assert_eq!(decoded("JVBERi0xLjQK").unwrap(), b"%PDF-1.4\n");
        assert_eq!(address(Path::new("/a b/c-1.html")), "file:///a%20b/c-1.html");
    }
}
