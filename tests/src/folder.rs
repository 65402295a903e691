//! Folders that the command makes, and what can be seen of them from outside.

use std::path::{Path, PathBuf};
use std::process::Command;

use lopdf::Object;

use crate::project::{Outcome, Project, files};

const MILLIMETRES_PER_POINT: f32 = 25.4 / 72.0;

/// Name, width and height in millimetres, and sides; zero for as many as it takes.
pub const FORMATS: [(&str, f32, f32, usize); 8] = [
    ("trifold", 297.0, 210.0, 2),
    ("zigzag", 297.0, 210.0, 2),
    ("flyer", 148.0, 210.0, 2),
    ("booklet", 297.0, 210.0, 2),
    ("large", 210.0, 297.0, 0),
    ("poster-a4", 210.0, 297.0, 1),
    ("poster-a3", 297.0, 420.0, 1),
    ("door", 148.0, 210.0, 2),
];

pub fn folder(project: &Project, arguments: &[&str]) -> Outcome {
    project.run(&[&["folder"], arguments].concat())
}

/// The folders that a command makes.
pub fn made(project: &Project, arguments: &[&str]) -> Vec<PathBuf> {
    let outcome = folder(project, arguments);
    assert_eq!(outcome.code, 0, "{}{}", outcome.stdout, outcome.stderr);
    let below = project.path().join("folders");
    files(&below).iter().map(|file| below.join(file)).collect()
}

pub fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

pub fn text(pdf: &Path, arguments: &[&str]) -> String {
    let output = Command::new("pdftotext").args(arguments).arg(pdf).arg("-").output();
    let output = output.expect("pdftotext is installed: tests/run says how");
    String::from_utf8(output.stdout).expect("UTF-8").replace('\u{200b}', "")
}

/// One page in grey: width, height, and a byte for each dot.
pub fn picture(pdf: &Path, page: usize, dots_per_inch: usize) -> (usize, usize, Vec<u8>) {
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

pub fn format(path: &Path) -> (&'static str, f32, f32, usize) {
    let name = name(path);
    let of = |(format, ..): &&(&str, f32, f32, usize)| name.contains(&format!("-{format}"));
    *FORMATS.iter().find(of).expect("a format")
}

/// Left, bottom, width and height in millimetres.
pub fn edges(page: &lopdf::Dictionary, key: &[u8]) -> [f32; 4] {
    let array = page.get(key).and_then(Object::as_array).expect("a box");
    let at = |index: usize| array[index].as_float().expect("a number") * MILLIMETRES_PER_POINT;
    [at(0), at(1), at(2) - at(0), at(3) - at(1)]
}

pub fn close(found: [f32; 4], wanted: [f32; 4]) -> bool {
    found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 0.1)
}
