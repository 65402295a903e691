//! What the theme has for each format, and for whom a folder is made.

use crate::content::Format;

/// For whom one is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The printer at home or in the office, and the screen.
    Home,
    PrintShop,
}

impl Goal {
    pub const ALL: [Self; 2] = [Self::Home, Self::PrintShop];

    pub fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::PrintShop => "print-shop",
        }
    }
}

/// File of the theme, below `leaflets/`.
pub(super) fn template(format: Format) -> &'static str {
    match format {
        Format::Trifold => "trifold.typ",
        Format::Zigzag => "zigzag.typ",
        Format::Flyer => "flyer.typ",
        Format::Booklet => "booklet.typ",
        Format::Large => "large.typ",
        Format::PosterA4 | Format::PosterA3 => "poster.typ",
        Format::Door => "door.typ",
    }
}

/// How the paper is turned for its second side, as a key of the theme's words.
pub(super) fn duplex(format: Format) -> Option<&'static str> {
    match format {
        Format::Trifold | Format::Zigzag | Format::Booklet => Some("leaflet.duplex_short"),
        Format::Flyer | Format::Large | Format::Door => Some("leaflet.duplex_long"),
        Format::PosterA4 | Format::PosterA3 => None,
    }
}
