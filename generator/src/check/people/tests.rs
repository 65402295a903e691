use proptest::prelude::*;

use super::Told::{Count, Origin, Placement, Street};
use super::*;

fn told_in(language: &str, text: &str) -> Vec<Told> {
    let finder = Finder::new(language, "Oss").expect("a language that is known");
    let mut told: Vec<Told> = finder.find(text).into_iter().map(|finding| finding.told).collect();
    told.sort();
    told.dedup();
    told
}

/// Each of these must be found as this and as nothing else.
fn all(language: &str, told: Told, texts: &[&str]) {
    for text in texts {
        assert_eq!(told_in(language, text), [told], "{text}");
    }
}

fn none(language: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(told_in(language, text), [], "{text}");
    }
}

#[test]
fn announcements_in_dutch() {
    all(
        "nl",
        Placement,
        &[
            "In uw wijk komen mensen wonen.",
            "Er komen mensen wonen in uw straat.",
            "Binnenkort komen er nieuwe bewoners in het dorp.",
            "Er komen nieuwe bewoners in de buurt.",
            "Per 1 december komt er een gezin.",
            "Vanaf december komt er een gezin in deze straat wonen",
            "Er komt een gezin wonen.",
            "In Berghem komen vergunninghouders wonen.",
            "In {area} komen nieuwe mensen wonen.",
            "Volgende week gaat een gezin in uw buurt wonen.",
            "Naast u komt een gezin wonen.",
            "Een gezin verhuist in januari naar Ravenstein.",
            "De gemeente huisvest in december vergunninghouders in uw dorp.",
            "Een statushouder krijgt in uw straat een woning.",
            "In uw straat woont een vluchteling.",
            "Sinds vorige week wonen er vluchtelingen in onze straat.",
            "In uw straat is een gezin komen wonen.",
            "Wist u dat er mensen in uw straat komen wonen?",
            "In uw wijk\nkomen binnenkort\nmensen wonen.",
            "In **uw wijk** komen *nieuwe* mensen [wonen](/vragen/).",
            "title = \"In uw wijk komen mensen wonen\"",
            "- In uw wijk komen mensen wonen",
            "Op 2026-12-01 komt er een gezin in Lith.",
            "IN UW WIJK KOMEN MENSEN WONEN",
            "Als alles goed gaat, komt er in december een gezin in uw straat wonen.",
        ],
    );
}

#[test]
fn what_is_no_announcement_in_dutch() {
    none(
        "nl",
        &[
            "Komt er iemand in mijn straat wonen?",
            "Komen er mensen wonen in uw wijk? Dan krijgt u een folder.",
            "Wij vertellen nooit of er in uw wijk mensen komen wonen.",
            "Wij maken niet bekend wie in uw straat komt wonen.",
            "Dat gebeurde toen bekend was wie er zou komen wonen.",
            "Er komen elk jaar vluchtelingen naar Nederland.",
            "Er komen steeds meer vluchtelingen naar Nederland.",
            "In Oss komen vergunninghouders wonen.",
            "Vergunninghouders komen in gewone straten wonen.",
            "Soms komen er nieuwe mensen in uw straat wonen.",
            "Als er een gezin in uw straat komt wonen, krijgt u een folder.",
            "Komt er een gezin in uw straat wonen, dan krijgt u bezoek.",
            "Een gezin heeft meer kamers nodig dan iemand alleen.",
            "Hier wonen jonge en oudere mensen, gezinnen en mensen alleen.",
            "Wie hier komt wonen, kan snel mensen leren kennen.",
            "Op dinsdag komen bewoners samen in het wijkgebouw.",
            "In december komen bewoners en vrijwilligers bij elkaar in Berghem.",
            "Er komen mensen bij u langs met een folder.",
            "In uw wijk wonen mensen die graag helpen.",
            "In december komt er een bijeenkomst voor bewoners.",
            "De wijkraad let op hoe mensen in Ruwaard wonen en leven.",
            "Dit jaar krijgen 85 vergunninghouders een huis in Oss.",
            "Er zijn in uw straat containers geplaatst voor bewoners.",
            "Uw familie woont in uw wijk en helpt graag.",
            "Kinderen spelen op het plein. Zij wonen in de buurt.",
            "Lees [Komt er een gezin in uw straat wonen?](/vragen/komt-er-iemand-in-mijn-straat-wonen/).",
            "Een gezin leest [dit](/vragen/komt-er-iemand-in-mijn-straat-wonen/) ook.",
            "Buren die er vlakbij wonen, krijgen een bezoek of een folder.",
            "Bewoners gaan in december naar Den Haag.",
            "Mensen gaan vaak in een kleiner huis wonen.",
        ],
    );
}

