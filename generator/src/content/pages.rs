//! Reads the pages: most of the files, so side by side, and only what changed since the last time.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::area::AREAS_URL;
use super::page::{self, Original, Page, Text, Translation, Words};
use super::template::Template;
use super::{Changes, Site, Unusable, fields, front_matter};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};
use crate::files::{self, Found};
use crate::markdown::{self, Body, Document};

/// Pages of an earlier build, by file name. What a file means depends on itself and on the
/// languages of the site alone.
#[derive(Default)]
pub struct Memory {
    languages: Vec<forms_core::Language>,
    read: HashMap<String, Arc<Read>>,
}

/// One file, read.
struct Read {
    source: Option<Arc<Source>>,
    /// Without a version, the page that it would have been, where that is known.
    version: Result<Version, Option<String>>,
    diagnostics: Vec<Diagnostic>,
}

struct Version {
    id: String,
    lang: String,
    text: Kind,
}

enum Kind {
    Original(Arc<Original>),
    Translation(Arc<Translation>),
}

/// The pages of a site, and what came with them.
pub struct Pages {
    pub pages: BTreeMap<String, Page>,
    pub sources: Vec<Arc<Source>>,
}

pub fn read(
    files: &[Found],
    site: &Site,
    memory: &mut Memory,
    changes: &Changes,
    unusable: &mut Unusable,
    diagnostics: &mut Diagnostics,
) -> Pages {
    if memory.languages != site.languages {
        *memory = Memory { languages: site.languages.clone(), read: HashMap::new() };
    }
    let all: Vec<(&str, Arc<Read>)> = files
        .par_iter()
        .filter(|file| page_of(&file.name).is_some())
        .map(|file| {
            let known = memory.read.get(&file.name).filter(|_| !changes.touch(&file.path));
            let read = known.map_or_else(|| Arc::new(read_file(file, site)), Arc::clone);
            (file.name.as_str(), read)
        })
        .collect();
    let pages = gather(&all, unusable, diagnostics);
    memory.read = all.into_iter().map(|(name, read)| (name.to_owned(), read)).collect();
    pages
}

/// Puts translations beside their originals.
fn gather(
    all: &[(&str, Arc<Read>)],
    unusable: &mut Unusable,
    diagnostics: &mut Diagnostics,
) -> Pages {
    let mut pages: BTreeMap<String, Page> = BTreeMap::new();
    let mut sources = Vec::with_capacity(all.len());
    let mut translations = Vec::new();
    for (_, read) in all {
        sources.extend(read.source.clone());
        diagnostics.extend(read.diagnostics.iter().cloned());
        match &read.version {
            Ok(Version { id, text: Kind::Original(original), .. }) => {
                if let Some(other) = pages.get(id) {
                    diagnostics.push(twice(&original.text.source, id, &other.original.text.source));
                    continue;
                }
                let original = Arc::clone(original);
                let page = Page { id: id.clone(), original, translations: BTreeMap::new() };
                pages.insert(id.clone(), page);
            }
            Ok(Version { id, lang, text: Kind::Translation(translation) }) => {
                translations.push((id, lang, translation));
            }
            Err(id) => unusable.pages.extend(id.clone()),
        }
    }
    for (id, lang, translation) in translations {
        let source = &translation.text.source;
        match pages.get_mut(id) {
            Some(page) => {
                if let Some(other) = page.translations.insert(lang.clone(), Arc::clone(translation))
                {
                    diagnostics.push(twice(source, id, &other.text.source));
                }
            }
            None if unusable.pages.contains(id) => {}
            None => diagnostics.push(
                Diagnostic::error(Place::file(source), "Deze vertaling hoort bij geen pagina.")
                    .hint(
                        "Maak eerst de Nederlandse tekst, met dezelfde naam in dezelfde map, of haal dit bestand weg.",
                    ),
            ),
        }
    }
    Pages { pages, sources }
}

fn twice(source: &Arc<Source>, id: &str, other: &Source) -> Diagnostic {
    Diagnostic::error(Place::file(source), format!("Er zijn twee pagina's met het adres {id}."))
        .hint(format!("De andere is {}. Geef een van beide een andere naam.", other.path))
}

fn read_file(file: &Found, site: &Site) -> Read {
    let mut diagnostics = Diagnostics::default();
    let source = files::read_text(&file.path, &mut diagnostics);
    let version = version(file, source.as_ref(), site, &mut diagnostics);
    Read { source, version, diagnostics: diagnostics.into_vec() }
}

