//! Tigrinya words for how few people and from where. Announcements are left to readers.

use super::class::*;
use super::lexicon::Grammar;

pub static GRAMMAR: Grammar = Grammar {
    words: WORDS,
    capitals: false,
    streets: &[],
    prefixes: &[],
    nationality_first: true,
    adjective: None,
};

const WORDS: &[(Class, &str)] = &[
    (PERMIT, "ስደተኛታት"),
    (PERMIT | SINGLE, "ስደተኛ"),
    (HOUSEHOLD, "ስድራቤታት ስድራታት"),
    (HOUSEHOLD | SINGLE, "ስድራቤት ስድራ"),
    (RELATIVE, "ሰብኣይ ሰበይቲ ቆልዓ ቆልዑ ጎረቤት ጎረባብቲ ሰባት"),
    (FEW, "ክልተ ሰለስተ ኣርባዕተ"),
    (NATIONALITY, "ሶርያዊ ሶርያዊት ሶርያውያን ኤርትራዊ ኤርትራዊት ኤርትራውያን ኢትዮጵያዊ ኢትዮጵያዊት ኢትዮጵያውያን ሱዳናዊ ሱዳናውያን"),
    (COUNTRY, "ሶርያ ኤርትራ ኣፍጋኒስታን ዒራቕ ኢራን ሶማልያ ሱዳን ኢትዮጵያ የመን ዩክሬን ቱርኪ"),
    (FROM, "ካብ"),
    (LINK, "እዩ እያ እዮም"),
];
