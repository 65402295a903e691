//! Every format, as who prints it at home reads it.

use std::path::{Path, PathBuf};
use std::process::Command;

use lopdf::Document;
use tests::folder::{FORMATS, close, edges, folder, format, made, name, picture, text};
use tests::photo::{CAMERA, telling_jpeg};
use tests::project::Project;
use tests::root;

const TEXT: &str = "content/leaflets/trifold.nl.md";

#[test]
fn every_format_at_home_is_tagged_and_says_how_to_turn_the_paper() {
    let project = Project::of_oss();
    for path in made(&project, &["--area", "ruwaard", "--lang", "nl"]) {
        let (format, width, height, sides) = format(&path);
        let bytes = std::fs::read(&path).expect("a folder");
        assert!(String::from_utf8_lossy(&bytes).contains("pdfuaid:part>1<"), "{format}");
        let pdf = Document::load_mem(&bytes).expect("a PDF that can be read");
        assert!(sides == 0 || pdf.get_pages().len() == sides, "{format}");
        let first = pdf.get_pages()[&1];
        let page = pdf.get_dictionary(first).expect("a page");
        assert!(close(edges(page, b"MediaBox"), [0.0, 0.0, width, height]), "{format}");
        let turned = text(&path, &["-raw"]).replace('\n', " ").contains("omslaan langs de");
        assert_eq!(turned, sides != 1, "{format}");
    }
}

/// Rules of PDF/UA-1 and PDF/A-2a that these files break, as a checker of other makers finds them.
fn broken_rules(folders: &[PathBuf]) -> Vec<String> {
    let python = root().join("tests/.tools/venv/bin/python");
    let output = Command::new(python)
        .arg(root().join("tests/src/standards.py"))
        .args(folders)
        .output()
        .expect("the checker is there: tests/run fetches it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn every_folder_at_home_keeps_the_rules_as_another_program_reads_them() {
    let project = Project::of_oss();
    let folders = made(&project, &["--area", "lith"]);
    assert_eq!(folders.len(), 4 * FORMATS.len());
    assert_eq!(broken_rules(&folders), Vec::<String>::new());
    // And that program sees what is missing.
    let without = project.path().join("without-tags.pdf");
    let mut pdf = Document::load(&folders[0]).expect("a PDF that can be read");
    pdf.catalog_mut().expect("a catalogue").remove(b"StructTreeRoot");
    pdf.save(&without).expect("our own folder");
    assert!(!broken_rules(&[without]).is_empty(), "tags are not missed");
}

#[test]
fn from_right_to_left_the_cover_lies_on_the_other_side() {
    let project = Project::of_oss();
    for shape in ["trifold", "zigzag", "booklet"] {
        for path in made(&project, &["--area", "ruwaard", "--format", shape]) {
            let half = |x| text(&path, &["-l", "1", "-x", x, "-y", "0", "-W", "421", "-H", "595"]);
            let (left, right) = (half("0"), half("421"));
            let (cover, other, title) = match name(&path) {
                name if name.contains("-ar-") => (left, right, "لكل سكان"),
                name if name.contains("-nl-") => (right, left, "Voor alle inwoners"),
                _ => continue,
            };
            assert!(!other.contains(title), "{}: {other}", name(&path));
            assert!(cover.contains(title), "{}: {cover}", name(&path));
        }
    }
}

#[test]
fn the_code_can_be_read_at_its_printed_size_and_the_address_stands_beside_it() {
    let project = Project::of_oss();
    for path in made(&project, &["--area", "ruwaard"]) {
        let (format, _, _, _) = format(&path);
        if format == "door" {
            continue;
        }
        let page = match name(&path).split('-').nth(1) {
            Some("nl") => "/wijken-en-dorpen/ruwaard",
            Some("en") => "/en/neighbourhoods/ruwaard",
            Some("ar") => "/ar/wijken-en-dorpen/ruwaard",
            _ => "/ti/wijken-en-dorpen/ruwaard",
        };
        let address = format!("nieuweburen.example{page}");
        let pages = Document::load(&path).expect("a PDF that can be read").get_pages().len();
        let read: Vec<String> = (1..=pages).flat_map(|page| codes(&path, page)).collect();
        assert_eq!(read, [format!("https://{address}/")], "{}", name(&path));
        let words: String = text(&path, &["-raw"]).split_whitespace().collect();
        assert!(words.contains(&address), "{}: {words}", name(&path));
    }
}

/// What the codes on a page say to a telephone.
fn codes(pdf: &Path, page: usize) -> Vec<String> {
    let (width, height, dots) = picture(pdf, page, 150);
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| dots[y * width + x]);
    image.detect_grids().iter().filter_map(|code| Some(code.decode().ok()?.1)).collect()
}

