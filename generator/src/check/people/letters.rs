//! Where words begin and end, in the scripts of the languages that are known here. Most is decided by
//! one byte: every page of a site comes along.

/// What the first byte of a character says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Letter,
    Gap,
    /// It may end a sentence or a line.
    Mark,
    /// Letters and marks begin with this byte.
    Look,
}

const SORTS: [Sort; 256] = sorts();

const fn sorts() -> [Sort; 256] {
    let mut sorts = [Sort::Gap; 256];
    let mut byte: usize = 0;
    while byte < sorts.len() {
        sorts[byte] = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => Sort::Letter,
            b'\n' | b'.' | b'!' | b'?' | b':' | b';' | b']' => Sort::Mark,
            // Latin marks, Arabic, Ethiopic, punctuation of all scripts, and what is rare.
            0xc2 | 0xd8 | 0xe1..=0xe3 | 0xef..=0xff => Sort::Look,
            0x80..=0xff => Sort::Letter,
            _ => Sort::Gap,
        };
        byte += 1;
    }
    sorts
}

#[inline]
pub fn sort(byte: u8) -> Sort {
    SORTS[usize::from(byte)]
}

/// Bytes of the letter at `at`, if its first byte does not tell and it is one.
#[inline]
pub fn letter(text: &str, at: usize) -> Option<usize> {
    let rest = text.as_bytes().get(at..)?;
    match rest {
        [0xd8, 0xa0..=0xff, ..] => return Some(2),
        // Ethiopic, but for its own punctuation.
        [0xe1, 0x88..=0x8c, ..] => return Some(3),
        _ => {}
    }
    let c = text.get(at..)?.chars().next()?;
    c.is_alphanumeric().then(|| c.len_utf8())
}

/// Past the last letter of the word at `at`, and whether dashes are in it. Marks inside belong to
/// it.
pub fn end_of_word(text: &str, mut at: usize) -> (usize, bool) {
    let bytes = text.as_bytes();
    let mut dashed = false;
    loop {
        while bytes.get(at).is_some_and(|byte| sort(*byte) == Sort::Letter) {
            at += 1;
        }
        let Some(byte) = bytes.get(at) else { return (at, dashed) };
        let joiner = match byte {
            b'-' | b'\'' => 1,
            b'.' | b',' if is_digit(bytes, at.wrapping_sub(1)) && is_digit(bytes, at + 1) => 1,
            byte if byte.is_ascii() => return (at, dashed),
            _ => match (letter(text, at), bytes.get(at..)) {
                (Some(length), _) => {
                    at += length;
                    continue;
                }
                // The curly apostrophe, and the soft hyphen.
                (None, Some([0xe2, 0x80, 0x99, ..])) => 3,
                (None, Some([0xc2, 0xad, ..])) => 2,
                (None, _) => return (at, dashed),
            },
        };
        let next = bytes.get(at + joiner).map(|next| sort(*next));
        let goes_on = match next {
            Some(Sort::Letter) => true,
            Some(Sort::Look) => letter(text, at + joiner).is_some(),
            _ => false,
        };
        if !goes_on {
            return (at, dashed);
        }
        dashed |= *byte == b'-';
        at += joiner;
    }
}

fn is_digit(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}
