/* Controls of several rows, each with an answer of its own: the response is {row: value}. */

/** A control from rows {id, node, read, write, lock, focus, fits?}; a row that is "" is left open. */
const rowsControl = (node, rows) => ({
  node,
  read() {
    const filled = rows.map((row) => [row.id, row.read()]).filter(([, value]) => value);
    return filled.length ? Object.fromEntries(filled) : null;
  },
  write: (response) => rows.forEach((row) => row.write((isMap(response) && at(response, row.id)) || "")),
  lock: (locked) => rows.forEach((row) => row.lock(locked)),
  focus: () => rows[0].focus(),
  mark(key) {
    for (const row of rows) {
      const right = key && (row.fits ? row.fits() : row.read() === key[row.id]);
      row.node.dataset.mark = right ? "right" : key && row.read() ? "wrong" : "";
    }
  },
});

/** The options of a list, the first of which says that nothing is chosen. */
const optionsOf = (ui, choices) =>
  [{ id: "", text: ui["nothing-chosen"] }, ...choices].map(({ id, text }) => make("option", { value: id }, text));

/** A row with a list to choose from; `draw(select)` gives its node. */
function selectRow({ changed }, id, options, attributes, draw) {
  const select = make("select", { ...attributes, onchange: () => changed(true) }, options);
  return {
    id,
    node: draw(select),
    read: () => select.value,
    write(value) {
      select.value = value;
      if (select.selectedIndex < 0) select.value = "";
    },
    lock: (locked) => (select.disabled = locked),
    focus: () => select.focus(),
  };
}

function matchControl(context) {
  const { item, ui } = context;
  const options = optionsOf(ui, item.targets);
  const rows = item.choices.map((choice) => {
    const id = freshId();
    return selectRow(context, choice.id, options.map((option) => option.cloneNode(true)), { id }, (select) =>
      make("div", { class: "cq-match", "data-choice": choice.id },
        make("label", { for: id, class: "cq-text" }, say(choice.text, item.dir)), make("span", { class: "cq-sign" }, select)));
  });
  return rowsControl(make("div", { class: "cq-matches" }, rows.map(({ node }) => node)), rows);
}

/** The pieces of a template: text, name, text, name ... text. */
const pieces = (template) => template.split(/\{([\w-]+)\}/);

function clozeControl(context) {
  const { item, ui } = context;
  const rows = [];
  const text = pieces(item.text).map((piece, index) => {
    if (index % 2 === 0) return say(piece, item.dir);
    const { choices } = item.gaps.find(({ id }) => id === piece);
    const label = fill(ui.gap, { number: rows.length + 1, all: item.gaps.length });
    rows.push(selectRow(context, piece, optionsOf(ui, choices), { "aria-label": label }, (select) =>
      make("span", { class: "cq-blankbox cq-sign", "data-choice": piece }, select)));
    return rows.at(-1).node;
  });
  return rowsControl(make("p", { class: "cq-cloze" }, text.flat()), rows);
}

function classifyControl({ item, ui, changed }) {
  const rows = item.choices.map((choice) => {
    const name = freshId();
    const label = freshId();
    const inputs = [];
    const pill = (id, ...words) => {
      inputs.push(make("input", { type: "radio", name, value: id, onchange: () => changed(true) }));
      return make("label", { class: "cq-pill" }, inputs.at(-1), words);
    };
    const node = make("div", { class: "cq-card", "data-choice": choice.id, role: "radiogroup", "aria-labelledby": label },
      make("p", { class: "cq-text cq-sign", id: label }, say(choice.text, item.dir)),
      make("div", { class: "cq-pills" },
        item.targets.map(({ id, text }) => pill(id, say(text, item.dir))), pill("", tell(ui, "span", {}, ui["not-sure"]))));
    const chosen = () => inputs.find((input) => input.checked);
    return {
      id: choice.id,
      node,
      read: () => chosen()?.value || "",
      write: (value) => inputs.forEach((input) => (input.checked = value && input.value === value)),
      lock: (locked) => inputs.forEach((input) => (input.disabled = locked)),
      focus: () => (chosen() || inputs[0]).focus(),
    };
  });
  return rowsControl(make("div", { class: "cq-cards" }, rows.map(({ node }) => node)), rows);
}

const MOST_SHOWN = 10; // rows of an extract; more of them would hide the fields below

