//! Pages to HTML, and the frame into which the function puts its answers.

use std::collections::HashMap;
use std::path::Path;

use forms_core::manifest::{SLOT_MAIN, SLOT_TITLE};
use forms_core::{FormView, Offered, Posted, Words};
use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;
use serde_json::json;
use tera::Context;

use super::components::Made;
use super::fill::Fill;
use super::fingerprint::Fingerprint;
use super::lists::Lists;
use super::photos::Photos;
use super::views::{self, AreaView, CardView, PageView};
use super::voice::Voice;
use super::{Artefact, SITE, forms_bundle};
use crate::content::area::AREAS_URL;
use crate::content::{Content, Page, Template};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, did_you_mean};
use crate::theme::{Theme, template_error};

pub struct Renderer<'a> {
    pub content: &'a Content,
    theme: &'a Theme,
    theme_root: &'a Path,
    today: Date,
    pub lists: Lists<'a>,
    pub(super) photos: &'a Photos,
    pub(super) voices: Vec<(Voice<'a>, Made)>,
}

/// Pages of an earlier build, by their path: what they were made from, and how they came out.
#[derive(Default)]
pub struct Memory(pub(super) HashMap<String, (u64, Artefact)>);

/// A page with what it was made from, none for one with a mistake; and what was said about it.
pub(super) type Told = (Option<(u64, Artefact)>, Diagnostics);

impl Memory {
    /// Keeps the pages of this build, and lets go of those of the one before.
    pub(super) fn keep(&mut self, made: Vec<Told>, diagnostics: &mut Diagnostics) -> Vec<Artefact> {
        let mut all = Vec::with_capacity(made.len());
        self.0 = HashMap::with_capacity(made.len());
        for (page, faults) in made {
            diagnostics.append(faults);
            if let Some((print, artefact)) = page {
                self.0.insert(artefact.path.to_string(), (print, artefact.clone()));
                all.push(artefact);
            }
        }
        all
    }
}

impl<'a> Renderer<'a> {
    pub fn new(
        content: &'a Content,
        theme: &'a Theme,
        theme_root: &'a Path,
        photos: &'a Photos,
        today: Date,
    ) -> Self {
        let voice = |language| (Voice::new(content, theme, language), Made::default());
        let voices = content.site.languages.iter().map(voice).collect();
        Self { content, theme, theme_root, today, lists: Lists::new(content), photos, voices }
    }

    /// Every page in every language, and the page for addresses that do not exist. What was made
    /// from the same before is taken from `memory`.
    pub fn pages(&self, memory: &mut Memory, diagnostics: &mut Diagnostics) -> Vec<Artefact> {
        let work: Vec<_> = self
            .content
            .pages
            .values()
            .flat_map(|page| self.voices.iter().map(move |voice| (page, voice)))
            .collect();
        let made: Vec<_> = work
            .par_iter()
            .map(|(page, (voice, made))| {
                let mut faults = Diagnostics::default();
                (self.page(page, voice, made, memory, &mut faults), faults)
            })
            .collect();
        let mut all = memory.keep(made, diagnostics);
        for (voice, _) in &self.voices {
            all.extend(self.not_found(voice, diagnostics));
        }
        all
    }

    fn not_found(&self, voice: &Voice<'_>, diagnostics: &mut Diagnostics) -> Option<Artefact> {
        let home = self.content.address("/", &voice.language.code);
        let title = voice.messages.text("not_found.title");
        let mut context = voice.context("");
        let page = json!({ "title": title, "description": "", "url": "", "not_found": true });
        context.insert("page", &page);
        context.insert("content", "");
        let html = self.render("templates/404.html", &context, diagnostics)?;
        // A site without pages has no home either.
        let home = if home.ends_with('/') { home } else { "/" };
        Some(Artefact::new(format!("{SITE}{home}404.html"), html))
    }

