/* The fields of the form of a report: each with its label, its help, its words, and what becomes of it. */

const PAUSE = 1000; // ms without a key before a text is sent on
const MOST_SHOWN = 12; // earlier recommendations at once
const typed = (text) => text.split(/[,،;؛]/).map((one) => latinFigures(one).trim()).filter(Boolean);
const option = (value, text) => make("option", { value }, text);

/** A list that is drawn again only when what it offers has changed: the focus stays where it is. */
function offering(node, offer, draw) {
  let drawn;
  return () => {
    const found = offer();
    const now = JSON.stringify(found);
    if (now !== drawn) node.replaceChildren(...draw(found));
    drawn = now;
  };
}

/** One control per kind: {node, read, write, refresh?}; read() gives undefined for what fits no pattern. */
const REPORT_CONTROLS = {
  line({ form, item, attributes, changed }) {
    const fits = (text) => !item.pattern || !text || new RegExp(`^(?:${item.pattern})$`).test(text);
    const node = make("input", { ...attributes, type: "text", dir: "auto", autocomplete: "off", maxlength: form.page.payload.longest, oninput: () => changed(false), onchange: () => changed(true) });
    const read = () => (item.pattern ? latinFigures(node.value).trim() : node.value);
    return { node, read: () => (fits(read()) ? read() : undefined), write: (value) => (node.value = value || "") };
  },
  text({ form, item, attributes, changed }) {
    const node = make("textarea", { ...attributes, rows: item.lines + 1, dir: "auto", maxlength: form.page.payload.longest, oninput: () => changed(false), onchange: () => changed(true) });
    return { node, read: () => node.value, write: (value) => (node.value = value || "") };
  },
  lines({ form, item, changed }) {
    const inputs = Array.from({ length: item.lines }, (_, place) =>
      make("input", { type: "text", dir: "auto", autocomplete: "off", "aria-label": fill(form.ui.priority, { number: place + 1 }), oninput: () => changed(false), onchange: () => changed(true) }));
    const write = (value) => inputs.forEach((input, place) => (input.value = value?.[place] || ""));
    return { node: make("div", { class: "cq-lines" }, inputs), read: () => inputs.map(({ value }) => value), write };
  },
  list({ item, attributes, changed }) {
    const fits = (one) => !item.pattern || new RegExp(`^(?:${item.pattern})$`).test(one);
    const node = make("input", { ...attributes, type: "text", dir: "auto", autocomplete: "off", oninput: () => changed(false), onchange: () => changed(true) });
    return { node, read: () => (typed(node.value).every(fits) ? typed(node.value) : undefined), write: (value) => (node.value = (value || []).join(", ")) };
  },
  number({ item, attributes, changed }) {
    const node = make("input", { ...attributes, type: "text", inputmode: "numeric", dir: "ltr", class: "cq-short", autocomplete: "off", oninput: () => changed(false), onchange: () => changed(true) });
    const read = () => {
      const text = latinFigures(node.value).trim();
      return !text ? null : new RegExp(`^(?:${item.pattern})$`).test(text) ? Number(text) : undefined;
    };
    return { node, read, write: (value) => (node.value = value || "") };
  },
  choice({ form, item, attributes, changed }) {
    const node = make("select", { ...attributes, onchange: () => changed(true) });
    const offer = () => {
      const stages = item.name === "stage" && form.page.payload.stages[form.chosenBody()];
      return item.choices.filter(({ id }) => !stages || stages.includes(id) || id === form.value(item.id));
    };
    const redraw = offering(node, offer, (choices) => [option("", form.ui.choose), ...choices.map(({ id, text }) => option(id, text))]);
    const refresh = () => {
      const { value } = node;
      redraw();
      node.value = value;
      if (node.selectedIndex < 0) node.value = "";
    };
    redraw();
    return { node, refresh, read: () => node.value, write: (value) => (node.value = value || "") };
  },
  flag({ attributes, changed }) {
    const node = make("input", { ...attributes, type: "checkbox", onchange: () => changed(true) });
    return { node, read: () => node.checked, write: (value) => (node.checked = value === true) };
  },
  holder({ form, attributes, changed }) {
    const node = make("select", { ...attributes, onchange: () => changed(true) });
    let chosen = "";
    const refresh = offering(node, () => form.report.authors.map(({ member, name }, place) => [member, name || fill(form.ui.authors, { number: place + 1 })]), (authors) => {
      const options = [option("", form.ui.nobody), ...authors.map(([id, name]) => option(id, name))];
      setTimeout(() => (node.value = authors.some(([id]) => id === chosen) ? chosen : ""));
      return options;
    });
    return { node, refresh, read: () => (chosen = node.value), write: (value) => (node.value = chosen = value || "") };
  },
  proofs({ form, changed }) {
    const node = make("div", { class: "cq-proofs" });
    let chosen = [];
    const choose = (id, checked) => {
      chosen = [...chosen.filter((one) => one !== id), ...(checked ? [id] : [])];
      changed(true);
    };
    const offer = () => form.report.evidence.map((one, place) => [one.id, one.source || "", fill(form.ui.evidence, { number: place + 1 }), isUsable(one, form.page.payload)]);
    const refresh = offering(node, offer, (evidence) => evidence.length
      ? evidence.map(([id, source, number, usable]) => make("label", { class: "cq-choice" },
          make("input", { type: "checkbox", value: id, checked: chosen.includes(id), onchange: ({ target }) => choose(id, target.checked) }),
          make("span", { class: "cq-text", dir: "auto" }, `${number}: ${source || form.ui.unnamed}`, usable ? "" : make("em", {}, ` (${form.ui["proof-unusable"]})`))))
      : [tell(form.ui, "p", { class: "cq-how" }, form.ui["proofs-none"])]);
    return { node, refresh, read: () => chosen, write: (value) => (chosen = value || []) };
  },
  earlier({ form, changed }) {
    const { ui, page } = form;
    const same = (one, other) => one.symbol === other.symbol && one.paragraph === other.paragraph;
    const rows = () => page.payload.earlier[form.report.country] || [];
    let chosen = [];
    const list = make("div", { class: "cq-proofs" });
    const found = make("p", { class: "cq-how", role: "status" });
    const search = make("input", { type: "search", "aria-label": ui["earlier-search"], placeholder: ui["earlier-search"], dir: "auto", oninput: () => draw() });
    const row = (one) => make("label", { class: "cq-choice" },
      make("input", { type: "checkbox", checked: chosen.some((other) => same(one, other)), onchange: ({ target }) => {
        const { symbol, paragraph } = one;
        chosen = [...chosen.filter((other) => !same(one, other)), ...(target.checked ? [{ symbol, paragraph }] : [])];
        changed(true);
      } }),
      make("span", { class: "cq-text", lang: "en", dir: "ltr" }, make("strong", {}, `${one.symbol}, ${one.paragraph}`), ` ${one.text || ""}${one.sdg ? ` (SDG ${one.sdg})` : ""}`));
    const draw = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const text = ({ symbol, paragraph, body, text: said }) => `${symbol} ${paragraph} ${body} ${said}`.toLowerCase();
      const own = (one) => (one.body === form.report.body ? 0 : 1);
      const fit = rows().filter((one) => words.every((word) => text(one).includes(word))).sort((one, other) => own(one) - own(other));
      const first = words.length ? [] : chosen.map((one) => rows().find((other) => same(one, other)) || one);
      const rest = fit.filter((one) => !first.some((other) => same(one, other)));
      const shown = [...first, ...rest.slice(0, MOST_SHOWN)];
      found.textContent = fill(ui["earlier-found"], { count: first.length + rest.length, shown: shown.length });
      list.replaceChildren(...shown.map(row));
    };
    const said = make("p", { class: "cq-how" });
    const tellChosen = () => (said.textContent = chosen.map(({ symbol, paragraph }) => `${symbol}, ${paragraph}`).join("; ") || ui["earlier-none"]);
    const more = make("details", { ontoggle: () => more.open && draw() }, make("summary", {}, ui["earlier-search"]), search, found, list);
    return { node: make("div", {}, said, more), refresh: tellChosen, read: () => chosen, write: (value) => (chosen = value || []) };
  },
};

