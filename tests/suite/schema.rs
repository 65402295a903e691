//! The schemas for editors' programs say what the program itself says.

use std::collections::BTreeMap;
use std::fs;

use boon::{Compiler, SchemaIndex, Schemas};
use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use tests::project::{Project, files};
use tests::root;

/// Of `nieuwe-buren schema`, ready to judge a file.
struct Judge {
    schemas: Schemas,
    index: BTreeMap<String, SchemaIndex>,
}

impl Judge {
    fn new() -> Self {
        let outcome = Project::empty().run(&["schema"]);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        let all: BTreeMap<String, Value> = serde_json::from_str(&outcome.stdout).expect("JSON");
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        let mut schemas = Schemas::new();
        let mut index = BTreeMap::new();
        for (name, schema) in all {
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
            let address = format!("https://voorbeeld.example/{name}");
            compiler.add_resource(&address, schema).expect("a resource");
            // Also judged by the schema of schemas.
            let compiled = compiler.compile(&address, &mut schemas).expect("a valid schema");
            index.insert(name.trim_end_matches(".json").to_owned(), compiled);
        }
        Self { schemas, index }
    }

    fn verdict(&self, kind: &str, toml: &str) -> Result<(), String> {
        let (table, errors) = DeTable::parse_recoverable(toml);
        assert!(errors.is_empty(), "{errors:?}");
        let value = object(table.get_ref());
        self.schemas.validate(&value, self.index[kind]).map_err(|error| format!("{error:#}"))
    }
}

/// As Taplo hands TOML to a schema: a date is a text.
fn json(value: &DeValue) -> Value {
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => number.as_str().parse::<i64>().map_or(Value::Null, Value::from),
        DeValue::Boolean(is) => Value::Bool(*is),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(all) => all.iter().map(|one| json(one.get_ref())).collect(),
        DeValue::Table(table) => object(table),
        DeValue::Float(number) => panic!("no file of the content has fractions: {number:?}"),
    }
}

fn object(table: &DeTable) -> Value {
    let pairs = table.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref())));
    Value::Object(pairs.collect::<Map<_, _>>())
}

/// The kind of a file, and the TOML in it. `main` is the language of the municipality.
fn kind(name: &str, text: &str, main: &str) -> Option<(&'static str, String)> {
    let (folder, rest) = name.split_once('/').unwrap_or(("", name));
    if let Some(stem) = rest.strip_suffix(".md") {
        let front_matter = text.strip_prefix("+++\n")?.split_once("\n+++")?.0.to_owned();
        let original = stem.ends_with(&format!(".{main}"));
        return match (folder, original) {
            ("leaflets", true) => Some(("leaflet", front_matter)),
            ("pages" | "areas", true) => Some(("page", front_matter)),
            ("pages" | "areas" | "leaflets", false) => Some(("translation", front_matter)),
            _ => None,
        };
    }
    let words = rest.strip_suffix(".toml")?.contains('.');
    let kind = match (folder, words) {
        ("", false) if rest == "allow.toml" => "allow",
        ("", false) => "site",
        ("", true) => "site-texts",
        ("organisations", false) => "organisation",
        ("organisations", true) => "organisation-texts",
        ("areas", false) => "area",
        ("areas", true) => "area-texts",
        ("roles", false) => "role",
        ("roles", true) => "role-texts",
        ("forms", false) => "form",
        ("forms", true) => "form-texts",
        _ => return None,
    };
    Some((kind, text.to_owned()))
}

