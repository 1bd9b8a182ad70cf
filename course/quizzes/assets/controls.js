/* One control per kind of item: nodes to show, and read, write, lock and focus the response.

   read() gives the response, null where there is none, undefined where what is typed is unreadable;
   `changed(done)` is called on every change, with done = false while a text is being typed. */

function choiceControl({ item, ui, described, changed, announce, many }) {
  const name = freshId();
  const rows = item.choices.map((choice) => {
    const input = make("input", {
      type: many ? "checkbox" : "radio",
      name,
      value: choice.id,
      "aria-describedby": described,
      onchange: () => {
        showNotes();
        if (input.checked && choice.note) announce(choice.note);
        changed(true);
      },
    });
    const note = make("p", { class: "cq-note", hidden: true }, say(choice.note || "", item.dir));
    const tag = make("span", { class: "cq-tag" });
    const label = make("label", { class: "cq-choice" }, input, make("span", { class: "cq-text" }, say(choice.text, item.dir)), tag);
    return { choice, input, note, tag, node: make("div", { class: "cq-row", "data-choice": choice.id }, label, note) };
  });
  const showNotes = () => {
    for (const row of rows) row.note.hidden = !(row.input.checked && row.choice.note);
  };
  return {
    node: make("div", { class: "cq-choices" }, rows.map((row) => row.node)),
    read() {
      const chosen = rows.filter((row) => row.input.checked).map((row) => row.choice.id);
      if (!chosen.length) return null;
      return many ? chosen : chosen[0];
    },
    write(response) {
      for (const row of rows) row.input.checked = [response].flat().includes(row.choice.id);
      showNotes();
    },
    lock: (locked) => rows.forEach((row) => (row.input.disabled = locked)),
    focus: () => (rows.find((row) => row.input.checked) || rows[0]).input.focus(),
    mark(key) {
      for (const { choice, input, tag, node } of rows) {
        const right = key ? [key].flat().includes(choice.id) : null;
        const state = !key || !(right || input.checked) ? "" : right ? "right" : "wrong";
        node.dataset.mark = state;
        const words = right ? (input.checked ? "your-right-answer" : many ? "missed" : "right-answer") : "your-answer";
        tag.textContent = state ? ui[words] : "";
      }
    },
  };
}

function orderControl({ item, ui, changed, announce }) {
  let touched = false;
  let locked = false;
  const list = make("ol", { class: "cq-order" });
  const move = (row, step) => {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (locked || !other) return;
    touched = true;
    if (step < 0) list.insertBefore(row, other);
    else list.insertBefore(other, row);
    settle();
    const place = [...list.children].indexOf(row) + 1;
    announce(fill(ui.moved, { text: row.dataset.text, place, all: list.children.length }));
    changed(true);
  };
  const button = (choice, step) => {
    const node = make("button", {
      type: "button",
      class: "cq-move",
      "data-action": step < 0 ? "up" : "down",
      "aria-label": fill(ui[step < 0 ? "move-up" : "move-down"], { text: choice.text }),
      onclick: () => {
        move(node.closest("li"), step);
        node.focus();
      },
    }, step < 0 ? "↑" : "↓");
    return node;
  };
  for (const choice of item.choices) {
    list.append(
      make("li", { "data-choice": choice.id, "data-text": choice.text },
        make("span", { class: "cq-text" }, say(choice.text, item.dir)), make("span", { class: "cq-tag" }),
        make("span", { class: "cq-moves" }, button(choice, -1), button(choice, 1))),
    );
  }
  // Ends are only said to be disabled: a button that is taken away would lose the focus.
  const settle = () => {
    for (const row of list.children) {
      const [up, down] = row.querySelectorAll("button");
      up.setAttribute("aria-disabled", String(locked || !row.previousElementSibling));
      down.setAttribute("aria-disabled", String(locked || !row.nextElementSibling));
    }
  };
  settle();
  return {
    node: list,
    read: () => [...list.children].map((row) => row.dataset.choice),
    untouched: () => !touched,
    write(response) {
      if (!isIds(response)) return;
      touched = true;
      const known = response.map((id) => [...list.children].find((row) => row.dataset.choice === id));
      list.append(...known.filter(Boolean));
      settle();
    },
    lock(now) {
      locked = now;
      settle();
    },
    focus: () => list.querySelector("button").focus(),
    mark(key) {
      [...list.children].forEach((row, place) => {
        row.dataset.mark = !key ? "" : key[place] === row.dataset.choice ? "right" : "wrong";
      });
    },
  };
}

