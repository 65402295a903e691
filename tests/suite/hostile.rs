//! Whatever stands in the content folder, the program says what is wrong with it or makes a site.
//! It never breaks off.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::os::unix::fs::symlink;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tests::pages::{attributes, between};
use tests::post::get;
use tests::preview::{Preview, wait_until};
use tests::project::{Outcome, Project, files};
use tests::site::Site;

pub const PAGE: &str = "content/pages/proef.nl.md";
const HEAD: &str = "+++\ntitle = \"Proef\"\ndescription = \"Een proef.\"\nchecked = 2026-11-20\n\
    review_by = 2027-05-20\nowner = \"gemeente\"\n+++\n\n";

/// The content of Oss with one page more.
pub fn with(text: impl AsRef<[u8]>) -> Project {
    let project = Project::of_oss();
    project.write(PAGE, [HEAD.as_bytes(), text.as_ref()].concat());
    project
}

/// Told what is wrong, with this code, and no word of a crash.
pub fn told(project: &Project, code: i32, messages: &[&str]) -> Outcome {
    let outcome = project.run(&["check"]);
    let Outcome { stderr, .. } = &outcome;
    assert!(!stderr.contains("panicked"), "{stderr}");
    assert_eq!(outcome.code, code, "{stderr}");
    for message in messages {
        assert!(stderr.contains(message), "{message:?} is not in:\n{stderr}");
    }
    outcome
}

/// Every file of a build.
fn built(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let dist = project.build();
    let read = |file: &std::path::PathBuf| {
        (file.display().to_string(), std::fs::read(dist.join(file)).expect("a built file"))
    };
    files(&dist).iter().map(read).collect()
}

#[test]
fn of_five_hundred_pages_the_one_that_is_broken_is_told() {
    let project = Project::of_oss();
    for number in 0..500 {
        let text = format!("{HEAD}Dit is bladzijde {number}.\n\n[Verder](/wie-bel-ik/)\n");
        let text = if number == 321 { text.replace("/wie-bel-ik/", "/weg/") } else { text };
        project.write(&format!("content/pages/proef/nummer-{number}.nl.md"), text);
    }
    let told = told(&project, 1, &["De link gaat naar /weg/, maar die pagina is er niet."]);
    assert!(told.stderr.contains("content/pages/proef/nummer-321.nl.md:11:10"), "{}", told.stderr);
    assert!(told.stderr.contains("\n1 fout,"), "{}", told.stderr);
}

#[test]
fn a_page_of_twenty_megabytes_is_no_page() {
    let project = with("woord ".repeat(20 * 1024 * 1024 / 6));
    told(&project, 1, &["Dit bestand is 20 MB groot.", "Een tekst is hoogstens 2 MB."]);
}

#[test]
fn a_page_of_two_megabytes_with_nothing_but_mistakes_is_told_to_the_end() {
    let links: String = (0..2000).fold(String::new(), |mut text, number| {
        let _ = write!(text, "[x](/weg/{number}/)\n\n");
        text
    });
    let project = with(links + &"## Kop\n\n".repeat(200_000));
    told(&project, 1, &["De link gaat naar /weg/1999/", "\n2000 fouten,"]);
}

#[test]
fn text_that_stands_thousands_deep_is_told() {
    let deep = "Er staan te veel lijsten of citaten in elkaar.";
    for text in [
        format!("{} diep", ">".repeat(5000)),
        format!("{}diep", "- ".repeat(5000)),
        format!("{}diep", "1. ".repeat(5000)),
        format!("{} diep", "> - ".repeat(2500)),
    ] {
        told(&with(&text), 1, &[deep, "content/pages/proef.nl.md:9:"]);
    }
    let code = "dat wordt code.";
    told(&with("`".repeat(5000)), 1, &[code, "content/pages/proef.nl.md:9:"]);
    // What only looks deep is text.
    for text in ["*".repeat(5000), "[".repeat(5000), "*a **b ".repeat(2000)] {
        told(&with(&text), 0, &[]);
    }
}

