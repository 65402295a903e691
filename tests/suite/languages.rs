//! A reader finds every page in every language of the site, and stays in it.

use std::collections::{BTreeMap, BTreeSet};

use tests::pages::{attribute, attributes, between, tags};
use tests::post::unescape;
use tests::project::{Project, files};
use tests::root;
use tests::site::Site;

const BASE: &str = "https://nieuweburen.example";
/// Code, direction and own name, in the order of `site.toml`.
const LANGUAGES: [(&str, &str, &str); 4] = [
    ("nl", "ltr", "Nederlands"),
    ("en", "ltr", "English"),
    ("ar", "rtl", "العربية"),
    ("ti", "ltr", "ትግርኛ"),
];

/// The texts of the content: by page, then language.
type Texts = BTreeMap<String, BTreeMap<String, String>>;

/// Read here once more, so that the program is not compared with itself.
fn texts() -> Texts {
    let mut all = Texts::new();
    for (folder, under) in [("content/pages", "/"), ("content/areas", "/wijken-en-dorpen/")] {
        let base = root().join(folder);
        for file in files(&base) {
            let name = file.to_string_lossy().replace('\\', "/");
            let Some((path, lang)) = name.strip_suffix(".md").and_then(|n| n.rsplit_once('.'))
            else {
                continue;
            };
            let page = match path.strip_suffix("index") {
                Some(folder) => format!("{under}{folder}"),
                None => format!("{under}{path}/"),
            };
            let text = std::fs::read_to_string(base.join(&file)).expect("a text");
            all.entry(page).or_default().insert(lang.to_owned(), text);
        }
    }
    all
}

/// A line of the front matter.
fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    between(text, &format!("\n{key} = \""), "\"\n")
}

/// Where a page stands for a reader of `lang`.
fn address(texts: &Texts, page: &str, lang: &str) -> String {
    if page == "/" || lang == "nl" {
        return if lang == "nl" { page.to_owned() } else { format!("/{lang}/") };
    }
    let (parent, last) = page.trim_end_matches('/').rsplit_once('/').expect("a page has a parent");
    let slug = texts[page].get(lang).and_then(|text| value(text, "slug"));
    format!("{}{}/", address(texts, &format!("{parent}/"), lang), slug.unwrap_or(last))
}

#[test]
fn every_page_stands_in_every_language() {
    let site = Site::of_oss();
    let texts = texts();
    let mut seen = BTreeSet::new();
    for (page, versions) in &texts {
        for (lang, dir, _) in LANGUAGES {
            let address = address(&texts, page, lang);
            let html = site.page(&address);
            let root = tags(html, "html")[0];
            assert_eq!(attribute(root, "lang"), Some(lang), "{address}");
            assert_eq!(attribute(root, "dir"), Some(dir), "{address}");
            let text = versions.get(lang).unwrap_or(&versions["nl"]);
            let heading = html.split_once("<h1").and_then(|(_, rest)| rest.split_once('>'));
            let title = heading.and_then(|(_, rest)| rest.split_once("</h1>"));
            let title = unescape(title.expect("a title").0);
            assert_eq!(Some(title.as_str()), value(text, "title"), "{address}");
            seen.insert(address);
        }
    }
    // The text of the folder of each area is a page too.
    for entry in std::fs::read_dir(root().join("content/areas")).expect("areas") {
        let name = entry.expect("a file").file_name().to_string_lossy().into_owned();
        if let Some(area) = name.strip_suffix(".toml").filter(|area| !area.contains('.')) {
            let list = |lang| address(&texts, "/folders/", lang);
            seen.extend(LANGUAGES.map(|(lang, _, _)| format!("{}{area}/", list(lang))));
        }
    }
    let made: BTreeSet<String> = site.pages().map(|(address, _)| address.to_owned()).collect();
    assert_eq!(made, seen, "pages for which there is no text");
}

#[test]
fn versions_of_a_page_name_each_other_and_none_that_is_not_there() {
    let site = Site::of_oss();
    let texts = texts();
    for (page, versions) in &texts {
        let there: BTreeSet<(String, String)> = versions
            .keys()
            .map(|lang| (lang.clone(), format!("{BASE}{}", address(&texts, page, lang))))
            .collect();
        for (lang, _, _) in LANGUAGES {
            let address = address(&texts, page, lang);
            let named: BTreeSet<(String, String)> = tags(site.page(&address), "link")
                .into_iter()
                .filter(|tag| attribute(tag, "rel") == Some("alternate"))
                .filter_map(|tag| Some((attribute(tag, "hreflang")?, attribute(tag, "href")?)))
                .map(|(lang, href)| (lang.to_owned(), href.to_owned()))
                .collect();
            let expected =
                if versions.contains_key(lang) { there.clone() } else { BTreeSet::new() };
            assert_eq!(named, expected, "{address}");
            for (_, href) in named {
                let path = href.strip_prefix(BASE).expect("a whole address");
                assert!(site.has_page(path), "{address} names {href}, which is not there");
            }
        }
    }
}

