//! What a file is, by its first bytes; its name may say anything.

use crate::{Fault, Foreign};

/// The kinds that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Jpeg,
    Png,
    Webp,
}

/// How far into a text the `<svg` may stand, in bytes: after a licence in a comment, say.
const SVG_HEAD: usize = 4096;

/// The kind, or the fault that says what this is instead.
pub fn of(bytes: &[u8]) -> Result<Kind, Fault> {
    let at =
        |offset: usize, mark: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(mark));
    let kind = if at(0, &[0xff, 0xd8, 0xff]) {
        return Ok(Kind::Jpeg);
    } else if at(0, b"\x89PNG\r\n\x1a\n") {
        return Ok(Kind::Png);
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        return Ok(Kind::Webp);
    } else if at(4, b"ftyp") {
        // The family of ISO media files; its first brand tells pictures from films.
        match bytes.get(8..12) {
            Some(b"avif" | b"avis") => Foreign::Avif,
            Some(b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1") => {
                Foreign::Heic
            }
            _ => return Err(Fault::NotAPicture),
        }
    } else if at(0, &[0xff, 0x0a]) || at(4, b"JXL \r\n\x87\n") {
        Foreign::JpegXl
    } else if at(0, b"GIF8") {
        Foreign::Gif
    } else if at(0, b"II*\0") || at(0, b"MM\0*") {
        Foreign::Tiff
    } else if at(0, b"BM") && at(6, &[0; 4]) {
        Foreign::Bmp
    } else if at(0, b"%PDF-") {
        Foreign::Pdf
    } else if is_svg(bytes) {
        Foreign::Svg
    } else {
        return Err(Fault::NotAPicture);
    };
    Err(Fault::Foreign(kind))
}

fn is_svg(bytes: &[u8]) -> bool {
    let head = bytes.get(..SVG_HEAD).unwrap_or(bytes);
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    text.starts_with(b"<") && text.windows(4).any(|window| window == b"<svg")
}
