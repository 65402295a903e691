//! Sets folders side by side, and takes from the stock what was set before.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use forms_core::manifest::digest;
use pictures::Ink;
use serde_json::Value;
use typeset::{Fault, Order, Picture, Press, Purpose};

use super::crew::side_by_side;
use super::data::Data;
use super::faults::Misfits;
use super::format::template;
use super::{Goal, Job, Unfit, Wish, data, faults, theme_fault};
use crate::content::{Area, Content, Format, Leaflet, LeafletKind};
use crate::diagnostics::Diagnostics;
use crate::render::keep::Keep;
use crate::render::photos::{Photos, Printed};
use crate::render::shelf::{Key, Shelf};
use crate::theme::Theme;

/// Told of folders that are ready: how many, of how many.
pub type Progress = fn(usize, usize);

/// All that a folder is made from and with.
pub struct Printer<'a> {
    pub content: &'a Content,
    pub theme: &'a Theme,
    pub theme_root: &'a Path,
    pub photos: &'a Photos,
    pub press: Arc<Press>,
    pub progress: Progress,
}

/// Folders that stand ready: of the build before in memory, of earlier runs on disk.
pub struct Stock<'a> {
    pub shelf: &'a mut Shelf,
    pub keep: &'a dyn Keep,
}

impl Stock<'_> {
    fn get(&self, key: &Key) -> Option<Bytes> {
        self.shelf.get(key).or_else(|| self.keep.get(&key.file_name()).map(Bytes::from))
    }

    /// Lets go of whatever is not one of these.
    pub(super) fn keep_only(&mut self, all: &[Made]) {
        self.shelf.keep(all.iter().map(|made| (made.key.clone(), made.pdf.clone())).collect());
    }
}

/// A folder that is ready.
pub struct Made<'a> {
    pub job: Job<'a>,
    pub name: String,
    pub pdf: Bytes,
    key: Key,
}

impl<'a> Printer<'a> {
    /// Everything that was wished for and is well. All that is wrong with a text is told once, for
    /// all its formats and areas.
    pub fn made(
        &self,
        wish: &Wish<'a>,
        stock: &Stock,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Made<'a>> {
        let set = |job: &Job<'a>| self.pdf(job, stock);
        self.each(wish, diagnostics, set)
    }

    /// The pages of each, drawn; `scale` is in pixels a point.
    pub fn drawn(
        &self,
        wish: &Wish<'a>,
        scale: f64,
        diagnostics: &mut Diagnostics,
    ) -> Vec<(Job<'a>, Vec<Picture>)> {
        self.each(wish, diagnostics, |job| Ok((*job, self.pictures(job, scale)?)))
    }

