//! Every link to the own site must arrive, heading included.

use std::collections::HashSet;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::content::page::Text;
use crate::content::{Content, Page};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, did_you_mean};
use crate::render::{Artefact, SITE, links};

pub fn check(content: &Content, artefacts: &[Artefact], diagnostics: &mut Diagnostics) {
    let targets = Targets::new(content, artefacts);
    let pages: Vec<&Page> = content.pages.values().collect();
    let wrong = pages.par_iter().flat_map_iter(|page| targets.of_page(page));
    diagnostics.extend(wrong.collect::<Vec<_>>());
    let main = &content.site.main_language().code;
    for (lang, leaflet) in content.all_leaflets() {
        for panel in leaflet.panels.values() {
            panel.each_link(&mut |url, line| {
                let place = || Place::of(&leaflet.source, line, url);
                diagnostics.extend(targets.check(url, None, lang, place));
            });
        }
    }
    for item in content.site.navigation.iter().chain(&content.site.footer) {
        if !item.page.value.is_empty() {
            let place = || item.page.place.clone();
            diagnostics.extend(targets.check(&item.page.value, None, main, place));
        }
    }
    for page in content.pages.values() {
        if let Some(group) = &page.original.meta.group {
            diagnostics.extend(content.unknown_group(&group.value, &group.place));
        }
    }
}

struct Targets<'a> {
    content: &'a Content,
    /// Every published file that is not a page.
    files: HashSet<&'a str>,
}

impl<'a> Targets<'a> {
    fn new(content: &'a Content, artefacts: &'a [Artefact]) -> Self {
        let files = artefacts
            .iter()
            .filter_map(|artefact| artefact.path.strip_prefix(SITE))
            .filter(|path| !path.ends_with("/index.html"))
            .collect();
        Self { content, files }
    }

    /// Links of a page that do not arrive, in any of its languages.
    fn of_page(&self, page: &Page) -> Vec<Diagnostic> {
        let main = &self.content.site.main_language().code;
        let translations = page.translations.iter().map(|(lang, text)| (lang, &text.text));
        let mut wrong = Vec::new();
        for (lang, text) in std::iter::once((main, &page.original.text)).chain(translations) {
            for (url, line) in text.body.links() {
                let place = || Place::of(&text.source, line, url);
                wrong.extend(self.check(url, Some((page, text)), lang, place));
            }
        }
        wrong
    }

    /// `place` is looked up only for a link that does not arrive: it costs a walk through the file.
    fn check(
        &self,
        url: &str,
        from: Option<(&Page, &Text)>,
        lang: &str,
        place: impl FnOnce() -> Place,
    ) -> Option<Diagnostic> {
        let (path, rest) = match (links::parts(url), from) {
            (Some(parts), _) => parts,
            (None, Some((page, _))) if url.starts_with('#') => (page.id.as_str(), url),
            _ => return None,
        };
        if self.files.contains(path) || self.content.unusable.pages.contains(path) {
            return None;
        }
        let anchor = rest.split_once('#').map_or("", |(_, anchor)| anchor);
        let Some(page) = self.content.pages.get(path) else {
            return Some(self.no_page(path, place()));
        };
        let text = page.text(lang);
        if anchor.is_empty() || text.body.has_anchor(anchor) {
            return None;
        }
        let ids = text.body.headings.iter().map(|heading| heading.id.as_str());
        let hint = match did_you_mean(anchor, ids) {
            Some(near) => format!("Bedoelt u #{near}?"),
            None => format!("Haal #{anchor} weg, of maak die kop in {}.", text.source.path),
        };
        let message = format!("Op {path} is geen kop `#{anchor}`.");
        Some(Diagnostic::error(place(), message).hint(hint))
    }

    fn no_page(&self, path: &str, place: Place) -> Diagnostic {
        if let Some(skipped) = self.content.skipped.iter().find(|skipped| skipped.page == path) {
            let message = format!(
                "De link gaat naar {path}, maar die pagina is er nu niet ({}).",
                skipped.why
            );
            return Diagnostic::error(place, message)
                .hint("Haal de link weg, of verander de datums van die pagina.");
        }
        let hint = match did_you_mean(path, self.content.pages.keys().map(String::as_str)) {
            Some(near) => format!("Bedoelt u {near}?"),
            None if !path.ends_with('/') => "Een adres eindigt op een schuine streep.".into(),
            None => "Maak de pagina, of haal de link weg.".into(),
        };
        let message = format!("De link gaat naar {path}, maar die pagina is er niet.");
        Diagnostic::error(place, message).hint(hint)
    }
}
