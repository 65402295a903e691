//! What the generator sent: manifest, page frames, form templates and mail texts. Read once at
//! start, whole, so that a request never touches a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use forms_core::manifest::{Organisation, SLOT_MAIN, SLOT_TITLE, digest};
use forms_core::{Form, FormKind, Language, Manifest};
use serde_json::{Map, Value};
use tera::Tera;

use crate::outbox::MailKind;

/// Templates that an answer or a mail needs; a bundle without one of them is refused at start
/// and not at the first resident.
const TEMPLATES: [&str; 21] = [
    "forms/question.html",
    "forms/check.html",
    "forms/receipt.html",
    "forms/stop.html",
    "forms/message.html",
    "forms/code.html",
    "forms/status.html",
    "forms/link.html",
    "forms/signin.html",
    "forms/signin-sent.html",
    "forms/signin-link.html",
    "forms/shut-out.html",
    "forms/inbox.html",
    "forms/inbox-case.html",
    "forms/inbox-forward.html",
    "forms/inbox-mails.html",
    "forms/inbox-trail.html",
    "forms/inbox-figures.html",
    "forms/partner-door.html",
    "forms/partner.html",
    "forms/partner-contact.html",
];
/// The same for a site on which people can sign up.
const SIGN_UP_TEMPLATES: [&str; 8] = [
    "forms/signup-form.html",
    "forms/signup-check.html",
    "forms/signup-receipt.html",
    "forms/signup-not-sent.html",
    "forms/signup-code.html",
    "forms/signup-door.html",
    "forms/signup-staff.html",
    "forms/inbox-signup.html",
];
const MAIL_PARTS: [&str; 3] = ["subject.txt", "body.txt", "body.html"];

pub struct Bundle {
    pub manifest: Manifest,
    pub(crate) tera: Tera,
    frames: BTreeMap<String, Frame>,
    /// Interface strings per language, nested as templates use them.
    strings: BTreeMap<String, Value>,
}

/// A page of the site, cut at the places where an answer goes.
struct Frame(Vec<Piece>);

enum Piece {
    Text(String),
    Title,
    Main,
}

impl Bundle {
    /// Reads `dist/forms` or refuses with a sentence that says what is wrong with it.
    pub fn open(dir: &Path) -> Result<Self, String> {
        let mut files = BTreeMap::new();
        read_below(dir, "", &mut files)?;
        Self::from_files(files)
    }

    /// The same from memory: path in the bundle to its bytes.
    pub fn from_files(mut files: BTreeMap<String, Vec<u8>>) -> Result<Self, String> {
        let manifest = files.remove("manifest.json").ok_or("the bundle has no manifest.json")?;
        let manifest = Manifest::from_json(&text("manifest.json", manifest)?)?;
        if manifest.digest
            != digest(files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())))
        {
            return Err("the files of the bundle are not those its manifest was made with: \
                        build it again"
                .to_owned());
        }
        let mut templates = Vec::new();
        let mut frames = BTreeMap::new();
        for (path, bytes) in files {
            let source = text(&path, bytes)?;
            if let Some(name) = path.strip_prefix("templates/") {
                templates.push((name.to_owned(), source));
            } else if path.starts_with("mail/") {
                templates.push((path, source));
            } else if let Some(lang) =
                path.strip_prefix("frames/").and_then(|name| name.strip_suffix(".html"))
            {
                frames.insert(lang.to_owned(), Frame::cut(&source)?);
            }
        }
        let mut tera = Tera::new();
        tera.add_raw_templates(templates).map_err(|e| format!("templates of the bundle: {e}"))?;
        let strings = manifest
            .messages
            .iter()
            .map(|(lang, messages)| Ok((lang.clone(), nest(messages)?)))
            .collect::<Result<_, String>>()?;
        let bundle = Self { manifest, tera, frames, strings };
        bundle.complete()?;
        Ok(bundle)
    }

    fn complete(&self) -> Result<(), String> {
        let first = self.manifest.languages.first().ok_or("the bundle has no language")?;
        let signs_up = self.manifest.forms.iter().any(|form| form.kind == FormKind::SignUp);
        let more = |names: &'static [&'static str]| if signs_up { names } else { &[] };
        let mut missing: Vec<String> = TEMPLATES
            .iter()
            .chain(more(&SIGN_UP_TEMPLATES))
            .filter(|name| !self.tera.contains_template(name))
            .map(|name| format!("templates/{name}"))
            .collect();
        let parts = |kind: MailKind| MAIL_PARTS.map(|part| (kind.as_str(), part));
        let kinds = MailKind::ALL.iter().copied().filter(|kind| signs_up || !kind.is_of_sign_up());
        for (kind, part) in kinds.flat_map(parts) {
            let path = format!("mail/{kind}/{}/{part}", first.code);
            if !self.tera.contains_template(&path) {
                missing.push(path);
            }
        }
        if !self.frames.contains_key(&first.code) {
            missing.push(format!("frames/{}.html", first.code));
        }
        if self.manifest.organisation(&self.manifest.site.first_contact).is_none() {
            missing.push(format!("organisation {}", self.manifest.site.first_contact));
        }
        if missing.is_empty() {
            Ok(())
        } else {
            Err(format!("missing in the bundle: {}", missing.join(", ")))
        }
    }

    /// The language asked for if the site has it, else its first.
    pub fn language(&self, code: &str) -> &Language {
        let languages = &self.manifest.languages;
        languages
            .iter()
            .find(|language| language.code == code && self.frames.contains_key(code))
            .unwrap_or(&languages[0])
    }

    pub fn first_contact(&self) -> Option<&Organisation> {
        self.manifest.organisation(&self.manifest.site.first_contact)
    }

    pub fn form(&self, id: &str) -> Option<&Form> {
        self.manifest.form(id)
    }

    pub fn area_name(&self, id: &str) -> Option<&str> {
        self.manifest.areas.iter().find(|area| area.id == id).map(|area| area.name.as_str())
    }

    /// The interface strings of a language as a tree, for templates.
    pub fn strings(&self, lang: &str) -> &Value {
        self.strings.get(lang).unwrap_or(&Value::Null)
    }

    /// One interface string; its own key if it is missing, so that a gap is seen and not blank.
    pub fn string<'a>(&'a self, lang: &str, key: &'a str) -> &'a str {
        let messages = self.manifest.messages.get(lang);
        messages.and_then(|m| m.get(key)).map_or(key, String::as_str)
    }

    /// A whole page: the site's frame with this title and content. The title is text, the content
    /// is HTML that a template made.
    pub fn page(&self, lang: &str, title: &str, main: &str) -> String {
        let Some(frame) = self.frames.get(lang) else { return main.to_owned() };
        let title = escape(title);
        frame
            .0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Title => &title,
                Piece::Main => main,
            })
            .collect()
    }
}

