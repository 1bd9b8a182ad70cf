/* The mode `chain`: a start check, then one chain at a time, with less and less given.

   Who has the start check all right goes on to the blank chains; who has not reads the first third
   whole, fills half of the second, and builds the rest alone. Any chain can be chosen at any level.
   The payload is described in course/practice/chains.py. */

const { MODES, make, tell, fill, freshId, drawQuizItem, isShowable, score } = courseQuiz.kit;

MODES.chain = (page) => {
  const { payload, ui, fields, entries } = page;
  const { start, chains } = payload;
  const byId = new Map(payload.items.map((item) => [item.id, item]));
  const list = make("div", {});
  const answered = (id) => isShowable(byId.get(id), entries.get(id));
  const right = (id) => answered(id) && score(byId.get(id), entries.get(id).response) === 1;
  const third = Math.ceil(chains.length / 3);

  /** The ids in the order in which this learner meets them. */
  const path = () => chains.map(({ levels }, place) => levels[start.every(right) || place >= 2 * third ? "blank" : place < third ? "full" : "half"]);

  // Drawn when it is first shown; what was answered before is drawn at once, so that it is sent again.
  const drawn = (id, number) => {
    if (!fields.has(id)) {
      const field = drawQuizItem(page, byId.get(id), number);
      field.node.hidden = true;
      fields.set(id, field);
      list.append(field.node);
    }
    return fields.get(id);
  };
  const show = (ids, move) => {
    for (const { node } of fields.values()) node.hidden = true;
    const shown = ids.map((id, place) => drawn(id, ids.length > 1 ? place + 1 : 1 + Math.max(0, chains.findIndex(({ levels }) => Object.values(levels).includes(id)))));
    for (const { node } of shown) node.hidden = false;
    now = ids;
    settle();
    if (!move) return;
    shown[0].node.tabIndex = -1;
    shown[0].node.focus();
  };
  let now = [];
  let standing = false; // the page's frame is made after this: until then nothing can be shown anew

  const said = tell(ui, "p", { class: "cq-how cq-level", role: "status" }, "");
  const settle = () => {
    const begun = now !== start;
    const level = begun && Object.keys(chains[0].levels).find((name) => chains.some(({ levels }) => levels[name] === now[0]));
    const passed = start.every(right);
    const text = ui[begun ? `at-${level}` : "at-start"];
    said.replaceChildren(begun && passed ? `${ui.skipped} ${text}` : text);
    chooser.value = begun ? now[0] : "";
    if (standing) page.refresh();
  };
  const next = () => {
    if (now === start && !start.every(answered)) {
      said.replaceChildren(ui["start-first"]);
      return;
    }
    const open = path().find((id) => !answered(id) && id !== now[0]);
    show([open || path()[(path().indexOf(now[0]) + 1) % chains.length]], true);
  };
  const id = freshId();
  const chooser = make("select", { id, onchange: () => show(chooser.value ? [chooser.value] : start, false) },
    make("option", { value: "" }, ui["option-start"]),
    chains.map(({ title, levels }) => make("optgroup", { label: title },
      Object.entries(levels).map(([name, value]) => make("option", { value }, fill(ui.option, { title, level: ui[`level-${name}`] }))))));

  for (const known of entries.keys()) if (byId.has(known)) drawn(known, 1 + Math.max(0, start.indexOf(known)));
  show(start.every(answered) ? [path().find((one) => !answered(one)) || path()[0]] : start, false);
  standing = true;
  return {
    nodes: [
      make("div", { class: "cq-item cq-chooser" }, make("label", { class: "cq-label", for: id }, tell(ui, "span", { class: "cq-stem" }, ui.choose)), chooser, said),
      list,
      make("div", { class: "cq-actions" }, make("button", { type: "button", class: "cq-button", "data-action": "next", onclick: next }, ui.next)),
    ],
    progress() {
      const done = chains.filter(({ levels }) => Object.values(levels).some(answered)).length;
      return { done, all: chains.length, text: fill(ui["chains-done"], { done, all: chains.length }) };
    },
  };
};