    /// The chrome of the site around two marks, for the pages that the function answers with.
    pub fn frame(&self, lang: &str, diagnostics: &mut Diagnostics) -> Option<String> {
        let (voice, _) = self.voices.iter().find(|(voice, _)| voice.language.code == lang)?;
        let mut context = voice.context("");
        context.insert("frame", &true);
        context.insert("page", &json!({ "title": SLOT_TITLE, "description": "", "url": "" }));
        context.insert("content", SLOT_MAIN);
        self.render("templates/page.html", &context, diagnostics)
    }

    fn page(
        &self,
        page: &Page,
        voice: &Voice<'_>,
        made: &Made,
        memory: &Memory,
        diagnostics: &mut Diagnostics,
    ) -> Option<(u64, Artefact)> {
        if let Err(mistake) = self.area(page) {
            diagnostics.extend(mistake);
            return None;
        }
        let lang = voice.language.code.as_str();
        let mut extras = Extras::default();
        self.extras(page, voice, &mut extras, diagnostics);
        let text = page.text(lang);
        let (source, area_link) = (&text.source, None);
        let mut fill = Fill { renderer: self, voice, made, source, area_link, faults: Vec::new() };
        let path = format!("{SITE}{}index.html", self.content.address(&page.id, lang));

        let alternates = views::alternates(self.content, page, lang);
        let mut print = extras.print;
        print.add(&voice.fingerprint());
        print.add(&page.original.text.fingerprint);
        print.add(&text.fingerprint);
        print.add(&self.content.status(page, lang));
        print.add(&alternates);
        print.add(&crate::content::Why::of(&page.original.meta, self.today).is_some());
        fill.print(&text.body, &mut print);
        let print = print.finish();
        if let Some((before, artefact)) = memory.0.get(&path)
            && *before == print
        {
            return Some((print, artefact.clone()));
        }

        let mut context = voice.context(&page.id);
        context.insert("page", &PageView::new(self.content, page, lang, &voice.locale, self.today));
        context.insert("alternates", &alternates);
        context.insert("content", &fill.filled(&text.body));
        context.extend(extras.context);
        let failed = !fill.faults.is_empty();
        diagnostics.extend(fill.faults);
        let template = format!("templates/{}.html", page.original.meta.template.value.name());
        let html = self.small(self.render(&template, &context, diagnostics)?);
        (!failed).then(|| (print, Artefact::new(path, html)))
    }

    /// A page about an area needs one; when its file could not be read, that was told there.
    fn area(&self, page: &Page) -> Result<(), Option<Diagnostic>> {
        let content = self.content;
        let is_area = page.original.meta.template.value == Template::Area;
        if !is_area || content.areas.iter().any(|area| area.page() == page.id) {
            return Ok(());
        }
        let told = content.unusable.areas.iter().any(|id| page.id == format!("{AREAS_URL}{id}/"));
        let mistake = Diagnostic::error(
            Place::file(&page.original.text.source),
            "Bij deze tekst hoort geen wijk of dorp.",
        )
        .hint("Maak een .toml met dezelfde naam in dezelfde map.");
        Err((!told).then_some(mistake))
    }

    /// What only this kind of page shows.
    fn extras(
        &self,
        page: &Page,
        voice: &Voice<'_>,
        extras: &mut Extras,
        diagnostics: &mut Diagnostics,
    ) {
        let content = self.content;
        let lang = voice.language.code.as_str();
        let cards = |pages: Vec<&'a Page>| -> Vec<CardView<'_>> {
            pages
                .into_iter()
                .map(|page| CardView::new(content, page, lang, &voice.locale))
                .collect()
        };
        match page.original.meta.template.value {
            Template::FaqList => {
                extras.insert(
                    "groups",
                    &views::faq_groups(content, &self.lists, lang, &voice.locale),
                );
            }
            Template::Areas | Template::Folders | Template::Home => {
                extras.insert("areas", &views::areas(content, lang));
            }
            Template::Area => {
                let area = content.areas.iter().find(|area| area.page() == page.id);
                extras.insert("area", &area.map(|area| AreaView::new(content, area, lang)));
            }
            Template::List => {
                // The content outlives the renderer, and so do its pages.
                if let Some(page) = content.pages.get(&page.id) {
                    extras.insert("items", &cards(self.lists.of(page)));
                }
                extras.insert("feed", &page.original.meta.feed);
            }
            Template::Search => {
                let sections = views::sections(content, &self.lists, lang, &voice.locale);
                extras.insert("sections", &sections);
            }
            Template::Form => self.form(page, voice, extras, diagnostics),
            Template::Page | Template::Faq | Template::Contact | Template::News => {}
        }
    }

