// The search page. Without this script the page lists all pages; with it a field stands above the
// list. What is typed leaves neither the browser nor the page: it is in no address.
const box = document.querySelector("[data-search]");
if (box && "Worker" in window) {
  searchIn(box);
}

function searchIn(box) {
  const PAUSE = 200; // milliseconds without typing before it is searched
  const STEP = 10; // pages at a time
  const words = box.dataset;
  const form = box.querySelector("form");
  const field = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  const list = box.querySelector("[data-results]");
  const more = box.querySelector("[data-more-button]");
  const plural = new Intl.PluralRules(document.documentElement.lang);

  let worker;
  let asked = 0; // number of the newest question: answers to older ones are dropped
  let shown = STEP;
  let timer;

  box.hidden = false;
  form.addEventListener("focusin", start, { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search(STEP);
  });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE, STEP);
  });
  more.addEventListener("click", () => search(shown + STEP));

  // Whoever comes back from a page that was found finds the list again.
  if (history.state?.search) {
    field.value = history.state.search;
    search(history.state.shown);
  }

  // The library is fetched when somebody is about to search, and not by who only reads the list.
  function start() {
    if (worker) return;
    worker = new Worker(words.worker, { type: "module" });
    worker.addEventListener("message", ({ data }) => answer(data));
    // A browser that is too old, or no connection.
    worker.addEventListener("error", () => {
      worker = undefined;
      fail();
    });
    worker.postMessage({ index: words.index });
  }

  function search(count) {
    clearTimeout(timer);
    asked += 1;
    shown = count;
    const typed = field.value.trim();
    history.replaceState({ ...history.state, search: typed, shown }, "");
    if (typed === "") {
      show([], 0);
      status.textContent = "";
      return;
    }
    start();
    if (list.childElementCount === 0) {
      status.textContent = words.busy;
    }
    worker.postMessage({ ask: asked, words: typed, shown });
  }

  function answer({ ask, failed, pages, total }) {
    if (ask !== asked) return;
    if (failed) {
      fail();
      return;
    }
    const known = list.childElementCount;
    const wantedMore = document.activeElement === more;
    show(pages, total);
    status.textContent = total === 0 ? words.none : count(total);
    if (wantedMore) {
      // The button moves down or goes away: reading goes on at the first new page.
      list.children[known]?.querySelector("a").focus();
    }
  }

  function fail() {
    show([], 0);
    status.textContent = words.failed;
  }

  function show(pages, total) {
    list.replaceChildren(...pages.map(item));
    list.hidden = pages.length === 0;
    more.hidden = pages.length >= total;
  }

  function item({ url, title, lang, dir, excerpt }) {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = title;
    const text = document.createElement("p");
    text.append(...excerpt.map(({ text, found }) => (found ? mark(text) : text)));
    const entry = document.createElement("li");
    if (lang) Object.assign(entry, { lang, dir });
    entry.append(link, text);
    return entry;
  }

  function mark(text) {
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  }

  // The words for this number: data-count-few, and data-count-other where a language has no such.
  function count(total) {
    const form = plural.select(total);
    const key = `count${form[0].toUpperCase()}${form.slice(1)}`;
    return (words[key] ?? words.countOther).replace("{count}", total);
  }
}
