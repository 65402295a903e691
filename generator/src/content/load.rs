//! Reads the content folder. The only place where content files are opened.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::area::AREAS_URL;
use super::fields::Located;
use super::{
    Area, Content, Leaflet, Organisation, Page, Site, Template, Unusable, area, fields, form,
    front_matter, leaflet, organisation, page, site,
};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};
use crate::files::{self, Found};
use crate::markdown::{self, Document};

/// `None` when there is no site to speak of; every other mistake leaves a content with gaps, so
/// that the checks behind it can find more.
pub fn load(root: &Path, diagnostics: &mut Diagnostics) -> Option<Content> {
    if !root.is_dir() {
        diagnostics.push(
            Diagnostic::general(format!("De map {} bestaat niet.", files::display(root)))
                .hint("Geef de map met de teksten: --content content."),
        );
        return None;
    }
    let mut loader = Loader { diagnostics, sources: Vec::new() };
    let files = files::walk(root, loader.diagnostics);
    let Some(site) = loader.site(&files) else {
        if !files.iter().any(|file| file.name == "site.toml") {
            loader.diagnostics.push(
                Diagnostic::general(format!("{}/site.toml ontbreekt.", files::display(root)))
                    .hint("Daarin staan de naam van de gemeente, het adres en het menu."),
            );
        }
        return None;
    };
    let mut content = Content {
        site,
        organisations: BTreeMap::new(),
        areas: Vec::new(),
        pages: BTreeMap::new(),
        forms: Vec::new(),
        form_texts: BTreeMap::new(),
        leaflets: BTreeMap::new(),
        sources: Vec::new(),
        unusable: Unusable::default(),
    };
    let mut routes = Vec::new();
    let mut form_texts = Vec::new();
    loader.pages(&files, &mut content);
    for file in &files {
        loader.file(file, &mut content, &mut routes, &mut form_texts);
    }
    content.areas.sort_by(|a, b| a.name.cmp(&b.name));
    loader.resolve_forms(&mut content, form_texts);
    loader.resolve_routes(&content, routes);
    content.sources = loader.sources;
    Some(content)
}

struct Loader<'a> {
    diagnostics: &'a mut Diagnostics,
    sources: Vec<Arc<Source>>,
}

/// Texts of a form whose structure may not have been read yet.
type PendingTexts = (Arc<Source>, String, String, forms_core::FormTexts);

