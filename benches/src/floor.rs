//! The floor: what a build of this corpus costs at the least. Every file is read, parsed, wrapped in
//! two kilobytes of layout and written, on all cores; nothing is looked up, listed or checked.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Options, Parser, html};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

/// Stands on either side of a page: about as much as the layout of the tools without their menu.
const LAYOUT: (&str, &str) = (include_str!("floor/top.html"), include_str!("floor/bottom.html"));

/// Makes a page of every Markdown file below `from`. The number of pages.
pub fn run(from: &Path, to: &Path) -> Result<usize, String> {
    let mut files = Vec::new();
    find(from, &mut files)?;
    files.par_iter().try_for_each(|file| page(from, file, to))?;
    Ok(files.len())
}

fn find(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let explain = |error| format!("{} cannot be read: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(explain)? {
        let entry = entry.map_err(explain)?;
        let path = entry.path();
        if entry.file_type().map_err(explain)?.is_dir() {
            find(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(())
}

fn page(from: &Path, file: &Path, to: &Path) -> Result<(), String> {
    let text = fs::read_to_string(file)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let (top, bottom) = LAYOUT;
    let mut out = String::with_capacity(text.len() * 2 + top.len() + bottom.len());
    out.push_str(top);
    html::push_html(&mut out, Parser::new_ext(body(&text), Options::ENABLE_TABLES));
    out.push_str(bottom);
    let folder = to.join(file.strip_prefix(from).unwrap_or(file)).with_extension("");
    let written = folder.join("index.html");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&written, out))
        .map_err(|error| format!("{} cannot be written: {error}", written.display()))
}

/// The text behind the front matter.
fn body(text: &str) -> &str {
    let fenced = text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n"));
    fenced.map_or(text, |(_, body)| body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_not_text_and_the_layout_is_two_kilobytes() {
        assert_eq!(body("+++\ntitle = \"x\"\n+++\n\nTekst"), "\nTekst");
        assert_eq!(body("Tekst"), "Tekst");
        let (top, bottom) = LAYOUT;
        assert!((1_850..2_150).contains(&(top.len() + bottom.len())));
    }
}
