//! What a table may hold, as the very reader tells that reads it: a schema made from this cannot say
//! otherwise than the program.

use std::ops::RangeInclusive;

use toml::de::DeTable;

use super::Fields;
use crate::diagnostics::{Diagnostics, Place, Source};

/// A key that a reader asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub name: &'static str,
    pub kind: Kind,
    pub mandatory: bool,
    /// Another key and its value, with which this one is mandatory.
    pub needed_with: Option<(&'static str, &'static str)>,
}

/// What belongs behind a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Any text that says something.
    Text,
    /// Any text, or none yet.
    AnyText,
    /// A text of at most so many characters.
    Short(usize),
    /// A text that a regular expression (ECMA 262, as JSON Schema has them) finds.
    Like(&'static str),
    OneOf(Vec<&'static str>),
    /// A list of such words.
    SomeOf(Vec<&'static str>),
    /// One text or a list of them.
    Texts,
    /// Texts by names that the editor makes.
    TextMap,
    Date,
    Integer(Option<RangeInclusive<i64>>),
    Bool,
    Table(Vec<Key>),
    Tables(Vec<Key>),
    /// Tables by names that the editor makes.
    NamedTables(Vec<Key>),
}

/// The keys that `read` asks for, in its order. It is run on a table without any, so it must ask for
/// all of them before it gives up on one.
pub fn describe<T>(read: impl FnOnce(&mut Fields, &mut Diagnostics) -> T) -> Vec<Key> {
    let table = DeTable::new();
    let source = Source::new("", "");
    let mut fields = Fields {
        table: &table,
        place: Place::file(&source),
        source,
        base: 0,
        known: Vec::new(),
        refused: Vec::new(),
        described: Some(Vec::new()),
    };
    read(&mut fields, &mut Diagnostics::default());
    fields.described.unwrap_or_default()
}

impl Fields<'_> {
    /// Notes what is asked for, where somebody wants to know. The first to tell of a key knows most:
    /// a method that is more exact stands on those that are less so.
    pub(super) fn tell(
        &mut self,
        name: &'static str,
        mandatory: bool,
        kind: impl FnOnce() -> Kind,
    ) {
        if let Some(keys) = &mut self.described
            && keys.iter().all(|key| key.name != name)
        {
            keys.push(Key { name, kind: kind(), mandatory, needed_with: None });
        }
    }

    /// Notes that `name` is mandatory where another key has this value. The reader refuses it itself.
    pub fn tell_needed(&mut self, name: &str, with: (&'static str, &'static str)) {
        let keys = self.described.iter_mut().flatten();
        for key in keys.filter(|key| key.name == name) {
            key.needed_with = Some(with);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_tells_what_it_asks_for() {
        let keys = describe(|fields, diagnostics| {
            fields.string("a", diagnostics);
            fields.optional_date("b", diagnostics);
            fields.tables("c", diagnostics, |fields, diagnostics| {
                fields.flag("d", diagnostics);
                fields.strings("e", diagnostics)
            });
        });
        let key = |name, kind, mandatory| Key { name, kind, mandatory, needed_with: None };
        let inner = vec![key("d", Kind::Bool, false), key("e", Kind::Texts, false)];
        assert_eq!(
            keys,
            [
                key("a", Kind::Text, true),
                key("b", Kind::Date, false),
                key("c", Kind::Tables(inner), false),
            ]
        );
    }
}
