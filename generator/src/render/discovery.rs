//! What search engines read: which pages there are, in which languages, and where that list is.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::{Artefact, SITE, twins};
use crate::content::{Content, LeafletKind, Page, Status};

pub fn discovery(content: &Content) -> [Artefact; 2] {
    let base = &content.site.base_url;
    let robots = format!("User-agent: *\nDisallow:\n\nSitemap: {base}/sitemap.xml\n");
    [
        Artefact::new(format!("{SITE}/robots.txt"), robots),
        Artefact::new(format!("{SITE}/sitemap.xml"), sitemap(content)),
    ]
}

/// Every page in every language that it was written in, with the day on which its text was last
/// checked: when something of it can have changed. Versions of one page name each other. See
/// <https://www.sitemaps.org/protocol.html> and, for the languages, Google's "Localized versions".
fn sitemap(content: &Content) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    for page in content.pages.values() {
        let checked = page.original.meta.review.checked.as_ref().map(|checked| checked.value);
        entries(&mut xml, &versions(content, page), checked);
    }
    let texts = content.leaflets(LeafletKind::Folder);
    let checked = texts.get(&content.site.main_language().code).map(|leaflet| leaflet.version);
    for area in &content.areas {
        let address = |lang| (lang, whole(content, &twins::address(content, area, lang)));
        let versions: Vec<_> = texts.keys().map(String::as_str).map(address).collect();
        entries(&mut xml, &versions, checked);
    }
    xml.push_str("</urlset>\n");
    xml
}

/// One page in all its languages.
fn entries(xml: &mut String, versions: &[(&str, String)], checked: Option<Date>) {
    for (_, address) in versions {
        let _ = write!(xml, "<url><loc>{address}</loc>");
        if let Some(checked) = checked {
            let _ = write!(xml, "<lastmod>{checked}</lastmod>");
        }
        for (lang, other) in versions.iter().filter(|_| versions.len() > 1) {
            let _ =
                write!(xml, "<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{other}\"/>");
        }
        xml.push_str("</url>\n");
    }
}

/// An address of this site as others write it.
fn whole(content: &Content, address: &str) -> String {
    escape(&format!("{}{}", content.site.base_url, encoded(address)))
}

/// Language and whole address of each version that is there.
fn versions<'a>(content: &'a Content, page: &'a Page) -> Vec<(&'a str, String)> {
    content
        .languages()
        .filter(|lang| content.status(page, lang) != Status::Missing)
        .map(|lang| (lang, whole(content, content.address(&page.id, lang))))
        .collect()
}

/// An address as it is sent: letters of other scripts as bytes in percent signs.
pub fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// For XML and HTML alike, in text and in attributes with double quotes.
pub fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;")
}
