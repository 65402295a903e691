//! What is written besides a site: the folder of a new municipality, and papers of the program
//! itself.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::{Failure, failing, replace_if_changed};

/// Writes into a folder that is not there yet or holds nothing. No file is ever written over, not
/// even one that came in the meantime.
pub fn create<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<usize, Failure> {
    if !is_free(folder).map_err(failing(folder))? {
        let cause = io::Error::new(io::ErrorKind::AlreadyExists, "er staat al iets");
        return Err(Failure { path: folder.to_owned(), cause });
    }
    let mut count = 0;
    for (name, bytes) in files {
        let path = folder.join(name);
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
            OpenOptions::new().write(true).create_new(true).open(&path)?.write_all(bytes)
        };
        write().map_err(failing(&path))?;
        count += 1;
    }
    Ok(count)
}

/// Whether nothing at all stands here.
fn is_free(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory && folder.exists() => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes papers of the program, over those of an earlier version; other files are left alone.
pub fn refresh<'a>(
    folder: &Path,
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<(), Failure> {
    for (name, bytes) in files {
        let path = folder.join(name);
        replace_if_changed(&path, bytes).map_err(failing(&path))?;
    }
    Ok(())
}
