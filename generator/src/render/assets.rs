//! Files of the theme that are published as they are.

use super::{Artefact, SITE};
use crate::theme::Theme;

pub fn assets(theme: &Theme) -> Vec<Artefact> {
    let mut all =
        vec![Artefact::new(format!("{SITE}/assets/style.css"), theme.style.clone().into_bytes())];
    for (name, bytes) in &theme.fonts {
        all.push(Artefact::new(format!("{SITE}/assets/fonts/{name}"), bytes.clone()));
    }
    for (name, bytes) in &theme.assets {
        all.push(Artefact::new(format!("{SITE}/assets/{name}"), bytes.clone()));
    }
    all
}
