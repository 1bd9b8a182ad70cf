/* The mode `compose`: the form of a report, its words and open points, its file, its print-out.

   The payload is described in course/report/compose/form_data.py. Each field is an entry of its own,
   kept as soon as it is left; the page redraws only what hangs on it. */

const CHOSEN_FIRST = ["body", "country", "stage", "language"];
const CALLED = { authors: "name", evidence: "source", sections: "heading" }; // rows that fold, by what they are called
const FORM_PARTS = ["beginning", "authors", "evidence", "opening", "sections", "conclusion"];

/** What the fields share: the report as it stands, its words, what is kept and said. */
function openReport(page) {
  const { payload, ui, live, entries } = page;
  const items = new Map(payload.items.map((item) => [item.id, item]));
  const form = { page, ui, items, report: readReport(entries) };
  const entryOf = (response) => ({ response, score: null, attempt: 1, at: new Date().toISOString(), revision: null, lang: ui.lang });
  form.item = (place) => items.get(place);
  form.value = (place) => entries.get(place)?.response;
  form.chosenBody = () => form.report.body;
  form.keep = (place, value, done) => {
    page.keep(place, entryOf(value), done);
    page.refresh();
  };
  /** Take out a row: all that was typed in it goes too, here and where it was not sent yet. */
  form.remove = (place) => {
    for (const id of [...entries.keys()].filter((one) => one.startsWith(`${place}.`))) {
      entries.delete(id);
      page.fields.delete(id);
      changeEntry(page.key, id, null);
    }
    page.fields.delete(place);
    form.keep(place, false, true);
  };
  form.count = () => {
    form.report = readReport(entries);
    form.words = countReport(form.report, payload);
    form.points = openPoints(form.report, page);
  };
  form.wordsSaid = (place, value) => {
    const { sections, front, left } = form.words;
    const share = sections.get(place.split(".")[1]) || { words: front, given: null };
    return [
      fill(ui.here, { count: wordsIn(...[value].flat()) }),
      share.given === null ? fill(ui["of-part-open"], share) : fill(ui["of-part"], share),
      left === null ? "" : fill(ui[left < 0 ? "over" : "left"], { left, over: -left }),
    ].filter(Boolean).join(" ");
  };
  form.sayWords = (line, place, value) => {
    const share = form.words.sections.get(place.split(".")[1]);
    line.textContent = form.wordsSaid(place, value || "");
    line.dataset.over = String(form.words.left < 0 || Boolean(share?.given && share.words > share.given));
  };
  let pointsSaid = null;
  form.announceWords = (place, value) => {
    const points = form.points.length === pointsSaid ? "" : ` ${fill(ui.points, { count: form.points.length })}`;
    pointsSaid = form.points.length;
    page.announce(`${form.wordsSaid(place, value)}${points}`);
  };
  const treaty = () => payload.articles[form.report.body];
  form.warn = ({ name }, value) => {
    const beyond = name === "sections-articles" && treaty() && value.map((one) => Number.parseInt(one, 10)).find((one) => one > treaty().last);
    return beyond ? fill(ui["articles-beyond"], { ...treaty(), article: beyond }) : "";
  };
  form.helpMore = ({ name }) => {
    const symbol = name === "sections-issues" && payload.issues[form.report.country]?.[form.report.body];
    if (symbol) return fill(ui["help-issues-symbol"], { symbol });
    return name === "sections-articles" && treaty() ? fill(ui["help-articles-last"], treaty()) : "";
  };
  /** Open what is folded around a field, and go there. */
  form.show = (place) => {
    const node = page.fields.get(place)?.node;
    for (let around = node?.parentElement; around && around !== page.root; around = around.parentElement) if (around.matches("details")) around.open = true;
    node?.querySelector("input, textarea, select, summary")?.focus();
  };
  form.live = Boolean(live);
  return form;
}

/** The place as the payload has it: `sections.s-1.heading` is `sections.*.heading`. */
const generic = (place) => place.split(".").map((part, at, parts) => (at % 2 && Object.hasOwn(ROWS, parts[at - 1]) ? "*" : part)).join(".");

const drawFields = (form, base, names) => names.map((name) => {
  const place = base ? `${base}.${name}` : name;
  return drawReportField(form, form.item(generic(place)), place);
});

