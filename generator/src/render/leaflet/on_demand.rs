//! Single folders for who looks at them, in the preview: as a file, or as a picture.

use std::path::PathBuf;
use std::sync::Arc;

use typeset::{Picture, Press};

use super::{Goal, Job, PUBLIC, Printer, file_name};
use crate::content::{Content, Format};
use crate::render::photos::Photos;
use crate::theme::Theme;

/// Where pictures of folders stand in the preview, and nowhere else.
const PICTURES: &str = "/_live/folders/";

/// Pixels a point: sharp enough to read body text on a screen.
const SCALE: f64 = 1.4;

/// Everything that a folder is made from, kept for as long as a site is shown.
pub struct OnDemand {
    pub content: Arc<Content>,
    pub theme: Arc<Theme>,
    pub theme_root: PathBuf,
    pub photos: Arc<Photos>,
    pub press: Arc<Press>,
}

impl OnDemand {
    /// Address of the picture of a folder.
    pub fn picture_url(area: &str, lang: &str, format: Format) -> String {
        let name = file_name(area, lang, format, Goal::Home);
        format!("{PICTURES}{}.png", name.trim_end_matches(".pdf"))
    }

    /// Whether an address may be one of a folder.
    pub fn has(address: &str) -> bool {
        address.starts_with(PICTURES) || (address.starts_with(PUBLIC) && address.ends_with(".pdf"))
    }

    /// The file at an address of the site; `None` when no folder has it, or it cannot be made.
    pub fn get(&self, address: &str) -> Option<Vec<u8>> {
        let printer = self.printer();
        if let Some(name) = address.strip_prefix(PUBLIC) {
            return printer.fresh(&self.job(name)?).ok();
        }
        let name = address.strip_prefix(PICTURES)?.strip_suffix(".png")?;
        let pages = printer.pictures(&self.job(&format!("{name}.pdf"))?, SCALE).ok()?;
        Picture::stacked(&pages)?.png().ok()
    }

    fn printer(&self) -> Printer<'_> {
        Printer {
            content: &self.content,
            theme: &self.theme,
            theme_root: &self.theme_root,
            photos: &self.photos,
            press: Arc::clone(&self.press),
            progress: |_, _| {},
        }
    }

    /// The folder whose file has this name. Names of areas hold dashes, so they are compared and not
    /// taken apart.
    fn job(&self, name: &str) -> Option<Job<'_>> {
        let texts = Format::ALL.into_iter().flat_map(|format| {
            self.content.leaflets(format.text()).iter().map(move |text| (format, text))
        });
        let areas = self.content.areas.iter();
        let areas = areas.flat_map(|area| Goal::ALL.map(|goal| (area, goal)));
        texts
            .flat_map(|(format, (lang, leaflet))| {
                let job = move |(area, goal)| Job { leaflet, area, lang, format, goal };
                areas.clone().map(job)
            })
            .find(|job| job.name() == name)
    }
}