function matchControl({ item, ui, described, changed }) {
  const rows = item.choices.map((choice) => {
    const id = freshId();
    const select = make("select", { id, "aria-describedby": described, onchange: () => changed(true) },
      make("option", { value: "" }, ui["nothing-chosen"]),
      item.targets.map((target) => make("option", { value: target.id }, target.text)));
    const node = make("div", { class: "cq-match", "data-choice": choice.id },
      make("label", { for: id, class: "cq-text" }, say(choice.text, item.dir)), select);
    return { choice, select, node };
  });
  return {
    node: make("div", { class: "cq-matches" }, rows.map((row) => row.node)),
    read() {
      const pairs = rows.filter((row) => row.select.value).map((row) => [row.choice.id, row.select.value]);
      return pairs.length ? Object.fromEntries(pairs) : null;
    },
    write(response) {
      for (const { choice, select } of rows) {
        const target = response?.[choice.id];
        select.value = item.targets.some(({ id }) => id === target) ? target : "";
      }
    },
    lock: (locked) => rows.forEach((row) => (row.select.disabled = locked)),
    focus: () => rows[0].select.focus(),
    mark(key) {
      for (const { choice, select, node } of rows) {
        node.dataset.mark = !key ? "" : select.value === key[choice.id] ? "right" : "wrong";
      }
    },
  };
}

function numberControl({ item, ui, labelled, described, changed }) {
  const input = make("input", {
    type: "text", inputmode: "decimal", autocomplete: "off", dir: "ltr", class: "cq-short",
    "aria-label": labelled ? null : ui.number, id: labelled, "aria-describedby": described,
    oninput: () => changed(false), onchange: () => changed(true),
  });
  return {
    node: make("div", { class: "cq-inline" }, input, item.unit ? make("span", { class: "cq-unit" }, say(item.unit, item.dir)) : ""),
    read: () => (input.value.trim() ? parseNumber(input.value) ?? undefined : null),
    unreadable: "not-a-number",
    write: (response) => (input.value = typeof response === "number" ? String(response) : ""),
    lock: (locked) => (input.readOnly = locked),
    focus: () => input.focus(),
    mark() {},
  };
}

function dayControl({ item, ui, labelled, described, changed }) {
  const typedId = freshId();
  const spoken = make("span", { class: "cq-spoken" });
  const show = (iso) => spoken.replaceChildren(...(iso ? say(sayDay(iso, ui), ui.dir) : []));
  const picker = make("input", {
    type: "date", id: labelled, "aria-label": labelled ? null : ui.day, "aria-describedby": described,
    onchange: () => {
      typed.value = picker.value;
      show(picker.value);
      changed(true);
    },
  });
  const typed = make("input", {
    type: "text", id: typedId, inputmode: "numeric", autocomplete: "off", dir: "ltr", class: "cq-short",
    placeholder: ui["day-example"],
    oninput: () => {
      picker.value = parseDay(typed.value) || "";
      show(parseDay(typed.value));
      changed(false);
    },
    onchange: () => changed(true),
  });
  return {
    node: make("div", { class: "cq-inline" }, picker, make("label", { for: typedId, class: "cq-or" }, ui["day-typed"]), typed, spoken),
    read: () => (typed.value.trim() ? parseDay(typed.value) ?? undefined : null),
    unreadable: "not-a-day",
    write(response) {
      typed.value = picker.value = parseDay(response) || "";
      show(parseDay(response));
    },
    lock(locked) {
      typed.readOnly = picker.readOnly = locked;
    },
    focus: () => picker.focus(),
    mark() {},
  };
}

function textControl({ item, labelled, described, changed, long }) {
  const input = make(long ? "textarea" : "input", {
    type: long ? null : "text", rows: long ? 6 : null, id: labelled, dir: "auto",
    "aria-describedby": described, "aria-required": item.required ? "true" : null,
    oninput: () => changed(false), onchange: () => changed(true),
  });
  return {
    node: input,
    read: () => (input.value.trim() ? input.value : null),
    write: (response) => (input.value = typeof response === "string" ? response : ""),
    lock: (locked) => (input.readOnly = locked),
    focus: () => input.focus(),
    mark() {},
  };
}

const CONTROLS = {
  "single-choice": (context) => choiceControl({ ...context, many: false }),
  "multiple-choice": (context) => choiceControl({ ...context, many: true }),
  ordering: orderControl,
  matching: matchControl,
  numeric: numberControl,
  date: dayControl,
  "short-text": (context) => textControl({ ...context, long: false }),
  "long-text": (context) => textControl({ ...context, long: true }),
};
