//! The picture as it came: measured before it is decoded, because a hundred bytes can claim to be
//! gigabytes.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageResult, Limits, RgbaImage};

use crate::kind::{self, Kind};
use crate::{Fault, Foreign, MAX_BYTES, MAX_PIXELS, MAX_SIDE, Size, scale, whole};

/// What a PNG may unpack beside its pixels, in bytes: a colour profile, mostly.
const MAX_PNG_EXTRA: u64 = 64 * 1024 * 1024;

/// A picture whose head has been read and found fit.
pub struct Source<'a> {
    decoder: Box<dyn ImageDecoder + 'a>,
    orientation: Orientation,
    /// As it is seen.
    pub size: Size,
}

/// All pixels, not yet upright.
pub struct Original {
    pub pixels: RgbaImage,
    /// Whether something is transparent, and colours stand multiplied by alpha.
    pub weighed: bool,
    pub orientation: Orientation,
    /// The ICC profile that says what the numbers mean; without one they are sRGB.
    pub profile: Option<Vec<u8>>,
}

impl<'a> Source<'a> {
    /// Reads the head. Nothing is allocated for pixels.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let kind = kind::of(bytes)?;
        if bytes.len() > MAX_BYTES {
            return Err(Fault::TooHeavy { bytes: bytes.len() });
        }
        // Size before wholeness: of a bomb it is the better thing to say.
        let (mut decoder, moves) = decoder(kind, bytes).map_err(|_| Fault::Broken)?;
        let (width, height) = decoder.dimensions();
        let orientation = orientation(decoder.as_mut());
        let stored = Size { width, height };
        let size = if swaps_sides(orientation) { stored.turned() } else { stored };
        if u64::from(width) * u64::from(height) > MAX_PIXELS || width.max(height) > MAX_SIDE {
            return Err(Fault::TooLarge(size));
        }
        if width.min(height) == 0 || !whole::is_whole(kind, bytes) {
            return Err(Fault::Broken);
        }
        if moves {
            return Err(Fault::Foreign(Foreign::Animation));
        }
        Ok(Source { decoder, orientation, size })
    }

    /// Reads the pixels.
    pub fn decode(mut self) -> Result<Original, Fault> {
        let profile = self.decoder.icc_profile().ok().flatten();
        let pixels = DynamicImage::from_decoder(self.decoder).map_err(|_| Fault::Broken)?;
        let mut pixels = pixels.into_rgba8();
        let weighed = scale::weigh(&mut pixels);
        Ok(Original { pixels, weighed, orientation: self.orientation, profile })
    }
}

/// The decoder, and whether the picture moves.
fn decoder(kind: Kind, bytes: &[u8]) -> ImageResult<(Box<dyn ImageDecoder + '_>, bool)> {
    let reader = Cursor::new(bytes);
    Ok(match kind {
        Kind::Jpeg => (Box::new(JpegDecoder::new(reader)?), false),
        Kind::Png => {
            let mut limits = Limits::no_limits();
            limits.max_alloc = Some(MAX_PNG_EXTRA);
            let decoder = PngDecoder::with_limits(reader, limits)?;
            let moves = decoder.is_apng()?;
            (Box::new(decoder), moves)
        }
        Kind::Webp => {
            let decoder = WebPDecoder::new(reader)?;
            let moves = decoder.has_animation();
            (Box::new(decoder), moves)
        }
    })
}

/// As EXIF has it. EXIF that cannot be read says nothing, and the picture is taken as it lies.
fn orientation(decoder: &mut dyn ImageDecoder) -> Orientation {
    let Ok(Some(exif)) = decoder.exif_metadata() else { return Orientation::NoTransforms };
    // Some programs write a JPEG's introduction into the chunk of a WebP or PNG as well.
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(&exif);
    Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms)
}

/// Whether width and height change places.
pub fn swaps_sides(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}
