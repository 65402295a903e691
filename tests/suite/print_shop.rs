//! The folders that somebody asks for: what a print shop's machine reads, and what stops them.

use lopdf::content::Content;
use lopdf::{Document, Object};
use tests::folder::{close, edges, folder, format, made, name, picture, text};
use tests::project::Project;

/// Paint over the edge, and the white around the paper on which the marks stand.
const BLEED: f32 = 3.0;
const SLUG: f32 = 10.0;

/// Oss with every number known.
fn with_numbers() -> Project {
    let project = Project::of_oss();
    project.fill_in_numbers();
    project
}

#[test]
fn every_format_for_the_print_shop_has_its_boxes_and_nothing_to_click() {
    let project = with_numbers();
    for path in made(&project, &["--area", "ruwaard", "--for", "print-shop"]) {
        let (_, width, height, sides) = format(&path);
        let pdf = Document::load(&path).expect("a PDF that can be read");
        let pages = pdf.get_pages();
        assert!(sides == 0 || pages.len() == sides, "{}: {} pages", name(&path), pages.len());
        for id in pages.values() {
            let page = pdf.get_dictionary(*id).expect("a page");
            let (near, far) = (SLUG - BLEED, 2.0 * BLEED);
            for (key, wanted) in [
                (&b"MediaBox"[..], [0.0, 0.0, width + 2.0 * SLUG, height + 2.0 * SLUG]),
                (b"TrimBox", [SLUG, SLUG, width, height]),
                (b"BleedBox", [near, near, width + far, height + far]),
            ] {
                assert!(close(edges(page, key), wanted), "{}: {page:?}", name(&path));
            }
            assert!(!page.has(b"Annots"), "{}", name(&path));
        }
        let font = |object: &&lopdf::Dictionary| object.has_type(b"FontDescriptor");
        let fonts = pdf.objects.values().filter_map(|object| object.as_dict().ok()).filter(font);
        for font in fonts {
            assert!(font.has(b"FontFile2") || font.has(b"FontFile3"), "{}", name(&path));
        }
    }
}

#[test]
fn its_colours_are_those_of_the_press_and_its_words_are_black_alone() {
    let project = with_numbers();
    for path in made(&project, &["--area", "lith", "--for", "print-shop"]) {
        let pdf = Document::load(&path).expect("a PDF that can be read");
        let mut black = 0;
        for id in pdf.get_pages().values() {
            let content = pdf.get_page_content(*id);
            for operation in Content::decode(&content).expect("operators").operations {
                match operation.operator.as_str() {
                    "k" | "K" => {
                        let ink = |of: &Object| of.as_float().expect("a number");
                        let inks: Vec<f32> = operation.operands.iter().map(ink).collect();
                        assert!(inks.iter().sum::<f32>() <= 2.81, "{}: {inks:?}", name(&path));
                        black += usize::from(inks == [0.0, 0.0, 0.0, 1.0]);
                    }
                    "rg" | "RG" | "cs" | "CS" | "sc" | "scn" | "SC" | "SCN" => {
                        panic!("{}: {operation:?}", name(&path))
                    }
                    _ => {}
                }
            }
        }
        assert!(black > 20, "{}: text in black {black} times", name(&path));
    }
}

/// At 254 dots per inch a dot is a tenth of a millimetre.
#[test]
fn marks_stand_where_to_cut_and_where_to_fold_and_outside_the_bleed() {
    let project = with_numbers();
    let arguments = ["--area", "ruwaard", "--format", "trifold", "--for", "print-shop"];
    for path in made(&project, &arguments) {
        let mirrored = name(&path).contains("-ar-");
        for page in [1, 2] {
            let (width, height, dots) = picture(&path, page, 254);
            let dark = |x: usize, y: usize| dots[y * width + x] < 128;
            let in_strip = |x: &usize| (10..60).any(|y| dark(*x, y));
            let columns: Vec<usize> = (0..width).filter(in_strip).collect();
            // The narrow panel is the outer one of each side, left on the first in Dutch.
            let narrow_first = (page == 1) != mirrored;
            let folds = if narrow_first { [97, 197] } else { [100, 200] };
            let wanted = [0, folds[0], folds[1], 297].map(|x| (x + 10) * 10);
            for x in &columns {
                let near = wanted.iter().any(|wanted| x.abs_diff(*wanted) <= 5);
                assert!(near, "{} page {page}: a mark at {x}", name(&path));
            }
            for mark in wanted {
                let there = columns.iter().any(|x| x.abs_diff(mark) <= 5);
                assert!(there, "{} page {page}: no mark at {mark}", name(&path));
            }
            // Marks stand around the paper, and no paint comes as far: white between the two.
            let white = |y: usize| (0..width).all(|x| !dark(x, y) || x < 70 || x > width - 70);
            assert!(white(65) && white(height - 66), "{} page {page}", name(&path));
        }
    }
}

