//! Sets a leaflet: a Typst template and a tree of data become a tagged PDF, one for a print shop, or
//! pictures for the eye of whoever wrote it.
//!
//! Pure: no file is read or written, no clock is asked, a template reaches nothing but the templates
//! beside it, `/data.json` and the pictures of its order. Text in the data stays text, because it enters as JSON and never as
//! markup.
//!
//! # What a template promises
//! * It reads `json("/data.json")` and sets the document's title, date and language.
//! * After each block it puts `#metadata((panel: …, line: …, floor: …))<blk>`, where `line` is the
//!   block's line in the Markdown file and `floor` the height on the page, a length, that the block
//!   may not pass; with `left` and `right` it also says between which its words stand. A typesetter
//!   never warns of overflow; these marks do.
//! * Fonts are named after their files: `noto-sans-latin` is what `noto-sans-latin-*.woff2` hold.
//! * For a print shop it gives each page a bleed of [`BLEED`] or more and paints that far, uses no
//!   colour but CMYK and no links.

mod boxes;
mod fit;
mod fonts;
mod pictures;
mod world;

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::Smart;
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use boxes::BLEED;
pub use pictures::{Group, Picture};
use world::Sheet;

/// Fonts and templates, made ready once; any number of threads may set leaflets with it.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: HashMap<FileId, Source>,
    standards: PdfStandards,
}

/// One leaflet to be set.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// Name of the template's file.
    pub template: &'a str,
    pub data: &'a Value,
    /// Names the document for ever: it becomes the PDF's identifier, and with the date in the data
    /// it makes the bytes depend on the order alone.
    pub ident: &'a str,
    pub purpose: Purpose,
    /// JPEGs, which the template knows as `/picture-0.jpg` and so on.
    pub pictures: &'a [Arc<[u8]>],
}

/// For whom a PDF is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A screen, a screen reader, a printer at home: tagged, PDF/UA-1 and PDF/A-2a.
    Reader,
    /// A print shop's machine: paint over the edge, with the boxes that tell where the edge is.
    PrintShop,
}

/// A finished leaflet.
pub struct Leaflet {
    pub pdf: Vec<u8>,
    pub pages: usize,
}

/// Without the bytes, which nobody can read.
impl fmt::Debug for Leaflet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a leaflet of {} pages, {} bytes", self.pages, self.pdf.len())
    }
}

/// Why a leaflet cannot be made.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// The text of a panel is longer than the panel: the line of the first block that passes its
    /// end, and by how much the whole text does.
    Overflow { panel: String, line: usize, millimetres: f64, lines: usize, characters: usize },
    /// A word is wider than its panel; how it begins.
    Wide { panel: String, line: usize, word: String },
    /// The template does not compile, or its result breaks the standards.
    Template(String),
}

/// How many leaflets an intermediate result outlives its last use. Neighbourhoods share
/// paragraphs, so keeping some pays; keeping all would let a long preview grow without end.
const CACHE_AGE: usize = 10;

impl Press {
    /// Decompresses the fonts, given as file name and WOFF2 bytes, and parses the templates, given
    /// as file name and text.
    pub fn new(
        templates: &[(String, String)],
        fonts: &[(String, Vec<u8>)],
    ) -> Result<Press, String> {
        let (book, fonts) = fonts::open(fonts)?;
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .map_err(|error| error.message().to_string())?;
        Ok(Press {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(book),
            fonts,
            templates: world::templates(templates)?,
            standards,
        })
    }

    /// Sets one leaflet.
    pub fn leaflet(&self, order: &Order) -> Result<Leaflet, Vec<Fault>> {
        let made = self.set(order);
        comemo::evict(CACHE_AGE);
        made
    }

    /// The first character of `text` that no font can show. The exporter would refuse it without
    /// knowing where in the content it stands.
    pub fn covers(&self, text: &str) -> Option<char> {
        text.chars().find(|c| {
            !c.is_control()
                && !fonts::is_ignorable(*c)
                && !self.fonts.iter().any(|f| f.info().coverage.contains(u32::from(*c)))
        })
    }

    fn set(&self, order: &Order) -> Result<Leaflet, Vec<Fault>> {
        let sheet = Sheet::new(self, order).map_err(of_template)?;
        let document = sheet.document()?;
        let for_shop = order.purpose == Purpose::PrintShop;
        let options = PdfOptions {
            ident: Smart::Custom(order.ident.to_owned()),
            creator: Smart::Custom(Some("Nieuwe Buren".to_owned())),
            // The archive's standard forbids the colours of a printing press.
            standards: if for_shop { PdfStandards::default() } else { self.standards.clone() },
            tagged: !for_shop,
            ..PdfOptions::default()
        };
        let mut pdf = sheet.faults(typst_pdf::pdf(&document, &options))?;
        if for_shop {
            pdf = boxes::finish(&pdf).map_err(|error| of_template(error.to_string()))?;
        }
        Ok(Leaflet { pdf, pages: document.pages().len() })
    }
}

fn of_template(message: String) -> Vec<Fault> {
    vec![Fault::Template(message)]
}

impl Sheet<'_> {
    /// Set, with every text in its panel.
    fn document(&self) -> Result<PagedDocument, Vec<Fault>> {
        let document = self.faults(typst::compile::<PagedDocument>(self).output)?;
        let misfits = fit::faults(&document);
        if misfits.is_empty() { Ok(document) } else { Err(misfits) }
    }

    fn faults<T>(&self, result: SourceResult<T>) -> Result<T, Vec<Fault>> {
        result.map_err(|errors| errors.iter().map(|e| Fault::Template(self.describe(e))).collect())
    }

    /// The message with its file, line in it and the hints, on one line.
    fn describe(&self, error: &SourceDiagnostic) -> String {
        let file = error.span.id().and_then(|id| self.press.templates.get(&id));
        let line = file.zip(self.range(error.span)).and_then(|(file, range)| {
            let line = file.lines().byte_to_line(range.start)?;
            Some(format!("{}:{}: ", file.id().vpath().get_without_slash(), line + 1))
        });
        let place = line.unwrap_or_default();
        let hints: String = error.hints.iter().map(|hint| format!(" ({})", hint.v)).collect();
        format!("{place}{}{hints}", error.message)
    }
}
