//! Files of the theme that are published.

use super::{Artefact, SITE};
use crate::theme::Theme;

pub fn assets(theme: &Theme) -> Vec<Artefact> {
    let published = theme.published.iter();
    published.map(|(path, bytes)| Artefact::new(format!("{SITE}{path}"), bytes.clone())).collect()
}
