//! What cannot be used is refused, quickly, with a word for the editor, and nothing panics.

use std::time::{Duration, Instant};

use image::{Rgba, RgbaImage};
use pictures::{Fault, Foreign, MAX_BYTES, MAX_SIDE, Size, inspect, variants};
use proptest::prelude::*;

use crate::fixtures::*;

/// Refused by both functions, for the same reason, and soon, even on a busy machine.
fn refused(bytes: &[u8]) -> Fault {
    let start = Instant::now();
    let fault = inspect(bytes).expect_err("it is refused");
    assert_eq!(variants(bytes, &[480]), Err(fault.clone()));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    fault
}

fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let mut head = width.to_be_bytes().to_vec();
    head.extend(height.to_be_bytes());
    head.extend([8, 6, 0, 0, 0]);
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(png_chunk(b"IHDR", &head));
    bytes.extend(png_chunk(b"IDAT", b"\x78\x9c\x01\0\0\xff\xff"));
    bytes.extend(png_chunk(b"IEND", b""));
    bytes
}

/// A true JPEG that says it is larger.
fn jpeg_bomb(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg(&quarters(16, 16));
    let at = position(&bytes, &[0xff, 0xc0]).expect("a frame") + 5;
    bytes[at..at + 2].copy_from_slice(&height.to_be_bytes());
    bytes[at + 2..at + 4].copy_from_slice(&width.to_be_bytes());
    bytes
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let bomb = png_bomb(60_000, 60_000);
    assert!(bomb.len() <= 100, "{}", bomb.len());
    let size = Size { width: 60_000, height: 60_000 };
    assert_eq!(refused(&bomb), Fault::TooLarge(size));
    assert_eq!(refused(&jpeg_bomb(60_000, 60_000)), Fault::TooLarge(size));
    assert_eq!(
        refused(&jpeg_bomb(8_000, 8_000)),
        Fault::TooLarge(Size { width: 8_000, ..square() })
    );
    let strip = Size { width: MAX_SIDE + 1, height: 1 };
    assert_eq!(refused(&png_bomb(strip.width, 1)), Fault::TooLarge(strip));
    let message = Fault::TooLarge(size).to_string();
    assert!(
        message.contains("60000 bij 60000 pixels. Het mogen er hoogstens 60 miljoen"),
        "{message}"
    );
}

fn square() -> Size {
    Size { width: 8_000, height: 8_000 }
}

#[test]
fn a_chunk_that_claims_more_than_the_file_is_refused() {
    let mut webp = b"RIFF\xff\xff\xff\xfeWEBPVP8X\x0a\0\0\0\x08\0\0\0\x0f\0\0\x0f\0\0".to_vec();
    webp.extend(b"EXIF\xf0\xff\xff\xfe");
    assert_eq!(refused(&webp), Fault::Broken);
}

#[test]
fn a_file_of_too_many_bytes_is_refused() {
    let mut heavy = jpeg(&quarters(16, 16));
    heavy.resize(MAX_BYTES + 1, 0);
    let fault = refused(&heavy);
    assert_eq!(fault, Fault::TooHeavy { bytes: MAX_BYTES + 1 });
    assert!(
        fault
            .to_string()
            .starts_with("Deze foto is te groot: 30,1 MB. Het mag hoogstens 30 MB zijn."),
        "{fault}"
    );
    heavy.pop();
    assert_eq!(inspect(&heavy), Ok(Size { width: 16, height: 16 }), "what hangs behind is ignored");
}

