//! Photos for the site and for paper: what an editor puts in becomes small, upright and silent about
//! its origin.
//!
//! A JPEG, PNG or WebP of any size goes in; AVIF and WebP in a few widths come out, or a JPEG for
//! paper. Only the pixels pass: EXIF (with the place where the photo was taken), XMP, colour profile,
//! preview and comments stay behind, after the orientation and the profile have been worked into the pixels.
//!
//! Pure: no file is read or written, no clock is asked. The bytes depend on the picture and the
//! width alone: not on the other widths asked for, nor on the number of cores.

mod encode;
mod fault;
mod kind;
mod paper;
mod scale;
mod source;
mod whole;

use rayon::prelude::*;

pub use fault::{Fault, Foreign};
pub use paper::{Ink, PAPER_WIDTH, Print, for_paper};

use source::Source;

/// The widths that a page offers: a telephone, a column of text, and that column on a sharp screen.
pub const WIDTHS: [u32; 3] = [480, 960, 1440];

/// What is read at most, in bytes: more than any telephone makes.
pub const MAX_BYTES: usize = 30_000_000;

/// Width times height at most. Decoded it is four bytes for each, eight for a PNG of 16 bits.
pub const MAX_PIXELS: u64 = 60_000_000;

/// Pixels along one side at most: WebP can hold no more.
pub const MAX_SIDE: u32 = 16_383;

/// In pixels, as the picture is seen: after its orientation has been applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

impl Size {
    /// At this width, or at its own when that is less; in proportion, and never less than a pixel.
    #[must_use]
    pub fn at_width(self, width: u32) -> Size {
        if width >= self.width {
            return self;
        }
        let (from, to) = (u64::from(self.width.max(1)), u64::from(width.max(1)));
        let height = (u64::from(self.height) * to + from / 2) / from;
        Size { width: width.max(1), height: u32::try_from(height).unwrap_or(self.height).max(1) }
    }

    fn turned(self) -> Size {
        Size { width: self.height, height: self.width }
    }
}

/// What a browser is offered, the better first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    Avif,
    Webp,
}

impl Format {
    pub const ALL: [Format; 2] = [Format::Avif, Format::Webp];

    /// Of the file's name, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Format::Avif => "avif",
            Format::Webp => "webp",
        }
    }

    /// The media type, for `type=` of a `<source>`.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Avif => "image/avif",
            Format::Webp => "image/webp",
        }
    }
}

/// One file to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    pub format: Format,
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

/// The size of a picture from its head; the pixels are not decoded.
///
/// # Errors
/// All that [`variants`] refuses, but for damage that only shows in the pixels.
pub fn inspect(bytes: &[u8]) -> Result<Size, Fault> {
    Source::open(bytes).map(|source| source.size)
}

/// The picture in each of `widths` (pixels) and each [`Format`]: by width, the smallest first, then
/// by format. Nothing is enlarged: widths above the picture's own give its own, once. A width of 0
/// is skipped.
///
/// # Errors
/// A [`Fault`] for the editor, when this is no picture or one that cannot be used.
pub fn variants(bytes: &[u8], widths: &[u32]) -> Result<Vec<Variant>, Fault> {
    let source = Source::open(bytes)?;
    let size = source.size;
    let mut widths: Vec<u32> = widths
        .iter()
        .filter(|width| **width > 0)
        .map(|width| size.at_width(*width).width)
        .collect();
    widths.sort_unstable();
    widths.dedup();

    let original = source.decode()?;
    let scaled: Vec<_> =
        widths.par_iter().map(|width| scale::to(&original, size.at_width(*width))).collect();
    drop(original);

    let jobs: Vec<_> =
        scaled.iter().flat_map(|pixels| Format::ALL.map(|format| (pixels, format))).collect();
    jobs.into_par_iter()
        .map(|(pixels, format)| {
            let bytes = match format {
                Format::Avif => encode::avif(pixels),
                Format::Webp => encode::webp(pixels),
            }?;
            Ok(Variant { format, width: pixels.width(), height: pixels.height(), bytes })
        })
        .collect()
}
