//! What a translator has still to do: what is missing, behind, or read by nobody.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;

use crate::content::{Content, Leaflet, LeafletKind, Page, Status};
use crate::diagnostics::counted;
use crate::english::Tongue;
use crate::theme::Theme;

/// The state of one language.
#[derive(Debug, Serialize)]
pub struct Overview {
    pub code: String,
    pub name: String,
    /// Pages of the site, and how many of them are in this language.
    pub pages: usize,
    pub translated: usize,
    pub reviewed: usize,
    /// Files that would have to be made.
    pub missing: Vec<String>,
    pub behind: Vec<Behind>,
    pub unreviewed: Vec<String>,
    /// Keys of `messages/<lang>.toml` that fall back.
    pub words: Vec<String>,
}

/// A translation whose original has changed.
#[derive(Debug, Serialize)]
pub struct Behind {
    pub file: String,
    /// What to write at `source` once the translation is right again.
    pub source: String,
}

/// Of every language but the municipality's own.
pub fn overviews(content: &Content, theme: &Theme) -> Vec<Overview> {
    content
        .site
        .languages
        .iter()
        .skip(1)
        .map(|language| overview(content, theme, language))
        .collect()
}

fn overview(content: &Content, theme: &Theme, language: &forms_core::Language) -> Overview {
    let lang = language.code.as_str();
    let mut overview = Overview {
        code: lang.to_owned(),
        name: language.name.clone(),
        pages: content.pages.len(),
        translated: 0,
        reviewed: 0,
        missing: data_files(content, lang),
        behind: Vec::new(),
        unreviewed: Vec::new(),
        words: words(content, theme, lang),
    };
    for page in content.pages.values() {
        overview.add(page, content.status(page, lang), lang);
    }
    for kind in LeafletKind::ALL {
        overview.add_leaflet(content.leaflets(kind), &content.site.main_language().code, lang);
    }
    overview.missing.sort();
    overview
}

impl Overview {
    fn add(&mut self, page: &Page, status: Status, lang: &str) {
        match status {
            Status::Original => {}
            Status::Missing => self.missing.push(beside(&page.original.text.source.path, lang)),
            Status::Translated { reviewed, behind } => {
                let file = page.text(lang).source.path.clone();
                self.translated += 1;
                if behind {
                    let source = page.original.digest().to_owned();
                    self.behind.push(Behind { file: file.clone(), source });
                }
                if reviewed { self.reviewed += 1 } else { self.unreviewed.push(file) }
            }
        }
    }
}

impl Overview {
    /// The texts of one kind of folder, by language. They are no pages, and are not counted as such.
    fn add_leaflet(&mut self, texts: &BTreeMap<String, Leaflet>, main: &str, lang: &str) {
        let Some(original) = texts.get(main) else { return };
        let Some(text) = texts.get(lang) else {
            return self.missing.push(beside(&original.source.path, lang));
        };
        let file = text.source.path.clone();
        if text.behind {
            self.behind.push(Behind { file: file.clone(), source: original.digest.clone() });
        }
        if !text.reviewed {
            self.unreviewed.push(file);
        }
    }
}

/// The file of a translation stands beside that of its original.
fn beside(path: &str, lang: &str) -> String {
    match path.rsplitn(3, '.').collect::<Vec<_>>().as_slice() {
        [extension, _, stem] => format!("{stem}.{lang}.{extension}"),
        _ => path.to_owned(),
    }
}

/// Translations of data that are not there. An area without words of its own needs none.
fn data_files(content: &Content, lang: &str) -> Vec<String> {
    let mut missing = Vec::new();
    let mut need = |there: bool, name: String| {
        if !there {
            missing.push(format!("{name}.{lang}.toml"));
        }
    };
    need(content.site.texts.contains_key(lang), "site".to_owned());
    for organisation in content.organisations.values() {
        let there = organisation.texts.contains_key(lang);
        need(there, format!("organisations/{}", organisation.id));
    }
    for area in &content.areas {
        let words = !area.facilities.is_empty() || area.paper_note.is_some();
        need(!words || area.texts.contains_key(lang), format!("areas/{}", area.id));
    }
    for role in &content.roles {
        need(role.texts.contains_key(lang), format!("roles/{}", role.id));
    }
    for form in &content.forms {
        let texts = content.form_texts.get(&form.id);
        need(texts.is_some_and(|texts| texts.contains_key(lang)), format!("forms/{}", form.id));
    }
    missing
}

fn words(content: &Content, theme: &Theme, lang: &str) -> Vec<String> {
    let keys = |lang: &str| -> BTreeSet<&String> {
        theme.messages.get(lang).map(|words| words.flat.keys().collect()).unwrap_or_default()
    };
    let main = keys(&content.site.main_language().code);
    main.difference(&keys(lang)).map(|key| (*key).clone()).collect()
}

const ADVICE: [&str; 2] = [
    "Is een vertaling weer gelijk aan het Nederlands? Zet dan de regel source erin die hierboven staat.",
    "Heeft iemand die de taal kent haar gelezen? Zet er dan bij: reviewed = JJJJ-MM-DD.",
];

/// As a translator reads it.
pub fn report(overviews: &[Overview], tongue: Tongue) -> String {
    let mut out = String::new();
    if overviews.is_empty() {
        let none = "Deze site heeft één taal. Zet een taal erbij in site.toml: [[languages]].";
        return format!("{}\n", tongue.say(none));
    }
    for overview in overviews {
        let state = format!(
            "{} ({}): {} van {} vertaald, {} nagekeken, {} achter.",
            overview.name,
            overview.code,
            overview.translated,
            counted(overview.pages, "pagina", "pagina's"),
            overview.reviewed,
            overview.behind.len(),
        );
        let _ = writeln!(out, "{}", tongue.say(&state));
        let mut list = |label, items: &_| list(&mut out, &tongue.part(label), items);
        list("ontbreekt", &overview.missing);
        let behind = overview.behind.iter();
        let behind: Vec<String> =
            behind.map(|one| format!("{}  →  source = \"{}\"", one.file, one.source)).collect();
        list("loopt achter", &behind);
        list("niet nagekeken", &overview.unreviewed);
        list("woord ontbreekt", &overview.words);
        out.push('\n');
    }
    for advice in ADVICE {
        let _ = writeln!(out, "{}", tongue.say(advice));
    }
    out
}

fn list(out: &mut String, label: &str, items: &[String]) {
    for item in items {
        let _ = writeln!(out, "{label:>18}  {item}");
    }
}
