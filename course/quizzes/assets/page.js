/* Draws a quiz or a form from its payload: the same code in the static book, in a single file
   opened from a disk (a classic script) and live (an anywidget, to which assets.py adds one export).

   IN THE PAGE
   <div class="course-quiz" data-id data-mode="quiz|form" lang dir> holds what is readable without
   JavaScript and <script type="application/json" data-course="payload">. Drawn after the DOM is
   ready, once; then data-ready="true" stands on it. The payload is described in payload.py.

   HOOKS
   .course-quiz[data-id=ID][data-ready=true]    the root; data-live="true" where Python listens
   [data-item=ITEM]  [data-field=FIELD]         an item of a quiz; a field of a form
     data-kind                                  its kind
     data-state="open"                          not answered, or being tried again
                "answered"                      answered, not yet known to be kept
                "saved"                         kept: live in my work, static in this browser
                "not-saved"                     not confirmed; live it is sent again by itself
     [data-choice=CHOICE]                       row of a choice; data-mark="right|wrong|" after checking
     .cq-result[data-score=right|partly|wrong]  the reasons, after checking only
     .cq-day[data-day=YYYY-MM-DD]               the computed day of a field of kind deadline
     .cq-paragraph                              the text of a field of kind paragraph
   [data-action=...]  check hint retry up down keep copy export import another, and NAME of each action
   .cq-messages > [data-level=ok|warning|error] what an action answered
   .cq-progress[data-done][data-all]            how far

   KEPT IN THE BROWSER (localStorage)
   course:quiz:ID, course:form:ID               static: {item: entry}
   course:unsent:quiz:ID, course:unsent:form:ID live: what is not confirmed, dropped once it is
   entry = {response, score: 0..1|null, attempt, at, revision, lang}

   LIVE (custom messages beside the traits `payload` and `responses`)
   to Python    {type: "response", id, entry}     a checked answer, a field that was left or paused at
                {type: "action", name}
   from Python  {type: "saved", id, at, sent}     sent = entry.at of the response that is now kept
                {type: "not-saved", id, text, sent}
                {type: "action-result", name, messages: [{level, text}], download?: {name, base64}} */

const CONFIRM_WITHIN = 8000; // ms; then the learner reads that it is not saved yet
const SEND_AGAIN_EVERY = 15000;
const ACTION_WITHIN = 90000;

const statics = new Map(); // root -> payload of every static page drawn, to draw again after an import

