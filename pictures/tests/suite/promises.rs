//! What becomes of a picture that can be used.

use image::{Rgb, RgbImage, Rgba, RgbaImage};
use moxcms::ColorProfile;
use pictures::{Format, Size, Variant, inspect, variants};

use crate::fixtures::{self, *};

/// Signs of metadata in any of the formats.
const TELLTALES: [&[u8]; 12] = [
    b"Exif",
    b"EXIF",
    b"eXIf",
    b"MM\0*",
    b"II*\0",
    b"GPS",
    b"PhoneCamera",
    b"ns.adobe.com",
    b"XMP ",
    b"ICCP",
    b"Jansen",
    b"acsp",
];

fn assert_silent(variants: &[Variant]) {
    for variant in variants {
        for telltale in TELLTALES {
            let name = String::from_utf8_lossy(telltale);
            assert!(!contains(&variant.bytes, telltale), "{name} in {:?}", variant.format);
        }
    }
}

#[test]
fn a_photo_of_a_telephone_comes_out_upright_and_tells_nothing() {
    // Lying on its side: a turn to the right puts blue above red.
    let photo = telling_jpeg(&quarters(96, 64), 6);
    assert!([&b"GPS"[..], b"PhoneCamera", b"Exif", b"Jansen"].iter().all(|t| contains(&photo, t)));
    assert_eq!(inspect(&photo), Ok(Size { width: 64, height: 96 }));

    let made = variants(&photo, &[32]).expect("a photo");
    let formats: Vec<_> = made.iter().map(|v| (v.format, v.width, v.height)).collect();
    assert_eq!(formats, [(Format::Avif, 32, 48), (Format::Webp, 32, 48)]);
    assert_eq!(avif_size(&made[0].bytes), (32, 48));
    let webp = webp_of(&made, 32);
    assert_eq!(webp.dimensions(), (32, 48));
    for ((x, y), colour) in [((8, 12), BLUE), ((24, 12), RED), ((8, 36), WHITE), ((24, 36), GREEN)]
    {
        let pixel = *webp.get_pixel(x, y);
        assert!(is_near(pixel, colour), "{pixel:?} at {x},{y} instead of {colour:?}");
    }
    assert_silent(&made);
}

#[test]
fn each_orientation_is_applied() {
    // The quarter that comes to lie at the top left, and whether the sides change places.
    for (orientation, top_left, turned) in [
        (1, RED, false),
        (2, GREEN, false),
        (3, WHITE, false),
        (4, BLUE, false),
        (5, RED, true),
        (6, BLUE, true),
        (7, WHITE, true),
        (8, GREEN, true),
        (9, RED, false),
    ] {
        let photo = telling_jpeg(&quarters(48, 32), orientation);
        let (width, height) = if turned { (32, 48) } else { (48, 32) };
        assert_eq!(inspect(&photo), Ok(Size { width, height }), "{orientation}");
        let webp = webp_of(&variants(&photo, &[100]).expect("a photo"), width);
        assert_eq!(webp.dimensions(), (width, height));
        let pixel = *webp.get_pixel(6, 6);
        assert!(is_near(pixel, top_left), "orientation {orientation}: {pixel:?}");
    }
}

#[test]
fn orientation_and_place_are_found_in_the_other_formats_too() {
    let pixels = image::DynamicImage::from(quarters(48, 32)).into_rgba8();
    let png = with_png_chunk(&png(&pixels), b"eXIf", &exif(6));
    let mut introduced = b"Exif\0\0".to_vec();
    introduced.extend(exif(6));
    let odd_png = with_png_chunk(&fixtures::png(&pixels), b"eXIf", &introduced);
    for bytes in [png, odd_png, extended_webp(&webp(&pixels), &exif(6))] {
        assert!(contains(&bytes, b"PhoneCamera"));
        assert_eq!(inspect(&bytes), Ok(Size { width: 32, height: 48 }));
        let made = variants(&bytes, &[100]).expect("a picture");
        let pixel = *webp_of(&made, 32).get_pixel(6, 6);
        assert!(is_near(pixel, BLUE), "{pixel:?}");
        assert_silent(&made);
    }
}

/// A simple WebP in the extended container, with EXIF at the end.
fn extended_webp(simple: &[u8], exif: &[u8]) -> Vec<u8> {
    let mut chunks = b"WEBPVP8X\x0a\0\0\0\x08\0\0\0".to_vec();
    chunks.extend([47, 0, 0, 31, 0, 0]);
    chunks.extend(&simple[12..]);
    chunks.extend(b"EXIF");
    chunks.extend(u32::try_from(exif.len()).expect("short").to_le_bytes());
    chunks.extend(exif);
    let mut bytes = b"RIFF".to_vec();
    bytes.extend(u32::try_from(chunks.len()).expect("short").to_le_bytes());
    bytes.extend(chunks);
    bytes
}

