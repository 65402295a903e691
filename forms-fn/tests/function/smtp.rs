//! The SMTP adapter before a real mail server: what it answers, and what is said without TLS.

use std::ffi::OsStr;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use forms_fn::mail::smtp::Smtp;
use forms_fn::mail::{Mail, Mailer, NotSent};
use jiff::Timestamp;

use crate::world::START;
use crate::world::sink::Sink;

pub fn smtp(url: &str) -> Smtp {
    let start: Timestamp = START.parse().unwrap();
    let smtp = Smtp::open(url, "post@oss.example", Arc::new(move || start)).unwrap();
    smtp.within(Duration::from_secs(2))
}

fn mail(to: &str) -> Mail {
    let body = || "Goedendag".to_owned();
    Mail::new(to, "Uw vraag", body(), body(), &[], "01KAR4TQ00ABCDEFGHJKMNPQRS").unwrap()
}

#[tokio::test]
async fn what_a_mail_server_answers_becomes_a_word_without_an_address() {
    let mut sink = Sink::start();
    let plain = smtp(&format!("smtp://127.0.0.1:{}", sink.port));
    let answer = async |to: &str| plain.send(&mail(to)).await;
    assert_eq!(answer("refuse@buurt.example").await, Err(NotSent::mail("mail refused")));
    assert_eq!(answer("later@buurt.example").await, Err(NotSent::mail("mail server busy")));
    assert_eq!(answer("hang@buurt.example").await, Err(NotSent::mail("mail server timed out")));
    assert_eq!(answer("no address").await, Err(NotSent::mail("address not usable")));
    assert_eq!(answer("jo@buurt.example").await, Ok(()));
    assert_eq!(sink.next()["to"][0], "jo@buurt.example", "and nothing of the others");

    let nobody = smtp("smtp://127.0.0.1:9");
    let refused = nobody.send(&mail("jo@buurt.example")).await;
    assert_eq!(refused, Err(NotSent::service("mail server not reached")));
}

#[tokio::test]
async fn without_a_trusted_certificate_nothing_is_said() {
    let mut sink = Sink::start();
    // This server speaks no TLS; who asked for TLS does not go on without.
    let secure = smtp(&format!("smtps://post:geheim@127.0.0.1:{}", sink.port));
    let refused = secure.send(&mail("jo@buurt.example")).await.err().unwrap();
    assert_eq!(refused, NotSent::service("mail server not trusted"));
    let plain = smtp(&format!("smtp://127.0.0.1:{}", sink.port));
    assert_eq!(plain.send(&mail("an@buurt.example")).await, Ok(()));
    assert_eq!(sink.next()["to"][0], "an@buurt.example", "the first mail that arrived");
}

/// Certificate and key of a server that calls itself localhost, as an office makes them.
fn certificate(folder: &std::path::Path) -> [std::path::PathBuf; 2] {
    let [certificate, key] = ["certificate.pem", "key.pem"].map(|name| folder.join(name));
    let made = Command::new("openssl")
        .args(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -noenc -days 2".split(' '),
        )
        .args(["-config", "/dev/null", "-subj", "/CN=localhost"])
        .args(["-addext", "subjectAltName=DNS:localhost"])
        .args([OsStr::new("-keyout"), key.as_os_str(), OsStr::new("-out"), certificate.as_os_str()])
        .output();
    let made = made.expect("openssl: tests/run installs it");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    [certificate, key]
}

/// Which certificates a machine trusts is read from its environment. So this test runs itself once
/// more, as a process that trusts this one, and sends there.
#[test]
fn over_tls_a_trusted_server_gets_password_and_mail() {
    const URL: &str = "NB_TEST_SMTP_URL";
    if let Ok(url) = std::env::var(URL) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let sent = runtime.block_on(smtp(&url).send(&mail("jo@buurt.example")));
        return assert_eq!(sent, Ok(()));
    }
    let folder = std::env::temp_dir().join(format!("nieuwe-buren-smtp-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let [certificate, key] = certificate(&folder);
    for (mode, scheme, end) in [("smtps", "smtps", ""), ("starttls", "smtp", "?tls=required")] {
        let mut sink = Sink::wanting(&[mode.as_ref(), certificate.as_ref(), key.as_ref()]);
        let send = |password: &str, trusted: &OsStr| {
            let url = format!("{scheme}://post:{password}@localhost:{}{end}", sink.port);
            let name = "smtp::over_tls_a_trusted_server_gets_password_and_mail";
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", name])
                .env(URL, url)
                .env("SSL_CERT_FILE", trusted)
                .output()
                .unwrap()
        };
        let refused = |output: std::process::Output, cause: &str| {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(!output.status.success() && said.contains(cause), "{mode}: {said}");
        };
        refused(send("ge:heim%C3%A9", "/dev/null".as_ref()), "mail server not trusted");
        refused(send("wrong", certificate.as_ref()), "mail server refused the password");
        let sent = send("ge:heim%C3%A9", certificate.as_ref());
        assert!(sent.status.success(), "{mode}: {}", String::from_utf8_lossy(&sent.stdout));
        let got = sink.next();
        assert_eq!((&got["tls"], &got["to"][0]), (&true.into(), &"jo@buurt.example".into()));
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
