//! Whether a Dutch text is plain: short sentences, short words, no official language.
//!
//! This is advice and never stands in the way of a site: a text can be good and break every rule
//! here. So few false alarms matter more than finding everything.

mod folded;
mod measure;
mod remarks;
mod sentences;
mod stops;
mod syllables;
mod words;

pub use measure::Measure;

use folded::Folded;
use measure::Tally;
use remarks::Remarks;
use sentences::{Kind, each_sentence};
use words::Sentence;

/// Words in a sentence, on average over a page, at most.
const LONGEST_AVERAGE: f64 = 15.0;
/// Points below which a page is hard: there Douma's scale goes from plain to fairly difficult.
const LOWEST_EASE: f64 = 60.0;
/// The same for a page of fewer than 100 words. The formula is made for samples of 100: in less, one
/// long word that the page is about weighs too much.
const LOWEST_EASE_SHORT: f64 = 50.0;
const SHORT_PAGE: usize = 100;
/// A page with fewer words has no average worth a remark.
const FEWEST_WORDS: usize = 30;

/// A block of running text without its markup: a paragraph, an item of a list. Not a heading.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// One-based line on which the block starts in its file.
    pub line: usize,
    /// A `\n` stands for a line that was broken on purpose and ends a sentence.
    pub text: &'a str,
}

/// One remark for an editor, in Dutch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Line of the passage; of the first one for a remark about the page.
    pub line: usize,
    pub message: String,
    pub hint: String,
    /// What to look for at `line` or below it, as it stands in the passage.
    pub needle: Option<String>,
}

/// How the passages of one page read together.
#[cfg(test)]
pub fn measure(passages: &[Passage<'_>]) -> Measure {
    read(passages, |_, _| {})
}

/// Remarks about the page first, then about sentences and words in the order of the text.
pub fn advice(passages: &[Passage<'_>]) -> Vec<Advice> {
    let mut remarks = Remarks::default();
    let measure = read(passages, |line, sentence| remarks.add(line, sentence));
    let mut all = match passages.first() {
        Some(first) => about_page(first.line, &measure),
        None => Vec::new(),
    };
    all.extend(remarks.finish());
    all
}

/// Counts, and shows each sentence with the line of its passage to `visit`.
fn read<'a>(passages: &[Passage<'a>], mut visit: impl FnMut(usize, &Sentence<'_, 'a>)) -> Measure {
    let mut tally = Tally::default();
    let mut room = Vec::new();
    let mut folded = Folded::default();
    for passage in passages {
        each_sentence(passage.text, &mut room, |words| {
            folded.clear();
            tally.sentences += 1;
            tally.words += words.len();
            for (index, word) in words.iter().enumerate() {
                folded.push(word.text);
                if word.kind == Kind::Letters {
                    tally.spelled += 1;
                    tally.syllables += syllables::count(folded.get(index));
                }
            }
            visit(passage.line, &Sentence { text: passage.text, words, folded: &folded });
        });
    }
    tally.measure()
}

