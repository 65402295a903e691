//! Files of the theme under names that hold a digest of what is in them, so that a browser may keep
//! them for ever and never shows an old one.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use forms_core::manifest::digest;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use tera::{Kwargs, State, TeraResult};

/// Below which all of them stand.
const FOLDER: &str = "/assets/";

/// Hexadecimal digits in a name: a theme has some dozens of files.
const DIGITS: usize = 8;

pub struct Published {
    /// Path below the site, and bytes.
    pub files: Vec<(String, Bytes)>,
    /// Name in the theme, for instance `fonts/x.woff2`, to the address on the site.
    addresses: Arc<BTreeMap<String, String>>,
}

impl Published {
    /// `assets` are published as they are; the stylesheet names fonts and assets by their plain
    /// addresses (`/assets/fonts/x.woff2`).
    pub fn new(
        style: String,
        fonts: &BTreeMap<String, Vec<u8>>,
        assets: BTreeMap<String, Vec<u8>>,
    ) -> Self {
        let mut published = Self { files: Vec::new(), addresses: Arc::default() };
        let mut addresses = BTreeMap::new();
        let fonts = fonts.iter().map(|(name, bytes)| (format!("fonts/{name}"), bytes.clone()));
        for (name, bytes) in fonts.chain(assets) {
            published.add(name, bytes, &mut addresses);
        }
        let style = addresses.iter().fold(style, |style, (name, address)| {
            style.replace(&format!("\"{FOLDER}{name}\""), &format!("\"{address}\""))
        });
        published.add("style.css".to_owned(), small(style).into_bytes(), &mut addresses);
        published.addresses = Arc::new(addresses);
        published
    }

    fn add(&mut self, name: String, bytes: Vec<u8>, addresses: &mut BTreeMap<String, String>) {
        let mut of = digest([("", bytes.as_slice())]);
        of.truncate(DIGITS);
        let address = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("{FOLDER}{stem}.{of}.{extension}"),
            None => format!("{FOLDER}{name}.{of}"),
        };
        self.files.push((address.clone(), bytes.into()));
        addresses.insert(name, address);
    }

    /// For templates: `{{ asset(path="style.css") }}`.
    pub fn function(
        &self,
    ) -> impl Fn(Kwargs, &State<'_>) -> TeraResult<String> + Send + Sync + 'static + use<> {
        let addresses = Arc::clone(&self.addresses);
        move |arguments, _| {
            let name: &str = arguments.must_get("path")?;
            addresses.get(name).cloned().ok_or_else(|| {
                tera::Error::message(format!("the theme has no file `{name}` in assets or fonts"))
            })
        }
    }
}

/// The stylesheet without what only its authors read. What cannot be parsed is published as it is:
/// browsers are more forgiving.
fn small(style: String) -> String {
    let sheet = StyleSheet::parse(&style, ParserOptions::default()).ok();
    let printed = sheet.and_then(|mut sheet| {
        sheet.minify(MinifyOptions::default()).ok()?;
        let options = PrinterOptions { minify: true, ..PrinterOptions::default() };
        Some(sheet.to_css(options).ok()?.code)
    });
    printed.unwrap_or(style)
}