impl Loader<'_> {
    fn read(&mut self, file: &Found) -> Option<Arc<Source>> {
        let source = files::read_text(&file.path, self.diagnostics)?;
        self.sources.push(Arc::clone(&source));
        Some(source)
    }

    fn site(&mut self, files: &[Found]) -> Option<Site> {
        let file = files.iter().find(|file| file.name == "site.toml")?;
        let source = self.read(file)?;
        fields::parse(&source, &source.text, 0, self.diagnostics, site::read)
    }

    fn file(
        &mut self,
        file: &Found,
        content: &mut Content,
        routes: &mut Vec<Located<String>>,
        form_texts: &mut Vec<PendingTexts>,
    ) {
        let (folder, name) = file.name.split_once('/').unwrap_or(("", &file.name));
        match (folder, name.rsplit_once('.')) {
            ("", Some(("site", "toml")) | Some(("LEESMIJ", "md"))) => {}
            ("organisations", Some((id, "toml"))) => match self.organisation(file, id) {
                Some(organisation) => {
                    content.organisations.insert(id.to_owned(), organisation);
                }
                None => {
                    content.unusable.organisations.insert(id.to_owned());
                }
            },
            ("areas", Some((id, "toml"))) => content.areas.extend(self.area(file, id)),
            // Read by `pages`.
            ("areas" | "pages", Some((_, "md"))) => {}
            ("forms", Some((stem, "toml"))) => match stem.rsplit_once('.') {
                None => self.form(file, content, routes),
                Some((id, lang)) => form_texts.extend(self.form_texts(file, id, lang)),
            },
            ("leaflets", Some((stem, "md"))) => {
                if let Some((lang, leaflet)) = self.leaflet(file, stem) {
                    content.leaflets.insert(lang, leaflet);
                }
            }
            _ => self.unexpected(file),
        }
    }

    fn unexpected(&mut self, file: &Found) {
        let source = Source::new(files::display(&file.path), "");
        self.diagnostics.push(
            Diagnostic::warning(Place::file(&source), "Dit bestand doet niets.").hint(
                "Teksten staan in pages, areas, leaflets (.nl.md) of organisations, areas, forms (.toml).",
            ),
        );
    }

    fn organisation(&mut self, file: &Found, id: &str) -> Option<Organisation> {
        let source = self.read(file)?;
        fields::parse(&source, &source.text, 0, self.diagnostics, |fields, diagnostics| {
            organisation::read(id.to_owned(), fields, diagnostics)
        })
    }

    fn area(&mut self, file: &Found, id: &str) -> Option<Area> {
        let source = self.read(file)?;
        fields::parse(&source, &source.text, 0, self.diagnostics, |fields, diagnostics| {
            area::read(id.to_owned(), fields, diagnostics)
        })
    }

    /// Most of the files are pages, and each is read for itself: side by side.
    fn pages(&mut self, files: &[Found], content: &mut Content) {
        let site = &content.site;
        let read: Vec<_> = files
            .par_iter()
            .filter_map(|file| {
                let (stem, under, template) = page_of(&file.name)?;
                let mut diagnostics = Diagnostics::default();
                let mut loader = Loader { diagnostics: &mut diagnostics, sources: Vec::new() };
                let page = loader.page(file, stem, under, template, site);
                let sources = loader.sources;
                Some((page, sources, diagnostics))
            })
            .collect();
        for (page, sources, diagnostics) in read {
            self.sources.extend(sources);
            self.diagnostics.append(diagnostics);
            match page {
                Ok(page) => self.add_page(content, page),
                Err(url) => content.unusable.pages.extend(url),
            }
        }
    }

    /// `stem` is `vragen/wie-komt-er.nl`: the path is the address, the end is the language. Without
    /// a page, the address that it would have had, where that is known.
    fn page(
        &mut self,
        file: &Found,
        stem: &str,
        under: &str,
        template: Template,
        site: &Site,
    ) -> Result<Page, Option<String>> {
        let Some(source) = self.read(file) else {
            return Err(stem.rsplit_once('.').map(|(path, _)| url(under, path)));
        };
        let Some((path, lang)) =
            stem.rsplit_once('.').filter(|(_, lang)| site.language(lang).is_some())
        else {
            self.diagnostics.push(no_language(stem, site, &source));
            return Err(None);
        };
        let url = url(under, path);
        self.check_address(&url, &source);
        match self.page_text(&source, template) {
            Some((meta, document)) => {
                Ok(Page { url, lang: lang.to_owned(), meta, document, source })
            }
            None => Err(Some(url)),
        }
    }

    fn page_text(
        &mut self,
        source: &Arc<Source>,
        template: Template,
    ) -> Option<(page::Meta, Document)> {
        let split = front_matter::split(source, self.diagnostics)?;
        let meta = fields::parse(
            source,
            &source.text[split.front_matter.clone()],
            split.front_matter.start,
            self.diagnostics,
            |fields, diagnostics| page::read(template, fields, diagnostics),
        )?;
        Some((meta, markdown::parse(source, split.body, self.diagnostics)))
    }

    fn check_address(&mut self, url: &str, source: &Arc<Source>) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '/';
        if !url.chars().all(plain) {
            self.diagnostics.push(
                Diagnostic::error(
                    Place::file(source),
                    "De bestandsnaam wordt het adres van de pagina en heeft vreemde tekens.",
                )
                .hint("Gebruik alleen kleine letters, cijfers en streepjes."),
            );
        }
    }

    fn add_page(&mut self, content: &mut Content, page: Page) {
        let key = (page.url.clone(), page.lang.clone());
        if let Some(other) = content.pages.get(&key) {
            self.diagnostics.push(
                Diagnostic::error(
                    Place::file(&page.source),
                    format!("Er zijn twee pagina's met het adres {}.", page.url),
                )
                .hint(format!(
                    "De andere is {}. Geef een van beide een andere naam.",
                    other.source.path
                )),
            );
        } else {
            content.pages.insert(key, page);
        }
    }

    fn form(&mut self, file: &Found, content: &mut Content, routes: &mut Vec<Located<String>>) {
        let Some(source) = self.read(file) else { return };
        let loaded = fields::parse(&source, &source.text, 0, self.diagnostics, form::read);
        if let Some(loaded) = loaded {
            routes.extend(loaded.routes);
            content.forms.push(loaded.form);
        }
    }

    fn form_texts(&mut self, file: &Found, id: &str, lang: &str) -> Option<PendingTexts> {
        let source = self.read(file)?;
        let texts = fields::parse(&source, &source.text, 0, self.diagnostics, form::read_texts)?;
        Some((source, id.to_owned(), lang.to_owned(), texts))
    }

    fn leaflet(&mut self, file: &Found, stem: &str) -> Option<(String, Leaflet)> {
        let Some(lang) = stem.strip_prefix("trifold.") else {
            self.unexpected(file);
            return None;
        };
        let source = self.read(file)?;
        let split = front_matter::split(&source, self.diagnostics)?;
        let (title, review) = fields::parse(
            &source,
            &source.text[split.front_matter.clone()],
            split.front_matter.start,
            self.diagnostics,
            |fields, diagnostics| {
                let title = fields.string("title", diagnostics).value;
                // A folder has no description of its own; editors copy the lines of a page.
                let _ = fields.optional_string("description", diagnostics);
                (title, organisation::Review::read(fields, diagnostics))
            },
        )?;
        let document = markdown::parse(&source, split.body, self.diagnostics);
        let panels = leaflet::panels(document, &source, self.diagnostics);
        let version = review.checked.as_ref()?.value;
        Some((lang.to_owned(), Leaflet { title, version, review, panels, source }))
    }

    fn resolve_forms(&mut self, content: &mut Content, pending: Vec<PendingTexts>) {
        for (source, id, lang, texts) in pending {
            let place = Place::file(&source);
            match content.forms.iter().find(|form| form.id == id) {
                Some(form) => form::check_texts(form, &texts, &place, self.diagnostics),
                None => self.diagnostics.push(
                    Diagnostic::error(place, format!("Er is geen formulier `{id}`."))
                        .hint(format!("Maak forms/{id}.toml of haal dit bestand weg.")),
                ),
            }
            content.form_texts.entry(id).or_default().insert(lang, texts);
        }
    }

    /// Every organisation that content names must have a file.
    fn resolve_routes(&mut self, content: &Content, mut named: Vec<Located<String>>) {
        named.push(content.site.first_contact.clone());
        for row in &content.site.contact_block {
            named.extend(row.organisations.iter().cloned());
        }
        for review in content
            .pages
            .values()
            .map(|page| &page.meta.review)
            .chain(content.organisations.values().map(|organisation| &organisation.review))
            .chain(content.areas.iter().map(|area| &area.review))
        {
            named.push(review.owner.clone());
        }
        for name in named {
            if !name.value.is_empty() {
                self.diagnostics.extend(content.unknown_organisation(&name.value, &name.place));
            }
        }
    }
}

/// Stem, the address it stands under and its usual template, of a file that is a page.
fn page_of(name: &str) -> Option<(&str, &'static str, Template)> {
    let (folder, rest) = name.split_once('/')?;
    let stem = rest.strip_suffix(".md")?;
    match folder {
        "areas" => Some((stem, AREAS_URL, Template::Area)),
        "pages" => Some((stem, "/", Template::Page)),
        _ => None,
    }
}

/// The address that a path below the content makes.
fn url(under: &str, path: &str) -> String {
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
