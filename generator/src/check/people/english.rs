//! English words for people, for coming to live somewhere, and for where and when.

use super::class::*;
use super::dutch::STREETS;
use super::lexicon::Grammar;

pub static GRAMMAR: Grammar = Grammar {
    words: WORDS,
    capitals: true,
    streets: STREETS,
    prefixes: &[],
    nationality_first: true,
    adjective: None,
};

const WORDS: &[(Class, &str)] = &[
    (PERMIT, "refugees newcomers vergunninghouders statushouders"),
    (PERMIT | SINGLE, "refugee newcomer vergunninghouder statushouder"),
    (HOUSEHOLD, "families households"),
    (HOUSEHOLD | SINGLE, "family household"),
    (
        PEOPLE,
        "people persons residents neighbours neighbors inhabitants tenants children adults men \
         women couples youngsters",
    ),
    (PEOPLE | SINGLE, "person resident neighbour neighbor tenant"),
    (
        RELATIVE,
        "man woman boy boys girl girls mother mothers father fathers parents brother brothers \
         sister sisters son sons daughter daughters couple child baby student students",
    ),
    (PRONOUN, "they he she"),
    (COME, "coming come comes going will arriving"),
    (LIVE, "live lives living"),
    (MOVE, "moving move moves moved housed placed settling settle arrive arrives"),
    (GET, "get gets getting rent rents receive receives"),
    (HOME, "house home homes houses key keys flat apartment"),
    (
        VISIT,
        "together visit door meet talk help learn tell tells eat drink coffee other practise show \
         join",
    ),
    (ONE, "one"),
    (FEW, "two three four"),
    (
        MANY,
        "five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred hundreds \
         thousand thousands dozens many more most",
    ),
    (
        NATIONALITY,
        "syrian eritrean afghan iraqi iranian somali sudanese ethiopian ukrainian yemeni turkish \
         kurdish palestinian libyan lebanese congolese nigerian pakistani russian burundian rwandan \
         ugandan cameroonian guinean gambian egyptian moroccan algerian venezuelan colombian \
         burmese armenian azerbaijani georgian tibetan jordanian african",
    ),
    (
        COUNTRY,
        "syria eritrea afghanistan iraq iran somalia sudan ethiopia ukraine yemen turkey kurdistan \
         palestine gaza libya lebanon congo nigeria pakistan russia burundi rwanda uganda cameroon \
         guinea gambia egypt morocco algeria venezuela colombia myanmar armenia azerbaijan georgia \
         tibet jordan africa",
    ),
    (
        DEMONYM,
        "syrians eritreans afghans iraqis iranians somalis ethiopians ukrainians yemenis turks \
         kurds palestinians libyans nigerians pakistanis",
    ),
    (FROM, "from"),
    (LINK, "who that is are came come comes coming fled originally"),
    (POINTING, "your this our my"),
    (UNIT, "street neighbourhood neighborhood village district area block building square"),
    (THE, "the"),
    (IN, "in into to"),
    (ON, "on at from by since early late mid"),
    (NEXT_TO, "near beside opposite next"),
    (YOU, "you"),
    (
        GENERAL,
        "dutch english netherlands holland europe brabant arabic tigrinya germany belgium \
         vluchtelingenwerk",
    ),
    (
        MONTH,
        "january february march april may june july august september october november december",
    ),
    (SOON, "soon shortly tomorrow"),
    (NEXT, "next coming this last"),
    (
        PERIOD,
        "week weeks month months weekend monday tuesday wednesday thursday friday saturday sunday \
         summer winter spring autumn days",
    ),
    (NEW, "new young large small older other extra"),
    (NOT, "never not no nobody how why"),
    (
        SOMETIMES,
        "sometimes if when often usually always ever every each all example suppose can may could \
         might once before maybe perhaps everywhere",
    ),
    (WHETHER, "whether"),
    (AND, "or and"),
    (KNOWN, "did"),
];
