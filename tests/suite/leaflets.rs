//! The folders, read with other eyes than those that wrote them.

use lopdf::{Document, Object};
use tests::project::{Project, files};

const MILLIMETRES_PER_POINT: f64 = 25.4 / 72.0;

struct Folder {
    name: String,
    bytes: Vec<u8>,
    pdf: Document,
}

fn folders() -> Vec<Folder> {
    let project = Project::of_oss();
    let print = project.build().join("print");
    let read = |file: &std::path::PathBuf| {
        let bytes = std::fs::read(print.join(file)).expect("a folder");
        let pdf = Document::load_mem(&bytes).expect("a PDF that can be read");
        Folder { name: file.to_string_lossy().into_owned(), bytes, pdf }
    };
    files(&print).iter().map(read).collect()
}

#[test]
fn every_folder_is_two_sides_of_a4() {
    for folder in folders() {
        let pages = folder.pdf.get_pages();
        assert_eq!(pages.len(), 2, "{}", folder.name);
        for id in pages.values() {
            let page = folder.pdf.get_dictionary(*id).expect("a page");
            let media = page.get(b"MediaBox").and_then(Object::as_array).expect("a size");
            let number = |at: usize| f64::from(media[at].as_float().expect("a number"));
            let (width, height) = (number(2) - number(0), number(3) - number(1));
            let size = (width * MILLIMETRES_PER_POINT, height * MILLIMETRES_PER_POINT);
            assert!((size.0 - 297.0).abs() < 0.1 && (size.1 - 210.0).abs() < 0.1, "{size:?}");
        }
    }
}

#[test]
fn every_folder_is_tagged_titled_and_in_its_language() {
    for Folder { name, bytes, pdf } in folders() {
        let language = language(&name);
        let catalog = pdf.catalog().expect("a catalogue");
        let marked = catalog.get(b"MarkInfo").and_then(Object::as_dict).expect("marks");
        assert!(marked.get(b"Marked").and_then(Object::as_bool).expect("a mark"), "{name}");
        assert!(catalog.has(b"StructTreeRoot"), "{name} has no tags");
        let lang = catalog.get(b"Lang").and_then(Object::as_str).expect("a language");
        assert_eq!(lang, language.as_bytes(), "{name}");
        let xmp = String::from_utf8_lossy(&bytes);
        assert!(xmp.contains("pdfuaid:part>1<"), "{name} is not PDF/UA-1");
        assert!(xmp.contains("pdfaid:part>2<"), "{name} is not PDF/A-2");
        if language == "nl" {
            assert!(xmp.contains("Nieuwe buren in Oss"), "{name} has no title");
        }
    }
}

/// Of `ruwaard-nl-trifold.pdf`.
fn language(name: &str) -> &str {
    let stem = name.strip_suffix("-trifold.pdf").expect("the site publishes trifolds");
    stem.rsplit('-').next().expect("a language")
}

#[test]
fn every_area_has_a_folder_in_every_language() {
    let folders = folders();
    for lang in ["nl", "en", "ar", "ti"] {
        let count = folders.iter().filter(|folder| language(&folder.name) == lang).count();
        assert_eq!(count, 11, "{lang}");
    }
}

/// Names of the tags in the order in which a screen reader meets them.
fn tags(pdf: &Document) -> Vec<String> {
    let root =
        pdf.catalog().and_then(|catalog| catalog.get(b"StructTreeRoot")).expect("a tree of tags");
    let mut names = Vec::new();
    walk(pdf, root, &mut names);
    names
}

fn walk(pdf: &Document, object: &Object, names: &mut Vec<String>) {
    match object {
        Object::Reference(id) => walk(pdf, pdf.get_object(*id).expect("an object"), names),
        Object::Array(children) => children.iter().for_each(|child| walk(pdf, child, names)),
        Object::Dictionary(tag) => {
            if let Ok(name) = tag.get(b"S").and_then(Object::as_name) {
                names.push(String::from_utf8_lossy(name).into_owned());
            }
            if let Ok(children) = tag.get(b"K") {
                walk(pdf, children, names);
            }
        }
        _ => {}
    }
}

#[test]
fn the_tags_start_with_the_title_and_hold_headings_lists_and_the_figure() {
    for Folder { name, pdf, .. } in folders() {
        let tags = tags(&pdf);
        let first = tags.iter().find(|tag| tag.starts_with('H')).expect("a heading");
        assert_eq!(first, "H1", "{name}");
        assert_eq!(tags.iter().filter(|tag| *tag == "H1").count(), 1, "{name}");
        // flap, back, three on the first inside panel, one, three.
        assert!(tags.iter().filter(|tag| *tag == "H2").count() >= 6, "{name}: {tags:?}");
        assert_eq!(tags.iter().filter(|tag| *tag == "Figure").count(), 1, "{name}: the code");
        // Five ways to join in, six rows of the contact block.
        assert!(tags.iter().filter(|tag| *tag == "LI").count() >= 11, "{name}: {tags:?}");
    }
}

#[test]
fn every_font_is_in_the_file() {
    for Folder { name, pdf, .. } in folders() {
        let descriptors: Vec<_> = pdf
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok())
            .filter(|object| object.has_type(b"FontDescriptor"))
            .collect();
        assert!(!descriptors.is_empty(), "{name} has no fonts");
        for font in descriptors {
            assert!(font.has(b"FontFile2") || font.has(b"FontFile3"), "{name}");
        }
    }
}

#[test]
fn the_folder_on_the_site_is_the_folder_for_print() {
    let project = Project::of_oss();
    let dist = project.build();
    for file in files(&dist.join("print")) {
        let read = |folder: &str| std::fs::read(dist.join(folder).join(&file)).expect("a folder");
        assert!(read("print") == read("site/folders"), "{}", file.display());
    }
}

#[test]
fn the_words_come_out_in_the_order_in_which_the_folder_is_read() {
    let project = Project::of_oss();
    let print = project.build().join("print");
    let output = std::process::Command::new("pdftotext")
        .args(["-raw", "ruwaard-nl-trifold.pdf", "-"])
        .current_dir(&print)
        .output()
        .expect("pdftotext is installed: tests/run says how");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut last = 0;
    for words in [
        "Voor alle inwoners van Ruwaard.",
        "Doe mee",
        "Meer weten?",
        "nieuweburen.example/ wijken-en-dorpen/",
        "Wie zijn de nieuwe buren?",
        "Wie bel ik?",
        "112",
        "Wat doet VluchtelingenWerk?",
    ] {
        let at = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in: {text}"));
        assert!(at >= last, "{words:?} comes too early in: {text}");
        last = at;
    }
}