fn about_page(line: usize, measure: &Measure) -> Vec<Advice> {
    let mut found = Vec::new();
    if measure.words < FEWEST_WORDS {
        return found;
    }
    let mut add = |message: String, hint: String| {
        found.push(Advice { line, message, hint, needle: None });
    };
    // Rounded as they are shown, so that nobody reads that 15,0 is more than 15.
    let average = (measure.words_per_sentence * 10.0).round() / 10.0;
    if average > LONGEST_AVERAGE {
        let shown = format!("{average:.1}").replace('.', ",");
        add(
            format!("Een zin heeft op deze pagina gemiddeld {shown} woorden."),
            format!("Knip lange zinnen in tweeën. Streef naar hoogstens {LONGEST_AVERAGE}."),
        );
    }
    let ease = measure.flesch_douma.round();
    let lowest = if measure.words < SHORT_PAGE { LOWEST_EASE_SHORT } else { LOWEST_EASE };
    if ease < lowest {
        let ease = ease.max(0.0);
        add(
            format!("Deze pagina leest moeilijk: {ease:.0} punten op de schaal van Flesch-Douma."),
            format!("Kies kortere woorden en maak kortere zinnen. Streef naar {LOWEST_EASE}."),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(text: &str) -> Vec<Passage<'_>> {
        vec![Passage { line: 7, text }]
    }

    /// So many sentences of so many short words.
    fn short_words(sentences: usize, words: usize) -> String {
        format!("De{}. ", " kat".repeat(words - 1)).repeat(sentences)
    }

    fn messages(text: &str) -> Vec<String> {
        advice(&page(text)).into_iter().map(|advice| advice.message).collect()
    }

    #[test]
    fn nothing_is_measured_of_nothing() {
        assert_eq!(measure(&[]), Measure::default());
        assert_eq!(measure(&page(" – ")), Measure::default());
        assert_eq!(advice(&[]), []);
    }

    #[test]
    fn a_plain_page_gets_no_advice() {
        let text = "In Oss wonen mensen die zijn gevlucht en die hier mogen blijven. Zij zijn \
            buren, net als u. Hebt u een vraag of een zorg? Wilt u kennismaken of helpen? Dan bent \
            u hier goed. VluchtelingenWerk is altijd uw eerste aanspreekpunt.";
        let measure = measure(&page(text));
        assert_eq!((measure.words, measure.sentences), (41, 6));
        assert!(measure.flesch_douma > 70.0, "{measure:?}");
        assert_eq!(advice(&page(text)), []);
    }

    #[test]
    fn official_language_gets_it() {
        let text = "Betrokkenen dienen de benodigde documentatie betreffende de woonsituatie \
            voorafgaand aan de behandeling schriftelijk aan het verantwoordelijke bestuursorgaan te \
            overleggen. Het bestuursorgaan beoordeelt vervolgens conform de gemeentelijke \
            verordening of de aanvrager gerechtigd is tot de gevraagde ondersteuning.";
        assert_eq!(
            messages(text),
            [
                "Een zin heeft op deze pagina gemiddeld 18,0 woorden.",
                "Deze pagina leest moeilijk: 0 punten op de schaal van Flesch-Douma.",
                "`Betrokkenen` is moeilijke taal.",
                "`benodigde` is moeilijke taal.",
                "`betreffende` is moeilijke taal.",
                "`schriftelijk` is moeilijke taal.",
                "`conform` is moeilijke taal.",
                "`gerechtigd` is moeilijke taal.",
            ]
        );
    }

    #[test]
    fn the_average_is_remarked_above_fifteen_and_only_on_a_page() {
        assert_eq!(messages(&short_words(4, 15)), [""; 0]);
        assert_eq!(
            messages(&short_words(3, 16)),
            ["Een zin heeft op deze pagina gemiddeld 16,0 woorden."]
        );
        assert_eq!(messages(&short_words(1, 16)), [""; 0]);
    }

    #[test]
    fn a_short_page_may_be_a_little_hard() {
        // 8 words, 15 syllables: 55 points. Of 96 words that is let go, of 104 it is not.
        let text = "De gemeente helpt de buren met belangrijke brieven. ";
        assert_eq!(messages(&text.repeat(12)), [""; 0]);
        assert_eq!(
            messages(&text.repeat(13)),
            ["Deze pagina leest moeilijk: 55 punten op de schaal van Flesch-Douma."]
        );
    }

    #[test]
    fn numbers_do_not_make_a_page_easy() {
        let bare = measure(&page("Toegankelijkheid vraagt voorbereiding."));
        let numbers = measure(&page("Toegankelijkheid 1, 2, 3, 4, 5 vraagt 6, 7 voorbereiding."));
        assert!(numbers.flesch_douma < bare.flesch_douma, "{numbers:?} {bare:?}");
    }

    #[test]
    fn remarks_about_the_page_stand_at_its_first_passage() {
        let text = short_words(3, 16);
        let passages =
            [Passage { line: 3, text: "Dat is kort." }, Passage { line: 5, text: &text }];
        assert_eq!(advice(&passages), [], "the short passage counts too");
        let passages = [Passage { line: 3, text: &text }, Passage { line: 5, text: &text }];
        let found = advice(&passages);
        assert_eq!((found.len(), found[0].line, &found[0].needle), (1, 3, &None));
    }

    /// Daily speech that looks like something on the list, and names of this field of work.
    #[test]
    fn ordinary_sentences_get_no_advice() {
        for text in [
            "Vul dan wel uw nummer in. Dan weet u te weten wat u wilde.",
            "Zij vinden een plaats in de klas. Wie vindt die plaats?",
            "Wat betreft het u? Het verbaast mij. Een taalmaatje helpt u.",
            "Hij is bezig met de aanvraag. De gemeenteraad beslist daarover.",
            "Bel Meld Misdaad Anoniem of het Sociaal team. De wijkagent kent de buurt.",
            "Dat staat in de Participatiewet en bij de afdeling Inclusief Oss.",
            "Zet de monitor uit. De verlenging ligt klaar. Hij dient als voorbeeld.",
            "Een inburgeringscursus volgt u samen met uw klasgenoten en begeleiders.",
            "De vrijwilligersorganisatie belt u om 10.30 uur, bijv. op 0900-8844.",
            "Neem uw paspoort mee naar het stadhuis en vraag een vergunning aan.",
            "Wij stellen u gerust. U krijgt de middelen die nodig zijn. Bedien te paard.",
            "Zij verstaan u. Op grond staat een huis. Zij maken gebruik. Het kader is rood.",
        ] {
            assert_eq!(advice(&page(text)), [], "{text}");
        }
    }

    proptest! {
        /// Whatever an editor types is read, and a needle stands in its passage.
        #[test]
        fn any_text_is_read(text in "(indien |dienen te |[a-zïëé]{1,24}|[A-Z0-9]|[ .?!…’\"(—\n]|\u{ad}|.){0,80}") {
            let found = measure(&page(&text));
            prop_assert!(found.words >= found.sentences && found.flesch_douma.is_finite());
            for advice in advice(&page(&text)) {
                prop_assert!(advice.needle.is_none_or(|needle| text.contains(&needle)));
            }
        }
    }
}