/// `vragen/wie-komt-er.nl`: the path is the page, the end is the language.
fn version(
    file: &Found,
    source: Option<&Arc<Source>>,
    site: &Site,
    diagnostics: &mut Diagnostics,
) -> Result<Version, Option<String>> {
    let (stem, under, template) = page_of(&file.name).ok_or(None)?;
    let Some(source) = source else {
        return Err(stem.rsplit_once('.').map(|(path, _)| id(under, path)));
    };
    let Some((path, language)) = stem
        .rsplit_once('.')
        .and_then(|(path, lang)| site.language(lang).map(|language| (path, language)))
    else {
        diagnostics.push(no_language(stem, site, source));
        return Err(None);
    };
    let id = id(under, path);
    check_address(&id, source, diagnostics);
    let text = if language.code == site.main_language().code {
        original(source, template, diagnostics).map(|text| Kind::Original(Arc::new(text)))
    } else {
        let text = match language.dir {
            forms_core::Dir::Ltr => markdown::Text::Plain,
            forms_core::Dir::Rtl => markdown::Text::NumbersIsolated,
        };
        translation(source, text, diagnostics).map(|text| Kind::Translation(Arc::new(text)))
    };
    match text {
        Some(text) => Ok(Version { id, lang: language.code.clone(), text }),
        None => Err(Some(id)),
    }
}

/// A text in the language of the municipality; `template` is its usual one.
pub fn original(
    source: &Arc<Source>,
    template: Template,
    diagnostics: &mut Diagnostics,
) -> Option<Original> {
    let split = front_matter::split(source, diagnostics)?;
    let (words, meta) = fields::parse(
        source,
        &source.text[split.front_matter.clone()],
        split.front_matter.start,
        diagnostics,
        |fields, diagnostics| page::read(template, fields, diagnostics),
    )?;
    let document = markdown::parse(source, split.body, diagnostics);
    let passages = document.passages();
    let text = text(words, &document, markdown::Text::Plain, split.body, source);
    Some(Original::new(text, meta, passages))
}

/// The same in another language; `numbers` is how its direction wants them.
pub fn translation(
    source: &Arc<Source>,
    numbers: markdown::Text,
    diagnostics: &mut Diagnostics,
) -> Option<Translation> {
    let split = front_matter::split(source, diagnostics)?;
    let read = fields::parse(
        source,
        &source.text[split.front_matter.clone()],
        split.front_matter.start,
        diagnostics,
        page::read_translation,
    )?;
    let document = markdown::parse(source, split.body, diagnostics);
    Some(Translation {
        text: text(read.words, &document, numbers, split.body, source),
        slug: read.slug,
        of: read.of,
        reviewed: read.reviewed,
    })
}

fn text(
    words: Words,
    document: &Document,
    numbers: markdown::Text,
    markdown: usize,
    source: &Arc<Source>,
) -> Text {
    Text {
        title: words.title,
        description: words.description,
        body: Body::new(document, numbers),
        markdown,
        fingerprint: fingerprint(&source.text),
        source: Arc::clone(source),
    }
}

fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn check_address(id: &str, source: &Arc<Source>, diagnostics: &mut Diagnostics) {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '/';
    if !id.chars().all(plain) {
        diagnostics.push(
            Diagnostic::error(
                Place::file(source),
                "De bestandsnaam wordt het adres van de pagina en heeft vreemde tekens.",
            )
            .hint("Gebruik alleen kleine letters, cijfers en streepjes."),
        );
    }
}

/// Stem, the address it stands under and its usual template, of a file that is a page.
pub fn page_of(name: &str) -> Option<(&str, &'static str, Template)> {
    let (folder, rest) = name.split_once('/')?;
    let stem = rest.strip_suffix(".md")?;
    match folder {
        "areas" => Some((stem, AREAS_URL, Template::Area)),
        "pages" => Some((stem, "/", Template::Page)),
        _ => None,
    }
}

/// The page that a path below the content makes.
fn id(under: &str, path: &str) -> String {
    match path.strip_suffix("index") {
        Some(parent) if parent.is_empty() || parent.ends_with('/') => format!("{under}{parent}"),
        _ => format!("{under}{path}/"),
    }
}

/// A name without the site's language at its end, or with a language that the site does not have.
fn no_language(stem: &str, site: &Site, source: &Arc<Source>) -> Diagnostic {
    let codes: Vec<&str> = site.languages.iter().map(|l| l.code.as_str()).collect();
    let path = match stem.rsplit_once('.') {
        Some((path, lang)) if lang.len() <= 3 => path,
        _ => stem,
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    Diagnostic::error(
        Place::file(source),
        "De bestandsnaam eindigt niet op een taal van deze site.",
    )
    .hint(format!(
        "Noem het {name}.{}.md, of zet de taal in site.toml. Talen van deze site: {}.",
        codes.first().unwrap_or(&"nl"),
        codes.join(", ")
    ))
}
