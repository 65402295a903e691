//! Words as the counter of syllables and the list of hard words see them.
//!
//! Lower case, without accents, one byte a letter. A vowel under a trema is a capital: in Dutch that
//! mark starts a new syllable. Editors may write either apostrophe, and soft hyphens disappear.

/// The folded words of one sentence, in one buffer that is used again for the next.
#[derive(Default)]
pub struct Folded {
    bytes: Vec<u8>,
    /// Where each word ends in `bytes`; it starts where the one before ends.
    ends: Vec<usize>,
}

impl Folded {
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    pub fn push(&mut self, word: &str) {
        if word.is_ascii() {
            self.bytes.extend(word.bytes().map(|byte| byte.to_ascii_lowercase()));
        } else {
            word.chars().for_each(|c| fold(c, &mut self.bytes));
        }
        self.ends.push(self.bytes.len());
    }

    /// The word at `index`; nothing if there is none.
    pub fn get(&self, index: usize) -> &[u8] {
        let Some(end) = self.ends.get(index) else { return &[] };
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).unwrap_or(&0);
        self.bytes.get(*start..*end).unwrap_or_default()
    }
}

/// One word on its own, for keys of a list.
pub fn folded(word: &str) -> Box<[u8]> {
    let mut one = Folded::default();
    one.push(word);
    one.bytes.into_boxed_slice()
}

fn fold(c: char, out: &mut Vec<u8>) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase() as u8);
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    let byte = match lower {
        'à' | 'á' | 'â' | 'ã' | 'å' => b'a',
        'è' | 'é' | 'ê' => b'e',
        'ì' | 'í' | 'î' => b'i',
        'ò' | 'ó' | 'ô' | 'õ' => b'o',
        'ù' | 'ú' | 'û' => b'u',
        'ý' | 'ÿ' => b'y',
        'ä' => b'A',
        'ë' => b'E',
        'ï' => b'I',
        'ö' => b'O',
        'ü' => b'U',
        'ç' => b'c',
        'ñ' => b'n',
        '’' | '‘' => b'\'',
        '–' | '\u{2010}' | '\u{2011}' => b'-',
        'ĳ' => {
            out.push(b'i');
            b'j'
        }
        // A trema that is written as a mark of its own, after its vowel.
        '\u{308}' => {
            if let Some(last) = out.last_mut() {
                last.make_ascii_uppercase();
            }
            return;
        }
        // Soft hyphen and the other marks.
        '\u{ad}' | '\u{300}'..='\u{36f}' => return,
        other => {
            out.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes());
            return;
        }
    };
    out.push(byte);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(word: &str) -> String {
        String::from_utf8_lossy(&folded(word)).into_owned()
    }

    #[test]
    fn one_spelling_for_all_ways_to_write_a_word() {
        assert_eq!(text("Één"), "een");
        assert_eq!(text("foto’s"), "foto's");
        assert_eq!(text("gemeente\u{ad}huis"), "gemeentehuis");
        assert_eq!(text("ĲSSEL"), "ijssel");
        assert_eq!(text("coördineren"), "coOrdineren");
        assert_eq!(text("coo\u{308}rdineren"), "coOrdineren");
        assert_eq!(text("сусід"), "сусід");
    }

    #[test]
    fn words_keep_their_place() {
        let mut words = Folded::default();
        words.push("Bel");
        words.push("112");
        words.push("nu");
        assert_eq!(
            [words.get(0), words.get(1), words.get(2), words.get(3)],
            [&b"bel"[..], b"112", b"nu", b""]
        );
    }
}
