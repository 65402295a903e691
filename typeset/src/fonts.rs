//! The fonts of the site, made ready for print: the site serves WOFF2, which Typst does not read.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};

/// A web font is cut into subsets that all bear the same family name, of which Typst would look
/// at one only. So each family is named after its file, and the template lists the names.
pub(crate) fn open(files: &[(String, Vec<u8>)]) -> Result<(FontBook, Vec<Font>), String> {
    let mut book = FontBook::new();
    let mut fonts = Vec::new();
    for (name, bytes) in files {
        let plain = wuff::decompress_woff2(bytes)
            .map_err(|_| format!("the font {name} is not valid WOFF2"))?;
        let font = Font::new(Bytes::new(plain), 0)
            .ok_or_else(|| format!("the font {name} cannot be read"))?;
        let mut info = font.info().clone();
        family(name).clone_into(&mut info.family);
        book.push(info);
        fonts.push(font);
    }
    Ok((book, fonts))
}

/// `noto-sans-latin-ext` of `noto-sans-latin-ext-400-normal.woff2`.
fn family(file: &str) -> &str {
    let stem = file.strip_suffix(".woff2").unwrap_or(file);
    let mut parts = stem.rsplitn(3, '-');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(_style), Some(weight), Some(family)) if weight.parse::<u16>().is_ok() => family,
        _ => stem,
    }
}

/// Characters that steer the text and show nothing: no font needs to have them.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn a_family_is_named_after_its_file() {
        assert_eq!(family("noto-sans-latin-ext-400-normal.woff2"), "noto-sans-latin-ext");
        assert_eq!(family("vazirmatn-arabic-700-normal.woff2"), "vazirmatn-arabic");
        assert_eq!(family("own.woff2"), "own");
    }
}