#[test]
fn values_that_stand_thousands_deep_are_told() {
    let deep = "Deze waarden zitten te diep in elkaar.";
    for line in [
        format!("x = {}", "[".repeat(5000)),
        format!("x = {}", "{a=".repeat(5000)),
        format!("{}a = 1", "a.".repeat(5000)),
        format!("[{}a]", "a.".repeat(5000)),
    ] {
        let project = Project::of_oss();
        project.write("content/roles/diep.toml", line);
        told(&project, 1, &[deep, "content/roles/diep.toml:1:"]);
    }
}

#[test]
fn what_is_no_utf_8_is_told_wherever_it_stands() {
    for file in [
        PAGE,
        "content/organisations/politie.toml",
        "content/organisations/politie.en.toml",
        "content/site.toml",
        "content/leaflets/trifold.nl.md",
        "themes/vluchtelingenwerk/messages/ar.toml",
        "themes/vluchtelingenwerk/templates/page.html",
        "themes/vluchtelingenwerk/mail/new-question/nl/body.txt",
    ] {
        let project = Project::of_oss();
        project.write(file, b"+++\ntitle = \"Proef \xe9\"\n+++\n");
        told(&project, 1, &["Dit bestand is geen UTF-8.", &format!("{file}:2:16"), "Unicode"]);
    }
}

#[test]
fn nul_bytes_and_other_characters_that_nobody_sees_are_told() {
    for (character, name) in [("\0", "U+0000"), ("\u{8}", "U+0008"), ("\u{1b}[2J", "U+001B")] {
        let project = with(format!("Tekst{character}."));
        let told = told(&project, 1, &[&format!("Hier staat een onzichtbaar teken ({name}).")]);
        assert!(!told.stderr.contains(character), "it reaches the terminal");
    }
}

#[test]
fn the_marks_that_windows_leaves_change_nothing() {
    let plain = Project::of_oss();
    let marked = Project::of_oss();
    for file in files(marked.path()) {
        let name = file.to_string_lossy().into_owned();
        let texts = ["md", "toml", "html", "css", "txt", "typ"];
        if texts.iter().any(|end| name.ends_with(&format!(".{end}"))) {
            let text = marked.read(&name);
            marked.write(&name, format!("\u{feff}{}", text.replace('\n', "\r\n")));
        }
    }
    let (plain, marked) = (built(&plain), built(&marked));
    assert_eq!(plain.keys().collect::<Vec<_>>(), marked.keys().collect::<Vec<_>>());
    for (file, bytes) in &plain {
        assert!(marked[file] == *bytes, "{file} is another file");
    }
}

#[test]
fn links_of_the_disk_do_no_harm() {
    let project = Project::of_oss();
    let before = built(&project);
    let pages = project.path().join("content/pages");
    symlink(&pages, pages.join("rond")).expect("a link to its own folder");
    symlink("zichzelf.nl.md", pages.join("zichzelf.nl.md")).expect("a link to itself");
    symlink("nergens", pages.join("weg.nl.md")).expect("a link to nothing");
    std::fs::create_dir(pages.join("map.nl.md")).expect("a folder named as a page");
    assert!(before == built(&project), "they made other pages");
    // A link to a text is that text.
    symlink("colofon.nl.md", pages.join("kopie.nl.md")).expect("a link to a page");
    assert!(Site::of(&project).page("/kopie/").contains("Colofon"));
}

#[test]
fn two_pages_at_one_address_are_told_with_both_files() {
    for (first, second, address) in [
        (PAGE, "content/pages/proef/index.nl.md", "/proef/"),
        (
            "content/areas/lith.nl.md",
            "content/pages/wijken-en-dorpen/lith.nl.md",
            "/wijken-en-dorpen/lith/",
        ),
        ("content/pages/index.en.md", "content/pages/en.nl.md", "/en/"),
        ("content/pages/vragen/index.en.md", "content/pages/en/questions.nl.md", "/en/questions/"),
    ] {
        let project = with("Een proef.");
        project.write(second, format!("{HEAD}Nog een proef.\n"));
        let message = format!("Er zijn twee pagina's met het adres {address}.");
        let told = told(&project, 1, &[&message, first, second]);
        assert!(told.stderr.contains("\n1 fout,"), "{}", told.stderr);
    }
}