    fn each<T: Send>(
        &self,
        wish: &Wish<'a>,
        diagnostics: &mut Diagnostics,
        make: impl Fn(&Job<'a>) -> Result<T, Vec<Fault>> + Sync,
    ) -> Vec<T> {
        let jobs = self.jobs(wish, diagnostics);
        let ready = Mutex::new(0);
        let made = side_by_side(&jobs, |job| {
            let made = make(job);
            // Held while it is told, so that the last is told last.
            if let Ok(mut ready) = ready.lock() {
                *ready += 1;
                (self.progress)(*ready, jobs.len());
            }
            made
        });
        let mut all = Vec::with_capacity(made.len());
        let mut misfits: BTreeMap<_, (&Leaflet, Misfits)> = BTreeMap::new();
        for (job, outcome) in jobs.iter().zip(made) {
            match outcome {
                Ok(made) => all.push(made),
                Err(faults) => {
                    let text = (job.format.text(), job.lang, job.format);
                    let (_, misfits) =
                        misfits.entry(text).or_insert_with(|| (job.leaflet, Misfits::default()));
                    for message in misfits.take(faults, &job.area.name) {
                        diagnostics.push(theme_fault(self.theme_root, &message));
                    }
                }
            }
        }
        let mut told = Diagnostics::default();
        for ((_, _, format), (leaflet, misfits)) in misfits {
            told.extend(misfits.diagnostics(leaflet, format, wish.areas.len()));
        }
        diagnostics.extend(told.sorted().into_iter().cloned());
        all
    }

    /// One for each text, format and area; none for a text with mistakes.
    fn jobs(&self, wish: &Wish<'a>, diagnostics: &mut Diagnostics) -> Vec<Job<'a>> {
        let of_theme = |format: &Format| self.theme.leaflets.contains_key(template(*format));
        if let Some(format) = wish.formats.iter().find(|format| !of_theme(format)) {
            let why = format!("leaflets/{} ontbreekt.", template(*format));
            diagnostics.push(theme_fault(self.theme_root, &why));
            return Vec::new();
        }
        let mut jobs = Vec::new();
        for kind in LeafletKind::ALL {
            let formats: Vec<Format> =
                wish.formats.iter().copied().filter(|format| format.text() == kind).collect();
            for lang in wish.langs.iter().filter(|_| !formats.is_empty()) {
                let Some(leaflet) = self.content.leaflets(kind).get(*lang) else { continue };
                if !self.is_well(wish, kind, leaflet, diagnostics) {
                    continue;
                }
                for format in &formats {
                    let job = |area: &&'a Area| Job {
                        leaflet,
                        area,
                        lang,
                        format: *format,
                        goal: wish.goal,
                    };
                    jobs.extend(wish.areas.iter().map(job));
                }
            }
        }
        jobs
    }

    fn is_well(
        &self,
        wish: &Wish,
        kind: LeafletKind,
        leaflet: &Leaflet,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        let mut told = Diagnostics::default();
        faults::check(self.content, kind, leaflet, self.photos, &self.press, &mut told);
        let mut well = !told.has_errors();
        if wish.goal == Goal::PrintShop {
            let unfit = faults::unfit_for_print(self.content, leaflet);
            well &= unfit.is_empty();
            if wish.unfit == Unfit::Told {
                told.extend(unfit);
            }
        }
        diagnostics.extend(told.sorted().into_iter().cloned());
        // What is wrong with a picture was told with the picture, and a panel that is missing when
        // the file was read.
        let ready = |(url, _): &(&str, usize)| self.photos.printed(url, Ink::Light).is_some();
        well &= leaflet.pictures().iter().all(ready);
        well && kind.panels().iter().all(|name| leaflet.panels.contains_key(name))
    }

    fn pdf(&self, job: &Job<'a>, stock: &Stock) -> Result<Made<'a>, Vec<Fault>> {
        let ordered = self.ordered(job);
        let key = ordered.key(job, stock.shelf);
        let pdf = match stock.get(&key) {
            Some(pdf) => pdf,
            None => self.press.leaflet(&ordered.order(job, &ordered.read(job)))?.pdf.into(),
        };
        Ok(Made { job: *job, name: job.name(), pdf, key })
    }

    /// One folder for who asks, wherever it may stand ready.
    pub(super) fn fresh(&self, job: &Job<'a>) -> Result<Vec<u8>, Vec<Fault>> {
        let ordered = self.ordered(job);
        Ok(self.press.leaflet(&ordered.order(job, &ordered.read(job)))?.pdf)
    }

    pub(super) fn pictures(&self, job: &Job<'a>, scale: f64) -> Result<Vec<Picture>, Vec<Fault>> {
        let ordered = self.ordered(job);
        self.press.pictures(&ordered.order(job, &ordered.read(job)), scale)
    }

    fn ordered(&self, job: &Job<'a>) -> Ordered<'a> {
        let ident = format!("{}/{}", self.content.site.base_url, job.name());
        let ink = match job.goal {
            Goal::Home => Ink::Light,
            Goal::PrintShop => Ink::Press,
        };
        let photos = job
            .leaflet
            .pictures()
            .into_iter()
            .filter_map(|(url, _)| Some((url, self.photos.printed(url, ink)?)));
        let photos: BTreeMap<&str, &Printed> = photos.collect();
        let data = data::data(self.content, self.theme, job, &photos);
        let pictures = photos.into_values().map(|photo| Arc::clone(&photo.jpeg)).collect();
        // Nothing in it that cannot be written.
        let text = serde_json::to_string(&data).unwrap_or_default();
        Ordered { ident, data, text, pictures }
    }
}

/// A folder as it will be set.
struct Ordered<'a> {
    ident: String,
    data: Data<'a>,
    /// The same, written out.
    text: String,
    pictures: Vec<Arc<[u8]>>,
}

impl Ordered<'_> {
    fn key(&self, job: &Job, shelf: &Shelf) -> Key {
        shelf.key([&self.ident, &self.text, job.goal.name()])
    }

    /// What the template reads.
    fn read(&self, job: &Job) -> Value {
        let mut data = serde_json::to_value(&self.data).unwrap_or_default();
        data["qr"] = data::qr(&self.data.address).into();
        data["purpose"] = job.goal.name().into();
        data["code"] = self.code().into();
        data
    }

    /// Tells two versions of a folder apart on paper: equal codes, equal words and numbers. The one
    /// from home and the one from the print shop have the same.
    fn code(&self) -> String {
        let mut code = digest([("data", self.text.as_bytes())]);
        code.truncate(CODE_DIGITS);
        code
    }

    fn order<'o>(&'o self, job: &Job, data: &'o Value) -> Order<'o> {
        Order {
            template: template(job.format),
            data,
            ident: &self.ident,
            purpose: match job.goal {
                Goal::Home => Purpose::Reader,
                Goal::PrintShop => Purpose::PrintShop,
            },
            pictures: &self.pictures,
        }
    }
}

/// Enough for all versions that there will ever be of one folder, and short enough to read out on
/// the telephone.
const CODE_DIGITS: usize = 6;
