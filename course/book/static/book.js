// Loaded in the head so that the chosen colours are there before the first paint.
(function () {
  "use strict";
  const page = document.documentElement;
  const KEY = "course:theme";
  const stored = () => {
    try { return localStorage.getItem(KEY); } catch { return null; } // storage may be forbidden
  };
  if (stored() === "dark" || stored() === "light") page.dataset.theme = stored();
  page.classList.add("with-script");

  // What no part of the page catches, and a script that did not arrive, is said in words; what is written stays.
  let broken = false;
  const tellBroken = () => {
    broken = true;
    document.getElementById("broken")?.removeAttribute("hidden");
  };
  addEventListener("error", ({ target, message }) => {
    if (target === window ? !message.startsWith("ResizeObserver") : target.defer) tellBroken();
  }, true);
  addEventListener("unhandledrejection", tellBroken);

  const isDark = () =>
    page.dataset.theme ? page.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;

  document.addEventListener("DOMContentLoaded", () => {
    if (broken) tellBroken();
    const switcher = document.getElementById("theme-switch");
    switcher.setAttribute("aria-pressed", String(isDark()));
    switcher.addEventListener("click", () => {
      page.dataset.theme = isDark() ? "light" : "dark";
      switcher.setAttribute("aria-pressed", String(isDark()));
      try { localStorage.setItem(KEY, page.dataset.theme); } catch { /* it holds for this page */ }
    });

    const menu = document.getElementById("menu");
    const contents = document.getElementById("contents");
    const show = (open) => {
      menu.setAttribute("aria-expanded", String(open));
      contents.classList.toggle("open", open);
    };
    menu.addEventListener("click", () => show(menu.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || menu.getAttribute("aria-expanded") !== "true") return;
      show(false);
      menu.focus();
    });
    // A table that fits needs no stop on the way of the Tab key.
    const frames = document.querySelectorAll(".table-region");
    const settle = () => frames.forEach((frame) => {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
    });
    addEventListener("resize", settle);
    settle();

    const here = contents.querySelector('[aria-current="page"]');
    if (here && here.offsetTop > contents.clientHeight) contents.scrollTop = here.offsetTop - 120;
  });

  // Served, the book is kept for reading offline; opened from a file, it is offline already.
  // Where the reader asked to save data, nothing is fetched ahead.
  const saving = navigator.connection && navigator.connection.saveData;
  if (location.protocol.startsWith("http") && navigator.serviceWorker && !saving) {
    addEventListener("load", () => {
      navigator.serviceWorker.register(new URL(page.dataset.root + "sw.js", location.href)).catch(() => {
        // A private window refuses; the pages work all the same.
      });
    });
  }
})();
