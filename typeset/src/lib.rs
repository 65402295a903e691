//! Sets a leaflet: a Typst template and a tree of data become a tagged PDF.
//!
//! Pure: no file is read or written, no clock is asked, the template reaches nothing but
//! `/data.json`. Text in the data stays text, because it enters as JSON and never as markup.
//!
//! # What a template promises
//! * It reads `json("/data.json")` and sets the document's title, date and language.
//! * After each block it puts `#metadata((panel: …, line: …, floor: …))<blk>`, where `line` is the
//!   block's line in the Markdown file and `floor` the height on the page, a length, that the block
//!   may not pass. A typesetter never warns of overflow; these marks do.
//! * Fonts are named after their files: `noto-sans-latin` is what `noto-sans-latin-*.woff2` hold.

mod fit;
mod fonts;
mod world;

use std::fmt;

use serde_json::Value;
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Bytes, Smart};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use world::Sheet;

/// Fonts and template, made ready once; any number of threads may set leaflets with it.
pub struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: typst::syntax::Source,
    standards: PdfStandards,
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
    Overflow { panel: String, line: usize, millimetres: f64 },
    /// The template does not compile, or its result breaks the standards.
    Template(String),
}

/// How many leaflets an intermediate result outlives its last use. Neighbourhoods share
/// paragraphs, so keeping some pays; keeping all would let a long preview grow without end.
const CACHE_AGE: usize = 10;

impl Press {
    /// Decompresses the fonts, given as file name and WOFF2 bytes, and parses the template.
    pub fn new(template: &str, fonts: &[(String, Vec<u8>)]) -> Result<Press, String> {
        let (book, fonts) = fonts::open(fonts)?;
        let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .map_err(|error| error.message().to_string())?;
        Ok(Press {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(book),
            fonts,
            template: world::template(template)?,
            standards,
        })
    }

    /// Sets one leaflet. `ident` names the document for ever: it becomes the PDF's identifier, and
    /// with the date in the data it makes the bytes depend on the arguments alone.
    pub fn leaflet(&self, data: &Value, ident: &str) -> Result<Leaflet, Vec<Fault>> {
        let made = self.set(data, ident);
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

    fn set(&self, data: &Value, ident: &str) -> Result<Leaflet, Vec<Fault>> {
        let data = serde_json::to_vec(data).map_err(|e| vec![Fault::Template(e.to_string())])?;
        let sheet = Sheet::new(self, Bytes::new(data)).map_err(|e| vec![Fault::Template(e)])?;
        let document = sheet.faults(typst::compile::<PagedDocument>(&sheet).output)?;
        let overflows = fit::overflows(&document);
        if !overflows.is_empty() {
            return Err(overflows);
        }
        let options = PdfOptions {
            ident: Smart::Custom(ident.to_owned()),
            creator: Smart::Custom(Some("Nieuwe Buren".to_owned())),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        };
        let pdf = sheet.faults(typst_pdf::pdf(&document, &options))?;
        Ok(Leaflet { pdf, pages: document.pages().len() })
    }
}

impl Sheet<'_> {
    fn faults<T>(&self, result: SourceResult<T>) -> Result<T, Vec<Fault>> {
        result.map_err(|errors| errors.iter().map(|e| Fault::Template(self.describe(e))).collect())
    }

    /// The message with its line in the template and the hints, on one line.
    fn describe(&self, error: &SourceDiagnostic) -> String {
        let lines = self.press.template.lines();
        let line = self.range(error.span).and_then(|range| lines.byte_to_line(range.start));
        let place = line.map_or(String::new(), |line| format!("{}: ", line + 1));
        let hints: String = error.hints.iter().map(|hint| format!(" ({})", hint.v)).collect();
        format!("{place}{}{hints}", error.message)
    }
}
