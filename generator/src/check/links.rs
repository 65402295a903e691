//! Every link to the own site must arrive, heading included.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::content::Content;
use crate::diagnostics::{Diagnostic, Diagnostics, Place, Source, did_you_mean};
use crate::markdown::Document;
use crate::render::{Artefact, SITE};

pub fn check(content: &Content, artefacts: &[Artefact], diagnostics: &mut Diagnostics) {
    let targets = Targets::new(content, artefacts);
    diagnostics.extend(
        content
            .pages
            .par_iter()
            .flat_map_iter(|(_, page)| targets.of_text(&page.document, &page.source, &page.url))
            .collect::<Vec<_>>(),
    );
    for leaflet in content.leaflets.values() {
        for panel in leaflet.panels.values() {
            diagnostics.extend(targets.of_text(panel, &leaflet.source, ""));
        }
    }
    for item in content.site.navigation.iter().chain(&content.site.footer) {
        if !item.page.value.is_empty() {
            diagnostics.extend(targets.check(&item.page.value, "", || item.page.place.clone()));
        }
    }
    for page in content.pages.values() {
        if let Some(group) = &page.meta.group
            && !content.site.faq_groups.iter().any(|known| known.id == group.value)
        {
            let known: Vec<&str> =
                content.site.faq_groups.iter().map(|group| group.id.as_str()).collect();
            let hint = match did_you_mean(&group.value, known.iter().copied()) {
                Some(near) => format!("Bedoelt u `{near}`?"),
                None => format!("Deze zijn er: {}.", known.join(", ")),
            };
            diagnostics.push(
                Diagnostic::error(
                    group.place.clone(),
                    format!("Er is geen groep vragen `{}`.", group.value),
                )
                .hint(hint),
            );
        }
    }
}

struct Targets<'a> {
    /// Address of every page to its anchors in any language.
    pages: BTreeMap<&'a str, BTreeSet<&'a str>>,
    /// Every other published file.
    files: BTreeSet<&'a str>,
    /// Pages that will be there once their own mistake is mended.
    unusable: &'a BTreeSet<String>,
}

impl<'a> Targets<'a> {
    fn new(content: &'a Content, artefacts: &'a [Artefact]) -> Self {
        let mut pages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for page in content.pages.values() {
            pages.entry(&page.url).or_default().extend(page.document.anchors());
        }
        let files =
            artefacts.iter().filter_map(|artefact| artefact.path.strip_prefix(SITE)).collect();
        Self { pages, files, unusable: &content.unusable.pages }
    }

    /// Links of one text that do not arrive.
    fn of_text(&self, text: &Document, source: &Arc<Source>, from: &str) -> Vec<Diagnostic> {
        let mut wrong = Vec::new();
        text.each_link(&mut |url, line| {
            wrong.extend(self.check(url, from, || Place::of(source, line, url)));
        });
        wrong
    }

    /// `place` is looked up only for a link that does not arrive: it costs a walk through the file.
    fn check(&self, url: &str, from: &str, place: impl FnOnce() -> Place) -> Option<Diagnostic> {
        if !url.starts_with('/') && !url.starts_with('#') {
            return None;
        }
        let (path, anchor) = url.split_once('#').unwrap_or((url, ""));
        let path = path.split('?').next().unwrap_or(path);
        let path = if path.is_empty() { from } else { path };
        if self.files.contains(path) {
            return None;
        }
        if self.unusable.contains(path) {
            return None;
        }
        let Some(anchors) = self.pages.get(path) else {
            let near = did_you_mean(path, self.pages.keys().copied());
            let hint = match near {
                Some(near) => format!("Bedoelt u {near}?"),
                None if !path.ends_with('/') => "Een adres eindigt op een schuine streep.".into(),
                None => "Maak de pagina, of haal de link weg.".into(),
            };
            let message = format!("De link gaat naar {path}, maar die pagina is er niet.");
            return Some(Diagnostic::error(place(), message).hint(hint));
        };
        if anchor.is_empty() || anchors.contains(anchor) {
            return None;
        }
        let hint = match did_you_mean(anchor, anchors.iter().copied()) {
            Some(near) => format!("Bedoelt u #{near}?"),
            None => format!("Haal #{anchor} weg, of maak die kop op {path}."),
        };
        let message = format!("Op {path} is geen kop `#{anchor}`.");
        Some(Diagnostic::error(place(), message).hint(hint))
    }
}