#[test]
fn every_file_of_the_content_is_valid() {
    let judge = Judge::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let content = root().join("content");
    for file in files(&content) {
        let Ok(text) = fs::read_to_string(content.join(&file)) else { continue };
        let name = file.to_string_lossy().replace('\\', "/");
        let Some((kind, toml)) = kind(&name, &text, "nl") else { continue };
        if let Err(why) = judge.verdict(kind, &toml) {
            wrong.push(format!("{name}: {why}"));
        }
        *seen.entry(kind).or_default() += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let kinds: Vec<_> =
        judge.index.keys().filter(|kind| !seen.contains_key(kind.as_str())).collect();
    assert!(kinds.is_empty(), "no file is of these kinds: {kinds:?}");
}

#[test]
fn what_the_program_refuses_is_not_valid() {
    let judge = Judge::new();
    let dates = "checked = 2026-11-20\nreview_by = 2027-05-20\nowner = \"gemeente\"\n";
    let role = format!("name = \"a\"\nsummary = \"b\"\n{dates}");
    let page = format!("title = \"a\"\ndescription = \"b\"\n{dates}");
    let area = format!("name = \"a\"\nraad = \"b\"\npaper = \"c\"\n{dates}");
    let field = "id = \"a\"\n[[fields]]\nname = \"b\"\nkind = \"question\"\n";
    let allowed = "[[allow]]\nfile = \"a\"\nline = \"b\"\nwhy = \"c\"\nowner = \"gemeente\"\n\
        reviewed = 2026-11-20\nreview_by = 2027-05-20\n";
    let security = |contact: &str| {
        let site = fs::read_to_string(root().join("content/site.toml")).expect("the site");
        site.replace("contact = \"https://", &format!("contact = \"{contact}"))
    };
    for (kind, good, bad) in [
        ("role", format!("{role}state = \"open\""), format!("{role}staat = \"open\"")),
        ("role", format!("{role}state = \"vol\""), format!("{role}state = \"dicht\"")),
        ("area", area.clone(), area.replace("2027-05-20", "\"in mei\"")),
        ("area", area.clone(), area.replace("raad = \"b\"", "raad = \" \"")),
        ("area", format!("{area}districts = \"WK01\""), format!("{area}districts = [1]")),
        ("page", page.clone(), page.replace("title = \"a\"\n", "")),
        ("page", page.clone(), format!("{page}template = \"faq\"")),
        ("page", format!("{page}order = 1"), format!("{page}order = \"1\"")),
        ("page", page.clone(), page.replace("\"b\"", &format!("\"{}\"", "b".repeat(161)))),
        ("page", format!("{page}draft = true"), format!("{page}draft = \"ja\"")),
        ("translation", "title = \"a\"\ndescription = \"b\"".to_owned(), page.clone()),
        ("translation", slug("wie-ሰላም-١"), slug("Wie bel ik")),
        ("form", format!("{field}max_chars = 4000"), format!("{field}max_chars = 4001")),
        ("site", security("https://"), security("http://")),
        ("allow", allowed.to_owned(), allowed.replace("why = \"c\"\n", "")),
        ("form-texts", "title = \"a\"\n[fields.b]\nlabel = \"c\"".to_owned(), field.to_owned()),
        ("form-texts", reply(4000), reply(4001)),
        ("form-texts", reply(1), reply(1).replace("text = ", "tekst = ")),
        ("form", topic("{ lith = \"b\" }"), topic("\"b\"")),
    ] {
        judge.verdict(kind, &good).unwrap_or_else(|why| panic!("{kind}\n{good}\n{why}"));
        assert!(judge.verdict(kind, &bad).is_err(), "{kind} takes\n{bad}");
    }
}

/// The words of a form with a standard reply of so many characters.
fn reply(length: usize) -> String {
    format!("title = \"a\"\n[replies.b]\ntitle = \"c\"\ntext = \"{}\"", "d".repeat(length))
}

/// A form with one topic.
fn topic(routes: &str) -> String {
    format!("id = \"a\"\n[[topics]]\nid = \"b\"\nroute = \"c\"\nroutes = {routes}")
}

fn slug(slug: &str) -> String {
    format!("title = \"a\"\ndescription = \"b\"\nslug = \"{slug}\"")
}

#[test]
fn schemas_are_written_beside_other_files_and_written_anew() {
    let project = Project::empty();
    let folder = project.path().join("hulp/schemas");
    fs::create_dir_all(&folder).expect("our own folder");
    fs::write(folder.join("site.json"), "{}").expect("an old schema");
    fs::write(folder.join("eigen.txt"), "van iemand").expect("a file of somebody");
    let outcome = project.run(&["schema", "--out", "hulp/schemas"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains("14 bestanden in hulp/schemas"), "{}", outcome.stdout);
    let site = fs::read_to_string(folder.join("site.json")).expect("the schema");
    assert!(site.contains("reference_prefix"), "{site}");
    assert_eq!(fs::read(folder.join("eigen.txt")).expect("still there"), b"van iemand");
}

#[test]
fn every_data_file_of_a_new_municipality_has_a_schema() {
    let project = Project::empty();
    assert_eq!(project.run(&["init", "nieuw"]).code, 0);
    let folder = project.path().join("nieuw");
    let rules = fs::read_to_string(folder.join(".taplo.toml")).expect("the rules for Taplo");
    let mut named = 0;
    for path in rules.split('"').filter(|text| text.starts_with("schemas/")) {
        assert!(folder.join(path).is_file(), "{path} is not there");
        named += 1;
    }
    assert_eq!(named, 11, "{rules}");
}
