/* What goes wrong becomes a card in plain words with one thing to do; why goes to the console alone. */

const pages = new WeakMap(); // root -> page, once it is drawn

/** One of the faults that this script knows by itself. */
const ownFault = (ui, kind) => ({ kind, title: ui[`fault-${kind}-title`], why: ui[`fault-${kind}-why`] });

/** The card of a fault {kind, title, why, reference?}: `act` is an address, or what a press does. */
function faultCard(ui, { kind, title, why, reference }, label, act) {
  const link = typeof act === "string";
  const go = make(link ? "a" : "button", { class: "cq-button cq-main", ...(link ? { href: act } : { type: "button", onclick: act }) }, label);
  return make("div", { class: "cq-fault", role: "alert", "data-fault": kind, lang: ui.lang, dir: ui.dir },
    make("p", { class: "cq-verdict" }, title), make("p", {}, say(why, ui.dir)), reference ? make("p", {}, say(reference, ui.dir)) : "", make("p", {}, go));
}

/** Show a fault beside what it is about, else at the head of the page; of one kind only the last card stays. */
function tellFault({ root, ui, head }, fault, label, act, near) {
  root.querySelectorAll(`[data-fault="${fault.kind}"]`).forEach((card) => card.remove());
  const card = faultCard(ui, fault, label, act);
  (near || head).append(card);
  return card;
}

const reload = () => location.reload();

/** Say that something broke, where it broke. */
function tellBroken(root, error, near) {
  console.error(error);
  const page = pages.get(root);
  if (page) tellFault(page, ownFault(page.ui, "page"), page.ui["do-reload"], reload, near);
  else {
    const card = root?.querySelector(":scope > .cq-plain > .cq-fault"); // its words stand in the page itself
    if (card) card.hidden = false;
  }
}

/** A listener whose failure is said where it was pressed, now or when its promise fails. */
const guarded = (listener) => (event) => {
  const at = event.currentTarget;
  const root = at.closest?.(".course-quiz");
  const near = at.closest?.(".cq-item");
  const tellHere = (error) => tellBroken(root, error, near);
  try {
    listener(event)?.catch?.(tellHere);
  } catch (error) {
    tellHere(error);
  }
};

/** What `draw` makes of an item; where it cannot, a card in its place, so that the others can be used. */
function drawnSafely(page, item, draw) {
  try {
    return draw();
  } catch (error) {
    console.error(error);
    const card = faultCard(page.ui, ownFault(page.ui, "part"), page.ui["do-reload"], reload);
    const node = make("div", { class: "cq-item", "data-item": item.id, "data-kind": item.kind, "data-state": "open" }, card);
    return { item, node, status: make("span", {}), done: () => false };
  }
}
