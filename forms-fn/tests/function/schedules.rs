//! Thousands of days on which everything goes wrong that can, each from a seed. `NB_SEED=<number>`
//! runs one of them again; `NB_DAYS=<count>` runs more or fewer.
//!
//! Two requests at the same moment race as they do in the cloud, so a seed gives the same script
//! and not always the same order: a day that failed may need to be run a few times.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::SignedDuration;

use crate::world::fates::{Fate, Refusal, SEND_MAIL, Stage};
use crate::world::resident::{Resident, settled, until_quiet};

const DAYS: u64 = 2000;
/// Days that run side by side: they wait more than they work.
const LANES: usize = 12;

/// As many things go wrong in a day, at most. The sixth failure of one mail is its last, so with
/// five every mail must arrive; `safety::a_mail_nobody_takes_ends_in_sight` looks at what comes then.
const MISHAPS: usize = 5;

/// The same numbers for the same seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % limit
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// What can befall a request. A hanging database costs a second each time, so it is rare.
fn mishap(dice: &mut Dice, operation: &str) -> Fate {
    let all = [
        Fate::Refuse(Refusal::Conflict),
        Fate::Refuse(Refusal::Throttled),
        Fate::Refuse(Refusal::Exceeded),
        Fate::Refuse(Refusal::Internal),
        Fate::LoseAnswer,
        Fate::LoseRequest,
        Fate::CrashBefore,
        Fate::CrashAfter,
    ];
    if operation != SEND_MAIL && dice.below(60) == 0 { Fate::Hang } else { dice.pick(&all) }
}

fn script(seed: u64) -> impl FnMut(&str) -> Fate + Send + 'static {
    let mut dice = Dice(seed ^ 0x5eed);
    let mut left = MISHAPS;
    move |operation| {
        if left == 0 || dice.below(3) != 0 {
            return Fate::Pass;
        }
        left -= 1;
        mishap(&mut dice, operation)
    }
}

/// What came of a day.
struct Day {
    tally: BTreeMap<Fate, usize>,
    cases: usize,
    mails: usize,
}

async fn day(seed: u64) -> Result<Day, String> {
    let stage = Stage::new().await;
    let (world, fates) = (&stage.world, &stage.fates);
    let mut dice = Dice(seed);
    let mut resident = Resident::with_check_page(world, 1).await;
    fates.follow(script(seed));
    let mut verdict = Ok(());
    for _ in 0..3 + dice.below(3) {
        match dice.below(8) {
            0..=2 => {
                let sent = fates.survives(resident.send(world)).await;
                verdict = verdict.and(sent.map_or(Ok(()), |answer| resident.reads(&answer)));
            }
            3 => {
                let twice = async { tokio::join!(resident.send(world), resident.send(world)) };
                for answer in fates.survives(twice).await.into_iter().flat_map(|(a, b)| [a, b]) {
                    verdict = verdict.and(resident.reads(&answer));
                }
            }
            // A sweep that the store fails tells its caller, and the next one does its work.
            4 => {
                let _ = fates.survives(forms_fn::deliver::sweep(&world.service)).await;
            }
            5 => {
                let sweep = || forms_fn::deliver::sweep(&world.service);
                let _ = fates.survives(async { tokio::join!(sweep(), sweep()) }).await;
            }
            _ => world.pass(SignedDuration::from_mins(dice.pick(&[1, 5, 16, 60]))),
        }
    }
    fates.calm();
    verdict = verdict.and(until_quiet(world).await);
    verdict = verdict.and(settled(world, &[resident]).await);
    verdict.map_err(|what| format!("{what}\n{}", fates.story()))?;
    let mails = world.mailer.mails.lock().unwrap().len();
    Ok(Day { tally: fates.tally(), cases: world.count("IDEM#").await, mails })
}

fn run(seed: u64) -> Day {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    match catch_unwind(AssertUnwindSafe(|| runtime.block_on(day(seed)))) {
        Ok(Ok(day)) => day,
        Ok(Err(what)) => panic!("run it again with NB_SEED={seed}: {what}"),
        Err(_) => panic!("run it again with NB_SEED={seed}"),
    }
}

#[test]
fn on_no_day_is_a_question_lost_or_kept_twice() {
    let given = |name: &str| std::env::var(name).ok().map(|text| text.parse().expect("a number"));
    if let Some(seed) = given("NB_SEED") {
        run(seed);
        return;
    }
    let count = given("NB_DAYS").unwrap_or(DAYS);
    let next = AtomicU64::new(0);
    let days = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..LANES {
            scope.spawn(|| {
                let seeds = std::iter::repeat_with(|| next.fetch_add(1, Ordering::SeqCst));
                let lived: Vec<Day> = seeds.take_while(|seed| *seed < count).map(run).collect();
                days.lock().unwrap().extend(lived);
            });
        }
    });
    let days = days.into_inner().unwrap();
    // A test in which nothing goes wrong proves nothing.
    let mut tally = BTreeMap::<Fate, usize>::new();
    for (fate, count) in days.iter().flat_map(|day| &day.tally) {
        *tally.entry(*fate).or_default() += count;
    }
    let with = |what: fn(&Day) -> bool| days.iter().filter(|day| what(day)).count();
    let (none, doubled) = (with(|day| day.cases == 0), with(|day| day.mails > 2 * day.cases));
    println!(
        "{} days: {none} without a case, {doubled} with a mail doubled, {tally:?}",
        days.len()
    );
    assert_eq!(tally.len(), 10, "every fate: {tally:?}");
    assert!(none > 0 && doubled > 0 && none + doubled < days.len());
}
