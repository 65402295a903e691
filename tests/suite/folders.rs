//! Folders as they are found: on disk after a build, on the site as a page, in the preview as a
//! picture.

use std::collections::BTreeMap;
use std::path::Path;

use tests::pages::{attributes, between};
use tests::post::get;
use tests::preview::{Preview, wait_until};
use tests::project::{Project, files};

const TEXT: &str = "content/leaflets/trifold.nl.md";
const AREAS: usize = 11;
const LANGUAGES: usize = 4;

fn read(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |file: &Path| file.to_string_lossy().into_owned();
    let bytes = |file: &Path| std::fs::read(folder.join(file)).expect("a built file");
    files(folder).iter().map(|file| (name(file), bytes(file))).collect()
}

/// Oss with small folders only.
fn with(formats: &str) -> Project {
    let project = Project::of_oss();
    project.edit("content/site.toml", "[\"trifold\"]", formats);
    project
}

fn built(project: &Project) -> BTreeMap<String, Vec<u8>> {
    read(&project.build().join("print"))
}

#[test]
fn one_build_makes_every_format_and_publishes_what_is_for_residents() {
    let project = Project::of_oss_with_all_folders();
    project.fill_in_numbers();
    let dist = project.build();
    let (print, site) = (read(&dist.join("print")), read(&dist.join("site/folders")));
    assert_eq!(print.len(), AREAS * LANGUAGES * 8 * 2);
    let pdfs: Vec<_> = site.keys().filter(|name| name.ends_with(".pdf")).collect();
    assert_eq!(pdfs.len(), AREAS * LANGUAGES * 7);
    assert!(pdfs.iter().all(|name| !name.contains("door") && !name.contains("print-shop")));
    for name in pdfs {
        assert!(site[name] == print[name], "{name}");
    }
}

#[test]
fn a_text_that_is_not_fit_for_the_print_shop_is_made_for_home_alone() {
    let project = with("[\"door\"]");
    assert_eq!(built(&project).len(), AREAS * LANGUAGES);
    project.fill_in_numbers();
    assert_eq!(built(&project).len(), AREAS * LANGUAGES * 2);
    // Every translation waits for the new text.
    project.edit("content/leaflets/door.nl.md", "Houd het kort.", "Maak het kort.");
    let print = built(&project);
    assert_eq!(print.len(), AREAS * LANGUAGES + AREAS);
    assert!(print.keys().all(|name| !name.contains("print-shop") || name.contains("-nl-")));
}

#[test]
fn folders_of_an_earlier_build_are_kept_and_change_nothing() {
    let project = with("[\"flyer\"]");
    project.build();
    let kept = project.path().join("dist/kept/folders");
    assert_eq!(files(&kept).len(), AREAS * LANGUAGES);
    let before = read(&kept);

    project.edit(TEXT, "### Doe mee", "### Doe ook mee");
    let edited = built(&project);
    let fresh = with("[\"flyer\"]");
    fresh.edit(TEXT, "### Doe mee", "### Doe ook mee");
    assert!(edited == built(&fresh), "what was kept shows");

    // What no folder is made from any more is gone; what did not change is taken from there. Every
    // translation says now that it is behind, so all are new.
    let after = read(&kept);
    assert_eq!(after.len(), AREAS * LANGUAGES);
    assert!(after.keys().all(|name| !before.contains_key(name)));
    let (name, of) = edited.iter().next().expect("a folder");
    let (file, _) = after.iter().find(|(_, bytes)| *bytes == of).expect("it is kept");
    std::fs::write(kept.join(file), "%PDF, and not set anew").expect("our own folder");
    assert!(built(&project)[name].starts_with(b"%PDF, and not set anew"));
}

