//! The closed world that a template sees: the templates beside it, the data, the pictures, the fonts.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use crate::{Order, Press};

/// One leaflet being set.
pub(crate) struct Sheet<'a> {
    pub(crate) press: &'a Press,
    pub(crate) main: Source,
    /// The data and the pictures.
    files: Vec<(FileId, Bytes)>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(press: &'a Press, order: &Order) -> Result<Self, String> {
        let main = press.templates.get(&file_id(&path(order.template))?);
        let main = main.ok_or_else(|| format!("there is no template {}", order.template))?.clone();
        let mut sheet = Self::of(press, main, order.data)?;
        for (number, picture) in order.pictures.iter().enumerate() {
            let id = file_id(&format!("/picture-{number}.jpg"))?;
            sheet.files.push((id, Bytes::new(Arc::clone(picture))));
        }
        Ok(sheet)
    }

    /// With a template that is not the theme's.
    pub(crate) fn own(press: &'a Press, template: &str, data: &Value) -> Result<Self, String> {
        let main = Source::new(file_id("/own.typ")?, template.to_owned());
        Self::of(press, main, data)
    }

    fn of(press: &'a Press, main: Source, data: &Value) -> Result<Self, String> {
        let data = serde_json::to_vec(data).map_err(|error| error.to_string())?;
        Ok(Self { press, main, files: vec![(file_id("/data.json")?, Bytes::new(data))] })
    }
}

/// By id, as templates name each other: `/common.typ`.
pub(crate) fn templates(files: &[(String, String)]) -> Result<HashMap<FileId, Source>, String> {
    let source = |(name, text): &(String, String)| {
        let id = file_id(&path(name))?;
        Ok((id, Source::new(id, text.clone())))
    };
    files.iter().map(source).collect()
}

fn path(name: &str) -> String {
    format!("/{name}")
}

/// Ids are never given back, so only few names are turned into one: those of a theme's files, of the
/// data and of pictures by their number.
fn file_id(path: &str) -> Result<FileId, String> {
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
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let main = (id == self.main.id()).then_some(&self.main);
        main.or_else(|| self.press.templates.get(&id)).cloned().ok_or_else(denied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let file = self.files.iter().find(|(known, _)| *known == id);
        file.map(|(_, bytes)| bytes.clone()).ok_or_else(denied)
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
