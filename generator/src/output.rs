//! The only writer of the output folder.
//!
//! It compares before it writes, so that unchanged files keep their time, and removes what an
//! earlier build made and this one does not. It never clears the folder first: a reader of the
//! site sees the old file or the new one.

mod papers;

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub use papers::{create, refresh};

use crate::render::keep::Keep;
use crate::render::{Artefact, FORMS, HOST, PRINT, SITE};

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

/// What this process wrote last, by path below the output folder.
#[derive(Default)]
pub struct Memory(HashMap<Arc<str>, Bytes>);

pub fn write(out: &Path, artefacts: &[Artefact], memory: &mut Memory) -> Result<Written, Failure> {
    let fresh = prepare(out)?;
    let first = memory.0.is_empty();
    if fresh {
        folders(out, artefacts)?;
    }
    let changed: Vec<bool> = artefacts
        .par_iter()
        .map(|artefact| {
            if memory.0.get(&artefact.path).is_some_and(|bytes| artefact.is_same(bytes)) {
                return Ok(false);
            }
            let path = out.join(&*artefact.path);
            let write = || match fresh {
                // Nobody reads a folder that was not there a moment ago.
                true => fs::write(&path, &artefact.bytes).map(|()| true),
                false => replace_if_changed(&path, &artefact.bytes),
            };
            write().map_err(failing(&path))
        })
        .collect::<Result<_, Failure>>()?;
    let changed = changed.into_iter().filter(|changed| *changed).count();
    let mut written = Written { changed, unchanged: artefacts.len() - changed, removed: 0 };
    if first && !fresh {
        let wanted = artefacts.iter().map(|artefact| out.join(&*artefact.path)).collect();
        for folder in [SITE, PRINT, FORMS, HOST] {
            let folder = out.join(folder);
            written.removed += remove_others(&folder, &wanted).map_err(failing(&folder))?;
        }
    }
    let before = std::mem::take(&mut memory.0);
    memory.0 = artefacts.iter().map(|a| (Arc::clone(&a.path), a.bytes.clone())).collect();
    for path in before.keys().filter(|path| !memory.0.contains_key(*path)) {
        written.removed += remove(out, path)?;
    }
    Ok(written)
}

fn failing(path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_owned();
    move |cause| Failure { path, cause }
}

/// Makes sure that the folder is there and ours; true when it was not there before.
fn prepare(out: &Path) -> Result<bool, Failure> {
    let mark = out.join(MARK);
    if mark.exists() {
        return Ok(false);
    }
    if fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        let cause = io::Error::other("de map is niet leeg en niet door dit programma gemaakt");
        return Err(Failure { path: out.to_owned(), cause });
    }
    fs::create_dir_all(out).map_err(failing(out))?;
    fs::write(&mark, "").map_err(failing(&mark))?;
    Ok(true)
}

/// Every folder once, before the files are written side by side.
fn folders(out: &Path, artefacts: &[Artefact]) -> Result<(), Failure> {
    let parent = |artefact: &Artefact| out.join(&*artefact.path).parent().map(Path::to_owned);
    let all: BTreeSet<PathBuf> = artefacts.iter().filter_map(parent).collect();
    all.iter().try_for_each(|folder| fs::create_dir_all(folder).map_err(failing(folder)))
}

fn replace_if_changed(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    if is_the_same(path, bytes) {
        return Ok(false);
    }
    replace(path, bytes).map(|()| true)
}

/// The size tells most changes without reading.
fn is_the_same(path: &Path, bytes: &[u8]) -> bool {
    fs::metadata(path).is_ok_and(|found| found.len() == bytes.len() as u64)
        && fs::read(path).is_ok_and(|found| found == bytes)
}

/// A file that is no longer made, and its folder if nothing else is in it.
fn remove(out: &Path, path: &str) -> Result<usize, Failure> {
    let path = out.join(path);
    match fs::remove_file(&path) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(failing(&path)(error)),
    }
    for folder in path.ancestors().skip(1).take_while(|folder| *folder != out) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(1)
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

/// Files that took long to make, kept from one build to the next below the output folder.
pub struct Kept {
    folder: PathBuf,
    mark: PathBuf,
    /// Stands before the names of those that another program may make otherwise.
    program: String,
}

impl Kept {
    pub fn pictures(out: &Path) -> Self {
        Self { folder: out.join("kept"), mark: out.join(MARK), program: String::new() }
    }

    /// Folders depend on the typesetter too, so those of another program are made again.
    pub fn folders(out: &Path) -> Self {
        let folder = out.join("kept").join("folders");
        Self { folder, mark: out.join(MARK), program: format!("{:x}-", program()) }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{}{name}", self.program))
    }
}

/// Another number for another program, as far as size and age of its file tell.
fn program() -> u64 {
    let file = std::env::current_exe().and_then(fs::metadata);
    let mut hasher = DefaultHasher::new();
    if let Ok(file) = file {
        file.len().hash(&mut hasher);
        file.modified().ok().hash(&mut hasher);
    }
    hasher.finish()
}

impl Keep for Kept {
    fn get(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.path(name)).ok()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        // Without room to keep it, the next build makes it again. A folder that is not ours yet is
        // left alone, for `write` refuses it.
        let path = self.path(name);
        if self.mark.exists() && !path.exists() {
            let _ = replace(&path, bytes);
        }
    }

    fn keep_only(&self, names: &BTreeSet<String>) {
        let wanted = names.iter().map(|name| self.path(name)).collect();
        // What stays costs room and nothing else.
        let _ = remove_others(&self.folder, &wanted);
    }
}