#[test]
fn transparency_is_kept_without_a_dark_edge() {
    // White that ends halfway in nothing, as programs store it: transparent black.
    let pixels = RgbaImage::from_fn(90, 60, |x, _| {
        Rgba(if x < 45 { [255, 255, 255, 255] } else { [0, 0, 0, 0] })
    });
    let made = variants(&png(&pixels), &[31]).expect("a picture");
    assert!(contains(&made[0].bytes, b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"));
    let webp = webp_of(&made, 31);
    assert_eq!(webp.get_pixel(2, 10)[3], 255);
    assert_eq!(webp.get_pixel(28, 10)[3], 0);
    for pixel in webp.pixels().filter(|pixel| pixel[3] > 64) {
        assert!(is_near(*pixel, [255; 3]), "a dark edge: {pixel:?}");
    }
}

#[test]
fn what_is_opaque_gets_no_alpha() {
    let pixels = image::DynamicImage::from(quarters(40, 40)).into_rgba8();
    let made = variants(&png(&pixels), &[40]).expect("a picture");
    assert!(!contains(&made[0].bytes, b"auxiliary:alpha"));
    assert!(!contains(&made[1].bytes, b"ALPH") && contains(&made[1].bytes, b"VP8 "));
}

#[test]
fn the_same_picture_gives_the_same_bytes_whatever_else_is_asked() {
    // Detail all over, so that a difference in any decision shows.
    let pixels = RgbImage::from_fn(640, 480, |x, y| {
        let noise = (x * 7919 + y * 104_729 + x * y * 31) % 97;
        Rgb([(x % 256) as u8, (y % 256) as u8, (noise * 2) as u8])
    });
    let photo = jpeg(&pixels);
    let first = variants(&photo, &[200, 500]).expect("a photo");
    assert_eq!(first, variants(&photo, &[200, 500]).expect("a photo"));
    let alone = variants(&photo, &[500]).expect("a photo");
    assert_eq!(first[2..], alone[..]);
    for threads in [1, 2, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        assert_eq!(alone, pool.install(|| variants(&photo, &[500]).expect("a photo")), "{threads}");
    }
}

#[test]
fn nothing_is_enlarged() {
    let photo = jpeg(&quarters(300, 200));
    let made = variants(&photo, &[960, 150, 480, 150, 0, 1440]).expect("a photo");
    let sizes: Vec<_> = made.iter().map(|v| (v.width, v.height, v.format)).collect();
    assert_eq!(
        sizes,
        [
            (150, 100, Format::Avif),
            (150, 100, Format::Webp),
            (300, 200, Format::Avif),
            (300, 200, Format::Webp),
        ]
    );
    for variant in &made {
        if variant.format == Format::Avif {
            assert_eq!(avif_size(&variant.bytes), (variant.width, variant.height));
        } else {
            let webp = webp_of(&made, variant.width);
            assert_eq!(webp.dimensions(), (variant.width, variant.height));
        }
    }
    assert_eq!(variants(&photo, &[]).expect("a photo"), []);
}

#[test]
fn the_thinnest_of_pictures_pass() {
    for (width, height) in [(1, 1), (1, 300), (300, 1), (3, 2)] {
        let photo = jpeg(&quarters(width, height));
        let made = variants(&photo, &[2, 100]).expect("a photo");
        assert!(made.iter().all(|v| v.width >= 1 && v.height >= 1 && !v.bytes.is_empty()));
    }
    assert_eq!(Size { width: 300, height: 1 }.at_width(2), Size { width: 2, height: 1 });
    assert_eq!(Size { width: 4032, height: 3024 }.at_width(480), Size { width: 480, height: 360 });
    assert_eq!(Size { width: 1000, height: 666 }.at_width(480), Size { width: 480, height: 320 });
    assert_eq!(Size { width: 3, height: 2 }.at_width(2), Size { width: 2, height: 1 });
}

#[test]
fn colours_of_a_telephone_become_those_of_the_web() {
    let dull = RgbImage::from_pixel(32, 32, Rgb([80, 160, 80]));
    let profile = ColorProfile::new_display_p3().encode().expect("a profile");
    let made = variants(&jpeg_with_profile(&dull, profile), &[32]).expect("a photo");
    assert_silent(&made);
    // The same green, said in the narrower space: less red and blue.
    let pixel = *webp_of(&made, 32).get_pixel(16, 16);
    assert!(is_near(pixel, [49, 162, 71]), "{pixel:?}");
    let untagged = variants(&jpeg(&dull), &[32]).expect("a photo");
    let pixel = *webp_of(&untagged, 32).get_pixel(16, 16);
    assert!(is_near(pixel, [80, 160, 80]), "{pixel:?}");
}

#[test]
fn a_profile_that_cannot_be_read_is_left_aside() {
    let photo = jpeg_with_profile(&quarters(32, 32), b"acsp nonsense".repeat(20));
    let made = variants(&photo, &[32]).expect("a photo");
    assert!(is_near(*webp_of(&made, 32).get_pixel(4, 4), RED));
}
