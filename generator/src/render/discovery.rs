//! What search engines read: which pages there are, and where that list is.

use std::fmt::Write as _;

use super::{Artefact, SITE};
use crate::content::Content;

pub fn discovery(content: &Content) -> [Artefact; 2] {
    let base = &content.site.base_url;
    let robots = format!("User-agent: *\nDisallow:\n\nSitemap: {base}/sitemap.xml\n");
    [
        Artefact::new(format!("{SITE}/robots.txt"), robots),
        Artefact::new(format!("{SITE}/sitemap.xml"), sitemap(content)),
    ]
}

/// Every page with the day on which its text was last checked: when something of it can have
/// changed. See <https://www.sitemaps.org/protocol.html>.
fn sitemap(content: &Content) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in content.pages.values() {
        let address = escape(&format!("{}{}", content.site.base_url, page.url));
        let _ = write!(xml, "<url><loc>{address}</loc>");
        if let Some(checked) = &page.meta.review.checked {
            let _ = write!(xml, "<lastmod>{}</lastmod>", checked.value);
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
