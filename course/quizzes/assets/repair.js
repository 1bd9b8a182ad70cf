/* The mode `repair`: a weak recommendation, one's own text, what the examiner sees in it, two models.

   The payload is described in course/practice/repair.py. Kept is {text, examined: how often}: the
   models are shown only to who has had an own text examined. */

const LONGEST_TEXT = 5000;
const PAUSE = 1000; // ms without a key before a draft is sent on

const textOf = (entry) => (typeof entry?.response?.text === "string" ? entry.response.text : "");
const examinedOf = (entry) => (Number.isInteger(entry?.response?.examined) ? entry.response.examined : 0);
const sameWords = (one, other) => one.trim().split(/\s+/).join(" ") === other.trim().split(/\s+/).join(" ");

/** One line of the result: how it stands, the criterion, what was seen; else why, and what to write. */
function drawFinding({ payload, ui }, item, { id, state, case: name, values }) {
  const texts = payload.examine;
  const line = (text) => tell(ui, "p", {}, text);
  // Set apart in a right-to-left sentence, or the words of what was seen change places.
  const shown = ui.dir === "rtl" ? { ...values, seen: `\u2068${values.seen}\u2069` } : values;
  const mark = { passed: "right", failed: "wrong", look: "missed" }[state];
  const reasons = state === "passed" ? [] : [line(texts[`${id}-why`]), line(`${ui.instead}: ${texts[`${id}-instead`]}`)];
  return make("div", { class: "cq-reason", "data-mark": mark, "data-criterion": id, "data-finding": state },
    make("p", { class: "cq-reason-head" },
      tell(ui, "span", { class: "cq-badge", "data-tag": state === "passed" ? null : "your-answer" }, texts[state]),
      " ", tell(ui, "span", {}, texts[id])),
    line(fill(texts[`${id}-${name}`], shown)), ...reasons);
}

/** What was weak in the first text, the two models, the note: for who has tried. */
function drawModels({ ui }, item) {
  const own = { lang: item.lang, dir: item.dir };
  const head = (text) => tell(ui, "p", { class: "cq-badge" }, text);
  return [
    make("div", { class: "cq-reason" }, head(ui.wrong),
      make("ul", {}, item.wrong.map(({ name, seen }) => make("li", {}, tell(ui, "strong", {}, `${name}:`), " ", tell(ui, "span", {}, seen))))),
    make("div", { class: "cq-reason cq-models" }, head(ui.models),
      item.models.map((text, place) => [
        tell(ui, "p", { class: "cq-reason-head" }, fill(ui.model, { number: place + 1 })),
        make("p", { class: "cq-paragraph cq-model", ...own }, say(text, item.dir)),
      ])),
    make("div", { class: "cq-reason" }, head(ui.note), make("p", own, say(item.note, item.dir))),
  ];
}

