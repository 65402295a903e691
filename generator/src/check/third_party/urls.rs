//! Addresses of other hosts in a file, whatever stands around them.

use memchr::memmem;

/// An address and where it begins, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Url<'a> {
    pub start: usize,
    pub text: &'a [u8],
}

/// Every `https://host`, `http://host` and `//host` of a host that is not `own`.
pub fn elsewhere<'a>(bytes: &'a [u8], own: &'a str) -> impl Iterator<Item = Url<'a>> {
    memmem::find_iter(bytes, b"//").filter_map(move |slashes| {
        let rest = bytes.get(slashes + 2..)?;
        let name = host_bytes(rest);
        let first = name.first()?;
        if !(first.is_ascii_alphanumeric() || *first == b'[')
            || name.eq_ignore_ascii_case(own.as_bytes())
        {
            return None;
        }
        let start = scheme(bytes, slashes)?;
        let length = rest.iter().take_while(|byte| !ends_address(**byte)).count();
        Some(Url { start, text: bytes.get(start..slashes + 2 + length)? })
    })
}

/// Where the address begins whose slashes are at `slashes`; `None` for slashes in the middle of one,
/// or of something else.
fn scheme(bytes: &[u8], slashes: usize) -> Option<usize> {
    let before = bytes.get(..slashes)?;
    let Some(name) = before.strip_suffix(b":") else {
        // `//host` borrows the scheme of the page.
        let free = |byte: &u8| byte.is_ascii_whitespace() || b"\"'(=,`".contains(byte);
        return before.last().is_none_or(free).then_some(slashes);
    };
    let letters = name.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    (letters > 0).then(|| name.len() - letters)
}

/// The host at the start of `rest`, an address without its scheme.
pub fn host(rest: &str) -> &str {
    rest.get(..host_bytes(rest.as_bytes()).len()).unwrap_or_default()
}

fn host_bytes(rest: &[u8]) -> &[u8] {
    let end = |byte: &u8| ends_address(*byte) || matches!(byte, b'/' | b'?' | b'#' | b':' | b'\\');
    rest.split(end).next().unwrap_or_default()
}

fn ends_address(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, b'"' | b'\'' | b'<' | b'>' | b')' | b'`' | b';' | b',')
}
