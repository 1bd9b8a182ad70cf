/* The reasons after an attempt: the answer given and the right one side by side, each with its
   own; those of the other choices can be opened. */

/** One line of reasons: whose answer it is, the answer, why. `mark` is right, wrong or missed. */
function reason(item, ui, mark, tag, { text, feedback }) {
  return make("div", { class: "cq-reason", "data-mark": mark },
    make("p", { class: "cq-reason-head" }, tag ? [tell(ui, "span", { class: "cq-badge" }, ui[tag]), " "] : "", make("span", { dir: "auto" }, say(text, item.dir))),
    feedback ? make("p", {}, say(feedback, item.dir)) : "");
}

/** What was answered to one question of an item (a gap, a slot, a line) and what is right. */
function pair(item, ui, yours, right, head) {
  const same = yours?.id === right.id;
  const lines = same
    ? [reason(item, ui, "right", "your-right-answer", right)]
    : [reason(item, ui, "wrong", "your-answer", yours || { text: ui.none }), reason(item, ui, "right", "right-answer", right)];
  return head ? make("div", { class: "cq-pair" }, make("p", { class: "cq-reason-head" }, say(head, item.dir)), lines) : lines;
}

const byId = (choices, id) => choices.find((choice) => choice.id === id);

/** What is written as it is said: a day in words, a number with its unit, a text. */
const sayWritten = (item, value, ui) =>
  item.kind === "date" ? sayDay(value, ui) || String(value) : item.kind === "numeric" ? `${value} ${item.unit}` : String(value);

/** A known answer with its words; `asked` is an item or a part of one. */
const written = (item, choice, ui) => ({ ...choice, text: sayWritten(item, choice.value ?? choice.values[0], ui) });

/** The answer to an item or a part that is typed, with what is said of it; null where there is none. */
function answerOf(item, asked, response, ui) {
  if (response === undefined || response === "") return null;
  const found = findWritten(asked, response);
  return { id: found?.id, text: sayWritten(item, response, ui), feedback: found ? found.feedback : asked.otherwise };
}

function explainWritten(item, response, ui) {
  const yours = answerOf(item, item, response, ui);
  const others = item.choices.filter(({ id }) => id !== item.key && id !== yours.id);
  return [pair(item, ui, yours, written(item, byId(item.choices, item.key), ui)), others.map((one) => written(item, one, ui))];
}

function explainSet(item, response, ui) {
  const lines = item.choices.filter(({ id }) => response.includes(id) || item.key.includes(id)).map((choice) => {
    const right = item.key.includes(choice.id);
    const chosen = response.includes(choice.id);
    return reason(item, ui, !right ? "wrong" : chosen ? "right" : "missed", !right ? "your-answer" : chosen ? "your-right-answer" : "missed", choice);
  });
  return [lines, item.choices.filter(({ id }) => !response.includes(id) && !item.key.includes(id))];
}

/** Each choice belongs to a target: the reason is that of the choice, whatever it was matched with. */
function explainTargets(item, response, ui) {
  return [item.choices.map(({ id, text, feedback }) => {
    const right = { ...byId(item.targets, item.key[id]), feedback };
    return pair(item, ui, byId(item.targets, at(response, id)), right, text);
  }), []];
}

/** kind -> [nodes, the choices that were neither given nor right]. */
const REASONS = {
  "single-choice": (item, response, ui) => [
    pair(item, ui, byId(item.choices, response), byId(item.choices, item.key)),
    item.choices.filter(({ id }) => id !== response && id !== item.key),
  ],
  "multiple-choice": explainSet,
  "mark-paragraph": explainSet,
  numeric: explainWritten,
  date: explainWritten,
  "short-text": explainWritten,
  matching: explainTargets,
  classification: explainTargets,

  ordering: (item, response, ui) => [[
    tell(ui, "p", { class: "cq-badge" }, ui["right-order"]),
    make("ol", { class: "cq-right-order" }, item.key.map((id, place) => {
      const { text, feedback } = byId(item.choices, id);
      const yours = response.indexOf(id);
      const moved = yours === place ? "" : tell(ui, "span", {}, fill(ui["your-place"], { place: yours + 1 }));
      return make("li", {}, make("strong", {}, say(text, item.dir)), " ", moved, make("p", {}, say(feedback, item.dir)));
    })),
  ], []],

  cloze: (item, response, ui) => {
    const others = [];
    const nodes = item.gaps.map(({ id, choices }, index) => {
      const yours = byId(choices, at(response, id));
      const right = byId(choices, item.key[id]);
      others.push(...choices.filter((choice) => choice !== yours && choice !== right));
      return pair(item, ui, yours, right, fill(ui.gap, { number: index + 1, all: item.gaps.length }));
    });
    return [nodes, others];
  },

  "document-hunt": (item, response, ui) => {
    const others = [];
    const nodes = item.parts.map((part) => {
      const yours = answerOf(item, part, at(response, part.id), ui);
      others.push(...part.choices.filter(({ id }) => id !== part.key && id !== yours?.id).map((one) => written(item, one, ui)));
      return pair(item, ui, yours, written(item, byId(part.choices, part.key), ui), part.label);
    });
    return [nodes, others];
  },

  "build-parts": (item, response, ui) => {
    const used = [...Object.values(response), ...Object.values(item.key)];
    const nodes = item.targets.map(({ id, text }) => {
      const right = byId(item.choices, item.key[id]);
      return item.given.includes(id)
        ? make("div", { class: "cq-pair" }, make("p", { class: "cq-reason-head" }, say(text, item.dir)), reason(item, ui, "right", "", right))
        : pair(item, ui, byId(item.choices, at(response, id)), right, text);
    });
    return [nodes, item.choices.filter(({ id }) => !used.includes(id))];
  },
};

/** A fold whose inside is made when it is first opened. */
function fold(ui, name, label, inside) {
  const open = () => node.children[1] || node.append(...inside());
  const node = make("details", { class: name, ontoggle: open }, tell(ui, "summary", { onclick: open }, label));
  return node;
}

/** The reasons for a response as nodes: the answer given and the right one, why not the others, the sources. */
function explain(item, response, ui) {
  const [nodes, others] = REASONS[item.kind](item, response, ui);
  const sources = [item, ...item.choices, ...(item.gaps || []).flatMap(({ choices }) => choices)].map(({ source }) => source);
  return [
    nodes.flat(),
    others.length ? fold(ui, "cq-others", ui.others, () => others.map((one) => reason(item, ui, "", "", one))) : "",
    fold(ui, "cq-source", ui.source, () => [...new Set(sources)].filter(Boolean).map((source) => make("p", { dir: "auto" }, source))),
  ];
}
