//! Small questions about HTML as it was written to disk.

use std::io::Read;

/// Values of an attribute, in order of appearance.
pub fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Start tags of this name, each from `<` up to and including `>`.
pub fn tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!("<{name}");
    html.match_indices(&start)
        .filter_map(|(at, _)| {
            let tag = &html[at..at + html[at..].find('>')? + 1];
            tag[start.len()..].starts_with([' ', '>', '\n']).then_some(tag)
        })
        .collect()
}

/// Value of an attribute of one start tag; the empty text for one without a value.
pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = format!(" {name}");
    tag.match_indices(&start).find_map(|(at, _)| {
        let rest = &tag[at + start.len()..];
        match rest.strip_prefix("=\"") {
            Some(value) => value.split('"').next(),
            None => rest.starts_with([' ', '>', '/']).then_some(""),
        }
    })
}

/// The text between the first pair of these tags.
pub fn between<'a>(html: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let rest = html.split_once(open)?.1;
    Some(rest.split_once(close)?.0.trim())
}

/// What was packed with brotli.
pub fn unpack_brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    brotli::BrotliDecompress(&mut &bytes[..], &mut out).expect("brotli");
    out
}

/// What was packed with gzip.
pub fn unpack_gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut out).expect("gzip");
    out
}

/// Size after brotli at the level that a host serves with.
pub fn brotli(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters).expect("memory does not fail");
    out.len()
}
