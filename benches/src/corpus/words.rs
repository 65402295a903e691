//! Words of the corpus. They say nothing: no place, no person, no number. Each language has as many
//! words as the others, so that a page has the same shape in all of them.

/// How many words a language has.
pub const WORDS: usize = 64;

pub struct Language {
    pub code: &'static str,
    pub name: &'static str,
    pub dir: &'static str,
    pub words: [&'static str; WORDS],
    /// Ends a sentence.
    pub stop: &'static str,
    /// Stands before the number that makes a title unlike all others.
    pub part: &'static str,
}

/// The first is the main language, which stands at `/`.
pub const LANGUAGES: [Language; 4] = [
    Language { code: "nl", name: "Nederlands", dir: "ltr", words: NL, stop: ".", part: "deel" },
    Language { code: "en", name: "English", dir: "ltr", words: EN, stop: ".", part: "part" },
    Language {
        code: "ar", name: "العربية", dir: "rtl", words: AR, stop: ".", part: "جزء"
    },
    Language {
        code: "ti", name: "ትግርኛ", dir: "ltr", words: TI, stop: "።", part: "ክፋል"
    },
];

/// ASCII only: addresses are made of them too. None ends like a street.
#[rustfmt::skip]
const NL: [&str; WORDS] = [
    "zomel", "wieder", "molend", "kersel", "vennik", "hazelt", "lindel", "roggen",
    "tuimel", "veldig", "boekel", "graander", "schemel", "duinig", "pluimer", "waterig",
    "kiezel", "regenend", "appelig", "zandel", "lopen", "praten", "vragen", "samen",
    "elkaar", "buiten", "binnen", "morgen", "vandaag", "altijd", "soms", "graag",
    "mooier", "kleiner", "groter", "warmer", "stiller", "verder", "eerder", "later",
    "de", "het", "een", "en", "of", "met", "van", "voor",
    "tafel", "stoel", "lampje", "kastje", "deurtje", "raampje", "boekje", "kopje",
    "brengt", "draagt", "zoekt", "vindt", "maakt", "leest", "wacht", "deelt",
];

#[rustfmt::skip]
const EN: [&str; WORDS] = [
    "meadow", "wander", "millet", "cherry", "fenland", "hazel", "linden", "barley",
    "tumble", "fielden", "booklet", "grainer", "shimmer", "dunes", "feather", "watery",
    "pebble", "raining", "apples", "sandel", "walking", "talking", "asking", "together",
    "other", "outside", "inside", "morning", "today", "always", "sometimes", "gladly",
    "prettier", "smaller", "bigger", "warmer", "calmer", "further", "sooner", "later",
    "the", "a", "this", "and", "or", "with", "of", "for",
    "table", "chair", "lamp", "cupboard", "door", "window", "book", "cup",
    "brings", "carries", "seeks", "finds", "makes", "reads", "waits", "shares",
];

#[rustfmt::skip]
const AR: [&str; WORDS] = [
    "مرج", "تجوال", "دخن", "كرز", "سبخة", "بندق", "زيزفون", "شعير",
    "تدحرج", "حقول", "كتيب", "حبوب", "وميض", "كثبان", "ريشة", "مائي",
    "حصاة", "ماطر", "تفاح", "رملي", "مشي", "كلام", "سؤال", "معا",
    "بعض", "خارج", "داخل", "صباح", "اليوم", "دائما", "أحيانا", "بسرور",
    "أجمل", "أصغر", "أكبر", "أدفأ", "أهدأ", "أبعد", "أبكر", "لاحقا",
    "هذا", "هذه", "ذلك", "ثم", "أو", "مع", "من", "إلى",
    "طاولة", "كرسي", "مصباح", "خزانة", "باب", "نافذة", "كتاب", "فنجان",
    "يجلب", "يحمل", "يبحث", "يجد", "يصنع", "يقرأ", "ينتظر", "يشارك",
];

#[rustfmt::skip]
const TI: [&str; WORDS] = [
    "ሳዕሪ", "ምዛር", "ዳጉሻ", "ፍረታት", "ረግረግ", "ሓምሊ", "ጽላል", "ስገም",
    "ምንቅስቓስ", "ግራት", "መጽሓፍቲ", "እኽሊ", "ብርሃን", "ሑጻታት", "ክንቲት", "ማያዊ",
    "ጸጸር", "ዝናብ", "ቱፋሕ", "ሑጻ", "ምኻድ", "ምዝራብ", "ምሕታት", "ብሓባር",
    "ሓድሕድ", "ደገ", "ውሽጢ", "ንጉሆ", "ሎሚ", "ኩሉግዜ", "ሓሓሊፉ", "ብሓጎስ",
    "ዝጸበቐ", "ዝነኣሰ", "ዝዓበየ", "ዝሞቐ", "ዝሃድአ", "ዝረሓቐ", "ዝቐደመ", "ዝደንጎየ",
    "እዚ", "እታ", "ሓደ", "ከምኡውን", "ወይ", "ምስ", "ናይ", "ንምእንቲ",
    "ጣውላ", "ኮፍመበሊ", "መብራህቲ", "ሰደቓ", "ማዕጾ", "መስኮት", "መጽሓፍ", "ኩባያ",
    "የምጽእ", "ይጾር", "ይደሊ", "ይረክብ", "ይገብር", "የንብብ", "ይጽበ", "የካፍል",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_differ_within_a_language_and_dutch_ones_fit_in_an_address() {
        for language in &LANGUAGES {
            let all: std::collections::BTreeSet<_> = language.words.iter().collect();
            assert_eq!(all.len(), WORDS, "{}", language.code);
        }
        assert!(NL.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase())));
    }
}
