//! The words of the trifolds, read from the content of this workspace: what the peers have to print.
//!
//! Ours reads the same files itself. Only what stands on paper is read here, and nothing is checked.

use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;

use crate::corpus::workspace;

/// Stands in the data of an organisation whose number nobody knows yet.
const UNKNOWN: &str = "nog in te vullen";
const PANELS: [&str; 6] = ["cover", "flap", "back", "inside-1", "inside-2", "inside-3"];

/// One trifold: an area in a language.
pub struct Folder {
    pub area: String,
    pub lang: String,
    pub dir: String,
    /// In the document's properties.
    pub title: String,
    /// Name and Markdown of each panel, the cover first. Directives stand in it as they do in ours.
    pub panels: Vec<(&'static str, String)>,
    pub rows: Vec<ContactRow>,
    /// In the code to scan.
    pub url: String,
    pub short_url: String,
    pub qr_alt: String,
    /// Who made it, how to print it, and from which day it is.
    pub imprint: [String; 2],
}

/// A row of the block of telephone numbers.
pub struct ContactRow {
    pub situation: String,
    pub note: String,
    pub organisations: Vec<Organisation>,
}

pub struct Organisation {
    pub name: String,
    /// Or the words that say that it is not known.
    pub phone: Result<String, String>,
}

impl Folder {
    /// Name of its file without the ending; ours gives the same.
    pub fn name(&self) -> String {
        format!("{}-{}-trifold", self.area, self.lang)
    }

    /// Words that stand on paper in one piece: those of title and headings.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        let lines = self.panels.iter().flat_map(|(_, text)| text.lines());
        lines.filter_map(|line| line.strip_prefix("### ")).flat_map(str::split_whitespace)
    }
}

/// All trifolds: every area in every language.
pub fn folders() -> Result<Vec<Folder>, String> {
    let content = content();
    let site = table(&content.join("site.toml"))?;
    let (mut folders, mut day) = (Vec::new(), String::new());
    for (index, language) in tables(&site, "languages").enumerate() {
        let lang = Lang::read(&content, &site, language, index == 0)?;
        if lang.main {
            lang.day.clone_into(&mut day);
        }
        for area in areas(&content)? {
            folders.push(lang.folder(&content, &site, &area, &day)?);
        }
    }
    Ok(folders)
}

pub fn content() -> PathBuf {
    workspace().join("content")
}

pub fn theme() -> PathBuf {
    workspace().join("themes/vluchtelingenwerk")
}

/// What is the same for all areas.
struct Lang {
    code: String,
    dir: String,
    main: bool,
    words: Table,
    rows: Vec<Table>,
    texts: Table,
    leaflet: String,
    title: String,
    /// Only in the main language; translations have the same.
    day: String,
}

impl Lang {
    fn read(content: &Path, site: &Table, language: &Table, main: bool) -> Result<Self, String> {
        let code = text(language, "code");
        let leaflet = read(&content.join(format!("leaflets/trifold.{code}.md")))?;
        let (front, body) = leaflet
            .strip_prefix("+++\n")
            .and_then(|rest| rest.split_once("\n+++\n"))
            .ok_or("a trifold without front matter")?;
        let front: Table = front.parse().map_err(|error| format!("trifold.{code}: {error}"))?;
        let texts = content.join(format!("site.{code}.toml"));
        Ok(Self {
            dir: text(language, "dir"),
            main,
            words: table(&theme().join(format!("messages/{code}.toml")))?,
            rows: tables(site, "contact_block").cloned().collect(),
            texts: if main { Table::new() } else { table(&texts)? },
            title: text(&front, "title"),
            day: day(&front).unwrap_or_default(),
            leaflet: body.to_owned(),
            code,
        })
    }

    fn folder(
        &self,
        content: &Path,
        site: &Table,
        area: &str,
        day: &str,
    ) -> Result<Folder, String> {
        let name = self.own(&content.join("areas"), area, "name")?;
        let filled = self.leaflet.replace("{area}", &name);
        let panels = PANELS.map(|panel| (panel, section(&filled, panel)));
        let page = format!("wijken-en-dorpen/{area}");
        let folder = if self.main { String::new() } else { format!("/{}", self.code) };
        let label = |key: &str| inner(&self.words, "leaflet", key).replace("{area}", &name);
        let warning = inner(&self.words, "translation", "unreviewed");
        let rows = self.rows.iter().map(|row| self.row(content, row));
        Ok(Folder {
            area: area.to_owned(),
            lang: self.code.clone(),
            dir: self.dir.clone(),
            title: format!("{} – {name}", self.title),
            panels: panels.into(),
            rows: rows.collect::<Result<_, _>>()?,
            url: format!("{}{folder}/{page}/", text(site, "base_url")),
            short_url: format!("{}/{page}", text(site, "short_url")),
            qr_alt: label("qr_alt"),
            imprint: [
                format!(
                    "{}. {}",
                    label("published_by"),
                    if self.main { "" } else { warning.as_str() }
                ),
                format!("{} {} · {}", label("duplex_short"), day, self.code),
            ],
        })
    }

