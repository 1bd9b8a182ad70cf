/* Draws a quiz or a form from its payload: the same code in the static book, in a single file
   opened from a disk (a classic script) and live (an anywidget, to which assets.py adds one export).

   IN THE PAGE
   <div class="course-quiz" data-id data-mode="quiz|form|..." lang dir> holds what is readable without
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
   course:quiz:ID, course:form:ID               static: {item: entry}; a payload's own `key` instead
   course:unsent:quiz:ID, course:unsent:form:ID live: what is not confirmed, dropped once it is
   The same under the same keys in the IndexedDB course:journal, which is on the disk when it says so.
   entry = {response, score: 0..1|null, attempt, at, revision, lang, hints, earlier?: [the scored answers before]}

   MODES
   What a page looks like is decided by MODES[payload.mode](page). page.js owns the frame (title,
   progress, keeping, the live channel); a mode draws what stands between intro and foot.
   page = {root, payload, ui, live, entries, fields, keep, announce, refresh, act}
     entries            Map id -> entry: what is kept, of this page alone
     fields             Map id -> {node, status, done(), right?(), refresh?()}, filled by the mode;
                        keep() says on `status` and on node.dataset.state what became of an answer
     keep(id, entry, done = true)   keeps here, and live sends (done = false: not yet, more is coming)
     refresh()          calls every field's refresh() and shows the progress anew
     act(name, value)   live only: runs an action of the payload, gives a promise of its result
   It returns {nodes, more?, progress?: () => ({done, all, text, passed?}), stop?: () => void}.
     more()             draws one part more, false when there was none left; a long page is drawn in
                        slices, so that its beginning can be used at once; then data-ready is set
   A mode of its own file adds itself by way of courseQuiz.kit; assets.py says which pages get it.

   LIVE (custom messages beside the traits `payload` and `responses`)
   to Python    {type: "response", id, entry}     a checked answer, a field that was left or paused at
                {type: "action", name, value?}
   from Python  {type: "saved", id, at, sent}     sent = entry.at of the response that is now kept
                {type: "not-saved", id, text, sent}
                {type: "action-result", name, messages: [{level, text}], download?: {name, base64}, ...} */

const FIRST_SLICE = 40; // ms of drawing until what is in the window is shown
const { scheduling } = navigator; // knows whether the reader has done something meanwhile: that comes first
const SLICE = scheduling ? 400 : 120; // ms at a stretch afterwards

const statics = new Map(); // root -> payload of every static page drawn, to draw again after an import

let takenUp; // what a killed browser lost is looked for once

const MODES = { quiz: drawQuiz }; // others come in files of their own

