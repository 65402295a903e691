//! The shapes in which a folder is printed.

use crate::content::LeafletKind;

/// One shape of paper, with a template of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A4 folded twice, the inner panel rolled in.
    Trifold,
    /// A4 folded twice, as a harmonica.
    Zigzag,
    /// A5, two sides.
    Flyer,
    /// A4 folded to A5, four pages.
    Booklet,
    /// A4, one column of large letters, as many pages as it takes.
    Large,
    PosterA4,
    PosterA3,
    /// A5 for who rings the bell; it has a text of its own.
    Door,
}

/// For whom one is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// The printer at home or in the office, and the screen.
    Home,
    PrintShop,
}

impl Format {
    pub const ALL: [Self; 8] = [
        Self::Trifold,
        Self::Zigzag,
        Self::Flyer,
        Self::Booklet,
        Self::Large,
        Self::PosterA4,
        Self::PosterA3,
        Self::Door,
    ];

    /// As it stands in commands and in names of files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Trifold => "trifold",
            Self::Zigzag => "zigzag",
            Self::Flyer => "flyer",
            Self::Booklet => "booklet",
            Self::Large => "large",
            Self::PosterA4 => "poster-a4",
            Self::PosterA3 => "poster-a3",
            Self::Door => "door",
        }
    }

    /// File of the theme, below `leaflets/`.
    pub fn template(self) -> &'static str {
        match self {
            Self::Trifold => "trifold.typ",
            Self::Zigzag => "zigzag.typ",
            Self::Flyer => "flyer.typ",
            Self::Booklet => "booklet.typ",
            Self::Large => "large.typ",
            Self::PosterA4 | Self::PosterA3 => "poster.typ",
            Self::Door => "door.typ",
        }
    }

    /// Which text of the content is in it.
    pub fn text(self) -> LeafletKind {
        if self == Self::Door { LeafletKind::Door } else { LeafletKind::Folder }
    }

    /// How the paper is turned for its second side; the theme has words for it.
    pub(super) fn duplex(self) -> Option<&'static str> {
        match self {
            Self::Trifold | Self::Zigzag | Self::Booklet => Some("leaflet.duplex_short"),
            Self::Flyer | Self::Large | Self::Door => Some("leaflet.duplex_long"),
            Self::PosterA4 | Self::PosterA3 => None,
        }
    }
}

impl Goal {
    pub fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::PrintShop => "print-shop",
        }
    }
}
