//! What an editor writes is text wherever it stands: no code of a template, and no markup.

use tests::site::Site;

use crate::hostile::{PAGE, told, with};
use tests::project::Project;

const CODE: &str = "{{ 7919*7919 }} {% include 'x' %} {# y #} #panic() $x$ \\u{41}";

#[test]
fn code_of_templates_is_text_wherever_it_stands() {
    let project = with(format!("## Kop {CODE}\n\n{CODE}\n\n- {CODE}\n\n`{CODE}`\n"));
    let in_toml = CODE.replace('\\', "\\\\");
    project.edit(PAGE, "title = \"Proef\"", &format!("title = \"Proef {in_toml}\""));
    project.edit(
        "content/organisations/politie.toml",
        "name = \"",
        &format!("name = \"{in_toml} "),
    );
    project.edit(
        "content/areas/lith.toml",
        "facilities = [\"",
        &format!("facilities = [\"{in_toml} "),
    );
    project.edit("content/site.toml", "situation = \"", &format!("situation = \"{in_toml} "));
    // The folder has no room for all of it, and a test of its own: `text_of_the_content_is_never_code`.
    for lang in ["nl", "en", "ar", "ti"] {
        project.remove(&format!("content/leaflets/trifold.{lang}.md"));
    }
    project.edit(
        "themes/vluchtelingenwerk/messages/nl.toml",
        "skip = \"",
        &format!("skip = \"{in_toml} "),
    );
    let site = Site::of(&project);
    let html = site.page("/proef/");
    let shown = "{{ 7919*7919 }} {% include 'x' %} {# y #} #panic() $x$ ";
    let plain = tests::post::unescape(html);
    // Title twice, heading, paragraph, item, code; then the block beside it and the way past the menu.
    assert!(plain.matches(shown).count() >= 8, "{}", plain.matches(shown).count());
    assert!(!html.contains("62710561"), "something was reckoned");
    assert!(!site.page("/wijken-en-dorpen/lith/").contains("62710561"));
}

#[test]
fn markup_in_a_value_is_text_and_in_a_text_is_refused() {
    let script = "<script>alert(1)</script><img src=x onerror=alert(1)>";
    let project = Project::of_oss();
    for (file, key) in [
        ("content/pages/colofon.nl.md", "title = \""),
        ("content/pages/privacy.nl.md", "description = \""),
        ("content/pages/wie-bel-ik.en.md", "title = \""),
        ("content/organisations/politie.toml", "name = \""),
        ("content/organisations/politie.toml", "role = \""),
        ("content/organisations/politie.ar.toml", "role = \""),
        ("content/areas/lith.toml", "raad = \""),
        ("content/roles/maatje.toml", "summary = \""),
        ("content/site.toml", "title = \""),
        ("content/site.en.toml", "title = \""),
        ("content/forms/vraag.nl.toml", "label = \""),
        ("themes/vluchtelingenwerk/messages/nl.toml", "menu = \""),
    ] {
        project.edit(file, key, &format!("{key}{script}"));
    }
    // The folder has no room for all of it, and a test of its own: `text_of_the_content_is_never_code`.
    for lang in ["nl", "en", "ar", "ti"] {
        project.remove(&format!("content/leaflets/trifold.{lang}.md"));
    }
    // It makes the description too long, and is no mistake otherwise.
    project.edit(
        "content/pages/privacy.nl.md",
        "Wat wij bewaren als u een vraag stelt of zich aanmeldt. ",
        "",
    );
    let site = Site::of(&project);
    for path in site.files.keys().filter(|path| path.ends_with(".html") || path.ends_with(".xml")) {
        let text = site.text(path);
        assert!(!text.contains("<script>") && !text.contains("<img src=x"), "{path}");
    }
    assert!(site.page("/colofon/").contains("&lt;script&gt;alert(1)"));

    let refused = "HTML mag niet in een tekst.";
    for text in [script, "<b>vet</b>", "<!-- stil -->", "Een <i>woord</i>.", "<a href=/>x</a>"] {
        told(&with(text), 1, &[refused, "content/pages/proef.nl.md:9:"]);
    }
}
