//! The two binaries of the cloud against a stand-in of its runtime, with recorded events.

use axum::http::StatusCode;
use dynoxide::{Database, server};
use forms_fn::store::{Store, local_client};
use serde_json::{Value, json};
use tests::lambda::Function;
use tests::project::Project;

const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const TABLE: &str = "nieuwe-buren";

/// Table, bundle, and the mail service's address; in place of the account.
struct Cloud {
    project: Project,
    dynamodb: String,
    ses: String,
    sent: tokio::sync::mpsc::UnboundedReceiver<Value>,
    _stop: tokio::sync::oneshot::Sender<()>,
}

impl Cloud {
    async fn new() -> Self {
        let project = Project::of_oss();
        project.build();
        let database = Database::memory().expect("memory");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let dynamodb = format!("http://{}", listener.local_addr().expect("a bound port"));
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        tokio::spawn(async move {
            let ended = async {
                let _ = stopped.await;
            };
            server::serve_with_shutdown(listener, database, ended).await
        });
        Store::new(local_client(&dynamodb), TABLE).create_table().await.expect("a table");
        let (ses, sent) = mail_service().await;
        Self { project, dynamodb, ses, sent, _stop: stop }
    }

    async fn start(&self, name: &str) -> Function {
        let bundle = self.project.path().join("dist/forms");
        Function::start(
            name,
            &[
                ("FORMS_TABLE", TABLE),
                ("FORMS_SECRET", SECRET),
                ("FORMS_SENDER", "nieuwe-buren@voorbeeld.example"),
                ("FORMS_MAILBOXES", "vluchtelingenwerk=vragen@voorbeeld.example"),
                ("FORMS_BASE_URL", "https://nieuweburen.example"),
                ("FORMS_BUNDLE", bundle.to_str().expect("a plain path")),
                ("AWS_ENDPOINT_URL_DYNAMODB", &self.dynamodb),
                ("AWS_ENDPOINT_URL_SESV2", &self.ses),
            ],
        )
        .await
    }
}

/// Takes what would be sent, as SES v2 does.
async fn mail_service() -> (String, tokio::sync::mpsc::UnboundedReceiver<Value>) {
    let (keep, sent) = tokio::sync::mpsc::unbounded_channel();
    let take = move |body: String| {
        let keep = keep.clone();
        async move {
            let mail = serde_json::from_str(&body).unwrap_or(Value::Null);
            let _ = keep.send(mail);
            (StatusCode::OK, [("content-type", "application/json")], "{\"MessageId\":\"1\"}")
        }
    };
    let app = axum::Router::new().route("/v2/email/outbound-emails", axum::routing::post(take));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("a bound port"));
    tokio::spawn(async move { axum::serve(listener, app).await });
    (address, sent)
}

/// An event of an HTTP API in payload format 2.0, as API Gateway documents it.
fn request(method: &str, path: &str, body: Option<&str>) -> Value {
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {
            "content-type": "application/x-www-form-urlencoded",
            "host": "nieuweburen.example",
            "origin": "https://nieuweburen.example",
            "x-forwarded-for": "192.0.2.1",
            "x-forwarded-proto": "https"
        },
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "api",
            "domainName": "nieuweburen.example",
            "domainPrefix": "nieuweburen",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1",
                "userAgent": "test"
            },
            "requestId": "id",
            "routeKey": "$default",
            "stage": "$default",
            "time": "23/Nov/2026:09:00:00 +0000",
            "timeEpoch": 1_795_424_400_000_u64
        },
        "body": body,
        "isBase64Encoded": false
    })
}

fn body(answer: &Value) -> &str {
    answer["body"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn a_question_comes_in_through_submit_and_goes_out_through_deliver() {
    let mut cloud = Cloud::new().await;
    let mut submit = cloud.start("submit").await;

    let code = submit.invoke(request("GET", "/vraag/code", None)).await;
    println!("submit: process start to first answer {:?}", submit.age());
    assert_eq!(code["statusCode"], 200, "{code}");
    assert!(body(&code).contains("<html lang=\"nl\""), "{code}");

    let typed = "vraag=Hoe+kan+ik+helpen%3F&email=bewoner%40voorbeeld.example";
    let check = submit.invoke(request("POST", "/vraag/controle", Some(typed))).await;
    assert_eq!(check["statusCode"], 200, "{check}");
    let nonce = body(&check)
        .split("name=\"nonce\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("a nonce");
    let send = format!("{typed}&delen=nee&lang=nl&nonce={nonce}");
    let sent = submit.invoke(request("POST", "/vraag/verstuur", Some(&send))).await;
    assert_eq!(sent["statusCode"], 303, "{sent}");
    let again = submit.invoke(request("POST", "/vraag/verstuur", Some(&send))).await;
    assert_eq!(sent["headers"]["location"], again["headers"]["location"], "one case");

    // What the table's stream would say of the new items.
    let items = local_client(&cloud.dynamodb).scan().table_name(TABLE).send().await.expect("items");
    let records: Vec<Value> = items
        .items()
        .iter()
        .filter_map(|item| item.get("pk")?.as_s().ok())
        .filter(|key| key.starts_with("OUT#"))
        .map(|key| {
            json!({
                "eventID": "1",
                "eventName": "INSERT",
                "eventVersion": "1.1",
                "eventSource": "aws:dynamodb",
                "awsRegion": "eu-central-1",
                "dynamodb": {
                    "Keys": { "pk": { "S": key }, "sk": { "S": "OUT" } },
                    "SequenceNumber": "111",
                    "SizeBytes": 26,
                    "StreamViewType": "KEYS_ONLY"
                },
                "eventSourceARN": "arn:aws:dynamodb:eu-central-1:000000000000:table/t/stream/s"
            })
        })
        .collect();
    assert_eq!(records.len(), 2, "one mail for VluchtelingenWerk, one for the resident");

    let mut deliver = cloud.start("deliver").await;
    let answer = deliver.invoke(json!({ "Records": records })).await;
    println!("deliver: process start to first answer {:?}", deliver.age());
    assert_eq!(answer["batchItemFailures"], json!([]), "{answer}");
    let mut to: Vec<String> = Vec::new();
    while let Ok(mail) = cloud.sent.try_recv() {
        to.push(mail["Destination"]["ToAddresses"][0].as_str().unwrap_or_default().to_owned());
        assert!(!mail.to_string().contains("kan ik helpen"), "the question is in a mail: {mail}");
    }
    to.sort();
    assert_eq!(to, ["bewoner@voorbeeld.example", "vragen@voorbeeld.example"]);

    // The clock finds nothing more to do.
    let swept = deliver.invoke(json!({ "source": "aws.scheduler", "detail": {} })).await;
    assert_eq!(swept, json!({}));
    assert!(cloud.sent.try_recv().is_err(), "a mail was sent twice");

    for said in [submit.said().await, deliver.said().await] {
        assert!(!said.contains("helpen") && !said.contains("bewoner@"), "{said}");
    }
}

#[tokio::test]
async fn a_function_that_lacks_its_settings_says_which() {
    let mut function = Function::start("submit", &[("FORMS_TABLE", TABLE)]).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let said = function.said().await;
    for name in ["FORMS_SECRET", "FORMS_SENDER", "FORMS_MAILBOXES", "FORMS_BASE_URL"] {
        assert!(said.contains(name), "{name} is not in {said}");
    }
    assert!(!said.contains("FORMS_TABLE is not set"), "{said}");
}