function drawOne(page, item, number, all) {
  const { ui, payload } = page;
  const program = payload.programs[item.lang];
  const inputId = freshId();
  const helpId = freshId();
  let pause;

  const ask = tell(ui, "p", { class: "cq-ask", role: "alert" }, "");
  const status = make("span", { class: "cq-status" });
  const result = make("div", { class: "cq-result", tabindex: "-1", hidden: true });
  const input = make("textarea", {
    id: inputId, rows: 5, maxlength: LONGEST_TEXT, lang: item.lang, dir: item.dir, "aria-describedby": helpId,
    oninput: () => keepDraft(false), onchange: () => keepDraft(true),
  });
  const button = make("button", { type: "button", class: "cq-button cq-main", "data-action": "examine", onclick: () => check() }, ui.examine);

  const keep = (examined, done) => {
    const attempt = (page.entries.get(item.id)?.attempt || 0) + (done ? 1 : 0);
    page.keep(item.id, {
      response: { text: input.value, examined }, score: null, attempt, at: new Date().toISOString(),
      revision: item.revision, lang: item.lang,
    }, done);
  };
  const keepDraft = (done) => {
    clearTimeout(pause);
    ask.replaceChildren();
    const entry = page.entries.get(item.id);
    if (!entry && !input.value.trim()) return;
    if (done && textOf(entry) === input.value && node.dataset.state !== "answered") return; // kept already
    keep(examinedOf(entry), done);
    if (!done) pause = setTimeout(() => keepDraft(true), PAUSE);
  };
  const check = () => {
    const text = input.value;
    const wrong = !text.trim() ? "write-first" : sameWords(text, item.stem) ? "same" : null;
    if (wrong) {
      ask.replaceChildren(...say(ui[wrong], ui.dir));
      input.focus();
      return;
    }
    clearTimeout(pause);
    ask.replaceChildren();
    keep(examinedOf(page.entries.get(item.id)) + 1, true);
    show(text);
    result.focus();
  };
  const show = (text) => {
    const findings = courseQuiz.kit.examine(program, text, item.body, item.stage);
    const count = (state) => findings.filter((found) => found.state === state).length;
    const [passed, failed, look] = ["passed", "failed", "look"].map(count);
    result.dataset.score = passed === findings.length ? "right" : passed ? "partly" : "wrong";
    result.replaceChildren(
      tell(ui, "p", { class: "cq-verdict" }, fill(payload.examine.summary, { passed, failed, look, all: findings.length })),
      passed === findings.length ? tell(ui, "p", {}, ui["all-seen"]) : "",
      ...findings.map((found) => drawFinding(page, item, found)),
      tell(ui, "p", { class: "cq-how" }, payload.examine.honest),
      ...drawModels(page, item));
    result.hidden = false;
    button.textContent = ui.again;
  };

  const own = { lang: item.lang, dir: item.dir };
  const label = ["loi", "loipr"].includes(item.stage) ? "yours-question" : "yours";
  const node = make("div", { class: "cq-item", role: "group", "aria-label": fill(ui.number, { number, all }), "data-item": item.id, "data-kind": item.kind, "data-state": "open", tabindex: "-1" },
    tell(ui, "p", { class: "cq-number" }, fill(ui.number, { number, all })),
    tell(ui, "p", { class: "cq-how" }, `${ui.invented}. ${item.region}. ${item.theme}.`),
    tell(ui, "p", { class: "cq-how" }, item.for),
    tell(ui, "p", { class: "cq-badge", "data-tag": "your-answer" }, ui.weak),
    make("p", { class: "cq-paragraph cq-weak", ...own }, say(item.stem, item.dir)),
    tell(ui, "p", { class: "cq-how" }, `${ui.articles} `).appendChild(make("bdi", { dir: "ltr" }, item.articles)).parentNode,
    make("label", { class: "cq-label", for: inputId }, tell(ui, "span", { class: "cq-stem" }, ui[label])),
    tell(ui, "p", { class: "cq-how", id: helpId }, ui.help),
    input, ask,
    make("div", { class: "cq-buttons", lang: ui.lang, dir: ui.dir }, button, status),
    result);

  const entry = page.entries.get(item.id);
  input.value = textOf(entry);
  if (entry && entry.revision === item.revision && examinedOf(entry)) show(input.value);
  return { node, status, done: () => examinedOf(page.entries.get(item.id)) > 0 };
}

/** The list to choose from, and the button to the next: one recommendation at a time. */
function drawChooser(page, items) {
  const { ui } = page;
  const id = freshId();
  const fields = [...page.fields.values()];
  let shown = Math.max(0, fields.findIndex((field) => !field.done()));
  const option = ({ theme, body }, place) => make("option", { value: String(place) }, fill(ui.option, { number: place + 1, theme, body }));
  const select = make("select", { id, onchange: () => turn(Number(select.value), false) }, items.map(option));
  const turn = (place, move) => {
    shown = place;
    fields.forEach(({ node }, at) => (node.hidden = at !== shown));
    select.value = String(shown);
    if (move) fields[shown].node.focus();
  };
  const next = make("button", { type: "button", class: "cq-button", "data-action": "next", onclick: () => turn((shown + 1) % items.length, true) }, ui.next);
  turn(shown, false);
  return {
    before: make("div", { class: "cq-item cq-chooser" }, make("label", { class: "cq-label", for: id }, tell(ui, "span", { class: "cq-stem" }, ui.choose)), select),
    after: make("div", { class: "cq-actions" }, next),
  };
}

MODES.repair = (page) => {
  const { payload, ui, fields } = page;
  payload.items.forEach((item, place) => fields.set(item.id, drawOne(page, item, place + 1, payload.items.length)));
  const nodes = [...fields.values()].map(({ node }) => node);
  const progress = () => {
    const done = [...fields.values()].filter((field) => field.done()).length;
    return { done, all: fields.size, text: fill(ui.progress, { done, all: fields.size }) };
  };
  if (nodes.length === 1) return { nodes, progress };
  const { before, after } = drawChooser(page, payload.items);
  return { nodes: [before, ...nodes, after], progress };
};
