//! The harness: a copy of the project, the program as a user starts it, a browser, and a stand-in
//! for the cloud's runtime. Tests stand in `suite/`.

pub mod browser;
pub mod desk;
pub mod folder;
pub mod inspector;
pub mod lambda;
pub mod letter;
pub mod office;
pub mod pages;
pub mod photo;
pub mod post;
pub mod preview;
pub mod project;
pub mod site;

use std::path::{Path, PathBuf};

/// The checkout that is under test.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in a folder of the root")
}

/// A program of the workspace, built beside the tests.
pub fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("a running test has a path");
    // target/release/deps/suite-… → target/release/<name>
    let folder = tests.ancestors().nth(2).expect("tests stand two folders down");
    let path = folder.join(name);
    assert!(
        path.is_file(),
        "{} is not built: run tests/run, or `cargo build --release --workspace`",
        path.display()
    );
    path
}
