/* The mode "form". A field is kept as soon as it changes; deadline and paragraph follow the others. */

const { CONTROLS, MODES, daysBefore, drawnSafely, fill, freshId, make, say, sayDay, tell } = courseQuiz.kit;

const IN_FIELDSET = new Set(["single-choice", "multiple-choice", "ordering", "matching", "date"]);

/** The words of a field's value, for a paragraph that repeats it; "" where it is empty. */
function sayValue(page, field) {
  const { item } = field;
  const { ui } = page;
  if (item.kind === "deadline") {
    const day = findLastDay(page, item);
    return typeof day === "string" ? sayDay(day, ui) : day === null ? ui["deadline-short"] : "";
  }
  const response = field.control?.read();
  if (response === null || response === undefined) return "";
  const textOf = (id, among) => among.find((one) => one.id === id)?.text || "";
  if (item.kind === "date") return sayDay(response, ui);
  if (item.kind === "single-choice") return textOf(response, item.choices);
  if (item.kind === "matching") {
    const pairs = Object.entries(response).map(([id, target]) => `${textOf(id, item.choices)}: ${textOf(target, item.targets)}`);
    return pairs.join(ui["list-comma"]);
  }
  if (Array.isArray(response)) return response.map((id) => textOf(id, item.choices)).join(ui["list-comma"]);
  return String(response).trim();
}

/** The last day to send; null where no rule is confirmed, undefined while something is not chosen. */
function findLastDay(page, item) {
  const body = page.fields.get(item.body)?.control.read();
  const session = page.fields.get(item.session)?.control.read();
  if (!body) return undefined;
  const days = item.days[body] ?? null;
  if (days === null) return null;
  return session ? daysBefore(session, days) : undefined;
}

function drawDeadline(page, item) {
  const { ui } = page;
  const out = make("div", { class: "cq-computed", role: "status" });
  const refresh = () => {
    const day = findLastDay(page, item);
    if (day === undefined) out.replaceChildren(tell(ui, "p", {}, ui["deadline-first"]));
    else if (day === null) out.replaceChildren(tell(ui, "p", {}, ui["deadline-gap"]));
    else {
      const days = item.days[page.fields.get(item.body).control.read()];
      out.replaceChildren(
        tell(ui, "p", { class: "cq-day", "data-day": day }, fill(ui.deadline, { date: sayDay(day, ui) })),
        tell(ui, "p", {}, fill(ui["deadline-days"], { days })));
    }
  };
  return { node: out, refresh };
}

function drawParagraph(page, item) {
  const { ui } = page;
  const out = make("p", { class: "cq-paragraph", dir: item.dir });
  const said = make("span", { class: "cq-status", role: "status" });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(out.textContent);
      said.textContent = ui.copied;
    } catch {
      getSelection().selectAllChildren(out);
      said.textContent = document.execCommand("copy") ? ui.copied : ui["not-copied"];
    }
  };
  const refresh = () => {
    const parts = item.template.split(/\{([\w-]+)\}/);
    out.replaceChildren(...parts.flatMap((part, index) => {
      if (index % 2 === 0) return say(part, item.dir);
      const field = page.fields.get(part);
      const value = field ? sayValue(page, field) : "";
      return make("span", { class: value ? "cq-filled" : "cq-gap", dir: "auto" }, value || `[${field ? field.item.stem : part}]`);
    }));
    said.textContent = "";
  };
  const button = make("button", { type: "button", class: "cq-button", "data-action": "copy", onclick: copy }, ui.copy);
  const node = make("div", {}, tell(ui, "p", { class: "cq-how" }, ui["paragraph-empty"]), out, make("div", { class: "cq-buttons" }, button, said));
  return { node, refresh };
}

const countWords = (text) => (text.trim() ? text.trim().split(/\s+/).length : 0);

/** The line below a text that counts its words against the field's bounds. */
function drawWordCount(item, ui) {
  const line = tell(ui, "p", { class: "cq-words" }, "");
  const count = (response) => {
    const words = countWords(response || "");
    const { min_words: min, max_words: max } = item;
    const over = max ? Math.max(0, words - max) : 0;
    const text = over ? "words-over" : max && min ? "words-range" : max ? "words-max" : min ? "words-min" : "words";
    line.textContent = fill(ui[text], { count: words, min, max, over });
    line.dataset.over = String(over > 0);
  };
  count("");
  return { line, count };
}

