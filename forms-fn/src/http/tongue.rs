//! Which language a page without a case speaks.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::Service;

/// A language of the site: the one the address asks for (`?lang=ar`), else the first of the
/// browser's that the site has, else the municipality's own.
pub(super) struct Tongue(pub(super) String);

impl FromRequestParts<Arc<Service>> for Tongue {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        service: &Arc<Service>,
    ) -> Result<Self, Infallible> {
        Ok(Self(spoken(parts, service)))
    }
}

pub(super) fn spoken(parts: &Parts, service: &Service) -> String {
    let asked = parts.uri.query().into_iter().flat_map(|query| query.split('&'));
    let asked = asked.filter_map(|pair| pair.strip_prefix("lang="));
    let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let known = asked.chain(preferred(accepted.unwrap_or_default())).find_map(|code| {
        // `ar-EG` is served by `ar`.
        let code = code.split('-').next().unwrap_or_default();
        service.bundle.manifest.language(&code.to_lowercase())
    });
    known.map_or_else(|| service.bundle.language("").code.clone(), |known| known.code.clone())
}

/// The tags of an `Accept-Language` header, the dearest first (RFC 9110, 12.5.4).
fn preferred(header: &str) -> impl Iterator<Item = &str> {
    /// No browser sends more; a longer one is somebody's joke.
    const MOST: usize = 16;
    let mut all: Vec<(&str, f32)> = header
        .split(',')
        .take(MOST)
        .filter_map(|part| {
            let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
            let weight = weight.trim().strip_prefix("q=")?.parse::<f32>().ok()?;
            (weight > 0.0 && !tag.trim().is_empty()).then_some((tag.trim(), weight))
        })
        .collect();
    all.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    all.into_iter().map(|(tag, _)| tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dearest_language_comes_first() {
        let tags = |header| preferred(header).collect::<Vec<_>>();
        assert_eq!(tags("ar-EG,ar;q=0.9,en;q=0.8"), ["ar-EG", "ar", "en"]);
        assert_eq!(tags("en;q=0.1, ti;q=0.9"), ["ti", "en"]);
        assert!(tags("nl;q=0, x;q=a, ,").is_empty());
        assert_eq!(tags(&"ar,".repeat(10_000)).len(), 16);
    }
}
