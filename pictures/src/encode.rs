//! Pixels to files. Only pixels go in, so there is no metadata that could come out.
//!
//! The qualities were chosen by SSIMULACRA2 on detailed and on calm photos, for about the same
//! look in both formats; AVIF is then 20 to 30% smaller.

use image::RgbaImage;
use ravif::{Img, RGBA8};
use webp::WebPConfig;

use crate::Fault;

/// From 1 to 100, on the scale of ravif.
const AVIF_QUALITY: f32 = 70.0;

/// From 1 (slow) to 10. 8 takes twice as long for files 2% smaller; 10 half as long for files 5 to
/// 20% larger.
const AVIF_SPEED: u8 = 9;

/// From 0 to 100, on the scale of libwebp.
const WEBP_QUALITY: f32 = 75.0;

/// From 0 to 6 (slow). 6 takes two to three times as long for files 5% smaller.
const WEBP_METHOD: i32 = 4;

/// Alpha is left out when all is opaque. Ten bits a channel, the default: as fast and as large as
/// eight, and no bands in a clear sky.
pub fn avif(pixels: &RgbaImage) -> Result<Vec<u8>, Fault> {
    let colours: Vec<RGBA8> = pixels
        .pixels()
        .map(|pixel| {
            let [r, g, b, a] = pixel.0;
            RGBA8::new(r, g, b, a)
        })
        .collect();
    let (width, height) = (pixels.width() as usize, pixels.height() as usize);
    // One thread is one tile: with more the bytes would depend on the number of cores.
    // `encode_rgba` even for what is opaque: it is compiled with ravif, whereas `encode_rgb` would
    // compile the whole encoder once more in this crate.
    ravif::Encoder::new()
        .with_quality(AVIF_QUALITY)
        .with_alpha_quality(AVIF_QUALITY)
        .with_speed(AVIF_SPEED)
        .with_num_threads(Some(1))
        .encode_rgba(Img::new(&colours, width, height))
        .map(|encoded| encoded.avif_file)
        .map_err(|error| Fault::Encoder(error.to_string()))
}

/// Alpha is left out when all is opaque.
pub fn webp(pixels: &RgbaImage) -> Result<Vec<u8>, Fault> {
    let mut config =
        WebPConfig::new().map_err(|()| Fault::Encoder("libwebp does not start".to_owned()))?;
    config.quality = WEBP_QUALITY;
    config.method = WEBP_METHOD;
    webp::Encoder::from_rgba(pixels.as_raw(), pixels.width(), pixels.height())
        .encode_advanced(&config)
        .map(|encoded| encoded.to_vec())
        .map_err(|error| Fault::Encoder(format!("{error:?}")))
}
