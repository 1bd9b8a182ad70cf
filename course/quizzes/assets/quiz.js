/* One item of a quiz: answer, check, and only then the reasons. */

/** One line of reasons: whose answer it is, the answer, why. `mark` is right, wrong or missed. */
function reason(item, ui, mark, tag, text, feedback) {
  return make("div", { class: "cq-reason", "data-mark": mark },
    make("p", { class: "cq-reason-head" }, tell(ui, "span", { class: "cq-badge" }, ui[tag]), " ", make("span", { dir: "auto" }, say(text, item.dir))),
    make("p", {}, say(feedback, item.dir)));
}

const EXPLAIN = {
  "single-choice": (item, response, ui) =>
    item.choices
      .filter(({ id }) => id === response || id === item.key)
      .sort((one) => (one.id === response ? -1 : 1))
      .map(({ id, text, feedback }) => {
        const tag = id !== item.key ? "your-answer" : id === response ? "your-right-answer" : "right-answer";
        return reason(item, ui, id === item.key ? "right" : "wrong", tag, text, feedback);
      }),

  "multiple-choice": (item, response, ui) =>
    item.choices
      .filter(({ id }) => response.includes(id) || item.key.includes(id))
      .map(({ id, text, feedback }) => {
        const right = item.key.includes(id);
        const tag = !right ? "your-answer" : response.includes(id) ? "your-right-answer" : "missed";
        return reason(item, ui, !right ? "wrong" : response.includes(id) ? "right" : "missed", tag, text, feedback);
      }),

  ordering: (item, response, ui) => [
    tell(ui, "p", { class: "cq-badge" }, ui["right-order"]),
    make("ol", { class: "cq-right-order" }, item.key.map((id, place) => {
      const { text, feedback } = item.choices.find((choice) => choice.id === id);
      const yours = response.indexOf(id);
      const moved = yours === place ? "" : tell(ui, "span", {}, fill(ui["your-place"], { place: yours + 1 }));
      return make("li", {}, make("strong", {}, say(text, item.dir)), " ", moved, make("p", {}, say(feedback, item.dir)));
    })),
  ],

  matching: (item, response, ui) =>
    item.choices.map(({ id, text, feedback }) => {
      const targetText = (target) => item.targets.find(({ id: known }) => known === target)?.text || ui.none;
      const right = response[id] === item.key[id];
      const line = (tag, target) =>
        make("p", { class: "cq-pair" }, tell(ui, "span", { class: "cq-badge", "data-tag": tag }, ui[tag]), " ",
          make("span", { dir: "auto" }, say(targetText(target), item.dir)));
      return make("div", { class: "cq-reason", "data-mark": right ? "right" : "wrong" },
        make("p", { class: "cq-reason-head" }, say(text, item.dir)),
        right ? line("your-right-answer", response[id]) : [line("your-answer", response[id]), line("right-answer", item.key[id])],
        make("p", {}, say(feedback, item.dir)));
    }),

  numeric: (item, response, ui) => explainValue(item, response, ui, (value) => `${value} ${item.unit}`),
  date: (item, response, ui) => explainValue(item, response, ui, (value) => sayDay(value, ui) || String(value)),
};

function explainValue(item, response, ui, shown) {
  const found = findValue(item, response);
  const key = item.choices.find(({ id }) => id === item.key);
  if (found?.id === key.id) return [reason(item, ui, "right", "your-right-answer", shown(response), key.feedback)];
  return [
    reason(item, ui, "wrong", "your-answer", shown(response), found ? found.feedback : item.otherwise),
    reason(item, ui, "right", "right-answer", shown(key.value), key.feedback),
  ];
}

const HOW = {
  "single-choice": "choose-one", "multiple-choice": "choose-many", ordering: "put-in-order",
  matching: "match-each", numeric: "write-number", date: "choose-day",
};

/** A stored response that this item can show; what somebody edited into nonsense cannot be. */
function isShowable(item, entry) {
  if (!entry || entry.revision !== item.revision) return false;
  const kinds = {
    "single-choice": (response) => item.choices.some(({ id }) => id === response),
    "multiple-choice": (response) => isIds(response) && response.length,
    ordering: isIds,
    matching: (response) => typeof response === "object" && response !== null && !Array.isArray(response),
    numeric: (response) => typeof response === "number",
    date: (response) => parseDay(response) !== null,
  };
  return Boolean(kinds[item.kind](entry.response));
}