function openPage(root, payload, live) {
  const ui = { ...payload.ui, lang: payload.lang, dir: payload.dir };
  const isForm = payload.mode === "form";
  const key = (isForm ? KEYS.forms : KEYS.quizzes) + payload.id;
  const unsentKey = `course:unsent:${payload.mode}:${payload.id}`;
  const announcer = make("div", { class: "cq-hidden", "aria-live": "polite" });
  const entries = live ? new Map(Object.entries(live.responses)) : readEntries(key);
  const timers = new Map();
  const page = { payload, ui, entries, fields: new Map() };

  const setState = (id, state, text) => {
    const field = page.fields.get(id);
    if (!field) return;
    field.node.dataset.state = state;
    field.status.textContent = text;
  };
  page.announce = (text) => (announcer.textContent = text);
  page.refresh = () => {
    for (const field of page.fields.values()) field.refresh?.();
    showProgress();
  };
  page.keep = (id, entry, done = true) => {
    entries.set(id, entry);
    const kept = changeEntry(live ? unsentKey : key, id, entry);
    if (live) {
      setState(id, "answered", ui.saving);
      if (done) send(id);
    } else {
      setState(id, kept ? "saved" : "not-saved", kept ? ui["saved-here"] : ui["not-kept"]);
    }
    showProgress();
  };

  const send = (id) => {
    clearTimeout(timers.get(id));
    timers.set(id, setTimeout(() => setState(id, "not-saved", ui["not-saved"]), CONFIRM_WITHIN));
    try {
      live.send({ type: "response", id, entry: entries.get(id) });
    } catch {
      setState(id, "not-saved", ui["not-saved"]); // the connection is gone; sent again below
    }
  };
  const sendUnsent = () => [...unsent().keys()].forEach(send);
  const unsent = () => {
    const waiting = readEntries(unsentKey);
    for (const id of waiting.keys()) if (!page.fields.has(id)) waiting.delete(id);
    return waiting;
  };

  const progress = make("p", { class: "cq-progress" });
  const showProgress = () => {
    const all = [...page.fields.values()].filter((field) => !field.computed && !field.node.hidden && (!isForm || field.item.required));
    const done = all.filter((field) => field.done());
    const right = isForm ? [] : done.filter((field) => field.right());
    const text = !isForm && done.length ? "progress-right" : "progress";
    progress.textContent = fill(ui[text], { done: done.length, all: all.length, right: right.length });
    if (payload.whole && done.length === all.length) {
      const passed = right.length === all.length;
      progress.dataset.passed = passed;
      progress.textContent += ` ${ui[passed ? "whole-passed" : "whole-not-yet"]}`;
    }
    Object.assign(progress.dataset, { done: done.length, all: all.length });
  };

  // What was not confirmed when the page was closed counts, unless my work has something newer.
  if (live) {
    for (const [id, entry] of readEntries(unsentKey)) {
      if (entries.get(id)?.at >= entry.at) changeEntry(unsentKey, id, null);
      else entries.set(id, entry);
    }
  }
  payload.items.forEach((item, index) => {
    const place = (payload.papers?.find((paper) => paper.includes(item.id))?.indexOf(item.id) ?? index) + 1;
    page.fields.set(item.id, isForm ? drawField(page, item) : drawQuizItem(page, item, place));
  });
  const papers = payload.papers ? drawPapers(page, showProgress) : "";

  const title = freshId();
  const actions = live ? drawActions(page, live, () => sendUnsent()) : null;
  const parts = [
    make("div", { class: "cq-head" }, make("p", { class: "cq-title", id: title }, say(payload.title, payload.dir)), progress),
    payload.intro ? make("p", { class: "cq-intro" }, say(payload.intro, payload.dir)) : "",
    isForm && payload.items.some((item) => item.lang !== payload.lang) ? make("p", { class: "cq-untranslated" }, ui["not-translated"]) : "",
    ...[...page.fields.values()].map((field) => field.node),
    papers,
    actions ? actions.node : "",
    isForm ? "" : make("p", { class: "cq-small" }, ui["practice-only"]),
    live || payload.readonly ? "" : drawKeeping(ui),
    announcer,
  ].filter(Boolean);
  root.replaceChildren(...[...root.children].filter((child) => child.dataset.course), ...parts);
  for (const [name, value] of Object.entries({ role: "group", "aria-labelledby": title, lang: payload.lang, dir: payload.dir })) {
    root.setAttribute(name, value);
  }
  page.refresh();
  for (const [id, field] of page.fields) {
    if (entries.has(id) && field.done()) setState(id, "saved", ui[live ? "saved-work" : "saved-here"]);
  }
  Object.assign(root.dataset, { id: payload.id, mode: payload.mode, live: String(Boolean(live)), ready: "true" });
  if (!live) return () => {};

  const stop = live.listen((message) => {
    if (message.type === "saved" || message.type === "not-saved") {
      const entry = entries.get(message.id);
      if (!entry || entry.at !== message.sent) return; // something newer was written meanwhile
      clearTimeout(timers.get(message.id));
      if (message.type === "saved") changeEntry(unsentKey, message.id, null);
      if (message.type === "saved") setState(message.id, "saved", ui["saved-work"]);
      else setState(message.id, "not-saved", `${ui["not-saved"]} ${message.text || ""}`);
    } else if (message.type === "action-result") actions.show(message);
  });
  sendUnsent();
  const again = setInterval(sendUnsent, SEND_AGAIN_EVERY);
  return () => {
    stop();
    clearInterval(again);
    timers.forEach(clearTimeout);
  };
}

/** One paper of a drill at a time, from the first that is not done; the button turns to the next, and round. */
function drawPapers({ payload, fields }, turned) {
  const { papers, another } = payload;
  let shown = Math.max(0, papers.findIndex((ids) => ids.some((id) => !fields.get(id).done())));
  const show = () => fields.forEach(({ node }, id) => (node.hidden = !papers[shown].includes(id)));
  const turn = () => {
    shown = (shown + 1) % papers.length;
    show();
    turned();
    const { node } = fields.get(papers[shown][0]);
    node.tabIndex = -1;
    node.focus();
  };
  show();
  return make("div", { class: "cq-actions" }, make("button", { type: "button", class: "cq-button", "data-action": "another", onclick: turn }, another));
}

