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

word_list! {
    /// What happens to a question. The words are those of its trail.
    pub enum Action {
        /// The resident writes more.
        Add = "added",
        /// The resident takes it back.
        Withdraw = "withdrawn",
        /// The resident has an answer.
        Helped = "helped",
        /// The resident has an answer that did not help.
        NotHelped = "not helped",
        /// Somebody of the first contact says: this one is mine.
        Take = "taken",
        /// And: somebody else may have it.
        Leave = "left",
        Answer = "answered",
        /// The first contact must know more before it can answer.
        AskBack = "asked back",
        /// A word among colleagues.
        Note = "noted",
        Forward = "forwarded",
        /// The first contact takes back what it forwarded.
        Recall = "recalled",
        /// The partner's answer, for the first contact to look at and send on.
        Reply = "partner answered",
        /// The partner's answer after the question was taken from it.
        ReplyLate = "partner answered late",
        /// The partner says: not ours.
        Decline = "partner declined",
        /// The partner must know more.
        Inquire = "partner asked",
        /// The partner speaks to the resident itself, by a day that it names.
        Promise = "partner promised",
        /// The first contact is done with it.
        Close = "closed",
        /// What was closed is looked at again.
        Reopen = "reopened",
        /// Somebody looked at what was set apart: it is a question.
        Release = "released",
        /// Somebody looked at it: it is none.
        Discard = "discarded",
        /// The time says once more what is expected of somebody.
        Remind = "reminded",
        /// The partner let its time pass.
        HandBack = "handed back",
        /// The resident let the question of the first contact pass.
        StopWaiting = "waited long enough",
        /// Nobody said anything against the answer.
        Expire = "closed by time",
        /// The day has come on which nothing personal is kept any more.
        Erase = "erased",
    }
}

impl Action {
    /// The spelling in an address, and in the key of the words that say it is done.
    pub fn path_word(self) -> String {
        self.as_str().replace(' ', "_")
    }

    /// The same back; `None` for anything else.
    pub fn parse_path(word: &str) -> Option<&str> {
        Self::parse(&word.replace('_', " ")).map(|_| word)
    }
}

impl State {
    /// Somebody still owes the resident something: there is one owner and one due date.
    pub fn is_open(self) -> bool {
        !matches!(self, State::Suspect | State::Closed | State::Erased)
    }

    /// The first contact owes the next step, and nobody else.
    pub fn is_with_first_contact(self) -> bool {
        use State::*;
        matches!(self, Received | InProgress | PartnerAnswered | Returned | Reopened)
    }

    /// The state after an action; `None` when it cannot happen here.
    pub fn after(self, action: Action) -> Option<State> {
        use State::*;
        match (action, self) {
            (Action::Add, WaitingForResident) => Some(InProgress),
            // Whoever writes more after an answer is not done.
            (Action::Add, Answered) => Some(Reopened),
            (Action::Add, open) if open.is_open() || open == Suspect => Some(open),
            (Action::Withdraw | Action::Helped | Action::Close | Action::Discard, open)
                if open.is_open() =>
            {
                Some(Closed)
            }
            (Action::Withdraw | Action::Discard, Suspect) => Some(Closed),
            (Action::Release, Suspect) => Some(Received),
            (Action::NotHelped, Answered | Closed) | (Action::Reopen, Closed) => Some(Reopened),
            (Action::Take, Received | Reopened | Returned) => Some(InProgress),
            (Action::Take | Action::Leave | Action::Remind, open) if open.is_open() => Some(open),
            (Action::Note, kept) if kept != Erased => Some(kept),
            (Action::Answer, ours) if ours.is_with_first_contact() || ours == Answered => {
                Some(Answered)
            }
            // Who waits for the resident need not wait for ever.
            (Action::Answer, WaitingForResident) => Some(Answered),
            (Action::AskBack, ours) if ours.is_with_first_contact() => Some(WaitingForResident),
            (Action::Forward, ours) if ours.is_with_first_contact() => Some(Forwarded),
            (Action::Recall, Forwarded) => Some(InProgress),
            (Action::Reply, Forwarded) => Some(PartnerAnswered),
            (Action::ReplyLate, ours) if ours.is_with_first_contact() => Some(PartnerAnswered),
            // Another has it by now, or the resident has an answer: kept and shown, no more.
            (Action::ReplyLate, open) if open.is_open() => Some(open),
            (Action::Decline | Action::Inquire | Action::HandBack, Forwarded) => Some(Returned),
            (Action::Promise, Forwarded) => Some(Forwarded),
            (Action::StopWaiting, WaitingForResident) => Some(InProgress),
            (Action::Expire, Answered) => Some(Closed),
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
        for action in Action::ALL.iter().copied() {
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
