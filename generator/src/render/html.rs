//! Pages to HTML, and the frame into which the function puts its answers.

use std::path::Path;

use forms_core::manifest::{SLOT_MAIN, SLOT_TITLE};
use forms_core::{FormView, Posted};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use tera::Context;

use super::views::{
    AreaView, OrganisationView, PageView, SiteView, contact_block, faq_groups, menu,
};
use super::{Artefact, SITE};
use crate::content::{Content, Page, Template};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, did_you_mean};
use crate::markdown::{self, BlockKind};
use crate::theme::{Theme, template_error};

pub struct Renderer<'a> {
    content: &'a Content,
    theme: &'a Theme,
    theme_root: &'a Path,
}

impl<'a> Renderer<'a> {
    pub fn new(content: &'a Content, theme: &'a Theme, theme_root: &'a Path) -> Self {
        Self { content, theme, theme_root }
    }

    /// Every page of the site, and the page for addresses that do not exist.
    pub fn pages(&self, diagnostics: &mut Diagnostics) -> Vec<Artefact> {
        let rendered: Vec<_> = self
            .content
            .pages
            .par_iter()
            .map(|(_, page)| {
                let mut faults = Diagnostics::default();
                (self.page(page, &mut faults), faults)
            })
            .collect();
        let mut all = Vec::with_capacity(rendered.len() + 1);
        for (page, faults) in rendered {
            all.extend(page);
            diagnostics.append(faults);
        }
        let lang = self.content.site.main_language().code.clone();
        let mut context = self.shared(&lang, "/404");
        context.insert("page", &serde_json::json!({
            "title": self.theme.message(&lang, "not_found.title"), "description": "", "url": "/404",
        }));
        context.insert("content", "");
        all.extend(
            self.render("templates/404.html", &context, diagnostics)
                .map(|html| Artefact::new(format!("{SITE}/404.html"), html)),
        );
        all
    }

    /// The chrome of the site around two marks, for the pages that the function answers with.
    pub fn frame(&self, lang: &str, diagnostics: &mut Diagnostics) -> Option<String> {
        let mut context = self.shared(lang, "");
        context.insert("frame", &true);
        context.insert(
            "page",
            &serde_json::json!({
                "title": SLOT_TITLE, "description": "", "url": "",
            }),
        );
        context.insert("content", SLOT_MAIN);
        self.render("templates/page.html", &context, diagnostics)
    }

    fn page(&self, page: &Page, diagnostics: &mut Diagnostics) -> Option<Artefact> {
        let mut context = self.shared(&page.lang, &page.url);
        context.insert("page", &PageView::new(self.content, page));
        context.insert("content", &self.body(page, diagnostics));
        self.extras(page, &mut context, diagnostics);
        let template = format!("templates/{}.html", page.meta.template.name());
        let html = self.render(&template, &context, diagnostics)?;
        Some(Artefact::new(format!("{SITE}{}index.html", page.url), html))
    }

    /// What every page of a language shares.
    fn shared(&self, lang: &str, url: &str) -> Context {
        let site = &self.content.site;
        let language = site.language(lang).unwrap_or(site.main_language());
        let mut context = Context::new();
        context.insert("lang", language);
        context.insert("site", &SiteView::new(self.content));
        if let Some(messages) = self.theme.messages_or(lang, &site.main_language().code) {
            context.insert("t", &messages.nested);
        }
        context.insert("nav", &menu(&site.navigation, url));
        context.insert("footer", &menu(&site.footer, url));
        context.insert("contact_block", &contact_block(self.content));
        context.insert("frame", &false);
        if let Some(first) = self.content.organisations.get(&site.first_contact.value) {
            context.insert("first_contact", &OrganisationView::new(first));
        }
        context
    }

