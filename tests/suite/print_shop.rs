//! The folders that somebody asks for: what a print shop's machine reads, and what stops them.

use std::path::{Path, PathBuf};
use std::process::Command;

use lopdf::content::Content;
use lopdf::{Document, Object};
use tests::project::{Outcome, Project, files};

const MILLIMETRES_PER_POINT: f32 = 25.4 / 72.0;
/// Paint over the edge, and the white around the paper on which the marks stand.
const BLEED: f32 = 3.0;
const SLUG: f32 = 10.0;

/// Name, width and height in millimetres, and sides; zero for as many as it takes.
const FORMATS: [(&str, f32, f32, usize); 8] = [
    ("trifold", 297.0, 210.0, 2),
    ("zigzag", 297.0, 210.0, 2),
    ("flyer", 148.0, 210.0, 2),
    ("booklet", 297.0, 210.0, 2),
    ("large", 210.0, 297.0, 0),
    ("poster-a4", 210.0, 297.0, 1),
    ("poster-a3", 297.0, 420.0, 1),
    ("door", 148.0, 210.0, 2),
];

/// Oss with every number known.
fn with_numbers() -> Project {
    let project = Project::of_oss();
    project.fill_in_numbers();
    project
}

fn folder(project: &Project, arguments: &[&str]) -> Outcome {
    project.run(&[&["folder"], arguments].concat())
}

/// The folders that a command makes.
fn made(project: &Project, arguments: &[&str]) -> Vec<PathBuf> {
    let outcome = folder(project, arguments);
    assert_eq!(outcome.code, 0, "{}{}", outcome.stdout, outcome.stderr);
    let below = project.path().join("folders");
    files(&below).iter().map(|file| below.join(file)).collect()
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

fn format(path: &Path) -> (&'static str, f32, f32, usize) {
    let name = name(path);
    let of = |(format, ..): &&(&str, f32, f32, usize)| name.contains(&format!("-{format}"));
    *FORMATS.iter().find(of).expect("a format")
}

/// Left, bottom, width and height in millimetres.
fn edges(page: &lopdf::Dictionary, key: &[u8]) -> [f32; 4] {
    let array = page.get(key).and_then(Object::as_array).expect("a box");
    let at = |index: usize| array[index].as_float().expect("a number") * MILLIMETRES_PER_POINT;
    [at(0), at(1), at(2) - at(0), at(3) - at(1)]
}

fn close(found: [f32; 4], wanted: [f32; 4]) -> bool {
    found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 0.1)
}

fn text(pdf: &Path, arguments: &[&str]) -> String {
    let output = Command::new("pdftotext").args(arguments).arg(pdf).arg("-").output();
    let output = output.expect("pdftotext is installed: tests/run says how");
    String::from_utf8(output.stdout).expect("UTF-8").replace('\u{200b}', "")
}

/// One page in grey: width, height, and a byte for each dot.
fn picture(pdf: &Path, page: usize, dots_per_inch: usize) -> (usize, usize, Vec<u8>) {
    let (page, dots) = (page.to_string(), dots_per_inch.to_string());
    let output = Command::new("pdftoppm")
        .args(["-gray", "-r", &dots, "-f", &page, "-l", &page])
        .arg(pdf)
        .output()
        .expect("pdftoppm is installed: tests/run says how");
    let mut lines = output.stdout.splitn(4, |byte| *byte == b'\n');
    assert_eq!(lines.next(), Some(&b"P5"[..]));
    let size = String::from_utf8(lines.next().expect("a size").to_vec()).expect("numbers");
    let (width, height) = size.split_once(' ').expect("two numbers");
    let number = |text: &str| text.parse().expect("a number");
    lines.next();
    (number(width), number(height), lines.next().expect("dots").to_vec())
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
    let address = "nieuweburen.example/wijken-en-dorpen/ruwaard";
    for path in made(&project, &["--area", "ruwaard", "--lang", "nl"]) {
        let (format, _, _, _) = format(&path);
        if format == "door" {
            continue;
        }
        let pages = Document::load(&path).expect("a PDF that can be read").get_pages().len();
        let read: Vec<String> = (1..=pages)
            .flat_map(|page| {
                let (width, height, dots) = picture(&path, page, 150);
                let mut image =
                    rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
                        dots[y * width + x]
                    });
                let codes = image.detect_grids();
                codes.iter().filter_map(|code| Some(code.decode().ok()?.1)).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(read, [format!("https://{address}/")], "{format}");
        let words: String = text(&path, &["-raw"]).split_whitespace().collect();
        assert!(words.contains(address), "{format}: {words}");
    }
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
fn what_does_not_fit_is_told_and_never_set_smaller() {
    let project = Project::of_oss();
    let wish = ["--area", "lith", "--lang", "nl", "--format", "flyer"];
    let file = "content/leaflets/trifold.nl.md";
    let text = project.read(file);
    let told = |paragraph: &str| {
        project
            .write(file, text.replace("### Doe mee\n", &format!("### Doe mee\n\n{paragraph}\n")));
        let outcome = folder(&project, &wish);
        assert_eq!(outcome.code, 1, "{}{}", outcome.stdout, outcome.stderr);
        assert!(outcome.stderr.contains(&format!("--> {file}:")), "{}", outcome.stderr);
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
    let file = "content/leaflets/trifold.nl.md";
    project.edit(file, "Zij leggen uit wat hier gewoon is.", evil);
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
