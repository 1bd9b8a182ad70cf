// Puts what arrives into its place, and says in words when the page is cut off from the course.
"use strict";
(() => {
  const SLOW_MS = 60000;
  const CLOSED_AFTER_MS = 4000;
  let lastArrival = Date.now();
  let closing;

  const notice = (kind) => document.getElementById(`notice-${kind}`);
  // One notice at a time; only the ones that may pass give way to another.
  const show = (kind) => {
    const open = document.querySelector(".notice:not([hidden])");
    if (open === notice("lost") || open === notice("failed")) return;
    if (!notice(kind)) return; // so early that the page has not come yet: what follows says it
    if (open) open.hidden = true;
    notice(kind).hidden = false;
  };
  const hide = (kind) => {
    notice(kind).hidden = true;
  };

  // A part of the page has arrived: put it where the reading left room for it.
  window.course_place = (number) => {
    lastArrival = Date.now();
    const arrived = document.querySelector(`.arrived[data-place="${number}"]`);
    const place = document.getElementById(`place-${number}`);
    const waiting = place.firstElementChild;
    place.replaceChildren(...arrived.childNodes);
    arrived.remove();
    place.querySelectorAll("[data-widget]").forEach((widget) => widget.append(waiting.cloneNode(true)));
  };
  // The page cannot be completed.
  window.course_failed = () => show("failed");
  // Everything has arrived; from now on the connection tells how the page is.
  window.course_arrived = (kernel) => {
    clearInterval(looking);
    hide("slow");
    window.course_connect(
      kernel,
      (state) => {
        if (state === "closed") {
          closing ??= setTimeout(() => show("closed"), CLOSED_AFTER_MS);
          return;
        }
        clearTimeout(closing);
        closing = undefined;
        if (state === "open") hide("closed");
        else show("lost");
      },
      (place) => place.replaceChildren(document.getElementById("part-failed").content.cloneNode(true)),
    );
  };
  const looking = setInterval(() => {
    if (Date.now() - lastArrival > SLOW_MS) show("slow");
  }, 1000);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-reload]")) location.reload();
  });
  // What nothing else caught. A page that the browser resizes in a hurry tells of itself, and means nothing.
  addEventListener("error", ({ message }) => message.startsWith("ResizeObserver") || show("broken"));
  addEventListener("unhandledrejection", () => show("broken"));
  // A page that the browser kept asleep has lost its process.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
})();
