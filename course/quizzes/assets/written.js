/* Controls that are typed into: a number, a day, a text. Their shape is said in controls.js. */

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

function textControl({ item, ui, labelled, described, changed, long }) {
  const input = make(long ? "textarea" : "input", {
    type: long ? null : "text", rows: long ? 6 : null, id: labelled, dir: "auto", autocomplete: labelled ? null : "off",
    "aria-label": labelled ? null : ui["your-text"], "aria-describedby": described, "aria-required": item.required ? "true" : null,
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
