//! The cloud template says the same as the code.

use std::collections::{BTreeMap, BTreeSet};

use forms_fn::config::VARIABLES;
use forms_fn::store::table;
use saphyr::{LoadableYamlNode, Yaml};
use tests::project::Project;
use tests::root;

/// Runs a test on the parsed template; its nodes borrow from the text.
fn template(look: impl FnOnce(&Yaml)) {
    let text = std::fs::read_to_string(root().join("infra/template.yaml")).expect("a template");
    let documents = Yaml::load_from_str(&text).expect("a template in YAML");
    look(&documents[0]);
}

/// What stands at a path of keys.
fn at<'a>(node: &'a Yaml<'a>, path: &str) -> &'a Yaml<'a> {
    path.split('/').fold(node, |node, key| {
        node.as_mapping_get(key).unwrap_or_else(|| panic!("no {key} of {path} in the template"))
    })
}

fn list<'a>(node: &'a Yaml<'a>, path: &str) -> &'a [Yaml<'a>] {
    at(node, path).as_sequence().unwrap_or_else(|| panic!("{path} is not a list"))
}

fn text<'a>(node: &'a Yaml<'a>, path: &str) -> &'a str {
    at(node, path).as_str().unwrap_or_else(|| panic!("{path} is not a text"))
}

/// Partition key and sort key of a table or an index.
fn keys<'a>(node: &'a Yaml<'a>) -> [&'a str; 2] {
    let keys = list(node, "KeySchema");
    assert_eq!(text(&keys[0], "KeyType"), "HASH");
    assert_eq!(text(&keys[1], "KeyType"), "RANGE");
    [text(&keys[0], "AttributeName"), text(&keys[1], "AttributeName")]
}

#[test]
fn the_table_of_the_template_is_the_table_of_the_code() {
    template(|template| {
        let found = at(template, "Resources/Table/Properties");
        assert_eq!(keys(found), [table::PARTITION, table::SORT]);
        assert_eq!(text(found, "TimeToLiveSpecification/AttributeName"), table::TTL);
        let indexes = list(found, "GlobalSecondaryIndexes");
        assert_eq!(indexes.len(), table::INDEXES.len());
        for (found, index) in indexes.iter().zip(table::INDEXES) {
            assert_eq!(text(found, "IndexName"), index.name);
            assert_eq!(keys(found), [index.partition, index.sort]);
            let kind = text(found, "Projection/ProjectionType");
            if index.projected.is_empty() {
                assert_eq!(kind, "KEYS_ONLY", "{}", index.name);
            } else {
                assert_eq!(kind, "INCLUDE", "{}", index.name);
                let projected: Vec<_> = list(found, "Projection/NonKeyAttributes")
                    .iter()
                    .filter_map(Yaml::as_str)
                    .collect();
                assert_eq!(projected, index.projected, "{}", index.name);
            }
        }
    });
}

#[test]
fn what_is_kept_is_guarded() {
    template(|template| {
        let found = at(template, "Resources/Table");
        assert_eq!(text(found, "DeletionPolicy"), "Retain");
        for switch in [
            "DeletionProtectionEnabled",
            "PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled",
            "SSESpecification/SSEEnabled",
        ] {
            assert_eq!(at(at(found, "Properties"), switch).as_bool(), Some(true), "{switch}");
        }
        // The stream shows keys and no text.
        assert_eq!(text(found, "Properties/StreamSpecification/StreamViewType"), "KEYS_ONLY");
    });
}

#[test]
fn every_variable_that_the_functions_need_is_set_and_no_other() {
    template(|template| {
        let mut set = BTreeSet::new();
        for path in ["Globals/Function", "Resources/Submit/Properties"] {
            let variables = at(at(template, path), "Environment/Variables").as_mapping();
            set.extend(variables.into_iter().flat_map(|map| map.keys()).filter_map(Yaml::as_str));
        }
        for (name, required, purpose) in VARIABLES {
            assert!(!required || set.contains(name), "{name} is not set: {purpose}");
        }
        let known = VARIABLES.map(|(name, ..)| name);
        for name in set {
            assert!(known.contains(&name), "{name} is read by nobody");
        }
    });
}

