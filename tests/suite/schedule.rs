//! Pages with a day: today is the 24th of November 2026. What the public does not see is told, and
//! an editor sees it in the preview.

use tests::pages::between;
use tests::post::get;
use tests::preview::Preview;
use tests::project::Project;
use tests::site::Site;

const FILE: &str = "content/pages/vragen/wat-kan-ik-doen.nl.md";
const PAGE: &str = "/vragen/wat-kan-ik-doen/";

/// A question with more lines at its top.
fn with(lines: &str) -> Project {
    let project = Project::of_oss();
    project.edit(FILE, "owner = ", &format!("{lines}\nowner = "));
    unlinked(&project);
    project
}

/// Takes away the links to it, which are mistakes while it is not there.
fn unlinked(project: &Project) {
    for file in tests::project::files(&project.path().join("content/pages")) {
        let name = format!("content/pages/{}", file.to_string_lossy());
        let text = project.read(&name);
        project.write(&name, text.replace(&format!("({PAGE})"), "(/vragen/)"));
    }
}

#[test]
fn a_page_that_is_not_for_today_is_nowhere_and_the_summary_says_why() {
    for (lines, why) in [
        ("draft = true", "concept"),
        ("publish_on = 2026-11-25", "komt op 2026-11-25"),
        ("expires_on = 2026-11-23", "liep tot en met 2026-11-23"),
    ] {
        let project = with(lines);
        let outcome = project.run(&["build"]);
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        let told = format!("overgeslagen  {FILE} ({why})");
        assert!(outcome.stdout.contains(&told), "{}", outcome.stdout);
        let site = Site::of(&project);
        for (path, bytes) in &site.files {
            let here = path.contains("wat-kan-ik-doen") || path.contains("what-can-i-do");
            assert!(!here, "{path} is published");
            let text = String::from_utf8_lossy(bytes);
            assert!(!text.contains(PAGE), "{path} names it");
        }
    }
}

#[test]
fn the_first_and_the_last_day_count() {
    for lines in [
        "publish_on = 2026-11-24",
        "expires_on = 2026-11-24",
        "publish_on = 2026-11-24\nexpires_on = 2026-11-24",
        "draft = false",
    ] {
        let project = with(lines);
        let outcome = project.run(&["build"]);
        assert!(!outcome.stdout.contains("overgeslagen"), "{lines}: {}", outcome.stdout);
        assert!(project.path().join("dist/site").join(&PAGE[1..]).join("index.html").is_file());
    }
}

#[test]
fn a_page_comes_by_itself_on_its_day() {
    let project = with("publish_on = 2026-12-01");
    let page = project.path().join("dist/site").join(&PAGE[1..]).join("index.html");
    project.build();
    assert!(!page.exists());
    let outcome = std::process::Command::new(tests::program("nieuwe-buren"))
        .current_dir(project.path())
        .args(["build", "--today", "2026-12-01"])
        .output()
        .expect("the program starts");
    assert!(outcome.status.success(), "{}", String::from_utf8_lossy(&outcome.stderr));
    assert!(page.exists());
}

#[test]
fn a_link_to_a_page_that_is_not_there_today_is_a_mistake_that_tells_why() {
    let project = with("draft = true");
    let link = format!("\n+++\n\n[Lees dit]({PAGE})\n\n");
    project.edit("content/pages/privacy.nl.md", "\n+++\n\n", &link);
    let outcome = project.run(&["check"]);
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    let told = format!("De link gaat naar {PAGE}, maar die pagina is er nu niet (concept).");
    assert!(outcome.stderr.contains(&told), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("1 fout,"), "once, not per language: {}", outcome.stderr);
}

#[test]
fn the_preview_shows_what_the_public_does_not_see_and_says_so() {
    for (lines, why) in [
        ("draft = true", "concept"),
        ("publish_on = 2026-12-01", "komt op 2026-12-01"),
        ("expires_on = 2026-11-23", "liep tot en met 2026-11-23"),
    ] {
        let project = with(lines);
        let preview = Preview::of(&project);
        let answer = get(&format!("{}{PAGE}", preview.address));
        assert_eq!(answer.status, 200, "{lines}");
        let notice = between(&answer.body, "<p class=\"notice\" role=\"note\">", "</p>");
        let words = format!("<strong>Alleen te zien in de proefweergave: {why}.</strong>");
        assert_eq!(notice, Some(words.as_str()), "{lines}");
        // So that it can be found.
        let list = get(&format!("{}/vragen/", preview.address)).body;
        assert!(list.contains(PAGE), "{lines}");
        // A page of every day says nothing of the kind.
        let other = get(&format!("{}/privacy/", preview.address)).body;
        assert!(!other.contains("proefweergave"));
    }
}