#[test]
fn an_old_address_that_is_taken_is_told() {
    for old in ["/privacy/", "/en/questions/", "/ti/privacy/"] {
        let project = Project::of_oss();
        let alias = format!("aliases = [\"{old}\"]\nowner = ");
        project.edit("content/pages/colofon.nl.md", "owner = ", &alias);
        told(&project, 1, &[&format!("Op {old} staat nu een andere pagina.")]);
    }
    let project = Project::of_oss();
    for page in ["colofon", "privacy"] {
        let alias = "aliases = [\"/oud/\"]\nowner = ";
        project.edit(&format!("content/pages/{page}.nl.md"), "owner = ", alias);
    }
    told(&project, 1, &["Het oude adres /oud/ staat er twee keer."]);
}

#[test]
fn an_empty_file_is_told() {
    let page = "Dit bestand begint niet met +++ en de gegevens van de pagina.";
    for (file, message) in [
        (PAGE, page),
        ("content/pages/wie-bel-ik.en.md", page),
        ("content/organisations/politie.toml", "De sleutel `name` ontbreekt."),
        ("content/forms/vraag.toml", "De sleutel `id` ontbreekt."),
        ("content/site.toml", "De sleutel `municipality` ontbreekt."),
        ("content/leaflets/trifold.nl.md", page),
        ("themes/vluchtelingenwerk/templates/page.html", ""),
        ("themes/vluchtelingenwerk/messages/nl.toml", ""),
        ("themes/vluchtelingenwerk/leaflets/trifold.typ", ""),
    ] {
        let project = Project::of_oss();
        project.write(file, "");
        let outcome = project.run(&["check"]);
        assert!(!outcome.stderr.contains("panicked"), "{file}: {}", outcome.stderr);
        assert!(outcome.code < 2, "{file}: {}", outcome.stderr);
        assert!(outcome.stderr.contains(message), "{file}: {}", outcome.stderr);
    }
}

#[test]
fn an_address_that_runs_code_is_refused() {
    for url in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "\\javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//elders.example/",
        "\u{a0}javascript:x",
    ] {
        told(&with(format!("[klik]({url})")), 1, &["mag niet.", "content/pages/proef.nl.md:9:1"]);
        told(&with(format!("[klik][1]\n\n[1]: {url}")), 1, &["mag niet."]);
        told(&with(format!("![klik]({url})")), 1, &["komt niet uit de map pictures."]);
    }
    told(&with("<javascript:alert(1)>"), 1, &[]);
    for (file, from, to, message) in [
        (
            "content/organisations/politie.toml",
            "website = \"",
            "website = \"javascript:alert(1)//",
            "is geen adres van een website.",
        ),
        (
            "content/site.toml",
            "page = \"",
            "page = \"javascript:alert(1)//",
            "is geen eigen pagina.",
        ),
        (
            "content/site.toml",
            "page = \"/",
            "page = \"https://elders.example/",
            "is geen eigen pagina.",
        ),
        ("content/site.toml", "code = \"en\"", "code = \"../../x\"", "is geen code van een taal."),
        ("content/site.toml", "code = \"ar\"", "code = \"en\"", "De taal `en` staat er twee keer."),
    ] {
        let project = Project::of_oss();
        project.edit(file, from, to);
        told(&project, 1, &[message]);
    }
}

