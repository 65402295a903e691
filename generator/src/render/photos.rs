//! Pictures of the content, small enough for a phone: each width in two formats, under names that
//! hold a digest. Making them takes seconds, so what was made once is kept on disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use forms_core::manifest::digest;
use pictures::{Format, Ink, Variant, WIDTHS};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use super::keep::Keep;
use super::{Artefact, SITE};
use crate::content::{Content, Photo};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, did_you_mean};
use crate::markdown::PICTURES;

/// Pictures of an earlier build, by their address in the content.
#[derive(Default)]
pub struct Memory(BTreeMap<String, ((u64, bool), Arc<Made>)>);

/// One picture, ready.
pub struct Made {
    pub view: PhotoView,
    files: Vec<Artefact>,
    /// With either ink; none for a picture that no folder shows.
    prints: Vec<(Ink, Printed)>,
}

/// A picture for paper.
#[derive(Clone)]
pub struct Printed {
    /// Width for a height of one.
    pub ratio: f64,
    pub jpeg: Arc<[u8]>,
    /// Of the picture that it was made from.
    pub digest: String,
}

/// What the theme's template sees of a picture.
#[derive(Debug, Clone, Serialize, Hash)]
pub struct PhotoView {
    /// Of the largest version, in CSS pixels.
    width: u32,
    height: u32,
    /// For browsers that know only one kind.
    src: String,
    sources: Vec<SourceView>,
}

#[derive(Debug, Clone, Serialize, Hash)]
struct SourceView {
    media_type: &'static str,
    srcset: String,
}

/// Every picture that a page shows, by its address in the content.
pub struct Photos(BTreeMap<String, Arc<Made>>);

impl Photos {
    /// Makes what was not made before. Mistakes in a picture are told at the lines that show it.
    pub fn new(
        content: &Content,
        keep: &dyn Keep,
        memory: &mut Memory,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let shown = content.pictures_shown();
        let wanted: Vec<(&Photo, &Vec<Place>)> = shown
            .iter()
            .filter_map(|(url, places)| Some((content.photos.get(*url)?, places)))
            .collect();
        let printed: BTreeSet<&str> = content
            .all_leaflets()
            .flat_map(|(_, leaflet)| leaflet.pictures())
            .map(|(url, _)| url)
            .collect();
        let print = |photo: &Photo| (photo.fingerprint, printed.contains(photo.url.as_str()));
        let made: Vec<_> = wanted
            .par_iter()
            .map(|(photo, _)| match memory.0.get(&photo.url) {
                Some((before, made)) if *before == print(photo) => Ok(Arc::clone(made)),
                _ => make(photo, print(photo).1, keep).map(Arc::new),
            })
            .collect();
        let mut ready = BTreeMap::new();
        for ((photo, places), made) in wanted.into_iter().zip(made) {
            match made {
                Ok(made) => {
                    ready.insert(photo.url.clone(), made);
                }
                Err(fault) => diagnostics.extend(places.iter().map(|place| {
                    let message = format!("De afbeelding {}: {}", photo.url, fault.message());
                    Diagnostic::error(place.clone(), message).hint(fault.hint())
                })),
            }
        }
        memory.0 = ready
            .iter()
            .filter_map(|(url, made)| {
                let photo = content.photos.get(url)?;
                Some((url.clone(), (print(photo), Arc::clone(made))))
            })
            .collect();
        Self(ready)
    }

    pub fn get(&self, url: &str) -> Option<&PhotoView> {
        self.0.get(url).map(|made| &made.view)
    }

    /// For paper; none for a picture with a mistake.
    pub fn printed(&self, url: &str, ink: Ink) -> Option<&Printed> {
        let prints = &self.0.get(url)?.prints;
        prints.iter().find(|(of, _)| *of == ink).map(|(_, printed)| printed)
    }

    /// What is wrong with naming this picture here, if that was not told with the picture itself.
    pub fn unknown(&self, content: &Content, url: &str, place: &Place) -> Option<Diagnostic> {
        // One in another folder was told when the text was read.
        if content.photos.contains_key(url) || !url.starts_with(PICTURES) {
            return None;
        }
        let known = content.photos.keys().map(String::as_str);
        let hint = match did_you_mean(url, known) {
            Some(near) => format!("Bedoelt u {near}?"),
            None => format!("Het bestand hoort hier te staan: content{url}."),
        };
        let message = format!("De afbeelding {url} is er niet.");
        Some(Diagnostic::error(place.clone(), message).hint(hint))
    }

