/* The form and what it shows. Nothing that is entered is kept: numbers of people can be delicate. */

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children.flat());
  return node;
}

function drawSaid(texts, said) {
  const heads = ["group", "people", "problem", "rate", "gap", "ratio"].map((name) => make("th", { scope: "col" }, texts[`column-${name}`]));
  const rows = said.shown.map(([group, ...cells]) =>
    make("tr", {}, make("th", { scope: "row" }, group), cells.map((cell) => make("td", {}, make("bdi", { dir: "ltr" }, cell)))),
  );
  const table = make("table", {}, make("thead", {}, make("tr", {}, heads)), make("tbody", {}, rows));
  const paste = make("textarea", { readonly: "", rows: 6, "aria-label": texts.paste }, said.sentence);
  paste.addEventListener("focus", () => paste.select());
  return [
    make("div", { class: "cr-box", role: "region", tabindex: 0, "aria-label": texts.result }, table),
    make("ul", {}, said.warnings.map((text) => make("li", {}, text))),
    make("p", {}, texts.paste),
    paste,
  ];
}

function draw(root) {
  const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const form = root.querySelector("form");
  const result = root.querySelector(".cr-result");
  const lines = [...form.querySelectorAll("fieldset")].map((line) => [...line.querySelectorAll("input")]);
  const empty = () => {
    result.replaceChildren();
    for (const field of form.elements) field.removeAttribute("aria-invalid");
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    empty();
    const about = Object.fromEntries(["what", "who", "when", "basis"].map((name) => [name, form.elements[name].value]));
    try {
      const said = sayRates(data, lines.map((fields) => fields.map((field) => field.value)), about);
      result.append(...drawSaid(data.texts, said));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      result.append(make("p", { class: "cr-refused" }, refusal.message));
      const field = lines[Math.max(refusal.line - 1, 0)][refusal.field];
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }
  });
  form.querySelector("[type=button]").addEventListener("click", () => {
    form.reset();
    empty();
    form.elements.what.focus();
  });
  form.hidden = false;
  root.querySelector("details").open = false;
  root.dataset.ready = "true";
}

const drawAll = () => document.querySelectorAll(".course-rates:not([data-ready])").forEach(draw);
// On a slow link half a form may stand there; live, the form is put in its place a moment after it was read.
const drawWhenRead = () => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", drawAll, { once: true });
  else setTimeout(drawAll);
};
globalThis.courseRates = { drawWhenRead, sayRates };
drawWhenRead();
