//! Reads the content folder. The only place where content files are opened.

mod leaflets;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::fields::{Fields, Located};
use super::{
    Addresses, Area, Changes, Content, Organisation, Role, Site, Unusable, allow, area, fields,
    form, organisation, pages, photo, role, schedule, site,
};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source};
use crate::files::{self, Found, Listing};

/// How the content is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    /// Decides which pages are shown, and which warnings are given.
    pub today: Date,
    /// Whether drafts and pages of another day are shown too, as in the preview.
    pub drafts: bool,
}

/// What one reading leaves for the next: pages are read again only when their file changed.
#[derive(Default)]
pub struct Memory {
    files: Listing,
    pages: pages::Memory,
    photos: photo::Memory,
}

/// `None` when there is no site to speak of; every other mistake leaves a content with gaps, so
/// that the checks behind it can find more.
pub fn load(
    root: &Path,
    reading: Reading,
    memory: &mut Memory,
    changes: &Changes,
    diagnostics: &mut Diagnostics,
) -> Option<Content> {
    if !root.is_dir() {
        diagnostics.push(
            Diagnostic::general(format!("De map {} bestaat niet.", files::display(root)))
                .hint("Geef de map met de teksten: --content content."),
        );
        return None;
    }
    let changed = match changes {
        Changes::All => None,
        Changes::Only(changed) => Some(changed),
    };
    let files = memory.files.refreshed(root, changed, diagnostics);
    let mut loader = Loader { diagnostics, sources: Vec::new(), later: Later::default() };
    let Some(site) = loader.site(files) else {
        if !files.iter().any(|file| file.name == "site.toml") {
            loader.diagnostics.push(
                Diagnostic::general(format!("{}/site.toml ontbreekt.", files::display(root)))
                    .hint("Daarin staan de naam van de gemeente, het adres en het menu."),
            );
        }
        return None;
    };
    let mut unusable = Unusable::default();
    let mut read =
        pages::read(files, &site, &mut memory.pages, changes, &mut unusable, loader.diagnostics);
    let skipped = schedule::apply(&mut read.pages, reading.today, reading.drafts);
    let languages = site.languages.iter().map(|language| language.code.as_str());
    let addresses = Addresses::new(&read.pages, languages, loader.diagnostics);
    loader.sources.append(&mut read.sources);
    let mut content = Content {
        site,
        organisations: BTreeMap::new(),
        areas: Vec::new(),
        roles: Vec::new(),
        pages: read.pages,
        addresses,
        skipped,
        forms: Vec::new(),
        form_texts: BTreeMap::new(),
        leaflets: BTreeMap::new(),
        photos: BTreeMap::new(),
        allowed: Vec::new(),
        sources: Vec::new(),
        unusable,
    };
    for file in files.iter().filter(|file| pages::page_of(&file.name).is_none()) {
        loader.file(file, &mut content);
    }
    content.areas.sort_by(|a, b| a.name.cmp(&b.name));
    content.roles.sort_by(|a, b| (a.order, &a.name).cmp(&(b.order, &b.name)));
    loader.finish(&mut content);
    content.photos = photo::read(files, &content, &mut memory.photos, changes, loader.diagnostics);
    content.sources = loader.sources;
    Some(content)
}

struct Loader<'a> {
    diagnostics: &'a mut Diagnostics,
    sources: Vec<Arc<Source>>,
    later: Later,
}

/// What can only be placed once every file was read.
#[derive(Default)]
struct Later {
    /// Routes of topics, to be found among the organisations.
    routes: Vec<Located<String>>,
    /// Areas that forms name.
    areas: Vec<Located<String>>,
    form_texts: Vec<form::Translated>,
    /// File, id, language and words of a translated data file.
    texts: Vec<(Arc<Source>, String, String, Texts)>,
    leaflets: leaflets::Met,
}

enum Texts {
    Site(site::SiteTexts),
    Organisation(organisation::OrganisationTexts),
    Area(area::AreaTexts),
    Role(role::RoleTexts),
}