#[test]
fn the_switch_stays_on_the_page_and_names_each_language_in_itself() {
    let site = Site::of_oss();
    let texts = texts();
    for page in texts.keys() {
        for (current, _, _) in LANGUAGES {
            let own = address(&texts, page, current);
            let html = site.page(&own);
            let switch = between(html, "<nav class=\"languages\"", "</nav>").expect("a switch");
            let links = tags(switch, "a");
            assert_eq!(links.len(), LANGUAGES.len(), "{own}");
            for (link, (lang, dir, name)) in links.into_iter().zip(LANGUAGES) {
                let there = address(&texts, page, lang);
                assert_eq!(attribute(link, "href"), Some(there.as_str()), "{own}");
                assert_eq!(attribute(link, "lang"), Some(lang), "{own}");
                assert_eq!(attribute(link, "hreflang"), Some(lang), "{own}");
                assert_eq!(attribute(link, "dir"), Some(dir), "{own}");
                let aria = (lang == current).then_some("true");
                assert_eq!(attribute(link, "aria-current"), aria, "{own}");
                assert!(switch.contains(&format!(">{name}</a>")), "{own} does not say {name}");
            }
        }
    }
}

#[test]
fn an_address_is_in_the_readers_language_as_far_as_a_translator_made_it() {
    let site = Site::of_oss();
    assert!(site.has_page("/vragen/wat-kan-ik-doen/"));
    assert!(site.has_page("/en/questions/what-can-i-do/"));
    assert!(!site.has_page("/en/vragen/wat-kan-ik-doen/"), "one address is enough");
    // Without a slug the name of the file stands for itself.
    assert!(site.has_page("/ar/vragen/wat-kan-ik-doen/"));
    // A page that is not translated stands below its translated section.
    assert!(site.has_page("/ti/vragen/mag-ik-spullen-geven/"));
}

#[test]
fn whoever_follows_a_link_stays_in_the_same_language() {
    let site = Site::of_oss();
    for (lang, _, _) in LANGUAGES.into_iter().skip(1) {
        let home = format!("/{lang}/");
        for (address, html) in site.pages().filter(|(address, _)| address.starts_with(&home)) {
            let switch = between(html, "<nav class=\"languages\"", "</nav>").expect("a switch");
            let elsewhere = html.replace(switch, "");
            for link in tags(&elsewhere, "a") {
                let href = attribute(link, "href").expect("a link leads somewhere");
                let made_elsewhere =
                    ["/folders/", "/vraag/code", "/vraag/controle", "/meedoen/code"];
                let page = href.starts_with('/')
                    && !made_elsewhere.iter().any(|file| href.starts_with(file))
                    && !href.ends_with(".xml");
                assert!(!page || href.starts_with(&home), "{address} leads to {href}");
                let asked = href.split_once("lang=").map(|(_, lang)| lang);
                assert!(asked.is_none_or(|asked| asked == lang), "{address} leads to {href}");
            }
        }
    }
}

#[test]
fn a_link_in_a_translation_is_written_with_the_dutch_address_and_its_own_anchor() {
    let project = Project::of_oss();
    let link = "[police](/wie-bel-ik/#has-something-happened)";
    project.edit("content/pages/zo-werkt-het.en.md", "\n+++\n\n", &format!("\n+++\n\n{link}\n\n"));
    let site = Site::of(&project);
    let html = site.page("/en/how-it-works/");
    assert!(html.contains("<a href=\"/en/who-do-i-call/#has-something-happened\">police</a>"));

    // An anchor of the Dutch text is none here, and the editor hears which there are.
    project.edit("content/pages/zo-werkt-het.en.md", "#has-something-happened", "#is-er-gevaar");
    let outcome = project.run(&["check"]);
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    assert!(outcome.stderr.contains("Op /wie-bel-ik/ is geen kop `#is-er-gevaar`."));
    assert!(outcome.stderr.contains("content/pages/wie-bel-ik.en.md"), "{}", outcome.stderr);
}

