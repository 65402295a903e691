//! The press on a template of its own: what a leaflet is, and every way in which one cannot be.

use std::path::Path;

use serde_json::{Value, json};
use typeset::{Fault, Leaflet, Order, Press, Purpose};

/// One panel of 60 mm, with a mark after each paragraph as a theme's template has it.
const TEMPLATE: &str = r##"
#let data = json("/data.json")
#set document(title: "Folder", date: datetime(year: 2026, month: 11, day: 20))
#set text(font: ("noto-sans-latin", "noto-sans-latin-ext", "vazirmatn-arabic"), fallback: false, lang: "nl")
#set page(width: 100mm, height: 80mm, margin: 10mm)
= Folder
#place(block(width: 80mm, for (line, words) in data.paragraphs.enumerate(start: 3) [
  #par(words)
  #metadata((panel: "inside-1", line: line, floor: 70mm))<blk>
]))
"##;

fn fonts() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../themes/vluchtelingenwerk/fonts");
    let mut fonts: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("the theme has fonts")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "woff2"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a readable font"))
        })
        .collect();
    fonts.sort();
    fonts
}

fn press(template: &str) -> Press {
    let templates = [("template.typ".to_owned(), template.to_owned())];
    Press::new(&templates, &fonts()).expect("the template parses")
}

fn set(press: &Press, data: &Value, ident: &str) -> Result<Leaflet, Vec<Fault>> {
    let (template, pictures) = ("template.typ", &[][..]);
    press.leaflet(&Order { template, data, ident, purpose: Purpose::Reader, pictures })
}

fn paragraphs(texts: &[&str]) -> Value {
    json!({ "paragraphs": texts })
}

#[test]
fn a_leaflet_is_a_tagged_pdf_and_the_same_each_time() {
    let press = press(TEMPLATE);
    let data = paragraphs(&["Wie bel ik?", "VluchtelingenWerk luistert."]);
    let first = set(&press, &data, "folder-1").expect("it fits");
    let again = set(&press, &data, "folder-1").expect("it fits");
    let other_press = set(&self::press(TEMPLATE), &data, "folder-1").expect("it fits");
    assert_eq!(first.pages, 1);
    assert!(first.pdf.starts_with(b"%PDF-"));
    assert!(contains(&first.pdf, b"/StructTreeRoot"));
    assert_eq!(first.pdf, again.pdf);
    assert_eq!(first.pdf, other_press.pdf);
}

#[test]
fn the_identifier_is_part_of_the_bytes() {
    let press = press(TEMPLATE);
    let data = paragraphs(&["Wie bel ik?"]);
    let ruwaard = set(&press, &data, "ruwaard").expect("it fits");
    let lith = set(&press, &data, "lith").expect("it fits");
    assert_ne!(ruwaard.pdf, lith.pdf);
}

#[test]
fn text_past_the_end_of_its_panel_names_the_panel_the_first_line_and_how_far() {
    let long = "woorden ".repeat(40);
    let faults = set(&press(TEMPLATE), &paragraphs(&["Kort.", &long, &long]), "folder")
        .expect_err("it does not fit");
    let [Fault::Overflow { panel, line, millimetres, lines, characters }] = faults.as_slice()
    else {
        panic!("one fault for one panel, got {faults:?}");
    };
    assert_eq!((panel.as_str(), *line), ("inside-1", 4));
    assert!((5.0..200.0).contains(millimetres), "{millimetres} mm");
    assert!((2..30).contains(lines), "{lines} lines");
    assert!((60..640).contains(characters), "{characters} characters");
}

#[test]
fn text_of_the_content_is_never_code() {
    let evil = "#panic(\"x\") $x^2$ @ref <b> \\ #read(\"/etc/hostname\") [*] _a_ `raw` \"\\u{0}\"";
    set(&press(TEMPLATE), &paragraphs(&[evil]), "folder").expect("it is only text");
}

#[test]
fn a_template_reaches_nothing_outside_its_data() {
    for reach in
        ["#read(\"/etc/hostname\")", "#include \"/other.typ\"", "#import \"@preview/x:0.1.0\": *"]
    {
        let template = format!(
            "#set document(title: \"x\", date: datetime(year: 2026, month: 1, day: 1))\n= x\n{reach}"
        );
        let faults = set(&press(&template), &json!({}), "folder").expect_err("it is closed");
        assert!(matches!(faults.as_slice(), [Fault::Template(_)]), "{faults:?}");
    }
}

#[test]
fn a_fault_of_the_template_names_its_line() {
    let faults = set(&press("= Folder\n#foutje()"), &json!({}), "folder").expect_err("a typo");
    let [Fault::Template(message)] = faults.as_slice() else { panic!("{faults:?}") };
    assert!(message.starts_with("template.typ:2: unknown variable: foutje"), "{message}");
}

#[test]
fn a_leaflet_without_a_title_is_refused_by_the_standard() {
    let faults = set(&press("= Folder"), &json!({}), "folder").expect_err("no title, no date");
    assert!(faults.iter().all(|fault| matches!(fault, Fault::Template(_))), "{faults:?}");
}

#[test]
fn a_character_that_no_font_has_is_found_before_it_is_printed() {
    let press = press(TEMPLATE);
    assert_eq!(press.covers("Één café – «Oss» €5, ሰላም, سلام"), None);
    assert_eq!(press.covers("zacht\u{ad}streepje\u{200b}\n"), None);
    assert_eq!(press.covers("een huis 🏠"), Some('🏠'));
    assert_eq!(press.covers("汉字"), Some('汉'));
}

#[test]
fn a_font_that_is_broken_is_named() {
    let broken = [("noto-sans-latin-400-normal.woff2".to_owned(), b"wOF2 not really".to_vec())];
    let message = Press::new(&[], &broken).err().expect("it cannot be opened");
    assert!(message.contains("noto-sans-latin-400-normal.woff2"), "{message}");
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
