//! Components in a text: `::organisation vluchtelingenwerk::`. One table says which there are; each
//! is made once per language and then used wherever it stands.

use std::collections::HashMap;
use std::sync::RwLock;

use super::html::Renderer;
use super::lists::Lists;
use super::views::{self, OrganisationView, RoleView};
use super::voice::Voice;
use crate::content::Content;
use crate::diagnostics::{Diagnostic, Place, did_you_mean};
use crate::markdown::Call;

/// What a component is, and where it may stand.
pub struct Component {
    pub name: &'static str,
    argument: Argument,
    pub on_site: bool,
    pub in_leaflet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Argument {
    None,
    Organisation,
    Role,
    Group,
    /// A heading in the editor's own words, or nothing.
    Words,
}

/// Every component. An editor reads of them in `content/LEESMIJ.md`.
pub const COMPONENTS: [Component; 7] = [
    Component { name: "contact-block", argument: Argument::None, on_site: true, in_leaflet: true },
    Component {
        name: "organisation",
        argument: Argument::Organisation,
        on_site: true,
        in_leaflet: true,
    },
    Component { name: "area-link", argument: Argument::None, on_site: false, in_leaflet: true },
    Component { name: "roles", argument: Argument::None, on_site: true, in_leaflet: true },
    Component { name: "role", argument: Argument::Role, on_site: true, in_leaflet: true },
    Component { name: "faq-list", argument: Argument::Group, on_site: true, in_leaflet: false },
    Component { name: "notice", argument: Argument::Words, on_site: true, in_leaflet: true },
];

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    Site,
    Leaflet,
}

/// What is wrong with a component here, if anything is.
pub fn check(content: &Content, call: &Call, place: &Place, medium: Medium) -> Option<Diagnostic> {
    let fits = |component: &&Component| match medium {
        Medium::Site => component.on_site,
        Medium::Leaflet => component.in_leaflet,
    };
    let Call { name, argument } = call;
    let Some(component) = COMPONENTS.iter().filter(fits).find(|known| known.name == name) else {
        let known = COMPONENTS.iter().filter(fits).map(|component| component.name);
        let hint = match did_you_mean(name, known.clone()) {
            Some(near) => format!("Bedoelt u `::{near}::`?"),
            None => format!("Hier mogen: {}.", known.collect::<Vec<_>>().join(", ")),
        };
        let message = format!("Het onderdeel `::{name}::` bestaat hier niet.");
        return Some(Diagnostic::error(place.clone(), message).hint(hint));
    };
    match component.argument {
        Argument::None if !argument.is_empty() => Some(
            Diagnostic::error(
                place.clone(),
                format!("Bij `::{name}::` hoort niets achter de naam."),
            )
            .hint(format!("Schrijf: ::{name}::.")),
        ),
        Argument::None | Argument::Words => None,
        _ if argument.is_empty() => Some(
            Diagnostic::error(place.clone(), format!("Bij `::{name}::` hoort nog een naam."))
                .hint(format!("Schrijf bijvoorbeeld: {}.", example(content, component))),
        ),
        Argument::Organisation => content.unknown_organisation(argument, place),
        Argument::Role => content.unknown_role(argument, place),
        Argument::Group => content.unknown_group(argument, place),
    }
}

fn example(content: &Content, component: &Component) -> String {
    let id = match component.argument {
        Argument::Organisation => content.organisations.keys().next(),
        Argument::Role => content.roles.first().map(|role| &role.id),
        Argument::Group => content.site.faq_groups.first().map(|group| &group.id),
        Argument::None | Argument::Words => None,
    };
    format!("::{} {}::", component.name, id.map_or("naam", String::as_str))
}

/// HTML before and after the text of a component; one without text has nothing after it.
pub type Html = std::sync::Arc<(String, String)>;

/// Where the text of a container goes while its template is rendered.
const INSIDE: &str = "<!--inside-->";

/// The components of one language that were made so far.
#[derive(Default)]
pub struct Made(RwLock<HashMap<Call, Result<Html, String>>>);

impl Made {
    /// `Err` holds why the theme's template failed.
    pub fn get(
        &self,
        call: &Call,
        voice: &Voice<'_>,
        renderer: &Renderer<'_>,
    ) -> Result<Html, String> {
        if let Some(made) = self.0.read().ok().and_then(|made| made.get(call).cloned()) {
            return made;
        }
        let fresh = make(call, voice, renderer);
        if let Ok(mut made) = self.0.write() {
            made.insert(call.clone(), fresh.clone());
        }
        fresh
    }
}

fn make(call: &Call, voice: &Voice<'_>, renderer: &Renderer<'_>) -> Result<Html, String> {
    let (content, lang) = (renderer.content, voice.language.code.as_str());
    let Call { name, argument } = call;
    let lists: &Lists<'_> = &renderer.lists;
    let mut context = voice.context("");
    context.insert("argument", argument);
    context.insert("content", INSIDE);
    match name.as_str() {
        "organisation" => {
            if let Some(organisation) = content.organisations.get(argument) {
                context.insert("organisation", &OrganisationView::new(organisation, lang));
            }
        }
        "roles" => context.insert("roles", &views::roles(content, lang)),
        "role" => {
            if let Some(role) = content.roles.iter().find(|role| role.id == *argument) {
                context.insert("role", &RoleView::new(content, role, lang));
            }
        }
        "faq-list" => {
            let items: Vec<_> = lists
                .group(argument)
                .map(|page| views::CardView::new(content, page, lang, &voice.locale))
                .collect();
            context.insert("items", &items);
        }
        _ => {}
    }
    let html = renderer.template(&format!("directives/{name}.html"), &context)?;
    let (before, after) = html.split_once(INSIDE).unwrap_or((&html, ""));
    Ok(Html::new((before.to_owned(), after.to_owned())))
}
