/* The mode "review": the questions that come back today, five at a time.

   Live, Python has chosen them and they stand in the payload. In the book they are chosen here, from the
   answers of this browser; the questions of a module are fetched (a small script beside this one) only when
   one of them is due. In a single file they stand in the quizzes of the page itself. */

const { MODES, drawQuizItem, drawnSafely, fill, make, sayDay, tell } = courseQuiz.kit;

const HERE = document.currentScript?.src || "";
const GROUP = 5;

/** The questions of a page's own quizzes by id, those in the language asked for before others. */
function itemsOfThisPage(lang) {
  const found = new Map();
  for (const source of document.querySelectorAll("script[data-course=payload]")) {
    const { mode, items, extracts } = readPayload(source);
    if (mode !== "quiz") continue;
    for (const item of items) if (!found.has(item.id) || item.lang === lang) found.set(item.id, { item, extracts });
  }
  return found;
}

/** A payload, or nothing where it is damaged: its own quiz says so. */
function readPayload(source) {
  try {
    return JSON.parse(source.textContent);
  } catch {
    return {};
  }
}

/** Fetch the questions of one module; where the file is missing, they are simply not there. */
function fetchModule(name) {
  courseQuiz.bank ??= {};
  if (courseQuiz.bank[name] || !HERE) return Promise.resolve();
  return new Promise((resolve) => {
    document.head.append(make("script", { src: new URL(`review/${name}.js`, HERE).href, onload: resolve, onerror: resolve }));
  });
}

async function fetchItems(asked, moduleOf, { lang }) {
  const here = itemsOfThisPage(lang);
  const modules = new Set(asked.filter((id) => !here.has(id)).map((id) => `${moduleOf.get(id)}.${lang}`));
  await Promise.all([...modules].map(fetchModule));
  for (const name of modules) {
    const { items, extracts } = courseQuiz.bank?.[name] || { items: [] };
    for (const item of items) here.set(item.id, { item, extracts });
  }
  return asked.filter((id) => here.has(id)).map((id) => here.get(id));
}

function drawReview(page) {
  const { payload, ui, live, fields } = page;
  const moduleOf = new Map(Object.entries(payload.bank).flatMap(([module, { items }]) => items.map((item) => [item, module])));
  const plan = live ? payload.plan : planReviews(answersHere(), today(), (item) => moduleOf.has(item));
  const say = (name, values) => tell(ui, "p", {}, fill(ui[name], values || {}));
  const place = make("div", { class: "cq-review", "data-due": plan.today.length, "data-moved": plan.moved });
  const end = make("div", { class: "cq-review-end", role: "status" });
  let shown = GROUP;

  const rest = () => {
    const next = typeof plan.next === "number" ? isoOf(plan.next) : plan.next;
    const later = plan.moved ? say("moved", { count: plan.moved }) : next ? say("next", { day: sayDay(next, ui) }) : "";
    return [later, payload.part ? say("module-only") : ""].filter(Boolean);
  };
  const turn = () => {
    shown += GROUP;
    show();
    const { node } = [...fields.values()][shown - GROUP];
    node.tabIndex = -1;
    node.focus();
  };
  const more = make("button", { type: "button", class: "cq-button cq-main", "data-action": "more", onclick: turn }, ui.more);
  const show = () => {
    const all = [...fields.values()];
    all.forEach((field, index) => (field.node.hidden = index >= shown));
    const left = all.slice(0, shown).some((field) => !field.done());
    more.hidden = shown >= all.length || left;
    const finished = all.length > 0 && all.every((field) => field.done());
    if (finished !== (end.dataset.done === "true")) {
      end.dataset.done = finished;
      end.replaceChildren(...(finished ? [tell(ui, "p", { class: "cq-verdict" }, ui.done), ...rest()] : []));
    }
  };
  const draw = (found) => {
    found.forEach(({ item, extracts }, index) => {
      Object.assign((payload.extracts ??= {}), extracts);
      if (!live) page.entries.delete(item.id); // answered before, and asked anew today
      const field = drawnSafely(page, item, () => drawQuizItem(page, item, index + 1));
      const { title, lang, dir } = payload.bank[moduleOf.get(item.id)];
      field.node.querySelector("legend")?.after(
        make("p", { class: "cq-how cq-of", lang: ui.lang, dir: ui.dir }, make("span", { lang, dir }, title)));
      fields.set(item.id, field);
    });
    place.replaceChildren(
      ...[...fields.values()].map(({ node }) => node),
      found.length < plan.today.length ? say("missing") : "",
      make("div", { class: "cq-actions" }, more), end);
  };

  if (payload.fault) place.replaceChildren(); // the card of the fault says why nothing is asked
  else if (!plan.today.length) place.append(say("none"), ...(plan.moved || plan.next ? [] : [say("begin")]), ...rest());
  else if (live) draw(payload.items.map((item) => ({ item, extracts: {} })));
  else {
    place.append(say("loading"));
    fetchItems(plan.today, moduleOf, payload).then((found) => {
      draw(found);
      page.refresh();
    }).catch(page.broken);
  }
  const progress = () => {
    if (!fields.size) return {};
    show();
    const done = [...fields.values()].filter((field) => field.done()).length;
    return { done, all: fields.size, text: fill(ui.group, { done, all: fields.size }) };
  };
  return { nodes: [place], progress };
}

MODES.review = drawReview;
