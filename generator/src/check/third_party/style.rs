//! What a stylesheet fetches: `url(…)` and `@import`.

use memchr::memmem;

use super::{Request, urls};

pub fn requests(bytes: &[u8], own: &str) -> Vec<Request> {
    let mut found: Vec<Request> = urls::elsewhere(bytes, own)
        .filter_map(|url| {
            let by = fetched_by(bytes.get(..url.start)?)?;
            let url = String::from_utf8_lossy(url.text).into_owned();
            Some(Request::Elsewhere { by: by.to_owned(), url })
        })
        .collect();
    let is_data = |at: usize| bytes.get(..at).and_then(fetched_by).is_some();
    if memmem::find_iter(bytes, b"data:").any(is_data) {
        found.push(Request::Data);
    }
    found
}

/// What fetches an address with `before` in front of it, if anything does.
pub fn fetched_by(before: &[u8]) -> Option<&'static str> {
    let bare = before.trim_ascii_end();
    let bare = bare.strip_suffix(b"\"").or_else(|| bare.strip_suffix(b"'")).unwrap_or(bare);
    let bare = bare.trim_ascii_end();
    let ends = |end: &[u8]| {
        bare.len()
            .checked_sub(end.len())
            .and_then(|from| bare.get(from..))
            .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    let statement = bare.rsplit(|byte| matches!(byte, b';' | b'}' | b'{')).next();
    let statement = statement.unwrap_or_default().trim_ascii_start();
    let begins = |start: &[u8]| {
        statement.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    let by = if ends(b"@import") || (begins(b"@import") && ends(b"url(")) {
        "@import"
    } else if ends(b"url(") && !begins(b"@namespace") {
        "url()"
    } else if ends(b"image-set(") || ends(b"src(") {
        "image-set()"
    } else {
        return None;
    };
    (!in_comment(before)).then_some(by)
}

fn in_comment(before: &[u8]) -> bool {
    match (memmem::rfind(before, b"/*"), memmem::rfind(before, b"*/")) {
        (Some(open), Some(close)) => open > close,
        (open, _) => open.is_some(),
    }
}
