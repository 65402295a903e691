//! Mistakes as data: what is wrong, where, and what to do about it.
//!
//! Everything that can be wrong in content becomes a [`Diagnostic`]; the work goes on as far as it
//! can, so that an editor sees all mistakes at once. Only `cli` prints them.

use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use crate::english::Tongue;

/// A file of the content or the theme, kept so that a message can show the line it is about.
#[derive(Debug)]
pub struct Source {
    /// Path as the editor knows it, with forward slashes, from the folder where the tool runs.
    pub path: String,
    pub text: String,
    /// Where each line begins, found when somebody first asks.
    starts: OnceLock<Vec<usize>>,
}

impl Source {
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), starts: OnceLock::new() })
    }

    fn starts(&self) -> &[usize] {
        self.starts.get_or_init(|| {
            let breaks = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(breaks).collect()
        })
    }

    /// One-based line of a byte offset.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts().partition_point(|start| *start <= offset.min(self.text.len()))
    }

    /// Byte at which a one-based line begins; the end for one that is not there.
    fn start_of(&self, line: usize) -> usize {
        self.starts().get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    fn line(&self, number: usize) -> Option<&str> {
        self.text[self.start_of(number)..].lines().next()
    }
}

/// A place in a source. Line and column are one-based; columns count characters.
#[derive(Debug, Clone)]
pub struct Place {
    pub source: Arc<Source>,
    pub line: usize,
    pub column: usize,
}

impl Place {
    pub fn at(source: &Arc<Source>, offset: usize) -> Self {
        let mut end = offset.min(source.text.len());
        while !source.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &source.text[..end];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Self {
            source: Arc::clone(source),
            line: source.line_of(end),
            column: before[start..].chars().count() + 1,
        }
    }

    /// The start of a line, for messages about a whole block.
    pub fn line(source: &Arc<Source>, line: usize) -> Self {
        Self { source: Arc::clone(source), line, column: 1 }
    }

    /// Where `text` stands, at `line` or a little below it; the start of the line if it is written
    /// otherwise.
    pub fn of(source: &Arc<Source>, line: usize, text: &str) -> Self {
        let start = source.start_of(line);
        let end = source.text.floor_char_boundary(start.saturating_add(NEAR));
        match source.text[start..end].find(text) {
            Some(at) => Self::at(source, start + at),
            None => Self::line(source, line),
        }
    }

    /// The words of its line.
    pub fn text(&self) -> Option<&str> {
        self.source.line(self.line)
    }

    /// The file as a whole, for what is missing from it.
    pub fn file(source: &Arc<Source>) -> Self {
        Self::line(source, 1)
    }
}

/// How far below a line the words of its block are looked for, in bytes. A page with thousands of
/// mistakes would be read thousands of times.
const NEAR: usize = 4096;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// To be mended soon.
    Warning,
    /// Would read better otherwise; nobody has to.
    Advice,
}

/// One message for the editor.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    pub severity: Severity,
    pub place: Option<Place>,
    pub message: String,
    pub hint: Option<String>,
}

impl Diagnostic {
    pub fn error<M: Into<String>>(place: Place, message: M) -> Self {
        Self { severity: Severity::Error, place: Some(place), message: message.into(), hint: None }
    }

    pub fn warning<M: Into<String>>(place: Place, message: M) -> Self {
        Self { severity: Severity::Warning, ..Self::error(place, message) }
    }

    pub fn advice<M: Into<String>>(place: Place, message: M) -> Self {
        Self { severity: Severity::Advice, ..Self::error(place, message) }
    }

    /// A mistake that has no line: a folder that is not there.
    pub fn general(message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, place: None, message: message.into(), hint: None }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// All messages of one run.
#[derive(Debug, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    pub fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(others);
    }

    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.0
    }

    /// Forgets what has no place in a file.
    pub fn drop_general(&mut self) {
        self.0.retain(|diagnostic| diagnostic.place.is_some());
    }

    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// In the order of files and lines, each message once.
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let key = |d: &Diagnostic| {
            let place = d.place.as_ref();
            (
                place.map(|p| p.source.path.clone()),
                place.map(|p| (p.line, p.column)),
                d.message.clone(),
            )
        };
        let mut all: Vec<&Diagnostic> = self.0.iter().collect();
        all.sort_by_cached_key(|d| key(d));
        all.dedup_by_key(|d| key(d));
        all
    }

    /// Only what stands in the way, for whoever is in the middle of a text.
    pub fn errors(&self, tongue: Tongue) -> String {
        let mut out = String::new();
        for error in self.sorted().into_iter().filter(|d| d.severity == Severity::Error) {
            render(&mut out, error, tongue);
        }
        out
    }

    /// The whole report as an editor reads it, closed by a line that counts what stands above it.
    pub fn report(&self, tongue: Tongue) -> String {
        let mut out = String::new();
        let all = self.sorted();
        for diagnostic in &all {
            render(&mut out, diagnostic, tongue);
        }
        let count = |severity| all.iter().filter(|one| one.severity == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        let advice = count(Severity::Advice);
        if errors + warnings + advice > 0 {
            let mut counts = vec![
                counted(errors, "fout", "fouten"),
                counted(warnings, "waarschuwing", "waarschuwingen"),
            ];
            if advice > 0 {
                counts.push(counted(advice, "tip", "tips"));
            }
            let counts: Vec<_> = counts.iter().map(|count| tongue.part(count)).collect();
            let _ = writeln!(out, "{}.", counts.join(", "));
        }
        out
    }
}

pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn render(out: &mut String, diagnostic: &Diagnostic, tongue: Tongue) {
    let label = match diagnostic.severity {
        Severity::Error => "fout",
        Severity::Warning => "let op",
        Severity::Advice => "tip",
    };
    let label = tongue.part(label);
    let _ = writeln!(out, "{label}: {}", printable(&tongue.say(&diagnostic.message)));
    if let Some(place) = &diagnostic.place {
        let _ = writeln!(out, "  --> {}:{}:{}", place.source.path, place.line, place.column);
        if let Some(line) = place.text().filter(|line| !line.trim().is_empty()) {
            let number = place.line.to_string();
            let shown = excerpt(line, place.column);
            let _ = writeln!(out, "  {number} | {}", printable(&shown.text));
            let padding = " ".repeat(number.len() + 5 + shown.caret);
            let _ = writeln!(out, "{padding}^");
        }
    }
    if let Some(hint) = &diagnostic.hint {
        let label = tongue.part("doe dit");
        let _ = writeln!(out, "  {label}: {}", printable(&tongue.say(hint)));
    }
    out.push('\n');
}

/// Control characters in content must not drive the terminal that shows them.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

struct Excerpt {
    text: String,
    caret: usize,
}

/// A window of a line that fits a terminal, with the column inside it.
fn excerpt(line: &str, column: usize) -> Excerpt {
    const WIDTH: usize = 88;
    let chars: Vec<char> = line.chars().map(|c| if c == '\t' { ' ' } else { c }).collect();
    let caret = column.saturating_sub(1).min(chars.len());
    if chars.len() <= WIDTH {
        return Excerpt { text: chars.into_iter().collect(), caret };
    }
    let from = caret.saturating_sub(WIDTH / 2).min(chars.len() - WIDTH);
    let mut text: String = chars[from..from + WIDTH].iter().collect();
    let mut caret = caret - from;
    if from > 0 {
        text.insert(0, '…');
        caret += 1;
    }
    if from + WIDTH < chars.len() {
        text.push('…');
    }
    Excerpt { text, caret }
}

/// The candidate that was probably meant, if any is near enough.
pub fn did_you_mean<'a>(
    given: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(given, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}
