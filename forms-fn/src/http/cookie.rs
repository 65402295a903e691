//! The two cookies there are, both for colleagues who sign in. Readers get none.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use crate::session;

/// Of somebody who is signed in. The name's beginning makes browsers hold to `Secure`, to this host and
/// to every path: <https://www.rfc-editor.org/rfc/rfc6265bis#section-4.1.3.2>.
pub(super) const SESSION: &str = "__Host-inbox";
/// Of a browser that asked for a link.
pub(super) const ATTEMPT: &str = "__Host-aanmelding";

pub(super) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

pub(super) fn set(response: &mut Response, name: &str, value: &str) {
    let seconds = match name {
        SESSION => session::SESSION.as_secs(),
        _ => session::LINK.as_secs(),
    };
    put(response, name, value, seconds);
}

pub(super) fn forget(response: &mut Response, name: &str) {
    put(response, name, "", 0);
}

fn put(response: &mut Response, name: &str, value: &str, seconds: i64) {
    let cookie =
        format!("{name}={value}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax");
    // Ours are hexadecimal digits and an address of ours: they fit.
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others_and_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=1; __Host-inbox2=x"));
        headers.append(header::COOKIE, HeaderValue::from_static("b=2;__Host-inbox=abc"));
        assert_eq!(read(&headers, SESSION), Some("abc"));
        assert_eq!(read(&headers, ATTEMPT), None);
    }
}
