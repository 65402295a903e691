//! The lists of the inbox.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};
use tera::TeraResult;

use super::{Page, Pages};
use crate::dates;
use crate::digest::Lost;
use crate::session::Colleague;
use crate::signup::state::State as SignUpState;
use crate::state::State;
use crate::store::list::{Entry, Filter, List, Listed};
use crate::store::{Deed, Dossier};

/// One page of a list, and what stands above it.
pub struct Shown<'a> {
    pub list: List,
    /// The address of the list without its filters.
    pub path: &'a str,
    pub filter: &'a Filter,
    pub listed: &'a Listed,
    /// Whether this is a later page of it.
    pub later: bool,
    pub today: Date,
    /// Something stands apart.
    pub suspects: bool,
    /// A mail reached nobody.
    pub lost: bool,
    /// A number that was looked for and is not there.
    pub not_found: Option<&'a str>,
}

/// Where a filter keeps what is chosen.
type Choice = fn(&mut Filter) -> &mut Option<String>;

/// A filter as it stands in the address: name, and what is chosen.
pub const FILTERS: [(&str, Choice); 7] = [
    ("staat", |filter| &mut filter.state),
    ("wijk", |filter| &mut filter.area),
    ("onderwerp", |filter| &mut filter.topic),
    ("taal", |filter| &mut filter.lang),
    ("wie", |filter| &mut filter.owner),
    ("rol", |filter| &mut filter.role),
    ("dagdeel", |filter| &mut filter.day_part),
];

