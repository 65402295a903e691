//! The closed world that a template sees: itself, the data, the fonts.

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use crate::Press;

/// One leaflet being set.
pub(crate) struct Sheet<'a> {
    pub(crate) press: &'a Press,
    data: Bytes,
    data_id: FileId,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(press: &'a Press, data: Bytes) -> Result<Self, String> {
        Ok(Self { press, data, data_id: file_id("/data.json")? })
    }
}

pub(crate) fn template(text: &str) -> Result<Source, String> {
    Ok(Source::new(file_id("/template.typ")?, text.to_owned()))
}

/// Ids are never given back, so only fixed paths are turned into one.
fn file_id(path: &'static str) -> Result<FileId, String> {
    let path = VirtualPath::new(path).map_err(|error| format!("{path}: {error:?}"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.press.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.press.template.clone()) } else { Err(denied()) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id { Ok(self.data.clone()) } else { Err(denied()) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.fonts.get(index).cloned()
    }

    /// There is no today: the date of a leaflet is the date of its content.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn denied() -> FileError {
    FileError::AccessDenied
}