/** The buttons of a live form, and what they answer. */
function drawActions(page, live, sendUnsent) {
  const { ui, payload } = page;
  const messages = make("div", { class: "cq-messages", role: "status" });
  let timer;
  const line = (level, text) => make("p", { "data-level": level }, say(text, payload.dir));
  const buttons = (payload.actions || []).map(({ name, label }) => make("button", {
    type: "button", class: "cq-button cq-main", "data-action": name,
    onclick: () => {
      sendUnsent(); // messages keep their order: the action sees what was just written
      messages.replaceChildren(line("working", ui.working));
      clearTimeout(timer);
      timer = setTimeout(() => messages.replaceChildren(line("error", ui["no-answer"])), ACTION_WITHIN);
      live.send({ type: "action", name });
    },
  }, label));
  const show = (result) => {
    clearTimeout(timer);
    messages.replaceChildren(...result.messages.map(({ level, text }) => line(level, text)));
    if (!result.download) return;
    const bytes = Uint8Array.from(atob(result.download.base64), (letter) => letter.charCodeAt(0));
    download(result.download.name, new Blob([bytes]));
    messages.append(line("ok", fill(ui.download, { name: result.download.name })));
  };
  return { node: buttons.length ? make("div", { class: "cq-actions" }, make("div", { class: "cq-buttons" }, buttons), messages) : "", show };
}

/** Save all answers of this browser as a file, or bring them back. Static pages only. */
function drawKeeping(ui) {
  const said = make("p", { class: "cq-kept", role: "status" });
  const save = () => {
    const name = `answers-${new Date().toISOString().slice(0, 10)}.json`;
    download(name, new Blob([JSON.stringify(exportAnswers(), null, 1)], { type: "application/json" }));
    said.textContent = fill(ui.exported, { name });
  };
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: async () => {
    const count = file.files[0] ? importAnswers(await file.files[0].text()) : 0;
    const text = count === null ? ui["import-wrong"] : count ? fill(ui.imported, { count }) : ui["import-none"];
    const root = file.closest(".course-quiz");
    file.value = "";
    if (count) for (const [drawn, payload] of statics) if (drawn.isConnected) openPage(drawn, payload, null);
    const box = root.querySelector(".cq-keep");
    box.open = true;
    box.querySelector(".cq-kept").textContent = text;
    box.querySelector("[data-action=import]").focus();
  } });
  return make("details", { class: "cq-keep" }, make("summary", {}, ui["keep-title"]),
    make("p", {}, ui["keep-text"]),
    make("div", { class: "cq-buttons" },
      make("button", { type: "button", class: "cq-button", "data-action": "export", onclick: save }, ui.export),
      make("button", { type: "button", class: "cq-button", "data-action": "import", onclick: () => file.click() }, ui.import)),
    file, said);
}

/** Draw every static page that is not drawn yet. */
function drawAll() {
  for (const root of document.querySelectorAll(".course-quiz:not([data-ready])")) {
    const source = root.querySelector(":scope > script[data-course=payload]");
    if (!source) continue;
    const payload = JSON.parse(source.textContent);
    statics.set(root, payload);
    openPage(root, payload, null);
  }
}

/** anywidget's view: the same page, with Python at the other end. */
function render({ model, el }) {
  const root = make("div", { class: "course-quiz" });
  el.append(root);
  return openPage(root, model.get("payload"), {
    responses: model.get("responses"),
    send: (message) => model.send(message),
    listen(listener) {
      model.on("msg:custom", listener);
      return () => model.off("msg:custom", listener);
    },
  });
}

/** Draw as soon as the whole page has arrived: on a slow link half a quiz may stand there. */
function drawWhenRead() {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", drawAll, { once: true });
  else setTimeout(drawAll);
}

globalThis.courseQuiz = { drawAll, drawWhenRead, render, score };
drawWhenRead();
