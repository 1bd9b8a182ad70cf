/* One control per kind of item: nodes to show, and read, write, lock and focus the response.

   read() gives the response, null where there is none, undefined where what is typed is unreadable;
   `changed(done)` is called on every change, with done = false while a text is being typed. */

function choiceControl({ item, ui, changed, announce, many }) {
  const name = freshId();
  const rows = item.choices.map((choice) => {
    const input = make("input", {
      type: many ? "checkbox" : "radio",
      name,
      value: choice.id,
      onchange: () => {
        showNotes();
        if (input.checked && choice.note) announce(choice.note);
        changed(true);
      },
    });
    const note = choice.note && make("p", { class: "cq-note", hidden: true }, say(choice.note, item.dir));
    const label = make("label", { class: "cq-choice" }, input,
      choice.number ? make("strong", {}, choice.number) : "", make("span", { class: "cq-text" }, say(choice.text, item.dir)));
    return { choice, input, note, label, node: make("div", { class: "cq-row", "data-choice": choice.id }, label, note) };
  });
  const showNotes = () => {
    for (const { note, input } of rows) if (note) note.hidden = !input.checked;
  };
  return {
    node: make("div", { class: item.passage ? "cq-choices cq-passage" : "cq-choices" },
      item.passage ? make("p", {}, say(item.passage, item.dir)) : "", rows.map((row) => row.node)),
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
      for (const { choice, input, label, node } of rows) {
        const right = key ? [key].flat().includes(choice.id) : null;
        const state = !key || !(right || input.checked) ? "" : right ? "right" : "wrong";
        node.dataset.mark = state;
        const words = right ? (input.checked ? "your-right-answer" : many ? "missed" : "right-answer") : "your-answer";
        label.querySelector(".cq-tag")?.remove();
        if (state) label.append(tell(ui, "span", { class: "cq-tag" }, ui[words]));
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
        make("span", { class: "cq-text cq-sign" }, say(choice.text, item.dir)),
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

const CONTROLS = {
  "single-choice": (context) => choiceControl({ ...context, many: false }),
  "multiple-choice": (context) => choiceControl({ ...context, many: true }),
  "mark-paragraph": (context) => choiceControl({ ...context, many: true }),
  ordering: orderControl,
  matching: matchControl,
  numeric: numberControl,
  date: dayControl,
  cloze: clozeControl,
  classification: classifyControl,
  "document-hunt": huntControl,
  "build-parts": buildControl,
  "short-text": (context) => textControl({ ...context, long: false }),
  "long-text": (context) => textControl({ ...context, long: true }),
};
