//! The private message to the function: everything it needs to check and answer a form.

use std::collections::BTreeMap;

use forms_core::manifest::{Area, Organisation, SCHEMA, SiteInfo, digest};
use forms_core::role::{Role, RoleTexts};
use forms_core::{Form, Manifest};

use super::html::Renderer;
use super::{Artefact, FORMS};
use crate::content::{Content, known};
use crate::diagnostics::Diagnostics;
use crate::locale::Locale;
use crate::theme::Theme;

pub fn forms_bundle(
    content: &Content,
    theme: &Theme,
    renderer: &Renderer<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Artefact> {
    let mut all = Vec::new();
    for language in &content.site.languages {
        if let Some(frame) = renderer.frame(&language.code, diagnostics) {
            all.push(Artefact::new(format!("{FORMS}/frames/{}.html", language.code), frame));
        }
    }
    for (name, source) in &theme.form_templates {
        all.push(Artefact::new(format!("{FORMS}/templates/{name}"), source.clone()));
    }
    for (name, source) in &theme.mails {
        all.push(Artefact::new(format!("{FORMS}/mail/{name}"), source.clone()));
    }
    all.sort_by(|a: &Artefact, b| a.path.cmp(&b.path));
    let root = format!("{FORMS}/");
    let digest = digest(all.iter().map(|artefact| {
        (artefact.path.strip_prefix(&root).unwrap_or(&artefact.path), &*artefact.bytes)
    }));
    let manifest = manifest(content, theme, digest);
    match serde_json::to_string_pretty(&manifest) {
        Ok(json) => all.push(Artefact::new(format!("{FORMS}/manifest.json"), json + "\n")),
        Err(error) => diagnostics.push(crate::diagnostics::Diagnostic::general(format!(
            "De bundel voor de formulieren is niet te maken: {error}."
        ))),
    }
    all
}

/// The areas a resident may choose from.
pub fn areas(content: &Content) -> Vec<Area> {
    content.areas.iter().map(|area| Area { id: area.id.clone(), name: area.name.clone() }).collect()
}

/// What volunteers may choose from, and what is full.
pub fn roles(content: &Content) -> Vec<Role> {
    let texts = |role: &crate::content::Role, lang: &str| RoleTexts {
        name: role.name(lang).to_owned(),
        summary: role.summary(lang).to_owned(),
    };
    let role = |role: &crate::content::Role| Role {
        id: role.id.clone(),
        state: role.state,
        owner: role.review.owner.value.clone(),
        texts: content.languages().map(|lang| (lang.to_owned(), texts(role, lang))).collect(),
    };
    content.roles.iter().map(role).collect()
}

/// The forms, each with the address of the page that shows it.
fn forms(content: &Content) -> Vec<Form> {
    let shows = |form: &Form| {
        let wanted = |page: &&crate::content::Page| {
            page.original.meta.form.as_ref().is_some_and(|id| id.value == form.id)
        };
        content.pages.values().find(wanted).map(|page| page.id.clone())
    };
    let form = |form: &Form| {
        let start = shows(form).unwrap_or_else(|| form.start.clone());
        Form { start, ..form.clone() }
    };
    content.forms.iter().map(form).collect()
}

fn manifest(content: &Content, theme: &Theme, digest: String) -> Manifest {
    let site = &content.site;
    Manifest {
        schema: SCHEMA,
        digest,
        site: SiteInfo {
            municipality: site.municipality.clone(),
            title: site.title.clone(),
            base_url: site.base_url.clone(),
            reference_prefix: site.reference_prefix.clone(),
            first_contact: site.first_contact.value.clone(),
            answer_working_days: site.answer_working_days,
        },
        languages: site.languages.clone(),
        areas: areas(content),
        organisations: content
            .organisations
            .values()
            .map(|organisation| Organisation {
                id: organisation.id.clone(),
                name: organisation.name.clone(),
                phone: known(&organisation.phone.value).map(str::to_owned),
            })
            .collect(),
        roles: roles(content),
        forms: forms(content),
        form_texts: content.form_texts.clone(),
        messages: content
            .languages()
            .map(|lang| (lang.to_owned(), theme.words(lang, &site.main_language().code).flat))
            .collect::<BTreeMap<_, _>>(),
        dates: content
            .languages()
            .filter_map(|lang| Some((lang.to_owned(), Locale::new(lang).words()?)))
            .collect(),
    }
}
