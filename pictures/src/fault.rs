//! Why a picture cannot be used, in the words of the editor who put it in.

use std::fmt;

use crate::{MAX_BYTES, MAX_PIXELS, MAX_SIDE, Size};

/// Why a picture cannot be used. `Display` says what is wrong and what to do about it;
/// [`Fault::message`] and [`Fault::hint`] give the two apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not a picture at all.
    NotAPicture,
    /// A picture of a kind that we do not read.
    Foreign(Foreign),
    /// More than [`MAX_BYTES`].
    TooHeavy { bytes: usize },
    /// More than [`MAX_PIXELS`], or a side longer than [`MAX_SIDE`].
    TooLarge(Size),
    /// Starts as a picture, but does not go on as one.
    Broken,
    /// Ours: the picture was read, and an encoder refused it. What the encoder said.
    Encoder(String),
}

/// Kinds of pictures that are recognised, to say what to do instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Foreign {
    Heic,
    Avif,
    JpegXl,
    Gif,
    /// A PNG or WebP that moves.
    Animation,
    Svg,
    Tiff,
    Bmp,
    Pdf,
}

impl Fault {
    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Fault::NotAPicture => "Dit is geen foto.".to_owned(),
            Fault::Foreign(kind) => kind.message().to_owned(),
            Fault::TooHeavy { bytes } => {
                // Upwards, so that one byte too many does not read as "30,0 MB".
                let tenths = bytes.div_ceil(100_000);
                format!(
                    "Deze foto is te groot: {},{} MB. Het mag hoogstens {} MB zijn.",
                    tenths / 10,
                    tenths % 10,
                    MAX_BYTES / 1_000_000
                )
            }
            Fault::TooLarge(Size { width, height }) => format!(
                "Deze foto is te groot: {width} bij {height} pixels. Het mogen er hoogstens {} \
                 miljoen zijn, en langs een kant {MAX_SIDE}.",
                MAX_PIXELS / 1_000_000
            ),
            Fault::Broken => "Deze foto is stuk, of niet helemaal gekopieerd.".to_owned(),
            Fault::Encoder(why) => format!("Deze foto kan niet worden omgezet: {why}."),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Fault::NotAPicture => "Gebruik een JPEG, PNG of WebP.",
            Fault::Foreign(kind) => kind.hint(),
            Fault::TooHeavy { .. } | Fault::TooLarge(_) => {
                "Bewaar haar kleiner; 3000 pixels breed is ruim genoeg."
            }
            Fault::Broken => {
                "Kopieer haar opnieuw van het toestel. Helpt dat niet: open haar en bewaar haar \
                 als JPEG."
            }
            Fault::Encoder(_) => "Dit is een fout in het programma. Meld haar bij de beheerder.",
        }
    }
}

impl Foreign {
    fn message(self) -> &'static str {
        match self {
            Foreign::Heic => {
                "Dit is een HEIC-foto van een telefoon. Die soort kan de site niet gebruiken."
            }
            Foreign::Avif => "Dit is een AVIF. Die soort kan de site niet gebruiken.",
            Foreign::JpegXl => "Dit is een JPEG XL. Die soort kan de site niet gebruiken.",
            Foreign::Gif => "Dit is een GIF. Die soort kan de site niet gebruiken.",
            Foreign::Animation => "Dit plaatje beweegt. Op de site staan foto's stil.",
            Foreign::Svg => "Dit is een SVG-tekening, geen foto.",
            Foreign::Tiff => {
                "Dit is een TIFF of een RAW-foto. Die soort kan de site niet gebruiken."
            }
            Foreign::Bmp => "Dit is een BMP. Die soort kan de site niet gebruiken.",
            Foreign::Pdf => "Dit is een PDF, geen foto.",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Foreign::Heic => {
                "Bewaar haar als JPEG. Of zet de iPhone op: Instellingen, Camera, Structuren, \
                 Meest compatibel."
            }
            Foreign::Avif | Foreign::JpegXl | Foreign::Tiff => "Bewaar haar als JPEG.",
            Foreign::Gif | Foreign::Bmp => "Bewaar het plaatje als PNG.",
            Foreign::Animation => "Bewaar er één beeld van, als JPEG of PNG.",
            Foreign::Svg => "Bewaar haar als PNG, minstens 1440 pixels breed.",
            Foreign::Pdf => "Bewaar de bladzijde als PNG, of haal de foto eruit.",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.message(), self.hint())
    }
}

impl std::error::Error for Fault {}