/** A table of the course's own data that is searched, and the fields for what is found in it. */
function huntControl({ item, ui, changed, extract }) {
  const rows = item.parts.map((part) => {
    const id = freshId();
    const input = make("input", { type: "text", id, autocomplete: "off", dir: "auto", oninput: () => changed(false) });
    return {
      id: part.id,
      node: make("div", { class: "cq-match", "data-choice": part.id },
        make("label", { for: id, class: "cq-text" }, say(part.label, item.dir)), make("span", { class: "cq-sign" }, input)),
      read: () => input.value.trim(),
      write: (value) => (input.value = typeof value === "string" ? value : ""),
      lock: (locked) => (input.readOnly = locked),
      focus: () => input.focus(),
      fits: () => findWritten(part, input.value)?.id === part.key,
    };
  });
  const search = freshId();
  const count = tell(ui, "p", { class: "cq-or", role: "status" }, "");
  const list = make("ul", { class: "cq-extract", lang: "en", dir: "ltr", tabindex: "0", "aria-label": ui.extract });
  const field = make("input", { type: "search", id: search, autocomplete: "off", dir: "auto", oninput: () => show() });
  const line = ({ symbol, paragraph, text, title, body, year }) =>
    make("li", {}, make("strong", {}, symbol), paragraph ? ` § ${paragraph}` : "", make("span", { class: "cq-or" }, ` ${[body, year].filter(Boolean).join(", ")}`), make("p", {}, text || title));
  let plain;
  const show = () => {
    const words = field.value.split(/\s+/).map(normalise).filter(Boolean);
    if (words.length) plain ||= extract.map((row) => normalise(Object.values(row).join("\n")));
    const found = extract.filter((_, index) => words.every((word) => plain[index].includes(word)));
    list.replaceChildren(...found.slice(0, MOST_SHOWN).map(line));
    const text = found.length > MOST_SHOWN ? "found-many" : "found";
    count.textContent = fill(ui[text], { count: found.length, all: extract.length, shown: MOST_SHOWN });
  };
  show();
  return rowsControl(
    make("div", { class: "cq-matches" },
      make("div", { class: "cq-search" }, make("label", { for: search, class: "cq-text", lang: ui.lang, dir: ui.dir }, ui.search), field, count, list),
      rows.map(({ node }) => node)),
    rows);
}

/** Each part of the pool is put into a slot by a button; the paragraph grows below. */
function buildControl({ item, ui, changed, announce }) {
  const placed = new Map(item.given.map((slot) => [slot, item.key[slot]]));
  const open = item.targets.filter(({ id }) => !item.given.includes(id));
  const slotOf = (choice) => open.find(({ id }) => placed.get(id) === choice)?.id;
  const built = make("p", { class: "cq-built" });
  let locked = false;
  const put = (choice, slot) => {
    if (locked) return;
    const before = slotOf(choice.id);
    placed.delete(before);
    if (before !== slot.id) placed.set(slot.id, choice.id);
    announce(fill(ui[before === slot.id ? "taken-out" : "put-in"], { slot: slot.text, text: choice.text }));
    show();
    changed(true);
  };
  const cards = item.choices.filter(({ id }) => !item.given.some((slot) => item.key[slot] === id)).map((choice) => {
    const label = freshId();
    const buttons = open.map((slot) =>
      make("button", { type: "button", class: "cq-pill", "data-slot": slot.id, onclick: () => put(choice, slot) }, say(slot.text, item.dir)));
    const node = make("div", { class: "cq-card", "data-choice": choice.id, role: "group", "aria-labelledby": label },
      make("p", { class: "cq-text cq-sign", id: label }, say(choice.text, item.dir)), make("div", { class: "cq-pills" }, buttons));
    return { choice, buttons, node };
  });
  const show = () => {
    for (const { choice, buttons } of cards) {
      for (const button of buttons) {
        button.setAttribute("aria-pressed", String(placed.get(button.dataset.slot) === choice.id));
        button.setAttribute("aria-disabled", String(locked));
      }
    }
    built.replaceChildren(...item.targets.flatMap(({ id, text }) => {
      const choice = item.choices.find((one) => one.id === placed.get(id));
      return [make("span", { class: choice ? "cq-filled" : "cq-gap" }, choice ? say(choice.text, item.dir) : `[${text}]`), " "];
    }));
  };
  show();
  return {
    node: make("div", { class: "cq-cards" }, cards.map(({ node }) => node), tell(ui, "p", { class: "cq-or" }, ui.built), built),
    read() {
      const own = open.filter(({ id }) => placed.has(id)).map(({ id }) => [id, placed.get(id)]);
      return own.length ? Object.fromEntries(own) : null;
    },
    write(response) {
      for (const { id } of open) {
        const choice = isMap(response) && at(response, id);
        if (cards.some((card) => card.choice.id === choice)) placed.set(id, choice);
        else placed.delete(id);
      }
      show();
    },
    lock(now) {
      locked = now;
      show();
    },
    focus: () => cards[0].buttons[0].focus(),
    mark(key) {
      for (const { choice, node } of cards) {
        const slot = slotOf(choice.id);
        node.dataset.mark = !key || !slot ? "" : key[slot] === choice.id ? "right" : "wrong";
      }
    },
  };
}
