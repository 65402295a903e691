//! Where a question stands, and how it may go on. One table; whatever is not in it is refused.

use crate::words::word_list;

word_list! {
    /// The words are those of the table and of the people who work with it.
    pub enum State {
        Received = "ONTVANGEN",
        InProgress = "IN_BEHANDELING",
        WaitingForResident = "WACHT_OP_BEWONER",
        Forwarded = "DOORGESTUURD",
        PartnerAnswered = "PARTNER_ANTWOORD",
        Returned = "TERUG",
        Answered = "BEANTWOORD",
        Reopened = "HEROPEND",
        /// Set apart because it looks like an advertisement. Seen by people, never dropped.
        Suspect = "VERDACHT",
        Closed = "GESLOTEN",
        Erased = "GEWIST",
    }
}

/// What happens to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// The resident writes more.
    Add,
    /// The resident takes it back.
    Withdraw,
    /// The resident has an answer.
    Helped,
    /// The resident has an answer that did not help.
    NotHelped,
    /// Somebody looked at what was set apart: it is a question.
    Release,
    /// Somebody looked at what was set apart: it is none.
    Discard,
    /// The day has come on which nothing personal is kept any more.
    Erase,
}

impl Action {
    pub const ALL: [Action; 7] = [
        Action::Add,
        Action::Withdraw,
        Action::Helped,
        Action::NotHelped,
        Action::Release,
        Action::Discard,
        Action::Erase,
    ];
}

impl State {
    /// Somebody still owes the resident something: there is one owner and one due date.
    pub fn is_open(self) -> bool {
        !matches!(self, State::Suspect | State::Closed | State::Erased)
    }

    /// The state after an action; `None` when it cannot happen here.
    pub fn after(self, action: Action) -> Option<State> {
        use State::*;
        match (action, self) {
            (Action::Add, WaitingForResident) => Some(InProgress),
            // Whoever writes more after an answer is not done.
            (Action::Add, Answered) => Some(Reopened),
            (Action::Add, open) if open.is_open() || open == Suspect => Some(open),
            (Action::Withdraw | Action::Helped, open) if open.is_open() => Some(Closed),
            (Action::Withdraw | Action::Discard, Suspect) => Some(Closed),
            (Action::Release, Suspect) => Some(Received),
            (Action::NotHelped, Answered | Closed) => Some(Reopened),
            (Action::Erase, Closed | Suspect) => Some(Erased),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_what_is_erased_and_nobody_opens_it_again() {
        for action in Action::ALL {
            assert_eq!(State::Erased.after(action), None, "{action:?}");
        }
    }

    #[test]
    fn the_resident_can_always_take_an_open_question_back_or_call_it_done() {
        for state in State::ALL.iter().copied().filter(|state| state.is_open()) {
            assert_eq!(state.after(Action::Withdraw), Some(State::Closed), "{state:?}");
            assert_eq!(state.after(Action::Helped), Some(State::Closed), "{state:?}");
            assert!(state.after(Action::Add).is_some_and(State::is_open), "{state:?}");
            assert_eq!(
                state.after(Action::Erase),
                None,
                "an open question is not erased: {state:?}"
            );
        }
    }

    #[test]
    fn a_word_of_the_table_is_read_back() {
        for state in State::ALL.iter().copied() {
            assert_eq!(State::parse(state.as_str()), Some(state));
        }
        assert_eq!(State::parse("OPEN"), None);
    }
}
