//! The two binaries of the cloud against a stand-in of its runtime, with recorded events.

use axum::http::StatusCode;
use dynoxide::{Database, server};
use forms_fn::store::{Store, local_client};
use serde_json::{Value, json};
use tests::lambda::Function;
use tests::project::Project;

const SECRET: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const TABLE: &str = "nieuwe-buren";
const COLLEAGUE: &str = "jan@voorbeeld.example";

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
                ("FORMS_STAFF", COLLEAGUE),
                ("FORMS_BASE_URL", "https://nieuweburen.example"),
                ("FORMS_BUNDLE", bundle.to_str().expect("a plain path")),
                ("AWS_ENDPOINT_URL_DYNAMODB", &self.dynamodb),
                ("AWS_ENDPOINT_URL_SESV2", &self.ses),
            ],
        )
        .await
    }

    /// What the table's stream would say of every mail that was ever owed.
    async fn records(&self) -> Vec<Value> {
        let client = local_client(&self.dynamodb);
        let items = client.scan().table_name(TABLE).send().await.expect("items");
        let keys = items.items().iter().filter_map(|item| item.get("pk")?.as_s().ok());
        keys.filter(|key| key.starts_with("OUT#")).map(|key| record(key)).collect()
    }

    /// The mails that were sent since the last look.
    fn mails(&mut self) -> Vec<Value> {
        std::iter::from_fn(|| self.sent.try_recv().ok()).collect()
    }
}

fn record(key: &str) -> Value {
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

/// The event of a browser that keeps the cookies of an earlier answer.
fn with_cookies(mut event: Value, answer: &Value) -> Value {
    let set = answer["cookies"].as_array().expect("an answer that sets cookies").iter();
    let pairs = set.filter_map(|cookie| cookie.as_str()?.split(';').next());
    event["cookies"] = pairs.collect::<Vec<_>>().into();
    event
}

fn recipient(mail: &Value) -> &str {
    mail["Destination"]["ToAddresses"][0].as_str().expect("a recipient")
}

/// The path of the link in a mail.
fn path(mail: &Value) -> String {
    let text = mail["Content"]["Simple"]["Body"]["Text"]["Data"].as_str().expect("a text part");
    let mut words = text.split_whitespace();
    let link = words.find_map(|word| word.strip_prefix("https://nieuweburen.example/"));
    format!("/{}", link.expect("a link"))
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

    let records = cloud.records().await;
    assert_eq!(records.len(), 2, "one mail for VluchtelingenWerk, one for the resident");

    let mut deliver = cloud.start("deliver").await;
    let answer = deliver.invoke(json!({ "Records": records })).await;
    println!("deliver: process start to first answer {:?}", deliver.age());
    assert_eq!(answer["batchItemFailures"], json!([]), "{answer}");
    let mails = cloud.mails();
    for mail in &mails {
        assert!(!mail.to_string().contains("kan ik helpen"), "the question is in a mail: {mail}");
    }
    let mut to: Vec<&str> = mails.iter().map(recipient).collect();
    to.sort_unstable();
    assert_eq!(to, ["bewoner@voorbeeld.example", "vragen@voorbeeld.example"]);

    // A colleague signs in by a mailed link, and reads the question behind the mail's link.
    let staff = mails.iter().find(|mail| recipient(mail) == "vragen@voorbeeld.example");
    let case = path(staff.expect("a mail for staff"));
    assert!(case.starts_with("/inbox/vraag/"), "{case}");
    let sent_away = submit.invoke(request("GET", &case, None)).await;
    assert_eq!(sent_away["headers"]["location"], format!("/inloggen?naar={case}"));
    let asked = format!("email={}&naar={case}", COLLEAGUE.replace('@', "%40"));
    let asked = submit.invoke(request("POST", "/inloggen", Some(&asked))).await;
    assert_eq!(asked["statusCode"], 303, "{asked}");
    let answer = deliver.invoke(json!({ "Records": cloud.records().await })).await;
    assert_eq!(answer["batchItemFailures"], json!([]), "{answer}");
    let mails = cloud.mails();
    assert_eq!(mails.iter().map(recipient).collect::<Vec<_>>(), [COLLEAGUE], "no mail goes twice");
    let enter = with_cookies(request("POST", &path(&mails[0]), Some("")), &asked);
    let entered = submit.invoke(enter).await;
    assert_eq!(entered["headers"]["location"], case.as_str(), "{entered}");
    let open = with_cookies(request("POST", &case, Some("doe=openen")), &entered);
    let opened = submit.invoke(open).await;
    let place = opened["headers"]["location"].as_str().expect("the page of the opened question");
    let (_, query) = place.split_once('?').expect("a mark");
    let mut look = with_cookies(request("GET", &case, None), &entered);
    look["rawQueryString"] = query.into();
    let shown = submit.invoke(look).await;
    assert!(body(&shown).contains("Hoe kan ik helpen?"), "{shown}");

    // The clock finds nothing more to do.
    let swept = deliver.invoke(json!({ "source": "aws.scheduler", "detail": {} })).await;
    assert_eq!(swept, json!({}));
    assert!(cloud.sent.try_recv().is_err(), "a mail was sent twice");

    for said in [submit.said().await, deliver.said().await] {
        assert!(
            !said.contains("helpen") && !said.contains("bewoner@") && !said.contains("jan@"),
            "{said}"
        );
    }
}

#[tokio::test]
async fn a_function_that_lacks_its_settings_says_which() {
    let mut function = Function::start("submit", &[("FORMS_TABLE", TABLE)]).await;
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let said = function.said().await;
    for name in ["FORMS_SECRET", "FORMS_SENDER", "FORMS_MAILBOXES", "FORMS_STAFF", "FORMS_BASE_URL"]
    {
        assert!(said.contains(name), "{name} is not in {said}");
    }
    assert!(!said.contains("FORMS_TABLE is not set"), "{said}");
}
