// Puts what arrives into its place, and says in words when the page is cut off from the course.
"use strict";
(() => {
  const SLOW_MS = 60000;
  const LOST = new Set(["restarting", "autorestarting", "dead"]);
  const CLOSED_AFTER_MS = 4000;
  const DRAWN_BY_FRONT_END = 'script[type="application/vnd.voila.cell-output+json"]';
  let lastArrival = Date.now();

  // One notice at a time; only the one about the connection may give way to another.
  const show = (kind) => {
    const open = document.querySelector(".notice:not([hidden])");
    if (open && open.id !== "notice-closed") return;
    if (open) open.hidden = true;
    document.getElementById(`notice-${kind}`).hidden = false;
  };
  const hide = (kind) => {
    document.getElementById(`notice-${kind}`).hidden = true;
  };

  // Called by the page for each part that arrives, and where it cannot be completed.
  window.course_place = (number) => {
    lastArrival = Date.now();
    const arrived = document.querySelector(`.arrived[data-place="${number}"]`);
    const place = document.getElementById(`place-${number}`);
    if (!arrived.querySelector(DRAWN_BY_FRONT_END)) place.replaceChildren();
    place.append(...arrived.childNodes);
    arrived.remove();
  };
  window.course_show = show;
  // Called by Voilà's front end, which would uncover a page that it had hidden; ours never is.
  window.display_cells = () => {};

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-reload]")) location.reload();
  });

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
  const looking = setInterval(() => {
    const kernel = window.jupyterapp?.widgetManager?.kernel;
    if (kernel && !document.querySelector(DRAWN_BY_FRONT_END)) {
      clearInterval(looking);
      hide("slow");
      document.querySelectorAll(".waiting").forEach((line) => line.remove());
      watch(kernel);
    } else if (Date.now() - lastArrival > SLOW_MS) {
      show("slow");
    }
  }, 200);
})();
