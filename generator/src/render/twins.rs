//! The text of each folder as a page: for who reads it on a telephone, with a screen reader or in
//! large letters, and as the place where its printed forms are found.

use forms_core::{Dir, Language};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use super::components::Made;
use super::fill::Fill;
use super::html::{Extras, Memory, Renderer};
use super::leaflet::{Goal, OnDemand, file_name, public_url};
use super::views::{AlternateView, AreaView, PageView, Twin};
use super::voice::Voice;
use super::{Artefact, SITE};
use crate::content::{Area, Content, Format, Leaflet, LeafletKind, Page, Template};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::markdown::{self, Body, Document};

/// Page that lists the folders, where the content has none.
const LIST: &str = "/folders/";

/// Where the folder of an area can be read, for a reader of `lang`.
pub fn address(content: &Content, area: &Area, lang: &str) -> String {
    let of_list = |page: &&Page| page.original.meta.template.value == Template::Folders;
    let id = content.pages.values().find(of_list).map_or(LIST, |page| page.id.as_str());
    let main = &content.site.main_language().code;
    match content.addresses.of(id, lang) {
        Some(list) => format!("{list}{}/", area.id),
        None if lang == main => format!("{LIST}{}/", area.id),
        None => format!("/{lang}{LIST}{}/", area.id),
    }
}

/// A printed form of a folder.
#[derive(Serialize)]
struct PrintView {
    name: String,
    url: String,
    /// What it looks like; in the preview alone.
    picture: Option<String>,
    /// The file for the print shop; in the preview alone.
    shop: Option<String>,
}

impl Renderer<'_> {
    /// The page of every area's folder in every language of the site. What was made from the same
    /// before is taken from `memory`.
    pub fn twins(
        &self,
        preview: bool,
        memory: &mut Memory,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Artefact> {
        let main = &self.content.site.main_language().code;
        let texts = self.content.leaflets(LeafletKind::Folder);
        let text = |lang| texts.get_key_value(lang).or_else(|| texts.get_key_value(main));
        let work: Vec<_> = self
            .voices
            .iter()
            .filter_map(|voice| Some((voice, text(&voice.0.language.code)?)))
            .flat_map(|(voice, text)| {
                self.content.areas.iter().map(move |area| (voice, text, area))
            })
            .collect();
        let made: Vec<_> = work
            .par_iter()
            .map(|((voice, made), (of, leaflet), area)| {
                let twin = TwinPage { renderer: self, voice, made, leaflet, of, area, preview };
                let mut faults = Diagnostics::default();
                (twin.page(memory, &mut faults), faults)
            })
            .collect();
        memory.keep(made, diagnostics)
    }
}

/// One page that is being made.
struct TwinPage<'a> {
    renderer: &'a Renderer<'a>,
    voice: &'a Voice<'a>,
    made: &'a Made,
    leaflet: &'a Leaflet,
    /// The language of its text.
    of: &'a str,
    area: &'a Area,
    preview: bool,
}

impl TwinPage<'_> {
    fn page(&self, memory: &Memory, diagnostics: &mut Diagnostics) -> Option<(u64, Artefact)> {
        let content = self.renderer.content;
        let lang = self.voice.language.code.as_str();
        let url = address(content, self.area, lang);
        let path = format!("{SITE}{url}index.html");
        let canonical = address(content, self.area, &content.site.main_language().code);
        let title = self.label("leaflet.page_title");
        let description = self.label("leaflet.page_description");
        let words =
            Twin { title: &title, description: &description, url: &url, canonical: &canonical };
        let page =
            PageView::of_leaflet(content, self.leaflet, &words, self.of, lang, &self.voice.locale);
        let addresses = self.addresses();
        let mut extras = Extras::default();
        extras.insert("page", &page);
        extras.insert("alternates", &self.alternates(&addresses));
        extras.insert("area", &AreaView::new(content, self.area, lang));
        extras.insert("prints", &self.prints());
        extras.insert("pictured", &self.preview);
        extras.insert("has_contact_block", &self.leaflet.holds("contact-block"));

        let link = self.renderer.template("directives/area-link.html", &extras.context);
        let link = link.map_err(|message| diagnostics.push(Diagnostic::general(message))).ok()?;
        let body = self.body();
        let Self { renderer, voice, made, leaflet, .. } = *self;
        let (source, area_link) = (&leaflet.source, Some(link.as_str()));
        let mut fill = Fill { renderer, voice, made, source, area_link, faults: Vec::new() };
        let mut print = extras.print;
        print.add(&voice.fingerprint());
        print.add(&leaflet.source.text);
        fill.print(&body, &mut print);
        let print = print.finish();
        if let Some((before, artefact)) = memory.0.get(&path)
            && *before == print
        {
            return Some((print, artefact.clone()));
        }

        let mut context = voice.context(LIST);
        context.insert("content", &fill.filled(&body));
        context.extend(extras.context);
        diagnostics.extend(fill.faults);
        let html = renderer.render("templates/leaflet.html", &context, diagnostics)?;
        Some((print, Artefact::new(path, renderer.small(html))))
    }

    /// The words of the folder, in the order in which its panels are read.
    fn body(&self) -> Body {
        let language = self.renderer.content.site.language(self.of);
        let dir = language.map_or(Dir::Ltr, |language| language.dir);
        let mut panels = self.leaflet.panels_for(self.area.name(self.of), dir);
        // One that is missing was told when the file was read.
        let order = LeafletKind::Folder.panels().iter();
        let blocks = order.filter_map(|name| panels.remove(name)).flat_map(|panel| panel.blocks);
        let blocks = blocks.collect();
        let numbers = match dir {
            Dir::Rtl => markdown::Text::NumbersIsolated,
            Dir::Ltr => markdown::Text::Plain,
        };
        // The name of the panel was the level above its headings.
        Body::new(&Document { blocks }.raised(), numbers)
    }

    fn label(&self, key: &str) -> String {
        let name = self.area.name(&self.voice.language.code);
        self.voice.messages.text(key).replace("{area}", name)
    }

    /// What can be printed, in the language of the text.
    fn prints(&self) -> Vec<PrintView> {
        let area = &self.area.id;
        let formats = match self.preview {
            true => Format::ALL.to_vec(),
            false => self.renderer.content.site.output.folders.clone(),
        };
        let has_text =
            |format: &Format| self.renderer.content.leaflets(format.text()).contains_key(self.of);
        let view = |format: Format| PrintView {
            name: self.label(&format!("leaflet.format_{}", format.name().replace('-', "_"))),
            url: public_url(area, self.of, format),
            picture: self.preview.then(|| OnDemand::picture_url(area, self.of, format)),
            shop: self
                .preview
                .then(|| format!("{LIST}{}", file_name(area, self.of, format, Goal::PrintShop))),
        };
        let shown = |format: &Format| self.preview || format.is_public();
        formats.into_iter().filter(shown).filter(has_text).map(view).collect()
    }

    /// Language and address of the page in each language.
    fn addresses(&self) -> Vec<(&Language, String)> {
        let content = self.renderer.content;
        let languages = content.site.languages.iter();
        languages.map(|language| (language, address(content, self.area, &language.code))).collect()
    }

    fn alternates<'a>(&self, addresses: &'a [(&'a Language, String)]) -> Vec<AlternateView<'a>> {
        let texts = self.renderer.content.leaflets(LeafletKind::Folder);
        let reader = &self.voice.language.code;
        let view = |(language, url): &'a (&'a Language, String)| {
            AlternateView::new(language, url, texts.contains_key(&language.code), reader)
        };
        addresses.iter().map(view).collect()
    }
}
