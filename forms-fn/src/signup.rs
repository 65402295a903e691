//! What is kept of a sign-up: who wants to do what, and the mails it owes.

pub mod access;
pub mod desk;
pub mod state;
pub mod submit;

use forms_core::{Answers, Form, Kind, RoleState};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::bundle::Bundle;
use crate::ids::{self, Id};
use crate::outbox::{MailKind, Out};
use crate::submission::Event;
use crate::{Service, dates, workdays};
use state::State;

/// A volunteer who offered to help, and everything known about the offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUp {
    pub id: Id,
    pub reference: String,
    /// Id of the check page's nonce: the volunteer's link and code follow from it.
    pub nonce_id: String,
    pub form: String,
    pub lang: String,
    pub state: State,
    /// Ids of the chosen roles, in the order in which they are offered.
    pub roles: Vec<String>,
    pub day_parts: Vec<String>,
    pub area: Option<String>,
    /// Name, e-mail address, telephone number and languages, as far as given. Empty once the
    /// volunteer took the sign-up back.
    pub personal: Vec<(Kind, String)>,
    /// Whether the organisation that the form names may have the personal data too.
    pub consent: bool,
    /// The organisation that answers for it: that of the first chosen role with room.
    pub owner: String,
    pub received: Timestamp,
    /// The day by which its owner does the next thing; `None` when nothing presses.
    pub due: Option<Date>,
    /// When the certificate of conduct was seen, by whom and for which role. Never the certificate.
    pub seen: Option<Seen>,
    /// What happened to it, oldest first.
    pub trail: Vec<Event>,
    /// Counts changes, so that nobody overwrites what somebody else just did.
    pub version: i64,
}

/// That a certificate of conduct was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub on: Date,
    pub by: String,
    /// Id of the role that it was asked for.
    pub role: String,
}

/// What of the answers is personal, in the order in which it is shown.
pub(crate) const PERSONAL: [Kind; 4] = [Kind::Name, Kind::Email, Kind::Phone, Kind::Languages];

impl SignUp {
    pub fn new(
        bundle: &Bundle,
        form: &Form,
        lang: &str,
        answers: &Answers,
        consent: bool,
        nonce_id: &str,
        now: Timestamp,
    ) -> Self {
        let site = &bundle.manifest.site;
        let roles = answers.all(Kind::Roles).to_vec();
        let own = |kind: Kind| Some((kind, answers.get(kind)?.to_owned()));
        Self {
            id: Id::new(now),
            reference: ids::reference(&site.reference_prefix),
            nonce_id: nonce_id.to_owned(),
            form: form.id.clone(),
            lang: lang.to_owned(),
            state: State::Received,
            owner: owner(bundle, &roles),
            roles,
            day_parts: answers.all(Kind::DayParts).to_vec(),
            area: answers.get(Kind::Area).map(str::to_owned),
            personal: PERSONAL.into_iter().filter_map(own).collect(),
            consent,
            received: now,
            due: Some(workdays::add(dates::day(now), site.answer_working_days)),
            seen: None,
            trail: Vec::new(),
            version: 1,
        }
    }

    pub fn personal(&self, kind: Kind) -> Option<&str> {
        self.personal.iter().find(|(k, _)| *k == kind).map(|(_, value)| value.as_str())
    }

    /// The organisations that may read it: owners of a chosen role, and the one that the volunteer
    /// agreed to.
    pub fn readers(&self, bundle: &Bundle) -> Vec<String> {
        let mut all = owners(bundle, &self.roles);
        let agreed = bundle.form(&self.form).and_then(|form| form.consent.clone());
        all.extend(agreed.filter(|id| self.consent && !all.contains(id)));
        all
    }

    /// The mails owed for a new sign-up: one to every organisation that owns a chosen role, and a
    /// confirmation to whoever left an address.
    pub fn mails(&self, bundle: &Bundle) -> Vec<Out> {
        let out =
            |kind, organisation| Out { organisation, ..Out::new(&self.id, kind, self.received) };
        let to_owners = owners(bundle, &self.roles)
            .into_iter()
            .map(|owner| out(MailKind::NewSignUp, Some(owner)));
        let to_volunteer =
            self.personal(Kind::Email).map(|_| out(MailKind::SignUpConfirmation, None));
        to_owners.chain(to_volunteer).collect()
    }
}

/// Every organisation that owns one of these roles, once, in their order.
pub(crate) fn owners(bundle: &Bundle, roles: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for role in roles.iter().filter_map(|id| bundle.manifest.role(id)) {
        if !all.contains(&role.owner) {
            all.push(role.owner.clone());
        }
    }
    all
}

/// The owner of the first role with room; of the first at all where there is only a waiting list.
fn owner(bundle: &Bundle, roles: &[String]) -> String {
    let mut known = roles.iter().filter_map(|id| bundle.manifest.role(id));
    let first = known.clone().next();
    let role = known.find(|role| role.state == RoleState::Open).or(first);
    role.map_or_else(|| bundle.manifest.site.first_contact.clone(), |role| role.owner.clone())
}

impl Service {
    /// The volunteer's secret link.
    pub(crate) fn sign_up_link(&self, sign_up: &SignUp) -> String {
        let path = self.receipt_path(&sign_up.form, &sign_up.nonce_id);
        format!("{}{path}", self.config.base_url)
    }
}
