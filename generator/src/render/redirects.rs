//! Old addresses of a page: a small page that leads to the new one, which any host can serve and
//! which works without a script.

use std::collections::BTreeSet;

use super::discovery::escape;
use super::{Artefact, SITE};
use crate::content::Content;
use crate::diagnostics::{Diagnostic, Diagnostics};

pub fn redirects(content: &Content, diagnostics: &mut Diagnostics) -> Vec<Artefact> {
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for page in content.pages.values() {
        for alias in &page.original.meta.aliases {
            let old = &alias.value;
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_/".contains(c);
            let fits = old.starts_with('/') && old.ends_with('/') && !old.contains("//");
            let (message, hint) = if !(fits && old.chars().all(plain)) {
                let hint = "Een adres begint en eindigt met een schuine streep: /oude-naam/.";
                (format!("`{old}` kan geen oud adres zijn."), hint)
            } else if content.pages.contains_key(old) || content.addresses.is_taken(old) {
                (format!("Op {old} staat nu een andere pagina."), "Haal dit oude adres weg.")
            } else if !seen.insert(old) {
                (format!("Het oude adres {old} staat er twee keer."), "Haal een van beide weg.")
            } else {
                all.push(Artefact::new(format!("{SITE}{old}index.html"), stub(content, &page.id)));
                continue;
            };
            diagnostics.push(Diagnostic::error(alias.place.clone(), message).hint(hint));
        }
    }
    all
}

fn stub(content: &Content, id: &str) -> String {
    let title = escape(
        &content.pages.get(id).map_or(String::new(), |page| page.original.text.title.value.clone()),
    );
    let base = escape(&content.site.base_url);
    let lang = &content.site.main_language().code;
    format!(
        "<!doctype html>\n<html lang=\"{lang}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{base}{id}\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={id}\">\n<p><a href=\"{id}\">{title}</a></p>\n\
         </html>\n"
    )
}
