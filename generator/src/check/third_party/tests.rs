use super::*;

const OWN: &str = "nieuweburen.example";

fn found(language: Language, text: &str) -> Vec<String> {
    let told = |request| match request {
        Request::Elsewhere { by, url } => format!("{by} {url}"),
        Request::Data => "data:".to_owned(),
    };
    requests(text.as_bytes(), language, OWN).into_iter().map(told).collect()
}

fn page(text: &str) -> Vec<String> {
    found(Language::Markup, text)
}

fn style(text: &str) -> Vec<String> {
    found(Language::Style, text)
}

#[test]
fn what_a_page_fetches_from_elsewhere() {
    for (html, by) in [
        ("<script src=\"https://a.example/x.js\"></script>", "<script src> https://a.example/x.js"),
        ("<SCRIPT SRC='//a.example/x.js'></SCRIPT>", "<script src> //a.example/x.js"),
        ("<img alt=\"\" src=https://a.example/x.png>", "<img src> https://a.example/x.png"),
        (
            "<img srcset=\"/a.png 1x, https://a.example/b.png 2x\">",
            "<img srcset> https://a.example/b.png",
        ),
        ("<video poster = \"http://a.example/p\">", "<video poster> http://a.example/p"),
        ("<iframe src=\"https://a.example\"></iframe>", "<iframe src> https://a.example"),
        ("<object data=\"https://a.example/o\"></object>", "<object data> https://a.example/o"),
        ("<embed src=\"https://a.example/o\">", "<embed src> https://a.example/o"),
        ("<form method=post action=\"https://a.example/f\">", "<form action> https://a.example/f"),
        ("<button formaction=\"https://a.example/f\">", "<button formaction> https://a.example/f"),
        ("<a href=\"/\" ping=\"https://a.example/p\">", "<a ping> https://a.example/p"),
        ("<base href=\"https://a.example/\">", "<base href> https://a.example/"),
        (
            "<link rel=\"stylesheet\" href=\"https://fonts.example/css?family=A\">",
            "<link href> https://fonts.example/css?family=A",
        ),
        ("<link href=https://a.example/ rel=preconnect>", "<link href> https://a.example/"),
        (
            "<link href=\"https://a.example/i.svg\" rel=\"shortcut icon\">",
            "<link href> https://a.example/i.svg",
        ),
        ("<p style=\"background: url(https://a.example/x)\">", "<p style> https://a.example/x"),
        ("<p onclick=\"fetch('https://a.example/x')\">", "<p onclick> https://a.example/x"),
        (
            "<meta http-equiv=refresh content=\"0; url=https://a.example/\">",
            "<meta content> https://a.example/",
        ),
        ("<style>p { background: url(\"//a.example/x\") }</style>", "<style> url() //a.example/x"),
        (
            "<style media=print>@import 'https://a.example/x';</style>",
            "<style> @import https://a.example/x",
        ),
        (
            "<script>if (1<b) fetch(\"https://a.example/x\")</script>",
            "<script> https://a.example/x",
        ),
        (
            "<script type=module>import \"https://a.example/x\"</script>",
            "<script> https://a.example/x",
        ),
        (
            "<svg><use href=\"https://a.example/x.svg#a\"/></svg>",
            "<use href> https://a.example/x.svg#a",
        ),
        (
            "<image xlink:href=\"https://a.example/x.png\"/>",
            "<image xlink:href> https://a.example/x.png",
        ),
        ("<rect fill=\"url(https://a.example/x#a)\"/>", "<rect fill> https://a.example/x#a"),
        (
            "<?xml-stylesheet href=\"https://a.example/x.css\"?>",
            "<?xml-stylesheet href> https://a.example/x.css",
        ),
        (
            "<img src=\"https://nieuweburen.example.org/x\">",
            "<img src> https://nieuweburen.example.org/x",
        ),
        ("<img title='a > b' src=\"https://a.example/x\">", "<img src> https://a.example/x"),
    ] {
        assert_eq!(page(html), [by], "{html}");
    }
}

#[test]
fn what_a_page_may_say() {
    for html in [
        "<a href=\"https://www.oss.nl/wonen\">www.oss.nl</a>",
        "<p>Kijk op https://www.oss.nl/ en lees verder.</p>",
        "<link rel=\"canonical\" href=\"https://nieuweburen.example/\">",
        "<link rel=\"canonical\" href=\"https://www.oss.nl/\">",
        "<link rel=alternate hreflang=en href=\"https://a.example/en/\">",
        "<img src=\"https://nieuweburen.example/x.png\"><img src=\"/x.png\"><img src=\"x//y.png\">",
        "<script src=\"/assets/x.js\"></script>",
        "<script>// see https nothing\nlet a = 1; // more</script>",
        "<script type=\"application/ld+json\">{\"@context\": \"https://schema.org\"}</script>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><a xlink:href=\"https://a.example\"/></svg>",
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">",
        "<!-- <img src=\"https://a.example/x\"> -->",
        "<meta property=\"og:image\" content=\"https://a.example/x.png\">",
        "<blockquote cite=\"https://a.example/x\">",
        "<form action=\"/vraag/controle\"><a href={{ organisation.website }}>{# https: //x #}</a>",
    ] {
        assert_eq!(page(html), [""; 0], "{html}");
    }
}

#[test]
fn what_a_stylesheet_fetches() {
    assert_eq!(style("@import \"https://a.example/x.css\";"), ["@import https://a.example/x.css"]);
    assert_eq!(style("@import url(//a.example/x.css) print;"), ["@import //a.example/x.css"]);
    assert_eq!(style("@font-face{src:url(https://a.example/x)}"), ["url() https://a.example/x"]);
    assert_eq!(style("a{background:URL( 'https://a.example/x' )}"), ["url() https://a.example/x"]);
    assert_eq!(
        style("a{background:image-set('https://a.example/x' 1x)}"),
        ["image-set() https://a.example/x"]
    );
    assert_eq!(style("a{background:url(data:image/png;base64,AAAA)}"), ["data:"]);
    for css in [
        "a{background:url(/assets/x.svg)}",
        "a{background:url(https://nieuweburen.example/x.svg)}",
        "/* https://a.example/ url(https://a.example/x) */a{color:red}",
        "@namespace svg url(http://www.w3.org/2000/svg);",
        "a::after{content:\"https://a.example\"}",
        "a[href^=\"https://a.example\"]{color:red}",
        "dl{--data:1}",
    ] {
        assert_eq!(style(css), [""; 0], "{css}");
    }
}

#[test]
fn broken_files_are_looked_at_too() {
    for text in [
        "<",
        "<a",
        "<img src=",
        "<img src='https://",
        "<script",
        "<script>//a.example",
        "//",
        "url(//",
    ] {
        page(text);
        style(text);
    }
    assert_eq!(page("<img src=\"https://a.example/x"), ["<img src> https://a.example/x"]);
}

#[test]
fn one_mistake_of_a_theme_is_told_once() {
    let request =
        Request::Elsewhere { by: "<img src>".to_owned(), url: "https://a.example/x".to_owned() };
    let told = told(&request, vec!["forms/a.html", "site/b.html", "site/a.3fc645ac.css"]);
    assert_eq!(
        told.message,
        "<img src> vraagt iets aan een andere site (https://a.example/x), in site/a.css en andere bestanden."
    );
}
