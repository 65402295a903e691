//! Where a sign-up is, and where it can go from there.

use crate::words::word_list;

word_list! {
    /// Of the certificate of conduct (*VOG*) no more is known than that somebody saw it. The words are
    /// those of the table.
    pub enum State {
        Received = "ONTVANGEN",
        Contacted = "CONTACT_OPGENOMEN",
        /// The owner and the volunteer get to know each other.
        Meeting = "KENNISMAKING",
        CertificateAsked = "VOG_AANGEVRAAGD",
        CertificateSeen = "VOG_GEZIEN",
        Available = "BESCHIKBAAR",
        Matched = "GEKOPPELD",
        Paused = "GEPAUZEERD",
        Stopped = "GESTOPT",
        /// Nothing of the volunteer is left.
        Erased = "GEWIST",
    }
}

impl State {
    /// Working days within which the owner is to do the next thing; `None` where nothing presses.
    pub fn days(self) -> Option<u8> {
        match self {
            State::Received | State::CertificateSeen => Some(5),
            State::Contacted | State::Meeting => Some(10),
            State::CertificateAsked => Some(30),
            _ => None,
        }
    }

    pub fn is_over(self) -> bool {
        matches!(self, State::Stopped | State::Erased)
    }

    /// Every state that may follow this one. A volunteer can always stop.
    pub fn next(self) -> &'static [State] {
        match self {
            State::Received => &[State::Contacted, State::Stopped],
            State::Contacted => &[State::Meeting, State::Stopped],
            State::Meeting => &[State::CertificateAsked, State::Stopped],
            State::CertificateAsked => &[State::CertificateSeen, State::Stopped],
            State::CertificateSeen => &[State::Available, State::Stopped],
            State::Available => &[State::Matched, State::Stopped],
            State::Matched => &[State::Available, State::Paused, State::Stopped],
            State::Paused => &[State::Matched, State::Stopped],
            State::Stopped => &[State::Erased],
            State::Erased => &[],
        }
    }

    pub fn may_become(self, next: State) -> bool {
        self.next().contains(&next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every step there is, as the papers draw it.
    const DRAWN: &str = "ONTVANGEN CONTACT_OPGENOMEN, CONTACT_OPGENOMEN KENNISMAKING, \
        KENNISMAKING VOG_AANGEVRAAGD, VOG_AANGEVRAAGD VOG_GEZIEN, VOG_GEZIEN BESCHIKBAAR, \
        BESCHIKBAAR GEKOPPELD, GEKOPPELD BESCHIKBAAR, GEKOPPELD GEPAUZEERD, GEPAUZEERD GEKOPPELD, \
        ONTVANGEN GESTOPT, CONTACT_OPGENOMEN GESTOPT, KENNISMAKING GESTOPT, \
        VOG_AANGEVRAAGD GESTOPT, VOG_GEZIEN GESTOPT, BESCHIKBAAR GESTOPT, GEKOPPELD GESTOPT, \
        GEPAUZEERD GESTOPT, GESTOPT GEWIST";

    #[test]
    fn what_is_drawn_is_possible_and_nothing_else() {
        let drawn: Vec<&str> = DRAWN.split(',').map(str::trim).collect();
        let mut possible = 0;
        for from in State::ALL.iter().copied() {
            for to in State::ALL.iter().copied() {
                let step = format!("{} {}", from.as_str(), to.as_str());
                assert_eq!(from.may_become(to), drawn.contains(&step.as_str()), "{step}");
                possible += usize::from(from.may_become(to));
            }
        }
        assert_eq!(possible, drawn.len(), "every step of the drawing names two states");
    }

    #[test]
    fn every_state_is_read_back_and_everybody_can_stop() {
        for state in State::ALL.iter().copied() {
            assert_eq!(State::parse(state.as_str()), Some(state));
            assert_eq!(state.may_become(State::Stopped), !state.is_over(), "{state:?}");
        }
        assert_eq!(State::parse("ontvangen"), None);
    }
}
