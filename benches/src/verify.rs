//! Whether a tool really made what the others made. A tool that leaves work out is not quick.

use std::fs;
use std::path::Path;

use crate::corpus::{
    Corpus, LANGUAGES, Language, Page, SECTIONS, TERMS_FOLDER, address, page_path, section_path,
    term_path,
};
use crate::tree::Tree;

/// What the site below `root` lacks, in words.
pub fn lacks(root: &Path, tree: &Tree, corpus: &Corpus) -> Vec<String> {
    let mut lacks = Vec::new();
    let wanted = corpus.pages.len() * LANGUAGES.len();
    let made = tree.count("index.html");
    if made < wanted {
        lacks.push(format!("{} of the {wanted} pages", wanted - made));
    }
    for language in &LANGUAGES {
        if let Some(page) = corpus.pages.first() {
            of_page(root, corpus, page, language, &mut lacks);
            of_lists(root, corpus, page, language, &mut lacks);
        }
    }
    if !tree.has(|path| path == "sitemap.xml") {
        lacks.push("a sitemap".to_owned());
    }
    if !tree.has(|path| path.ends_with(".xml") && !path.contains("sitemap")) {
        lacks.push("a feed".to_owned());
    }
    lacks
}

fn of_page(
    root: &Path,
    corpus: &Corpus,
    page: &Page,
    language: &Language,
    lacks: &mut Vec<String>,
) {
    let at = address(language, &page_path(page));
    let html = read(root, &at);
    let mut need = |there: bool, what: &str| {
        if !there {
            lacks.push(format!("{what} on {at}"));
        }
    };
    let head = html.split("</head>").next().unwrap_or_default();
    let header = html.split("</header>").next().unwrap_or_default();
    need(html.trim_end().ends_with("</html>"), "its end");
    need(head.matches("hreflang=").count() >= LANGUAGES.len(), "hreflang");
    need(html.contains(&format!("dir=\"{}\"", language.dir)), "the direction");
    need(header.matches("<li><a").count() >= SECTIONS + LANGUAGES.len(), "a full menu");
    need(html.contains("<table"), "the table");
    need(html.matches("<h2").count() >= 5, "all headings");
    if let Some(target) = corpus.linked(page) {
        let link = format!("{}\"", address(language, &page_path(target)));
        need(html.contains(&link), &format!("the link to {link}"));
    }
}

fn of_lists(
    root: &Path,
    corpus: &Corpus,
    page: &Page,
    language: &Language,
    lacks: &mut Vec<String>,
) {
    let section = read(root, &address(language, &section_path(page.section)));
    let listed = section.rsplit("</header>").next().unwrap_or_default().matches("<li><a").count();
    let wanted = corpus.of_section(page.section).count();
    if listed != wanted {
        lacks.push(format!(
            "a right list at {}: {listed} of {wanted} pages",
            address(language, &section_path(page.section))
        ));
    }
    let link = format!("{}\"", address(language, &page_path(page)));
    let term = address(language, &term_path(page.term));
    if !read(root, &term).contains(&link) {
        lacks.push(format!("the page {link} at {term}"));
    }
    let terms = address(language, &format!("/{TERMS_FOLDER}/"));
    if read(root, &terms).is_empty() {
        lacks.push(format!("the list of terms at {terms}"));
    }
}

/// The page at an address, or nothing.
pub fn read(root: &Path, address: &str) -> String {
    let file = root.join(address.trim_start_matches('/')).join("index.html");
    fs::read_to_string(file).unwrap_or_default()
}
