//! Small questions about HTML as it was written to disk.

/// Values of an attribute, in order of appearance.
pub fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The text between the first pair of these tags.
pub fn between<'a>(html: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let rest = html.split_once(open)?.1;
    Some(rest.split_once(close)?.0.trim())
}

/// Size after brotli at the level that a host serves with.
pub fn brotli(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &parameters).expect("memory does not fail");
    out.len()
}
