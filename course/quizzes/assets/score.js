/* Credit from 0 to 1 for a response: the rules of score.py, whose docstrings give the reasons. */

const isIds = (response) => Array.isArray(response) && response.every((name) => typeof name === "string");

const isMap = (response) => typeof response === "object" && response !== null && !Array.isArray(response);

/** What stands under a name in a response, or undefined: what every object inherits is no answer. */
const at = (response, name) => (Object.hasOwn(response, name) ? response[name] : undefined);

const SHAPES = { "\u0671": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u2212": "-" };

/** The text without what a keyboard does by itself: the same, in the same order, as written.py. */
const normalise = (text) =>
  latinFigures(text.normalize("NFKD").toLowerCase())
    .replace(/[\u0671\u0649\u06cc\u06a9\u2212\u2018\u2019\u02bc]/g, (sign) => SHAPES[sign] || "'")
    .replace(/[\p{Mn}\p{Cf}\p{Cc}\p{Z}\u0640]/gu, "")
    .replace(/\p{Pd}/gu, "-")
    .replace(/^\p{P}+|\p{P}+$/gu, "");

/** The choice that a written number, day or text is: the key first, then the order of the file. */
function findWritten({ choices, key, tolerance }, response) {
  const plain = typeof response === "string" ? normalise(response) : "";
  const fits = ({ value, values }) =>
    values
      ? plain && values.some((one) => normalise(one) === plain)
      : typeof value === "string"
        ? response === value
        : typeof response === "number" && Number.isFinite(response) && Math.abs(response - value) <= tolerance;
  return [choices.find(({ id }) => id === key), ...choices].find(fits) || null;
}

function writtenCredit(item, response) {
  const choice = findWritten(item, response);
  if (!choice) return 0;
  return choice.id === item.key ? 1 : choice.credit;
}

function setCredit({ key }, response) {
  if (!isIds(response)) return 0;
  const chosen = new Set(response);
  const hits = key.filter((name) => chosen.has(name)).length;
  return Math.max(0, (hits - (chosen.size - hits)) / key.length);
}

function pairsCredit({ key, given = [] }, response) {
  if (!isMap(response)) return 0;
  const names = Object.keys(key).filter((name) => !given.includes(name));
  return names.filter((name) => at(response, name) === key[name]).length / names.length;
}

const RULES = {
  "single-choice": (item, response) => (response === item.key ? 1 : 0),
  "multiple-choice": setCredit,
  "mark-paragraph": setCredit,
  matching: pairsCredit,
  cloze: pairsCredit,
  "build-parts": pairsCredit,
  numeric: writtenCredit,
  date: writtenCredit,
  "short-text": writtenCredit,

  ordering: (item, response) => {
    if (!isIds(response) || new Set(response).size !== response.length) return 0;
    const place = new Map(response.map((name, index) => [name, index]));
    let balance = 0;
    let pairs = 0;
    item.key.forEach((first, index) => {
      for (const second of item.key.slice(index + 1)) {
        pairs += 1;
        if (place.has(first) && place.has(second)) balance += place.get(first) < place.get(second) ? 1 : -1;
      }
    });
    return Math.max(0, balance / pairs);
  },

  classification: ({ key, targets }, response) => {
    if (!isMap(response)) return 0;
    const names = Object.keys(key);
    const answered = names.filter((name) => (at(response, name) ?? null) !== null);
    const right = answered.filter((name) => response[name] === key[name]).length;
    return Math.max(0, (right - (answered.length - right) / (targets.length - 1)) / names.length);
  },

  "document-hunt": ({ parts }, response) => {
    if (!isMap(response)) return 0;
    return parts.reduce((sum, part) => sum + writtenCredit(part, at(response, part.id)), 0) / parts.length;
  },
};

const score = (item, response) => RULES[item.kind](item, response);