    fn form(
        &self,
        page: &Page,
        voice: &Voice<'_>,
        extras: &mut Extras,
        diagnostics: &mut Diagnostics,
    ) {
        let Some(wanted) = &page.original.meta.form else { return };
        let content = self.content;
        let main = &content.site.main_language().code;
        let form = content.forms.iter().find(|form| form.id == wanted.value);
        let texts = content
            .form_texts
            .get(&wanted.value)
            .and_then(|texts| texts.get(&voice.language.code).or_else(|| texts.get(main)));
        let (Some(form), Some(texts)) = (form, texts) else {
            let known = content.forms.iter().map(|form| form.id.as_str());
            let hint = match did_you_mean(&wanted.value, known) {
                Some(near) if near != wanted.value => format!("Bedoelt u `{near}`?"),
                _ => format!("Maak forms/{0}.toml en forms/{0}.{main}.toml.", wanted.value),
            };
            let message = format!("Er is geen formulier `{}` in deze taal.", wanted.value);
            diagnostics.push(Diagnostic::error(wanted.place.clone(), message).hint(hint));
            return;
        };
        let (areas, roles) = (forms_bundle::areas(content), forms_bundle::roles(content));
        let offered = Offered { areas: &areas, roles: &roles };
        let words = Words { lang: &voice.language.code, texts, messages: &voice.messages.flat };
        let view = FormView::new(form, words, offered, &Posted::default(), &[], 1);
        extras.insert("form", &view);
    }

    /// A picture by the theme's template; nothing for one that has a mistake of its own.
    pub(super) fn picture(
        &self,
        voice: &Voice<'_>,
        url: &str,
        alt: &str,
        place: impl FnOnce() -> Place,
    ) -> Result<Option<String>, Diagnostic> {
        let Some(view) = self.photos.get(url) else {
            return self.photos.unknown(self.content, url, &place()).map_or(Ok(None), Err);
        };
        let mut context = voice.context("");
        context.insert("picture", view);
        context.insert("alt", alt);
        self.template("directives/picture.html", &context).map(Some).map_err(Diagnostic::general)
    }

    /// Without the white space that nobody sees. The minifier keeps what stands between words, and
    /// hands back what it cannot read.
    pub(super) fn small(&self, html: String) -> String {
        if !self.content.site.output.minify {
            return html;
        }
        html_minifier::minify(&html).unwrap_or(html)
    }

    /// `Err` holds the engine's words.
    pub fn template(&self, template: &str, context: &Context) -> Result<String, String> {
        self.theme
            .templates
            .render(template, context)
            .map_err(|error| template_error(self.theme_root, &error).message)
    }

    pub(super) fn render(
        &self,
        template: &str,
        context: &Context,
        diagnostics: &mut Diagnostics,
    ) -> Option<String> {
        match self.theme.templates.render(template, context) {
            Ok(html) => Some(html),
            Err(error) => {
                diagnostics.push(template_error(self.theme_root, &error));
                None
            }
        }
    }
}

/// Values of one kind of page, with what they were.
#[derive(Default)]
pub(super) struct Extras {
    pub context: Context,
    pub print: Fingerprint,
}

impl Extras {
    pub fn insert<T: Serialize>(&mut self, key: &'static str, value: &T) {
        self.print.add_view(value);
        self.context.insert(key, value);
    }
}