#[test]
fn few_people_in_dutch() {
    all(
        "nl",
        Count,
        &[
            "Voor drie gezinnen is een huis gevonden.",
            "Drie nieuwe gezinnen",
            "2 vluchtelingen",
            "twee jonge statushouders",
            "De twee vluchtelingen helpen mee.",
            "2-3 gezinnen",
            "één statushouder komt",
            "Er wonen nu vier mensen.",
            "**Drie** gezinnen doen mee.",
            "Twee bewoners verhuizen.",
            "slug = \"drie-gezinnen-erbij\"",
        ],
    );
}

#[test]
fn other_numbers_in_dutch() {
    none(
        "nl",
        &[
            "Er zijn vijf manieren om te helpen.",
            "Vijf gezinnen, 12 vluchtelingen en 40 vergunninghouders",
            "Eerst woonde er één persoon, nu een gezin. Hoe kan dat?",
            "Over één gezin geven wij geen uitleg.",
            "Hij gaat dus niet over één huis of één mens.",
            "Meestal komen twee organisaties samen aan de deur.",
            "Er komen twee mensen bij u aan de deur.",
            "Soms delen twee gezinnen een huis.",
            "Soms wonen vier mensen in één huis.",
            "Binnen twee werkdagen hoort u iets.",
            "Bel twee keer. Gezinnen met kinderen doen dat ook.",
            "2. Bewoners helpen elkaar.",
            "Twee vrijwilligers helpen gezinnen.",
            "Eén vergunninghouder krijgt één maatje.",
            "Een gezin met twee kinderen heeft drie kamers nodig.",
            "Stap 3: gezinnen maken kennis.",
            "De krant komt vier keer per jaar bij gezinnen thuis.",
            "Drie van de tien gezinnen",
        ],
    );
}

#[test]
fn where_people_come_from_in_dutch() {
    all(
        "nl",
        Origin,
        &[
            "een Syrisch gezin",
            "Eritrese vluchtelingen",
            "Syrische en Eritrese gezinnen",
            "een jonge Afghaanse vrouw",
            "een gezin uit Eritrea",
            "het gezin dat uit Syrië komt",
            "mensen die gevlucht zijn uit Syrië",
            "vluchtelingen uit Syrië en Eritrea",
            "Zij komen uit Somalië.",
            "uit Irak gevluchte mensen",
            "De Syriërs in de buurt",
            "een buurman uit Turkije",
            "een syrisch gezin",
            "Ga naar /nieuws/syrisch-gezin/.",
        ],
    );
}

#[test]
fn countries_without_people_in_dutch() {
    none(
        "nl",
        &[
            "Vluchtelingen komen uit allerlei landen.",
            "In Syrië was oorlog.",
            "Mensen vluchten voor de oorlog in Syrië.",
            "Kook samen een Syrisch gerecht.",
            "Brood uit Turkije en koffie uit Ethiopië. Mensen delen dat graag.",
            "Sommige vrijwilligers spreken Arabisch of Tigrinya.",
            "de Turkse bakker",
            "de Syrisch-orthodoxe kerk",
            "Een Nederlands gezin uit Oss",
            "Gezinnen uit de wijk koken samen.",
        ],
    );
}

#[test]
fn streets_where_people_live() {
    all(
        "nl",
        Street,
        &[
            "Zij woont in de Molenstraat.",
            "Wie wonen er aan de Burgemeester van Erpstraat?",
            "Buren uit Berghem wonen op het Raadhuisplein.",
            "slug = \"dorpsstraat-12\"",
        ],
    );
    none(
        "nl",
        &[
            "Het wijkgebouw staat aan de Molenstraat.",
            "Wonen in een straat met nieuwe buren",
            "Onderweg groet u wie hier woont.",
            "Een groet op straat. Mensen wonen hier graag.",
        ],
    );
    assert_eq!(
        told_in("nl", "In de Molenstraat komt een gezin wonen."),
        [Placement, Street],
        "both are said"
    );
}

