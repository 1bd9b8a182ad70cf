// Puts what arrives into its place, and says in words when the page is cut off from the course.
"use strict";
(() => {
  const SLOW_BEATS = 6; // the server sends a beat every ten seconds while it computes
  const SLOW_MS = 60000;
  const LOST = new Set(["restarting", "autorestarting", "dead"]);
  const CLOSED_AFTER_MS = 4000;
  let beats = 0;

  const show = (kind) => {
    const open = document.querySelector(".notice:not([hidden])");
    if (open && open.id !== "notice-closed") return;
    if (open) open.hidden = true;
    document.getElementById(`notice-${kind}`).hidden = false;
  };
  const hide = (kind) => {
    document.getElementById(`notice-${kind}`).hidden = true;
  };

  window.course_place = (number) => {
    beats = 0;
    const arrived = document.querySelector(`.arrived[data-place="${number}"]`);
    const place = document.getElementById(`place-${number}`);
    if (!arrived.querySelector("script")) place.replaceChildren();
    place.append(...arrived.childNodes);
    arrived.remove();
  };
  // Called by Voilà while the page is being computed, and by its front end.
  window.voila_heartbeat = () => {
    beats += 1;
    if (beats >= SLOW_BEATS) show("slow");
  };
  window.display_cells = () => {};

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-reload]")) location.reload();
  });

  // The widgets' front end starts after `load`; from then on its connection tells how we are.
  const watch = (kernel) => {
    let closing;
    kernel.statusChanged.connect((_, status) => {
      if (LOST.has(status)) show("lost");
    });
    kernel.connectionStatusChanged.connect((_, status) => {
      clearTimeout(closing);
      if (status === "connected") hide("closed");
      else closing = setTimeout(() => show("closed"), CLOSED_AFTER_MS);
    });
  };
  const drawn = () => !document.querySelector('script[type="application/vnd.voila.cell-output+json"]');
  window.addEventListener("load", () => {
    const begun = Date.now();
    const looking = setInterval(() => {
      const kernel = window.jupyterapp?.widgetManager?.kernel;
      if (kernel && drawn()) {
        clearInterval(looking);
        watch(kernel);
      } else if (Date.now() - begun > SLOW_MS) {
        clearInterval(looking);
        show("slow");
      }
    }, 200);
  });
})();