#[test]
fn the_addresses_of_the_function_go_to_the_function_and_those_of_the_site_do_not() {
    template(|template| {
        let config = at(template, "Resources/Distribution/Properties/DistributionConfig");
        let patterns: BTreeSet<_> = list(config, "CacheBehaviors")
            .iter()
            .map(|behaviour| text(behaviour, "PathPattern"))
            .collect();
        let of_a_form = ["controle", "verstuur", "ontvangen/*", "code"];
        let of_forms: Vec<String> = ["vraag", "meedoen"]
            .iter()
            .flat_map(|form| of_a_form.map(|path| format!("/{form}/{path}")))
            .collect();
        let others = [
            "/vraag/status/*",
            "/link",
            "/openapi.json",
            "/inzage/*",
            "/inloggen",
            "/inloggen/*",
            "/uitloggen",
            "/inbox",
            "/inbox/*",
            "/partner/*",
        ];
        let expected = of_forms.iter().map(String::as_str).chain(others);
        let of_the_search: BTreeSet<String> = headers()
            .into_iter()
            .map(|(path, _)| path)
            .filter(|path| !path.ends_with('*'))
            .collect();
        let of_the_search = of_the_search.iter().map(String::as_str);
        let all = expected.chain(of_the_search);
        assert_eq!(patterns, all.collect());
        assert!(config.as_mapping_get("Logging").is_none(), "an access log would hold tokens");
        assert!(config.as_mapping_get("CustomErrorResponses").is_none(), "would hide our pages");
    });
}

/// Addresses of `dist/host/headers.json` of Oss, with the headers of each.
fn headers() -> Vec<(String, BTreeMap<String, String>)> {
    let project = Project::of_oss();
    let file =
        std::fs::read_to_string(project.build().join("host/headers.json")).expect("the headers");
    let rules: serde_json::Value = serde_json::from_str(&file).expect("JSON");
    let rules = rules.as_array().expect("a list");
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    rules
        .iter()
        .map(|rule| {
            let all = rule["headers"].as_object().expect("headers");
            let all = all.iter().map(|(name, value)| (name.clone(), text(value)));
            (text(&rule["path"]), all.collect())
        })
        .collect()
}

/// The resource whose headers a behaviour sends, its own or that of the behaviour it repeats.
fn headers_of(behaviour: &Yaml) -> String {
    const KEY: &str = "ResponseHeadersPolicyId";
    let repeated = || behaviour.as_mapping_get("<<").and_then(|other| other.as_mapping_get(KEY));
    let named = behaviour.as_mapping_get(KEY).or_else(repeated).expect("headers");
    let found = ["SiteHeaders", "SearchHeaders", "WorkerHeaders"]
        .into_iter()
        .find(|name| format!("{named:?}").contains(name));
    found.expect("a policy of the template").to_owned()
}

#[test]
fn every_address_of_the_site_is_sent_with_the_headers_that_the_generator_wrote_down() {
    let rules = headers();
    assert!(rules.iter().any(|(path, _)| path == "/search/worker.js"), "the search is tested too");
    template(|template| {
        let config = at(template, "Resources/Distribution/Properties/DistributionConfig");
        let behaviours = list(config, "CacheBehaviors");
        for (path, wanted) in rules.iter().filter(|(path, _)| path != "/assets/*") {
            let own = behaviours.iter().find(|behaviour| text(behaviour, "PathPattern") == path);
            let behaviour = own.unwrap_or_else(|| at(config, "DefaultCacheBehavior"));
            assert!(own.is_some() || path == "/*", "{path} has no behaviour of its own");
            let policy = format!("Resources/{}/Properties", headers_of(behaviour));
            let policy = at(at(template, &policy), "ResponseHeadersPolicyConfig");
            let security = at(policy, "SecurityHeadersConfig");
            let csp = "ContentSecurityPolicy/ContentSecurityPolicy";
            assert_eq!(text(security, csp), wanted["content-security-policy"], "{path}");
            assert_eq!(
                text(security, "ReferrerPolicy/ReferrerPolicy"),
                wanted["referrer-policy"],
                "{path}"
            );
            let transport = at(security, "StrictTransportSecurity");
            let seconds = at(transport, "AccessControlMaxAgeSec").as_integer().expect("seconds");
            let told = format!("max-age={seconds}; includeSubDomains; preload");
            assert_eq!(told, wanted["strict-transport-security"], "{path}");
            for switch in ["IncludeSubdomains", "Preload"] {
                assert_eq!(at(transport, switch).as_bool(), Some(true), "{path} {switch}");
            }
            for header in list(policy, "CustomHeadersConfig/Items") {
                assert_eq!(text(header, "Value"), wanted[text(header, "Header")], "{path}");
            }
            assert_eq!(list(policy, "CustomHeadersConfig/Items").len(), 2, "{path}");
        }
    });
}

