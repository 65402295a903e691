//! A photo as a telephone makes it.

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

/// A JPEG that tells where and with what it was taken, and that lies on its side: it is seen with
/// `height` and `width` exchanged.
pub fn telling_jpeg(width: u32, height: u32) -> Vec<u8> {
    let shade = |part: u32, whole: u32| u8::try_from(255 * part / whole).unwrap_or(u8::MAX);
    let pixels =
        RgbImage::from_fn(width, height, |x, y| Rgb([shade(x, width), shade(y, height), 90]));
    let mut plain = Vec::new();
    JpegEncoder::new_with_quality(&mut plain, 90).encode_image(&pixels).expect("a JPEG");
    let exif = exif();
    let length = u16::try_from(exif.len() + 2).expect("it fits in a segment");
    [&plain[..2], &[0xff, 0xe1], &length.to_be_bytes(), &exif, &plain[2..]].concat()
}

/// Words that must not come out at the other end.
pub const CAMERA: &str = "Kanariecamera 12";

/// A block of EXIF: the camera, a quarter turn, and 51° 46′ north.
fn exif() -> Vec<u8> {
    const CAMERA_AT: u32 = 50;
    const GPS_AT: u32 = CAMERA_AT + 17;
    const LATITUDE_AT: u32 = GPS_AT + 30;
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        let parts =
            [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat();
        assert_eq!(parts.len(), 12);
        parts
    };
    let mut bytes = b"MM\0*\0\0\0\x08\0\x03".to_vec();
    bytes.extend(entry(0x0110, 2, 17, CAMERA_AT.to_be_bytes()));
    bytes.extend(entry(0x0112, 3, 1, [0, 6, 0, 0]));
    bytes.extend(entry(0x8825, 4, 1, GPS_AT.to_be_bytes()));
    bytes.extend([0; 4]);
    bytes.extend(CAMERA.bytes().chain([0]));
    bytes.extend([0, 2]);
    bytes.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
    bytes.extend(entry(0x0002, 5, 3, LATITUDE_AT.to_be_bytes()));
    bytes.extend([0; 4]);
    bytes.extend([51_u32, 1, 46, 1, 0, 1].iter().flat_map(|part| part.to_be_bytes()));
    [b"Exif\0\0".to_vec(), bytes].concat()
}
