//! What a template reads from `/data.json`.

use std::collections::BTreeMap;

use qrcode::{EcLevel, QrCode};
use serde::Serialize;

use super::format::duplex;
use super::{Job, short_url};
use crate::content::{Content, Leaflet};
use crate::locale::Locale;
use crate::markdown::Block;
use crate::render::photos::Printed;
use crate::render::views::{ContactRowView, OrganisationView, RoleView, contact_block, roles};
use crate::theme::Theme;

/// All words, numbers and addresses of one folder. For whom it is made comes beside it.
#[derive(Serialize)]
pub(super) struct Data<'a> {
    format: &'a str,
    lang: &'a forms_core::Language,
    title: &'a str,
    date: [i16; 3],
    version: String,
    area: &'a str,
    municipality: &'a str,
    short_url: String,
    /// What the code says; the template gets its squares.
    #[serde(skip)]
    pub(super) address: String,
    qr_alt: String,
    labels: BTreeMap<&'a str, String>,
    /// What a reader should know of a translation.
    warnings: Vec<String>,
    contact_block: Vec<ContactRowView<'a>>,
    organisations: BTreeMap<&'a str, OrganisationView<'a>>,
    roles: Vec<RoleView<'a>>,
    panels: BTreeMap<&'a str, Vec<Block>>,
    /// By the address that the text names.
    pictures: BTreeMap<&'a str, PictureView<'a>>,
}

#[derive(Serialize)]
struct PictureView<'a> {
    path: String,
    /// Width for a height of one.
    ratio: f64,
    /// Another picture under the same name makes another folder.
    digest: &'a str,
}

pub(super) fn data<'a>(
    content: &'a Content,
    theme: &'a Theme,
    job: &Job<'a>,
    photos: &BTreeMap<&'a str, &'a Printed>,
) -> Data<'a> {
    let Job { leaflet, area, lang, format, .. } = *job;
    let site = &content.site;
    let address = format!("{}{}", site.base_url, content.address(area.page(), lang));
    let words = theme.words(lang, &site.main_language().code);
    let label = |key: &str| words.text(key).replace("{area}", area.name(lang));
    let version = leaflet.version;
    let language = site.language(lang).unwrap_or(site.main_language());
    let panels = leaflet.panels_for(area.name(lang), language.dir);
    Data {
        format: format.name(),
        lang: language,
        title: &leaflet.title,
        date: [version.year(), version.month().into(), version.day().into()],
        version: format!("{} · {}", Locale::new(lang).long(version), lang),
        area: area.name(lang),
        municipality: &site.municipality,
        short_url: short_url(content, area, lang),
        address,
        qr_alt: label("leaflet.qr_alt"),
        labels: [
            ("unknown", label("contact.unknown")),
            ("published_by", label("leaflet.published_by")),
            ("code", label("leaflet.code")),
            ("duplex", duplex(format).map(label).unwrap_or_default()),
            ("role_open", label("role.open")),
            ("role_wachtlijst", label("role.wachtlijst")),
            ("role_vol", label("role.vol")),
        ]
        .into(),
        warnings: warnings(content, leaflet, lang).into_iter().map(label).collect(),
        contact_block: contact_block(content, lang),
        organisations: content
            .organisations
            .iter()
            .map(|(id, organisation)| (id.as_str(), OrganisationView::new(organisation, lang)))
            .collect(),
        roles: roles(content, lang),
        pictures: photos
            .iter()
            .enumerate()
            .map(|(number, (url, photo))| {
                let path = format!("/picture-{number}.jpg");
                (*url, PictureView { path, ratio: photo.ratio, digest: &photo.digest })
            })
            .collect(),
        panels: panels.into_iter().map(|(name, document)| (name, document.blocks)).collect(),
    }
}

/// Keys of the theme's words.
fn warnings(content: &Content, leaflet: &Leaflet, lang: &str) -> Vec<&'static str> {
    if lang == content.site.main_language().code {
        return Vec::new();
    }
    let behind = leaflet.behind.then_some("translation.behind");
    let unreviewed = (!leaflet.reviewed).then_some("translation.unreviewed");
    behind.into_iter().chain(unreviewed).collect()
}

/// Rows of squares, true is dark; without the quiet zone. Level M: a folder gets creased; the address is short enough to afford it.
pub(super) fn qr(address: &str) -> Vec<Vec<bool>> {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else {
        return Vec::new();
    };
    let dark = |colour: &qrcode::Color| *colour == qrcode::Color::Dark;
    code.to_colors().chunks(code.width()).map(|row| row.iter().map(dark).collect()).collect()
}
