//! What prints folders: where it is, and how it is started.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::words::{Folder, content, theme};
use super::{Task, chromium};
use crate::options::Options;
use crate::places::home;
use crate::tools::{self, Tool, said};

/// From PyPI. Change it and compare anew.
const WEASYPRINT_VERSION: &str = "70.0";
const WEASYPRINT_ALL: &str = include_str!("weasyprint.py");

/// The program itself before what starts it, for a script around it is not what is measured.
const BROWSERS: [&str; 5] = [
    "/usr/lib/chromium/chromium",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
];

/// The day on which ours makes them, or its warnings would depend on the day.
const DAY: &str = "2026-11-24";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Ours,
    WeasyPrint,
    Chromium,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Ours, Kind::WeasyPrint, Kind::Chromium];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Ours => "ours",
            Kind::WeasyPrint => "weasyprint",
            Kind::Chromium => "chromium",
        }
    }
}

/// A program that is there.
pub struct Press {
    pub kind: Kind,
    program: PathBuf,
    /// As it says it itself.
    pub version: String,
}

impl Press {
    /// Looks for a press, and fetches or builds it where that is allowed. An error says why it is
    /// absent.
    pub fn find(kind: Kind, options: &Options) -> Result<Self, String> {
        let (program, version) = match kind {
            Kind::Ours => {
                let tool = Tool::find(tools::Kind::Ours, options.ours.as_deref())?;
                (tool.program, tool.version)
            }
            Kind::WeasyPrint => weasyprint()?,
            Kind::Chromium => browser()?,
        };
        Ok(Self { kind, program, version })
    }

    /// A task as a whole process. `html` is what the peers read; nothing if it cannot do the task.
    pub fn command(
        &self,
        task: Task,
        one: &Folder,
        html: &Path,
        out: &Path,
    ) -> Result<Option<Vec<OsString>>, String> {
        let this = || std::env::current_exe().map_err(|error| error.to_string());
        let mut line = vec![OsString::from(&self.program)];
        let name = one.name();
        let (page, pdf) = (html.join(format!("{name}.html")), out.join(format!("{name}.pdf")));
        match (self.kind, task) {
            (Kind::Ours, Task::Build | Task::Rebuild) => {
                line.push("build".into());
                line.extend(["--content".into(), content().into()]);
                line.extend(["--theme".into(), theme().into()]);
                let dist = out.parent().unwrap_or(out);
                line.extend(["--out".into(), dist.into(), "--today".into(), DAY.into()]);
            }
            (Kind::Ours, _) => {
                line.push("folder".into());
                if task == Task::One {
                    line.extend(["--area", &one.area, "--lang", &one.lang].map(Into::into));
                }
                if task != Task::Every {
                    line.extend(["--format", "trifold"].map(Into::into));
                }
                line.extend(["--content".into(), content().into()]);
                line.extend(["--theme".into(), theme().into()]);
                line.extend(["--out".into(), out.into(), "--today".into(), DAY.into()]);
            }
            (_, Task::Every | Task::Build | Task::Rebuild) => return Ok(None),
            (Kind::WeasyPrint, Task::One) => {
                line.extend(["-m", "weasyprint", "--pdf-variant", "pdf/ua-1"].map(Into::into));
                line.extend([page.into(), pdf.into()]);
            }
            (Kind::WeasyPrint, Task::All | Task::Again) => {
                line.extend(["-c".into(), WEASYPRINT_ALL.into(), html.into(), out.into()]);
            }
            (Kind::Chromium, Task::One) => {
                line.extend(chromium::FLAGS.map(Into::into));
                line.extend([chromium::profile(html), "--no-pdf-header-footer".into()]);
                let mut print = OsString::from("--print-to-pdf=");
                print.push(pdf);
                line.extend([print, chromium::address(&page).into()]);
            }
            (Kind::Chromium, Task::All | Task::Again) => {
                line.splice(..0, [this()?.into(), chromium::SUBCOMMAND.into()]);
                line.extend([html.into(), out.into()]);
            }
        }
        Ok(Some(line))
    }
}

/// The pinned version from PyPI in an environment of its own, kept in the target folder.
fn weasyprint() -> Result<(PathBuf, String), String> {
    let folder = home().join(format!("benches/tools/weasyprint-{WEASYPRINT_VERSION}"));
    let python = folder.join("bin/python");
    let version = || said(Command::new(&python).args(["-m", "weasyprint", "--version"]));
    if version().is_err() {
        said(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        let package = format!("weasyprint=={WEASYPRINT_VERSION}");
        said(Command::new(&python).args(["-m", "pip", "install", "--quiet", &package]))?;
    }
    let version = version()?;
    Ok((python, version))
}

fn browser() -> Result<(PathBuf, String), String> {
    for program in BROWSERS {
        if let Ok(version) = said(Command::new(program).arg("--version")) {
            let version = version.split(" built").next().unwrap_or_default().trim().to_owned();
            return Ok((program.into(), version));
        }
    }
    Err("no Chromium on the PATH".to_owned())
}
