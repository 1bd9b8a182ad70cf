/* The mode "path": the whole course without the modules that the test before it shows as known.

   The rules are those of practice/paths.py; the first scored answer to a question counts. */

const { KEYS, MODES, fill, make, readEntries, tell } = courseQuiz.kit;

function drawPath({ payload, ui }) {
  const kept = readEntries(KEYS.quizzes + payload.test);
  const isScore = (score) => typeof score === "number";
  const first = (item) => {
    const entry = kept.get(item);
    return [...(entry?.earlier || []), entry].map((one) => one?.score).find(isScore);
  };
  const share = (items) => {
    const scores = items.map(first).filter(isScore);
    return scores.length ? scores.reduce((sum, one) => sum + one, 0) / scores.length : null;
  };
  const shares = payload.modules.map(({ tested }) => tested.map(share));
  const isKnown = (all) => all.length > 0 && all.every((one) => one !== null && one >= payload.known);
  const steps = payload.modules.map((module, place) => {
    if (!module.minutes) return { ...module, state: "not-yet" };
    if (module.always || !isKnown(shares[place])) return { ...module, state: "stands" };
    return module.safety ? { ...module, ...module.safety, state: "safety" } : { ...module, minutes: 0, state: "known" };
  });
  const done = shares.flat().filter((one) => one !== null).length;
  const hoursOf = (minutes) => String(Math.round(minutes / 6) / 10);
  const sum = (name) => steps.reduce((all, step) => all + (step[name] || 0), 0);
  const address = pageLink(payload.page);

  const list = make("ul", { class: "cq-path" }, steps.map((step) => {
    const { code, title, state, lang, dir, page } = step;
    const name = make("span", { lang, dir }, `${code} ${title}`);
    const href = page && pageLink(page);
    return make("li", { "data-module": code, "data-state": state }, href ? make("a", { href }, name) : name, make("br"), tell(ui, "span", {}, fill(ui[state], step)));
  }));
  const planned = sum("hours");
  const total = fill(ui[planned ? "total-more" : "total"], { hours: hoursOf(sum("minutes")), more: planned });
  return { nodes: [
    tell(ui, "p", { "data-answered": done }, done ? fill(ui["path-answered"], { done, all: shares.flat().length }) : ui["no-test"]),
    address ? make("p", {}, make("a", { class: "cq-button", href: address }, ui["to-test"])) : "",
    list,
    tell(ui, "p", {}, total),
  ].filter(Boolean) };
}

MODES.path = drawPath;
