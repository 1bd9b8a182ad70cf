/* The live end of a page: what is sent until Python confirms it, and what its actions answer. */

const CONFIRM_WITHIN = 8000; // ms; then the learner reads that it is not saved yet
const SEND_AGAIN_EVERY = 15000;
const ACTION_WITHIN = 90000;

/** {key, send(id), act(name, value), node, open()}; `open` listens and returns what ends it. */
function openChannel(page, setState) {
  const { ui, payload, live, entries } = page;
  const key = `course:unsent:${payload.mode}:${payload.id}`;
  const timers = new Map();
  const waiting = new Map(); // action -> what to call with its result
  // What was not confirmed when the page was closed counts, unless my work has something newer.
  for (const [id, entry] of readEntries(key)) {
    if (entries.get(id)?.at >= entry.at) changeEntry(key, id, null);
    else entries.set(id, entry);
  }

  const send = (id) => {
    clearTimeout(timers.get(id));
    timers.set(id, setTimeout(() => setState(id, "not-saved", ui["not-saved"]), CONFIRM_WITHIN));
    try {
      live.send({ type: "response", id, entry: entries.get(id) });
    } catch {
      setState(id, "not-saved", ui["not-saved"]); // the connection is gone; sent again below
    }
  };
  const sendUnsent = () => {
    for (const id of readEntries(key).keys()) if (page.fields.has(id)) send(id);
  };

  const act = (name, value) =>
    new Promise((resolve) => {
      sendUnsent(); // messages keep their order: the action sees what was just written
      const silence = setTimeout(() => answer({ messages: [{ level: "error", text: ui["no-answer"] }] }), ACTION_WITHIN);
      const answer = (result) => {
        clearTimeout(silence);
        resolve(result);
      };
      waiting.set(name, answer);
      live.send({ type: "action", name, ...(value === undefined ? {} : { value }) });
    });

  const waitingCards = []; // of answers that were not saved, until one is
  const messages = make("div", { class: "cq-messages", role: "status" });
  const line = (level, text) => make("p", { "data-level": level }, say(text, payload.dir));
  const press = async (name) => {
    messages.replaceChildren(line("working", ui.working));
    const result = await act(name);
    messages.replaceChildren(...result.messages.map(({ level, text }) => line(level, text)));
    if (!result.download) return;
    const bytes = Uint8Array.from(atob(result.download.base64), (letter) => letter.charCodeAt(0));
    download(result.download.name, new Blob([bytes]));
    messages.append(line("ok", fill(ui.download, { name: result.download.name })));
  };
  const buttons = payload.actions.filter(({ label }) => label).map(({ name, label }) =>
    make("button", { type: "button", class: "cq-button cq-main", "data-action": name, onclick: () => press(name) }, label));

  const open = () => {
    const stop = live.listen((message) => {
      if (message.type === "action-result") {
        waiting.get(message.name)?.(message);
        return;
      }
      const entry = entries.get(message.id);
      if (!entry || entry.at !== message.sent) return; // something newer was written meanwhile
      clearTimeout(timers.get(message.id));
      if (message.type === "saved") {
        changeEntry(key, message.id, null);
        setState(message.id, "saved", ui["saved-work"]);
        for (const card of waitingCards.splice(0)) card.remove();
        return;
      }
      const { fault } = message;
      setState(message.id, "not-saved", `${ui["not-saved"]} ${fault ? "" : message.text || ""}`);
      if (!fault) return;
      const acts = { start: "/", again: sendUnsent, reload };
      waitingCards.push(tellFault(page, fault, fault.do, acts[fault.action], page.fields.get(message.id)?.node));
    });
    sendUnsent();
    const again = setInterval(sendUnsent, SEND_AGAIN_EVERY);
    return () => {
      stop();
      clearInterval(again);
      timers.forEach(clearTimeout);
    };
  };
  return { key, send, act, open, node: buttons.length ? make("div", { class: "cq-actions" }, make("div", { class: "cq-buttons" }, buttons), messages) : "" };
}
