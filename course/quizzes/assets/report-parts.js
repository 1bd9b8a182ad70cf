/* What stands around the fields of a report: words and open points, its file, an empty form on paper. */

const ON_PAPER = { authors: 2, evidence: 6, sections: 2, claims: 3, demands: 2 }; // rows left to fill in by hand

/** Words by part, the limit with its source, and what is open. */
function drawOverview(form) {
  const { ui } = form;
  const rows = make("tbody", {});
  const limit = make("p", { class: "cq-how" });
  const title = make("p", { class: "cq-stem" });
  const list = make("ul", { class: "cq-points" });
  const row = (name, words, given, over) => make("tr", { "data-over": String(Boolean(over)) }, make("th", { scope: "row", dir: "auto" }, name), make("td", {}, String(words)), make("td", {}, given === null ? "–" : String(given)));
  const refresh = () => {
    const { words, report, points } = form;
    rows.replaceChildren(row(ui.front, words.front, null),
      ...report.sections.map(({ id, heading }, at) => {
        const share = words.sections.get(id);
        return row(heading || fill(ui.sections, { number: at + 1 }), share.words, share.given, share.given && share.words > share.given);
      }),
      row(ui.frame, words.frame, null),
      ...(words.repeated ? [row(ui.repeated, words.repeated, null)] : []),
      row(words.limit.notes ? ui.notes : ui["notes-apart"], words.notes, null),
      row(ui.sum, words.counted, words.limit.words, words.left !== null && words.left < 0));
    limit.replaceChildren(...say(words.limit.text || "", ui.dir));
    title.textContent = fill(ui.points, { count: points.length });
    list.replaceChildren(...points.map(({ place, text }) => make("li", { "data-point": place },
      make("button", { type: "button", class: "cq-link", onclick: () => form.show(place) }, say(text, ui.dir)))));
    none.hidden = points.length > 0;
  };
  const none = tell(ui, "p", {}, ui["points-none"]);
  const heads = ["column-part", "column-words", "column-given"].map((name) => make("th", { scope: "col" }, ui[name]));
  const node = drawPart(form, "overview", true, limit,
    make("table", {}, make("caption", {}, ui.budget), make("thead", {}, make("tr", {}, heads)), rows),
    tell(ui, "p", { class: "cq-how" }, ui["sum-help"]), title, list, none);
  return { node, refresh };
}

/** Where it is kept; in the book also the way out and in as a file; an empty form on paper. */
function drawFile(form) {
  const { page, ui } = form;
  const said = make("p", { class: "cq-kept", role: "status" });
  const button = (action, onclick, text) => make("button", { type: "button", class: "cq-button", "data-action": action, onclick }, ui[text]);
  const name = form.page.payload.file || "report.yml";
  const save = () => {
    download(name, new Blob([`${JSON.stringify(savedReport(form.report), null, 1)}\n`], { type: "application/yaml" }));
    return fill(ui.saved, { name });
  };
  page.saveOwn = save; // what a card offers where this browser keeps nothing
  const bring = (text) => {
    let found = null;
    try {
      found = placesOf(JSON.parse(text));
    } catch { /* no file of ours: said below */ }
    if (!found) {
      said.textContent = ui["bring-wrong"];
      return;
    }
    const isPrivate = (place) => found.has(place.split(".").slice(0, 2).join(".")) && PRIVATE.includes(place.split(".")[2]);
    for (const place of [...page.entries.keys()].filter((one) => !found.has(one) && !isPrivate(one))) {
      page.entries.delete(place);
      changeEntry(page.key, place, null);
    }
    for (const [place, value] of found) page.keep(place, { response: value, score: null, attempt: 1, at: new Date().toISOString(), revision: null, lang: ui.lang });
    form.reopen();
    page.announce(ui.brought);
  };
  const file = make("input", { type: "file", accept: ".yml,.json", hidden: true, onchange: async () => {
    if (file.files[0]) bring(await file.files[0].text());
    file.value = "";
  } });
  const own = form.live ? "" : [button("export", () => said.replaceChildren(...say(save(), ui.dir)), "save"), button("import", () => file.click(), "bring")];
  return drawPart(form, "file", true, make("p", { class: "cq-how" }, say(fill(ui[form.live ? "kept-live" : "kept-here"], { name }), ui.dir)),
    form.live ? "" : tell(ui, "p", { class: "cq-how" }, ui["bring-sure"]),
    make("div", { class: "cq-buttons" }, own, button("print", () => printForm(form), "print")), file, said);
}

/** A sheet of its own for the printer: each field with lines to write on; evidence only where it is open. */
function printForm({ page, ui, items }) {
  const closed = page.root.querySelector(".cq-gate[data-closed=true]");
  const line = () => make("p", { class: "cq-blank", "aria-hidden": "true" });
  const field = (item) => make("div", { class: "cq-paper-field" }, make("p", {}, make("strong", {}, say(item.stem, item.dir)), item.kind === "flag" ? " ☐" : ""),
    item.help ? make("p", { class: "cq-how" }, say(item.help, item.dir)) : "",
    item.choices.length ? make("p", {}, item.choices.map(({ text }) => `☐ ${text}  `)) : item.kind === "flag" ? "" : Array.from({ length: item.lines }, line));
  const within = (before, list) => list.flatMap((item) => {
    const rest = item.id.slice(before.length);
    const kind = Object.keys(ROWS).find((one) => rest === `${one}.*`);
    if (rest.includes(".*.") || item.kind === "order") return [];
    if (!kind) return [field(item)];
    const name = item.name;
    return Array.from({ length: ON_PAPER[kind] }, (_, at) => make("div", { class: "cq-paper-row" },
      make("h3", {}, fill(ui[name], { number: at + 1 })), within(`${item.id}.`, list.filter(({ id }) => id.startsWith(`${item.id}.`)))));
  });
  const sheet = make("div", { class: "cq-paper", lang: ui.lang, dir: ui.dir }, make("h1", {}, ui.heading), make("p", {}, ui.paper),
    FORM_PARTS.filter((name) => !(closed && name === "evidence")).map((name) => [make("h2", {}, ui[`part-${name}`]), within("", [...items.values()].filter(({ part }) => part === name))]));
  document.body.append(sheet);
  document.documentElement.classList.add("cq-printing-paper");
  addEventListener("afterprint", () => {
    sheet.remove();
    document.documentElement.classList.remove("cq-printing-paper");
  }, { once: true });
  print();
}
