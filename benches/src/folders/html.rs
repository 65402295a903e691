//! The trifold as a browser prints it: one file for each area and language, two pages A4 landscape.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use pulldown_cmark::{Parser, html};
use qrcode::{Color, EcLevel, QrCode};

use super::words::{Folder, theme};
use crate::corpus::{clear, write};

const STYLE: &str = include_str!("folder.css");
const STYLE_FILE: &str = "folder.css";
/// Drawn at the foot of the cover and of the inside.
const STREET: &str = "street.svg";

/// Which files of the theme a language needs. A peer reads all that a page names, so it gets no more.
fn fonts(lang: &str) -> &'static [&'static str] {
    match lang {
        "ar" => &["noto-sans-latin", "vazirmatn-arabic"],
        "ti" => &["noto-sans-latin", "noto-sans-ethiopic-ethiopic"],
        _ => &["noto-sans-latin", "noto-sans-latin-ext"],
    }
}

/// Writes all folders anew below `root`, with their style, letters and drawing beside them.
pub fn write_all(folders: &[Folder], root: &Path) -> Result<(), String> {
    clear(root)?;
    write(&root.join(STYLE_FILE), STYLE)?;
    let mut borrowed = vec![(format!("assets/{STREET}"), STREET.to_owned())];
    for folder in folders {
        write(&root.join(format!("{}.html", folder.name())), &page(folder)?)?;
        write(&root.join(format!("{}.svg", folder.name())), &qr(&folder.url)?)?;
        for name in fonts(&folder.lang) {
            borrowed.extend([400, 700].map(|weight| {
                let file = font_file(name, weight);
                (format!("fonts/{file}"), file)
            }));
        }
    }
    borrowed.sort();
    borrowed.dedup();
    for (from, to) in borrowed {
        fs::copy(theme().join(&from), root.join(to))
            .map_err(|error| format!("{from} cannot be copied: {error}"))?;
    }
    Ok(())
}

fn font_file(name: &str, weight: u16) -> String {
    format!("{name}-{weight}-normal.woff2")
}

fn page(folder: &Folder) -> Result<String, String> {
    let Folder { lang, dir, .. } = folder;
    let title = escape(&folder.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<link rel=\"stylesheet\" href=\"{STYLE_FILE}\">\n<style>\n{}</style>\n\
         </head>\n<body>\n",
        faces(lang)
    );
    for (index, (name, text)) in folder.panels.iter().enumerate() {
        if index % 3 == 0 {
            let side = if index == 0 { "outside" } else { "inside" };
            let _ = writeln!(out, "<main class=\"{side}\">");
        }
        let markdown = markdown(folder, text, index == 0)?;
        let _ = writeln!(out, "<section class=\"{name}\">");
        html::push_html(&mut out, Parser::new(&markdown));
        if *name == "back" {
            let [made, version] = folder.imprint.each_ref().map(|line| escape(line));
            let _ = writeln!(out, "<footer><p>{made}</p><p>{version}</p></footer>");
        }
        out.push_str("</section>\n");
        if index % 3 == 2 {
            out.push_str("</main>\n");
        }
    }
    out.push_str("</body>\n</html>\n");
    Ok(out)
}

/// One family for each file, as the letters of ours: the first that has a character draws it.
fn faces(lang: &str) -> String {
    let mut out = String::new();
    for name in fonts(lang) {
        for weight in [400, 700] {
            let file = font_file(name, weight);
            let _ = writeln!(
                out,
                "@font-face {{ font-family: {name}; font-weight: {weight}; src: url({file}) }}"
            );
        }
    }
    let _ = writeln!(out, "body {{ font-family: {} }}", fonts(lang).join(", "));
    out
}

/// The cover's own heading is the first of the document; directives become HTML on one line.
fn markdown(folder: &Folder, text: &str, cover: bool) -> Result<String, String> {
    let level = if cover { "# " } else { "## " };
    let mut out = String::new();
    for line in text.lines() {
        match line {
            "::contact-block::" => out.push_str(&contact_block(folder)),
            "::area-link::" => out.push_str(&area_link(folder)),
            other => match other.strip_prefix("### ") {
                Some(heading) => out.push_str(&format!("{level}{heading}")),
                None if other.starts_with("::") => return Err(format!("unknown: {other}")),
                None => out.push_str(other),
            },
        }
        out.push('\n');
    }
    Ok(out)
}

fn contact_block(folder: &Folder) -> String {
    let mut out = String::from("<table>");
    for row in &folder.rows {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th><td>", escape(&row.situation));
        for organisation in &row.organisations {
            let name = escape(&organisation.name);
            let phone = match &organisation.phone {
                Ok(number) => {
                    let number = escape(number);
                    format!("<bdi dir=\"ltr\"><a href=\"tel:{number}\">{number}</a></bdi>")
                }
                Err(unknown) => format!("<em>{}</em>", escape(unknown)),
            };
            let _ = write!(out, "<p>{name} {phone}</p>");
        }
        let _ = write!(out, "<small>{}</small></td></tr>", escape(&row.note));
    }
    out.push_str("</table>");
    out
}

fn area_link(folder: &Folder) -> String {
    let short = escape(&folder.short_url);
    let (name, alt) = (folder.name(), escape(&folder.qr_alt));
    let image = format!("<img class=\"qr\" src=\"{name}.svg\" alt=\"{alt}\">");
    format!(
        "<div>{image}<p><bdi dir=\"ltr\"><a href=\"https://{short}\">{short}</a></bdi></p></div>"
    )
}

/// Modules of one row that lie side by side become one rectangle, in one path.
fn qr(address: &str) -> Result<String, String> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M)
        .map_err(|error| format!("{address}: {error}"))?;
    let (width, colours) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in colours.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|left, right| left == right) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{} {}h{}v1H{}z", x + 4, y + 4, run.len(), x + 4);
            }
            x += run.len();
        }
    }
    let side = width + 8;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\"><path d=\"{path}\"/></svg>"
    ))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::words::folders;
    use super::*;

    #[test]
    fn every_folder_has_two_sides_six_panels_and_nothing_left_to_fill_in() {
        for folder in folders().unwrap() {
            let html = page(&folder).unwrap();
            let count = |what: &str| html.matches(what).count();
            assert_eq!((count("<main"), count("<section"), count("<h1>")), (2, 6, 1));
            assert_eq!(count("<tr>"), folder.rows.len());
            assert_eq!((count("<img"), count(" alt=\"\"")), (1, 0));
            assert!(html.contains(&format!("dir=\"{}\"", folder.dir)));
            assert_eq!(count("::") + count("{area}") + count("###"), 0, "{}", folder.name());
        }
    }
}
