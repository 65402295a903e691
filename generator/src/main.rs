//! `nieuwe-buren`: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    generator::cli::run()
}