#[test]
fn the_text_of_each_folder_is_a_page_in_each_language() {
    let project = Project::of_oss();
    let site = project.build().join("site");
    let page = |path: &str| std::fs::read_to_string(site.join(path)).expect("a page");
    let dutch = page("folders/ruwaard/index.html");
    assert_eq!(between(&dutch, "<h1>", "</h1>"), Some("Folder voor Ruwaard"));
    // In the order of the panels, with the block of numbers and the way to the area in their places.
    let mut rest = dutch.as_str();
    for piece in [
        ">Nieuwe buren in Oss</h2>",
        "Voor alle inwoners van Ruwaard.",
        ">Doe mee</h2>",
        ">Wie zijn de nieuwe buren?</h2>",
        "Deze folder is in heel Ruwaard hetzelfde.",
        ">Wie bel ik?</h2>",
        "href=\"tel:112\"",
        ">Uw eerste aanspreekpunt</h2>",
        ">Meer weten?</h2>",
        "href=\"/wijken-en-dorpen/ruwaard/\"",
        "href=\"/folders/ruwaard-nl-trifold.pdf\"",
    ] {
        let (_, after) = rest.split_once(piece).unwrap_or_else(|| panic!("{piece}: {dutch}"));
        rest = after;
    }
    assert!(!dutch.contains("{area}") && !dutch.contains("_live"));
    let arabic = page("ar/folders/ruwaard/index.html");
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(arabic.contains("<bdi dir=\"ltr\">0900-8844</bdi>"), "{arabic}");
    assert!(arabic.contains("href=\"/folders/ruwaard-ar-trifold.pdf\""));
    assert!(page("en/leaflets/lith/index.html").contains(">Leaflet for Lith</h1>"));
    let addresses: Vec<&str> = attributes(&dutch, "hreflang");
    assert_eq!(addresses.len(), 2 * LANGUAGES);
    let area = page("wijken-en-dorpen/ruwaard/index.html");
    assert!(area.contains("href=\"/folders/ruwaard/\""));
}

#[test]
fn where_a_folder_is_not_translated_its_page_says_so_and_is_dutch() {
    let project = Project::of_oss();
    project.remove("content/leaflets/trifold.ti.md");
    let site = project.build().join("site");
    let page = std::fs::read_to_string(site.join("ti/folders/lith/index.html")).expect("a page");
    assert!(page.contains("<html lang=\"ti\""));
    assert!(page.contains("<div class=\"prose\" lang=\"nl\" dir=\"ltr\""), "{page}");
    assert!(page.contains("Voor alle inwoners van Lith."));
    assert!(page.contains("rel=\"canonical\" href=\"https://nieuweburen.example/folders/lith/\""));
    assert!(page.contains("href=\"/folders/lith-nl-trifold.pdf\""));
    assert!(!site.join("folders/lith-ti-trifold.pdf").exists());
}

#[test]
fn the_preview_shows_every_folder_as_a_picture_that_follows_the_text() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let at = |path: &str| get(&format!("{}{path}", preview.address));
    let page = at("/folders/ruwaard/").body;
    let pictures: Vec<&str> =
        attributes(&page, "src").into_iter().filter(|src| src.starts_with("/_live/")).collect();
    assert_eq!(pictures.len(), 8 + 1, "eight formats and the script: {page}");
    for picture in pictures.iter().filter(|src| src.contains("/folders/")) {
        let answer = at(picture);
        assert_eq!(answer.status, 200, "{picture}");
        assert_eq!(answer.content_type, "image/png");
        assert!(answer.body.contains("PNG") && answer.body.len() > 10_000, "{picture}");
    }
    // What no build of the preview makes is made for who follows a link.
    for link in ["ruwaard-ar-poster-a3.pdf", "lith-nl-flyer-print-shop.pdf"] {
        let answer = at(&format!("/folders/{link}"));
        assert_eq!(answer.status, 200, "{link}");
        assert_eq!(answer.content_type, "application/pdf");
        assert!(answer.body.starts_with("%PDF-"), "{link}");
    }
    for nothing in ["/folders/ruwaard-fr-flyer.pdf", "/_live/folders/x.png", "/_live/folders/"] {
        assert_eq!(at(nothing).status, 404, "{nothing}");
    }
    let picture = || at("/_live/folders/ruwaard-nl-flyer.png").body;
    let before = picture();
    project.edit(TEXT, "### Doe mee", "### Doe ook mee");
    wait_until("the picture stays as it was", || picture() != before);
}

#[test]
fn a_contact_sheet_holds_every_folder_that_was_asked_for() {
    let project = Project::of_oss();
    let outcome = project.run(&["folder", "--format", "flyer", "--lang", "nl", "--contact-sheet"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert_eq!(outcome.stdout, "11 folders in folders.\n");
    let folders = read(&project.path().join("folders"));
    assert_eq!(folders.len(), AREAS + 1);
    let sheet = &folders["contact-sheet.png"];
    assert!(sheet.starts_with(b"\x89PNG\r\n\x1a\n"));
    let number = |at: usize| u32::from_be_bytes(sheet[at..at + 4].try_into().expect("four bytes"));
    let (width, height) = (number(16), number(20));
    // Eleven pairs of A5 of some 250 by 360 pixels: three rows.
    assert_eq!(width, 3200);
    assert!((1100..1300).contains(&height), "{height}");
}
