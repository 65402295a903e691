//! No page asks anything of a third party: looks in finished files for what a browser would fetch
//! from, or send to, another host.
//!
//! It looks at pages, styles and drawings, at the frames and templates of the function, and at
//! mails. What a script fetches is not seen here; the policy that goes with each page forbids it.

mod markup;
mod style;
mod urls;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use bytes::Bytes;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::content::Content;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::render::{Artefact, SITE};

/// Something that a browser would do, and that no page of this site may let it do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Request {
    /// What asks, such as `<script src>`, and the address.
    Elsewhere { by: String, url: String },
    /// A file inside a stylesheet, which the policy of the pages refuses.
    Data,
}

/// What was found in files that are still the same, by path.
#[derive(Default)]
pub struct Memory {
    files: HashMap<Arc<str>, (Bytes, Vec<Request>)>,
    host: String,
}

/// The languages of files that are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Markup,
    Style,
}

impl Language {
    fn of(path: &str) -> Option<Self> {
        match path.rsplit_once('.')?.1 {
            "html" | "svg" => Some(Self::Markup),
            "css" => Some(Self::Style),
            _ => None,
        }
    }
}

pub fn check(
    content: &Content,
    artefacts: &[Artefact],
    memory: &mut Memory,
    diagnostics: &mut Diagnostics,
) {
    let host = urls::host(content.site.base_url.split_once("//").map_or("", |(_, rest)| rest));
    if memory.host != host {
        *memory = Memory { files: HashMap::new(), host: host.to_owned() };
    }
    let known = |artefact: &Artefact| {
        memory.files.get(&artefact.path).is_some_and(|(bytes, _)| artefact.is_same(bytes))
    };
    let new: Vec<(&Artefact, Language)> = artefacts
        .iter()
        .filter_map(|artefact| Some((artefact, Language::of(&artefact.path)?)))
        .filter(|(artefact, _)| !known(artefact))
        .collect();
    let found: Vec<_> =
        new.par_iter().map(|(file, language)| requests(&file.bytes, *language, host)).collect();
    for ((artefact, _), found) in new.into_iter().zip(found) {
        memory.files.insert(Arc::clone(&artefact.path), (artefact.bytes.clone(), found));
    }
    // The same mistake of a theme is in every page: told once, with the first of them.
    let mut places: BTreeMap<&Request, Vec<&str>> = BTreeMap::new();
    for artefact in artefacts {
        for request in memory.files.get(&artefact.path).map_or(&[][..], |(_, found)| found) {
            places.entry(request).or_default().push(&artefact.path);
        }
    }
    diagnostics.extend(places.into_iter().map(|(request, files)| told(request, files)));
    if memory.files.len() > artefacts.len() {
        let here: std::collections::HashSet<&str> =
            artefacts.iter().map(|artefact| &*artefact.path).collect();
        memory.files.retain(|path, _| here.contains(&**path));
    }
}

fn requests(bytes: &[u8], language: Language, host: &str) -> Vec<Request> {
    let mut found = match language {
        Language::Markup => markup::requests(bytes, host),
        Language::Style => style::requests(bytes, host),
    };
    found.sort();
    found.dedup();
    found
}

fn told(request: &Request, mut files: Vec<&str>) -> Diagnostic {
    // A page of the site says more than a frame of the function.
    files.sort_unstable_by_key(|file| (!file.starts_with(SITE), *file));
    files.dedup();
    let first = files.first().map_or_else(String::new, |file| without_digest(file));
    let files = match files.len() {
        0 | 1 => first,
        _ => format!("{first} en andere bestanden"),
    };
    let (message, hint) = match request {
        Request::Elsewhere { by, url } => {
            let host = url.split_once("//").map_or(url.as_str(), |(_, rest)| urls::host(rest));
            (
                format!("{by} vraagt iets aan een andere site ({url}), in {files}."),
                format!(
                    "Dit komt uit het thema: zoek daar naar {host}. Zet het bestand in het thema zelf, of haal het weg."
                ),
            )
        }
        Request::Data => (
            format!("Een stijl heeft een bestand in zich (data:), in {files}."),
            "Browsers weigeren dat hier. Zet het bestand in de map assets van het thema."
                .to_owned(),
        ),
    };
    Diagnostic::general(message).hint(hint)
}

/// A published file by the name that its theme knows: `site/assets/style.css`.
fn without_digest(path: &str) -> String {
    let is_digest = |part: &&str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts: Vec<&str> = path.split('.').filter(|part| !is_digest(part)).collect();
    parts.join(".")
}

#[cfg(test)]
mod tests;
