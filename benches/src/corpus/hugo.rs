//! The corpus as Hugo reads it.

use std::fmt::Write as _;

use super::interface::{KEYS, site_title, strings};
use super::pages::{section_title, sentence, term_title};
use super::words::{LANGUAGES, Language};
use super::{BASE_URL, Corpus, DAY, File, Form, Page, SECTIONS, TERMS, TERMS_FOLDER};
use super::{section_slug, term_slug};

pub const HUGO: Form =
    Form { layout: ("hugo", "."), style: "static/assets/style.css", borrowed: &[], lists, page };

fn lists(_: &Corpus) -> Vec<File> {
    let mut files = vec![settings()];
    for language in &LANGUAGES {
        let list = |path: String, title: &str, place: usize| File {
            path: format!("content/{path}.{}.md", language.code),
            text: format!(
                "+++\ntitle = \"{title}\"\ndescription = \"{}\"\ndate = {DAY}\n+++\n\n{}\n",
                sentence(place, language),
                sentence(place + 500, language)
            ),
        };
        files.push(list("_index".into(), site_title(language), 0));
        for section in 0..SECTIONS {
            let title = section_title(section, language);
            files.push(list(format!("{}/_index", section_slug(section)), &title, section + 1));
        }
        files.push(list(format!("{TERMS_FOLDER}/_index"), TERMS_FOLDER, 100));
        for term in 0..TERMS {
            let path = format!("{TERMS_FOLDER}/{}/_index", term_slug(term));
            files.push(list(path, &term_title(term, language), 200 + term));
        }
        let mut text = String::new();
        for (key, string) in KEYS.into_iter().zip(strings(language)) {
            let _ = writeln!(text, "{key} = \"{string}\"");
        }
        files.push(File { path: format!("i18n/{}.toml", language.code), text });
    }
    files
}

/// Links are logical paths: Hugo's own hook finds the page in the language of the reader.
fn page(corpus: &Corpus, page: &Page, language: &Language, edit: Option<usize>) -> File {
    let logical = |page: &Page| format!("/{}/{}", section_slug(page.section), page.slug);
    let text = corpus.text(page, language, edit, &logical);
    File {
        path: format!("content/{}/{}.{}.md", section_slug(page.section), page.slug, language.code),
        text: format!(
            "+++\ntitle = \"{}\"\ndescription = \"{}\"\ndate = {DAY}\n\
             {TERMS_FOLDER} = [\"{}\"]\n\n[params]\nowner = \"Beheer\"\n+++\n\n{}",
            text.title,
            text.description,
            term_slug(page.term),
            text.body
        ),
    }
}

fn settings() -> File {
    let [main, ..] = &LANGUAGES;
    let mut text = format!(
        "baseURL = \"{BASE_URL}/\"\ntitle = \"{}\"\ndefaultContentLanguage = \"{}\"\n\
         enableRobotsTXT = true\n\n\
         [taxonomies]\nonderwerp = \"{TERMS_FOLDER}\"\n\n\
         [outputs]\nhome = [\"html\", \"rss\"]\nsection = [\"html\"]\n\
         taxonomy = [\"html\"]\nterm = [\"html\"]\n\n[services.rss]\nlimit = 20\n",
        site_title(main),
        main.code
    );
    for (index, language) in LANGUAGES.iter().enumerate() {
        let Language { code, name, dir, .. } = language;
        let _ = write!(
            text,
            "\n[languages.{code}]\ntitle = \"{}\"\nlabel = \"{name}\"\nlocale = \"{code}\"\n\
             direction = \"{dir}\"\nweight = {}\n\n\
             [languages.{code}.params]\nname = \"{name}\"\ndir = \"{dir}\"\n",
            site_title(language),
            index + 1
        );
        for section in 0..SECTIONS {
            let _ = write!(
                text,
                "\n[[languages.{code}.menus.main]]\nname = \"{}\"\npageRef = \"/{}\"\n\
                 weight = {}\n",
                section_title(section, language),
                section_slug(section),
                section + 1
            );
        }
    }
    File { path: "hugo.toml".into(), text }
}
