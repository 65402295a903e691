//! Headings in order: who listens to a page walks along them.

use forms_core::Field;

use crate::content::page::Text;
use crate::content::{Content, Page};
use crate::diagnostics::{Diagnostic, Diagnostics, Place};

pub fn check(content: &Content, diagnostics: &mut Diagnostics) {
    for page in content.pages.values() {
        let translations = page.translations.values().map(|translation| &translation.text);
        for text in std::iter::once(&page.original.text).chain(translations) {
            diagnostics.extend(of(text));
            diagnostics.extend(beside_a_form(content, page, text));
        }
    }
}

/// A heading may not have the id of a field of the form on its page: a link to it would lead to the
/// field, and the label of the field to the heading.
fn beside_a_form<'a>(
    content: &'a Content,
    page: &Page,
    text: &'a Text,
) -> impl Iterator<Item = Diagnostic> + 'a {
    let wanted = page.original.meta.form.as_ref();
    let form = content.forms.iter().find(|form| wanted.is_some_and(|id| id.value == form.id));
    let fields = form.map_or(&[][..], |form| &form.fields);
    text.body.headings.iter().filter_map(move |heading| {
        let taken = |field: &&Field| {
            let Some(rest) = heading.id.strip_prefix(&field.name) else { return false };
            let part = rest.strip_prefix('-');
            let topics = form.iter().flat_map(|form| &form.topics).map(|topic| &topic.id);
            let parts = form.iter().flat_map(|form| &form.day_parts);
            let roles = content.roles.iter().map(|role| &role.id);
            let choice = topics.chain(parts).chain(roles).any(|id| part == Some(id));
            rest.is_empty() || choice || matches!(part, Some("hint" | "fout"))
        };
        let field = fields.iter().find(taken)?;
        let place = Place::line(&text.source, heading.line);
        let message = format!("Deze kop heet als het veld `{}` van het formulier.", field.name);
        Some(Diagnostic::error(place, message).hint("Geef de kop andere woorden."))
    })
}

/// The title of a page is its first level; below it no level is skipped.
fn of(text: &Text) -> impl Iterator<Item = Diagnostic> {
    let mut above = 1;
    text.body.headings.iter().filter_map(move |heading| {
        let before = above;
        above = heading.level;
        let place = || Place::line(&text.source, heading.line);
        if heading.level == 1 {
            return Some(
                Diagnostic::error(place(), "Deze kop heeft het niveau van de titel.")
                    .hint("Gebruik twee hekjes: ## Kop. De titel staat bij `title`."),
            );
        }
        (heading.level > before + 1).then(|| {
            let right = "#".repeat(usize::from(before) + 1);
            let given = "#".repeat(usize::from(heading.level));
            Diagnostic::error(place(), "Deze kop slaat een niveau over.")
                .hint(format!("Gebruik {right} in plaats van {given}."))
        })
    })
}