    fn row(&self, content: &Path, row: &Table) -> Result<ContactRow, String> {
        let id = text(row, "id");
        let texts = self.texts.get("contact_block").and_then(|all| all.get(&id)?.as_table());
        let own = |key: &str| {
            let own = texts.map(|texts| text(texts, key)).filter(|own| !own.is_empty());
            own.unwrap_or_else(|| text(row, key))
        };
        let ids: Vec<&str> = match row.get("organisation") {
            Some(toml::Value::Array(all)) => all.iter().filter_map(toml::Value::as_str).collect(),
            one => one.and_then(toml::Value::as_str).into_iter().collect(),
        };
        let folder = content.join("organisations");
        let organisation = |id: &str| {
            let phone = self.own(&folder, id, "phone")?;
            let unknown = inner(&self.words, "contact", "unknown");
            let phone = if phone == UNKNOWN { Err(unknown) } else { Ok(phone) };
            Ok(Organisation { name: self.own(&folder, id, "name")?, phone })
        };
        Ok(ContactRow {
            situation: own("situation"),
            note: own("note"),
            organisations: ids.into_iter().map(organisation).collect::<Result<_, String>>()?,
        })
    }

    /// A text in this language, or else in that of the municipality.
    fn own(&self, folder: &Path, id: &str, key: &str) -> Result<String, String> {
        let translated = folder.join(format!("{id}.{}.toml", self.code));
        let own =
            if translated.is_file() { text(&table(&translated)?, key) } else { String::new() };
        if own.is_empty() {
            Ok(text(&table(&folder.join(format!("{id}.toml")))?, key))
        } else {
            Ok(own)
        }
    }
}

/// Names of the files without their language and ending.
fn areas(content: &Path) -> Result<Vec<String>, String> {
    let folder = content.join("areas");
    let entries =
        fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let own = |name: String| name.strip_suffix(".toml").map(str::to_owned);
    let mut areas: Vec<String> = names.filter_map(own).filter(|name| !name.contains('.')).collect();
    areas.sort();
    Ok(areas)
}

/// What stands below `## name`.
fn section(markdown: &str, name: &str) -> String {
    let mut lines = markdown.lines().skip_while(|line| line.strip_prefix("## ") != Some(name));
    lines.next();
    let own: Vec<&str> = lines.take_while(|line| !line.starts_with("## ")).collect();
    own.join("\n")
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

fn table(path: &Path) -> Result<Table, String> {
    read(path)?.parse().map_err(|error| format!("{}: {error}", path.display()))
}

fn tables<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = &'a Table> {
    let all = table.get(key).and_then(toml::Value::as_array);
    all.into_iter().flatten().filter_map(toml::Value::as_table)
}

/// When the text was checked.
fn day(front: &Table) -> Option<String> {
    front.get("checked").and_then(toml::Value::as_datetime).map(ToString::to_string)
}

fn text(table: &Table, key: &str) -> String {
    table.get(key).and_then(toml::Value::as_str).unwrap_or_default().to_owned()
}

fn inner(table: &Table, outer: &str, key: &str) -> String {
    table.get(outer).and_then(toml::Value::as_table).map(|own| text(own, key)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_panel_of_every_folder_has_words_and_every_row_a_name() {
        let folders = folders().unwrap();
        assert_eq!(folders.len() % areas(&content()).unwrap().len(), 0);
        for folder in &folders {
            for (panel, text) in &folder.panels {
                assert!(text.trim().len() > 20, "{} {panel}", folder.name());
                assert!(!text.contains("{area}"));
            }
            assert!(folder.rows.iter().all(|row| !row.situation.is_empty()));
            assert!(folder.rows.iter().all(|row| !row.organisations.is_empty()));
            assert!(folder.imprint.iter().all(|line| line.len() > 20), "{:?}", folder.imprint);
        }
    }
}
