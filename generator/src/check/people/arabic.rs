//! Arabic words for how few people and from where. Announcements are left to readers: verbs and
//! places take too many forms.

use super::class::*;
use super::lexicon::Grammar;

pub static GRAMMAR: Grammar = Grammar {
    words: WORDS,
    capitals: false,
    streets: &[],
    // *and*, *so*, *the* (with the letter behind it), *for*, *with*.
    prefixes: &['و', 'ف', 'ا', 'ل', 'ب'],
    nationality_first: false,
    adjective: None,
};

const WORDS: &[(Class, &str)] = &[
    (PERMIT, "لاجئين لاجئون لاجئات"),
    (PERMIT | SINGLE, "لاجئ لاجئة لاجئًا"),
    (PERMIT | TWO, "لاجئان لاجئتان لاجئتين"),
    (HOUSEHOLD, "عائلات أسر"),
    (HOUSEHOLD | SINGLE, "عائلة أسرة"),
    (HOUSEHOLD | TWO, "عائلتان عائلتين أسرتان أسرتين"),
    (RELATIVE, "رجل امرأة شاب شباب أطفال طفل جار جيران أشخاص شخص"),
    (FEW, "ثلاث ثلاثة أربع أربعة ٢ ٣ ٤"),
    (
        NATIONALITY,
        "سوري سورية سوريون سوريين إريتري إريترية إريتريون إريتريين أفغاني أفغانية أفغان عراقي \
         عراقية عراقيون عراقيين إيراني إيرانية صومالي صومالية صوماليون سوداني سودانية سودانيون \
         إثيوبي إثيوبية يمني يمنية يمنيون أوكراني أوكرانية تركي تركية كردي كردية فلسطيني فلسطينية",
    ),
    (
        COUNTRY,
        "سوريا سورية إريتريا أفغانستان العراق إيران الصومال السودان إثيوبيا اليمن أوكرانيا تركيا \
         فلسطين غزة ليبيا لبنان",
    ),
    (FROM, "من"),
    (LINK, "هي هو التي الذي جاءت جاء هربت هرب قادمة قادم"),
];