/** A list of rows that grows and shrinks: `inside(place)` gives the nodes of one row. */
function drawRows(form, kind, base, inside) {
  const { page, ui } = form;
  const place = base ? `${base}.${kind}` : kind;
  const name = generic(place).split(".").filter((part) => part !== "*").slice(-2).join("-");
  const box = make("div", { class: "cq-rows" });
  const number = () => [...box.children].forEach((row, at) => {
    row.label.textContent = fill(ui[name], { number: at + 1 });
    row.out.setAttribute("aria-label", fill(ui["remove-what"], { what: row.label.textContent }));
    row.up?.setAttribute("aria-label", fill(ui.up, { what: row.label.textContent }));
    row.up?.setAttribute("aria-disabled", String(at === 0));
  });
  const focusIn = (row) => row.querySelector("input, textarea, select")?.focus();
  const draw = (id, fresh) => {
    const here = `${place}.${id}`;
    const label = make("span", {});
    const status = make("span", { class: "cq-status" });
    const asked = make("div", { class: "cq-sure", role: "alert" });
    const takeOut = () => {
      const what = label.textContent;
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      form.remove(here);
      number();
      (next ? next.querySelector("summary") || next.out : add).focus();
      page.announce(fill(ui.removed, { what }));
    };
    const ask = () => {
      const no = button("remove-no", () => {
        asked.replaceChildren();
        out.focus();
      });
      asked.replaceChildren(tell(ui, "p", {}, ui["remove-sure"]), make("div", { class: "cq-buttons" }, button("remove-yes", takeOut), no));
      no.focus();
    };
    const button = (action, onclick, text = ui[action]) => make("button", { type: "button", class: "cq-button cq-small-button", "data-action": action, onclick }, text);
    const out = button("remove", ask);
    const up = place === "sections" ? button("up", () => {
      if (!row.previousElementSibling) return;
      box.insertBefore(row, row.previousElementSibling);
      number();
      form.keep("sections", [...box.children].map((one) => one.dataset.row), true);
      up.focus();
      page.announce(fill(ui["moved-up"], { what: label.textContent }));
    }, "↑") : null;
    const called = make("bdi", {}); // a folded row says what is in it
    const attributes = { class: "cq-row-box", "data-row": id, "data-kind": kind, "data-state": "open" };
    const row = make(CALLED[kind] ? "details" : "fieldset", { ...attributes, open: CALLED[kind] ? fresh : null },
      CALLED[kind] ? make("summary", {}, label, called) : make("legend", {}, label), inside(here), make("div", { class: "cq-buttons cq-tools" }, up, out, status), asked);
    Object.assign(row, { label, out, up });
    const refresh = () => {
      const name = form.value(`${here}.${CALLED[kind]}`);
      called.textContent = name ? `: ${name}` : "";
    };
    page.fields.set(here, { node: row, status, done: () => false, refresh });
    box.append(row);
    return row;
  };
  const add = make("button", { type: "button", class: "cq-button", "data-action": `add-${kind}`, onclick: () => {
    const id = `${kind[0]}-${Math.random().toString(36).slice(2, 7).padEnd(5, "0")}`;
    form.keep(`${place}.${id}`, true, true);
    const row = draw(id, true);
    number();
    page.refresh();
    focusIn(row);
    page.announce(fill(ui.added, { what: row.label.textContent }));
  } }, `+ ${ui[`${name}-add`]}`);
  const holder = base ? base.split(".").slice(1, 2)[0] : null;
  const rows = holder ? form.report.sections.find(({ id }) => id === holder)?.[kind] || [] : form.report[kind];
  for (const one of rows) draw(one[ROWS[kind]], false);
  number();
  return [box, add];
}

const DRAWN_PARTS = {
  beginning: (form) => drawFields(form, "", [...CHOSEN_FIRST, "title", "session", "joint"]),
  authors: (form) => [
    drawRows(form, "authors", "", (place) => drawFields(form, place, ["name", "about", "agreed"])),
    drawFields(form, "cover", ["contact", "independence", "funding", "training", "publication"]),
  ],
  evidence(form) {
    const draw = () => ({ nodes: drawRows(form, "evidence", "", (place) => drawFields(form, place, ["source", "date", "method", "consent", "link", "place", "note"])) });
    const { gate } = form.page.payload;
    if (!gate) return draw().nodes;
    const gated = drawGate({ ...form.page, payload: { ...form.page.payload, closed: gate } }, draw);
    form.stop = gated.stop;
    return gated.nodes;
  },
  opening: (form) => drawFields(form, "", ["priorities", "summary", "method"]),
  sections: (form) => drawRows(form, "sections", "", (place) => [
    drawFields(form, place, ["heading", "member", "words", "articles", "issues", "earlier", "sdg", "standard"]),
    drawRows(form, "claims", place, (claim) => drawFields(form, claim, ["text", "evidence"])),
    drawFields(form, place, ["analysis"]),
    drawRows(form, "demands", place, (demand) => drawFields(form, demand, ["text", "follow_up"])),
  ]),
  conclusion: (form) => drawFields(form, "", ["conclusion"]),
};

