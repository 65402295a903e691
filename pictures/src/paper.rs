//! A photo for paper: one size, as a JPEG, in the colours of a screen or of a printing press.

use image::RgbaImage;
use jpeg_encoder::{ColorType, Encoder};

use crate::source::Source;
use crate::{Fault, scale};

/// In pixels: 300 to an inch across the text of an A5, and enough across that of a large poster.
pub const PAPER_WIDTH: u32 = 1600;

/// From 1 to 100. Paper shows less than a screen, and a folder is also sent by mail.
const QUALITY: u8 = 85;

/// What the colours are made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ink {
    /// Red, green and blue: a screen, and a printer at home that mixes for itself.
    Light,
    /// Cyan, magenta, yellow and black, as a press has them.
    Press,
}

/// A photo, ready to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    pub width: u32,
    pub height: u32,
    pub jpeg: Vec<u8>,
}

/// The picture at most [`PAPER_WIDTH`] wide; what is transparent becomes the white of the paper.
///
/// # Errors
/// A [`Fault`] for the editor, when this is no picture or one that cannot be used.
pub fn for_paper(bytes: &[u8], ink: Ink) -> Result<Print, Fault> {
    let source = Source::open(bytes)?;
    let size = source.size.at_width(PAPER_WIDTH);
    let pixels = scale::to(&source.decode()?, size);
    let (width, height) = pixels.dimensions();
    let (colours, kind) = match ink {
        Ink::Light => (on_white(&pixels).flatten().collect::<Vec<u8>>(), ColorType::Rgb),
        Ink::Press => (on_white(&pixels).flat_map(inks).collect(), ColorType::Cmyk),
    };
    let failed = |why: String| Fault::Encoder(why);
    let side = |length: u32| u16::try_from(length).map_err(|error| failed(error.to_string()));
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, QUALITY)
        .encode(&colours, side(width)?, side(height)?, kind)
        .map_err(|error| failed(error.to_string()))?;
    Ok(Print { width, height, jpeg })
}

fn on_white(pixels: &RgbaImage) -> impl Iterator<Item = [u8; 3]> + '_ {
    pixels.pixels().map(|pixel| {
        let [r, g, b, alpha] = pixel.0.map(u32::from);
        [r, g, b].map(|colour| {
            let mixed = (colour * alpha + 255 * (255 - alpha)) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        })
    })
}

/// Ink for a colour: what cyan, magenta and yellow have in common is black. So there are never more
/// than two colours and black on one spot, at most twice as much ink as paper, which every press
/// dries.
fn inks([r, g, b]: [u8; 3]) -> [u8; 4] {
    let [c, m, y] = [r, g, b].map(|light| u8::MAX - light);
    let black = c.min(m).min(y);
    [c - black, m - black, y - black, black]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_is_the_colour_and_never_too_much() {
        assert_eq!(inks([255, 255, 255]), [0, 0, 0, 0]);
        assert_eq!(inks([0, 0, 0]), [0, 0, 0, 255]);
        assert_eq!(inks([255, 0, 0]), [0, 255, 255, 0]);
        assert_eq!(inks([100, 150, 150]), [50, 0, 0, 105]);
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let total: u32 = inks([red, green, blue]).into_iter().map(u32::from).sum();
                    assert!(total <= 2 * 255, "{red} {green} {blue}: {total}");
                }
            }
        }
    }
}
