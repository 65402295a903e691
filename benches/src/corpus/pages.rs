//! The neutral corpus: pages, sections and terms without the form of any tool.

use std::fmt::Write as _;

use super::random::Random;
use super::words::{LANGUAGES, Language, WORDS};

/// Change it and every figure ever written down is of another corpus.
const SEED: u64 = 0x6E69_6575_7765_2062;

pub const SECTIONS: usize = 20;
pub const TERMS: usize = 20;

/// Folder and address of the list of terms.
pub const TERMS_FOLDER: &str = "onderwerpen";

/// Links to other pages in every text.
const LINKS: usize = 5;

/// The day on which every page was checked, and that the builds take for today.
pub const DAY: &str = "2026-11-20";

pub struct Corpus {
    /// Each exists in every language.
    pub pages: Vec<Page>,
}

/// A page before it has a language.
pub struct Page {
    pub number: usize,
    pub section: usize,
    pub term: usize,
    /// Last segment of its address, the same in every language.
    pub slug: String,
    /// Numbers of the pages it links to.
    links: [usize; LINKS],
}

/// A page in one language.
pub struct Text {
    pub title: String,
    pub description: String,
    /// Markdown.
    pub body: String,
}

impl Corpus {
    /// `pages` in all, divided over the languages; at least one a language.
    pub fn new(pages: usize) -> Self {
        let each = (pages / LANGUAGES.len()).max(1);
        let page = |number: usize| {
            let mut random = Random::new(SEED, number as u64);
            let [first, second] = [(); 2].map(|()| random.below(SECTIONS));
            Page {
                number,
                section: number % SECTIONS,
                term: random.below(TERMS),
                slug: format!("{}-{}-{number}", dutch(first), dutch(second + SECTIONS)),
                links: [(); LINKS].map(|()| random.below(each)),
            }
        };
        Self { pages: (0..each).map(page).collect() }
    }

    /// Pages that stand in one list, in the order of the corpus.
    pub fn of_section(&self, section: usize) -> impl Iterator<Item = &Page> {
        self.pages.iter().filter(move |page| page.section == section)
    }

    /// The first page that `page` links to.
    pub fn linked(&self, page: &Page) -> Option<&Page> {
        page.links.first().and_then(|number| self.pages.get(*number))
    }

    /// The text of a page. `address` writes the link to another one in the tool's own form. An
    /// `edit` leaves its mark in title and text, see [`title_mark`] and [`text_mark`].
    pub fn text(
        &self,
        page: &Page,
        language: &Language,
        edit: Option<usize>,
        address: &dyn Fn(&Page) -> String,
    ) -> Text {
        // The same row of numbers in every language gives pages of the same shape.
        let mut writer = Writer { random: Random::new(!SEED, page.number as u64), language };
        let mut title = capital(&writer.words(3));
        let _ = write!(title, " {} {}", language.part, page.number);
        let description = writer.sentences(1, 2).chars().take(150).collect();
        let mut body = String::new();
        if let Some(edit) = edit {
            let _ = write!(title, " {}", title_mark(edit));
            let _ = write!(body, "{}\n\n", text_mark(edit));
        }
        let links: Vec<String> = page
            .links
            .iter()
            .filter_map(|number| self.pages.get(*number))
            .map(|target| format!("[{}]({})", writer.words(2), address(target)))
            .collect();
        writer.body(&mut body, &links);
        Text { title, description, body }
    }
}

/// What an edit puts into the title, and so into every list that shows the page.
pub fn title_mark(edit: usize) -> String {
    format!("titel-{edit}-x")
}

/// What an edit puts into the text.
pub fn text_mark(edit: usize) -> String {
    format!("tekst-{edit}-x")
}

/// Folder and address of a section.
pub fn section_slug(section: usize) -> &'static str {
    dutch(section)
}

pub fn section_title(section: usize, language: &Language) -> String {
    title_of(section, language)
}

/// Id and last segment of the address of a term.
pub fn term_slug(term: usize) -> &'static str {
    dutch(SECTIONS + term)
}

pub fn term_title(term: usize, language: &Language) -> String {
    title_of(SECTIONS + term, language)
}

