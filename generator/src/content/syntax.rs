//! What is wrong with a line that is no TOML, in words for somebody who never heard of TOML.

/// The parser's words, what it means, and what to do. The parser is English and speaks of its own
/// grammar.
const MEANINGS: [(&str, &str, &str); 14] = [
    ("cannot recurse further", TOO_DEEP, FLATTER),
    ("recursion limit", TOO_DEEP, FLATTER),
    ("duplicate key", "Deze sleutel staat er twee keer.", "Haal een van de twee weg."),
    ("invalid basic string", NOT_CLOSED, "Zet aan het eind een recht aanhalingsteken: \"."),
    ("invalid literal string", NOT_CLOSED, "Zet aan het eind een recht aanhalingsteken: '."),
    (
        "string values must be quoted",
        "Deze waarde is niet te lezen.",
        "Zet tekst tussen rechte aanhalingstekens: \"tekst\". Kromme zoals “ mogen niet.",
    ),
    ("key with no value", "Na deze sleutel hoort een =.", "Schrijf: sleutel = \"tekst\"."),
    ("unclosed array", "Deze lijst houdt niet op.", "Zet een ] aan het eind."),
    ("unclosed table", "Deze kop houdt niet op.", "Zet een ] aan het eind."),
    ("invalid date", "Dit is geen datum.", "Schrijf jaar, maand en dag met streepjes: 2026-11-20."),
    ("unquoted keys cannot be empty", NO_KEY, KEY),
    ("invalid unquoted key", NO_KEY, KEY),
    (
        "unexpected key or value",
        "Na deze waarde staat nog iets.",
        "Zet elke sleutel op een eigen regel, en een # voor een opmerking.",
    ),
    (
        "missing escaped value",
        "Na een \\ mag dit teken niet.",
        "Schrijf \\\\ als u een \\ bedoelt.",
    ),
];

const NOT_CLOSED: &str = "Deze tekst houdt niet op.";
const TOO_DEEP: &str = "Deze waarden zitten te diep in elkaar.";
const FLATTER: &str = "Haal haakjes en punten weg: geen enkele sleutel heeft er zoveel.";
const NO_KEY: &str = "Dit is geen sleutel.";
const KEY: &str = "Een sleutel heeft kleine letters zonder accenten, zoals review_by.";

/// Message and hint.
pub fn explain(parser: &str) -> (String, &'static str) {
    match MEANINGS.iter().find(|(words, _, _)| parser.starts_with(words)) {
        Some((_, message, hint)) => ((*message).to_owned(), hint),
        None => (
            format!("Deze regel is niet te lezen ({parser})."),
            "Schrijf: sleutel = \"tekst\". Zet tekst tussen rechte aanhalingstekens.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;

    /// The words are the parser's: a new version that says it otherwise is noticed here.
    #[test]
    fn mistakes_that_editors_make_are_explained_in_dutch() {
        for (line, expected) in [
            ("a = 1\na = 2", "Deze sleutel staat er twee keer."),
            ("a = \"x", NOT_CLOSED),
            ("a = 'x", NOT_CLOSED),
            ("a = ja", "Deze waarde is niet te lezen."),
            ("a = “x”", "Deze waarde is niet te lezen."),
            ("a =", "Deze waarde is niet te lezen."),
            ("a", "Na deze sleutel hoort een =."),
            ("a b = 1", "Na deze sleutel hoort een =."),
            ("a = [\"x\"", "Deze lijst houdt niet op."),
            ("[a", "Deze kop houdt niet op."),
            ("a = 20-11-2026", "Dit is geen datum."),
            ("a = 2026-13-01", "Dit is geen datum."),
            ("= 1", NO_KEY),
            ("één = 1", NO_KEY),
            ("a = \"x\" y", "Na deze waarde staat nog iets."),
            (&format!("a = {}", "[".repeat(1000)), TOO_DEEP),
            (&format!("{}a = 1", "a.".repeat(1000)), TOO_DEEP),
            ("a = \"\\q\"", "Na een \\ mag dit teken niet."),
        ] {
            let error = DeTable::parse(line).expect_err(line);
            assert_eq!(explain(error.message()).0, expected, "{line}: {}", error.message());
        }
        assert!(explain("something new").0.contains("something new"));
    }
}