/// The Dutch text links to a Dutch heading; the page it leads to is translated.
#[test]
fn a_link_of_a_text_that_is_not_translated_arrives_at_the_page_if_not_at_its_heading() {
    let project = Project::of_oss();
    let link = "\n+++\n\n[gevaar](/wie-bel-ik/#is-er-gevaar)\n\n";
    project.edit("content/pages/privacy.nl.md", "\n+++\n\n", link);
    let site = Site::of(&project);
    assert!(site.page("/privacy/").contains("<a href=\"/wie-bel-ik/#is-er-gevaar\">"));
    assert!(site.page("/ti/privacy/").contains("<a href=\"/ti/wie-bel-ik/\">gevaar</a>"));
    // A section that is not translated either has the heading.
    project.edit("content/pages/privacy.nl.md", "/wie-bel-ik/#is-er-gevaar", "#wie-leest-het");
    let site = Site::of(&project);
    assert!(site.page("/ti/privacy/").contains("<a href=\"#wie-leest-het\">gevaar</a>"));
}

#[test]
fn what_is_not_translated_is_the_dutch_text_with_a_word_of_explanation() {
    let site = Site::of_oss();
    let html = site.page("/ti/privacy/");
    let words = "እዚ ገጽ ገና ናብ ትግርኛ ኣይተተርጎመን።";
    let notice = between(html, "<p class=\"notice\" role=\"note\">", "</p>").expect("a notice");
    assert!(notice.starts_with(words), "{notice}");
    assert!(html.contains("<h1 lang=\"nl\" dir=\"ltr\">Privacy</h1>"));
    assert!(html.contains("<div class=\"prose\" lang=\"nl\" dir=\"ltr\""));
    let canonical = format!("<link rel=\"canonical\" href=\"{BASE}/privacy/\">");
    assert!(html.contains(&canonical), "search engines should know the original");
    assert!(!site.text("/sitemap.xml").contains("/ti/privacy/"));
    // The menu around it is the reader's.
    assert!(html.contains(">ንመን ክድውል?</a>"));

    // The other way round: Dutch inside a page that reads from right to left.
    let html = site.page("/ar/privacy/");
    assert!(html.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(html.contains("<div class=\"prose\" lang=\"nl\" dir=\"ltr\""));
    // In a list of pages its title is marked too.
    let list = site.page("/ti/vragen/");
    let card = "<a href=\"/ti/vragen/mag-ik-spullen-geven/\" lang=\"nl\" dir=\"ltr\">";
    assert!(list.contains(card), "{list}");
    // What is translated is not marked, and says nothing of the kind.
    let html = site.page("/ti/wie-bel-ik/");
    assert!(!html.contains(words) && html.contains("<div class=\"prose\">"));
}

#[test]
fn a_telephone_number_does_not_turn_around_in_arabic() {
    let site = Site::of_oss();
    let isolated = ["0900-8844", "0800-7000", "14 0412"];
    for (address, html) in site.pages().filter(|(address, _)| address.starts_with("/ar/")) {
        let main = between(html, "<main", "</main>").expect("a page has a text");
        // What is marked as Dutch reads from left to right as a whole.
        if main.contains("<div class=\"prose\" lang=\"nl\"") {
            continue;
        }
        for number in isolated {
            let whole = format!("<bdi dir=\"ltr\">{number}</bdi>");
            let count = |text: &str| main.matches(text).count();
            assert_eq!(count(number), count(&whole), "{address}: {number}");
        }
    }
    let html = site.page("/ar/wie-bel-ik/");
    assert!(html.contains("<strong><bdi dir=\"ltr\">0900-8844</bdi></strong>"), "in a text");
    assert!(html.contains("<a class=\"call\" href=\"tel:09008844\">"), "beside it");
}

#[test]
fn dates_have_the_month_names_of_the_language() {
    let site = Site::of_oss();
    for (address, date) in [
        ("/wie-bel-ik/", "20 november 2026"),
        ("/en/who-do-i-call/", "November 20, 2026"),
        ("/ar/wie-bel-ik/", "20 نوفمبر 2026"),
        ("/ti/wie-bel-ik/", "20 ሕዳር 2026"),
        // Also around a text that is not translated.
        ("/ti/privacy/", "20 ሕዳር 2026"),
    ] {
        let checked = between(site.page(address), "<p class=\"checked\">", "</p>");
        assert!(checked.is_some_and(|text| text.contains(date)), "{address}: {checked:?}");
    }
    let news = site.page("/ar/nieuws/vier-talen/");
    assert!(news.contains("<time datetime=\"2026-11-24\">24 نوفمبر 2026</time>"), "{news}");
}

#[test]
fn an_address_that_does_not_exist_is_told_in_the_readers_language() {
    let site = Site::of_oss();
    for (path, lang, home) in
        [("/404.html", "nl", "/"), ("/en/404.html", "en", "/en/"), ("/ar/404.html", "ar", "/ar/")]
    {
        let html = site.text(path);
        assert_eq!(attribute(tags(html, "html")[0], "lang"), Some(lang), "{path}");
        assert!(attributes(html, "href").contains(&home), "{path} leads home");
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
    }
}
