//! What a whole process costs.
//!
//! The kernel keeps processor time and memory for all children of a process together, and starts a
//! child's memory at that of its parent. So every measured program gets a small parent of its own:
//! this program, started anew.

use std::ffi::OsString;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};

/// Name of the subcommand behind which this program is the small parent.
pub const SUBCOMMAND: &str = "measured";

/// How long processes that are left over get to end.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, Clone, Copy)]
pub struct Sample {
    pub wall: Duration,
    /// User and system time of all threads together.
    pub cpu: Duration,
    /// Peak of the resident memory in KiB; of the largest, if the program starts others.
    pub peak_kib: u64,
}

/// Runs a program to its end. What it says goes to `log`; if it fails, its last lines are the error.
pub fn measure(command: &[OsString], log: &Path) -> Result<Sample, String> {
    let this = std::env::current_exe().map_err(|error| format!("who am I? {error}"))?;
    let output = Command::new(this)
        .arg(SUBCOMMAND)
        .arg(log)
        .args(command)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("no process: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    match numbers.as_slice() {
        [wall, cpu, peak_kib, 0] => Ok(Sample {
            wall: Duration::from_micros(*wall),
            cpu: Duration::from_micros(*cpu),
            peak_kib: *peak_kib,
        }),
        _ => Err(last_lines(log).unwrap_or_else(|| text.trim().to_owned())),
    }
}

/// The small parent. Wall and processor time in microseconds, peak memory in KiB, exit code.
pub fn parent(log: &Path, program: &OsString, arguments: &[OsString]) -> Result<String, String> {
    let explain = |error: std::io::Error| error.to_string();
    let out = File::create(log).map_err(explain)?;
    let err = out.try_clone().map_err(explain)?;
    #[cfg(target_os = "linux")]
    nix::sys::prctl::set_child_subreaper(true).map_err(|error| error.to_string())?;
    let started = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(err)
        .status()
        .map_err(|error| format!("{} does not start: {error}", program.display()))?;
    let wall = started.elapsed().as_micros();
    bury();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
    let [user, system] = [usage.user_time(), usage.system_time()]
        .map(|time| time.tv_sec() * 1_000_000 + time.tv_usec());
    Ok(format!("{wall} {} {} {}", user + system, usage.max_rss(), status.code().unwrap_or(255)))
}

/// Waits for what the program started and did not wait for itself, outside the time on the wall: the
/// kernel counts only the work of who was waited for, and a browser leaves most of its processes.
fn bury() {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
            Ok(WaitStatus::StillAlive) => std::thread::sleep(Duration::from_millis(2)),
            Ok(_) => {}
            Err(_) => return,
        }
    }
}

/// The end of what a program said, where its reason usually stands.
pub fn last_lines(log: &Path) -> Option<String> {
    let text = std::fs::read_to_string(log).ok()?;
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let last = lines.get(lines.len().saturating_sub(6)..).unwrap_or_default();
    (!last.is_empty()).then(|| last.join("\n"))
}