#[test]
fn a_number_that_is_not_known_stops_the_print_shop_and_is_marked_at_home() {
    let project = Project::of_oss();
    let wish = ["--area", "ruwaard", "--lang", "nl", "--format", "trifold"];
    let outcome = folder(&project, &[&wish[..], &["--for", "print-shop"]].concat());
    assert_eq!(outcome.code, 1);
    for id in ["vluchtelingenwerk", "ons-welzijn", "mooiland", "brabantwonen"] {
        let place = format!("--> content/organisations/{id}.toml:");
        assert!(outcome.stderr.contains(&place), "{}", outcome.stderr);
    }
    assert!(outcome.stderr.contains("phone = \"nog in te vullen\""), "{}", outcome.stderr);
    assert!(!project.path().join("folders").exists());
    let made = made(&project, &wish);
    assert!(text(&made[0], &["-raw"]).contains("nog in te vullen"));
}

#[test]
fn a_translation_that_is_behind_stops_the_print_shop() {
    let project = with_numbers();
    project.edit("content/leaflets/trifold.nl.md", "### Doe mee", "### Doe ook mee");
    let wish = ["--area", "lith", "--lang", "ti", "--format", "flyer", "--for", "print-shop"];
    let outcome = folder(&project, &wish);
    assert_eq!(outcome.code, 1);
    assert!(
        outcome.stderr.contains("--> content/leaflets/trifold.ti.md:1:1"),
        "{}",
        outcome.stderr
    );
    assert!(outcome.stderr.contains("source = \""), "{}", outcome.stderr);
}

#[test]
fn both_outputs_bear_the_same_code_and_other_words_another() {
    let project = with_numbers();
    let code = |goal: &str| {
        let wish = ["--area", "lith", "--lang", "nl", "--format", "trifold", "--for", goal];
        let suffix = if goal == "home" { "trifold.pdf" } else { "print-shop.pdf" };
        let made = made(&project, &wish);
        let path = made.iter().find(|path| name(path).ends_with(suffix)).expect("a folder");
        let words = text(path, &["-raw"]);
        let (_, rest) = words.rsplit_once("· code ").unwrap_or_else(|| panic!("{words}"));
        rest.split_whitespace().next().expect("a code").to_owned()
    };
    let before = code("home");
    assert!(before.len() == 6 && before.chars().all(|c| c.is_ascii_hexdigit()), "{before}");
    assert_eq!(code("print-shop"), before);
    project.edit("content/leaflets/trifold.nl.md", "### Doe mee", "### Doe ook mee");
    assert_ne!(code("home"), before);
}

/// In Arabic what is painted once hung over one side only.
#[test]
fn paint_runs_over_every_edge_that_it_touches() {
    let project = with_numbers();
    for path in made(&project, &["--area", "lith", "--for", "print-shop"]) {
        let pages = Document::load(&path).expect("a PDF that can be read").get_pages().len();
        for page in 1..=pages {
            // A dot is half a millimetre.
            let (width, height, dots) = picture(&path, page, 51);
            let scale = |millimetres: f32| (millimetres * 51.0 / 25.4).round() as usize;
            let (edge, over) = (scale(SLUG), scale(BLEED));
            let painted = |x: usize, y: usize| dots[y * width + x] < 250;
            let (tall, wide) = (edge..height - edge, edge..width - edge);
            let column = |x: usize| tall.clone().filter(|y| painted(x, *y)).count();
            let row = |y: usize| wide.clone().filter(|x| painted(*x, y)).count();
            // A house is drawn over the edge, and its roof or door may begin between the two.
            let (far, near) = (edge - over + 1, edge + 1);
            for (side, inside, outside) in [
                ("left", column(near), column(far)),
                ("right", column(width - 1 - near), column(width - 1 - far)),
                ("top", row(near), row(far)),
                ("bottom", row(height - 1 - near), row(height - 1 - far)),
            ] {
                let name = name(&path);
                assert!(inside.abs_diff(outside) <= 40, "{name} {page} {side}: {inside} {outside}");
            }
        }
    }
}
