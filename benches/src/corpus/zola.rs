//! The corpus as Zola reads it.

use std::fmt::Write as _;

use super::interface::{KEYS, site_title, strings};
use super::pages::{section_title, sentence};
use super::words::{LANGUAGES, Language};
use super::{BASE_URL, Corpus, DAY, File, Form, Page, SECTIONS, TERMS_FOLDER, address};
use super::{section_path, section_slug, term_slug};

pub const ZOLA: Form =
    Form { layout: ("zola", "."), style: "static/assets/style.css", borrowed: &[], lists, page };

fn lists(_: &Corpus) -> Vec<File> {
    let mut files = vec![settings()];
    for language in &LANGUAGES {
        let list = |path: &str, title: &str, place: usize| File {
            path: format!("content/{path}{}.md", suffix(language)),
            text: format!(
                "+++\ntitle = \"{title}\"\ndescription = \"{}\"\nsort_by = \"title\"\n+++\n\n{}\n",
                sentence(place, language),
                sentence(place + 500, language)
            ),
        };
        files.push(list("_index", site_title(language), 0));
        for section in 0..SECTIONS {
            let path = format!("{}/_index", section_slug(section));
            files.push(list(&path, &section_title(section, language), section + 1));
        }
    }
    files
}

/// Links are Zola's checked ones: the path of a file in the language of the text.
fn page(corpus: &Corpus, page: &Page, language: &Language, edit: Option<usize>) -> File {
    let end = suffix(language);
    let file = |page: &Page| format!("{}/{}{end}.md", section_slug(page.section), page.slug);
    let text = corpus.text(page, language, edit, &|page| format!("@/{}", file(page)));
    File {
        path: format!("content/{}", file(page)),
        text: format!(
            "+++\ntitle = \"{}\"\ndescription = \"{}\"\ndate = {DAY}\n\n\
             [taxonomies]\n{TERMS_FOLDER} = [\"{}\"]\n\n[extra]\nowner = \"Beheer\"\n+++\n\n{}",
            text.title,
            text.description,
            term_slug(page.term),
            text.body
        ),
    }
}

/// Files of the main language carry no code.
fn suffix(language: &Language) -> String {
    let [main, ..] = &LANGUAGES;
    if language.code == main.code { String::new() } else { format!(".{}", language.code) }
}

fn settings() -> File {
    let [main, others @ ..] = &LANGUAGES;
    let own = |language: &Language| {
        format!(
            "title = \"{}\"\ndescription = \"{}\"\ngenerate_feeds = true\n\
             feed_filenames = [\"rss.xml\"]\ntaxonomies = [{{ name = \"{TERMS_FOLDER}\" }}]\n",
            site_title(language),
            sentence(0, language)
        )
    };
    let mut text = format!(
        "base_url = \"{BASE_URL}\"\ndefault_language = \"{}\"\nfeed_limit = 20\n\
         compile_sass = false\nbuild_search_index = false\n{}\n[translations]\n{}",
        main.code,
        own(main),
        translations(main)
    );
    for language in others {
        let code = language.code;
        let _ = write!(
            text,
            "\n[languages.{code}]\n{}\n[languages.{code}.translations]\n{}",
            own(language),
            translations(language)
        );
    }
    extra(&mut text);
    File { path: "config.toml".into(), text }
}

fn translations(language: &Language) -> String {
    let pairs = KEYS.into_iter().zip(strings(language));
    pairs.fold(String::new(), |mut text, (key, string)| {
        let _ = writeln!(text, "{key} = \"{string}\"");
        text
    })
}

/// What templates look up by language.
fn extra(text: &mut String) {
    let mut tables = String::new();
    for (table, value) in [
        ("home", (|language| address(language, "/")) as fn(&Language) -> String),
        ("dir", |language| language.dir.to_owned()),
        ("name", |language| language.name.to_owned()),
    ] {
        let _ = writeln!(tables, "\n[extra.{table}]");
        for language in &LANGUAGES {
            let _ = writeln!(tables, "{} = \"{}\"", language.code, value(language));
        }
    }
    for language in &LANGUAGES {
        let Language { code, name, dir, .. } = language;
        let home = address(language, "/");
        let _ = write!(
            tables,
            "\n[[extra.languages]]\ncode = \"{code}\"\nname = \"{name}\"\ndir = \"{dir}\"\n\
             home = \"{home}\"\n"
        );
    }
    for language in &LANGUAGES {
        for section in 0..SECTIONS {
            let _ = write!(
                tables,
                "\n[[extra.nav.{}]]\nlabel = \"{}\"\nurl = \"{}\"\n",
                language.code,
                section_title(section, language),
                address(language, &section_path(section))
            );
        }
    }
    text.push_str(&tables);
}
