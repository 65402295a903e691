//! A translator sees what is left to do, and a reader what a translation is worth.

use serde_json::Value;
use tests::pages::{attribute, between, tags};
use tests::project::Project;
use tests::site::Site;

const ENGLISH: &str = "content/pages/wie-bel-ik.en.md";
const DUTCH: &str = "content/pages/wie-bel-ik.nl.md";
const PAGE: &str = "/en/who-do-i-call/";
const UNREVIEWED: &str = "Nobody has checked this translation yet.";
const BEHIND: &str = "The Dutch text has changed since.";

fn notice(project: &Project) -> String {
    let site = Site::of(project);
    let notice = between(site.page(PAGE), "<p class=\"notice\" role=\"note\">", "</p>");
    notice.unwrap_or_default().to_owned()
}

fn overview(project: &Project, lang: &str) -> Value {
    let outcome = project.run(&["translations", "--format", "json"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let all: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    let all = all.as_array().expect("a list");
    all.iter().find(|one| one["code"] == lang).expect("the language").clone()
}

fn behind(project: &Project) -> Option<String> {
    let overview = overview(project, "en");
    let all = overview["behind"].as_array().expect("a list");
    let one = all.iter().find(|one| one["file"] == ENGLISH)?;
    one["source"].as_str().map(str::to_owned)
}

#[test]
fn a_translation_that_nobody_read_says_so_until_somebody_did() {
    let project = Project::of_oss();
    assert!(notice(&project).starts_with(UNREVIEWED), "{}", notice(&project));
    project.edit(ENGLISH, "\nsource = ", "\nreviewed = 2026-11-21\nsource = ");
    assert_eq!(notice(&project), "");
    // A page in the language of the municipality never does.
    let site = Site::of(&project);
    assert!(!site.page("/wie-bel-ik/").contains("class=\"notice\""));
}

#[test]
fn a_translation_says_that_it_is_behind_until_it_is_brought_up_to_date() {
    let project = Project::of_oss();
    assert_eq!(behind(&project), None);
    // Another date of checking is no other text.
    project.edit(DUTCH, "checked = 2026-11-20", "checked = 2026-11-23");
    assert_eq!(behind(&project), None);

    project.edit(DUTCH, "## Is er gevaar?", "## Is er nu gevaar?");
    assert!(notice(&project).starts_with(BEHIND), "{}", notice(&project));
    assert!(notice(&project).contains(UNREVIEWED), "{}", notice(&project));
    let source = behind(&project).expect("it is behind");
    let told = project.run(&["translations"]).stdout;
    let line = format!("{ENGLISH}  →  source = \"{source}\"");
    assert!(told.contains(&line), "{told}");

    // The translator mends the text and pastes what the program gave.
    let text = project.read(ENGLISH);
    let old = between(&text, "\nsource = \"", "\"").expect("a digest").to_owned();
    project.edit(ENGLISH, &old, &source);
    assert_eq!(behind(&project), None);
    assert!(notice(&project).starts_with(UNREVIEWED), "{}", notice(&project));
}

#[test]
fn title_and_description_are_text_that_is_translated_too() {
    for (from, to) in [
        ("title = \"Wie bel ik?\"", "title = \"Wie bel ik dan?\""),
        ("description = \"", "description = \"Nu: "),
    ] {
        let project = Project::of_oss();
        project.edit(DUTCH, from, to);
        assert!(behind(&project).is_some(), "{to}");
    }
}

#[test]
fn the_overview_counts_and_names_what_is_missing() {
    let project = Project::of_oss();
    project.remove("content/pages/wie-bel-ik.ti.md");
    project.remove("content/leaflets/trifold.ti.md");
    project.remove("content/roles/maatje.ti.toml");
    project.edit("content/pages/meedoen.ti.md", "::role maatje::", "::roles::");
    project.remove("content/forms/vraag.ti.toml");
    let before = project.read("themes/vluchtelingenwerk/messages/ti.toml");
    let word = before.lines().find(|line| line.starts_with("retry = ")).expect("a word");
    project.edit("themes/vluchtelingenwerk/messages/ti.toml", &format!("{word}\n"), "");
    let overview = overview(&project, "ti");
    let has = |list: &str, name: &str| {
        overview[list]
            .as_array()
            .expect("a list")
            .iter()
            .any(|one| one.as_str().is_some_and(|one| one.ends_with(name)))
    };
    for missing in [
        "pages/wie-bel-ik.ti.md",
        "leaflets/trifold.ti.md",
        "roles/maatje.ti.toml",
        "forms/vraag.ti.toml",
    ] {
        assert!(has("missing", missing), "{missing}: {overview:#}");
    }
    assert!(has("words", "errors.retry"), "{overview:#}");
    for unreviewed in ["pages/index.ti.md", "leaflets/door.ti.md"] {
        assert!(has("unreviewed", unreviewed), "{overview:#}");
    }
    let pages = overview["pages"].as_u64().expect("a number");
    let translated = overview["translated"].as_u64().expect("a number");
    let missing = overview["missing"].as_array().expect("a list").iter();
    let page = |one: &str| one.ends_with(".md") && !one.contains("leaflets/");
    let texts = missing.filter(|one| one.as_str().is_some_and(page)).count();
    assert_eq!(translated + texts as u64, pages, "a page is there or missing");
    // The site stands all the same, with Dutch in the gaps.
    let site = Site::of(&project);
    assert!(site.page("/ti/wie-bel-ik/").contains("<h1 lang=\"nl\" dir=\"ltr\">Wie bel ik?</h1>"));
    assert!(site.page("/ti/meedoen/").contains("U doet om de week of elke week iets samen"));
}

#[test]
fn a_new_language_is_a_few_files() {
    let project = Project::of_oss();
    let language = "[[languages]]\ncode = \"uk\"\nname = \"Українська\"\n\n# Het menu bovenaan.\n";
    project.edit("content/site.toml", "# Het menu bovenaan.\n", language);
    project.write(
        "themes/vluchtelingenwerk/messages/uk.toml",
        "[ui]\nmenu = \"Головне меню\"\nchecked = \"Перевірено {date}: {owner}.\"\n\n\
         [translation]\nmissing = \"Цю сторінку ще не перекладено.\"\n",
    );
    project.write(
        "content/pages/index.uk.md",
        "+++\ntitle = \"Нові сусіди\"\ndescription = \"Хто допоможе, якщо у вас є запитання?\"\n+++\n\n\
         [Поставте запитання](/vraag/).\n",
    );
    let site = Site::of(&project);
    let home = site.page("/uk/");
    let root = tags(home, "html")[0];
    assert_eq!((attribute(root, "lang"), attribute(root, "dir")), (Some("uk"), Some("ltr")));
    assert!(home.contains("<h1>Нові сусіди</h1>"));
    assert!(home.contains("<nav aria-label=\"Головне меню\">"));
    assert!(home.contains("<a href=\"/uk/vraag/\">Поставте запитання</a>"));
    assert!(home.contains("Перевірено 20 листопада 2026"), "a month changes its form in a date");
    // Words that the language does not have yet are those of the municipality.
    assert!(home.contains("<a class=\"skip\" href=\"#deel_inhoud\">Naar de inhoud</a>"));
    assert!(home.contains("<a href=\"/uk/meedoen/\">Meedoen</a>"));
    let other = site.page("/uk/privacy/");
    assert!(other.contains("Цю сторінку ще не перекладено."));
    assert!(other.contains("<h1 lang=\"nl\" dir=\"ltr\">Privacy</h1>"));
    // A form without words of its own is there, in Dutch.
    assert!(site.page("/uk/vraag/").contains("action=\"/vraag/controle\""));
    // Every other page knows of it.
    assert!(site.page("/en/").contains("hreflang=\"uk\" href=\"https://nieuweburen.example/uk/\""));
    assert_eq!(overview(&project, "uk")["translated"], 1);
}

/// Two languages whose calendars are others at home: a date here is the one on Dutch letters.
#[test]
fn every_language_has_the_calendar_that_the_municipality_writes_in() {
    let project = Project::of_oss();
    let languages = "[[languages]]\ncode = \"fa\"\nname = \"فارسی\"\ndir = \"rtl\"\n\n\
         [[languages]]\ncode = \"th\"\nname = \"ไทย\"\n\n# Het menu bovenaan.\n";
    project.edit("content/site.toml", "# Het menu bovenaan.\n", languages);
    let site = Site::of(&project);
    for address in ["/fa/wie-bel-ik/", "/th/wie-bel-ik/"] {
        let checked = between(site.page(address), "<p class=\"checked\">", "</p>");
        let whole = checked.is_some_and(|text| text.contains("20 ") && text.contains(" 2026"));
        assert!(whole, "{address}: {checked:?}");
    }
    assert!(site.page("/fa/").contains("<html lang=\"fa\" dir=\"rtl\">"));
    let manifest = project.read("dist/forms/manifest.json");
    let manifest: Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(manifest["dates"]["fa"]["months"][10], "نوامبر", "{}", manifest["dates"]["fa"]);
}