#[test]
fn english() {
    all(
        "en",
        Placement,
        &[
            "People are coming to live in your street.",
            "A family will move into your neighbourhood soon.",
            "New residents are moving to Berghem.",
            "From 1 December a family will live in this village.",
        ],
    );
    all("en", Count, &["three families", "2 refugees", "four new families"]);
    all("en", Origin, &["a Syrian family", "a family from Eritrea", "Refugees from Syria"]);
    none(
        "en",
        &[
            "Is someone coming to live in my street?",
            "We never tell if people are coming to live in your street.",
            "People who live right next door get a visit or a leaflet.",
            "Usually two organisations come to the door together.",
            "There are five ways to help. Families do so too.",
            "The rules for family reunification can change.",
            "The government chooses where people will live in the Netherlands.",
            "People can move house within Oss.",
        ],
    );
}

#[test]
fn arabic_and_tigrinya() {
    all("ar", Count, &["ثلاث عائلات", "3 لاجئين", "عائلتان"]);
    all("ar", Origin, &["عائلة سورية", "والعائلة من سوريا", "لاجئ إريتري"]);
    none("ar", &["حامل تصريح الإقامة لاجئ لديه تصريح إقامة.", "أربع لغات", "العائلات والأفراد"]);
    all("ti", Count, &["ሰለስተ ስድራቤታት", "2 ስደተኛታት"]);
    all("ti", Origin, &["ስድራቤት ካብ ሶርያ", "ካብ ሶርያ ዝመጸት ስድራቤት"]);
    none("ti", &["ስድራቤታትን በይኖም ዝነብሩ ሰባትን", "ክልተ ትካላት"]);
}

#[test]
fn languages_without_a_list_are_left_to_readers() {
    assert!(Finder::new("uk", "Oss").is_none());
}

#[test]
fn names_of_files() {
    let finder = Finder::new("nl", "Oss").expect("Dutch");
    let told = |name| finder.find_in_name(name).first().map(|finding| finding.told);
    assert_eq!(told("syrisch-gezin"), Some(Origin));
    assert_eq!(told("drie-gezinnen-in-berghem"), Some(Count));
    assert_eq!(told("kerkstraat-12"), Some(Street));
    assert_eq!(told("eerst-een-persoon-nu-een-gezin"), None);
    assert_eq!(told("komt-er-iemand-in-mijn-straat-wonen"), None);
    assert_eq!(told("ik-ben-het-er-niet-mee-eens"), None);
}

#[test]
fn the_range_is_what_an_editor_must_look_at() {
    let finder = Finder::new("nl", "Oss").expect("Dutch");
    let text = "Goed nieuws: volgende maand komt er een gezin in uw straat wonen, zegt men.";
    let found = finder.find(text);
    assert_eq!(found.len(), 1);
    assert_eq!(
        &text[found[0].range.clone()],
        "volgende maand komt er een gezin in uw straat wonen"
    );
    let text = "Let op: vanaf 1 december komen in uw wijk mensen wonen.";
    let found = finder.find(text);
    assert_eq!(&text[found[0].range.clone()], "vanaf 1 december komen in uw wijk mensen wonen");
}

proptest! {
    /// What was found can be cut out of the text and shown, in any script.
    #[test]
    fn never_splits_a_character(
        language in "nl|en|ar|ti",
        text in "((uw |in |er |komt |komen |wonen |gezin |drie |Syrisch |Molenstraat |uit |Syrië |2 |1-2-|\
                 ثلاث |عائلات |ስድራቤት |é|\u{301}|’|-|[(]|\\]|\\{|\\.|\\? |\n|\n- |=|🏠|.){0,30})"
    ) {
        let finder = Finder::new(&language, "Oss").expect("a language that is known");
        for finding in finder.find(&text).into_iter().chain(finder.find_in_name(&text)) {
            prop_assert!(text.get(finding.range).is_some_and(|told| !told.is_empty()));
        }
    }
}
