//! The function: how quickly a question is kept, and how quickly a cold function answers.

mod cold;
mod inbox;
mod load;

pub use cold::Starts;
pub use inbox::Pages;
pub use load::Load;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::corpus::{clear, workspace};
use crate::options::Options;
use crate::report;

/// Measures the release build of this workspace, on the content that is in it.
pub fn measure(options: &Options, work: &Path) -> Result<(), String> {
    let programs = programs(options)?;
    let place = work.join("forms");
    let out = place.join("out");
    clear(&place)?;
    std::fs::create_dir_all(&place).map_err(|error| error.to_string())?;
    run(Command::new(programs.join("nieuwe-buren")).arg("build").arg("--out").arg(&out))?;
    report::cold_starts(&cold::starts(&programs, &out.join("forms"), options.runs)?);
    report::pages(&inbox::pages(&programs, &out.join("forms"))?);
    report::loads(&load::loads(&programs.join("nieuwe-buren"), &place, options.posts)?);
    Ok(())
}

/// The folder with all programs of the workspace.
fn programs(options: &Options) -> Result<PathBuf, String> {
    if let Some(ours) = &options.ours {
        return Ok(ours.parent().unwrap_or(Path::new(".")).to_owned());
    }
    let build =
        ["build", "--release", "--workspace", "--bins", "--examples", "--locked", "--quiet"];
    run(Command::new("cargo").args(build))?;
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    Ok(target.unwrap_or_else(|| workspace().join("target")).join("release"))
}

fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().display().to_string();
    let command = command.current_dir(workspace()).stdout(Stdio::null()).stderr(Stdio::piped());
    match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(format!("{name}: {}", String::from_utf8_lossy(&output.stderr))),
        Err(error) => Err(format!("{name}: {error}")),
    }
}
