//! The corpus and the forms in which each tool reads it.

mod hugo;
mod interface;
mod ours;
mod pages;
mod random;
mod words;
mod zola;

use std::fs;
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

pub use hugo::HUGO;
pub use ours::OURS;
pub use pages::{
    Corpus, DAY, Page, SECTIONS, TERMS, TERMS_FOLDER, section_slug, term_slug, text_mark,
    title_mark,
};
pub use random::Random;
pub use words::{LANGUAGES, Language};
pub use zola::ZOLA;

/// Where the site says it stands. Nobody asks it anything.
const BASE_URL: &str = "https://bench.example";

/// A file of a site, by its path below the site's folder.
pub struct File {
    pub path: String,
    pub text: String,
}

/// How a tool wants the corpus.
pub struct Form {
    /// Folder of the layout below `themes/`, and where it goes.
    layout: (&'static str, &'static str),
    style: &'static str,
    /// Folders of this workspace that the layout cannot do without, and where they go.
    borrowed: &'static [(&'static str, &'static str)],
    /// Settings, home pages, sections and terms.
    lists: fn(&Corpus) -> Vec<File>,
    page: fn(&Corpus, &Page, &Language, Option<usize>) -> File,
}

impl Form {
    /// Writes the site anew below `root`.
    pub fn write(&self, corpus: &Corpus, root: &Path) -> Result<(), String> {
        clear(root)?;
        let (from, to) = self.layout;
        copy(&themes().join(from), &root.join(to))?;
        copy_file(&themes().join("style.css"), &root.join(self.style))?;
        for (from, to) in self.borrowed {
            copy(&workspace().join(from), &root.join(to))?;
        }
        for file in (self.lists)(corpus) {
            write(&root.join(&file.path), &file.text)?;
        }
        corpus.pages.par_iter().try_for_each(|page| {
            LANGUAGES.iter().try_for_each(|language| {
                let file = (self.page)(corpus, page, language, None);
                write(&root.join(&file.path), &file.text)
            })
        })
    }

    /// A page of the main language as it is after an edit.
    pub fn edited(&self, corpus: &Corpus, page: &Page, edit: usize) -> File {
        let [main, ..] = &LANGUAGES;
        (self.page)(corpus, page, main, Some(edit))
    }
}

/// Address of what stands at `path` in a language; every tool makes the same one. `path` starts and
/// ends with a slash.
pub fn address(language: &Language, path: &str) -> String {
    let [main, ..] = &LANGUAGES;
    if language.code == main.code { path.to_owned() } else { format!("/{}{path}", language.code) }
}

/// Address of a page in the main language.
pub fn page_path(page: &Page) -> String {
    format!("/{}/{}/", section_slug(page.section), page.slug)
}

/// Address of the list of a section in the main language.
pub fn section_path(section: usize) -> String {
    format!("/{}/", section_slug(section))
}

/// Address of the list of a term in the main language.
pub fn term_path(term: usize) -> String {
    format!("/{TERMS_FOLDER}/{}/", term_slug(term))
}

/// The layouts stand beside the source of this program.
fn themes() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes")
}

/// The folder of the workspace that this crate is a member of.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Removes a folder with all that is in it; it need not be there.
pub fn clear(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{} cannot be cleared: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}

pub fn write(path: &Path, text: &str) -> Result<(), String> {
    let explain = |error| format!("{} cannot be written: {error}", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(explain)?;
    }
    fs::write(path, text).map_err(explain)
}

fn copy_file(from: &Path, to: &Path) -> Result<(), String> {
    let text = fs::read_to_string(from)
        .map_err(|error| format!("{} cannot be read: {error}", from.display()))?;
    write(to, &text)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let explain = |error| format!("{} cannot be read: {error}", from.display());
    for entry in fs::read_dir(from).map_err(explain)? {
        let entry = entry.map_err(explain)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            copy_file(&entry.path(), &target)?;
        }
    }
    Ok(())
}
