// Of the preview alone: shows the newest site by itself, or what stands in its way.
const version = document.currentScript.dataset.version;

// Only a page that is looked at listens: a browser has six connections for one host, and pages that
// were left or stand in another tab would keep them.
let news;
function listen() {
  news?.close();
  if (document.visibilityState === "visible") {
    news = new EventSource("/_live/events");
    news.onmessage = (event) => show(JSON.parse(event.data));
  }
}
addEventListener("pageshow", listen);
addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => news?.close());

function show(now) {
  if (now.mistakes === null && now.version !== version) {
    location.reload();
    return;
  }
  document.getElementById("live-mistakes")?.remove();
  if (now.mistakes !== null) {
    document.body.append(notice(now.title, now.mistakes));
  }
}

function notice(heading, mistakes) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/_live/style.css";
  const title = document.createElement("h2");
  title.textContent = heading;
  const text = document.createElement("pre");
  text.textContent = mistakes;
  text.tabIndex = 0;
  const box = document.createElement("section");
  box.id = "live-mistakes";
  box.setAttribute("role", "alert");
  box.append(style, title, text);
  return box;
}
