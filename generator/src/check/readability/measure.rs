//! The two averages of a page.

/// How a page reads. All zero for a page without words.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measure {
    pub words: usize,
    pub sentences: usize,
    pub words_per_sentence: f64,
    /// From about 0 (very hard) to 100 (very easy); extreme texts lie outside.
    pub flesch_douma: f64,
}

/// What is counted while a page is read.
#[derive(Debug, Default)]
pub struct Tally {
    pub words: usize,
    pub sentences: usize,
    /// Words of letters: numbers and addresses say nothing about how hard the words are.
    pub spelled: usize,
    /// Syllables of those.
    pub syllables: usize,
}

impl Tally {
    pub fn measure(&self) -> Measure {
        if self.words == 0 {
            return Measure::default();
        }
        let words_per_sentence = ratio(self.words, self.sentences);
        let syllables_per_100_words = 100.0 * ratio(self.syllables, self.spelled.max(1));
        Measure {
            words: self.words,
            sentences: self.sentences,
            words_per_sentence,
            flesch_douma: flesch_douma(syllables_per_100_words, words_per_sentence),
        }
    }
}

/// Reading ease after Rudolf Flesch, fitted to Dutch by W.H. Douma: *De leesbaarheid van
/// landbouwbladen*, Bulletin 17, Afdeling Sociologie en Sociografie, Landbouwhogeschool Wageningen,
/// 1960.
fn flesch_douma(syllables_per_100_words: f64, words_per_sentence: f64) -> f64 {
    206.84 - 0.77 * syllables_per_100_words - 0.93 * words_per_sentence
}

/// Exact for any text that fits a memory: counts stay below 2⁵³.
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formula_is_the_published_one() {
        // 150 syllables in 100 words, 10 words a sentence: 206,84 − 115,5 − 9,3.
        let tally = Tally { words: 100, sentences: 10, spelled: 100, syllables: 150 };
        let measure = tally.measure();
        assert!((measure.flesch_douma - 82.04).abs() < 1e-9, "{measure:?}");
        assert!((measure.words_per_sentence - 10.0).abs() < 1e-9, "{measure:?}");
    }

    #[test]
    fn only_numbers_divide_by_nothing() {
        let measure = Tally { words: 2, sentences: 1, spelled: 0, syllables: 0 }.measure();
        assert!(measure.flesch_douma.is_finite());
    }
}