#[test]
fn numbers_keep_their_order_and_stay_in_one_piece_in_every_script() {
    let project = Project::of_oss();
    for path in made(&project, &["--area", "lith", "--format", "door"]) {
        let words = text(&path, &["-raw"]);
        for number in ["0900-8844", "14 0412", "112"] {
            assert!(words.contains(number), "{}: {words}", name(&path));
        }
    }
}

#[test]
fn other_scripts_come_out_in_the_order_in_which_they_are_read() {
    let project = Project::of_oss();
    for (lang, wanted) in [
        ("ar", ["الجدد", "112", "0900-8844", "VluchtelingenWerk"]),
        ("ti", ["ሓደስቲ ጎረባብቲ ኣብ Oss", "112", "0900-8844", "ወለንተኛታት"]),
    ] {
        let made = made(&project, &["--area", "lith", "--lang", lang, "--format", "large"]);
        let path = made.iter().find(|path| name(path).contains(lang)).expect("a folder");
        let words = text(path, &["-raw"]);
        let mut rest = words.as_str();
        for piece in wanted {
            let (_, after) = rest.split_once(piece).unwrap_or_else(|| panic!("{piece}: {words}"));
            rest = after;
        }
    }
}

#[test]
fn a_dutch_name_in_arabic_keeps_its_dashes_on_their_side() {
    let project = Project::of_oss();
    let wish = ["--area", "megen-haren-macharen", "--lang", "ar", "--format", "large"];
    let words = text(&made(&project, &wish)[0], &["-raw"]);
    assert!(words.contains("Megen–\u{200e}Haren–\u{200e}Macharen"), "{words}");
}

#[test]
fn dutch_names_in_other_letters_are_marked_as_dutch() {
    let project = Project::of_oss();
    for lang in ["ar", "ti"] {
        let wish = ["--area", "lith", "--lang", lang, "--format", "flyer"];
        let path = made(&project, &wish).into_iter().find(|path| name(path).contains(lang));
        let pdf = Document::load(path.expect("a folder")).expect("a PDF that can be read");
        let tagged = |language: &str| {
            let is = |text: &[u8]| text == language.as_bytes();
            let of = |object: &lopdf::Dictionary| {
                object.get(b"Lang").and_then(lopdf::Object::as_str).is_ok_and(is)
            };
            pdf.objects.values().filter_map(|object| object.as_dict().ok()).any(of)
        };
        assert!(tagged(lang) && tagged("nl"), "{lang}");
    }
}

#[test]
fn what_does_not_fit_is_told_and_never_set_smaller() {
    let project = Project::of_oss();
    let wish = ["--area", "lith", "--lang", "nl", "--format", "flyer"];
    let text = project.read(TEXT);
    let told = |paragraph: &str| {
        project
            .write(TEXT, text.replace("### Doe mee\n", &format!("### Doe mee\n\n{paragraph}\n")));
        let outcome = folder(&project, &wish);
        assert_eq!(outcome.code, 1, "{}{}", outcome.stdout, outcome.stderr);
        assert!(outcome.stderr.contains(&format!("--> {TEXT}:")), "{}", outcome.stderr);
        outcome.stderr
    };
    let said = told(&"woorden ".repeat(3000));
    assert!(said.contains("past niet in het vak `flap` van de folder (flyer) voor Lith"), "{said}");
    assert!(said.contains(" regels minder, dat is ") && said.contains(" tekens."), "{said}");
    let said = told(&"x".repeat(200));
    assert!(said.contains("is te breed voor het vak `flap`"), "{said}");
    let said = told("Een huis 🏠 in de straat.");
    assert!(said.contains("Het teken `🏠` (U+1F3E0) kan niet in druk."), "{said}");
}

#[test]
fn code_of_other_programs_comes_out_as_text() {
    let project = Project::of_oss();
    let evil = r#"#panic("x") #read("/etc/passwd") \\input{x} $x^2$ @ref \\textbf{y}"#;
    project.edit(TEXT, "Zij leggen uit wat hier gewoon is.", evil);
    let wish = ["--area", "lith", "--lang", "nl", "--format", "large"];
    let made = made(&project, &wish);
    let words = text(&made[0], &["-raw"]).replace('\n', " ");
    for piece in ["#panic(", "#read(", "/etc/passwd", r"\input{x}", "$x^2$", "@ref", r"\textbf{y}"]
    {
        assert!(words.contains(piece), "{piece}: {words}");
    }
}