const drawPart = (form, name, open, ...nodes) =>
  make("details", { class: "cq-part", "data-part": name, open }, make("summary", {}, form.ui[`part-${name}`]), ...nodes);

/** The four choices with which a report begins. */
function drawBeginning(form) {
  const { page, ui } = form;
  const { payload } = page;
  const fields = new Map(CHOSEN_FIRST.map((name) => [name, make("select", { id: freshId(), "data-choice": name, onchange: () => settle() })]));
  const said = make("p", { class: "cq-ask", role: "alert" });
  const offer = (name) => form.item(name).choices.filter(({ id }) => name !== "stage" || (payload.stages[fields.get("body").value] || []).includes(id));
  const settle = () => {
    for (const [name, select] of fields) {
      const { value } = select;
      select.replaceChildren(option("", ui.choose), ...offer(name).map(({ id, text }) => option(id, text)));
      select.value = offer(name).some(({ id }) => id === value) ? value : "";
    }
  };
  settle();
  fields.get("country").value = form.item("country").choices[0].id;
  fields.get("language").value = ui.lang;
  const begin = async () => {
    const chosen = Object.fromEntries([...fields].map(([name, select]) => [name, select.value]));
    if (!Object.values(chosen).every(Boolean)) {
      said.textContent = ui["begin-first"];
      [...fields.values()].find((select) => !select.value).focus();
      return;
    }
    if (form.live) {
      const { entries, messages } = await page.act("begin", chosen);
      if (!entries) {
        said.replaceChildren(...messages.flatMap(({ text }) => say(text, ui.dir)));
        return;
      }
      for (const [place, entry] of Object.entries(entries)) page.entries.set(place, entry);
    } else {
      const texts = payload.titles[chosen.language];
      const title = fill(texts.stages[chosen.stage], { body: texts.bodies[chosen.body], session: "" }) + texts.join + texts.countries[chosen.country];
      const places = { ...chosen, title, joint: chosen.stage === "upr-joint" };
      if (chosen.body === "UPR") for (const [id, heading] of texts.sections) Object.assign(places, { [`sections.${id}`]: true, [`sections.${id}.heading`]: heading });
      for (const [place, value] of Object.entries(places)) form.keep(place, value, true);
    }
    form.reopen();
  };
  return [...[...fields].map(([name, select]) => make("div", { class: "cq-field", "data-field": name }, make("label", { class: "cq-label", for: select.id }, make("span", { class: "cq-stem" }, form.item(name).stem)), select)),
    said, make("div", { class: "cq-buttons" }, make("button", { type: "button", class: "cq-button cq-main", "data-action": "begin", onclick: begin }, ui.begin))];
}

MODES.compose = (page) => {
  const { payload, ui } = page;
  const style = make("style", {}, payload.style);
  if (payload.trouble) return { nodes: [style, make("p", { class: "cq-gate", "data-trouble": "true" }, say(payload.trouble, payload.dir))] };
  const box = make("div", { class: "cq-report" });
  const form = openReport(page);
  const draw = () => {
    page.fields.clear();
    form.count();
    if (!form.report.body) {
      box.replaceChildren(...drawBeginning(form), drawFile(form));
      return;
    }
    const parts = FORM_PARTS.map((name) => drawPart(form, name, name === "beginning" && !form.report.sections.length, ...[DRAWN_PARTS[name](form)].flat(2)));
    const overview = drawOverview(form);
    const bar = make("p", { class: "cq-bar" });
    const toOverview = () => {
      overview.node.open = true;
      overview.node.querySelector("summary").focus();
    };
    const points = make("button", { type: "button", class: "cq-link", "data-action": "points", onclick: toOverview });
    const counted = make("span", {});
    bar.append(counted, points);
    page.fields.set("", { node: bar, status: make("span", {}), done: () => false, refresh() {
      overview.refresh();
      const { words } = form;
      counted.textContent = fill(ui[words.limit.words === null ? "bar" : "bar-limit"], { words: words.counted, limit: words.limit.words });
      counted.dataset.over = String(words.left !== null && words.left < 0);
      points.textContent = fill(ui["bar-points"], { points: form.points.length });
    } });
    box.replaceChildren(...parts, overview.node, drawFile(form), bar);
  };
  form.reopen = () => {
    form.stop?.();
    draw();
    page.refresh();
    box.querySelector("summary, select")?.focus();
  };
  const refreshAll = page.refresh;
  page.refresh = () => {
    form.count();
    refreshAll();
  };
  draw();
  return { nodes: [style, box], stop: () => form.stop?.() };
};
