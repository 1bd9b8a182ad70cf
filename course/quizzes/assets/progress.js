/* The mode "progress": my work on one page, worked out from what this browser keeps. */

const { MODES, clearJournal, fill, make, parseDay, redrawAll, say, sayDay, tell } = courseQuiz.kit;

const STEPS = "course:plan:steps"; // what the planner's form found last: [{day, name}]
const OURS = /^course:(?!theme$)/; // how the pages look is no work
const MINUTES_A_QUESTION = 0.5;
const PLACE = "\u0000";

const entriesOf = (start, id) => readEntries(KEYS[start] + id);

/** The steps of the plan back from a session, the first day first; none where nothing was planned. */
function stepsHere() {
  try {
    return JSON.parse(localStorage.getItem(STEPS)).filter(({ day, name }) => parseDay(day) && typeof name === "string");
  } catch {
    return [];
  }
}

function drawProgress(page) {
  const { payload, ui } = page;
  const { modules } = payload;
  const line = (name, values, kind) => tell(ui, "p", kind ? { class: kind } : {}, fill(ui[name], values || {}));
  const part = (name, ...content) => make("section", { class: "cq-part", "data-part": name }, make("h2", {}, ui[`${name}-title`]), ...content);
  const own = ({ lang, dir }, text, tag = "bdi") => make(tag, { lang, dir }, text);
  const go = (name, label, main) => {
    const address = pageLink(name);
    return address ? make("p", {}, make("a", { class: `cq-button ${main ? "cq-main" : ""}`, href: address }, label)) : "";
  };
  /** A sentence with a link at its place. */
  const linked = (text, inner, address) => {
    const [before, after] = text.split(PLACE);
    return make("p", { lang: ui.lang, dir: ui.dir }, say(before, ui.dir), address ? make("a", { href: address }, inner) : inner, say(after, ui.dir));
  };
  const now = isoOf(today());
  const answers = answersHere();

  const due = () => {
    const plan = planReviews(answers, today(), (item) => Object.hasOwn(payload.objectives, item));
    const count = plan.today.length;
    const later = plan.moved ? line("due-moved", { count: plan.moved }, "cq-quiet") : plan.next ? line("due-next", { day: sayDay(isoOf(plan.next), ui) }, "cq-quiet") : "";
    const node = count
      ? part("due", line("due-some", { count, minutes: Math.ceil(count * MINUTES_A_QUESTION) }), go(payload.review, ui["due-open"], true), later)
      : part("due", line(answers.length ? "due-none" : "due-begin"), later);
    node.dataset.due = count;
    return node;
  };

  const next = () => {
    const lessons = modules.flatMap((module) => module.lessons);
    const undone = lessons.find(({ quiz, items }) => {
      const given = entriesOf("quizzes", quiz);
      return !items.length || items.some((item) => !given.has(item));
    });
    if (!undone) return part("next", line("next-all"));
    const address = pageLink(undone.page);
    const title = own(undone, undone.title);
    return part("next", make("p", {}, address ? make("a", { href: address }, title) : title, " ",
      tell(ui, "span", { class: "cq-quiet" }, fill(ui["next-minutes"], undone))));
  };

  const late = () => {
    const said = [];
    for (const { form, field, label, page: place, lang, dir } of payload.reminders) {
      const day = parseDay(entriesOf("forms", form).get(field)?.response);
      if (!day) continue;
      const text = fill(ui[day < now ? "late-talk" : "coming"], { day: sayDay(day, ui), what: PLACE });
      said.push({ past: day < now, node: linked(text, own({ lang, dir }, label), pageLink(place)) });
    }
    const steps = stepsHere();
    const past = steps.filter(({ day }) => day < now);
    const coming = steps.find(({ day }) => day >= now);
    const step = (name, { name: what, day }, more) => fill(ui[name], { what, step: what, day: sayDay(day, ui), ...more });
    if (past.length) said.push({ past: true, node: tell(ui, "p", {}, step("late-steps", past.at(-1), { count: past.length })) });
    if (coming) said.push({ past: false, node: tell(ui, "p", { class: "cq-quiet" }, step("coming", coming)) });
    const node = part("late", said.some(({ past: is }) => is) ? "" : line("late-none"), ...said.map(({ node: one }) => one),
      steps.length ? go(payload.plan, ui["plan-open"]) : "");
    node.dataset.late = said.filter(({ past: is }) => is).length;
    return node;
  };
  const safety = () => {
    const check = payload.safety;
    if (!check) return "";
    const given = entriesOf("quizzes", check.quiz);
    const ids = Object.keys(check.items);
    const done = ids.filter((id) => given.get(id)?.score === 1 && given.get(id).revision === check.items[id]).length;
    const passed = isWhole(check);
    const node = part("safety", passed ? line("safety-passed", {}, "cq-passed") : line("safety-open", { done, all: ids.length }),
      passed ? "" : go(check.page, ui["safety-go"]));
    node.dataset.passed = passed;
    return node;
  };

  const study = () => {
    const plan = payload.study;
    if (!plan) return "";
    const given = entriesOf("forms", plan.form);
    const written = plan.fields.filter(({ id }) => typeof given.get(id)?.response === "string" && given.get(id).response.trim());
    const list = make("dl", {}, written.flatMap(({ id, label }) => [own(plan, label, "dt"), make("dd", { dir: "auto" }, given.get(id).response)]));
    return part("study", written.length ? list : line("study-none"), go(plan.page, ui[written.length ? "study-change" : "study-write"]));
  };

  const known = mastery(answers, ({ item, quiz }) => payload.objectives[item] || payload.drills[quiz], payload.exits, payload.checks);
  const list = () => modules.map((module) =>
    make("div", { class: "cq-can-module" },
      make("h3", {}, own(module, `${module.code} ${module.title}`)),
      make("ul", { class: "cq-can" }, module.objectives.map(({ id, text }) => {
        const word = known.get(id)?.word || "not-yet";
        return make("li", { "data-objective": id, "data-word": word },
          own(module, text, "span"), tell(ui, "strong", { class: "cq-word" }, ui[word]));
      }))));
  const can = () => {
    const words = ["not-yet", "with-help", "alone", "can-teach"];
    const meaning = make("dl", { class: "cq-words-mean" }, words.flatMap((word) => [make("dt", {}, ui[word]), make("dd", {}, ui[`means-${word}`])]));
    return part("can", line("can-about", {}, "cq-quiet"), meaning, ...list(),
      make("p", {}, make("button", { type: "button", class: "cq-button", "data-action": "print", onclick: print }, ui.print)));
  };
  /** A page of its own for the printer: the words by objective, and a line for the name. */
  const print = () => {
    const { title, name, note, printed } = payload.transcript;
    const sheet = make("div", { class: "cq-transcript", lang: ui.lang, dir: ui.dir }, make("h1", {}, title), make("p", { class: "cq-name" }, name),
      make("p", {}, fill(printed, { day: sayDay(now, ui) })), ...list(), make("p", {}, note));
    document.body.append(sheet);
    document.documentElement.classList.add("cq-printing");
    addEventListener("afterprint", () => {
      sheet.remove();
      document.documentElement.classList.remove("cq-printing");
    }, { once: true });
    globalThis.print();
  };

  const erase = () => {
    const said = make("div", { role: "status" });
    const act = (name, onclick, kind) => make("button", { type: "button", class: `cq-button ${kind || ""}`, "data-action": name, onclick }, ui[name]);
    const ask = () => {
      said.replaceChildren(line("erase-sure"), make("div", { class: "cq-buttons" }, act("erase-yes", wipe, "cq-care"), act("erase-no", () => said.replaceChildren())));
      said.querySelector("[data-action=erase-no]").focus();
    };
    const wipe = () => {
      for (const key of keptKeys()) if (OURS.test(key)) localStorage.removeItem(key);
      clearJournal();
      redrawAll();
      const node = page.root.querySelector("[data-part=erase] [role=status]");
      node.replaceChildren(line("erased"));
      page.root.querySelector("[data-action=erase]").focus();
    };
    return part("erase", line("erase-text"), act("erase", ask), said);
  };

  const style = make("style", {}, payload.style);
  return { nodes: [style, due(), next(), late(), safety(), study(), can(), erase()].filter(Boolean) };
}

MODES.progress = drawProgress;
