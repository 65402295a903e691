//! JSON Schemas (2020-12) of the content, for the programs in which editors type. They are made from
//! the readers themselves, so that they cannot say otherwise; only the explanations are written
//! here, in `schema/words.toml`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

use crate::content::fields::{Key, Kind};
use crate::content::{Described, described};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What every key means, by file and key.
const WORDS: &str = include_str!("schema/words.toml");

/// Where `init` puts them.
pub const FOLDER: &str = "schemas";

/// File name and schema, of every kind of file.
pub fn all() -> Vec<(String, Value)> {
    let words = Words::read();
    described().iter().map(|kind| (file_name(kind.name), words.document(kind))).collect()
}

fn file_name(kind: &str) -> String {
    format!("{kind}.json")
}

/// The same as they are written: name and text.
pub fn files() -> Vec<(String, String)> {
    all().into_iter().map(|(name, schema)| (name, format!("{schema:#}\n"))).collect()
}

/// `.taplo.toml`, by which Taplo and Even Better TOML find the schema of each data file. What stands
/// at the top of a text is out of their reach.
pub fn taplo() -> String {
    let mut out = String::from(
        "# Voor Taplo en Even Better TOML: welk schema hoort bij welk bestand. Uitleg: content/LEESMIJ.md.\n\
         include = [\"content/**/*.toml\"]\n",
    );
    let list = |globs: &[&str]| {
        let below: Vec<String> = globs.iter().map(|glob| format!("\"content/{glob}\"")).collect();
        below.join(", ")
    };
    let data = |kind: &&Described| kind.files.iter().all(|glob| glob.ends_with(".toml"));
    for kind in described().iter().filter(data) {
        let _ = writeln!(out, "\n[[rule]]\ninclude = [{}]", list(kind.files));
        if !kind.except.is_empty() {
            let _ = writeln!(out, "exclude = [{}]", list(kind.except));
        }
        let _ = writeln!(out, "schema.path = \"{FOLDER}/{}\"", file_name(kind.name));
    }
    out
}

/// Explanations by `file.key`, or by `each.key` for a key that means the same everywhere.
struct Words(BTreeMap<String, String>);

impl Words {
    fn read() -> Self {
        let mut words = BTreeMap::new();
        let (table, _) = DeTable::parse_recoverable(WORDS);
        for (section, keys) in table.get_ref() {
            for (key, text) in keys.get_ref().as_table().into_iter().flatten() {
                if let DeValue::String(text) = text.get_ref() {
                    let path = format!("{}.{}", section.get_ref(), key.get_ref());
                    words.insert(path, text.to_string());
                }
            }
        }
        Self(words)
    }

    /// `path` is the key with the keys of the tables around it.
    fn of(&self, kind: &str, path: &str) -> Option<&String> {
        let name = path.rsplit('.').next().unwrap_or(path);
        let exact = self.0.get(&format!("{kind}.{path}"));
        exact.or_else(|| self.0.get(&format!("each.{name}")))
    }

    fn document(&self, kind: &Described) -> Value {
        let mut schema = self.table(kind.name, "", &kind.keys);
        schema.insert("$schema".into(), DIALECT.into());
        schema.insert("title".into(), kind.files.join(", ").into());
        if let Some(text) = self.0.get(&format!("{}.", kind.name)) {
            schema.insert("description".into(), text.as_str().into());
        }
        Value::Object(schema)
    }

    fn table(&self, kind: &str, path: &str, keys: &[Key]) -> Map<String, Value> {
        let mut properties = Map::new();
        for key in keys {
            let path =
                if path.is_empty() { key.name.into() } else { format!("{path}.{}", key.name) };
            properties.insert(key.name.into(), self.key(kind, &path, key));
        }
        let mandatory = keys.iter().filter(|key| key.mandatory).map(|key| key.name);
        let mut schema = Map::new();
        schema.insert("type".into(), "object".into());
        schema.insert("properties".into(), Value::Object(properties));
        schema.insert("required".into(), mandatory.collect());
        schema.insert("additionalProperties".into(), false.into());
        let needed: Vec<Value> = keys.iter().filter_map(needed).collect();
        if !needed.is_empty() {
            schema.insert("allOf".into(), needed.into());
        }
        schema
    }

