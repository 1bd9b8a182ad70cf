// Looks through the index in the browser: every word must begin a word of the page.
(function () {
  "use strict";
  const MARKS = /[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g; // accents, Arabic vowel signs, tatweel
  const plain = (text) =>
    text.normalize("NFD").replace(MARKS, "").toLowerCase()
      .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه");
  const wordsOf = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) || [];

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("search-form");
    const field = form.elements.q;
    const list = document.getElementById("search-results");
    const status = document.getElementById("search-status");
    const say = JSON.parse(form.dataset.texts);
    const pages = window.courseIndex.map((page) => ({
      ...page,
      inTitle: wordsOf(page.title),
      inHeadings: wordsOf(page.headings),
      inText: wordsOf(page.text),
    }));
    const begins = (words, term) => words.some((word) => word.startsWith(term));

    function score(page, terms) {
      let sum = 0;
      for (const term of terms) {
        const points =
          (begins(page.inTitle, term) ? 10 : 0) + (begins(page.inHeadings, term) ? 4 : 0) +
          (begins(page.inText, term) ? 1 : 0);
        if (points === 0) return 0;
        sum += points;
      }
      return sum + (page.lang === document.documentElement.lang ? 0.5 : 0);
    }

    function excerpt(page, terms) {
      const words = page.text.split(" ");
      const at = Math.max(0, words.findIndex((word) => wordsOf(word).some((w) => terms.some((t) => w.startsWith(t)))));
      const from = Math.max(0, at - 8);
      const around = document.createElement("p");
      if (from > 0) around.append("… ");
      for (const word of words.slice(from, at + 22)) {
        const hit = wordsOf(word).some((w) => terms.some((t) => w.startsWith(t)));
        const part = hit ? document.createElement("mark") : null;
        if (part) part.textContent = word;
        around.append(part || word, " ");
      }
      around.append("…");
      return around;
    }

    function search() {
      const terms = wordsOf(field.value);
      list.replaceChildren();
      if (terms.length === 0) { status.textContent = ""; return; }
      const found = pages.map((page) => [score(page, terms), page]).filter(([points]) => points > 0);
      found.sort((a, b) => b[0] - a[0]);
      for (const [, page] of found) {
        const entry = document.createElement("li");
        entry.lang = page.lang;
        entry.dir = page.dir;
        const link = document.createElement("a");
        link.href = document.documentElement.dataset.root + encodeURI(page.url);
        link.textContent = page.title;
        entry.append(link, excerpt(page, terms));
        list.append(entry);
      }
      status.textContent =
        found.length === 0 ? say.none : found.length === 1 ? say.one : say.many.replace("{count}", found.length);
    }

    let pause;
    field.value = new URLSearchParams(location.search).get("q") || "";
    field.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, 150); });
    form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
    search();
  });
})();
