//! The function ends at every place where it waits: before and after the effect of each request.
//! Afterwards it starts again, the resident sends the same page once more or gives up, and the
//! sweep runs as time passes. A new process knows nothing of the old one, and neither does the
//! service here: it keeps nothing between two requests but its connections.

use crate::world::fates::{Fate, Refusal, SEND_MAIL, Stage};
use crate::world::resident::{Resident, settled, until_quiet};

const CRASHES: [Fate; 2] = [Fate::CrashBefore, Fate::CrashAfter];

/// What the resident does when no receipt came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    SendsAgain,
    GivesUp,
}

/// A crash at request `sending` of `submit` (0: none) and at request `sweeping` of `deliver`.
/// Whether each of the two struck.
async fn crash_twice(sending: usize, sweeping: usize, fate: Fate, then: Then) -> (bool, bool) {
    let stage = Stage::new().await;
    let (world, fates) = (&stage.world, &stage.fates);
    let mut resident = Resident::with_check_page(world, 1).await;

    fates.only(sending, fate);
    let sent = fates.survives(resident.send(world)).await;
    let ended_sending = sent.is_none();
    let mut verdict = sent.map_or(Ok(()), |answer| resident.reads(&answer));

    fates.only(sweeping, fate);
    let ended_sweeping = fates.survives(world.sweep()).await.is_none();

    fates.calm();
    if then == Then::SendsAgain {
        verdict = verdict.and(resident.reads(&resident.send(world).await));
    }
    verdict = verdict.and(until_quiet(world).await);
    let residents = [resident];
    verdict = verdict.and(settled(world, &residents).await);
    let cases = world.count("IDEM#").await;
    let committed = !(ended_sending && fate == Fate::CrashBefore);
    let expected = usize::from(committed || then == Then::SendsAgain);
    assert!(
        verdict.is_ok() && cases == expected,
        "{fate:?} at {sending} and {sweeping}, then {then:?}: {verdict:?}, {cases} cases\n{}",
        fates.story()
    );
    (ended_sending, ended_sweeping)
}

/// With a crash at request `sending` of `submit`, one after the other at every place in `deliver`.
/// Whether the first struck, and how many places the second found.
async fn at_every_place(sending: usize, fate: Fate, then: Then) -> (bool, usize) {
    let mut places = 0;
    loop {
        let (struck, ended) = crash_twice(sending, places + 1, fate, then).await;
        if !ended {
            return (struck, places);
        }
        places += 1;
    }
}

#[tokio::test]
async fn a_crash_at_any_place_leaves_one_case_and_its_mails_or_nothing() {
    let ways = CRASHES.iter().flat_map(|fate| [(*fate, Then::SendsAgain), (*fate, Then::GivesUp)]);
    for (fate, then) in ways {
        // Looking for work; for each of two mails taking it up, reading the case, sending and
        // writing that down, and a link for one of them; looking again.
        let (_, places) = at_every_place(0, fate, then).await;
        assert!(places >= 11, "only {places} places were tried");
        let mut sending = 1;
        while at_every_place(sending, fate, then).await.0 {
            sending += 1;
        }
        assert!(sending > 1, "no place in submit was tried");
    }
}

/// Attempts after a conflict are waits too.
#[tokio::test]
async fn a_crash_between_two_attempts_leaves_one_case_or_none() {
    for (fate, cases) in [(Fate::CrashBefore, 0), (Fate::CrashAfter, 1)] {
        let stage = Stage::new().await;
        let mut resident = Resident::with_check_page(&stage.world, 1).await;
        let mut count = 0;
        stage.fates.follow(move |_| {
            count += 1;
            if count < 3 { Fate::Refuse(Refusal::Conflict) } else { fate }
        });
        assert!(stage.fates.survives(resident.send(&stage.world)).await.is_none());
        stage.fates.calm();
        assert_eq!(stage.world.count("CASE#").await / 4, cases, "{}", stage.fates.story());
        resident.reads(&resident.send(&stage.world).await).unwrap();
        until_quiet(&stage.world).await.unwrap();
        settled(&stage.world, &[resident]).await.unwrap();
    }
}

/// The mail service took a mail and the answer was lost: twice is bad, never is worse.
#[tokio::test]
async fn a_mail_whose_answer_is_lost_goes_out_again() {
    let stage = Stage::new().await;
    let mut resident = Resident::with_check_page(&stage.world, 1).await;
    resident.reads(&resident.send(&stage.world).await).unwrap();
    stage.fates.first(1, SEND_MAIL, Fate::LoseAnswer);
    until_quiet(&stage.world).await.unwrap();
    settled(&stage.world, &[resident]).await.unwrap();
    assert_eq!(stage.world.mailer.mails.lock().unwrap().len(), 3);
}

/// A database that never answers: the resident gets a page and her text, in seconds.
#[tokio::test]
async fn a_store_that_hangs_gives_an_honest_page() {
    let stage = Stage::new().await;
    let mut resident = Resident::with_check_page(&stage.world, 1).await;
    stage.fates.follow(|_| Fate::Hang);
    let start = std::time::Instant::now();
    let answer = resident.send(&stage.world).await;
    assert!(start.elapsed().as_secs() < 8, "{:?}", start.elapsed());
    assert_eq!(answer.status, 503);
    assert!(answer.html.contains("<text>Hoe maak ik kennis?</text>"), "{}", answer.html);
    stage.fates.calm();
    resident.reads(&resident.send(&stage.world).await).unwrap();
    until_quiet(&stage.world).await.unwrap();
    settled(&stage.world, &[resident]).await.unwrap();
}