impl Pages<'_> {
    /// Where a colleague can go, and who is signed in.
    pub(super) fn desk(&self, colleague: &Colleague, here: &str) -> Value {
        let tab = |key: &str, url: &str| {
            let label = self.string(&format!("inbox.tabs.{key}"));
            json!({ "label": label, "url": url, "current": url == here })
        };
        json!({
            "me": colleague.address,
            "tabs": [
                tab("open", "/inbox"),
                tab("suspects", "/inbox/apart"),
                tab("closed", "/inbox/gesloten"),
                tab("signups", "/inbox/aanmeldingen"),
                tab("mails", "/inbox/post"),
                tab("figures", "/inbox/cijfers"),
                tab("trail", "/inbox/logboek"),
            ],
        })
    }

    pub fn inbox(&self, colleague: &Colleague, shown: &Shown<'_>) -> TeraResult<Page> {
        let key = match shown.list {
            List::Open => "open",
            List::Suspect => "suspects",
            List::Closed => "closed",
            List::SignUps => "signups",
        };
        let title = self.string(&format!("inbox.title.{key}"));
        let banners = [
            (shown.suspects, "inbox.banner_suspects", "/inbox/apart"),
            (shown.lost, "inbox.banner_lost", "/inbox/post"),
        ];
        let banners: Vec<Value> = banners
            .into_iter()
            .filter(|(shows, ..)| *shows)
            .map(|(_, key, url)| json!({ "text": self.string(key), "url": url }))
            .collect();
        let next = shown.listed.next.as_ref().map(|cursor| {
            let query = address(shown.filter);
            let and = if query.is_empty() { "" } else { "&" };
            format!("{}?{query}{and}na={}", shown.path, cursor.text())
        });
        let first = address(shown.filter);
        let context = json!({
            "desk": self.desk(colleague, shown.path),
            "heading": title,
            "path": shown.path,
            "filters": self.filters(shown),
            "filtered": !Filter { reader: None, ..shown.filter.clone() }.is_empty(),
            "chosen": chosen(shown.filter),
            "groups": self.groups(shown),
            "next": next,
            "first": shown.later.then(|| match first.is_empty() {
                true => shown.path.to_owned(),
                false => format!("{}?{first}", shown.path),
            }),
            "banners": banners,
            "not_found": shown.not_found,
            "sign_ups": shown.list == List::SignUps,
        });
        self.render("forms/inbox.html", &title, &context)
    }

    /// What a list can be filtered by; a choice of one thing is no choice.
    fn filters(&self, shown: &Shown<'_>) -> Vec<Value> {
        let manifest = &self.service.bundle.manifest;
        let of = |id: &str, label: &str| (id.to_owned(), label.to_owned());
        let areas = manifest.areas.iter().map(|area| of(&area.id, &area.name)).collect();
        let languages = manifest.languages.iter().map(|own| of(&own.code, &own.name)).collect();
        let mut wanted = chosen(shown.filter);
        let chosen = |name: &str| wanted.as_object_mut().and_then(|all| all.remove(name));
        let all: Vec<(&str, Vec<(String, String)>)> = match shown.list {
            List::SignUps => {
                let form = manifest.forms.iter().find(|form| !form.day_parts.is_empty());
                let texts = form.and_then(|form| manifest.texts(&form.id, self.lang));
                let parts = form.into_iter().flat_map(|form| &form.day_parts).map(|id| {
                    let label = texts.and_then(|texts| texts.day_parts.get(id));
                    of(id, label.unwrap_or(id))
                });
                let states = SignUpState::ALL.iter().filter(|state| !state.is_over());
                let states =
                    states.map(|state| (state.as_str().to_owned(), self.sign_up_state(*state)));
                let roles = manifest.roles.iter().map(|role| of(&role.id, role.name(self.lang)));
                vec![
                    ("staat", states.collect()),
                    ("wijk", areas),
                    ("rol", roles.collect()),
                    ("dagdeel", parts.collect()),
                    ("taal", languages),
                ]
            }
            _ => {
                let states = State::ALL.iter().copied().filter(|state| state.is_open());
                let states = states.map(|state| (state.as_str().to_owned(), self.state(state)));
                let states = match shown.list {
                    List::Open => states.collect(),
                    _ => Vec::new(),
                };
                let topics = manifest.forms.iter().flat_map(|form| &form.topics);
                let topics = topics
                    .filter(|topic| !topic.stop)
                    .map(|topic| of(&topic.id, self.service.topic_name(&topic.id, self.lang)));
                let who = manifest.organisations.iter().filter(|own| {
                    own.id == manifest.site.first_contact
                        || self.service.config.mailboxes.contains_key(&own.id)
                });
                let who = who.map(|own| of(&own.id, &own.name)).collect();
                let who = if shown.list == List::Open { who } else { Vec::new() };
                vec![
                    ("staat", states),
                    ("wijk", areas),
                    ("onderwerp", topics.collect()),
                    ("taal", languages),
                    ("wie", who),
                ]
            }
        };
        let mut chosen = chosen;
        all.into_iter()
            .filter(|(_, options)| options.len() > 1)
            .map(|(name, options)| {
                let own = chosen(name);
                let options: Vec<Value> = options
                    .into_iter()
                    .map(|(value, label)| {
                        let is = own.as_ref().is_some_and(|own| *own == value);
                        json!({ "value": value, "label": label, "chosen": is })
                    })
                    .collect();
                let label = self.string(&format!("inbox.filter.{name}"));
                json!({ "name": name, "label": label, "options": options })
            })
            .collect()
    }

    /// The lines, under a heading for what is late, what is for today, and what comes later.
    fn groups(&self, shown: &Shown<'_>) -> Vec<Value> {
        let week = shown.today.saturating_add(7.days());
        let by_day = matches!(shown.list, List::Open | List::SignUps);
        let key = |entry: &Entry| match entry.day {
            _ if !by_day => "all",
            None => "none",
            Some(day) if day < shown.today => "late",
            Some(day) if day == shown.today => "today",
            Some(day) if day <= week => "week",
            Some(_) => "later",
        };
        let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
        for entry in &shown.listed.entries {
            let (name, line) = (key(entry), self.line(entry));
            match groups.last_mut() {
                Some((last, lines)) if *last == name => lines.push(line),
                _ => groups.push((name, vec![line])),
            }
        }
        groups
            .into_iter()
            .map(|(name, lines)| {
                let title = self.string(&format!("inbox.group.{name}"));
                json!({ "title": title, "late": name == "late", "entries": lines })
            })
            .collect()
    }

    fn line(&self, entry: &Entry) -> Value {
        let manifest = &self.service.bundle.manifest;
        let language = manifest.language(&entry.lang).map(|own| own.name.as_str());
        let names = entry
            .roles
            .iter()
            .map(|id| manifest.role(id).map_or(id.as_str(), |role| role.name(self.lang)));
        json!({
            "reference": entry.reference,
            "action": page_of(&entry.dossier),
            "state": match &entry.dossier {
                Dossier::Case(_) => State::parse(&entry.state).map(|state| self.state(state)),
                Dossier::SignUp(_) => {
                    SignUpState::parse(&entry.state).map(|state| self.sign_up_state(state))
                }
            },
            "topic": entry.topic.as_deref().map(|id| self.service.topic_name(id, self.lang)),
            "area": entry.area.as_deref().and_then(|id| self.service.bundle.area_name(id)),
            "language": language.filter(|_| entry.lang != self.lang),
            "owner": (entry.owner != manifest.site.first_contact)
                .then(|| self.service.organisation_name(&entry.owner)),
            "day_text": entry.day.map(|day| dates::in_words(day, self.dates())),
            "roles": names.collect::<Vec<_>>(),
        })
    }

    pub(super) fn state(&self, state: State) -> String {
        self.string(&format!("inbox.state.{}", state.as_str().to_lowercase()))
    }

    pub(super) fn sign_up_state(&self, state: SignUpState) -> String {
        self.string(&format!("inbox.signup_state.{}", state.as_str().to_lowercase()))
    }

    /// Mails that reached nobody.
    pub fn lost_mails(&self, colleague: &Colleague, lost: &[Lost]) -> TeraResult<Page> {
        let line = |lost: &Lost| {
            json!({
                "id": lost.out.id.as_str(),
                "reference": lost.reference,
                "action": lost.dossier.as_ref().map(page_of),
                "to": self.string(&format!("inbox.lost_to.{}", lost.to())),
                "at_text": dates::moment_in_words(lost.out.id.created(), self.dates()),
            })
        };
        let title = self.string("inbox.title.mails");
        let context = json!({
            "desk": self.desk(colleague, "/inbox/post"),
            "lost": lost.iter().map(line).collect::<Vec<_>>(),
        });
        self.render("forms/inbox-mails.html", &title, &context)
    }

    /// What one colleague did, newest first.
    pub fn deeds(&self, colleague: &Colleague, whose: &str, deeds: &[Deed]) -> TeraResult<Page> {
        let line = |deed: &Deed| {
            json!({
                "what": self.event(&deed.what),
                "url": deed.about.as_ref().map(page_of),
                "at_text": dates::moment_in_words(deed.at, self.dates()),
            })
        };
        let title = self.string("inbox.title.trail");
        let all = self.service.config.staff.iter();
        let people: Vec<Value> =
            all.map(|one| json!({ "address": one, "chosen": one == whose })).collect();
        let context = json!({
            "desk": self.desk(colleague, "/inbox/logboek"),
            "whose": whose,
            "people": people,
            "deeds": deeds.iter().map(line).collect::<Vec<_>>(),
        });
        self.render("forms/inbox-trail.html", &title, &context)
    }

    /// An event of a trail in words. The spelling in the table is for programs.
    pub(super) fn event(&self, what: &str) -> String {
        let key = format!("inbox.event.{}", what.to_lowercase().replace(' ', "_"));
        self.string(&key)
    }
}

/// The page of a question or an offer.
pub(crate) fn page_of(dossier: &Dossier) -> String {
    match dossier {
        Dossier::Case(id) => format!("/inbox/vraag/{id}"),
        Dossier::SignUp(id) => format!("/inbox/aanmelding/{id}"),
    }
}

/// What is chosen, by the names that stand in an address.
fn chosen(filter: &Filter) -> Value {
    let mut filter = filter.clone();
    let all = FILTERS.iter().filter_map(|(name, own)| Some((*name, own(&mut filter).clone()?)));
    all.map(|(name, value)| (name.to_owned(), Value::from(value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The filter as a query. Only ids of our own stand in it.
fn address(filter: &Filter) -> String {
    let mut filter = filter.clone();
    let all = FILTERS.iter().filter_map(|(name, own)| Some((*name, own(&mut filter).clone()?)));
    all.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}
