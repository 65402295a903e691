//! From the original to the pixels that are served: smaller, upright, in the colours of the web.
//! In this order, because turning and recolouring cost least when the picture is small.

use image::imageops::{self, FilterType};
use image::{DynamicImage, Rgba, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::Size;
use crate::source::{Original, swaps_sides};

/// The picture in this size, which is as it is seen and not larger than the original.
pub fn to(original: &Original, size: Size) -> RgbaImage {
    let lying = if swaps_sides(original.orientation) { size.turned() } else { size };
    // As sharp as Lanczos to the eye, and without its sine, in which machines may differ.
    let filter = FilterType::CatmullRom;
    let mut small = imageops::resize(&original.pixels, lying.width, lying.height, filter);
    if original.weighed {
        small.pixels_mut().for_each(unweigh);
    }
    let mut small = DynamicImage::ImageRgba8(small);
    small.apply_orientation(original.orientation);
    let small = small.into_rgba8();
    match &original.profile {
        Some(profile) => in_srgb(&small, profile).unwrap_or(small),
        None => small,
    }
}

/// Multiplies the colours by alpha, so that what nobody sees does not colour the edge of what they
/// do: programs store it as transparent black. Whether there was anything to weigh.
pub fn weigh(pixels: &mut RgbaImage) -> bool {
    let mut weighed = false;
    for Rgba([r, g, b, a]) in pixels.pixels_mut().filter(|pixel| pixel.0[3] < u8::MAX) {
        weighed = true;
        for colour in [r, g, b] {
            *colour = part(u32::from(*colour) * u32::from(*a), u32::from(u8::MAX));
        }
    }
    weighed
}

/// Undoes [`weigh`]. The filter overshoots a little at edges, so the colour may pass alpha.
fn unweigh(Rgba([r, g, b, a]): &mut Rgba<u8>) {
    for colour in [r, g, b] {
        *colour = part(u32::from(*colour) * u32::from(u8::MAX), u32::from(*a));
    }
}

/// A rounded fraction, at most 255; of nothing it is nothing.
fn part(of: u32, whole: u32) -> u8 {
    let rounded = (of + whole / 2).checked_div(whole).unwrap_or(0);
    u8::try_from(rounded).unwrap_or(u8::MAX)
}

/// The same colours in sRGB, which is what a browser assumes of a picture without a profile.
/// Nothing for a profile that cannot be read or is about ink or grey: the decoder has made RGB of
/// those already.
fn in_srgb(pixels: &RgbaImage, profile: &[u8]) -> Option<RgbaImage> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    if profile.color_space != DataColorSpace::Rgb {
        return None;
    }
    let transform = profile
        .create_transform_8bit(
            Layout::Rgba,
            &ColorProfile::new_srgb(),
            Layout::Rgba,
            TransformOptions::default(),
        )
        .ok()?;
    let mut converted = RgbaImage::new(pixels.width(), pixels.height());
    transform.transform(pixels.as_raw(), &mut converted).ok()?;
    Some(converted)
}
