//! What stands beside the pages: for search engines, for those who follow the news, for the host.

use std::collections::BTreeSet;

use roxmltree::{Document, Node};
use serde_json::Value;
use tests::pages::{attribute, attributes, between, tags, unpack_brotli, unpack_gzip};
use tests::post::get;
use tests::preview::Preview;
use tests::project::Project;
use tests::site::Site;

const BASE: &str = "https://nieuweburen.example";
const SITE: &str = "content/site.toml";
const EXPIRES: &str = "expires = 2027-05-20";

fn child<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.children().find(|child| child.has_tag_name(name)).and_then(|child| child.text())
}

/// A piece of news, with the lines that any page needs.
fn news(title: &str, day: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\ndescription = \"Over {title}.\"\ntemplate = \"news\"\n\
         publish_on = {day}\nchecked = 2026-11-20\nreview_by = 2027-05-20\nowner = \"gemeente\"\n\
         +++\n\nEen kort bericht.\n"
    )
}

#[test]
fn the_sitemap_names_every_text_once_with_its_other_languages() {
    let site = Site::of_oss();
    let sitemap = Document::parse(site.text("/sitemap.xml")).expect("XML");
    let urls: Vec<Node<'_, '_>> =
        sitemap.root_element().children().filter(Node::is_element).collect();
    let mut listed = BTreeSet::new();
    for url in urls {
        assert!(url.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "url")));
        let loc = url.children().find(|part| part.tag_name().name() == "loc");
        let loc = loc.and_then(|part| part.text()).expect("an address");
        let address = loc.strip_prefix(BASE).expect("a whole address");
        assert!(listed.insert(address.to_owned()), "{address} stands there twice");
        let day = url.children().find(|part| part.tag_name().name() == "lastmod");
        assert!(day.and_then(|part| part.text()).is_some_and(|day| day.starts_with("2026-11-")));
        let others: BTreeSet<(&str, &str)> = url
            .children()
            .filter(|part| part.has_tag_name(("http://www.w3.org/1999/xhtml", "link")))
            .filter_map(|link| Some((link.attribute("hreflang")?, link.attribute("href")?)))
            .collect();
        let on_page: BTreeSet<(&str, &str)> = tags(site.page(address), "link")
            .into_iter()
            .filter_map(|tag| Some((attribute(tag, "hreflang")?, attribute(tag, "href")?)))
            .collect();
        // A page in one language has no other to name.
        let expected = if on_page.len() > 1 { on_page } else { BTreeSet::new() };
        assert_eq!(others, expected, "{address}");
    }
    // A page says itself which address is the one to know.
    let own: BTreeSet<String> = site
        .pages()
        .filter(|(address, html)| {
            let canonical = format!("<link rel=\"canonical\" href=\"{BASE}{address}\">");
            html.contains(&canonical)
        })
        .map(|(address, _)| address.to_owned())
        .collect();
    assert_eq!(listed, own);
    assert!(own.len() < site.pages().count(), "no page stands in for a translation");
    let robots = format!("User-agent: *\nDisallow:\n\nSitemap: {BASE}/sitemap.xml\n");
    assert_eq!(site.text("/robots.txt"), robots);
}

#[test]
fn news_can_be_followed_in_each_language_that_it_is_written_in() {
    let project = Project::of_oss();
    project.write("content/pages/nieuws/ouder.nl.md", news("Ouder & <wijzer>", "2026-11-21"));
    let site = Site::of(&project);
    let feed = |address: &str| {
        let feed = Document::parse(site.text(&format!("{address}feed.xml"))).expect("XML");
        let root = feed.root_element();
        assert!(root.has_tag_name(("http://www.w3.org/2005/Atom", "feed")));
        assert_eq!(child(root, "id"), Some(format!("{BASE}{address}").as_str()));
        assert_eq!(child(root, "updated"), Some("2026-11-24T00:00:00Z"));
        let entries = root.children().filter(|part| part.has_tag_name("entry"));
        entries
            .map(|entry| {
                let link = child(entry, "id").expect("an id");
                assert!(site.has_page(link.strip_prefix(BASE).expect("a whole address")), "{link}");
                let lang = entry.attribute(("http://www.w3.org/XML/1998/namespace", "lang"));
                let title = child(entry, "title").expect("a title");
                (title.to_owned(), lang.map(str::to_owned))
            })
            .collect::<Vec<_>>()
    };
    let plain = |title: &str| (title.to_owned(), None);
    let dutch = ["Deze site is er nu in vier talen", "Ouder & <wijzer>"].map(plain);
    assert_eq!(feed("/nieuws/"), dutch, "the newest first");
    let english = [
        plain("This site is now in four languages"),
        ("Ouder & <wijzer>".to_owned(), Some("nl".to_owned())),
    ];
    assert_eq!(feed("/en/news/"), english, "what is not translated says so");
    for (address, feed) in [
        ("/nieuws/", "/nieuws/feed.xml"),
        ("/en/news/", "/en/news/feed.xml"),
        // The list is not translated, so neither is its feed.
        ("/ti/nieuws/", "/nieuws/feed.xml"),
    ] {
        let head =
            format!("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"{feed}\">");
        assert!(site.page(address).contains(&head), "{address} does not offer its feed");
        assert!(site.files.contains_key(feed));
    }
    assert!(!site.files.contains_key("/ti/nieuws/feed.xml"));
}

