//! The only writer of the output folder.
//!
//! It compares before it writes, so that unchanged files keep their time, and removes what an
//! earlier build made and this one does not. It never clears the folder first: a reader of the
//! site sees the old file or the new one.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::render::{Artefact, FORMS, PRINT, SITE};

/// What a build did to the output folder.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub changed: usize,
    pub unchanged: usize,
    pub removed: usize,
}

/// Why the output folder could not be written; the path is in the message.
#[derive(Debug)]
pub struct Failure {
    pub path: PathBuf,
    pub cause: io::Error,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is niet te schrijven: {}", self.path.display(), self.cause)
    }
}

/// Marks a folder as ours: without it a folder with files in it is left alone.
const MARK: &str = ".nieuwe-buren-output";

pub fn write(out: &Path, artefacts: &[Artefact]) -> Result<Written, Failure> {
    let fail = |path: &Path| {
        let path = path.to_owned();
        move |cause| Failure { path, cause }
    };
    let mark = out.join(MARK);
    if !mark.exists() {
        let taken = fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some());
        if taken {
            let cause = io::Error::other("de map is niet leeg en niet door dit programma gemaakt");
            return Err(Failure { path: out.to_owned(), cause });
        }
        fs::create_dir_all(out).map_err(fail(out))?;
        fs::write(&mark, "").map_err(fail(&mark))?;
    }
    let all: Vec<(PathBuf, bool)> = artefacts
        .par_iter()
        .map(|artefact| {
            let path = out.join(&artefact.path);
            let changed = !fs::read(&path).is_ok_and(|bytes| bytes == artefact.bytes);
            if changed {
                replace(&path, &artefact.bytes).map_err(fail(&path))?;
            }
            Ok((path, changed))
        })
        .collect::<Result<_, Failure>>()?;
    let changed = all.iter().filter(|(_, changed)| *changed).count();
    let mut written = Written { changed, unchanged: all.len() - changed, removed: 0 };
    let wanted: BTreeSet<PathBuf> = all.into_iter().map(|(path, _)| path).collect();
    for folder in [SITE, PRINT, FORMS] {
        let folder = out.join(folder);
        written.removed += remove_others(&folder, &wanted).map_err(fail(&folder))?;
    }
    Ok(written)
}

/// Through a neighbour and a rename, so that nobody ever reads half a file.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let neighbour = path.with_file_name(name);
    fs::write(&neighbour, bytes)?;
    fs::rename(&neighbour, path)
}

fn remove_others(folder: &Path, wanted: &BTreeSet<PathBuf>) -> io::Result<usize> {
    let mut removed = 0;
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            removed += remove_others(&path, wanted)?;
            // Fails when something is left in it, which is what we want.
            let _ = fs::remove_dir(&path);
        } else if !wanted.contains(&path) {
            fs::remove_file(&path)?;
            removed += 1;
        }
    }
    Ok(removed)
}
