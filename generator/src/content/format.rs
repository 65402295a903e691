//! The shapes in which a folder can be printed.

use super::LeafletKind;
use super::fields::Choice;

/// One shape of paper.
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

    /// As it stands in the content, in commands and in names of files.
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

    /// Which text of the content is in it.
    pub fn text(self) -> LeafletKind {
        if self == Self::Door { LeafletKind::Door } else { LeafletKind::Folder }
    }

    /// Whether residents find it on the site. The card for who rings the bell is for nobody else.
    pub fn is_public(self) -> bool {
        self.text() == LeafletKind::Folder
    }
}

pub(super) const FORMAT: Choice<Format> = Choice {
    all: &Format::ALL,
    name: Format::name,
    message: |given| format!("Folders in de vorm `{given}` zijn er niet."),
};
