/* Small tools on which the rest is drawn: nodes without innerHTML, texts, numbers, days. */

let nodes = 0;

/** An id that no other node of the page has. */
const freshId = () => `cq-${(nodes += 1)}`;

/** An element with attributes (`onclick` is a listener) and children; empty ones are left out. */
function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const name in attributes) {
    const value = attributes[name];
    if (typeof value === "function") node.addEventListener(name.slice(2), guarded(value));
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  put(node, children);
  return node;
}

/** Children one by one: for the thousands of nodes of a long page twice as fast as one list of all. */
function put(node, children) {
  for (const child of children) {
    if (Array.isArray(child)) put(node, child);
    else if (child) node.append(child);
  }
}

// A symbol, day or address without spaces. Inside Arabic each is set apart, or its parts change
// places. A phrase of Latin words is left whole: words set apart one by one would be reversed.
const LATIN_TOKEN = /[A-Za-z0-9]+(?:[/.,:_\-–@#&=?~%+]+[A-Za-z0-9]+)+\/?/g;

/** A text as nodes; in a right-to-left block, symbols and days are isolated in <bdi>. */
function say(text, dir) {
  if (dir !== "rtl") return [text];
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LATIN_TOKEN)) {
    parts.push(text.slice(end, found.index), make("bdi", { dir: "ltr" }, found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}

/** What the page itself says: in the page's language also inside an item that is not translated. */
const tell = (ui, tag, attributes, text) => make(tag, { lang: ui.lang, dir: ui.dir, ...attributes }, say(text, ui.dir));

/** A template with its {places} filled; a place without a value stays as it is. */
const fill = (template, values) =>
  template.replace(/\{([\w-]+)\}/g, (place, name) => (Object.hasOwn(values, name) ? String(values[name]) : place));

/** "YYYY-MM-DD" as a day in words, or null where it is no day. */
function sayDay(iso, ui) {
  const day = parseDay(iso) && new Date(`${iso}T00:00:00Z`);
  if (!day) return null;
  return fill(ui.date, {
    weekday: ui[`weekday-${day.getUTCDay() || 7}`],
    day: day.getUTCDate() === 1 ? ui["first-day"] : day.getUTCDate(),
    month: ui[`month-${day.getUTCMonth() + 1}`],
    year: day.getUTCFullYear(),
  });
}

/** Arabic and Persian figures as 0 to 9, since both keyboards are in use. */
const latinFigures = (text) =>
  text.replace(/[٠-٩۰-۹]/g, (figure) => String(figure.charCodeAt(0) % 16));

/** A typed day as "YYYY-MM-DD", or null. */
function parseDay(text) {
  if (typeof text !== "string") return null;
  const parts = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(latinFigures(text).trim());
  if (!parts) return null;
  const iso = `${parts[1]}-${parts[2].padStart(2, "0")}-${parts[3].padStart(2, "0")}`;
  const day = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== iso ? null : iso;
}

/** A typed number, or null: "3,300", "3 300" and "٣٬٣٠٠" are 3300, "1,5" is 1.5. */
function parseNumber(text) {
  let plain = latinFigures(text).trim().replace(/٫/g, ".").replace(/٬/g, ",").replace(/−/g, "-");
  if (/^-?[1-9]\d{0,2}(?:[ ,\u00a0\u202f]\d{3})+$/.test(plain)) plain = plain.replace(/[ ,\u00a0\u202f]/g, "");
  plain = plain.replace(/^(-?\d*),(\d+)$/, "$1.$2");
  return /^-?(?:\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** The day that lies so many days before another. */
function daysBefore(iso, days) {
  const day = new Date(`${iso}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - days);
  return day.toISOString().slice(0, 10);
}
