//! An editor saves, and sees.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tests::browser::Browser;
use tests::post::{get, post};
use tests::preview::{Preview, wait_until};
use tests::project::{Project, files};

const PAGE: &str = "content/pages/zo-werkt-het.nl.md";
const TITLE: &str = "title = \"Zo werkt het\"";
const NEW_TITLE: &str = "title = \"Zo gaat het\"";
/// Long enough for a busy machine; a test that waits this long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

#[test]
fn what_is_saved_is_shown_and_a_mistake_leaves_the_last_good_site() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let page = || get(&format!("{}/zo-werkt-het/", preview.address));
    assert!(page().body.contains("<h1>Zo werkt het</h1>"));

    project.edit(PAGE, TITLE, NEW_TITLE);
    wait_until("the new title is not shown", || page().body.contains("<h1>Zo gaat het</h1>"));
    wait_until("nothing was said", || preview.said().contains("zo-werkt-het.nl.md:"));

    project.edit(PAGE, NEW_TITLE, "titel = \"Zo niet\"");
    wait_until("the mistake is not told", || preview.said().contains("Bedoelt u `title`?"));
    assert!(page().body.contains("<h1>Zo gaat het</h1>"));

    project.edit(PAGE, "titel = \"Zo niet\"", TITLE);
    wait_until("the repair is not shown", || page().body.contains("<h1>Zo werkt het</h1>"));
}

#[test]
fn the_preview_speaks_english_to_whoever_asks_for_it() {
    let project = Project::of_oss();
    let preview = Preview::speaking(&project, "en");
    project.edit(PAGE, TITLE, "titel = \"Zo niet\"");
    wait_until("the mistake is not told", || preview.said().contains("good site stays"));
    let said = preview.said();
    assert!(said.contains("error: Unknown key `titel`."), "{said}");
    for dutch in ["fout", "doe dit", "Bedoelt", "pagina", "opslaat", "De mailbox"] {
        assert!(!said.contains(dutch), "{dutch}: {said}");
    }
}

#[test]
fn a_change_in_the_form_holds_for_page_and_function_without_a_restart() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let form = || get(&format!("{}/vraag/", preview.address)).body;
    let check = || {
        let fields = [("vraag", "Mag ik aanbellen?"), ("naam", "Jo van der Veen")];
        post(&format!("{}/vraag/controle", preview.address), &fields).status
    };
    assert_eq!(check(), 200);
    project.edit("content/forms/vraag.toml", "max_chars = 100", "max_chars = 5");
    wait_until("the page does not know", || form().contains("maxlength=\"5\""));
    assert_eq!(check(), 422);
}

#[test]
fn no_page_is_ever_gone_or_half_while_the_site_is_made_anew() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let ended = Arc::new(AtomicBool::new(false));
    let reader = {
        let (address, ended) = (preview.address.clone(), Arc::clone(&ended));
        std::thread::spawn(move || {
            let mut read = 0;
            while !ended.load(Ordering::SeqCst) {
                for path in ["/", "/zo-werkt-het/", "/vraag/"] {
                    let answer = get(&format!("{address}{path}"));
                    assert_eq!(answer.status, 200, "{path}");
                    assert!(answer.body.trim_end().ends_with("</html>"), "{path} is torn");
                    read += 1;
                }
            }
            read
        })
    };
    for round in 0..8 {
        let title = format!("title = \"Ronde {round}\"");
        let before =
            if round == 0 { TITLE.to_owned() } else { format!("title = \"Ronde {}\"", round - 1) };
        project.edit(PAGE, &before, &title);
        let page = || get(&format!("{}/zo-werkt-het/", preview.address)).body;
        wait_until("a round is not shown", || page().contains(&format!("<h1>Ronde {round}</h1>")));
    }
    ended.store(true, Ordering::SeqCst);
    assert!(reader.join().expect("no page was gone or torn") > 0);
}

#[tokio::test]
async fn an_open_page_follows_by_itself_and_shows_mistakes_over_the_last_good_site() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let browser = Browser::open().await;
    browser.go(&format!("{}/zo-werkt-het/", preview.address)).await;
    assert_eq!(browser.text_of("h1").await, "Zo werkt het");

    project.edit(PAGE, TITLE, NEW_TITLE);
    browser.find_with_text("h1", "Zo gaat het").await;

    project.edit(PAGE, NEW_TITLE, "titel = \"Zo niet\"");
    let mistakes = browser.text_of("#live-mistakes").await;
    assert!(mistakes.contains("zo-werkt-het.nl.md:2:1"), "{mistakes}");
    assert!(mistakes.contains("Bedoelt u `title`?"), "{mistakes}");
    assert_eq!(browser.text_of("h1").await, "Zo gaat het");

    // As it was: the notice goes, and there is nothing to load.
    project.edit(PAGE, "titel = \"Zo niet\"", NEW_TITLE);
    browser.gone("#live-mistakes").await;
    assert_eq!(browser.text_of("h1").await, "Zo gaat het");
    browser.close().await;
}

/// A page that was left must let go of its connection: a browser has six of them.
#[tokio::test]
async fn many_pages_can_be_visited_in_a_row() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let browser = Browser::open().await;
    let start = Instant::now();
    for path in ["/", "/vragen/", "/meedoen/", "/folders/", "/privacy/", "/wie-bel-ik/"].repeat(3) {
        browser.go(&format!("{}{path}", preview.address)).await;
    }
    assert!(start.elapsed() < PATIENCE, "pages wait for each other: {:?}", start.elapsed());
    browser.close().await;
}

/// The preview keeps folders that it need not set again; what it writes must not show that.
#[test]
fn after_any_row_of_changes_the_output_is_that_of_a_fresh_build() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let changes = [
        (PAGE, TITLE, NEW_TITLE),
        ("content/leaflets/trifold.nl.md", "## flap", "## flap\n\nGewoon doen."),
        ("content/organisations/mooiland.toml", "nog in te vullen", "0800-0000"),
        ("content/areas/lith.toml", "name = \"Lith\"", "name = \"Lith en omstreken\""),
        ("themes/vluchtelingenwerk/leaflets/trifold.typ", "10pt", "9.5pt"),
        ("content/leaflets/trifold.nl.md", "## flap\n\nGewoon doen.", "## flap"),
    ];
    for (round, (file, from, to)) in changes.into_iter().enumerate() {
        project.edit(file, from, to);
        let told = || preview.said().matches(" anders").count() > round;
        wait_until(&format!("{file} was not seen: {}", preview.said()), told);
    }
    let outcome = project.run(&["build", "--out", "fresh"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let (kept, fresh) = (project.path().join("dist"), project.path().join("fresh"));
    // The preview packs nothing: a browser on the same computer has no slow connection. What is
    // searched in is made when somebody asks for it.
    let packed = |file: &std::path::PathBuf| {
        file.extension().is_some_and(|kind| kind == "br" || kind == "gz")
            || file.starts_with("site/search")
            || file.starts_with("kept")
    };
    let made: Vec<_> = files(&fresh).into_iter().filter(|file| !packed(file)).collect();
    assert_eq!(files(&kept), made);
    let mut pictured = 0;
    for file in made {
        let read = |folder: &std::path::Path| std::fs::read(folder.join(&file)).expect("a file");
        // The page of a folder shows pictures of it.
        if String::from_utf8_lossy(&read(&kept)).contains("/_live/folders/") {
            pictured += 1;
            continue;
        }
        assert!(read(&kept) == read(&fresh), "{} is not as a fresh build has it", file.display());
    }
    assert_eq!(pictured, 44, "a page for each area and language");
}