function drawQuizItem(page, item, number) {
  const { ui } = page;
  const how = freshId();
  const ask = tell(ui, "p", { class: "cq-ask", role: "alert" }, "");
  const control = CONTROLS[item.kind]({
    item, ui, described: how, announce: page.announce, changed: () => ask.replaceChildren(),
  });
  const hints = make("div", { class: "cq-hints", "aria-live": "polite" });
  const result = make("div", { class: "cq-result", tabindex: "-1", hidden: true });
  const status = make("span", { class: "cq-status" });

  const check = () => {
    const response = control.read();
    if (response === null || response === undefined) {
      ask.replaceChildren(response === null ? ui["answer-first"] : ui[control.unreadable]);
      control.focus();
      return;
    }
    const attempt = (page.entries.get(item.id)?.attempt || 0) + 1;
    page.keep(item.id, {
      response, score: score(item, response), attempt, at: new Date().toISOString(),
      revision: item.revision, lang: item.lang,
    });
    show(response);
    result.focus();
  };
  const showHint = () => {
    const shown = hints.children.length;
    const label = fill(ui["hint-label"], { number: shown + 1, all: item.hints.length });
    hints.append(make("p", { class: "cq-hint" }, tell(ui, "strong", {}, label), " ", say(item.hints[shown], item.dir)));
    hintButton.textContent = ui["hint-next"];
    hintButton.hidden = hints.children.length === item.hints.length;
  };
  const retry = () => {
    result.hidden = retryButton.hidden = true;
    checkButton.hidden = false;
    hintButton.hidden = hints.children.length === item.hints.length;
    control.lock(false);
    control.mark(null);
    node.dataset.state = "open";
    status.replaceChildren();
    control.focus();
  };
  const act = (name, label, onclick, extra) =>
    make("button", { type: "button", class: `cq-button ${extra || ""}`, "data-action": name, onclick }, label);
  const checkButton = act("check", ui.check, check, "cq-main");
  const hintButton = act("hint", ui.hint, showHint);
  const retryButton = act("retry", ui.retry, retry);
  retryButton.hidden = true;
  hintButton.hidden = item.hints.length === 0;

  const show = (response) => {
    const credit = score(item, response);
    const verdict = credit === 1 ? ui.right : credit > 0 ? fill(ui.partly, { percent: Math.round(credit * 100) }) : ui.wrong;
    const more = item.choices.filter((choice) => choice.source).map((choice) => choice.source);
    control.lock(true);
    control.mark(item.key);
    result.dataset.score = credit === 1 ? "right" : credit > 0 ? "partly" : "wrong";
    result.replaceChildren(
      tell(ui, "p", { class: "cq-verdict" }, verdict),
      ...EXPLAIN[item.kind](item, response, ui),
      make("details", { class: "cq-source" }, tell(ui, "summary", {}, ui.source),
        [item.source, ...more].map((source) => make("p", { dir: "auto" }, source))),
    );
    result.hidden = retryButton.hidden = false;
    checkButton.hidden = hintButton.hidden = true;
  };

  const node = make("fieldset", { class: "cq-item", "data-item": item.id, "data-kind": item.kind, "data-state": "open", lang: item.lang, dir: item.dir },
    make("legend", {}, tell(ui, "span", { class: "cq-number" }, fill(ui.question, { number })), make("span", { class: "cq-stem" }, say(item.stem, item.dir))),
    item.lang === ui.lang ? "" : tell(ui, "p", { class: "cq-untranslated" }, ui["not-translated"]),
    tell(ui, "p", { class: "cq-how", id: how }, fill(ui[HOW[item.kind]], { unit: item.unit })),
    control.node, hints, ask,
    make("div", { class: "cq-buttons", lang: ui.lang, dir: ui.dir }, checkButton, hintButton, retryButton, status),
    result);

  const entry = page.entries.get(item.id);
  if (isShowable(item, entry)) {
    control.write(entry.response);
    show(entry.response);
  }
  return {
    node, status,
    done: () => isShowable(item, page.entries.get(item.id)),
    right: () => score(item, page.entries.get(item.id).response) === 1,
  };
}
