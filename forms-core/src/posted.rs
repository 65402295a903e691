//! What a browser sent, before anything about it is believed.

/// Decoded name–value pairs in the order in which they were sent. A name may occur twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted(Vec<(String, String)>);

impl Posted {
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first value under this name, or the empty string.
    pub fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// How many values were sent under this name.
    pub fn count(&self, name: &str) -> usize {
        self.0.iter().filter(|(key, _)| key == name).count()
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Posted {
    fn from(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
    }
}
