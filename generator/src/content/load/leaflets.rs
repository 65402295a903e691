//! Texts of folders and their translations.

use std::collections::BTreeSet;

use super::Loader;
use crate::content::{Content, Leaflet, LeafletKind, TranslatedLeaflet};
use crate::content::{fields, front_matter, leaflet, page};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};
use crate::files::Found;
use crate::markdown;

/// Texts of folders as they are met: a translation may come before its original.
#[derive(Default)]
pub(super) struct Met {
    /// Whose original stands there, usable or not.
    originals: BTreeSet<LeafletKind>,
    translations: Vec<(LeafletKind, String, TranslatedLeaflet)>,
}

/// Every translation beside its original.
pub(super) fn place(met: Met, content: &mut Content, diagnostics: &mut Diagnostics) {
    let main = content.site.main_language().code.clone();
    for (kind, lang, translation) in met.translations {
        let texts = content.leaflets.entry(kind).or_default();
        match texts.get(&main) {
            Some(original) => {
                let text = translation.beside(original);
                texts.insert(lang, text);
            }
            // That it is unusable was told.
            None if met.originals.contains(&kind) => {}
            None => diagnostics.push(
                Diagnostic::error(
                    Place::file(&translation.source),
                    "Deze vertaling hoort bij geen folder.",
                )
                .hint(format!("Maak eerst {}, of haal dit bestand weg.", kind.file_name(&main))),
            ),
        }
    }
}

impl Loader<'_> {
    pub(super) fn leaflet(&mut self, file: &Found, name: &str, content: &mut Content) {
        let known = LeafletKind::of_file(name);
        let Some((kind, lang)) = known.filter(|(_, lang)| content.site.language(lang).is_some())
        else {
            return self.unexpected(file);
        };
        if lang == content.site.main_language().code {
            self.later.leaflets.originals.insert(kind);
            let leaflet = self.leaflet_text(file, kind);
            let texts = content.leaflets.entry(kind).or_default();
            texts.extend(leaflet.map(|leaflet| (lang.to_owned(), leaflet)));
        } else {
            let translation = self.leaflet_translation(file, kind);
            let translation = translation.map(|text| (kind, lang.to_owned(), text));
            self.later.leaflets.translations.extend(translation);
        }
    }

    fn leaflet_text(&mut self, file: &Found, kind: LeafletKind) -> Option<Leaflet> {
        let source = self.read(file)?;
        let split = front_matter::split(&source, self.diagnostics)?;
        let (title, description, review) = fields::parse(
            &source,
            &source.text[split.front_matter.clone()],
            split.front_matter.start,
            self.diagnostics,
            leaflet::read,
        )?;
        let digest = page::digest_of(&title, &description, &source.text[split.body..]);
        let document = markdown::parse(&source, split.body, self.diagnostics);
        let panels = leaflet::panels(kind, document, &source, self.diagnostics);
        let version = review.checked.as_ref()?.value;
        let (reviewed, behind) = (true, false);
        Some(Leaflet { title, version, review, panels, source, digest, reviewed, behind })
    }

    fn leaflet_translation(
        &mut self,
        file: &Found,
        kind: LeafletKind,
    ) -> Option<TranslatedLeaflet> {
        let source = self.read(file)?;
        let split = front_matter::split(&source, self.diagnostics)?;
        let read = fields::parse(
            &source,
            &source.text[split.front_matter.clone()],
            split.front_matter.start,
            self.diagnostics,
            page::read_translation,
        )?;
        let document = markdown::parse(&source, split.body, self.diagnostics);
        let panels = leaflet::panels(kind, document, &source, self.diagnostics);
        Some(TranslatedLeaflet {
            title: read.words.title.value,
            of: read.of.map(|of| of.value),
            reviewed: read.reviewed.is_some(),
            panels,
            source,
        })
    }
}