function openPage(root, payload, live) {
  const ui = { ...payload.ui, lang: payload.lang, dir: payload.dir };
  const key = payload.key || KEYS[payload.mode === "form" ? "forms" : "quizzes"] + payload.id;
  const announcer = make("div", { class: "cq-hidden", "aria-live": "polite" });
  const head = make("div", {}); // for the cards of faults
  const page = { root, payload, ui, live, head, fields: new Map(), announce: (text) => (announcer.textContent = text) };
  page.broken = (error) => tellBroken(root, error);
  page.entries = live ? new Map(Object.entries(live.responses)) : readEntries(key);

  const setState = (id, state, text) => {
    const field = page.fields.get(id);
    if (!field) return;
    field.node.dataset.state = state;
    field.status.textContent = text;
  };
  const save = ({ target }) => target.after(make("span", { role: "status" }, " ", page.saveOwn ? page.saveOwn() : saveAnswers(page)));
  const tellOfBrowser = (kind, label, act, near) => tellFault(page, ownFault(ui, kind), ui[label], act, near);
  const channel = live && openChannel(page, setState);
  page.keep = (id, entry, done = true) => {
    page.entries.set(id, entry);
    const kept = changeEntry(channel ? channel.key : key, id, entry);
    if (channel) {
      setState(id, "answered", ui.saving);
      if (done) channel.send(id);
    } else if (kept) {
      setState(id, "answered", ui.saving);
      writeDown(key).then(() => {
        const changed = page.entries.get(id) !== entry || page.fields.get(id)?.node.dataset.state !== "answered";
        if (!changed) setState(id, "saved", ui["saved-here"]); // else something newer is on its way, or tried again
      });
    } else {
      setState(id, "not-saved", ui["not-kept"]);
      tellOfBrowser(isNewer() ? "newer" : "kept", "export", save, page.fields.get(id)?.node);
    }
    showProgress();
    document.dispatchEvent(new CustomEvent("course:kept", { detail: payload.id })); // a closed form may open now
  };
  page.act = channel?.act;
  page.key = channel ? channel.key : key;
  page.refresh = () => {
    for (const field of page.fields.values()) field.refresh?.();
    showProgress();
  };

  const progress = make("p", { class: "cq-progress" });
  const showProgress = () => {
    const { text, done, all, passed } = drawn.progress?.() || {};
    progress.textContent = text || "";
    Object.assign(progress.dataset, { done, all }, passed === undefined ? {} : { passed });
  };
  const drawn = MODES[payload.mode](page);

  const title = freshId();
  const parts = [
    make("div", { class: "cq-head" }, make("p", { class: "cq-title", id: title }, say(payload.title, payload.dir)), progress),
    payload.intro ? make("p", { class: "cq-intro" }, say(payload.intro, payload.dir)) : "",
    head,
    ...drawn.nodes,
    channel ? channel.node : "",
    ["form", "progress", "compose", "path"].includes(payload.mode) ? "" : make("p", { class: "cq-small" }, ui["practice-only"]),
    live || payload.readonly || payload.key ? "" : drawKeeping(page),
    announcer,
  ].filter(Boolean);
  root.replaceChildren(...[...root.children].filter((child) => child.dataset.course), ...parts);
  for (const [name, value] of Object.entries({ role: "group", "aria-labelledby": title, lang: payload.lang, dir: payload.dir })) {
    root.setAttribute(name, value);
  }
  Object.assign(root.dataset, { id: payload.id, mode: payload.mode, live: String(Boolean(live)) });
  pages.set(root, page);
  if (payload.fault) tellFault(page, payload.fault, payload.fault.do, payload.fault.action === "start" ? "/" : reload);
  if (!live && !payload.readonly) {
    if (putAside(key)) tellOfBrowser("damaged", "import", () => root.querySelector("[data-action=import]").click());
    if (isNewer()) tellOfBrowser("newer", "export", save);
    else takenUp ??= takeUp().then((found) => found && redrawAll());
  }
  let close;
  let timer;
  const goOn = () => {
    try {
      drawOn();
    } catch (error) {
      page.broken(error);
    }
  };
  const drawOn = () => {
    const end = performance.now() + (timer ? SLICE : FIRST_SLICE);
    while (drawn.more?.()) {
      if (performance.now() < end && !(timer && scheduling?.isInputPending())) continue;
      timer = setTimeout(goOn);
      return;
    }
    page.refresh();
    for (const [id, field] of page.fields) {
      if (page.entries.has(id) && field.done() && field.node.dataset.state === "open") setState(id, "saved", ui[live ? "saved-work" : "saved-here"]);
    }
    root.dataset.ready = "true";
    close = channel?.open();
  };
  goOn();
  return () => {
    clearTimeout(timer);
    close?.();
    drawn.stop?.();
  };
}

function drawStatic(root) {
  const source = root.querySelector(":scope > script[data-course=payload]");
  if (!source || statics.has(root)) return;
  try {
    const payload = JSON.parse(source.textContent);
    if (!MODES[payload.mode]) return; // its own script comes later and draws again
    statics.set(root, payload);
    openPage(root, payload, null);
  } catch (error) {
    tellBroken(root, error);
  }
}

/** Draw every static page that is not drawn yet. */
const drawAll = () => document.querySelectorAll(".course-quiz:not([data-ready])").forEach(drawStatic);

/** What is not drawn when all has arrived never will be: a part of the page is missing. */
addEventListener("load", () => setTimeout(() => {
  for (const card of document.querySelectorAll(".course-quiz:not([data-ready]) > .cq-plain > .cq-fault")) card.hidden = false;
}));

/** anywidget's view: the same page, with Python at the other end. */
function render({ model, el }) {
  const root = make("div", { class: "course-quiz" });
  el.append(root);
  const payload = model.get("payload");
  try {
    return openPage(root, payload, {
      responses: model.get("responses"),
      send: (message) => model.send(message),
      listen(listener) {
        model.on("msg:custom", listener);
        return () => model.off("msg:custom", listener);
      },
    });
  } catch (error) {
    console.error(error);
    root.replaceChildren(faultCard(payload.ui, ownFault(payload.ui, "page"), payload.ui["do-reload"], reload));
  }
}

/** Draw as soon as the whole page has arrived: on a slow link half a quiz may stand there.

   A quiz that has this very script in it is whole, and drawn before anybody sees it otherwise. Where a page
   is built piece by piece, a quiz comes to its place a moment after its script. */
function drawWhenRead() {
  const own = document.currentScript?.closest(".course-quiz[data-mode=quiz]");
  if (own) drawStatic(own);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", drawAll, { once: true });
  else setTimeout(drawAll);
}

// What an extra mode may use: `const { MODES, make } = courseQuiz.kit;` at the top of its file.
const kit = {
  MODES, CONTROLS, KEYS, changeEntry, clearJournal, daysBefore, download, drawQuizItem, drawnSafely, explain, fill, freshId,
  isShowable, keptKeys, latinFigures, make, parseDay, readEntries, redrawAll, say, sayDay, score, tell, writeEntries,
};
globalThis.courseQuiz = { drawAll, drawWhenRead, render, score, kit };
drawWhenRead();
