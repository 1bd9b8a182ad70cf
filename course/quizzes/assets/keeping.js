/** Draw every static page anew, from what this browser keeps now. */
function redrawAll() {
  for (const [drawn, payload] of statics) if (drawn.isConnected) openPage(drawn, payload, null);
}

/** All answers as a file; what to say of it. */
function saveAnswers(page) {
  const name = `answers-${new Date().toISOString().slice(0, 10)}.json`;
  download(name, new Blob([JSON.stringify(exportAnswers(page), null, 1)], { type: "application/json" }));
  return fill(page.ui.exported, { name });
}

/** Save all answers of this browser as a file, or bring them back. Static pages only. */
function drawKeeping(page) {
  const { ui } = page;
  const said = make("p", { class: "cq-kept", role: "status" });
  const save = () => {
    said.textContent = saveAnswers(page);
  };
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: async () => {
    const [what, count] = file.files[0] ? importAnswers(await file.files[0].text()) : ["import-none"];
    const text = fill(ui[what], { count });
    const root = file.closest(".course-quiz");
    file.value = "";
    if (count) redrawAll();
    const box = root.querySelector(".cq-keep");
    box.open = true;
    box.querySelector(".cq-kept").textContent = text;
    box.querySelector("[data-action=import]").focus();
  } });
  return make("details", { class: "cq-keep" }, make("summary", {}, ui["keep-title"]),
    make("p", {}, ui["keep-text"]),
    make("div", { class: "cq-buttons" },
      make("button", { type: "button", class: "cq-button", "data-action": "export", onclick: save }, ui.export),
      make("button", { type: "button", class: "cq-button", "data-action": "import", onclick: () => file.click() }, ui.import)),
    file, said);
}

