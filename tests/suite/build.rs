//! What a build makes.

use std::collections::BTreeMap;
use std::path::Path;

use tests::pages::{attributes, brotli};
use tests::project::{Project, files};

const AREAS: usize = 11;
/// What fits in the first round trip of a slow connection.
const FIRST_LOAD: usize = 14 * 1024;

fn read(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |file: &Path| file.to_string_lossy().replace('\\', "/");
    files(path)
        .iter()
        .map(|file| (name(file), std::fs::read(path.join(file)).expect("a built file")))
        .collect()
}

#[test]
fn one_command_makes_site_folders_and_bundle() {
    let project = Project::of_oss();
    let outcome = project.run(&["build"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains("11 folders  dist/print"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("(niet openbaar)"), "{}", outcome.stdout);
    let dist = project.path().join("dist");
    assert_eq!(files(&dist.join("print")).len(), AREAS);
    for file in ["site/index.html", "site/vraag/index.html", "site/404.html", "forms/manifest.json"]
    {
        assert!(dist.join(file).is_file(), "{file} is missing");
    }
    assert!(dist.join("print/ruwaard-nl-trifold.pdf").is_file());
    let area = std::fs::read_to_string(dist.join("site/wijken-en-dorpen/ruwaard/index.html"))
        .expect("the page of an area");
    assert!(area.contains("href=\"/folders/ruwaard-nl-trifold.pdf\""));
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let (first, second) = (Project::of_oss(), Project::of_oss());
    let (one, other) = (read(&first.build()), read(&second.build()));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (file, bytes) in &one {
        assert!(Some(bytes) == other.get(file), "{file} differs between two builds");
    }
}

#[test]
fn a_second_build_writes_only_what_changed_and_removes_what_is_gone() {
    let project = Project::of_oss();
    project.build();
    project.edit("content/pages/colofon.nl.md", "title = \"Colofon\"", "title = \"Wie dit maakt\"");
    std::fs::remove_file(project.path().join("content/pages/vragen/mag-ik-spullen-geven.nl.md"))
        .expect("a page of the content");
    let outcome = project.run(&["build"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    // The colophon, the list of questions, and the list of pages.
    assert!(outcome.stdout.contains("3 geschreven"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("1 weggehaald"), "{}", outcome.stdout);
    assert!(!project.path().join("dist/site/vragen/mag-ik-spullen-geven/index.html").exists());
}

#[test]
fn check_writes_nothing() {
    let project = Project::of_oss();
    let outcome = project.run(&["check"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(!project.path().join("dist").exists());
}

#[test]
fn the_private_bundle_is_not_in_the_public_site() {
    let project = Project::of_oss();
    let site = read_site(&project.build());
    assert!(!site.keys().any(|file| file.contains("manifest") || file.contains("mail/")));
}

fn read_site(dist: &Path) -> BTreeMap<String, Vec<u8>> {
    read(&dist.join("site"))
}

#[test]
fn the_home_page_comes_in_one_round_trip() {
    let project = Project::of_oss();
    let site = read_site(&project.build());
    let size = brotli(&site["index.html"]) + brotli(&site["assets/style.css"]);
    println!("home page and stylesheet after brotli: {size} bytes");
    assert!(size < FIRST_LOAD, "{size} bytes");
}

#[test]
fn every_address_on_every_page_leads_somewhere() {
    let project = Project::of_oss();
    let site = read_site(&project.build());
    let mut wrong = Vec::new();
    for (file, bytes) in site.iter().filter(|(file, _)| file.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for address in attributes(&html, "href").into_iter().chain(attributes(&html, "src")) {
            if !leads_somewhere(&site, file, &html, address) {
                wrong.push(format!("{file}: {address}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn leads_somewhere(
    site: &BTreeMap<String, Vec<u8>>,
    from: &str,
    html: &str,
    address: &str,
) -> bool {
    if ["https://", "tel:", "mailto:"].iter().any(|outside| address.starts_with(outside)) {
        return true;
    }
    let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
    let file = match path.trim_start_matches('/') {
        "" if path.is_empty() => from.to_owned(),
        // Answered by the function.
        "vraag/code" => return true,
        folder if folder.is_empty() || folder.ends_with('/') => format!("{folder}index.html"),
        file => file.to_owned(),
    };
    let Some(target) = site.get(&file) else { return false };
    let target = String::from_utf8_lossy(target);
    let text = if file == from { html } else { &target };
    anchor.is_empty() || text.contains(&format!("id=\"{anchor}\""))
}

#[test]
fn no_page_runs_a_script_or_asks_another_host() {
    let project = Project::of_oss();
    for (file, bytes) in read_site(&project.build()) {
        assert!(!file.ends_with(".js"), "{file}");
        if !file.ends_with(".html") && !file.ends_with(".css") {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("<script"), "{file} has a script");
        assert!(
            !text.contains(" style=\"") && !text.contains("<style"),
            "{file} has inline styles"
        );
        assert!(!text.contains("javascript:") && !text.contains(" onclick="), "{file}");
        for address in attributes(&text, "src") {
            assert!(address.starts_with('/'), "{file} loads {address}");
        }
        assert!(
            !text.contains("url(http") && !text.contains("@import"),
            "{file} loads from outside"
        );
    }
}

#[test]
fn search_engines_find_every_page_and_nothing_else() {
    let project = Project::of_oss();
    let site = project.build().join("site");
    let text = |file: &str| std::fs::read_to_string(site.join(file)).expect("a text of the site");
    assert!(text("robots.txt").contains("Sitemap: https://nieuweburen.example/sitemap.xml"));
    let sitemap = text("sitemap.xml");
    let pages = files(&site).into_iter().filter(|file| file.ends_with("index.html"));
    let mut count = 0;
    for page in pages {
        let folder = page.parent().expect("a page has a folder").to_string_lossy().into_owned();
        let slash = if folder.is_empty() { "" } else { "/" };
        let address = format!("<loc>https://nieuweburen.example/{folder}{slash}</loc>");
        assert!(sitemap.contains(&address), "{address} is not in the list");
        count += 1;
    }
    assert_eq!(sitemap.matches("<loc>").count(), count);
    assert_eq!(sitemap.matches("<lastmod>2026-").count(), count);
}
