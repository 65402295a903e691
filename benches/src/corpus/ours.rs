//! The corpus as `nieuwe-buren` reads it: `content/` and a theme.
//!
//! Whatever changes in the generator's own form of content, changes here and in `themes/bench`.

use std::fmt::Write as _;

use super::interface::{KEYS, site_title, strings};
use super::pages::{section_title, sentence, term_title};
use super::words::{LANGUAGES, Language};
use super::{BASE_URL, Corpus, DAY, File, Form, Page, SECTIONS, TERMS, TERMS_FOLDER, page_path};
use super::{section_path, section_slug, term_slug};

pub const OURS: Form = Form {
    layout: ("bench", "theme"),
    style: "theme/styles/10-style.css",
    // The preview does not start without the pages and mails of the forms, though none is asked for.
    borrowed: &[
        ("themes/vluchtelingenwerk/components", "theme/components"),
        ("themes/vluchtelingenwerk/forms", "theme/forms"),
        ("themes/vluchtelingenwerk/mail", "theme/mail"),
    ],
    lists,
    page,
};

/// The one organisation that owns everything.
const OWNER: &str = "beheer";

/// Far enough away for no warning.
const REVIEW_BY: &str = "2027-11-20";

fn lists(corpus: &Corpus) -> Vec<File> {
    let mut files = vec![settings(), owner()];
    for (index, language) in LANGUAGES.iter().enumerate() {
        files.push(messages(language));
        if index > 0 {
            files.push(settings_in(language));
            files.push(owner_in(language));
        }
        let list = |path: String, title: &str, place: usize, extra: &str| File {
            path: format!("content/pages/{path}.{}.md", language.code),
            text: format!(
                "{}\n{}\n",
                front_matter(language, title, &sentence(place, language), extra),
                sentence(place + 500, language)
            ),
        };
        files.push(list("index".into(), site_title(language), 0, "template = \"home\"\n"));
        for section in 0..SECTIONS {
            let title = section_title(section, language);
            let path = format!("{}/index", section_slug(section));
            // One feed a language, as the others have.
            let feed = if section == 0 { "feed = true\n" } else { "" };
            let extra = format!("template = \"list\"\n{feed}");
            files.push(list(path, &title, section + 1, &extra));
        }
        let path = format!("{TERMS_FOLDER}/index");
        files.push(list(path, TERMS_FOLDER, 100, "template = \"list\"\n"));
        for term in (0..TERMS).filter(|term| corpus.pages.iter().any(|page| page.term == *term)) {
            let extra = format!("template = \"list\"\ngroup = \"{}\"\n", term_slug(term));
            let path = format!("{TERMS_FOLDER}/{}", term_slug(term));
            files.push(list(path, &term_title(term, language), 200 + term, &extra));
        }
    }
    files
}

fn page(corpus: &Corpus, page: &Page, language: &Language, edit: Option<usize>) -> File {
    let text = corpus.text(page, language, edit, &page_path);
    let extra = format!("group = \"{}\"\n", term_slug(page.term));
    File {
        path: format!(
            "content/pages/{}/{}.{}.md",
            section_slug(page.section),
            page.slug,
            language.code
        ),
        text: format!(
            "{}\n{}",
            front_matter(language, &text.title, &text.description, &extra),
            text.body
        ),
    }
}

/// `extra` is what only the page of the main language says.
fn front_matter(language: &Language, title: &str, description: &str, extra: &str) -> String {
    let rest = if is_main(language) {
        format!("{extra}checked = {DAY}\nreview_by = {REVIEW_BY}\nowner = \"{OWNER}\"\n")
    } else {
        "source = \"\"\n".to_owned()
    };
    format!("+++\ntitle = \"{title}\"\ndescription = \"{description}\"\n{rest}+++\n")
}

fn is_main(language: &Language) -> bool {
    let [main, ..] = &LANGUAGES;
    language.code == main.code
}

fn settings() -> File {
    let [main, ..] = &LANGUAGES;
    let mut text = format!(
        "municipality = \"Meetstad\"\ntitle = \"{}\"\nbase_url = \"{BASE_URL}\"\n\
         short_url = \"bench.example\"\nreference_prefix = \"MST\"\n\
         first_contact = \"{OWNER}\"\nanswer_working_days = 2\n\n\
         # The others leave both out unless they are asked to.\n[output]\nminify = false\ncompress = false\n",
        site_title(main)
    );
    for Language { code, name, dir, .. } in &LANGUAGES {
        let _ = write!(
            text,
            "\n[[languages]]\ncode = \"{code}\"\nname = \"{name}\"\ndir = \"{dir}\"\n"
        );
    }
    for section in 0..SECTIONS {
        let label = section_title(section, main);
        let page = section_path(section);
        let _ = write!(text, "\n[[navigation]]\nlabel = \"{label}\"\npage = \"{page}\"\n");
    }
    for term in 0..TERMS {
        let (id, title) = (term_slug(term), term_title(term, main));
        let _ = write!(text, "\n[[faq_groups]]\nid = \"{id}\"\ntitle = \"{title}\"\n");
    }
    File { path: "content/site.toml".into(), text }
}

fn settings_in(language: &Language) -> File {
    let mut text = format!("title = \"{}\"\n\n[navigation]\n", site_title(language));
    for section in 0..SECTIONS {
        let (page, label) = (section_path(section), section_title(section, language));
        let _ = writeln!(text, "\"{page}\" = \"{label}\"");
    }
    text.push_str("\n[faq_groups]\n");
    for term in 0..TERMS {
        let _ = writeln!(text, "{} = \"{}\"", term_slug(term), term_title(term, language));
    }
    File { path: format!("content/site.{}.toml", language.code), text }
}

fn owner() -> File {
    let [main, ..] = &LANGUAGES;
    let text = format!(
        "name = \"Beheer\"\nrole = \"{}\"\nphone = \"nog in te vullen\"\nkind = \"partner\"\n\
         checked = {DAY}\nreview_by = {REVIEW_BY}\nowner = \"{OWNER}\"\n",
        sentence(400, main)
    );
    File { path: format!("content/organisations/{OWNER}.toml"), text }
}

fn owner_in(language: &Language) -> File {
    File {
        path: format!("content/organisations/{OWNER}.{}.toml", language.code),
        text: format!("role = \"{}\"\n", sentence(400, language)),
    }
}

fn messages(language: &Language) -> File {
    let mut text = String::from("[ui]\n");
    let mut not_found = "";
    for (key, string) in KEYS.into_iter().zip(strings(language)) {
        if key == "not_found" {
            not_found = string;
        } else {
            let _ = writeln!(text, "{key} = \"{string}\"");
        }
    }
    let _ = write!(text, "\n[not_found]\ntitle = \"404\"\ntext = \"{not_found}\"\n");
    File { path: format!("theme/messages/{}.toml", language.code), text }
}
