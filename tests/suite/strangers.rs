//! The promises of `tests/promises`, asked of every seed of the fuzzer and of thousands of small
//! changes to them. The fuzzer finds more, and slower; what it finds becomes a seed.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use promises::{PROMISES, Promise};
use tests::root;

/// Changed inputs per promise: enough for every seed and kind of change, done in seconds.
const CHANGED: u64 = 3000;

/// What the formats give a meaning to.
const SIGNS: [&[u8]; 22] = [
    b"+++\n",
    b"\n",
    b"\n\n",
    b"::",
    b"|",
    b"`",
    b"*",
    b"> ",
    b"- ",
    b"](",
    b"![",
    b"<",
    b"&",
    b"=",
    b"\"",
    b"[[",
    b"%",
    b"+",
    b"\0",
    "\u{202e}".as_bytes(),
    "é".as_bytes(),
    b"\r\n",
];

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = root().join("fuzz/seeds").join(name);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("a folder of seeds")
        .map(|entry| entry.expect("a seed").path())
        .collect();
    files.sort();
    files.iter().map(|file| fs::read(file).expect("a seed")).collect()
}

/// The same numbers on every run (xorshift64*), so that what fails here fails again.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let next = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(next).expect("31 bits") % limit.max(1)
    }
}

/// One to four small changes.
fn changed(mut bytes: Vec<u8>, other: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len() + 1);
        let end = (at + numbers.below(12)).min(bytes.len());
        match numbers.below(5) {
            0 => drop(bytes.splice(at..end, [])),
            1 => drop(bytes.splice(at..at, SIGNS[numbers.below(SIGNS.len())].iter().copied())),
            2 => {
                let from = numbers.below(other.len() + 1);
                let to = (from + numbers.below(40)).min(other.len());
                drop(bytes.splice(at..end, other[from..to].iter().copied()));
            }
            3 => {
                let again = bytes[at..end].repeat(1 + numbers.below(20));
                drop(bytes.splice(at..at, again));
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(numbers.below(256)).expect("below 256");
                }
            }
        }
    }
    // What is cut in the middle of a letter would be refused before anybody reads it.
    String::from_utf8_lossy(&bytes).into_owned().into_bytes()
}

fn ask(name: &str, promise: Promise, bytes: &[u8]) {
    let kept = catch_unwind(AssertUnwindSafe(|| promise(bytes)));
    assert!(kept.is_ok(), "{name} breaks its promise on {:?}", String::from_utf8_lossy(bytes));
}

#[test]
fn every_promise_has_seeds_and_a_fuzz_target() {
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).expect("a manifest");
    for (name, _) in PROMISES {
        assert!(seeds(name).len() >= 5, "{name} has few seeds");
        assert!(manifest.contains(&format!("path = \"targets/{name}.rs\"")), "{name}");
        let target = fs::read_to_string(root().join(format!("fuzz/targets/{name}.rs")));
        assert!(target.expect("a target").contains(&format!("promises::{name}(")), "{name}");
    }
    let targets = fs::read_dir(root().join("fuzz/targets")).expect("targets").count();
    assert_eq!(targets, PROMISES.len(), "a target that no test replays");
}

#[test]
fn every_promise_holds_for_its_seeds_and_for_changes_to_them() {
    for (name, promise) in PROMISES {
        let seeds = seeds(name);
        for seed in &seeds {
            ask(name, promise, seed);
        }
        let mut numbers = Numbers(0x6e69_6575_7765);
        for _ in 0..CHANGED {
            let seed = seeds[numbers.below(seeds.len())].clone();
            let other = &seeds[numbers.below(seeds.len())];
            ask(name, promise, &changed(seed, other, &mut numbers));
        }
    }
}
