/* One item of a quiz: answer, check, and only then the reasons. */

/** A stored response that this item can show; what somebody edited into nonsense cannot be. */
function isShowable(item, entry) {
  if (!entry || entry.revision !== item.revision) return false;
  const { response } = entry;
  switch (item.kind) {
    case "single-choice": return item.choices.some(({ id }) => id === response);
    case "multiple-choice":
    case "mark-paragraph": return isIds(response) && response.length > 0;
    case "ordering": return isIds(response);
    case "numeric": return typeof response === "number";
    case "date": return parseDay(response) !== null;
    case "short-text": return typeof response === "string" && response !== "";
    default: return isMap(response);
  }
}

/** The ladder of hints: where to look, which rule, another case solved. `used()` is how many were opened. */
function drawHints({ hints, dir }, ui, start) {
  const node = make("div", { class: "cq-hints", "aria-live": "polite" });
  const used = () => node.children.length;
  const name = () => ui[`hint-${used() + 1}`];
  const show = () => {
    const label = fill(ui["hint-head"], { number: used() + 1, all: hints.length, name: name() });
    node.append(make("p", { class: "cq-hint" }, tell(ui, "strong", {}, label), " ", say(hints[used()], dir)));
    offer();
  };
  const button = make("button", { type: "button", class: "cq-button", "data-action": "hint", onclick: show });
  const offer = () => {
    button.hidden = used() === hints.length;
    if (!button.hidden) button.textContent = fill(ui["hint-ask"], { name: name() });
  };
  offer();
  while (used() < Math.min(start, hints.length)) show();
  return { node, button, offer, used };
}

function drawQuizItem(page, item, number) {
  const { ui, entries } = page;
  const how = freshId();
  const before = isShowable(item, entries.get(item.id)) ? entries.get(item.id) : null;
  const ask = tell(ui, "p", { class: "cq-ask", role: "alert" }, "");
  const control = CONTROLS[item.kind]({
    item, ui, announce: page.announce, changed: () => ask.replaceChildren(),
    extract: page.payload.extracts?.[item.extract],
  });
  const hints = drawHints(item, ui, before?.hints || 0);
  let result;
  const status = make("span", { class: "cq-status" });

  const check = () => {
    const response = control.read();
    if (response === null || response === undefined) {
      ask.replaceChildren(response === null ? ui["answer-first"] : ui[control.unreadable]);
      control.node.after(ask);
      control.focus();
      return;
    }
    page.keep(item.id, {
      response, score: score(item, response), attempt: (entries.get(item.id)?.attempt || 0) + 1,
      at: new Date().toISOString(), revision: item.revision, lang: item.lang, hints: hints.used(),
    });
    show(response);
    result.focus();
  };
  const retry = () => {
    result.hidden = retryButton.hidden = true;
    checkButton.hidden = false;
    hints.offer();
    control.lock(false);
    control.mark(null);
    node.dataset.state = "open";
    status.replaceChildren();
    control.focus();
  };
  const act = (name, onclick) => make("button", { type: "button", class: "cq-button cq-main", "data-action": name, onclick }, ui[name]);
  const checkButton = act("check", check);
  let retryButton;

  const show = (response) => {
    const credit = score(item, response);
    const verdict = credit === 1 ? ui.right : credit > 0 ? fill(ui.partly, { percent: Math.round(credit * 100) }) : ui.wrong;
    if (!result) {
      result = make("div", { class: "cq-result", tabindex: "-1" });
      retryButton = act("retry", retry);
      retryButton.classList.remove("cq-main");
      status.before(retryButton);
      node.append(result);
    }
    control.lock(true);
    control.mark(item.key);
    result.dataset.score = credit === 1 ? "right" : credit > 0 ? "partly" : "wrong";
    result.replaceChildren(tell(ui, "p", { class: "cq-verdict" }, verdict), ...explain(item, response, ui).flat().filter(Boolean));
    result.hidden = retryButton.hidden = false;
    checkButton.hidden = hints.button.hidden = true;
  };

  const node = make("fieldset", { class: "cq-item", "data-item": item.id, "data-kind": item.kind, "data-state": "open", lang: item.lang, dir: item.dir, "aria-describedby": how },
    make("legend", {}, tell(ui, "span", { class: "cq-number" }, fill(ui.question, { number })), make("span", { class: "cq-stem" }, say(item.stem, item.dir))),
    item.lang === ui.lang ? "" : tell(ui, "p", { class: "cq-untranslated" }, ui["not-translated"]),
    tell(ui, "p", { class: "cq-how", id: how }, fill(ui[`how-${item.kind}`], { unit: item.unit })),
    control.node, hints.node,
    make("div", { class: "cq-buttons", lang: ui.lang, dir: ui.dir }, checkButton, hints.button, status));

  if (before) {
    control.write(before.response);
    show(before.response);
  }
  return {
    node, status,
    done: () => isShowable(item, entries.get(item.id)),
    right: () => score(item, entries.get(item.id).response) === 1,
  };
}

/** One paper of a drill at a time, from the first that is not done; the button turns to the next, and round. */
function drawPapers({ payload, fields, refresh }) {
  const { papers, another } = payload;
  let shown = Math.max(0, papers.findIndex((ids) => ids.some((id) => !fields.get(id).done())));
  const show = () => fields.forEach(({ node }, id) => (node.hidden = !papers[shown].includes(id)));
  const turn = () => {
    shown = (shown + 1) % papers.length;
    show();
    refresh();
    const { node } = fields.get(papers[shown][0]);
    node.tabIndex = -1;
    node.focus();
  };
  show();
  return make("div", { class: "cq-actions" }, make("button", { type: "button", class: "cq-button", "data-action": "another", onclick: turn }, another));
}

const LONG = 40; // items; a page of so many is laid out only where it is looked at

/** The mode "quiz": its items one after another, or one paper of them at a time. */
function drawQuiz(page) {
  const { payload, ui, fields } = page;
  const { items, papers } = payload;
  const list = make("div", { class: items.length > LONG && "cq-long" });
  const more = () => {
    const item = items[fields.size];
    if (item) {
      const paper = papers?.find((ids) => ids.includes(item.id)) || items.map(({ id }) => id);
      const field = drawnSafely(page, item, () => drawQuizItem(page, item, paper.indexOf(item.id) + 1));
      fields.set(item.id, field);
      list.append(field.node);
    } else if (papers) list.after(drawPapers(page));
    return Boolean(item);
  };
  const progress = () => {
    const shown = [...fields.values()].filter(({ node }) => !node.hidden);
    const done = shown.filter((field) => field.done());
    const right = done.filter((field) => field.right()).length;
    const text = fill(ui[done.length ? "progress-right" : "progress"], { done: done.length, all: shown.length, right });
    if (!payload.whole || done.length < shown.length) return { done: done.length, all: shown.length, text };
    const passed = right === shown.length;
    return { done: done.length, all: shown.length, passed, text: `${text} ${ui[passed ? "whole-passed" : "whole-not-yet"]}` };
  };
  return { nodes: [list], more, progress };
}
