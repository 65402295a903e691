//! Fills what a text leaves to the site: addresses, components, pictures.

use std::sync::Arc;

use super::components::{self, Made, Medium};
use super::fingerprint::Fingerprint;
use super::html::Renderer;
use super::links;
use super::voice::Voice;
use crate::diagnostics::{Diagnostic, Place, Source};
use crate::markdown::{Body, Call, Hole, escape};

/// One text that is being filled.
pub struct Fill<'a> {
    pub renderer: &'a Renderer<'a>,
    pub voice: &'a Voice<'a>,
    pub made: &'a Made,
    /// Where the text stands.
    pub source: &'a Arc<Source>,
    /// In the text of a folder, the way to the page of its area, ready to be put in.
    pub area_link: Option<&'a str>,
    pub faults: Vec<Diagnostic>,
}

impl Fill<'_> {
    /// Everything that [`Fill::filled`] would write into the holes.
    pub fn print(&self, body: &Body, print: &mut Fingerprint) {
        let lang = &self.voice.language.code;
        for hole in body.holes() {
            match hole {
                Hole::Link { url, .. } => {
                    print.add(&*links::resolved(self.renderer.content, url, lang));
                }
                Hole::Component { call, .. } | Hole::Open { call, .. } => {
                    print.add(&self.component(call).ok());
                }
                Hole::Picture { url, .. } => print.add(&self.renderer.photos.get(url)),
                Hole::Close { .. } => {}
            }
        }
    }

    pub fn filled(&mut self, body: &Body) -> String {
        body.filled(|out, hole| self.hole(out, hole))
    }

    fn component(&self, call: &Call) -> Result<components::Html, String> {
        match self.area_link {
            Some(link) if call.name == "area-link" => {
                Ok(components::Html::new((link.to_owned(), String::new())))
            }
            _ => self.made.get(call, self.voice, self.renderer),
        }
    }

    /// Whether a component can be shown; what is wrong with one is kept.
    fn fits(&mut self, call: &Call, line: usize) -> bool {
        let medium = if self.area_link.is_some() { Medium::Leaflet } else { Medium::Site };
        let place = Place::line(self.source, line);
        let fault = components::check(self.renderer.content, call, &place, medium);
        let fits = fault.is_none();
        // The mistakes of a folder are told when it is set.
        self.faults.extend(fault.filter(|_| medium == Medium::Site));
        fits
    }

    fn hole(&mut self, out: &mut String, hole: &Hole) {
        match hole {
            Hole::Link { url, .. } => {
                let lang = &self.voice.language.code;
                escape(out, &links::resolved(self.renderer.content, url, lang));
            }
            Hole::Component { call, line } | Hole::Open { call, line } => {
                if !self.fits(call, *line) {
                    return;
                }
                match self.component(call) {
                    Ok(html) => out.push_str(&html.0),
                    Err(message) => self.faults.push(Diagnostic::general(message)),
                }
            }
            Hole::Close { call } => {
                if let Ok(html) = self.component(call) {
                    out.push_str(&html.1);
                }
            }
            Hole::Picture { url, alt, line } => {
                let place = || Place::line(self.source, *line);
                match self.renderer.picture(self.voice, url, alt, place) {
                    Ok(Some(html)) => out.push_str(&html),
                    Ok(None) => {}
                    Err(fault) => self.faults.push(fault),
                }
            }
        }
    }
}
