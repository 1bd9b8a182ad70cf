/* A form that is closed until the safety check is passed whole. */

/** One sentence and the way to the check; the form itself as soon as the check is passed. */
function drawGate(page, drawForm) {
  const { payload, ui, live } = page;
  const { closed } = payload;
  const isPassed = () => {
    const check = document.querySelector(`.course-quiz[data-id="${closed.quiz}"] .cq-progress`);
    return check?.dataset.passed === "true" || (live ? closed.passed : isWhole(closed));
  };
  if (isPassed()) return drawForm(page);
  const address = pageLink(closed.page);
  const place = make("div", { class: "cq-gate", "data-closed": "true" }, tell(ui, "p", {}, closed.text),
    address ? make("p", {}, make("a", { class: "cq-button cq-main", href: address }, closed.link)) : "");
  let form = null;
  const look = () => {
    if (form || !isPassed()) return;
    form = drawForm(page);
    place.replaceChildren(...form.nodes);
    place.dataset.closed = "false";
    page.refresh();
    page.announce(closed.opened);
  };
  document.addEventListener("course:kept", look);
  addEventListener("storage", look);
  const stop = () => {
    document.removeEventListener("course:kept", look);
    removeEventListener("storage", look);
    form?.stop?.();
  };
  return { nodes: [place], progress: () => form?.progress?.(), stop };
}