impl Frame {
    /// Cut once at start: what a resident typed is never searched for a slot.
    fn cut(source: &str) -> Result<Self, String> {
        if !source.contains(SLOT_MAIN) {
            return Err(format!("a frame of the bundle has no {SLOT_MAIN}"));
        }
        let mut pieces = Vec::new();
        for (index, part) in source.split(SLOT_MAIN).enumerate() {
            if index > 0 {
                pieces.push(Piece::Main);
            }
            for (index, text) in part.split(SLOT_TITLE).enumerate() {
                if index > 0 {
                    pieces.push(Piece::Title);
                }
                pieces.push(Piece::Text(text.to_owned()));
            }
        }
        Ok(Self(pieces))
    }
}

/// Text as HTML shows it.
fn escape(text: &str) -> String {
    let mut html = Vec::with_capacity(text.len());
    // Writing to memory does not fail, and what goes in as text comes out as text.
    let _ = tera::escape_html(text, &mut html);
    String::from_utf8(html).unwrap_or_default()
}

fn read_below(
    dir: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), String> {
    let failed = |e| format!("cannot read {}: {e}", dir.display());
    for entry in fs::read_dir(dir).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().map_err(failed)?.is_dir() {
            read_below(&entry.path(), &format!("{path}/"), files)?;
        } else {
            files.insert(path, fs::read(entry.path()).map_err(failed)?);
        }
    }
    Ok(())
}

fn text(path: &str, bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| format!("{path} in the bundle is not UTF-8"))
}

/// Dotted keys back into the tree that the theme wrote.
fn nest(messages: &BTreeMap<String, String>) -> Result<Value, String> {
    let mut root = Map::new();
    for (key, words) in messages {
        let mut at = &mut root;
        let mut parts: Vec<&str> = key.split('.').collect();
        let last = parts.pop().unwrap_or_default();
        for part in parts {
            let next = at.entry(part).or_insert_with(|| Value::Object(Map::new()));
            at = next.as_object_mut().ok_or_else(|| format!("message {key} is also a group"))?;
        }
        if at.insert(last.to_owned(), words.as_str().into()).is_some() {
            return Err(format!("message {key} is also a group"));
        }
    }
    Ok(Value::Object(root))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_become_a_tree() {
        let pairs = [("a.b", "1"), ("a.c.d", "2"), ("e", "3")];
        let messages = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
        };
        let tree = nest(&messages(&pairs)).unwrap();
        assert_eq!(tree, serde_json::json!({"a": {"b": "1", "c": {"d": "2"}}, "e": "3"}));
        assert!(nest(&messages(&[("a", "1"), ("a.b", "2")])).is_err());
    }

    #[test]
    fn a_frame_is_filled_at_every_slot() {
        let frame = Frame::cut("<t><!--slot:title--></t><m><!--slot:main--></m>").unwrap();
        assert_eq!(frame.0.len(), 5);
        assert!(Frame::cut("<p>nothing</p>").is_err());
    }
}
