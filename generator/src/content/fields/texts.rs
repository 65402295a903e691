//! Texts of a table: any, one of a list, or of a certain shape.

use super::{Fields, Kind, Located, wrong_type};
use crate::diagnostics::{Diagnostic, Diagnostics, Place, did_you_mean};

/// What a text must look like.
pub struct Rule {
    /// The same as `fits`, for the programs of editors.
    pub kind: Kind,
    pub fits: fn(&str) -> bool,
    /// What is wrong with a text that does not fit.
    pub message: fn(&str) -> String,
    pub hint: &'static str,
}

/// One of a few words.
pub struct Choice<T: 'static> {
    pub all: &'static [T],
    /// The spelling in the content.
    pub name: fn(T) -> &'static str,
    /// What is wrong with another word.
    pub message: fn(&str) -> String,
}

impl<T: Copy> Choice<T> {
    fn names(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.all.iter().map(|one| (self.name)(*one))
    }

    fn wrong(&self, given: Located<String>) -> Diagnostic {
        let hint = match did_you_mean(&given.value, self.names()) {
            Some(near) => format!("Bedoelt u `{near}`?"),
            None => format!("Deze mogen: {}.", self.names().collect::<Vec<_>>().join(", ")),
        };
        Diagnostic::error(given.place, (self.message)(&given.value)).hint(hint)
    }
}

impl Fields<'_> {
    pub fn optional_string(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Located<String>> {
        self.tell(key, false, || Kind::Text);
        let (value, place) = self.get(key)?;
        match value.as_str() {
            Some(text) if !text.trim().is_empty() => {
                Some(Located { value: text.to_owned(), place })
            }
            Some(_) => {
                diagnostics.push(empty(key, place));
                None
            }
            None => {
                diagnostics.push(wrong_type(key, "tekst tussen aanhalingstekens", place));
                None
            }
        }
    }

    /// A mandatory text; where it is missing the empty string lets the reading go on.
    pub fn string(&mut self, key: &'static str, diagnostics: &mut Diagnostics) -> Located<String> {
        self.tell(key, true, || Kind::Text);
        if !self.has(key) {
            self.known.push(key);
            self.missing(key, diagnostics);
        }
        let place = self.place.clone();
        self.optional_string(key, diagnostics).unwrap_or(Located { value: String::new(), place })
    }

    /// A text that may be left empty until it is filled in.
    pub fn filled_string(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Located<String>> {
        self.tell(key, false, || Kind::AnyText);
        if self.table.get(key).is_some_and(|value| value.get_ref().as_str() == Some("")) {
            self.known.push(key);
            return None;
        }
        self.optional_string(key, diagnostics)
    }

    /// One text or a list of texts; absent is the empty list.
    pub fn strings(
        &mut self,
        key: &'static str,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Located<String>> {
        self.tell(key, false, || Kind::Texts);
        let Some((value, place)) = self.get(key) else { return Vec::new() };
        if let Some(text) = value.as_str() {
            return vec![Located { value: text.to_owned(), place }];
        }
        let Some(array) = value.as_array() else {
            diagnostics.push(wrong_type(key, "een lijst van teksten", place));
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in array.iter() {
            let place = Place::at(&self.source, self.base + item.span().start);
            match item.get_ref().as_str() {
                Some(text) => texts.push(Located { value: text.to_owned(), place }),
                None => diagnostics.push(wrong_type(key, "een lijst van teksten", place)),
            }
        }
        texts
    }

    /// A mandatory text of a certain shape; one that does not fit is told, and returned all the
    /// same.
    pub fn string_by(
        &mut self,
        key: &'static str,
        rule: &Rule,
        diagnostics: &mut Diagnostics,
    ) -> Located<String> {
        self.tell(key, true, || rule.kind.clone());
        let text = self.string(key, diagnostics);
        // An empty text was told already.
        if !text.value.is_empty() {
            diagnostics.extend(wrong_shape(rule, &text));
        }
        text
    }

    /// A text of a certain shape; one that does not fit is told, and left out.
    pub fn optional_string_by(
        &mut self,
        key: &'static str,
        rule: &Rule,
        diagnostics: &mut Diagnostics,
    ) -> Option<Located<String>> {
        self.tell(key, false, || rule.kind.clone());
        let text = self.optional_string(key, diagnostics)?;
        match wrong_shape(rule, &text) {
            None => Some(text),
            Some(wrong) => {
                diagnostics.push(wrong);
                None
            }
        }
    }

    /// One of a few words, mandatory.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choice: &Choice<T>,
        diagnostics: &mut Diagnostics,
    ) -> Option<T> {
        self.tell(key, true, || Kind::OneOf(choice.names().collect()));
        if !self.has(key) {
            self.missing(key, diagnostics);
        }
        self.optional_choice(key, choice, diagnostics).map(|one| one.value)
    }

    pub fn optional_choice<T: Copy>(
        &mut self,
        key: &'static str,
        choice: &Choice<T>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Located<T>> {
        self.tell(key, false, || Kind::OneOf(choice.names().collect()));
        let given = self.optional_string(key, diagnostics)?;
        let place = given.place.clone();
        match choice.all.iter().find(|one| (choice.name)(**one) == given.value) {
            Some(one) => Some(Located { value: *one, place }),
            None => {
                diagnostics.push(choice.wrong(given));
                None
            }
        }
    }

    /// Some of a few words, in the order of the list of all; `None` where nothing is chosen.
    pub fn optional_choices<T: Copy>(
        &mut self,
        key: &'static str,
        choice: &Choice<T>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<T>> {
        self.tell(key, false, || Kind::SomeOf(choice.names().collect()));
        if !self.has(key) {
            self.known.push(key);
            return None;
        }
        let given = self.strings(key, diagnostics);
        let (known, wrong): (Vec<_>, Vec<_>) =
            given.into_iter().partition(|one| choice.names().any(|name| name == one.value));
        diagnostics.extend(wrong.into_iter().map(|one| choice.wrong(one)));
        let chosen = |one: &&T| known.iter().any(|given| given.value == (choice.name)(**one));
        Some(choice.all.iter().filter(chosen).copied().collect())
    }
}

/// A key with a text that says nothing.
pub fn empty(key: &str, place: Place) -> Diagnostic {
    Diagnostic::error(place, format!("De sleutel `{key}` is leeg."))
        .hint("Vul een tekst in of haal de regel weg.")
}

fn wrong_shape(rule: &Rule, text: &Located<String>) -> Option<Diagnostic> {
    let wrong = || Diagnostic::error(text.place.clone(), (rule.message)(&text.value));
    (!(rule.fits)(&text.value)).then(|| wrong().hint(rule.hint))
}
