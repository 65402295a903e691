//! For the host and for those who look after its safety: the headers of each file, and whom to tell
//! of a hole (RFC 9116).

use forms_core::headers;
use serde_json::json;

use super::search::WORKER;
use super::{Artefact, HOST, SITE};
use crate::content::{Content, Page, Template};

/// Which policy goes with which addresses; the first that fits holds. A `*` stands for anything.
pub fn policies(content: &Content) -> Vec<(String, &'static str)> {
    let mut all = vec![(format!("/{WORKER}"), headers::WORKER_POLICY)];
    let searches = |page: &&Page| page.original.meta.template.value == Template::Search;
    for page in content.pages.values().filter(searches) {
        let addresses = content.languages().map(|lang| content.address(&page.id, lang));
        all.extend(addresses.map(|address| (address.to_owned(), headers::SEARCH_POLICY)));
    }
    all.push(("/*".to_owned(), headers::PAGE_POLICY));
    all
}

/// Every header of every address, for the host. Not public.
pub fn header_file(content: &Content) -> Artefact {
    let rule = |path: &str, policy: &str| {
        let mut all = serde_json::Map::new();
        all.insert("content-security-policy".to_owned(), policy.into());
        all.insert("cache-control".to_owned(), headers::cache(path).into());
        for (name, value) in headers::EVERYWHERE {
            all.insert(name.to_owned(), value.into());
        }
        json!({ "path": path, "headers": all })
    };
    let mut rules = vec![rule(&format!("{}*", headers::ASSETS), headers::PAGE_POLICY)];
    rules.extend(policies(content).iter().map(|(path, policy)| rule(path, policy)));
    Artefact::new(format!("{HOST}/headers.json"), format!("{:#}\n", json!(rules)))
}

/// `/.well-known/security.txt`, for a site that says whom to tell.
pub fn security(content: &Content) -> Option<Artefact> {
    let security = content.site.security.as_ref()?;
    let languages: Vec<&str> = content.languages().collect();
    let text = format!(
        "Contact: {}\nExpires: {}T00:00:00Z\nPreferred-Languages: {}\nCanonical: {}{SECURITY_TXT}\n",
        security.contact.value,
        security.expires.value,
        languages.join(", "),
        content.site.base_url,
    );
    Some(Artefact::new(format!("{SITE}{SECURITY_TXT}"), text))
}

const SECURITY_TXT: &str = "/.well-known/security.txt";
