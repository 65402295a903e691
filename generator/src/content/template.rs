//! The kinds of pages that a theme has a template for.

use super::fields::Choice;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Template {
    Page,
    Home,
    FaqList,
    Faq,
    Areas,
    Area,
    Contact,
    Form,
    Folders,
    /// The pages below its own address, or those of a group.
    List,
    /// A page with a day, for lists with a feed.
    News,
    Search,
}

impl Template {
    pub const ALL: [Template; 12] = [
        Template::Page,
        Template::Home,
        Template::FaqList,
        Template::Faq,
        Template::Areas,
        Template::Area,
        Template::Contact,
        Template::Form,
        Template::Folders,
        Template::List,
        Template::News,
        Template::Search,
    ];

    /// Name in front matter and of the file in the theme.
    pub fn name(self) -> &'static str {
        match self {
            Template::Page => "page",
            Template::Home => "home",
            Template::FaqList => "faq-list",
            Template::Faq => "faq",
            Template::Areas => "areas",
            Template::Area => "area",
            Template::Contact => "contact",
            Template::Form => "form",
            Template::Folders => "folders",
            Template::List => "list",
            Template::News => "news",
            Template::Search => "search",
        }
    }
}

pub const TEMPLATES: Choice<Template> = Choice {
    all: &Template::ALL,
    name: Template::name,
    message: |given| format!("Onbekende template `{given}`."),
};
