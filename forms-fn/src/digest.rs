//! What is told without anybody asking: every working morning to the first contact, and after every
//! quarter to the kernteam.

use jiff::civil::{Date, Time, time};

use crate::figures::{self, FactKind, Figures, Quarter};
use crate::outbox::{Audience, MailKind, Out};
use crate::store::list::{Entry, Filter, List};
use crate::store::{Dossier, Result};
use crate::{Service, dates, workdays};

/// From then on, on a working day, the first contact is told what waits.
const MORNING: Time = time(7, 30, 0, 0);

/// Longer than a day, so that nobody is told twice.
const TOLD_SECONDS: i64 = 3 * 24 * 60 * 60;
const QUARTER_SECONDS: i64 = 100 * 24 * 60 * 60;

/// Within so many working days after it the figures of a quarter are told.
const QUARTER_TOLD: u8 = 10;

/// How many of a kind one mail names.
pub(crate) const MOST_TOLD: usize = 25;

/// Mailbox of the kernteam in the configuration. Without it the figures go to the first contact.
pub const KERNTEAM: &str = "kernteam";

/// Owes the mails of this morning. Called by every sweep.
pub async fn tell(service: &Service) -> Result<()> {
    let now = service.now();
    let today = dates::day(now);
    if !workdays::is_working_day(today) || dates::time(now) < MORNING {
        return Ok(());
    }
    if waits(service, today).await?
        && service.store.first(&format!("TOLD#{today}"), now, TOLD_SECONDS).await?
    {
        service.store.owe(&Out::general(MailKind::Daily, now), now).await?;
        service.wake();
    }
    let quarter = Quarter::of(today).previous();
    // Soon after its end, or not at all: who starts in the middle of a quarter has nothing to tell yet.
    let soon = today <= workdays::add(quarter.last_day(), QUARTER_TOLD);
    if soon && service.store.first(&format!("TOLD#{quarter}"), now, QUARTER_SECONDS).await? {
        let mail = Out::general(MailKind::Quarterly, now).with(quarter.to_string());
        service.store.owe(&mail, now).await?;
        service.wake();
    }
    Ok(())
}

async fn waits(service: &Service, today: Date) -> Result<bool> {
    let store = &service.store;
    let until = today.to_string();
    Ok(store.count_list(List::Open, Some(&until), 1).await? > 0
        || store.count_list(List::Suspect, None, 1).await? > 0
        || !store.lost_mails(1).await?.is_empty())
}

/// A mail that reached nobody, and what it was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    pub out: Out,
    pub reference: String,
    pub dossier: Option<Dossier>,
}

impl Lost {
    /// Whom it was for: `resident`, `partner` or `staff`.
    pub fn to(&self) -> &'static str {
        match self.out.kind.audience() {
            Audience::Resident => "resident",
            Audience::Partner => "partner",
            Audience::FirstContact | Audience::Colleague => "staff",
        }
    }
}

/// What the first contact should know this morning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Morning {
    pub late: Vec<Entry>,
    pub today: Vec<Entry>,
    pub suspects: Vec<Entry>,
    pub undelivered: Vec<Lost>,
    /// Of one of them there is more than is named.
    pub more: bool,
}

impl Morning {
    pub fn is_empty(&self) -> bool {
        let Self { late, today, suspects, undelivered, more: _ } = self;
        late.is_empty() && today.is_empty() && suspects.is_empty() && undelivered.is_empty()
    }
}

/// What waits now, the oldest first.
pub async fn morning(service: &Service) -> Result<Morning> {
    let store = &service.store;
    let today = dates::day(service.now());
    let none = Filter::default();
    let open = store.list(List::Open, &none, None, 2 * MOST_TOLD).await?;
    let suspects = store.list(List::Suspect, &none, None, MOST_TOLD).await?;
    let due: Vec<Entry> = open
        .entries
        .into_iter()
        .filter(|entry| entry.day.is_some_and(|day| day <= today))
        .collect();
    let (mut late, mut this): (Vec<Entry>, Vec<Entry>) =
        due.into_iter().partition(|entry| entry.day.is_some_and(|day| day < today));
    let undelivered = lost(service, MOST_TOLD).await?;
    let more = [late.len(), this.len(), undelivered.len()].iter().any(|count| *count >= MOST_TOLD)
        || suspects.next.is_some();
    late.truncate(MOST_TOLD);
    this.truncate(MOST_TOLD);
    Ok(Morning { late, today: this, suspects: suspects.entries, undelivered, more })
}

/// Mails that reached nobody and that no colleague has put aside, the newest first.
pub async fn lost(service: &Service, most: usize) -> Result<Vec<Lost>> {
    let mut all = Vec::new();
    for out in service.store.lost_mails(i32::try_from(most).unwrap_or(i32::MAX)).await? {
        let case = match out.kind.is_of_sign_up() || out.kind.is_general() {
            true => None,
            false => service.store.case(&out.case).await?,
        };
        let sign_up = match &case {
            None if !out.kind.is_general() => service.store.sign_up(&out.case).await?,
            _ => None,
        };
        let dossier = match (&case, &sign_up) {
            (Some(case), _) => Some(Dossier::Case(case.id.clone())),
            (_, Some(sign_up)) => Some(Dossier::SignUp(sign_up.id.clone())),
            _ => None,
        };
        let reference = case.map(|case| case.reference).or(sign_up.map(|own| own.reference));
        all.push(Lost { out, reference: reference.unwrap_or_default(), dossier });
    }
    Ok(all)
}

/// The figures of a quarter: questions by neighbourhood and topic, offers by neighbourhood. No count
/// under five can be read or worked out of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub quarter: Quarter,
    pub questions: Figures,
    pub offers: Figures,
}

pub async fn report(service: &Service, quarter: Quarter) -> Result<Report> {
    let mut facts = Vec::new();
    for month in quarter.months() {
        facts.extend(service.store.facts(&month).await?);
    }
    let manifest = &service.bundle.manifest;
    let areas: Vec<&str> = manifest.areas.iter().map(|area| area.id.as_str()).collect();
    let forms = manifest.forms.iter();
    let topics: Vec<&str> = forms
        .flat_map(|form| &form.topics)
        .filter(|topic| !topic.stop)
        .map(|topic| topic.id.as_str())
        .collect();
    Ok(Report {
        quarter,
        questions: figures::count(&facts, FactKind::Question, &areas, &topics),
        offers: figures::count(&facts, FactKind::Offer, &areas, &[]),
    })
}
