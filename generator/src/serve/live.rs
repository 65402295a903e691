//! Tells open pages that there is a newer site, or what stands in its way. Only pages of the preview
//! carry the script; the site itself has none.

use std::convert::Infallible;

use axum::Router;
use axum::http::header;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::get;
use serde_json::json;
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use super::shown::{Seat, Shown};
use crate::english::Tongue;

const SCRIPT: &str = include_str!("live.js");
const STYLE: &str = include_str!("live.css");

pub(super) fn routes(seat: Seat, tongue: Tongue) -> Router {
    let file = |kind: &'static str, text: &'static str| {
        get(move || async move {
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text)
        })
    };
    Router::new()
        .route("/_live/events", get(move || async move { events(seat, tongue) }))
        .route("/_live/script.js", file("text/javascript", SCRIPT))
        .route("/_live/style.css", file("text/css", STYLE))
}

fn events(seat: Seat, tongue: Tongue) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = WatchStream::new(seat).map(move |shown| Ok(event(&shown, tongue)));
    Sse::new(events).keep_alive(KeepAlive::default())
}

fn event(shown: &Shown, tongue: Tongue) -> Event {
    let data = json!({
        "version": shown.version,
        "title": tongue.say("De site is nog niet bijgewerkt"),
        "mistakes": shown.mistakes.as_deref(),
    });
    Event::default().data(data.to_string())
}

/// The page with the script in it, which knows of which build the page is.
pub(super) fn with_script(html: &[u8], version: &str) -> Vec<u8> {
    const END: &[u8] = b"</head>";
    let Some(at) = html.windows(END.len()).position(|part| part == END) else {
        return html.to_vec();
    };
    let (head, rest) = html.split_at(at);
    let script =
        format!("<script src=\"/_live/script.js\" data-version=\"{version}\" defer></script>\n");
    [head, script.as_bytes(), rest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_goes_into_a_page_and_nothing_else() {
        let page = with_script(b"<head><title>x</title></head><body>", "7");
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains("data-version=\"7\" defer></script>\n</head><body>"), "{page}");
        assert_eq!(with_script(b"no page", "7"), b"no page");
    }
}