#[test]
fn a_list_without_news_says_so_and_its_feed_can_still_be_read() {
    let project = Project::of_oss();
    project.remove("content/pages/nieuws/vier-talen.nl.md");
    project.remove("content/pages/nieuws/vier-talen.en.md");
    let site = Site::of(&project);
    assert!(site.page("/nieuws/").contains("<p>Hier staat nu niets.</p>"));
    let feed = Document::parse(site.text("/nieuws/feed.xml")).expect("XML");
    assert_eq!(child(feed.root_element(), "updated"), Some("2026-11-20T00:00:00Z"));
}

#[test]
fn an_old_address_leads_to_the_page() {
    let project = Project::of_oss();
    let aliases = "aliases = [\"/bellen/\", \"/oud/wie-bel-ik/\"]\nowner = ";
    project.edit("content/pages/wie-bel-ik.nl.md", "owner = ", aliases);
    let site = Site::of(&project);
    for old in ["/bellen/", "/oud/wie-bel-ik/"] {
        let html = site.page(old);
        assert!(html.contains("<meta http-equiv=\"refresh\" content=\"0; url=/wie-bel-ik/\">"));
        assert!(html.contains("<a href=\"/wie-bel-ik/\">Wie bel ik?</a>"), "for who does not move");
        assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{BASE}/wie-bel-ik/\">")));
        assert!(html.contains("<html lang=\"nl\">") && html.contains("noindex"));
        assert!(!site.text("/sitemap.xml").contains(old), "{old} is no page");
    }
}

#[test]
fn the_preview_tells_of_a_missing_page_in_the_readers_language() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    for (path, words) in [
        ("/nergens/", "Deze pagina is er niet"),
        ("/en/nowhere/", "This page does not exist"),
        ("/ar/vragen/nergens/", "هذه الصفحة غير موجودة"),
    ] {
        let answer = get(&format!("{}{path}", preview.address));
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains(words), "{path} says something else");
    }
}

#[test]
fn who_finds_a_hole_reads_where_to_tell_it() {
    let site = Site::of_oss();
    let text = site.text("/.well-known/security.txt");
    for line in [
        "Contact: https://nieuweburen.example/colofon/",
        "Expires: 2027-05-20T00:00:00Z",
        "Preferred-Languages: nl, en, ar, ti",
        "Canonical: https://nieuweburen.example/.well-known/security.txt",
    ] {
        assert!(text.lines().any(|found| found == line), "{text}");
    }
}

