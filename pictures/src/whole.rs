//! Whether a file goes on to its end.
//!
//! The decoders are lenient, as a browser is: of a JPEG that was cut off they make a photo with a
//! grey lower half. On a site of a municipality that is a mistake, so it is found before decoding.
//! A chunk that is said to pass the end is refused here too, before a decoder makes room for it.

use crate::kind::Kind;

/// Whether the last part is there, each part within the file.
pub fn is_whole(kind: Kind, bytes: &[u8]) -> bool {
    match kind {
        Kind::Jpeg => jpeg(bytes),
        Kind::Png => png(bytes),
        Kind::Webp => webp(bytes),
    }
    .is_some()
}

/// Passes over the segments up to the end-of-image marker. What comes after it is none of ours:
/// telephones hang a film there.
fn jpeg(bytes: &[u8]) -> Option<()> {
    const END_OF_IMAGE: u8 = 0xd9;
    let mut rest = bytes.get(2..)?;
    loop {
        // Within the pixels of a scan, and when a segment is followed by padding.
        let mark = rest.iter().position(|byte| *byte == 0xff)?;
        rest = rest.get(mark + 1..)?;
        match *rest.first()? {
            END_OF_IMAGE => return Some(()),
            // A pixel of this value, a restart of the scan: markers without a segment.
            0x00 | 0x01 | 0xd0..=0xd7 => rest = rest.get(1..)?,
            // Fill bytes before a marker.
            0xff => {}
            _ => {
                let length = u16::from_be_bytes(rest.get(1..3)?.try_into().ok()?);
                rest = rest.get(1 + usize::from(length)..)?;
            }
        }
    }
}

/// Passes over the chunks up to the one that is last.
fn png(bytes: &[u8]) -> Option<()> {
    let mut rest = bytes.get(8..)?;
    loop {
        let length = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
        let last = rest.get(4..8)? == b"IEND";
        // Length, name, content, checksum.
        rest = rest.get(length.checked_add(12)?..)?;
        if last {
            return Some(());
        }
    }
}

/// Passes over the chunks of the container, of which the head says how long it is.
fn webp(bytes: &[u8]) -> Option<()> {
    let length = |part: &[u8]| -> Option<usize> {
        usize::try_from(u32::from_le_bytes(part.get(4..8)?.try_into().ok()?)).ok()
    };
    let mut rest = bytes.get(..length(bytes)?.checked_add(8)?)?.get(12..)?;
    while !rest.is_empty() {
        let chunk = length(rest)?.checked_add(8)?;
        rest.get(..chunk)?;
        // Even lengths; some programs forget it for the last.
        rest = rest.get(chunk + chunk % 2..).unwrap_or_default();
    }
    Some(())
}