/// One sentence that belongs to nothing, for the description of a list.
pub fn sentence(place: usize, language: &Language) -> String {
    Writer { random: Random::new(SEED, 1_000_000 + place as u64), language }.sentences(1, 1)
}

fn title_of(word: usize, language: &Language) -> String {
    capital(language.words.get(word % WORDS).copied().unwrap_or_default())
}

fn dutch(word: usize) -> &'static str {
    let [main, ..] = &LANGUAGES;
    main.words.get(word % WORDS).copied().unwrap_or_default()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

struct Writer<'a> {
    random: Random,
    language: &'a Language,
}

impl Writer<'_> {
    /// About 600 words: five chapters with paragraphs, two lists, a table and the links.
    fn body(&mut self, out: &mut String, links: &[String]) {
        let _ = write!(out, "{}\n\n", self.sentences(3, 4));
        for chapter in 0..5 {
            let _ = write!(out, "## {}\n\n", capital(&self.words(3)));
            let _ = write!(out, "{}\n\n", self.sentences(3, 5));
            match chapter {
                0 | 3 => self.list(out, chapter == 3),
                1 => self.table(out),
                2 => {
                    let _ = write!(out, "### {}\n\n", capital(&self.words(2)));
                }
                _ => {}
            }
            let link = links.get(chapter).map(String::as_str).unwrap_or_default();
            let strong = self.words(2);
            let text = self.sentences(3, 4);
            let _ = write!(out, "{text} **{}** {link}{}\n\n", capital(&strong), self.language.stop);
        }
    }

    fn list(&mut self, out: &mut String, numbered: bool) {
        for item in 1..=6 {
            let text = self.sentences(1, 1);
            let _ =
                if numbered { writeln!(out, "{item}. {text}") } else { writeln!(out, "- {text}") };
        }
        out.push('\n');
    }

    fn table(&mut self, out: &mut String) {
        let _ = writeln!(out, "| {} | {} | {} |", self.words(1), self.words(1), self.words(1));
        out.push_str("|---|---|---|\n");
        for _ in 0..5 {
            let (first, second) = (self.words(2), self.words(2));
            let _ = writeln!(out, "| {first} | {second} | {} |", self.random.between(2, 99));
        }
        out.push('\n');
    }

    fn sentences(&mut self, least: usize, most: usize) -> String {
        let mut out = String::new();
        for number in 0..self.random.between(least, most) {
            if number > 0 {
                out.push(' ');
            }
            let length = self.random.between(7, 12);
            out.push_str(&capital(&self.words(length)));
            out.push_str(self.language.stop);
        }
        out
    }

    fn words(&mut self, count: usize) -> String {
        let mut out = String::new();
        for number in 0..count {
            if number > 0 {
                out.push(' ');
            }
            let word = self.random.below(WORDS);
            out.push_str(self.language.words.get(word).copied().unwrap_or_default());
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(edit: Option<usize>) -> Vec<Text> {
        let corpus = Corpus::new(400);
        let address = |page: &Page| format!("/{}/", page.slug);
        corpus
            .pages
            .iter()
            .flat_map(|page| LANGUAGES.iter().map(move |language| (page, language)))
            .map(|(page, language)| corpus.text(page, language, edit, &address))
            .collect()
    }

    #[test]
    fn a_page_has_about_six_hundred_words() {
        let texts = texts(None);
        assert_eq!(texts.len(), 400);
        let words: usize = texts.iter().map(|text| text.body.split_whitespace().count()).sum();
        let mean = words / texts.len();
        assert!((570..=630).contains(&mean), "{mean}");
    }

    #[test]
    fn the_corpus_is_the_same_every_time_and_titles_differ() {
        let (first, second) = (texts(None), texts(None));
        assert!(first.iter().zip(&second).all(|(a, b)| a.body == b.body && a.title == b.title));
        let titles: std::collections::BTreeSet<_> = first.iter().map(|text| &text.title).collect();
        assert_eq!(titles.len(), first.len());
    }

    #[test]
    fn an_edit_is_seen_in_title_and_text_and_nowhere_else() {
        let (before, after) = (texts(None), texts(Some(3)));
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(after.title, format!("{} {}", before.title, title_mark(3)));
            assert_eq!(after.body, format!("{}\n\n{}", text_mark(3), before.body));
            assert_eq!(after.description, before.description);
        }
    }
}
