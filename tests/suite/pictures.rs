//! A photo from an editor's telephone becomes small, and tells nothing of where it was taken.

use tests::pages::{attribute, between, tags};
use tests::photo::{CAMERA, telling_jpeg};
use tests::post::get;
use tests::preview::Preview;
use tests::project::{Project, files};
use tests::site::Site;

const PAGE: &str = "content/pages/zo-werkt-het.nl.md";
const ALT: &str = "Een bankje op een plein";

/// A page with this line in it.
fn showing(line: &str) -> Project {
    let project = Project::of_oss();
    project.edit(PAGE, "\n+++\n\n", &format!("\n+++\n\n{line}\n\n"));
    project
}

fn contains(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

#[test]
fn a_photo_is_offered_small_in_two_kinds_and_says_what_it_shows() {
    let project = showing(&format!("![{ALT}](/pictures/plein.jpg)"));
    project.write("content/pictures/plein.jpg", telling_jpeg(800, 600));
    let site = Site::of(&project);
    let html = site.page("/zo-werkt-het/");
    let picture = between(html, "<picture>", "</picture>").expect("a picture");
    let img = tags(picture, "img")[0];
    assert_eq!(attribute(img, "alt"), Some(ALT));
    // It lay on its side: what was 800 wide is 800 high.
    assert_eq!((attribute(img, "width"), attribute(img, "height")), (Some("600"), Some("800")));
    assert_eq!(attribute(img, "loading"), Some("lazy"));
    let sources = tags(picture, "source");
    let kinds: Vec<_> = sources.iter().filter_map(|tag| attribute(tag, "type")).collect();
    assert_eq!(kinds, ["image/avif", "image/webp"]);
    let mut offered = vec![attribute(img, "src").expect("a source")];
    for source in &sources {
        let set = attribute(source, "srcset").expect("widths");
        let widths: Vec<&str> = set.split(", ").filter_map(|one| one.split(' ').nth(1)).collect();
        assert_eq!(widths, ["480w", "600w"], "it is never made larger");
        offered.extend(set.split(", ").filter_map(|one| one.split(' ').next()));
    }
    for path in offered {
        let bytes = site.files.get(path).unwrap_or_else(|| panic!("{path} is not there"));
        let kind = if path.ends_with(".avif") { "ftypavif" } else { "WEBP" };
        assert!(bytes.len() > 100 && contains(&bytes[..16], kind), "{path} is something else");
    }
    // A reader of another language sees the same picture.
    let photos = |address: &str| tags(site.page(address), "source").len();
    assert_eq!((photos("/ti/zo-werkt-het/"), photos("/en/how-it-works/")), (2, 0));
}

#[test]
fn where_and_with_what_it_was_taken_stays_at_home() {
    let project = showing(&format!("![{ALT}](/pictures/plein.jpg)"));
    let photo = telling_jpeg(320, 240);
    assert!(contains(&photo, "Exif") && contains(&photo, CAMERA));
    project.write("content/pictures/plein.jpg", photo);
    let dist = project.build();
    let mut pictures = 0;
    for file in files(&dist) {
        let bytes = std::fs::read(dist.join(&file)).expect("a built file");
        let name = file.display();
        assert!(!contains(&bytes, CAMERA), "{name} tells the camera");
        if name.to_string().ends_with(".avif") || name.to_string().ends_with(".webp") {
            assert!(!contains(&bytes, "Exif") && !contains(&bytes, "EXIF"), "{name}");
            pictures += 1;
        }
        assert!(!name.to_string().ends_with(".jpg"), "the photo itself is published");
    }
    assert!(pictures >= 2, "{pictures}");
    let site = Site::of(&project);
    for (path, bytes) in &site.files {
        assert!(!contains(bytes, "Exif"), "{path}");
    }
}

#[test]
fn a_photo_is_made_small_once_and_a_new_one_under_the_same_name_is_seen() {
    let project = showing(&format!("![{ALT}](/pictures/plein.jpg)"));
    project.write("content/pictures/plein.jpg", telling_jpeg(200, 100));
    let first = Site::of(&project);
    let outcome = project.run(&["build"]);
    assert!(outcome.stdout.contains(" 0 geschreven"), "{}", outcome.stdout);
    let source = |site: &Site| {
        let img =
            tags(site.page("/zo-werkt-het/"), "img").into_iter().find(|tag| tag.contains(ALT));
        attribute(img.expect("the photo"), "src").expect("an address").to_owned()
    };
    project.write("content/pictures/plein.jpg", telling_jpeg(200, 120));
    let second = Site::of(&project);
    assert_ne!(source(&first), source(&second), "browsers keep the old name for a year");
    assert!(!second.files.contains_key(&source(&first)), "the old one is cleared away");
}

#[test]
fn a_photo_may_have_any_name_and_stand_there_twice() {
    let line =
        format!("![{ALT}](</pictures/Foto, van het Plein.JPG>)\n\n![{ALT}](/pictures/kopie.jpg)");
    let project = showing(&line);
    let photo = telling_jpeg(200, 100);
    for name in ["Foto, van het Plein.JPG", "kopie.jpg", "oud/kopie.jpg"] {
        project.write(&format!("content/pictures/{name}"), &photo);
    }
    project.edit(PAGE, "kopie.jpg)", &format!("kopie.jpg)\n\n![{ALT}](/pictures/oud/kopie.jpg)"));
    let site = Site::of(&project);
    let html = site.page("/zo-werkt-het/");
    let sets = tags(html, "source");
    assert_eq!(sets.len(), 6, "three photos in two kinds");
    for set in sets.iter().filter_map(|tag| attribute(tag, "srcset")) {
        let (address, width) = set.split_once(' ').expect("an address and a width");
        assert_eq!(width, "100w", "{set}");
        assert!(site.files.contains_key(address), "{address} is not there");
    }
}

#[test]
fn only_photos_that_a_page_shows_are_published() {
    let project = Project::of_oss();
    project.write("content/pictures/plein.jpg", telling_jpeg(200, 100));
    let site = Site::of(&project);
    assert!(!site.files.keys().any(|path| path.contains("plein")));
}

#[test]
fn the_preview_shows_a_photo_as_soon_as_it_is_there() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    project.write("content/pictures/plein.jpg", telling_jpeg(200, 100));
    project.edit(PAGE, "\n+++\n\n", &format!("\n+++\n\n![{ALT}](/pictures/plein.jpg)\n\n"));
    let shown = || get(&format!("{}/zo-werkt-het/", preview.address)).body;
    tests::preview::wait_until("the photo is not shown", || shown().contains(ALT));
    let html = shown();
    let img = tags(&html, "img").into_iter().find(|tag| tag.contains(ALT)).expect("the photo");
    let answer = get(&format!("{}{}", preview.address, attribute(img, "src").expect("a source")));
    assert_eq!((answer.status, answer.content_type.as_str()), (200, "image/webp"));
}
