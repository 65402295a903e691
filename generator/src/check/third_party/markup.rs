//! What a page or a drawing fetches, and where its forms send to.

use memchr::{memchr_iter, memmem, memrchr_iter};

use super::urls::Url;
use super::{Request, style, urls};

/// Attributes that fetch, send, or run, on any element.
const FETCHING: [&str; 11] = [
    "src",
    "srcset",
    "imagesrcset",
    "poster",
    "data",
    "background",
    "action",
    "formaction",
    "ping",
    "srcdoc",
    "style",
];

/// Links of these kinds say something of a page and fetch nothing.
const SAYING: [&str; 9] = [
    "canonical",
    "alternate",
    "author",
    "license",
    "help",
    "next",
    "prev",
    "me",
    "terms-of-service",
];

pub fn requests(bytes: &[u8], own: &str) -> Vec<Request> {
    let mut urls = urls::elsewhere(bytes, own).peekable();
    if urls.peek().is_none() {
        return Vec::new();
    }
    let raw = Raw::of(bytes);
    urls.filter_map(|url| {
        let by = match raw.around(url.start) {
            Some(Inside::Script) => "<script>".to_owned(),
            Some(Inside::Style) => {
                format!("<style> {}", style::fetched_by(bytes.get(..url.start)?)?)
            }
            None => by_tag(bytes, &url)?,
        };
        let url = String::from_utf8_lossy(url.text).into_owned();
        Some(Request::Elsewhere { by, url })
    })
    .collect()
}

/// The attribute that holds an address, if it makes a browser ask for it.
fn by_tag(bytes: &[u8], url: &Url<'_>) -> Option<String> {
    let before = bytes.get(..url.start)?;
    let open = memrchr_iter(b'<', before).find(|open| {
        // Not a `<` between words.
        bytes.get(open + 1).is_some_and(|next| next.is_ascii_alphabetic() || *next == b'?')
    })?;
    if in_comment(before) {
        return None;
    }
    let tag = Tag::read(bytes.get(open + 1..)?);
    let attribute = tag.attributes.iter().find(|attribute| {
        let start = open + 1 + attribute.start;
        (start..start + attribute.value.len()).contains(&url.start)
    })?;
    let name = attribute.name.as_str();
    let bare = name.strip_prefix("xlink:").unwrap_or(name);
    let fetches = match bare {
        "style" => style_fetches(attribute.value, url.start - open - 1 - attribute.start),
        _ if FETCHING.contains(&bare) || bare.starts_with("on") => true,
        "href" => match tag.name.as_str() {
            "a" | "area" => false,
            "link" => !tag.says_only(),
            _ => true,
        },
        // `<meta http-equiv="refresh" content="0; url=…">`
        "content" => tag.attributes.iter().any(|other| other.name == "http-equiv"),
        // Drawings: `fill="url(…)"`.
        _ => style_fetches(attribute.value, url.start - open - 1 - attribute.start),
    };
    fetches.then(|| format!("<{} {}>", tag.name, name))
}

fn style_fetches(value: &[u8], at: usize) -> bool {
    value.get(..at).and_then(style::fetched_by).is_some()
}

fn in_comment(before: &[u8]) -> bool {
    match (memmem::rfind(before, b"<!--"), memmem::rfind(before, b"-->")) {
        (Some(open), Some(close)) => open > close,
        (open, _) => open.is_some(),
    }
}

struct Tag<'a> {
    name: String,
    attributes: Vec<Attribute<'a>>,
}

struct Attribute<'a> {
    /// In small letters.
    name: String,
    /// Bytes from the start of the tag, and the value itself.
    start: usize,
    value: &'a [u8],
}

impl<'a> Tag<'a> {
    /// A tag from behind its `<`.
    fn read(tag: &'a [u8]) -> Self {
        let word = |from: usize| {
            let end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'=' | b'/');
            let rest = tag.get(from..).unwrap_or_default();
            rest.split(end).next().unwrap_or_default()
        };
        let gap = |from: usize, marks: &[u8]| {
            let rest = tag.get(from..).unwrap_or_default().iter();
            rest.take_while(|byte| byte.is_ascii_whitespace() || marks.contains(byte)).count()
        };
        let name = word(0);
        let mut attributes = Vec::new();
        let mut at = name.len();
        loop {
            at += gap(at, b"/");
            let key = word(at);
            if key.is_empty() {
                break;
            }
            at += key.len();
            let equals = at + gap(at, b"");
            if tag.get(equals) != Some(&b'=') {
                continue;
            }
            at = equals + 1 + gap(equals + 1, b"");
            let rest = tag.get(at..).unwrap_or_default();
            let (skip, value) = match rest.first() {
                Some(quote @ (b'"' | b'\'')) => {
                    let inner = rest.get(1..).unwrap_or_default();
                    (1, inner.split(|byte| byte == quote).next().unwrap_or_default())
                }
                _ => (0, rest.split(ends_value).next().unwrap_or_default()),
            };
            let name = String::from_utf8_lossy(key).to_ascii_lowercase();
            attributes.push(Attribute { name, start: at + skip, value });
            at += value.len() + 2 * skip;
        }
        Self { name: String::from_utf8_lossy(name).to_ascii_lowercase(), attributes }
    }

    /// Whether a `<link>` is of kinds that fetch nothing.
    fn says_only(&self) -> bool {
        let rel = self.attributes.iter().find(|attribute| attribute.name == "rel");
        rel.is_some_and(|rel| {
            let rel = String::from_utf8_lossy(rel.value).to_ascii_lowercase();
            rel.split_ascii_whitespace().all(|kind| SAYING.contains(&kind))
                && !rel.trim().is_empty()
        })
    }
}

fn ends_value(byte: &u8) -> bool {
    byte.is_ascii_whitespace() || *byte == b'>'
}

#[derive(Clone, Copy)]
enum Inside {
    Script,
    Style,
}

/// Scripts and styles that stand in a page, from behind the tag to the end of it.
struct Raw(Vec<(usize, usize, Inside)>);

impl Raw {
    fn of(bytes: &[u8]) -> Self {
        let mut all = Vec::new();
        let mut past = 0;
        for open in memchr_iter(b'<', bytes) {
            let begins = |name: &[u8]| {
                let tag = bytes.get(open + 1..open + 2 + name.len()).unwrap_or_default();
                let (head, last) = tag.split_at_checked(name.len()).unwrap_or_default();
                head.eq_ignore_ascii_case(name)
                    && last.iter().all(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
            };
            let inside = match bytes.get(open + 1) {
                Some(b's' | b'S') if open >= past && begins(b"script") => Inside::Script,
                Some(b's' | b'S') if open >= past && begins(b"style") => Inside::Style,
                _ => continue,
            };
            let rest = bytes.get(open..).unwrap_or_default();
            let Some(from) = memchr::memchr(b'>', rest) else { break };
            let tag = rest.get(..from).unwrap_or_default();
            let end = memmem::find(rest, b"</s").or_else(|| memmem::find(rest, b"</S"));
            past = open + end.unwrap_or(rest.len());
            // Data for search engines is read and not run.
            if memmem::find(tag, b"json").is_none() && !tag.ends_with(b"/") {
                all.push((open + from, past, inside));
            }
        }
        Self(all)
    }

    fn around(&self, at: usize) -> Option<Inside> {
        self.0.iter().find(|(from, to, _)| (*from..*to).contains(&at)).map(|(_, _, inside)| *inside)
    }
}
