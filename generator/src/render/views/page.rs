//! A page as its template sees it, and the same page in other languages.

use forms_core::{Dir, Language};
use serde::Serialize;

use crate::content::page::{Original, Status};
use crate::content::{Content, Leaflet, Page, Why};
use crate::locale::Locale;

#[derive(Serialize)]
pub struct PageView<'a> {
    title: &'a str,
    description: &'a str,
    url: &'a str,
    /// The address that search engines should know: of the original where there is no translation.
    canonical: &'a str,
    /// Language and direction of the text, where they differ from the reader's.
    text_lang: Option<&'a str>,
    text_dir: Option<Dir>,
    /// What a reader should know about the translation.
    missing: bool,
    unreviewed: bool,
    behind: bool,
    /// Why the public does not see this page; only in the preview.
    hidden: Option<String>,
    published: String,
    published_text: String,
    checked: String,
    checked_text: String,
    review_by: String,
    owner_name: &'a str,
}

impl<'a> PageView<'a> {
    pub fn new(
        content: &'a Content,
        page: &'a Page,
        lang: &'a str,
        locale: &Locale,
        today: jiff::civil::Date,
    ) -> Self {
        let Original { meta, .. } = &*page.original;
        let review = &meta.review;
        let date = |date: &Option<crate::content::fields::Located<jiff::civil::Date>>| {
            let date = date.as_ref().map(|date| date.value);
            (
                date.map(|date| date.to_string()).unwrap_or_default(),
                date.map(|date| locale.long(date)).unwrap_or_default(),
            )
        };
        let main = content.site.main_language();
        let status = content.status(page, lang);
        let missing = status == Status::Missing;
        let text = page.text(lang);
        let (checked, checked_text) = date(&review.checked);
        let (published, published_text) = date(&meta.publish_on);
        let url = content.address(&page.id, lang);
        Self {
            title: &text.title.value,
            description: &text.description,
            url,
            canonical: if missing { &page.id } else { url },
            text_lang: missing.then_some(main.code.as_str()),
            text_dir: missing.then_some(main.dir),
            missing,
            unreviewed: matches!(status, Status::Translated { reviewed: false, .. }),
            behind: matches!(status, Status::Translated { behind: true, .. }),
            hidden: Why::of(meta, today).map(|why| why.to_string()),
            published,
            published_text,
            checked,
            checked_text,
            review_by: date(&review.review_by).0,
            owner_name: content.organisation_name(&review.owner.value, lang),
        }
    }
}

impl<'a> PageView<'a> {
    /// The page of a folder. `of` is the language of its text.
    pub fn of_leaflet(
        content: &'a Content,
        leaflet: &'a Leaflet,
        words: &Twin<'a>,
        of: &'a str,
        lang: &str,
        locale: &Locale,
    ) -> Self {
        let main = content.site.main_language();
        let missing = of != lang;
        let review = &leaflet.review;
        let review_by = review.review_by.as_ref().map(|date| date.value.to_string());
        let Twin { title, description, url, canonical } = *words;
        Self {
            title,
            description,
            url,
            canonical: if missing { canonical } else { url },
            text_lang: missing.then_some(of),
            text_dir: missing.then_some(main.dir),
            missing,
            unreviewed: !missing && !leaflet.reviewed,
            behind: !missing && leaflet.behind,
            hidden: None,
            published: String::new(),
            published_text: String::new(),
            checked: leaflet.version.to_string(),
            checked_text: locale.long(leaflet.version),
            review_by: review_by.unwrap_or_default(),
            owner_name: content.organisation_name(&review.owner.value, lang),
        }
    }
}

/// What is said of the page of a folder.
pub struct Twin<'a> {
    pub title: &'a str,
    pub description: &'a str,
    pub url: &'a str,
    /// In the language of the municipality.
    pub canonical: &'a str,
}

/// The same page in each language of the site.
#[derive(Serialize, Hash)]
pub struct AlternateView<'a> {
    code: &'a str,
    /// The language's name in itself.
    name: &'a str,
    dir: &'static str,
    url: &'a str,
    current: bool,
    /// False where the original stands in place of a translation.
    translated: bool,
}

pub fn alternates<'a>(content: &'a Content, page: &'a Page, lang: &str) -> Vec<AlternateView<'a>> {
    let url = |language: &'a Language| content.address(&page.id, &language.code);
    let translated = |language: &Language| content.status(page, &language.code) != Status::Missing;
    let one = |language| AlternateView::new(language, url(language), translated(language), lang);
    content.site.languages.iter().map(one).collect()
}

impl<'a> AlternateView<'a> {
    /// `lang` is the reader's.
    pub fn new(language: &'a Language, url: &'a str, translated: bool, lang: &str) -> Self {
        Self {
            code: &language.code,
            name: &language.name,
            dir: match language.dir {
                Dir::Ltr => "ltr",
                Dir::Rtl => "rtl",
            },
            url,
            current: language.code == lang,
            translated,
        }
    }
}
