//! Tells advertising from questions, as far as that can be told. What looks like advertising is kept
//! apart where people see it: never a puzzle for a resident, never a message that silently vanishes.

use forms_core::{Answers, Kind};
use jiff::SignedDuration;

/// What is known of a submission beside its words.
#[derive(Debug, Clone, Copy)]
pub struct Signals {
    /// Something stands in the field that people do not see.
    pub trap: bool,
    /// Since the check page was shown.
    pub age: SignedDuration,
    /// How many came from the same address within this hour, this one included.
    pub from_here: i64,
}

/// From here on a submission is set apart.
pub const SUSPECT: u32 = 60;

/// Submissions an hour from one address that are nothing special: a library or a reception centre
/// shares one.
const SHARED: i64 = 20;

/// Beyond this a program's post is not taken within the hour; what it sent stays on the page.
const MOST_FROM_HERE: i64 = 600;

/// Nobody reads a check page in less.
const QUICK: SignedDuration = SignedDuration::from_secs(3);

/// Whether this is one more of very many from one address, sent as no person sends it. A person at that
/// address, who takes the time to read, still gets through, and is looked at first.
pub fn is_flood(signals: Signals) -> bool {
    signals.from_here > MOST_FROM_HERE && (signals.trap || signals.age < QUICK)
}

/// The same of sign-ups. Each of those is a mail to the owner of a role, so a program is stopped sooner.
pub fn is_flood_of_offers(from_here: i64, age: SignedDuration) -> bool {
    from_here > SHARED && age < QUICK
}

pub fn score(answers: &Answers, signals: Signals) -> u32 {
    let text = answers.get(Kind::Question).unwrap_or_default().to_lowercase();
    let name = answers.get(Kind::Name).unwrap_or_default().to_lowercase();
    let links = text.matches("http://").count() + text.matches("https://").count();
    // Two links may explain a question; five sell something.
    let links = u32::try_from(links.min(5)).unwrap_or(5);
    let marked_up = ["<a ", "[url", "[link", "</a>"].iter().any(|mark| text.contains(mark));
    let named = ["http", "www.", "://"].iter().any(|mark| name.contains(mark));
    [
        (signals.trap, 60),
        (signals.age < QUICK, 40),
        (links > 2, 12 * links),
        (marked_up, 50),
        (named, 50),
        (is_monotonous(&text), 40),
        (signals.from_here > SHARED, 60),
    ]
    .into_iter()
    .map(|(holds, points)| if holds { points } else { 0 })
    .sum()
}

/// A long text made of the same few words.
fn is_monotonous(text: &str) -> bool {
    /// Shorter texts repeat themselves by chance.
    const WORDS: usize = 40;
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut different = words.clone();
    different.sort_unstable();
    different.dedup();
    words.len() >= WORDS && different.len() * 5 < words.len()
}

#[cfg(test)]
mod tests {
    use forms_core::{Field, Form, FormKind, Offered, Posted, validate};

    use super::*;

    const CALM: Signals = Signals { trap: false, age: SignedDuration::from_secs(40), from_here: 1 };

    fn answers(question: &str, name: &str) -> Answers {
        let field = |name: &str, kind| Field {
            name: name.to_owned(),
            kind,
            required: false,
            max_chars: 4000,
            page: 1,
        };
        let form = Form {
            id: "vraag".to_owned(),
            kind: FormKind::Question,
            start: "/vraag/".to_owned(),
            consent: None,
            fields: vec![field("vraag", Kind::Question), field("naam", Kind::Name)],
            topics: Vec::new(),
            day_parts: Vec::new(),
        };
        let posted = Posted::from([("vraag", question), ("naam", name)]);
        validate(&form, Offered { areas: &[], roles: &[] }, &posted).expect("an answer")
    }

    #[test]
    fn what_residents_write_is_a_question() {
        for text in [
            "Mag ik aanbellen?",
            "Zie https://oss.example/buurt en https://club.example: past dat bij nieuwe buren?",
            "LAWAAI!!! ELKE NACHT!!!",
            "كيف يمكنني أن أساعد جيراني الجدد؟",
            "ንሓደስቲ ጎረባብተይ ብኸመይ ክሕግዞም እኽእል?",
            &"nee ".repeat(30),
        ] {
            assert!(score(&answers(text, "Jo"), CALM) < SUSPECT, "{text}");
        }
        let library = Signals { from_here: SHARED, ..CALM };
        assert!(score(&answers("Mag ik aanbellen?", "Jo"), library) < SUSPECT);
        let quick = Signals { age: SignedDuration::from_secs(1), ..CALM };
        assert!(score(&answers("Mag ik aanbellen?", "Jo"), quick) < SUSPECT, "speed alone");
    }

    #[test]
    fn what_sells_something_is_set_apart() {
        let sells = "Koop nu <a href=\"https://winkel.example\">hier</a> en daar";
        let links = "https://a.example ".repeat(6);
        for (text, name, signals) in [
            ("Mag ik?", "Jo", Signals { trap: true, ..CALM }),
            (links.as_str(), "Jo", CALM),
            (sells, "Jo", Signals { age: SignedDuration::ZERO, ..CALM }),
            ("Hallo", "www.winkel.example", Signals { age: SignedDuration::ZERO, ..CALM }),
            ("Mag ik?", "Jo", Signals { from_here: SHARED + 1, ..CALM }),
        ] {
            assert!(score(&answers(text, name), signals) >= SUSPECT, "{text} {name}");
        }
    }
}
