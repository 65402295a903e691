//! Texts of folders and their translations.

use super::Loader;
use crate::content::{Content, Leaflet, LeafletKind, TranslatedLeaflet};
use crate::content::{fields, front_matter, leaflet, page};
use crate::files::Found;
use crate::markdown;

/// A translation that was read before or after its original.
pub(super) type Waiting = (LeafletKind, String, TranslatedLeaflet);

/// Every translation beside its original.
pub(super) fn place(waiting: Vec<Waiting>, content: &mut Content) {
    let main = &content.site.main_language().code;
    for (kind, lang, translation) in waiting {
        let texts = content.leaflets.entry(kind).or_default();
        // Without an original there is nothing to translate; that it is unusable was told.
        if let Some(text) = texts.get(main).map(|original| translation.beside(original)) {
            texts.insert(lang, text);
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
            let leaflet = self.leaflet_text(file, kind);
            let texts = content.leaflets.entry(kind).or_default();
            texts.extend(leaflet.map(|leaflet| (lang.to_owned(), leaflet)));
        } else {
            let translation = self.leaflet_translation(file, kind);
            self.later.leaflets.extend(translation.map(|text| (kind, lang.to_owned(), text)));
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