#[test]
fn an_area_or_language_that_is_not_there_is_told_with_what_was_meant() {
    let project = Project::of_oss();
    for (arguments, expected) in [
        (["--area", "ruward"], "Er is geen gebied `ruward`.\n  doe dit: Bedoelt u `ruwaard`?"),
        (["--lang", "fr"], "Er is geen folder in de taal `fr`."),
    ] {
        let outcome = folder(&project, &arguments);
        assert_eq!(outcome.code, 1);
        assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
    }
}

/// Photos of 1200 by 900 pixels, as they are seen, in the Dutch text of the folder.
fn with_photo(panel: &str) -> Project {
    let project = Project::of_oss();
    project.fill_in_numbers();
    // It lies on its side: a telephone turns it when it shows it.
    project.write("content/pictures/plein.jpg", telling_jpeg(900, 1200));
    let photo = format!("## {panel}\n\n![Een plein met bomen](/pictures/plein.jpg)\n");
    project.edit(TEXT, &format!("## {panel}\n"), &photo);
    project
}

#[test]
fn a_photo_is_printed_with_its_words_and_in_the_colours_of_the_press() {
    let project = with_photo("inside-1");
    let wish = ["--area", "lith", "--lang", "nl", "--format", "large"];
    let home = made(&project, &wish).remove(0);
    let shop = made(&project, &[&wish[..], &["--for", "print-shop"]].concat()).remove(0);
    assert_eq!(broken_rules(std::slice::from_ref(&home)), Vec::<String>::new());
    let mut shades = Vec::new();
    for (path, colours) in [(&home, &b"DeviceRGB"[..]), (&shop, b"DeviceCMYK")] {
        let bytes = std::fs::read(path).expect("a folder");
        assert!(!String::from_utf8_lossy(&bytes).contains(CAMERA), "it tells of the camera");
        let pdf = Document::load_mem(&bytes).expect("a PDF that can be read");
        let photo = pdf
            .objects
            .values()
            .filter_map(|object| object.as_stream().ok())
            .find(|stream| {
                stream
                    .dict
                    .get(b"Subtype")
                    .is_ok_and(|kind| kind.as_name().is_ok_and(|name| name == b"Image"))
            })
            .expect("a photo");
        let side =
            |key: &[u8]| photo.dict.get(key).and_then(lopdf::Object::as_i64).expect("a side");
        assert_eq!((side(b"Width"), side(b"Height")), (1200, 900));
        let space = photo.dict.get(b"ColorSpace").expect("colours");
        let named = space.as_name().is_ok_and(|name| name == colours);
        assert!(named || colours == b"DeviceRGB", "{}: {space:?}", name(path));
        // The page with the photo is the second; white that the print shop has around it is no shade.
        let (_, _, dots) = picture(path, 2, 50);
        let dark: usize = dots.iter().map(|dot| usize::from(255 - dot)).sum();
        shades.push(dark);
    }
    let (home, shop) = (shades[0], shades[1]);
    assert!(home.abs_diff(shop) < home / 5, "one is the negative of the other: {home} {shop}");
}

#[test]
fn a_photo_that_leaves_no_room_is_told_and_one_that_is_broken_too() {
    let project = with_photo("back");
    let wish = ["--area", "lith", "--lang", "nl", "--format", "trifold"];
    let told = || folder(&project, &wish).stderr;
    assert!(told().contains("past niet in het vak `back`"), "{}", told());
    let last = "Een groet op straat is ook een goed begin.\n";
    project.edit(TEXT, "![Een plein met bomen](/pictures/plein.jpg)\n", "");
    project.edit(TEXT, last, &format!("{last}\n![Een plein](/pictures/plein.jpg)\n"));
    let hint = "Kort de tekst van dit vak in, of haal de afbeelding weg.";
    assert!(told().contains(hint), "{}", told());
    project.write("content/pictures/plein.jpg", "geen foto");
    assert!(told().contains("De afbeelding /pictures/plein.jpg: Dit is geen foto."), "{}", told());
    assert!(told().contains("--> content/leaflets/trifold.nl.md:"), "{}", told());
    project.remove("content/pictures/plein.jpg");
    assert!(told().contains("De afbeelding /pictures/plein.jpg is er niet."), "{}", told());
}