/// Today is the 24th of November 2026.
#[test]
fn what_is_said_of_holes_does_not_grow_old_in_silence() {
    for (expires, code, words) in [
        ("2026-11-24", 1, "fout: security.txt is verlopen op 2026-11-24."),
        ("2027-11-25", 1, "fout: security.txt mag hoogstens een jaar gelden."),
        ("2027-11-24", 0, ""),
        ("2026-12-24", 0, "let op: security.txt verloopt op 2026-12-24."),
        ("2026-12-25", 0, ""),
    ] {
        let project = Project::of_oss();
        project.edit(SITE, EXPIRES, &format!("expires = {expires}"));
        let outcome = project.run(&["check"]);
        assert_eq!(outcome.code, code, "{expires}: {}", outcome.stderr);
        let told = outcome.stderr.contains("security.txt");
        assert_eq!(told, !words.is_empty(), "{expires}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(words), "{expires}: {}", outcome.stderr);
    }
}

#[test]
fn the_host_hears_which_headers_go_with_each_file() {
    let project = Project::of_oss();
    let dist = project.build();
    let text = std::fs::read_to_string(dist.join("host/headers.json")).expect("a list of headers");
    let rules: Value = serde_json::from_str(&text).expect("JSON");
    for rule in rules.as_array().expect("rules") {
        let header = |name: &str| rule["headers"][name].as_str().unwrap_or_default();
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert!(!policy.contains("'unsafe-") && !policy.contains('*'), "{policy}");
        let year = "max-age=31536000";
        assert!(header("strict-transport-security").starts_with("max-age=63072000"));
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert!(header("permissions-policy").contains("camera=()"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        // Only what has a digest in its name may be kept without asking.
        let for_ever = header("cache-control").contains(year);
        assert_eq!(for_ever, rule["path"] == "/assets/*", "{rule}");
    }
    assert_eq!(rules.as_array().and_then(|all| all.last()).expect("a last rule")["path"], "/*");
    assert!(!dist.join("site/headers.json").exists(), "it is not public");
}

/// `mark.a7f9be30.svg`: eight hexadecimal digits before the extension.
fn has_digest(path: &str) -> bool {
    let digits = path.rsplit('.').nth(1).unwrap_or_default();
    digits.len() == 8 && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[test]
fn every_asset_has_a_digest_in_its_name_and_is_where_it_is_asked_for() {
    let site = Site::of_oss();
    let plain = |path: &&String| !path.ends_with(".br") && !path.ends_with(".gz");
    let assets: BTreeSet<&str> = site
        .files
        .keys()
        .filter(|path| path.starts_with("/assets/"))
        .filter(plain)
        .map(String::as_str)
        .collect();
    for asset in &assets {
        assert!(has_digest(asset), "{asset} may be kept for a year under this name");
    }
    let mut asked = BTreeSet::new();
    for (_, html) in site.pages() {
        let all = attributes(html, "href").into_iter().chain(attributes(html, "src"));
        asked.extend(all.filter(|address| address.starts_with("/assets/")));
    }
    let style = asked.iter().find(|path| path.ends_with(".css")).expect("a stylesheet");
    let style = site.text(style);
    for part in style.split("url(").skip(1) {
        let address = part.split(')').next().unwrap_or_default().trim_matches(['"', '\'']);
        asked.insert(address);
    }
    assert_eq!(asked.difference(&assets).collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn another_look_has_another_name() {
    let style = |project: &Project| {
        let site = Site::of(project);
        let link = tags(site.page("/"), "link").into_iter().find(|tag| tag.contains("stylesheet"));
        attribute(link.expect("a stylesheet"), "href").expect("an address").to_owned()
    };
    let project = Project::of_oss();
    let before = style(&project);
    assert_eq!(style(&project), before);
    project.write("themes/vluchtelingenwerk/styles/99-more.css", "main { outline: 3px solid }\n");
    assert_ne!(style(&project), before);
    let gone = project.path().join("dist/site").join(before.trim_start_matches('/'));
    assert!(!gone.exists(), "the old one is cleared away");
}

#[test]
fn what_is_packed_unpacks_to_the_very_file_beside_it() {
    let site = Site::of_oss();
    let mut packed = 0;
    for (path, bytes) in &site.files {
        for (ending, unpack) in
            [(".br", unpack_brotli as fn(&[u8]) -> Vec<u8>), (".gz", unpack_gzip)]
        {
            if let Some(beside) = site.files.get(&format!("{path}{ending}")) {
                assert!(unpack(beside) == *bytes, "{path}{ending} is another file");
                assert!(beside.len() < bytes.len(), "{path}{ending} is no smaller");
                packed += 1;
            }
        }
        let text = [".html", ".css", ".svg", ".xml"].iter().any(|end| path.ends_with(end));
        if text && bytes.len() > 1000 {
            assert!(site.files.contains_key(&format!("{path}.br")), "{path} is not packed");
        }
    }
    assert!(packed > 300, "only {packed} files");
    // No date and no name of a file, or each build would have other bytes.
    let head = &site.files["/index.html.gz"][..10];
    assert_eq!((head[3], &head[4..8]), (0, &[0; 4][..]));
}

#[test]
fn a_small_host_may_ask_for_pages_as_they_were_written() {
    let project = Project::of_oss();
    project.edit(SITE, "[output]\n", "[output]\nminify = false\ncompress = false\n");
    let site = Site::of(&project);
    assert!(!site.files.keys().any(|path| path.ends_with(".br") || path.ends_with(".gz")));
    let small = Site::of_oss();
    for (address, html) in site.pages() {
        let words = |html: &str| {
            between(html, "<main", "</main>").map(|main| {
                main.split(['<', '>'])
                    .skip(1)
                    .step_by(2)
                    .flat_map(str::split_whitespace)
                    .collect::<Vec<_>>()
                    .join(" ")
            })
        };
        assert_eq!(words(html), words(small.page(address)), "{address} lost words");
    }
}