    fn key(&self, kind: &str, path: &str, key: &Key) -> Value {
        let inner = |keys| Value::Object(self.table(kind, path, keys));
        let mut schema = match &key.kind {
            Kind::Text => json!({ "type": "string", "pattern": "\\S" }),
            Kind::AnyText => json!({ "type": "string" }),
            Kind::Short(longest) => {
                json!({ "type": "string", "pattern": "\\S", "maxLength": longest })
            }
            Kind::Like(pattern) => json!({ "type": "string", "pattern": pattern }),
            Kind::OneOf(names) => json!({ "enum": names }),
            Kind::SomeOf(names) => {
                json!({ "type": "array", "items": { "enum": names }, "uniqueItems": true })
            }
            Kind::Texts => {
                json!({ "type": ["string", "array"], "items": { "type": "string" } })
            }
            Kind::TextMap => {
                json!({ "type": "object", "additionalProperties": { "type": "string" } })
            }
            // As the tools for TOML hand over its dates, and as the reader takes a text.
            Kind::Date => json!({ "type": "string", "format": "date" }),
            Kind::Integer(None) => json!({ "type": "integer" }),
            Kind::Integer(Some(range)) => {
                json!({ "type": "integer", "minimum": range.start(), "maximum": range.end() })
            }
            Kind::Bool => json!({ "type": "boolean" }),
            Kind::Table(keys) => inner(keys),
            Kind::Tables(keys) => json!({ "type": "array", "items": inner(keys) }),
            Kind::NamedTables(keys) => {
                json!({ "type": "object", "additionalProperties": inner(keys) })
            }
        };
        if let (Some(schema), Some(text)) = (schema.as_object_mut(), self.of(kind, path)) {
            schema.insert("description".into(), text.as_str().into());
        }
        schema
    }
}

/// A key that another one makes mandatory.
fn needed(key: &Key) -> Option<Value> {
    let (other, value) = key.needed_with?;
    Some(json!({
        "if": { "properties": { other: { "const": value } }, "required": [other] },
        "then": { "required": [key.name] },
    }))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every key below, with the tables around it.
    fn paths(prefix: &str, keys: &[Key], found: &mut BTreeSet<String>) {
        for key in keys {
            let path =
                if prefix.is_empty() { key.name.into() } else { format!("{prefix}.{}", key.name) };
            if let Kind::Table(inner) | Kind::Tables(inner) | Kind::NamedTables(inner) = &key.kind {
                paths(&path, inner, found);
            }
            found.insert(path);
        }
    }

    #[test]
    fn every_key_is_explained_and_no_explanation_is_left_over() {
        let words = Words::read();
        let mut used = BTreeSet::new();
        for kind in described() {
            let own = format!("{}.", kind.name);
            assert!(words.0.contains_key(&own), "{} is not explained", kind.name);
            used.insert(own);
            let mut keys = BTreeSet::new();
            paths("", &kind.keys, &mut keys);
            for path in keys {
                let name = path.rsplit('.').next().expect("a name");
                let known = [format!("{}.{path}", kind.name), format!("each.{name}")];
                let found = known.into_iter().find(|known| words.0.contains_key(known));
                used.insert(found.unwrap_or_else(|| panic!("{path} of {} is not", kind.name)));
            }
        }
        let left: Vec<_> = words.0.keys().filter(|key| !used.contains(*key)).collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn a_reader_and_its_schema_ask_for_the_same() {
        let all: BTreeMap<String, Value> = all().into_iter().collect();
        let site = &all["site.json"];
        assert_eq!(site["properties"]["languages"]["items"]["required"], json!(["code", "name"]));
        assert_eq!(
            site["properties"]["languages"]["items"]["properties"]["dir"]["enum"],
            json!(["ltr", "rtl"])
        );
        assert_eq!(site["properties"]["answer_working_days"]["maximum"], 30);
        let role = &all["role.json"]["properties"]["state"]["enum"];
        assert_eq!(*role, json!(["open", "wachtlijst", "vol"]));
        let page = &all["page.json"];
        assert_eq!(page["properties"]["description"]["maxLength"], 160);
        assert_eq!(page["allOf"][0]["then"]["required"], json!(["group"]));
        assert!(page["required"].as_array().is_some_and(|keys| keys.contains(&json!("owner"))));
        let texts = &all["form-texts.json"]["properties"]["fields"]["additionalProperties"];
        assert_eq!(texts["required"], json!(["label"]));
        assert_eq!(texts["additionalProperties"], false);
    }
}
