//! Requests as a browser, or somebody who means ill, sends them.

use std::fmt::Write as _;

use ureq::Agent;
use ureq::http::Response;

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub content_type: String,
    /// Name and value of every cookie that it sets.
    pub cookies: Vec<String>,
    pub body: String,
}

impl Answer {
    /// None when the other side is gone before its end.
    fn read(mut response: Response<ureq::Body>) -> Option<Self> {
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let (location, content_type) = (header("location"), header("content-type"));
        let cookies = response.headers().get_all("set-cookie").iter();
        let cookies = cookies.filter_map(|value| value.to_str().ok()?.split(';').next());
        let cookies = cookies.map(str::to_owned).collect();
        Some(Self {
            status: response.status().as_u16(),
            location,
            content_type: content_type.unwrap_or_default(),
            cookies,
            body: String::from_utf8_lossy(&response.body_mut().read_to_vec().ok()?).into_owned(),
        })
    }

    /// Value of an `<input>` with this name, as the page has it.
    pub fn input(&self, name: &str) -> Option<String> {
        let after = self.body.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
        after.split('"').next().map(str::to_owned)
    }

    /// A cookie that it sets, as a browser sends it back.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let start = format!("{name}=");
        self.cookies.iter().find(|cookie| cookie.starts_with(&start)).cloned()
    }

    /// Every hidden field, to send on.
    pub fn hidden(&self) -> Vec<(String, String)> {
        let mut fields = Vec::new();
        for tag in self.body.split("<input type=\"hidden\" name=\"").skip(1) {
            let mut parts = tag.split('"');
            if let (Some(name), Some(_), Some(value)) = (parts.next(), parts.next(), parts.next()) {
                fields.push((name.to_owned(), unescape(value)));
            }
        }
        fields
    }

    /// What a check page sends on: its hidden fields, and the answer about sharing where it asks.
    pub fn with_sharing(&self, choice: &str) -> Vec<(String, String)> {
        let mut fields = self.hidden();
        if !fields.iter().any(|(name, _)| name == "delen") {
            fields.push(("delen".to_owned(), choice.to_owned()));
        }
        fields
    }
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into()
}

pub fn get(url: &str) -> Answer {
    agent().get(url).call().ok().and_then(Answer::read).expect("the preview answers")
}

/// The same with a cookie.
pub fn get_as(url: &str, cookie: &str) -> Answer {
    let request = agent().get(url).header("cookie", cookie);
    request.call().ok().and_then(Answer::read).expect("the function answers")
}

pub fn post_as(url: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
    let request = agent()
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie);
    request
        .send(encode(fields).as_bytes())
        .ok()
        .and_then(Answer::read)
        .expect("the function answers")
}

/// Posts a body as a form, whatever it is.
pub fn post_raw(url: &str, body: &[u8]) -> Answer {
    try_post_raw(url, body).expect("the preview answers")
}

/// The same, when the other side may be killed meanwhile.
pub fn try_post_raw(url: &str, body: &[u8]) -> Option<Answer> {
    let request = agent().post(url).header("content-type", "application/x-www-form-urlencoded");
    request.send(body).ok().and_then(Answer::read)
}

pub fn post<N: AsRef<str>, V: AsRef<str>>(url: &str, fields: &[(N, V)]) -> Answer {
    post_raw(url, encode(fields).as_bytes())
}

pub fn encode<N: AsRef<str>, V: AsRef<str>>(fields: &[(N, V)]) -> String {
    let pair =
        |(name, value): &(N, V)| format!("{}={}", percent(name.as_ref()), percent(value.as_ref()));
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// The characters that a template escapes.
pub fn unescape(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
