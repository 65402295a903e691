//! An offer to help, as the inbox shows it.

use serde_json::json;
use tera::TeraResult;

use super::case::Sight;
use super::{Page, Pages};
use crate::dates;
use crate::session::Colleague;
use crate::signup::SignUp;

impl Pages<'_> {
    /// `changed`: what was pressed is not possible any more.
    pub fn sign_up_case(
        &self,
        colleague: &Colleague,
        sign_up: &SignUp,
        sight: &Sight,
        changed: bool,
        undecided: bool,
    ) -> TeraResult<Page> {
        let mut context = self.sign_up_context(sign_up, sight.contact.is_some());
        let next = sign_up.state.next().iter().filter(|state| state.as_str() != "GEWIST");
        let more = json!({
            "desk": self.desk(colleague, ""),
            "opened": sight.opened.is_some(),
            "sight": sight.opened,
            "contact_sight": sight.contact,
            "action": format!("/inbox/aanmelding/{}", sign_up.id),
            "version": sign_up.version,
            "state": self.sign_up_state(sign_up.state),
            "next": next.map(|state| json!({
                "value": state.as_str(), "label": self.sign_up_state(*state),
            })).collect::<Vec<_>>(),
            "seen": sign_up.seen.as_ref().map(|seen| json!({
                "on_text": dates::in_words(seen.on, self.dates()),
                "by": self.who(&seen.by),
                "role": self.service.bundle.manifest.role(&seen.role)
                    .map_or(seen.role.as_str(), |role| role.name(self.lang)),
            })),
            "trail": sign_up.trail.iter().map(|event| json!({
                "what": self.event(&event.what),
                "by": self.who(&event.by),
                "at_text": dates::moment_in_words(event.at, self.dates()),
            })).collect::<Vec<_>>(),
            "error": match (changed, undecided) {
                (true, _) => Some(self.string("inbox.changed")),
                (_, true) => Some(self.string("inbox.missing.staat")),
                _ => None,
            },
        });
        for (name, value) in more.as_object().into_iter().flatten() {
            context[name] = value.clone();
        }
        let title = self.marked(&sign_up.reference, changed || undecided);
        self.render("forms/inbox-signup.html", &title, &context)
    }
}
