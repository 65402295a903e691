//! One language through Pagefind, in memory. The only file that knows Pagefind's crate.

use pagefind::api::{PagefindIndex, SyntheticFile};
use pagefind::options::PagefindServiceConfig;

use super::{FOLDER, Pages};
use crate::render::{Artefact, SITE};

/// The same for every language, so that it stands one folder higher than what else Pagefind makes.
const LIBRARY: &str = "pagefind.js";

/// Says which languages there are, and where their index begins.
const CONTENTS: &str = "pagefind-entry.json";

/// Of a language for which there is no stemmer, such as Tigrinya: words are found by how they begin.
const NO_STEMMER: &str = "wasm.unknown.pagefind";

/// What stands on many pages and is about none of them: notices, who checked it, whom to call.
const ASIDE: [&str; 3] = [".notice", ".checked", ".page-side"];

/// The files of one language; none when its pages hold no words.
pub(super) fn index(lang: &str, pages: &Pages<'_>) -> Result<Vec<Artefact>, String> {
    // Pagefind hands each page to a blocking thread, which an executor without a runtime lacks.
    let runtime =
        tokio::runtime::Builder::new_current_thread().build().map_err(|error| error.to_string())?;
    let files = runtime.block_on(files(lang, pages))?;
    let stemmer = format!("wasm.{lang}.pagefind");
    let stemmer = if files.iter().any(|file| is(file, &stemmer)) { &stemmer } else { NO_STEMMER };
    let mut artefacts = Vec::new();
    for SyntheticFile { filename, contents } in files {
        let name = filename.to_string_lossy().replace('\\', "/");
        if name == LIBRARY {
            artefacts.push(Artefact::new(format!("{SITE}/{FOLDER}/{name}"), contents));
        } else if name == stemmer || belongs_to_index(&name) {
            artefacts.push(Artefact::new(format!("{SITE}/{FOLDER}/{lang}/{name}"), contents));
        }
    }
    Ok(artefacts)
}

async fn files(lang: &str, pages: &Pages<'_>) -> Result<Vec<SyntheticFile>, String> {
    // The language of the address decides, so that no template can split off a second index.
    let aside = ASIDE.map(str::to_owned).into();
    let config = PagefindServiceConfig::builder()
        .force_language(lang.to_owned())
        .exclude_selectors(aside)
        .build();
    let mut index = PagefindIndex::new(Some(config)).map_err(|error| error.to_string())?;
    let mut with_text = 0;
    for (url, html) in pages {
        let added = index
            .add_html_file(None, Some((*url).to_owned()), (*html).to_owned())
            .await
            .map_err(|error| format!("{url}: {error}"))?;
        // Pagefind counts one word where there is none.
        with_text += u64::from(added.page_word_count > 1);
    }
    let files = index.get_files().await.map_err(|error| error.to_string())?;
    // Pagefind leaves out a language that it could not make, and says nothing.
    match counted(lang, &files) {
        count if count < with_text => {
            Err(format!("{count} van de {with_text} pagina's staan erin"))
        }
        0 => Ok(Vec::new()),
        _ => Ok(files),
    }
}

/// How many pages of this language Pagefind says there are.
fn counted(lang: &str, files: &[SyntheticFile]) -> u64 {
    files
        .iter()
        .find(|file| is(file, CONTENTS))
        .and_then(|file| serde_json::from_slice::<serde_json::Value>(&file.contents).ok())
        .and_then(|contents| contents.get("languages")?.get(lang)?.get("page_count")?.as_u64())
        .unwrap_or(0)
}

fn is(file: &SyntheticFile, name: &str) -> bool {
    file.filename.as_os_str() == name
}

/// Pagefind brings 430 kB of interfaces and its own worker along; nothing here uses them.
fn belongs_to_index(name: &str) -> bool {
    name == CONTENTS || [".pf_meta", ".pf_index", ".pf_fragment"].iter().any(|e| name.ends_with(e))
}