#[test]
fn other_kinds_are_named_with_what_to_do() {
    let heic = b"\0\0\0\x28ftypheic\0\0\0\0mif1heic";
    let svg = b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- x -->\n<svg xmlns=\"\"/>";
    for (bytes, kind, word, deed) in [
        (&heic[..], Foreign::Heic, "HEIC", "als JPEG"),
        (b"\0\0\0\x1cftypavif\0\0\0\0", Foreign::Avif, "AVIF", "als JPEG"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", Foreign::JpegXl, "JPEG XL", "als JPEG"),
        (b"GIF89a\x10\0\x10\0", Foreign::Gif, "GIF", "als PNG"),
        (svg, Foreign::Svg, "SVG", "als PNG"),
        (b"  <svg viewBox=\"0 0 1 1\">", Foreign::Svg, "SVG", "als PNG"),
        (b"II*\0\x08\0\0\0", Foreign::Tiff, "TIFF", "als JPEG"),
        (b"BM\x10\0\0\0\0\0\0\0", Foreign::Bmp, "BMP", "als PNG"),
        (b"%PDF-1.7\n", Foreign::Pdf, "PDF", "als PNG"),
    ] {
        let fault = refused(bytes);
        assert_eq!(fault, Fault::Foreign(kind));
        assert!(fault.message().contains(word), "{fault}");
        assert!(fault.hint().contains(deed), "{fault}");
    }
    for bytes in
        [&b""[..], b"Beste buren,", b"BM is een afkorting", b"\0\0\0\x18ftypmp42", b"<html>"]
    {
        assert_eq!(refused(bytes), Fault::NotAPicture);
    }
}

#[test]
fn what_moves_is_refused() {
    let still = png(&RgbaImage::from_pixel(16, 16, Rgba([9, 9, 9, 255])));
    let moving = with_png_chunk(&still, b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    assert_eq!(refused(&moving), Fault::Foreign(Foreign::Animation));

    let mut chunks = b"WEBPVP8X\x0a\0\0\0\x02\0\0\0\x0f\0\0\x0f\0\0".to_vec();
    chunks.extend(b"ANIM\x06\0\0\0\0\0\0\0\0\0");
    let frame = &webp(&RgbaImage::from_pixel(16, 16, Rgba([9, 9, 9, 255])))[12..];
    chunks.extend(b"ANMF");
    chunks.extend(u32::try_from(frame.len() + 16).expect("short").to_le_bytes());
    chunks.extend([0, 0, 0, 0, 0, 0, 15, 0, 0, 15, 0, 0, 100, 0, 0, 0]);
    chunks.extend(frame);
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(u32::try_from(chunks.len()).expect("short").to_le_bytes());
    bytes.extend(chunks);
    assert_eq!(refused(&bytes), Fault::Foreign(Foreign::Animation));
}

/// One of each kind that is read, with metadata.
fn pictures() -> [Vec<u8>; 3] {
    let pixels = RgbaImage::from_fn(24, 20, |x, y| Rgba([x as u8 * 9, y as u8 * 9, 90, 99]));
    [
        telling_jpeg(&quarters(24, 20), 6),
        with_png_chunk(&png(&pixels), b"eXIf", &exif(6)),
        webp(&pixels),
    ]
}

#[test]
fn a_picture_that_stops_halfway_is_broken_wherever_it_stops() {
    for picture in pictures() {
        assert!(variants(&picture, &[10]).is_ok());
        for length in 16..picture.len() {
            assert_eq!(refused(&picture[..length]), Fault::Broken, "at {length}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn random_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(variants(&bytes, &[480]).is_err());
        for start in [&b"\xff\xd8\xff"[..], b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP"] {
            let bytes = [start, &bytes].concat();
            prop_assert_eq!(inspect(&bytes), Err(Fault::Broken));
            prop_assert_eq!(variants(&bytes, &[480]), Err(Fault::Broken));
        }
    }

    #[test]
    fn a_damaged_picture_is_read_or_refused(
        which in 0..3_usize,
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = pictures()[which].clone();
        for (index, value) in damage {
            let at = index.index(bytes.len());
            bytes[at] = value;
        }
        let size = inspect(&bytes);
        match variants(&bytes, &[8]) {
            Ok(made) => {
                let size = size.expect("what can be read can be measured").at_width(8);
                prop_assert!(made.iter().all(|v| (v.width, v.height) == (size.width, size.height)));
            }
            Err(fault) => prop_assert!(!fault.to_string().is_empty()),
        }
    }
}
