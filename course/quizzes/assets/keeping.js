/** Draw every static page anew, from what this browser keeps now. */
function redrawAll() {
  for (const [drawn, payload] of statics) if (drawn.isConnected) openPage(drawn, payload, null);
}

/** Save all answers of this browser as a file, or bring them back. Static pages only. */
function drawKeeping(ui) {
  const said = make("p", { class: "cq-kept", role: "status" });
  const save = () => {
    const name = `answers-${new Date().toISOString().slice(0, 10)}.json`;
    download(name, new Blob([JSON.stringify(exportAnswers(), null, 1)], { type: "application/json" }));
    said.textContent = fill(ui.exported, { name });
  };
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: async () => {
    const count = file.files[0] ? importAnswers(await file.files[0].text()) : 0;
    const text = count === null ? ui["import-wrong"] : count ? fill(ui.imported, { count }) : ui["import-none"];
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

