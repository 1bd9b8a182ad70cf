/* The form and what it shows. What is entered stays in this browser. */

const KEY = "course:plan";
const STEPS = "course:plan:steps"; // what "My work" reads: the days of the plan, the first day first
const KEPT = ["body", "stage", "session", "deadline", "hour", "link", "dated", "words", "pace"];

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.flat(2));
  return node;
}

/** A text as nodes: inside Arabic, symbols and days are set apart, or their parts change places. */
function nodesOf(text, dir) {
  if (dir !== "rtl") return [text];
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(/[A-Za-z0-9]+(?:[/.,:_\-–@#&=?~%+]+[A-Za-z0-9]+)+\/?/g)) {
    parts.push(text.slice(end, found.index), make("bdi", { dir: "ltr" }, found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}

/** A source with each address in it as a link. */
const sourceNodes = (source) =>
  source.split(/(https?:\/\/[^\s;,]+)/).map((part, place) => (place % 2 ? make("a", { href: part, rel: "noreferrer" }, part) : part));

function drawPlan(data, plan) {
  const { texts, dir } = data;
  const say = teller(texts);
  const put = (tag, text, kind = "") => make(tag, { class: kind }, nodesOf(text, dir));
  const row = (kind, day, name, ...extra) => {
    const time = make("time", { class: "cp-day", datetime: isoOf(day) }, say("entered-day", { day }));
    return make("li", { class: kind }, time, put("strong", name), extra);
  };
  const steps = plan.steps.map((step) =>
    row(
      step.day < plan.today ? "cp-past" : "",
      step.day,
      step.name,
      step.remarks.map((remark) => put("p", remark, "cp-remark")),
      put("p", step.reason, "cp-small"),
      put("p", `${texts["column-before"]}: ${say("before", { days: plan.lastDay - step.day, working: step.working })}`, "cp-small"),
    ),
  );
  steps.push(row("cp-last", plan.lastDay, texts["last-day"], put("p", plan.deadlineSaid)));
  if (plan.session > plan.lastDay) steps.push(row("cp-last", plan.session, texts.opening));
  const bases = plan.bases.map((basis) => {
    const words = { name: texts[basis.name], value: basis.value, sure: texts[`sure-${basis.confidence}`], source: "" };
    return make("li", {}, nodesOf(say("basis", words), dir), make("bdi", { dir: "ltr" }, sourceNodes(basis.source)));
  });
  return [
    put("h2", plan.title),
    ...(plan.notes.length ? [put("h3", texts.notes), make("ul", {}, plan.notes.map((text) => put("li", text)))] : []),
    make("ol", { class: "cp-steps" }, steps),
    put("h3", texts["rests-on"]),
    make("ul", {}, bases),
  ];
}

function keep(values) {
  try {
    if (values) localStorage.setItem(KEY, JSON.stringify(values));
    else localStorage.removeItem(KEY);
  } catch {
    // A private window keeps nothing: the form works all the same.
  }
}

/** The days of a plan for "My work"; nothing where the form was cleared. */
function keepSteps(steps) {
  try {
    const days = steps?.map(({ day, name }) => ({ day: isoOf(day), name })).sort((one, other) => (one.day < other.day ? -1 : 1));
    if (days) localStorage.setItem(STEPS, JSON.stringify(days));
    else localStorage.removeItem(STEPS);
  } catch {
    // As above.
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
}

function draw(root) {
  const find = (selector) => root.querySelector(selector);
  const data = JSON.parse(find("[data-plan=data]").textContent);
  const form = find("form");
  const status = find(".cp-status");
  const need = find("[aria-live]");
  const result = find(".cp-result");
  const field = (name) => form.elements.namedItem(name);
  const label = (name) => find(`label[for="${field(name).id}"]`).firstChild.textContent;
  const values = () => Object.fromEntries([...KEPT, "today"].map((name) => [name, field(name).value.trim()]));
  const tell = (kind, nodes) => status.replaceChildren(make("p", { class: kind }, nodes));
  let plan = null;
  let asked = false;

  const offerStages = () => {
    const stages = Object.keys(data.bodies[field("body").value]?.stages || {});
    const chosen = field("stage").value;
    const options = stages.map((value) => make("option", { value }, data.stages[value]));
    field("stage").replaceChildren(field("stage").options[0], ...options);
    field("stage").value = stages.includes(chosen) ? chosen : "";
  };
  /** Whether the rules give a last day, in words, as soon as it is known what is asked. */
  const tellNeed = () => {
    const { body, stage, session } = values();
    const found = stage && caseOf(data, body, stage, readDay(session) ?? Infinity);
    const asks = found && (found.refused || found.ask);
    need.className = asks ? "cp-refused" : "cp-small";
    need.replaceChildren(...nodesOf(asks || (found && teller(data.texts)("form-note-optional", found.bases[0])), data.dir));
  };
  /** What was said before no longer holds. */
  const empty = () => {
    plan = null;
    result.hidden = true;
    for (const each of form.elements) each.removeAttribute("aria-invalid");
  };
  const show = (move) => {
    asked = true;
    empty();
    try {
      plan = makePlan(data, values(), label);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      tell("cp-refused", nodesOf(refusal.message, data.dir));
      field(refusal.field).setAttribute("aria-invalid", "true");
      if (move) field(refusal.field).focus();
      return;
    }
    tell("", [make("strong", {}, nodesOf(plan.deadlineSaid, data.dir)), " ", ...nodesOf(plan.startSaid, data.dir)]);
    find(".cp-plan").replaceChildren(...drawPlan(data, plan));
    keepSteps([...plan.steps, { day: plan.lastDay, name: data.texts["last-day"] }]);
    result.hidden = false;
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(true);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name === "body") offerStages();
    // What a note says holds for one session: it must not decide for another committee.
    if (target.name === "body" || target.name === "stage") for (const name of OF_THE_NOTE) field(name).value = "";
    tellNeed();
    const { today, ...rest } = values();
    keep(rest);
    if (asked) show();
  });
  find("[data-action=clear]").addEventListener("click", () => {
    keep(null);
    keepSteps(null);
    asked = false;
    empty();
    begin({});
    tell("", [data.texts["form-cleared"]]);
    field("body").focus();
  });
  find("[data-action=calendar]").addEventListener("click", () => {
    const file = new Blob([makeCalendar(data, plan)], { type: "text/calendar" });
    const name = `plan-${plan.body}-${plan.stage}-${isoOf(plan.session)}.ics`.toLowerCase();
    make("a", { href: URL.createObjectURL(file), download: name }).click();
  });
  const begin = (found) => {
    const now = new Date();
    field("today").value = isoOf(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / MS);
    for (const name of KEPT) {
      if (name === "stage") offerStages();
      field(name).value = found[name] ?? "";
    }
    tellNeed();
  };
  begin(kept());
  form.hidden = false;
  find(".cp-hand").open = false;
  root.dataset.ready = "true";
  if (field("session").value) show();
}

const drawAll = () => document.querySelectorAll(".course-planner:not([data-ready])").forEach(draw);
// On a slow link half a form may stand there; and a page that is built piece by piece puts
// the form in its place a moment after it was read.
const drawWhenRead = () => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", drawAll, { once: true });
  else setTimeout(drawAll);
};
globalThis.coursePlanner = { drawAll, drawWhenRead, makePlan, makeCalendar };
drawWhenRead();
