//! A copy of content and theme that a test may spoil.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::{program, root};

/// Dates in the content are read as if it were this day, so that no test fails by waiting.
pub const TODAY: &str = "2026-11-24";

pub struct Project {
    dir: TempDir,
}

/// Most tests look at one format: eight take seconds in each of their builds.
const ONE_FORMAT: &str = "\n[output]\nfolders = [\"trifold\"]\n";

/// What the program said and how it ended.
#[derive(Debug)]
pub struct Outcome {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Project {
    /// The content of Oss and its theme.
    pub fn of_oss() -> Self {
        let dir = TempDir::new().expect("a temporary folder");
        copy(&root().join("content"), &dir.path().join("content"));
        copy(&root().join("themes"), &dir.path().join("themes"));
        let project = Self { dir };
        project.append("content/site.toml", ONE_FORMAT);
        project
    }

    /// The same as it stands, with folders in every format.
    pub fn of_oss_with_all_folders() -> Self {
        let project = Self::of_oss();
        project.edit("content/site.toml", ONE_FORMAT, "");
        project
    }

    /// A number reserved for fiction wherever one is not known.
    pub fn fill_in_numbers(&self) {
        for id in ["vluchtelingenwerk", "ons-welzijn", "mooiland", "brabantwonen"] {
            let file = format!("content/organisations/{id}.toml");
            self.edit(&file, "nog in te vullen", "0900-1234");
        }
    }

    /// Nothing yet.
    pub fn empty() -> Self {
        Self { dir: TempDir::new().expect("a temporary folder") }
    }

    /// The content of Oss after a change, written line by line: `@ file` is the file that the lines
    /// below it are about, `- from` followed by `+ to` replaces the first place where it stands,
    /// `+ line` alone adds a line at the end, `x file` takes a file away, `n file` makes a new one
    /// for the lines below it.
    pub fn changed(change: &str) -> Self {
        let project = Self::of_oss();
        let mut file = "";
        let mut from = None;
        for line in change.lines() {
            let (mark, rest) = line.split_at_checked(2).unwrap_or((line, ""));
            match mark.trim() {
                "@" => file = rest,
                "x" => project.remove(rest),
                "n" => {
                    file = rest;
                    project.write(file, "");
                }
                "-" => from = Some(rest),
                "+" => match from.take() {
                    Some(from) => project.edit(file, from, rest),
                    None => project.append(file, rest),
                },
                other => panic!("a change cannot start with {other:?}"),
            }
        }
        project
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).expect("a file of the content")
    }

    /// Makes a file, or one in the place of another.
    pub fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("our own folder");
        fs::write(path, bytes).expect("a file of our own");
    }

    pub fn remove(&self, file: &str) {
        fs::remove_file(self.path().join(file)).expect("a file of the content");
    }

    /// Replaces the first place of a text in one file, which must hold it.
    pub fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} does not hold {from:?}");
        self.write(file, text.replacen(from, to, 1));
    }

    fn append(&self, file: &str, line: &str) {
        self.write(file, self.read(file) + line + "\n");
    }

    /// The program in this folder, ready to be started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        self.command_in("", arguments)
    }

    fn command_in(&self, folder: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program("nieuwe-buren"));
        command.current_dir(self.path().join(folder)).args(arguments).args(["--today", TODAY]);
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Outcome {
        self.run_in("", arguments)
    }

    /// Runs the program in a folder below this one.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Outcome {
        let output = self.command_in(folder, arguments).output().expect("the program starts");
        Outcome {
            code: output.status.code().expect("the program ends by itself"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Builds, and fails the test with the program's words if it cannot.
    pub fn build(&self) -> PathBuf {
        let outcome = self.run(&["build"]);
        assert_eq!(outcome.code, 0, "{}{}", outcome.stdout, outcome.stderr);
        self.path().join("dist")
    }
}

/// Every file below a folder, relative to it, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).expect("a readable folder") {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(folder).expect("below the folder").to_path_buf());
            }
        }
    }
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(&file);
        fs::create_dir_all(target.parent().expect("a file has a folder")).expect("our own folder");
        fs::copy(from.join(&file), target).expect("a copy");
    }
}