    /// The files of all of them. A photo that stands in the content twice is published once.
    pub fn files(&self) -> Vec<Artefact> {
        let files = self.0.values().flat_map(|made| &made.files);
        let once: BTreeMap<&str, &Artefact> = files.map(|file| (&*file.path, file)).collect();
        once.into_values().cloned().collect()
    }
}

fn make(photo: &Photo, printed: bool, keep: &dyn Keep) -> Result<Made, pictures::Fault> {
    let of = digest([("", &*photo.bytes)]);
    let size = pictures::inspect(&photo.bytes)?;
    let versions = match kept(&of, size, keep) {
        Some(versions) => versions,
        None => {
            let versions = pictures::variants(&photo.bytes, &WIDTHS)?;
            for version in &versions {
                keep.put(&name(&of, version.format, version.width), &version.bytes);
            }
            versions
        }
    };
    let mut made = published(photo, &of, &versions);
    for ink in [Ink::Light, Ink::Press].into_iter().filter(|_| printed) {
        made.prints.push((ink, print(photo, &of, size, ink, keep)?));
    }
    Ok(made)
}

fn print(
    photo: &Photo,
    of: &str,
    size: pictures::Size,
    ink: Ink,
    keep: &dyn Keep,
) -> Result<Printed, pictures::Fault> {
    let name = match ink {
        Ink::Light => format!("{of}-paper.jpg"),
        Ink::Press => format!("{of}-press.jpg"),
    };
    let jpeg = match keep.get(&name) {
        Some(jpeg) => jpeg,
        None => {
            let jpeg = pictures::for_paper(&photo.bytes, ink)?.jpeg;
            keep.put(&name, &jpeg);
            jpeg
        }
    };
    let ratio = f64::from(size.width) / f64::from(size.height);
    Ok(Printed { ratio, jpeg: jpeg.into(), digest: of.to_owned() })
}

/// All versions of a picture, if each of them was kept.
fn kept(of: &str, size: pictures::Size, keep: &dyn Keep) -> Option<Vec<Variant>> {
    let mut widths: Vec<u32> = WIDTHS.iter().map(|width| (*width).min(size.width)).collect();
    widths.dedup();
    let version = |format: Format, width: u32| {
        let bytes = keep.get(&name(of, format, width))?;
        let height = size.at_width(width).height;
        Some(Variant { format, width, height, bytes })
    };
    let all = Format::ALL.into_iter();
    all.flat_map(|format| widths.iter().map(move |width| (format, *width)))
        .map(|(format, width)| version(format, width))
        .collect()
}

fn name(of: &str, format: Format, width: u32) -> String {
    format!("{of}-{width}.{}", format.extension())
}

/// Hexadecimal digits of the digest in a public name.
const DIGITS: usize = 8;

const LONGEST: usize = 100;

/// A name that may stand in a list of addresses, where spaces and commas part them, and that leaves
/// room for what is put behind it: file systems hold 255 bytes.
fn plain(stem: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    stem.chars().take(LONGEST).map(plain).collect()
}

fn published(photo: &Photo, of: &str, versions: &[Variant]) -> Made {
    let of = &of[..DIGITS.min(of.len())];
    let stem = photo.url.rsplit('/').next().unwrap_or_default();
    let stem = plain(stem.rsplit_once('.').map_or(stem, |(stem, _)| stem));
    let address = |version: &Variant| {
        let extension = version.format.extension();
        format!("/assets/pictures/{stem}-{}.{of}.{extension}", version.width)
    };
    let source = |format: Format| SourceView {
        media_type: format.media_type(),
        srcset: versions
            .iter()
            .filter(|version| version.format == format)
            .map(|version| format!("{} {}w", address(version), version.width))
            .collect::<Vec<_>>()
            .join(", "),
    };
    let sources = Format::ALL.map(source).into();
    let largest = versions
        .iter()
        .filter(|version| version.format == Format::Webp)
        .max_by_key(|version| version.width);
    let view = PhotoView {
        width: largest.map_or(0, |version| version.width),
        height: largest.map_or(0, |version| version.height),
        src: largest.map(address).unwrap_or_default(),
        sources,
    };
    let files = versions
        .iter()
        .map(|version| (format!("{SITE}{}", address(version)), version))
        .map(|(path, version)| Artefact::new(path, Bytes::from(version.bytes.clone())))
        .collect();
    Made { view, files, prints: Vec::new() }
}
