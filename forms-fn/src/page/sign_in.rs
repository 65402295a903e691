//! Signing in: the address, the link, and the code for who opened the link elsewhere.

use serde_json::json;
use tera::TeraResult;

use super::{Page, Pages};

impl Pages<'_> {
    /// Asks for an address.
    pub fn sign_in(&self, typed: Option<&str>, goal: &str) -> TeraResult<Page> {
        let title = self.marked(&self.string("signin.title"), typed.is_some());
        let context = json!({
            "action": "/inloggen",
            "error": typed.is_some(),
            "typed": typed.unwrap_or_default(),
            "goal": goal,
        });
        self.render("forms/signin.html", &title, &context)
    }

    /// The same for everybody: look into your mail. Takes the code of a link that was opened elsewhere.
    pub fn sign_in_sent(&self, wrong: bool) -> TeraResult<Page> {
        let title = self.marked(&self.string("signin.sent_title"), wrong);
        let context = json!({ "action": "/inloggen/code", "error": wrong });
        self.render("forms/signin-sent.html", &title, &context)
    }

    /// The mailed link: a button in the browser that asked, a code anywhere else.
    pub fn sign_in_link(&self, action: &str, code: Option<&str>) -> TeraResult<Page> {
        let context = json!({ "action": action, "code": code });
        self.render("forms/signin-link.html", &self.string("signin.title"), &context)
    }

    /// A post of somebody who is not signed in any more, or not allowed any more: with everything that
    /// was typed.
    pub fn shut_out(&self, key: &str, typed: &[String]) -> TeraResult<Page> {
        let title = self.string(&format!("{key}.title"));
        let context = json!({
            "paragraphs": [self.string(&format!("{key}.text"))],
            "typed": typed,
            "url": "/inloggen",
        });
        self.render("forms/shut-out.html", &title, &context)
    }
}
