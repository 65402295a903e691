//! Who has a question after each step, and until when. Days are working days in the Netherlands.

use forms_core::manifest::SiteInfo;
use jiff::civil::Date;

use crate::state::{Action, State};
use crate::submission::Case;
use crate::{retention, workdays};

/// What a partner has to answer.
pub const PARTNER_DAYS: u8 = 5;
/// What a resident has to tell more.
pub const RESIDENT_DAYS: u8 = 10;
/// What a resident has to say that an answer did not help.
pub const ANSWERED_DAYS: u8 = 10;
/// Furthest day that a partner may promise to contact the resident by.
pub const PROMISE_DAYS: u8 = 15;

/// Where a step leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    pub state: State,
    pub owner: String,
    pub due: Date,
    /// Once closed: the day on which everything personal is erased.
    pub erase_on: Option<Date>,
    /// Whether time is counted anew from this step.
    pub anew: bool,
}

/// The course of a case after an action on this day; `None` when it is not possible now. `partner` is
/// the organisation of a forwarding, `promised` the day of a promise.
pub fn after(
    case: &Case,
    action: Action,
    site: &SiteInfo,
    today: Date,
    partner: Option<&str>,
    promised: Option<Date>,
) -> Option<Course> {
    let state = case.state.after(action)?;
    let first_contact = || site.first_contact.clone();
    let within = |days| workdays::add(today, days);
    let (owner, due, anew) = match (action, state) {
        // What was promised to the resident stands, whoever of the first contact picks it up.
        (Action::Take | Action::ReplyLate, _) => (case.owner.clone(), case.due, false),
        (Action::Forward, _) => (partner?.to_owned(), within(PARTNER_DAYS), true),
        (Action::Promise, _) => (case.owner.clone(), promised?, false),
        (Action::Answer, _) => (first_contact(), within(ANSWERED_DAYS), true),
        (Action::AskBack, _) => (first_contact(), within(RESIDENT_DAYS), true),
        (_, State::Closed) => (first_contact(), case.due, true),
        // It comes back to the first contact, with a promise that it can keep.
        (_, state) if state != case.state => {
            (first_contact(), within(site.answer_working_days), true)
        }
        _ => (case.owner.clone(), case.due, false),
    };
    let erase_on = match state {
        State::Closed if case.state == State::Closed => case.erased_on,
        State::Closed => Some(retention::erase_on(today)),
        _ => None,
    };
    Some(Course { state, owner, due, erase_on, anew })
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;

    use super::*;
    use crate::ids::Id;
    use crate::{dates, timers};

    fn site() -> SiteInfo {
        SiteInfo {
            municipality: "Oss".to_owned(),
            title: String::new(),
            base_url: String::new(),
            reference_prefix: "OSS".to_owned(),
            first_contact: "vwn".to_owned(),
            answer_working_days: 2,
        }
    }

    fn case(day: Date) -> Case {
        let received = dates::start_of(day);
        Case {
            id: Id::new(received),
            reference: String::new(),
            nonce_id: String::new(),
            form: String::new(),
            lang: String::new(),
            topic: None,
            area: None,
            question: String::new(),
            contact: Vec::new(),
            consent: false,
            owner: "vwn".to_owned(),
            received,
            due: workdays::add(day, 2),
            state: State::Received,
            since: received,
            reminders: 0,
            taken: None,
            thread: Vec::new(),
            forwards: Vec::new(),
            trail: Vec::new(),
            mails: Vec::new(),
            erased_on: None,
            version: 1,
            events: 1,
            messages: 1,
        }
    }

    /// Six thousand rows of forty things that anybody may do on any day. Whatever happens, an open case
    /// has one owner, a working day, and a timer; it is a partner's exactly while it is forwarded; and
    /// what is closed has its day.
    #[test]
    fn no_row_of_actions_leaves_an_open_case_without_owner_date_and_timer() {
        let (mut seed, mut steps) = (4711_u64, 0);
        let mut dice = |sides: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % sides
        };
        let mut seen = std::collections::BTreeSet::new();
        for row in 0..6_000 {
            let mut day =
                date(2026, 1, 1).saturating_add(i64::try_from(dice(3_000)).unwrap().days());
            let mut case = case(day);
            // Every eighth came in set apart.
            if row % 8 == 0 {
                case.state = State::Suspect;
            }
            for _ in 0..40 {
                day = day.saturating_add(i64::try_from(dice(4)).unwrap().days());
                let action = Action::ALL[dice(Action::ALL.len())];
                let promised = workdays::add(day, 3);
                let Some(course) =
                    after(&case, action, &site(), day, Some("wonen"), Some(promised))
                else {
                    assert_eq!(case.state.after(action), None, "{action:?} {:?}", case.state);
                    continue;
                };
                steps += 1;
                seen.insert((case.state, action));
                let reminded = case.reminders + i64::from(action == Action::Remind);
                case = Case {
                    state: course.state,
                    owner: course.owner,
                    due: course.due,
                    erased_on: course.erase_on,
                    since: if course.anew { dates::start_of(day) } else { case.since },
                    reminders: if course.anew { 0 } else { reminded },
                    ..case
                };
                let partners = case.state == State::Forwarded;
                assert_eq!(case.owner == "wonen", partners, "{action:?} {:?}", case.state);
                if case.state.is_open() {
                    assert!(workdays::is_working_day(case.due), "{action:?} {}", case.due);
                    assert!(timers::of(&case).is_some(), "{action:?} {:?}", case.state);
                } else {
                    let kept = case.state == State::Closed;
                    assert_eq!(case.erased_on.is_some(), kept, "{action:?} {:?}", case.state);
                }
            }
        }
        assert!(steps > 50_000, "only {steps} steps");
        let possible =
            State::ALL.iter().flat_map(|state| Action::ALL.iter().map(move |a| (*state, *a)));
        let possible: Vec<_> =
            possible.filter(|(state, action)| state.after(*action).is_some()).collect();
        for step in &possible {
            assert!(seen.contains(step), "{step:?} was never walked");
        }
    }
}
