//! Every kind of file of the content, and the keys that its reader asks for.

use super::fields::{Key, describe};
use super::template::Template;
use super::{allow, area, form, leaflet, organisation, page, role, site};

/// One kind of file.
pub struct Described {
    pub name: &'static str,
    /// Which files it is, below the content, with `*` for any name.
    pub files: &'static [&'static str],
    /// Which of those it is not.
    pub except: &'static [&'static str],
    pub keys: Vec<Key>,
}

/// The data files, then what stands at the top of a text.
pub fn described() -> Vec<Described> {
    let id = String::new;
    let organisation = describe(|fields, found| organisation::read(id(), fields, found));
    let area = describe(|fields, found| area::read(id(), fields, found));
    let role = describe(|fields, found| role::read(id(), fields, found));
    let page = describe(|fields, found| page::read(Template::Page, fields, found));
    let kind = |name, files, except, keys| Described { name, files, except, keys };
    vec![
        kind("site", &["site.toml"], &[], describe(site::read)),
        kind("site-texts", &["site.*.toml"], &[], describe(site::read_texts)),
        kind("organisation", &["organisations/*.toml"], &["organisations/*.*.toml"], organisation),
        kind(
            "organisation-texts",
            &["organisations/*.*.toml"],
            &[],
            describe(organisation::read_texts),
        ),
        kind("area", &["areas/*.toml"], &["areas/*.*.toml"], area),
        kind("area-texts", &["areas/*.*.toml"], &[], describe(area::read_texts)),
        kind("role", &["roles/*.toml"], &["roles/*.*.toml"], role),
        kind("role-texts", &["roles/*.*.toml"], &[], describe(role::read_texts)),
        kind("form", &["forms/*.toml"], &["forms/*.*.toml"], describe(form::read)),
        kind("allow", &[allow::FILE], &[], describe(allow::read)),
        kind("form-texts", &["forms/*.*.toml"], &[], describe(form::read_texts)),
        kind("page", &["pages/**/*.md", "areas/*.md"], &[], page),
        kind(
            "translation",
            &["pages/**/*.md", "areas/*.md", "leaflets/*.md"],
            &[],
            describe(page::read_translation),
        ),
        kind("leaflet", &["leaflets/*.md"], &[], describe(leaflet::read)),
    ]
}
