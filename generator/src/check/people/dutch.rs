//! Dutch words for people, for coming to live somewhere, and for where and when.

use super::class::*;
use super::lexicon::Grammar;

pub static GRAMMAR: Grammar = Grammar {
    words: WORDS,
    capitals: true,
    streets: STREETS,
    prefixes: &[],
    nationality_first: true,
    adjective: Some("e"),
};

/// Endings of streets, and of no village: not `dijk`, for Moerdijk.
pub const STREETS: &[&str] =
    &["straat", "laan", "weg", "plein", "singel", "gracht", "steeg", "dreef", "plantsoen"];

const WORDS: &[(Class, &str)] = &[
    (
        PERMIT,
        "vluchtelingen statushouders vergunninghouders asielzoekers nieuwkomers asielmigranten",
    ),
    (
        PERMIT | SINGLE,
        "vluchteling vluchtelinge statushouder vergunninghouder vergunninghoudster asielzoeker \
         asielzoekster nieuwkomer vluchtelingengezin statushoudersgezin",
    ),
    (PERMIT, "vluchtelingengezinnen"),
    (HOUSEHOLD, "gezinnen huishoudens families"),
    (HOUSEHOLD | SINGLE, "gezin huishouden gezinnetje"),
    (
        PEOPLE,
        "mensen personen bewoners buren inwoners huurders alleenstaanden jongeren kinderen mannen \
         vrouwen volwassenen echtparen gezinsleden buurtgenoten dorpsgenoten",
    ),
    (
        PEOPLE | SINGLE,
        "bewoner bewoonster persoon huurder huurster alleenstaande buurman buurvrouw echtpaar familie",
    ),
    (
        RELATIVE,
        "man vrouw kind jongen jongens meisje meisjes moeder moeders vader vaders ouders ouder \
         broer broers zus zussen zoon zonen dochter dochters baby jongeman stel buur gast gasten \
         leerling leerlingen student studenten echtgenoot echtgenote",
    ),
    (PRONOUN, "zij ze hij"),
    (COME, "komt komen gaat gaan zal zullen kwamen kwam"),
    (LIVE, "woont wonen"),
    (
        MOVE,
        "verhuist verhuizen verhuisd intrekt intrekken ingetrokken intrek geplaatst gehuisvest \
         ondergebracht huisvest huisvesten plaatst vestigt vestigen arriveert arriveren \
         neergestreken",
    ),
    (GET, "krijgt krijgen kreeg kregen huurt huren betrekt betrekken"),
    (HOME, "huis huizen woning woningen sleutel sleutels appartement appartementen flat huurhuis"),
    (
        VISIT,
        "samen elkaar bijeen langs vertellen vertelt praten kijken eten drinken koffie thee helpen \
         oefenen koken spelen bezoek deur aanbellen woord kennismaken sporten wandelen",
    ),
    (ONE, "één eén"),
    (FEW, "twee drie vier tweetal drietal viertal"),
    (
        MANY,
        "vijf zes zeven acht negen tien elf twaalf vijftien twintig dertig veertig vijftig zestig \
         zeventig tachtig negentig honderd duizend tientallen honderden duizenden veel meer \
         minder steeds",
    ),
    (
        NATIONALITY,
        "syrisch syrische eritrees eritrese afghaans afghaanse iraaks iraakse iraans iraanse \
         somalisch somalische soedanees soedanese ethiopisch ethiopische oekraïens oekraïense \
         jemenitisch jemenitische turks turkse koerdisch koerdische palestijns palestijnse \
         libisch libische libanees libanese congolees congolese nigeriaans nigeriaanse pakistaans \
         pakistaanse russisch russische burundees burundese rwandees rwandese oegandees oegandese \
         kameroens kameroense guinees guinese gambiaans gambiaanse egyptisch egyptische marokkaans \
         marokkaanse algerijns algerijnse venezolaans venezolaanse colombiaans colombiaanse \
         myanmarees myanmarese armeens armeense azerbeidzjaans azerbeidzjaanse georgisch \
         georgische tibetaans tibetaanse jordaans jordaanse arabische afrikaanse",
    ),
    (
        COUNTRY,
        "syrië eritrea afghanistan irak iran somalië soedan zuid-soedan ethiopië oekraïne jemen \
         turkije koerdistan palestina gaza libië libanon congo nigeria pakistan rusland burundi \
         rwanda oeganda kameroen guinee gambia egypte marokko algerije venezuela colombia myanmar \
         armenië azerbeidzjan georgië tibet jordanië afrika",
    ),
    (
        DEMONYM,
        "syriër syriërs syrische-nederlander eritreeër eritreeërs eritreër eritreërs afghaan \
         afghanen irakees irakezen irakiër irakiërs iraniër iraniërs somaliër somaliërs soedanees \
         soedanezen ethiopiër ethiopiërs oekraïner oekraïners jemeniet jemenieten turk turken \
         koerd koerden palestijn palestijnen libiër libiërs libanees libanezen congolees congolezen \
         nigeriaan nigerianen pakistaan pakistanen pakistani burundees burundezen rwandees \
         rwandezen oegandees oegandezen kameroener kameroeners gambiaan gambianen egyptenaar \
         egyptenaren marokkaan marokkanen algerijn algerijnen venezolaan venezolanen armeniër \
         armeniërs azerbeidzjaan azerbeidzjanen tibetaan tibetanen jordaniër jordaniërs",
    ),
    (FROM, "uit"),
    (
        LINK,
        "dat die is zijn gevlucht gevluchte afkomstig komt komen kwam kwamen gekomen oorspronkelijk",
    ),
    (POINTING, "uw jouw je jullie onze ons mijn deze dit"),
    (
        UNIT,
        "straat wijk buurt dorp kern buurtschap gehucht blok flat portiek hofje plein straatje \
         stadsdeel woonwijk dorpskern",
    ),
    (THE, "de het 't"),
    (IN, "in naar"),
    (ON, "op aan per vanaf rond sinds begin eind half medio bij"),
    (NEXT_TO, "naast tegenover bij achter boven onder"),
    (YOU, "u jou jullie ons"),
    (
        GENERAL,
        "nederland nederlands nederlandse europa europese brabant noord-brabant duitsland belgië \
         engels arabisch tigrinya vluchtelingenwerk",
    ),
    (
        MONTH,
        "januari februari maart april mei juni juli augustus september oktober november december \
         jan feb mrt apr jun jul aug sept okt nov dec",
    ),
    (SOON, "binnenkort spoedig straks morgen overmorgen weldra vandaag"),
    (NEXT, "volgende komende aanstaande deze dit vorige afgelopen"),
    (
        PERIOD,
        "week weken maand maanden weekend weekeinde maandag dinsdag woensdag donderdag vrijdag \
         zaterdag zondag zomer winter lente herfst voorjaar najaar dagen",
    ),
    (AFTER, "over"),
    (THERE, "er"),
    (NEW, "nieuwe nieuw jonge jong grote groot kleine klein extra andere oudere enkele paar"),
    (NOT, "nooit niet geen niemand wie hoe waarom welke welk vroeger"),
    (
        SOMETIMES,
        "soms als wanneer indien vaak meestal altijd ooit elke elk iedere ieder alle bijvoorbeeld \
         kan kunnen mag mogen kon konden zodra voordat misschien overal",
    ),
    (WHETHER | AND, "of"),
    (AND, "en"),
    (KNOWN, "wist weet wisten"),
];
