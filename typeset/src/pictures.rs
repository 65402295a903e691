//! Leaflets as pictures: each page for itself, and all of them on one sheet to look over.

use serde_json::json;
use tiny_skia::{Pixmap, PixmapPaint, Transform};
use typst_render::RenderOptions;

use crate::world::Sheet;
use crate::{CACHE_AGE, Fault, Order, Press, of_template};

/// A page, drawn.
pub struct Picture(Pixmap);

impl Picture {
    /// In pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.0.width(), self.0.height())
    }

    /// Below each other, with nothing between them; `None` when there are none.
    pub fn stacked(pages: &[Self]) -> Option<Self> {
        let width = pages.iter().map(|page| page.0.width()).max()?;
        let height: u32 = pages.iter().map(|page| page.0.height() + GAP).sum();
        let mut canvas = Pixmap::new(width, height - GAP)?;
        let mut top = 0;
        for page in pages {
            page.draw(&mut canvas, 0, top);
            top += page.0.height() + GAP;
        }
        Some(Self(canvas))
    }

    fn draw(&self, canvas: &mut Pixmap, left: u32, top: u32) {
        canvas.draw_pixmap(
            left.cast_signed(),
            top.cast_signed(),
            self.0.as_ref(),
            &PixmapPaint::default(),
            Transform::identity(),
            None,
        );
    }

    pub fn png(&self) -> Result<Vec<u8>, String> {
        self.0.encode_png().map_err(|error| error.to_string())
    }
}

/// Pages that belong together on a contact sheet.
pub struct Group {
    pub caption: String,
    pub pages: Vec<Picture>,
}

/// Width of a contact sheet in pixels; as high as it takes.
const WIDTH: u32 = 3200;

/// Pixels around a group, and between the pages of one.
const GAP: u32 = 24;
const BETWEEN: u32 = 4;

/// Pixels for the words above a group, and for the widest of their letters.
const CAPTION: u32 = 22;
const LETTER: u32 = 8;

/// What a sheet may need at most: more than a picture viewer opens.
const TALLEST: u32 = 30_000;

/// Places the words; one pixel is one point.
const CAPTIONS: &str = r##"
#let data = json("/data.json")
#set page(width: data.width * 1pt, height: data.height * 1pt, margin: 0pt, fill: rgb("#e4e7ea"))
#set text(font: data.font, size: 13pt)
#for (x, y, words) in data.captions { place(dx: x * 1pt, dy: y * 1pt, words) }
"##;

impl Press {
    /// Every page of a leaflet; `scale` is in pixels a point, of which 72 go in an inch.
    pub fn pictures(&self, order: &Order, scale: f64) -> Result<Vec<Picture>, Vec<Fault>> {
        let drawn = self.draw(order, scale);
        comemo::evict(CACHE_AGE);
        drawn
    }

    fn draw(&self, order: &Order, scale: f64) -> Result<Vec<Picture>, Vec<Fault>> {
        let sheet = Sheet::new(self, order).map_err(of_template)?;
        let document = sheet.document()?;
        let options = RenderOptions { pixel_per_pt: scale.into(), render_bleed: true };
        let draw = |page| Picture(typst_render::render(page, &options));
        Ok(document.pages().iter().map(draw).collect())
    }

    /// All groups on one picture, in rows, each under its caption.
    pub fn contact_sheet(&self, groups: &[Group]) -> Result<Picture, String> {
        let (places, height) = rows(groups);
        if height > TALLEST {
            return Err(format!("the contact sheet would be {height} pixels high"));
        }
        let mut canvas = self.captions(groups, &places, height)?;
        for (group, (left, top)) in groups.iter().zip(places) {
            let mut left = left;
            for page in &group.pages {
                page.draw(&mut canvas, left, top + CAPTION);
                left += page.0.width() + BETWEEN;
            }
        }
        Ok(Picture(canvas))
    }

    fn captions(
        &self,
        groups: &[Group],
        places: &[(u32, u32)],
        height: u32,
    ) -> Result<Pixmap, String> {
        let caption = |(group, (x, y)): (&Group, &(u32, u32))| json!([x, y, group.caption]);
        let data = json!({
            "width": WIDTH,
            "height": height,
            "font": self.book.families().next().map(|(name, _)| name),
            "captions": groups.iter().zip(places).map(caption).collect::<Vec<_>>(),
        });
        let sheet = Sheet::own(self, CAPTIONS, &data)?;
        let document = sheet.document().map_err(|faults| format!("{faults:?}"))?;
        let page = document.pages().first().ok_or("no page")?;
        let options = RenderOptions { pixel_per_pt: 1.0.into(), render_bleed: false };
        Ok(typst_render::render(page, &options))
    }
}

/// Left upper corner of each group, and the height of all.
fn rows(groups: &[Group]) -> (Vec<(u32, u32)>, u32) {
    let (mut left, mut top, mut height) = (GAP, GAP, 0);
    let mut places = Vec::with_capacity(groups.len());
    for group in groups {
        let pages = group.pages.iter().map(|page| page.0.width() + BETWEEN);
        let caption = u32::try_from(group.caption.chars().count()).unwrap_or(0) * LETTER;
        let width = pages.sum::<u32>().saturating_sub(BETWEEN).max(caption);
        let tallest = group.pages.iter().map(|page| page.0.height()).max().unwrap_or_default();
        if left > GAP && left + width + GAP > WIDTH {
            (left, top, height) = (GAP, top + height + GAP, 0);
        }
        places.push((left, top));
        left += width + GAP;
        height = height.max(CAPTION + tallest);
    }
    (places, top + height + GAP)
}