impl Loader<'_> {
    fn read(&mut self, file: &Found) -> Option<Arc<Source>> {
        let source = files::read_text(&file.path, self.diagnostics)?;
        self.sources.push(Arc::clone(&source));
        Some(source)
    }

    /// A file that is one TOML table.
    fn table<T>(
        &mut self,
        file: &Found,
        read: impl FnOnce(&mut Fields, &mut Diagnostics) -> T,
    ) -> Option<T> {
        let source = self.read(file)?;
        fields::parse(&source, &source.text, 0, self.diagnostics, read)
    }

    fn site(&mut self, files: &[Found]) -> Option<Site> {
        let file = files.iter().find(|file| file.name == "site.toml")?;
        self.table(file, site::read).flatten()
    }

    fn file(&mut self, file: &Found, content: &mut Content) {
        let (folder, name) = file.name.split_once('/').unwrap_or(("", &file.name));
        let stem = name.strip_suffix(".toml");
        let translated = stem.and_then(|stem| stem.rsplit_once('.'));
        if let ("organisations" | "areas" | "roles" | "forms", Some(stem)) = (folder, stem) {
            self.check_name(file, translated.map_or(stem, |(id, _)| id));
        }
        match (folder, stem, translated) {
            ("", Some("site"), _) => {}
            ("", _, _) if name == allow::FILE => {
                let allowed = self.table(file, allow::read);
                content.unusable.allowed = allowed.is_none();
                content.allowed = allowed.unwrap_or_default();
            }
            ("", None, _) if name == "LEESMIJ.md" => {}
            ("pictures", None, _) => {}
            ("leaflets", None, _) if name.ends_with(".md") => self.leaflet(file, name, content),
            ("forms", _, Some((id, lang))) => self.form_texts(file, id, lang),
            ("forms", Some(_), None) => self.form(file, content),
            ("" | "organisations" | "areas" | "roles", _, Some((id, lang))) => {
                self.texts(file, folder, id, lang, content);
            }
            ("organisations", Some(id), None) => self.organisation(file, id, content),
            ("areas", Some(id), None) => match self.area(file, id) {
                Some(area) => content.areas.push(area),
                None => drop(content.unusable.areas.insert(id.to_owned())),
            },
            ("roles", Some(id), None) => match self.role(file, id) {
                Some(role) => content.roles.push(role),
                None => drop(content.unusable.roles.insert(id.to_owned())),
            },
            _ => self.unexpected(file),
        }
    }

    /// The name of the file is how texts, addresses and other files name what is in it.
    fn check_name(&mut self, file: &Found, id: &str) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(plain) {
            let source = Source::new(files::display(&file.path), "");
            self.diagnostics.push(
                Diagnostic::error(Place::file(&source), "De bestandsnaam heeft vreemde tekens.")
                    .hint("Gebruik alleen kleine letters, cijfers en streepjes."),
            );
        }
    }

    fn unexpected(&mut self, file: &Found) {
        let source = Source::new(files::display(&file.path), "");
        self.diagnostics.push(
            Diagnostic::warning(Place::file(&source), "Dit bestand doet niets.").hint(
                "Teksten staan in pages, areas, leaflets (.nl.md), gegevens in organisations, areas, roles, forms (.toml), afbeeldingen in pictures.",
            ),
        );
    }

    fn organisation(&mut self, file: &Found, id: &str, content: &mut Content) {
        let read: Option<Organisation> = self.table(file, |fields, diagnostics| {
            organisation::read(id.to_owned(), fields, diagnostics)
        });
        match read {
            Some(organisation) => {
                content.organisations.insert(id.to_owned(), organisation);
            }
            None => {
                content.unusable.organisations.insert(id.to_owned());
            }
        }
    }

    fn area(&mut self, file: &Found, id: &str) -> Option<Area> {
        self.table(file, |fields, diagnostics| area::read(id.to_owned(), fields, diagnostics))
    }

    fn role(&mut self, file: &Found, id: &str) -> Option<Role> {
        self.table(file, |fields, diagnostics| role::read(id.to_owned(), fields, diagnostics))
    }

    /// The words of a data file in another language.
    fn texts(&mut self, file: &Found, folder: &str, id: &str, lang: &str, content: &Content) {
        let Some(source) = self.read(file) else { return };
        let main = &content.site.main_language().code;
        if lang == main || content.site.language(lang).is_none() {
            let others: Vec<&str> = content.languages().filter(|code| code != main).collect();
            self.diagnostics.push(
                Diagnostic::error(
                    Place::file(&source),
                    "De bestandsnaam eindigt niet op een andere taal van deze site.",
                )
                .hint(format!("Talen waarin vertaald wordt: {}.", others.join(", "))),
            );
            return;
        }
        let texts =
            fields::parse(
                &source,
                &source.text,
                0,
                self.diagnostics,
                |fields, found| match folder {
                    "organisations" => Texts::Organisation(organisation::read_texts(fields, found)),
                    "areas" => Texts::Area(area::read_texts(fields, found)),
                    "roles" => Texts::Role(role::read_texts(fields, found)),
                    _ => Texts::Site(site::read_texts(fields, found)),
                },
            );
        if let Some(texts) = texts {
            self.later.texts.push((source, id.to_owned(), lang.to_owned(), texts));
        }
    }

    fn form(&mut self, file: &Found, content: &mut Content) {
        if let Some(loaded) = self.table(file, form::read) {
            self.later.routes.extend(loaded.routes);
            self.later.areas.extend(loaded.areas);
            if !loaded.whole {
                content.unusable.forms.insert(loaded.form.id.clone());
            }
            content.forms.push(loaded.form);
        }
    }

    fn form_texts(&mut self, file: &Found, id: &str, lang: &str) {
        let Some(source) = self.read(file) else { return };
        let texts = fields::parse(&source, &source.text, 0, self.diagnostics, form::read_texts);
        if let Some(texts) = texts {
            self.later.form_texts.push((source, id.to_owned(), lang.to_owned(), texts));
        }
    }

    fn finish(&mut self, content: &mut Content) {
        let later = std::mem::take(&mut self.later);
        leaflets::place(later.leaflets, content, self.diagnostics);
        for (source, id, lang, texts) in later.texts {
            self.place_texts(content, &source, &id, lang, texts);
        }
        form::check_replies(
            &later.form_texts,
            &content.site.main_language().code,
            self.diagnostics,
        );
        for (source, id, lang, texts) in later.form_texts {
            let place = Place::file(&source);
            match content.forms.iter().find(|form| form.id == id) {
                _ if content.unusable.forms.contains(&id) => {}
                Some(form) => texts.check(form, &place, self.diagnostics),
                None => self.diagnostics.push(
                    Diagnostic::error(place, format!("Er is geen formulier `{id}`."))
                        .hint(format!("Maak forms/{id}.toml of haal dit bestand weg.")),
                ),
            }
            content.form_texts.entry(id).or_default().insert(lang, texts.texts);
        }
        let areas = later.areas.iter();
        let unknown = areas.filter_map(|area| content.unknown_area(&area.value, &area.place));
        self.diagnostics.extend(unknown);
        self.check_organisations(content, &later.routes);
    }

    fn place_texts(
        &mut self,
        content: &mut Content,
        source: &Arc<Source>,
        id: &str,
        lang: String,
        texts: Texts,
    ) {
        let placed = match texts {
            Texts::Site(texts) if id == "site" => {
                site::check_texts(&content.site, &texts, self.diagnostics);
                content.site.texts.insert(lang, texts);
                true
            }
            Texts::Site(_) => false,
            Texts::Organisation(texts) => content
                .organisations
                .get_mut(id)
                .map(|organisation| organisation.texts.insert(lang, texts))
                .is_some(),
            Texts::Area(texts) => content
                .areas
                .iter_mut()
                .find(|area| area.id == id)
                .map(|area| area.texts.insert(lang, texts))
                .is_some(),
            Texts::Role(texts) => content
                .roles
                .iter_mut()
                .find(|role| role.id == id)
                .map(|role| role.texts.insert(lang, texts))
                .is_some(),
        };
        if !placed && !content.unusable.has(id) {
            self.diagnostics.push(
                Diagnostic::error(
                    Place::file(source),
                    format!("Er is geen bestand {id}.toml waar deze vertaling bij hoort."),
                )
                .hint("Geef de vertaling dezelfde naam, of haal haar weg."),
            );
        }
    }

    /// Every organisation that content names must have a file.
    fn check_organisations(&mut self, content: &Content, routes: &[Located<String>]) {
        let rows = content.site.contact_block.iter().flat_map(|row| &row.organisations);
        let owners = content
            .pages
            .values()
            .map(|page| &page.original.meta.review)
            .chain(content.organisations.values().map(|organisation| &organisation.review))
            .chain(content.areas.iter().map(|area| &area.review))
            .chain(content.roles.iter().map(|role| &role.review))
            .map(|review| &review.owner)
            .chain(content.allowed.iter().map(|allowed| &allowed.owner));
        for name in routes.iter().chain([&content.site.first_contact]).chain(rows).chain(owners) {
            if !name.value.is_empty() {
                self.diagnostics.extend(content.unknown_organisation(&name.value, &name.place));
            }
        }
    }
}
