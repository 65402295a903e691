//! Dutch text into sentences and words.
//!
//! No sentence crosses a `\n`, which stands for a line that an editor broke on purpose.

use super::stops;

/// What may be asked of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Letters,
    /// Figures, also several groups of them: `112`, `10.30`, `14 0412`.
    Number,
    /// A web or e-mail address: one word to read, but none to judge.
    Address,
}

/// A word without the punctuation around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    pub text: &'a str,
    /// Byte offset in the text that was divided.
    pub start: usize,
    pub kind: Kind,
}

impl Word<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// Calls `visit` with the words of each sentence that has any. `words` is room to work in.
pub fn each_sentence<'a>(
    text: &'a str,
    words: &mut Vec<Word<'a>>,
    mut visit: impl FnMut(&[Word<'a>]),
) {
    words.clear();
    let mut tokens = Tokens { text, at: 0 }.peekable();
    while let Some(token) = tokens.next() {
        add(text, &token, words);
        let ended = match tokens.peek() {
            Some(next) => token.broken || stops::end_sentence(token.text, next.text),
            None => true,
        };
        if ended && !words.is_empty() {
            visit(words);
            words.clear();
        }
    }
}

fn add<'a>(text: &'a str, token: &Token<'a>, words: &mut Vec<Word<'a>>) {
    let open = token.text.trim_start_matches(is_around);
    let start = token.start + token.text.len() - open.len();
    let word = open.trim_end_matches(is_around);
    if word.is_empty() {
        return;
    }
    let kind = kind_of(word);
    if kind == Kind::Number
        && let Some(last) = words.last_mut()
        && last.kind == Kind::Number
        && text.get(last.end()..start).is_some_and(|gap| gap.trim().is_empty())
        && let Some(whole) = text.get(last.start..start + word.len())
    {
        last.text = whole;
        return;
    }
    words.push(Word { text: word, start, kind });
}

/// Punctuation, at either side of a word.
pub fn is_around(c: char) -> bool {
    if c.is_ascii() { !c.is_ascii_alphanumeric() } else { !c.is_alphanumeric() }
}

fn kind_of(word: &str) -> Kind {
    let (mut letters, mut marks) = (false, false);
    for byte in word.bytes() {
        letters |= byte.is_ascii_alphabetic() || !byte.is_ascii();
        marks |= matches!(byte, b'.' | b'@' | b'/');
    }
    match (letters, marks) {
        (false, _) => Kind::Number,
        (true, true) if is_address(word) => Kind::Address,
        _ => Kind::Letters,
    }
}

/// `oss.nl`, `www.oss.nl/wonen`, `naam@oss.nl`; not `o.a` and not `en/of`.
fn is_address(word: &str) -> bool {
    let host = word.split('/').next().unwrap_or(word);
    word.contains('@')
        || word.contains("://")
        || (host.contains('.') && host.split('.').all(|part| part.len() > 1))
}

struct Token<'a> {
    text: &'a str,
    start: usize,
    /// The line was broken on purpose after it.
    broken: bool,
}

/// The text between white space. A long dash without spaces parts words too.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        // Only the first token can have a gap before it.
        let start = self.end_of(true, self.at);
        let end = self.end_of(false, start);
        self.at = self.end_of(true, end);
        let text = self.text.get(start..end).filter(|text| !text.is_empty())?;
        let broken = self.text.as_bytes().get(end..self.at)?.contains(&b'\n');
        Some(Token { text, start, broken })
    }
}

impl Tokens<'_> {
    /// Where the gap, or else the token, that begins at `at` is over.
    fn end_of(&self, gap: bool, mut at: usize) -> usize {
        while let Some(byte) = self.text.as_bytes().get(at) {
            let (is_gap, length) = match byte {
                byte if byte.is_ascii() => (byte.is_ascii_whitespace(), 1),
                _ => match self.text.get(at..).and_then(|rest| rest.chars().next()) {
                    Some(c) => (c == '—' || c.is_whitespace(), c.len_utf8()),
                    None => return at,
                },
            };
            if is_gap != gap {
                return at;
            }
            at += length;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences as their words, joined by bars.
    fn split(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_sentence(text, &mut Vec::new(), |words| {
            for word in words {
                assert_eq!(text.get(word.start..word.end()), Some(word.text));
            }
            found.push(words.iter().map(|word| word.text).collect::<Vec<_>>().join("|"));
        });
        found
    }

    fn counts(text: &str) -> Vec<usize> {
        split(text).iter().map(|sentence| sentence.split('|').count()).collect()
    }

    #[test]
    fn stops_questions_and_shouts_end_a_sentence() {
        assert_eq!(
            split("Is er gevaar? Bel dan 112! Wacht… Het helpt. 14 0412 mag ook"),
            ["Is|er|gevaar", "Bel|dan|112", "Wacht", "Het|helpt", "14 0412|mag|ook"]
        );
    }

    #[test]
    fn numbers_and_addresses_are_one_word() {
        assert_eq!(
            split("Bel 0900-8844 of 14 0412 om 10.30 uur."),
            ["Bel|0900-8844|of|14 0412|om|10.30|uur"]
        );
        assert_eq!(split("Kosten: € 1.250,50 voor 3, 4 of 5."), ["Kosten|1.250,50|voor|3|4|of|5"]);
        let text = "Zie www.oss.nl/wonen. Mail naam@oss.nl en/of bel o.a. ons, e-mail mag ook.";
        let mut kinds = Vec::new();
        each_sentence(text, &mut Vec::new(), |words| {
            kinds.extend(words.iter().filter(|w| w.kind == Kind::Address).map(|w| w.text));
        });
        assert_eq!(kinds, ["www.oss.nl/wonen", "naam@oss.nl"]);
        assert_eq!(counts(text), [2, 9]);
    }

    #[test]
    fn quotes_and_brackets_stay_with_their_sentence() {
        assert_eq!(
            split("Zij zei: \"Kom binnen.\" Wij gingen. (Het was koud.) ‘Hoi!’ riep hij."),
            ["Zij|zei|Kom|binnen", "Wij|gingen", "Het|was|koud", "Hoi|riep|hij"]
        );
        assert_eq!(split("Zie Wie bel ik? op de site"), ["Zie|Wie|bel|ik|op|de|site"]);
        assert_eq!(split("Zie Wie bel ik?. Daar staat het"), ["Zie|Wie|bel|ik", "Daar|staat|het"]);
    }

    #[test]
    fn broken_lines_and_dashes() {
        assert_eq!(split("eerste regel\ntweede\u{a0}regel"), ["eerste|regel", "tweede|regel"]);
        assert_eq!(split("huis—tuin – keuken-kast"), ["huis|tuin|keuken-kast"]);
        assert_eq!(split(" \n … — \n"), [""; 0]);
    }
}
