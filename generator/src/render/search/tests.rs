use super::*;

fn html(lang: &str, title: &str, text: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><title>x</title></head><body><nav>menu</nav>\
         <main><div data-pagefind-body><h1>{title}</h1><p>{text}</p></div></main></body></html>"
    )
}

fn made(pages: &[(&str, &str, String)], kept: &mut Kept) -> Vec<Artefact> {
    let artefacts: Vec<Artefact> = pages
        .iter()
        .map(|(_, url, html)| Artefact::new(format!("{SITE}{url}index.html"), html.clone()))
        .collect();
    let finished =
        pages.iter().zip(&artefacts).map(|((lang, url, _), page)| Finished { lang, url, page });
    search(finished, kept).unwrap()
}

fn paths(artefacts: &[Artefact]) -> Vec<&str> {
    artefacts.iter().map(|artefact| &*artefact.path).collect()
}

fn four() -> Vec<(&'static str, &'static str, String)> {
    vec![
        ("nl", "/wie-bel-ik/", html("nl", "Wie bel ik?", "Bel 112 of VluchtelingenWerk.")),
        ("nl", "/meedoen/", html("nl", "Meedoen", "Word maatje.")),
        ("ar", "/ar/wie-bel-ik/", html("ar", "بمن أتصل؟", "اتصل بالشرطة.")),
        ("ti", "/ti/wie-bel-ik/", html("ti", "ንመን እድውል፧", "ናብ ፖሊስ ደውል።")),
    ]
}

#[test]
fn every_language_has_its_index_also_without_a_stemmer() {
    let artefacts = made(&four(), &mut Kept::default());
    let paths = paths(&artefacts);
    for path in [
        "site/search/pagefind.js",
        "site/search/worker.js",
        "site/search/nl/pagefind-entry.json",
        "site/search/nl/wasm.nl.pagefind",
        "site/search/ar/wasm.ar.pagefind",
        "site/search/ti/wasm.unknown.pagefind",
    ] {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
    assert!(!paths.contains(&"site/search/nl/wasm.unknown.pagefind"));
    let fragments = |lang: &str| {
        let folder = format!("site/search/{lang}/fragment/");
        paths.iter().filter(|path| path.starts_with(&folder)).count()
    };
    assert_eq!([fragments("nl"), fragments("ar"), fragments("ti")], [2, 1, 1]);
}

#[test]
fn nothing_is_published_that_nothing_uses() {
    let artefacts = made(&four(), &mut Kept::default());
    for part in ["-ui.", "highlight", "playground", "pagefind-worker"] {
        let found = artefacts.iter().find(|artefact| artefact.path.contains(part));
        assert!(found.is_none(), "{found:?}");
    }
}

#[test]
fn the_same_pages_give_the_same_bytes_in_any_order() {
    let mut pages = four();
    let first = made(&pages, &mut Kept::default());
    pages.reverse();
    assert_eq!(first, made(&pages, &mut Kept::default()));
    assert!(first.is_sorted_by(|a, b| a.path < b.path));
}

#[test]
fn only_a_language_that_changed_is_made_again() {
    let mut kept = Kept::default();
    let mut pages = four();
    let first = made(&pages, &mut kept);
    pages[0].2 = html("nl", "Wie bel ik?", "Bel het noodnummer.");
    let second = made(&pages, &mut kept);
    assert_eq!(second, made(&pages, &mut Kept::default()));
    let arabic = |artefacts: &[Artefact]| {
        let file = artefacts.iter().find(|artefact| artefact.path.ends_with("wasm.ar.pagefind"));
        file.unwrap().bytes.as_ptr()
    };
    assert_eq!(arabic(&first), arabic(&second), "the very same bytes");
    pages.retain(|(lang, ..)| *lang != "ti");
    let third = made(&pages, &mut kept);
    assert!(!third.iter().any(|artefact| artefact.path.contains("/ti/")));
}

#[test]
fn a_page_without_the_mark_is_not_found() {
    let mut pages = four();
    pages.push(("nl", "/zoeken/", html("nl", "Zoeken", "Alle").replace(MARK, "data-x")));
    let artefacts = made(&pages, &mut Kept::default());
    assert_eq!(artefacts, made(&four(), &mut Kept::default()));
    let unmarked: Vec<_> = pages.drain(4..).collect();
    assert!(made(&unmarked, &mut Kept::default()).is_empty());
}

#[test]
fn pages_without_words_are_no_index_and_no_mistake() {
    let empty = ("nl", "/leeg/", "<html><body data-pagefind-body></body></html>".to_owned());
    assert!(made(std::slice::from_ref(&empty), &mut Kept::default()).is_empty());
    let mut pages = four();
    pages.push(empty);
    assert_eq!(made(&pages, &mut Kept::default()), made(&four(), &mut Kept::default()));
}

#[test]
fn a_page_that_is_no_text_is_told_with_its_address() {
    let page = Artefact::new("site/stuk/index.html", &b"data-pagefind-body \xff"[..]);
    let page = Finished { lang: "nl", url: "/stuk/", page: &page };
    let failure = search([page], &mut Kept::default()).unwrap_err();
    assert_eq!(
        failure.to_string(),
        "De zoekindex in de taal `nl` is niet te maken: /stuk/ is geen UTF-8."
    );
}

#[test]
fn it_can_be_made_where_a_runtime_and_rayon_are_at_work() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let artefacts = runtime.block_on(async { made(&four(), &mut Kept::default()) });
    assert_eq!(artefacts, made(&four(), &mut Kept::default()));
}