/// An editor's program writes a new file and takes the old one away, over and over.
#[test]
fn a_file_that_comes_and_goes_breaks_nothing() {
    let project = Project::of_oss();
    let ended = Arc::new(AtomicBool::new(false));
    let restless = {
        let (ended, path) = (Arc::clone(&ended), project.path().join("content"));
        std::thread::spawn(move || {
            let page = path.join("pages/proef/kort.nl.md");
            let photo = path.join("organisations/kort.toml");
            while !ended.load(Ordering::SeqCst) {
                // The folder comes and goes too.
                let _ = std::fs::create_dir_all(path.join("pages/proef"));
                let _ = std::fs::write(&page, format!("{HEAD}Kort.\n"));
                let _ = std::fs::write(&photo, "name = \"Kort\"\n");
                let _ = std::fs::remove_file(&photo);
                let _ = std::fs::remove_dir_all(path.join("pages/proef"));
            }
        })
    };
    for _ in 0..12 {
        let outcome = project.run(&["build"]);
        assert!(outcome.code < 2, "{}", outcome.stderr);
        assert!(!outcome.stderr.contains("panicked"), "{}", outcome.stderr);
    }
    ended.store(true, Ordering::SeqCst);
    restless.join().expect("files can be written");
    assert_eq!(project.run(&["build"]).code, 0);
}

#[test]
fn the_preview_outlives_what_happens_to_its_files() {
    let project = Project::of_oss();
    let preview = Preview::of(&project);
    let address = |path: &str| format!("{}{path}", preview.address);
    let file = "content/pages/privacy.nl.md";
    let text = project.read(file);
    for _ in 0..20 {
        project.remove(file);
        project.write(file, &text);
    }
    project.remove(file);
    let gone = "De link gaat naar /privacy/, maar die pagina is er niet.";
    wait_until("its end is not told", || preview.said().contains(gone));
    assert_eq!(get(&address("/privacy/")).status, 200, "the last good site stays");
    project.write(file, text.replace("title = \"Privacy\"", "title = \"Privacy weer\""));
    wait_until("its return is not shown", || {
        get(&address("/privacy/")).body.contains("Privacy weer</h1>")
    });
    for bytes in
        [&b"\xff\xfe"[..], b"", b"+++\n+++", b"+++\n\0\n+++\n", "+++\n".repeat(99).as_bytes()]
    {
        project.write(PAGE, bytes);
        std::thread::sleep(std::time::Duration::from_millis(30));
        assert_eq!(get(&address("/privacy/")).status, 200);
    }
    std::fs::remove_dir_all(project.path().join("content")).expect("a folder");
    wait_until("the end of all is not told", || {
        preview.said().contains("De map content bestaat niet")
    });
    let html = get(&address("/privacy/")).body;
    assert!(between(&html, "<main", "</main>").is_some() && !attributes(&html, "href").is_empty());
    assert!(!preview.said().contains("panicked"), "{}", preview.said());
    assert!(!preview.said().contains("het programma zelf ging stuk"), "{}", preview.said());
}

#[test]
fn names_of_files_that_are_no_addresses_are_told() {
    let page = "De bestandsnaam wordt het adres van de pagina en heeft vreemde tekens.";
    let data = "De bestandsnaam heeft vreemde tekens.";
    for (file, message) in [
        ("content/pages/Mijn Pagina.nl.md", page),
        ("content/pages/één.nl.md", page),
        ("content/pages/Map/proef.nl.md", page),
        // Names that begin with a dot are what programs leave behind.
        ("content/pages/..nl.md", ""),
        ("content/areas/Ergens Anders.toml", data),
        ("content/organisations/Mijn Club.toml", data),
        ("content/organisations/Mijn Club.en.toml", data),
        ("content/roles/.x.toml", ""),
        ("content/pages/.proef.nl.md", ""),
    ] {
        let project = Project::of_oss();
        project.write(file, format!("{HEAD}Een proef.\n"));
        let code = i32::from(!message.is_empty());
        let told = told(&project, code, &[message]);
        assert_eq!(told.stderr.contains(file), code == 1, "{}", told.stderr);
    }
    // A name that is no text at all.
    use std::os::unix::ffi::OsStrExt;
    let project = Project::of_oss();
    let name = std::ffi::OsStr::from_bytes(b"proef-\xff.nl.md");
    std::fs::write(project.path().join("content/pages").join(name), HEAD).expect("a file");
    told(&project, 1, &["Een bestandsnaam in content/pages heeft vreemde tekens."]);
}