#[test]
fn no_policy_allows_everything() {
    template(|template| {
        for role in ["SubmitRole", "DeliverRole"] {
            let policies = list(template, &format!("Resources/{role}/Properties/Policies"));
            for statement in policies.iter().flat_map(|one| list(one, "PolicyDocument/Statement")) {
                let actions = at(statement, "Action");
                let single = actions.as_str().into_iter();
                let many = actions.as_sequence().into_iter().flatten().filter_map(Yaml::as_str);
                let actions: Vec<_> = single.chain(many).collect();
                assert!(!actions.is_empty());
                assert!(actions.iter().all(|action| !action.contains('*')), "{role}: {actions:?}");
                let never = ["dynamodb:Scan", "dynamodb:DeleteTable"];
                assert!(!actions.iter().any(|action| never.contains(action)), "{role}");
                // Erasing on the day is the work of `deliver`; what strangers reach erases nothing.
                let deletes = actions.contains(&"dynamodb:DeleteItem");
                assert!(!deletes || role == "DeliverRole", "{role}");
                if at(statement, "Resource").as_str() == Some("*") {
                    assert_eq!(actions, ["dynamodb:ListStreams"], "{role}");
                }
            }
        }
    });
}

/// Names of the kinds of events, in small letters, in order.
fn kinds(node: &Yaml, path: &str) -> BTreeSet<String> {
    list(node, path).iter().filter_map(Yaml::as_str).map(str::to_lowercase).collect()
}

/// What the mail service tells, what is passed on, and what is understood.
#[test]
fn every_event_of_the_mail_service_that_is_sent_is_understood() {
    template(|template| {
        let destination = "Resources/MailEvents/Properties/EventDestination/MatchingEventTypes";
        let rule = "Resources/Deliver/Properties/Events/MailTold/Properties/Pattern";
        assert_eq!(list(at(template, rule), "source")[0].as_str(), Some("aws.ses"));
        let passed = format!("{rule}/detail/eventType");
        assert_eq!(kinds(template, destination), kinds(template, &passed));
        for kind in list(template, &passed).iter().filter_map(Yaml::as_str) {
            let event = serde_json::json!({"source": "aws.ses", "detail": {
                "eventType": kind, "mail": {"tags": {"outbox": ["01KAR4TQ00ABCDEFGHJKMNPQRS"]}}}});
            assert!(forms_fn::stream::notification(&event).is_some(), "{kind}");
        }
    });
}

/// What a role may do with the table, from the words of its policy.
fn allowed(template: &Yaml, role: &str) -> BTreeSet<String> {
    let policies = list(template, &format!("Resources/{role}/Properties/Policies"));
    policies
        .iter()
        .flat_map(|policy| list(policy, "PolicyDocument/Statement"))
        .filter_map(|statement| at(statement, "Action").as_sequence())
        .flatten()
        .filter_map(Yaml::as_str)
        .map(str::to_owned)
        .collect()
}

/// A policy that lacks an action is found in the cloud only, by the first resident who needs it. A
/// transaction needs the action of each of its parts.
#[test]
fn every_role_may_do_what_its_code_does() {
    let calls = [
        (".get_item()", "dynamodb:GetItem"),
        (".query()", "dynamodb:Query"),
        (".put_item()", "dynamodb:PutItem"),
        ("TransactWriteItem::builder().put(", "dynamodb:PutItem"),
        (".delete_item()", "dynamodb:DeleteItem"),
        (".update_item()", "dynamodb:UpdateItem"),
        ("Update::builder()", "dynamodb:UpdateItem"),
    ];
    let store = root().join("forms-fn/src/store/dynamodb");
    template(|template| {
        let deliver = [
            "mod.rs",
            "outbox.rs",
            "told.rs",
            "limits.rs",
            "signup.rs",
            "erase.rs",
            "timers.rs",
            "step.rs",
            "list.rs",
            "lost.rs",
            "facts.rs",
        ];
        let submit = [
            "mod.rs",
            "keep.rs",
            "step.rs",
            "subject.rs",
            "count.rs",
            "signup.rs",
            "session.rs",
            "trail.rs",
            "list.rs",
            "lost.rs",
            "facts.rs",
        ];
        for (role, files) in [("SubmitRole", submit.as_slice()), ("DeliverRole", &deliver)] {
            let allowed = allowed(template, role);
            let mut used = 0;
            for file in files {
                let code = std::fs::read_to_string(store.join(file)).expect("code of the store");
                for (call, action) in calls.iter().filter(|(call, _)| code.contains(call)) {
                    used += 1;
                    assert!(
                        allowed.contains(*action),
                        "{role} lacks {action} for {call} of {file}"
                    );
                }
            }
            assert!(used >= 4, "{role}: only {used} kinds of calls were found");
            // An index is a resource of its own.
            let policies = list(template, &format!("Resources/{role}/Properties/Policies"));
            let words = format!("{policies:?}");
            for (index, name) in [("table::LISTS.name", "gsi1"), ("table::WORK.name", "gsi2")] {
                let reads = files.iter().any(|file| {
                    let code = std::fs::read_to_string(store.join(file)).expect("code");
                    code.contains(index)
                });
                assert!(reads && words.contains(&format!("/index/{name}")), "{role} {name}");
            }
        }
    });
}
