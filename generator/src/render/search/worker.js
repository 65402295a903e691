// Searches, apart from the page: Pagefind compiles WebAssembly, which the policy of a page forbids.
// A worker has the policy of its own response, and no document that anything could be put into.
// Pagefind would start a worker by itself, but falls back on the page when that one is slow.
//
// in:  { index }                 folder of the language, for instance "/search/nl/"
//      { ask, words, shown }     number of the question, what was typed, how many pages are wanted
// out: { ask, total, pages: [{ url, title, lang, dir, excerpt: [{ text, found }] }] }, where lang and
//      dir are those of a page that is not translated, or { ask, failed: true }
import { createInstance } from "./pagefind.js";

let folder;
let pagefind;

addEventListener("message", async ({ data }) => {
  if (data.index) {
    folder = data.index;
    open();
    return;
  }
  const { ask, words, shown } = data;
  const before = missed;
  try {
    const { results } = await open().search(words);
    const pages = await Promise.all(results.slice(0, shown).map((result) => result.data()));
    if (missed > before) throw new Error("a part of the index is missing");
    postMessage({ ask, total: results.length, pages: pages.map(summary) });
  } catch {
    // By the next try there may be a connection again; Pagefind would only repeat its old mistake.
    pagefind = undefined;
    postMessage({ ask, failed: true });
  }
});

// What went wrong at the start is told by the answer to the question.
addEventListener("unhandledrejection", (event) => event.preventDefault());

// Pagefind takes a part of the index that does not arrive for a part in which nothing is found.
let missed = 0;
const fetchFile = self.fetch;
self.fetch = async (address) => {
  const response = await fetchFile(address).catch(() => undefined);
  if (!response?.ok) missed += 1;
  return response ?? Response.error();
};

function open() {
  pagefind ??= createInstance({ basePath: folder, baseUrl: "/", excerptEllipsis: "…" });
  return pagefind;
}

function summary({ url, meta, excerpt }) {
  const { title = url, lang = "", dir = "" } = meta;
  return { url, title, lang, dir, excerpt: parts(excerpt) };
}

// Pagefind gives HTML in which only < and > are escaped: taken apart here, so that the page gets text.
function parts(excerpt) {
  return excerpt.split(/<mark>(.*?)<\/mark>/s).map((html, index) => ({
    text: html.replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
    found: index % 2 === 1,
  }));
}