    /// What only this kind of page shows.
    fn extras(&self, page: &Page, context: &mut Context, diagnostics: &mut Diagnostics) {
        let content = self.content;
        match page.meta.template {
            Template::FaqList => context.insert("groups", &faq_groups(content, &page.lang)),
            Template::Areas | Template::Folders | Template::Home => {
                let areas: Vec<AreaView> =
                    content.areas.iter().map(|area| AreaView::new(content, area)).collect();
                context.insert("areas", &areas);
            }
            Template::Area => match content.areas.iter().find(|area| area.url() == page.url) {
                Some(area) => context.insert("area", &AreaView::new(content, area)),
                None => diagnostics.push(
                    Diagnostic::error(
                        Place::file(&page.source),
                        "Bij deze tekst hoort geen wijk of dorp.",
                    )
                    .hint("Maak een .toml met dezelfde naam in dezelfde map."),
                ),
            },
            Template::Form => self.form(page, context, diagnostics),
            Template::Page | Template::Faq | Template::Contact => {}
        }
    }

    fn form(&self, page: &Page, context: &mut Context, diagnostics: &mut Diagnostics) {
        let Some(wanted) = &page.meta.form else { return };
        let content = self.content;
        let form = content.forms.iter().find(|form| form.id == wanted.value);
        let texts = content.form_texts.get(&wanted.value).and_then(|texts| texts.get(&page.lang));
        let (Some(form), Some(texts)) = (form, texts) else {
            let known = content.forms.iter().map(|form| form.id.as_str());
            let hint = match did_you_mean(&wanted.value, known) {
                Some(near) if near != wanted.value => format!("Bedoelt u `{near}`?"),
                _ => format!("Maak forms/{0}.toml en forms/{0}.{1}.toml.", wanted.value, page.lang),
            };
            diagnostics.push(
                Diagnostic::error(
                    wanted.place.clone(),
                    format!("Er is geen formulier `{}` in deze taal.", wanted.value),
                )
                .hint(hint),
            );
            return;
        };
        let empty = std::collections::BTreeMap::new();
        let messages =
            self.theme.messages.get(&page.lang).map_or(&empty, |messages| &messages.flat);
        let areas = super::forms_bundle::areas(content);
        let view = FormView::new(form, texts, messages, &areas, &Posted::default(), &[]);
        context.insert("form", &view);
    }

    /// The Markdown of a page as HTML, with its directives filled in by the theme.
    fn body(&self, page: &Page, diagnostics: &mut Diagnostics) -> String {
        let mut faults = Diagnostics::default();
        page.document.each_block(&mut |block| {
            if let BlockKind::Directive { name, argument } = &block.kind {
                let place = Place::line(&page.source, block.line);
                faults.extend(check_directive(
                    self.content,
                    name,
                    argument,
                    place,
                    &WEB_DIRECTIVES,
                ));
            }
        });
        let ok = !faults.has_errors();
        diagnostics.extend(faults.sorted().into_iter().cloned());
        if !ok {
            return String::new();
        }
        let mut failures = std::cell::RefCell::new(Vec::new());
        let html = markdown::write_html(&page.document, &|name: &str, argument: &str| {
            let mut context = self.shared(&page.lang, &page.url);
            if let Some(organisation) = self.content.organisations.get(argument) {
                context.insert("organisation", &OrganisationView::new(organisation));
            }
            let template = format!("directives/{name}.html");
            self.theme.templates.render(&template, &context).unwrap_or_else(|error| {
                failures.borrow_mut().push(template_error(self.theme_root, &error));
                String::new()
            })
        });
        diagnostics.extend(failures.get_mut().drain(..));
        html
    }

    fn render(
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

pub const WEB_DIRECTIVES: [&str; 2] = ["contact-block", "organisation"];
pub const LEAFLET_DIRECTIVES: [&str; 3] = ["contact-block", "organisation", "area-link"];

/// Whether a directive exists here and names something that exists.
pub fn check_directive(
    content: &Content,
    name: &str,
    argument: &str,
    place: Place,
    allowed: &[&'static str],
) -> Option<Diagnostic> {
    if !allowed.contains(&name) {
        let hint = match did_you_mean(name, allowed.iter().copied()) {
            Some(near) => format!("Bedoelt u `::{near}::`?"),
            None => format!("Hier mogen: {}.", allowed.join(", ")),
        };
        let message = format!("Het onderdeel `::{name}::` bestaat hier niet.");
        return Some(Diagnostic::error(place, message).hint(hint));
    }
    if name == "organisation" { content.unknown_organisation(argument, &place) } else { None }
}
