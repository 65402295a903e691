//! Which network address a request comes from.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;

/// The reader's address, where something in front of us wrote it down. Only ever hashed.
pub(super) struct From(pub(super) Option<String>);

impl<S: Sync> FromRequestParts<S> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(viewer(&parts.headers).map(str::to_owned)))
    }
}

/// The CDN adds the reader's address to `X-Forwarded-For`, the gateway behind it adds the CDN's. What
/// stands before those two came from the reader, who may write anything.
fn viewer(headers: &HeaderMap) -> Option<&str> {
    let mut hops = headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').map(str::trim);
    let last = hops.next()?;
    Some(hops.next().unwrap_or(last))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn what_the_reader_made_up_is_not_believed() {
        for (header, expected) in [
            ("198.51.100.7", "198.51.100.7"),
            ("198.51.100.7, 192.0.2.1", "198.51.100.7"),
            ("10.0.0.1, x, 198.51.100.7, 192.0.2.1", "198.51.100.7"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", HeaderValue::from_static(header));
            assert_eq!(viewer(&headers), Some(expected));
        }
        assert_eq!(viewer(&HeaderMap::new()), None);
    }
}