function fitsPattern(pattern, response) {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(response);
  } catch {
    return true; // written for Python alone: the readiness check decides
  }
}

function drawField(page, item) {
  const { ui, payload } = page;
  const help = freshId();
  const labelled = IN_FIELDSET.has(item.kind) ? null : freshId();
  const ask = make("p", { class: "cq-ask", role: "alert" });
  const status = make("span", { class: "cq-status" });
  const words = item.kind === "long-text" || (item.kind === "short-text" && item.max_words) ? drawWordCount(item, ui) : null;
  const field = { item, status, done: () => false };
  let pause;

  const changed = (done) => {
    clearTimeout(pause);
    const response = field.control.read();
    words?.count(response);
    page.refresh();
    const unreadable = response === undefined;
    const misfits = item.pattern && typeof response === "string" && !fitsPattern(item.pattern, response.trim());
    if (done) ask.replaceChildren(...(unreadable ? [ui[field.control.unreadable]] : misfits ? say(item.pattern_help, item.dir) : []));
    if (unreadable) return;
    const entry = { response, score: null, attempt: 1, at: new Date().toISOString(), revision: null, lang: item.lang };
    page.keep(item.id, entry, done);
    if (!done) pause = setTimeout(() => page.keep(item.id, entry, true), 1000);
  };
  const context = { item, ui, described: labelled && help, labelled, announce: page.announce, changed };

  let body;
  if (item.kind === "deadline" || item.kind === "paragraph") {
    const computed = item.kind === "deadline" ? drawDeadline(page, item) : drawParagraph(page, item);
    body = computed.node;
    field.refresh = computed.refresh;
    field.computed = true;
  } else {
    field.control = CONTROLS[item.kind](context);
    body = field.control.node;
    field.done = () => ![null, undefined].includes(field.control.read()) && !field.control.untouched?.();
    const entry = page.entries.get(item.id);
    if (entry) field.control.write(entry.response);
    words?.count(field.control.read());
    field.control.lock(Boolean(payload.readonly));
  }

  const keepOrder = item.kind === "ordering" && !payload.readonly
    ? make("button", { type: "button", class: "cq-button", "data-action": "keep", onclick: () => {
        field.control.write(field.control.read());
        changed(true);
      } }, ui["keep-order"])
    : "";
  const optional = item.required || field.computed ? "" : tell(ui, "span", { class: "cq-optional" }, ` (${ui.optional})`);
  const label = make("span", { class: "cq-stem" }, say(item.stem, item.dir), optional);
  const labelId = freshId();
  const attributes = { class: "cq-item", "data-field": item.id, "data-kind": item.kind, "data-state": "open", lang: item.lang, dir: item.dir };
  const shell = IN_FIELDSET.has(item.kind)
    ? make("fieldset", { ...attributes, "aria-describedby": help }, make("legend", {}, label))
    : labelled && field.control
      ? make("div", attributes, make("label", { class: "cq-label", for: labelled }, label))
      : make("div", { ...attributes, role: "group", "aria-labelledby": labelId }, make("p", { class: "cq-label", id: labelId }, label));
  shell.append(
    make("div", { class: "cq-how", id: help },
      item.help ? make("p", {}, say(item.help, item.dir)) : "",
      labelled || payload.readonly ? "" : tell(ui, "p", {}, ui[`how-${item.kind}`])),
    body, words ? words.line : "", ask, make("div", { class: "cq-buttons", lang: ui.lang, dir: ui.dir }, keepOrder, status));
  return Object.assign(field, { node: shell });
}

/** A form: its fields one after another. */
function drawForm(page) {
  const { payload, ui, fields } = page;
  for (const item of payload.items) fields.set(item.id, drawnSafely(page, item, () => drawField(page, item)));
  const foreign = payload.items.some((item) => item.lang !== payload.lang);
  const nodes = [...fields.values()].map(({ node }) => node);
  if (foreign) nodes.unshift(make("p", { class: "cq-untranslated" }, ui["not-translated"]));
  const progress = () => {
    const all = [...fields.values()].filter(({ computed, item }) => !computed && item.required);
    const done = all.filter((field) => field.done()).length;
    return { done, all: all.length, text: fill(ui.progress, { done, all: all.length }) };
  };
  return { nodes, progress };
}

MODES.form = (page) => (page.payload.closed ? drawGate(page, drawForm) : drawForm(page));
