/* Credit from 0 to 1 for a response: the rules of score.py, whose docstrings give the reasons. */

function isIds(response) {
  return Array.isArray(response) && response.every((name) => typeof name === "string");
}

/** The choice that a written number or day is: the key first, then the order of the file. */
function findValue(item, response) {
  const key = item.choices.find((choice) => choice.id === item.key);
  const fits = (choice) =>
    item.kind === "date"
      ? response === choice.value
      : typeof response === "number" &&
        Number.isFinite(response) &&
        Math.abs(response - choice.value) <= item.tolerance;
  return [key, ...item.choices].find(fits) || null;
}

const RULES = {
  "single-choice": (item, response) => (response === item.key ? 1 : 0),

  "multiple-choice": (item, response) => {
    if (!isIds(response)) return 0;
    const chosen = new Set(response);
    const hits = item.key.filter((name) => chosen.has(name)).length;
    return Math.max(0, (hits - (chosen.size - hits)) / item.key.length);
  },

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

  matching: (item, response) => {
    if (typeof response !== "object" || response === null || Array.isArray(response)) return 0;
    const names = Object.keys(item.key);
    const right = names.filter((name) => Object.hasOwn(response, name) && response[name] === item.key[name]);
    return right.length / names.length;
  },

  numeric: (item, response) => valueCredit(item, response),
  date: (item, response) => valueCredit(item, response),
};

function valueCredit(item, response) {
  const choice = findValue(item, response);
  if (!choice) return 0;
  return choice.id === item.key ? 1 : choice.credit;
}

function score(item, response) {
  return RULES[item.kind](item, response);
}