/** One field with its label; `place` is its place in the report, with the ids of its rows. */
function drawReportField(form, item, place) {
  const { page, ui } = form;
  const [id, help] = [freshId(), freshId()];
  const grouped = ["lines", "proofs", "earlier"].includes(item.kind);
  const ask = make("p", { class: "cq-ask", role: "alert" });
  const status = make("span", { class: "cq-status" });
  const words = item.counted ? tell(ui, "p", { class: "cq-words" }, "") : "";
  const more = make("p", {});
  let pause;
  const changed = (done) => {
    clearTimeout(pause);
    const value = control.read();
    if (done) ask.replaceChildren(...say(value === undefined ? item.wrong : form.warn(item, value), ui.dir));
    if (value === undefined) return;
    form.keep(place, value, done);
    if (!done) pause = setTimeout(() => form.keep(place, value, true), PAUSE);
    if (done && item.counted) form.announceWords(place, value);
  };
  const control = REPORT_CONTROLS[item.kind]({ form, item, changed, attributes: { id, "aria-describedby": help } });
  if (form.value(place) !== undefined) control.write(form.value(place));
  const refresh = () => {
    control.refresh?.();
    more.replaceChildren(...say(form.helpMore(item), ui.dir));
    if (words) form.sayWords(words, place, control.read());
  };
  const label = make("span", { class: "cq-stem" }, say(item.stem, item.dir));
  const told = make("div", { class: "cq-how", id: help }, item.help ? make("p", {}, say(item.help, item.dir)) : "", more);
  const foot = [words, ask, status];
  const attributes = { class: "cq-field", "data-field": place, "data-kind": item.kind, "data-state": "open" };
  const node = grouped
    ? make("fieldset", { ...attributes, "aria-describedby": help }, make("legend", {}, label), told, control.node, foot)
    : item.kind === "flag"
      ? make("div", attributes, make("label", { class: "cq-flag", for: id }, control.node, label), told, foot)
      : make("div", attributes, make("label", { class: "cq-label", for: id }, label), told, control.node, foot);
  // What is there already needs no word; what is typed now does.
  page.fields.set(place, { node, status, done: () => false, refresh });
  return node;
}
