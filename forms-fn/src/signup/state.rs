//! Where a sign-up is, and where it can go from there.

/// Of the certificate of conduct (*VOG*) no more is known than that somebody saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Received,
    Contacted,
    /// The owner and the volunteer get to know each other.
    Meeting,
    CertificateAsked,
    CertificateSeen,
    Available,
    Matched,
    Paused,
    Stopped,
    /// Nothing of the volunteer is left.
    Erased,
}

impl State {
    pub const ALL: [State; 10] = [
        State::Received,
        State::Contacted,
        State::Meeting,
        State::CertificateAsked,
        State::CertificateSeen,
        State::Available,
        State::Matched,
        State::Paused,
        State::Stopped,
        State::Erased,
    ];

    /// The spelling in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Received => "ONTVANGEN",
            State::Contacted => "CONTACT_OPGENOMEN",
            State::Meeting => "KENNISMAKING",
            State::CertificateAsked => "VOG_AANGEVRAAGD",
            State::CertificateSeen => "VOG_GEZIEN",
            State::Available => "BESCHIKBAAR",
            State::Matched => "GEKOPPELD",
            State::Paused => "GEPAUZEERD",
            State::Stopped => "GESTOPT",
            State::Erased => "GEWIST",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
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
        for from in State::ALL {
            for to in State::ALL {
                let step = format!("{} {}", from.as_str(), to.as_str());
                assert_eq!(from.may_become(to), drawn.contains(&step.as_str()), "{step}");
                possible += usize::from(from.may_become(to));
            }
        }
        assert_eq!(possible, drawn.len(), "every step of the drawing names two states");
    }

    #[test]
    fn every_state_is_read_back_and_everybody_can_stop() {
        for state in State::ALL {
            assert_eq!(State::parse(state.as_str()), Some(state));
            let over = matches!(state, State::Stopped | State::Erased);
            assert_eq!(state.may_become(State::Stopped), !over, "{state:?}");
        }
        assert_eq!(State::parse("ontvangen"), None);
    }
}
