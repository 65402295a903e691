//! What strangers and accidents bring: each gets a clear answer, nothing is lost, nothing panics.

use tests::post::{Answer, get, post, post_raw};
use tests::preview::Preview;
use tests::project::Project;

fn preview() -> (Project, Preview) {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    (project, preview)
}

/// A whole page in Dutch, and the preview still runs without a panic.
fn is_a_page(preview: &Preview, answer: &Answer) {
    assert!(answer.content_type.starts_with("text/html"), "{answer:?}");
    assert!(answer.body.contains("<html lang=\"nl\"") && answer.body.contains("</html>"));
    assert!(!preview.said().contains("panicked"), "{}", preview.said());
    assert_eq!(get(&format!("{}/", preview.address)).status, 200);
}

#[test]
fn a_port_in_use_is_said_with_what_to_do() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("a bound port").port().to_string();
    let outcome = Project::of_oss().run(&["serve", "--port", &port]);
    assert_eq!(outcome.code, 2);
    assert!(
        outcome.stderr.contains(&format!("Poort {port} is al in gebruik")),
        "{}",
        outcome.stderr
    );
    assert!(outcome.stderr.contains("--port"), "{}", outcome.stderr);
}

#[test]
fn a_data_folder_that_cannot_be_written_is_said_before_anybody_types() {
    let project = Project::of_oss();
    // A file in the folder's place: the one obstacle that also stops an administrator.
    std::fs::write(project.path().join("bezet"), "").expect("our own folder");
    let outcome = project.run(&["serve", "--port", "0", "--data", "bezet"]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.stderr.contains("bezet kan niets bewaard worden"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("--data"), "{}", outcome.stderr);
}

#[test]
fn a_database_that_is_no_database_is_said() {
    let project = Project::of_oss();
    let data = project.path().join(".nieuwe-buren");
    std::fs::create_dir_all(&data).expect("our own folder");
    std::fs::write(data.join("vragen.sqlite"), "this is no database at all, not even a little")
        .expect("our own folder");
    let outcome = project.run(&["serve", "--port", "0"]);
    assert_eq!(outcome.code, 2, "{}", outcome.stderr);
    assert!(
        outcome.stderr.starts_with("let op") || outcome.stderr.contains("fout:"),
        "{}",
        outcome.stderr
    );
    assert!(!outcome.stderr.contains("panicked"), "{}", outcome.stderr);
}

#[test]
fn a_megabyte_is_refused_with_a_page() {
    let (_project, preview) = preview();
    let body = format!("vraag={}", "a".repeat(1_000_000));
    for path in ["/vraag/controle", "/vraag/verstuur"] {
        let answer = post_raw(&format!("{}{path}", preview.address), body.as_bytes());
        assert_eq!(answer.status, 413);
        is_a_page(&preview, &answer);
    }
}

#[test]
fn random_bytes_get_a_page_and_never_a_receipt() {
    let (_project, preview) = preview();
    // A fixed seed: the same bytes in every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..200 {
        let body: Vec<u8> = (0..(round * 7) % 900)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_le_bytes()[3]
            })
            .collect();
        let path = if round % 2 == 0 { "/vraag/controle" } else { "/vraag/verstuur" };
        let answer = post_raw(&format!("{}{path}", preview.address), &body);
        assert!((400..500).contains(&answer.status), "{} for {body:?}", answer.status);
        assert!(answer.body.contains("</html>"));
    }
    is_a_page(&preview, &get(&format!("{}/vraag/code", preview.address)));
    assert!(preview.mails().is_empty());
}

#[test]
fn line_ends_in_an_address_add_no_header_and_no_reader() {
    let (_project, preview) = preview();
    for evil in
        ["a@voorbeeld.example\r\nBcc: b@voorbeeld.example", "a@voorbeeld.example\nx", "\ra@b.nl"]
    {
        let fields = [("vraag", "Hoe help ik mee?"), ("email", evil), ("delen", "ja")];
        let answer = post(&format!("{}/vraag/controle", preview.address), &fields);
        // Around an address white space is dropped, as people paste it; inside it is a mistake.
        assert!(answer.status == 422 || evil.trim() != evil, "{evil:?}");
        assert!(answer.body.contains("Hoe help ik mee?"), "the question is kept");
        is_a_page(&preview, &answer);
    }
    assert!(preview.mails().is_empty());
}

#[test]
fn a_field_twice_and_an_unknown_topic_keep_what_was_typed() {
    let (_project, preview) = preview();
    let twice = [("vraag", "Eerste tekst"), ("vraag", "Tweede tekst"), ("naam", "Sam")];
    let answer = post(&format!("{}/vraag/controle", preview.address), &twice);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Eerste tekst") && answer.body.contains("Sam"), "{}", answer.body);
    is_a_page(&preview, &answer);
    let unknown = [("vraag", "Mijn vraag"), ("onderwerp", "geheim")];
    let answer = post(&format!("{}/vraag/controle", preview.address), &unknown);
    assert_eq!(answer.status, 422);
    assert!(answer.body.contains("Mijn vraag"), "{}", answer.body);
    is_a_page(&preview, &answer);
}

#[test]
fn a_question_of_another_site_is_refused() {
    let (_project, preview) = preview();
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answer = agent
        .post(format!("{}/vraag/controle", preview.address))
        .header("origin", "https://elders.example")
        .header("content-type", "application/x-www-form-urlencoded")
        .send("vraag=Hallo")
        .expect("the preview answers");
    assert_eq!(answer.status().as_u16(), 403);
}
