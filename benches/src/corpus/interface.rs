//! The few words of the layout itself, in every language.

use super::words::Language;

/// Keys of the strings, the same in every tool.
pub const KEYS: [&str; 8] =
    ["skip", "menu", "languages", "aside_title", "aside_text", "footer", "checked", "not_found"];

/// The string of every key.
pub fn strings(language: &Language) -> [&'static str; 8] {
    match language.code {
        "nl" => [
            "Naar de inhoud",
            "Hoofdmenu",
            "Talen",
            "Een blok opzij",
            "Deze tekst staat naast elke pagina en is overal dezelfde.",
            "Gemaakt om te meten. Hier staat niets dat iets betekent.",
            "Nagekeken op",
            "Deze pagina is er niet.",
        ],
        "ar" => [
            "إلى المحتوى",
            "القائمة",
            "اللغات",
            "فقرة جانبية",
            "هذا النص بجانب كل صفحة وهو نفسه في كل مكان.",
            "صنع للقياس فقط ولا يعني شيئا.",
            "روجع في",
            "هذه الصفحة غير موجودة.",
        ],
        "ti" => [
            "ናብ ትሕዝቶ",
            "ዝርዝር",
            "ቋንቋታት",
            "ጎድናዊ ጽሑፍ",
            "እዚ ጽሑፍ ኣብ ጎድኒ ነፍሲወከፍ ገጽ ኣሎ።",
            "ንመለክዒ ዝተሰርሐ እዩ።",
            "ዝተራእየሉ",
            "እዚ ገጽ የለን።",
        ],
        _ => [
            "To the content",
            "Main menu",
            "Languages",
            "A block aside",
            "This text stands beside every page and is the same everywhere.",
            "Made to measure. Nothing here means anything.",
            "Checked on",
            "This page is not here.",
        ],
    }
}

/// Title of the site in this language.
pub fn site_title(language: &Language) -> &'static str {
    match language.code {
        "nl" => "Meetsite",
        "ar" => "موقع القياس",
        "ti" => "መለክዒ መርበብ",
        _ => "Measuring site",
    }
}
