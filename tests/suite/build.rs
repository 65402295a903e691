//! What a build makes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tests::pages::{attributes, brotli};
use tests::project::{Project, files};
use tests::site::Site;

const AREAS: usize = 11;
const LANGUAGES: usize = 4;
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
    assert!(outcome.stdout.contains("44 folders  dist/print"), "{}", outcome.stdout);
    assert!(outcome.stdout.contains("(niet openbaar)"), "{}", outcome.stdout);
    let dist = project.path().join("dist");
    assert_eq!(files(&dist.join("print")).len(), AREAS * LANGUAGES);
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

/// Files that a change of one title and the end of one page touch, in every language.
#[test]
fn a_second_build_writes_only_what_changed_and_removes_what_is_gone() {
    let project = Project::of_oss();
    let before = read(&project.build());
    project.edit("content/pages/colofon.nl.md", "title = \"Colofon\"", "title = \"Wie dit maakt\"");
    for lang in ["nl", "en", "ar"] {
        project.remove(&format!("content/pages/vragen/mag-ik-spullen-geven.{lang}.md"));
    }
    let outcome = project.run(&["build"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let after = read(&project.path().join("dist"));

    // What is searched in follows the pages in its own way.
    let ours = |file: &&String| !file.starts_with("site/search/");
    let same = |file: &&String| before.get(*file) == after.get(*file);
    let changed: BTreeSet<&str> =
        after.keys().filter(ours).filter(|file| !same(file)).map(|file| plain(file)).collect();
    let gone: BTreeSet<&str> = before
        .keys()
        .filter(ours)
        .filter(|file| !after.contains_key(*file))
        .map(|file| plain(file))
        .collect();
    // The colophon, the list of questions, and the list of pages.
    let expected = ["", "en/", "ar/", "ti/"].into_iter().flat_map(|lang| {
        let questions = if lang == "en/" { "questions" } else { "vragen" };
        let search = if lang == "en/" { "search-this-site" } else { "zoeken" };
        ["colofon", questions, search].map(|page| format!("site/{lang}{page}/index.html"))
    });
    let expected: BTreeSet<String> = expected.chain(["site/sitemap.xml".to_owned()]).collect();
    assert_eq!(changed, expected.iter().map(String::as_str).collect());
    assert_eq!(gone.len(), 4, "one page in four languages: {gone:?}");
    // With both packed forms of each, and with what is searched in.
    let told = format!("{} geschreven", after.keys().filter(|file| !same(file)).count());
    assert!(outcome.stdout.contains(&told), "{told}: {}", outcome.stdout);
    let removed = before.keys().filter(|file| !after.contains_key(*file)).count();
    let told = format!("{removed} weggehaald");
    assert!(outcome.stdout.contains(&told), "{told}: {}", outcome.stdout);
    assert!(
        !project.path().join("dist/site/vragen/mag-ik-spullen-geven").exists(),
        "no empty folder"
    );
}

/// The file that a packed one was made from.
fn plain(file: &str) -> &str {
    file.strip_suffix(".br").or_else(|| file.strip_suffix(".gz")).unwrap_or(file)
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
    let site = Site::of_oss();
    let private = ["manifest", "mail/", "frames/", "headers.json"];
    assert!(!site.files.keys().any(|file| private.iter().any(|part| file.contains(part))));
}

#[test]
fn the_home_page_comes_in_one_round_trip() {
    let site = Site::of_oss();
    let is_style = |file: &&String| file.starts_with("/assets/style.") && file.ends_with(".css");
    let style = site.files.keys().find(is_style).expect("a stylesheet");
    for home in ["/", "/en/", "/ar/", "/ti/"] {
        let size = brotli(site.page(home).as_bytes()) + brotli(&site.files[style]);
        println!("{home} and stylesheet after brotli: {size} bytes");
        assert!(size < FIRST_LOAD, "{home}: {size} bytes");
    }
}

#[test]
fn every_address_on_every_page_leads_somewhere() {
    let site = Site::of_oss();
    let mut wrong = Vec::new();
    for file in site.files.keys().filter(|file| file.ends_with(".html")) {
        let html = site.text(file);
        for address in attributes(html, "href").into_iter().chain(attributes(html, "src")) {
            if !leads_somewhere(site, file, address) {
                wrong.push(format!("{file}: {address}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn leads_somewhere(site: &Site, from: &str, address: &str) -> bool {
    let address = address.split('?').next().unwrap_or(address);
    if ["https://", "tel:", "mailto:"].iter().any(|outside| address.starts_with(outside)) {
        return true;
    }
    let (path, anchor) = address.split_once('#').unwrap_or((address, ""));
    let file = match path {
        "" => from.to_owned(),
        // Answered by the function.
        "/vraag/code" | "/vraag/controle" | "/meedoen/code" => return true,
        folder if folder.ends_with('/') => format!("{folder}index.html"),
        file => file.to_owned(),
    };
    let Some(target) = site.files.get(&file) else { return false };
    let target = String::from_utf8_lossy(target);
    anchor.is_empty() || target.contains(&format!("id=\"{anchor}\""))
}

/// Two things with one name: a link goes to the wrong one, and a screen reader says the wrong one.
#[test]
fn no_name_on_a_page_is_given_twice() {
    let project = Project::of_oss();
    let headings = "\n\n## Inhoud\n\n## Wie bel ik?\n\n## Folder\n\n## In het kort\n\n## Samen\n";
    for file in ["pages/privacy.nl.md", "areas/lith.nl.md", "pages/vragen/index.nl.md"] {
        let file = format!("content/{file}");
        project.write(&file, project.read(&file) + headings);
    }
    for site in [Site::of_oss(), &Site::of(&project)] {
        for (address, html) in site.pages() {
            let mut seen = BTreeSet::new();
            for id in attributes(html, "id") {
                assert!(seen.insert(id), "{address}: {id}");
            }
        }
    }
}

#[test]
fn no_page_runs_a_script_or_asks_another_host() {
    for (file, bytes) in &Site::of_oss().files {
        if !file.ends_with(".html") && !file.ends_with(".css") {
            continue;
        }
        let text = String::from_utf8_lossy(bytes);
        // The page that searches has one, of its own, and works without it.
        let scripts = text.matches("<script").count();
        let searches = text.contains("data-search");
        assert_eq!(scripts, usize::from(searches), "{file} has a script");
        assert!(!searches || file.contains("zoeken/") || file.contains("search"), "{file}");
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
