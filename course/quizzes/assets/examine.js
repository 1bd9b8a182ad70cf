/* Examines a recommendation as course/recommendations does in Python: the same program (patterns,
   cases, tables, made by lists.py) and the same steps; a test compares both. */

const { MODES, make, say, tell, fill, freshId } = courseQuiz.kit;

const MASKED = new Set(["article", "wrong", "symbol", "comment"]);
const VERBS = ["soft", "vague", "firm"];
const compiledPatterns = new Map();

/** A pattern of a program, with what may be glued before its words. */
function pattern(program, source) {
  const key = `${program.lang} ${source}`;
  if (!compiledPatterns.has(key)) compiledPatterns.set(key, new RegExp(source.replaceAll("~", program.prefix), "gu"));
  return compiledPatterns.get(key);
}

/** {text, places}: small letters without accents; places[n] = [start, end] of character n in the original. */
function makePlain(program, original) {
  const { same, dropped } = program.plain;
  const letters = [];
  const places = [];
  let at = 0;
  for (const sign of original) {
    for (const part of sign.normalize("NFD")) {
      if (/\p{Mn}/u.test(part) || dropped.includes(part)) continue;
      const small = part.toLowerCase();
      for (const unit of (same[part] || same[small] || small).split("")) {
        letters.push(unit);
        places.push([at, at + sign.length]);
      }
    }
    at += sign.length;
  }
  return { letters, places };
}

/** [start, end] of the first group that took part; the match ends where that group ends. */
function groupOf(match) {
  const end = match.index + match[0].length;
  const group = match.slice(1).find((found) => found !== undefined);
  return [end - group.length, end];
}

const allOf = (program, source, text) => [...text.matchAll(pattern(program, source))];

function treatyMentions(program, text, body) {
  const { treaties, generic, ofBody } = program.basis;
  const found = treaties.flatMap(([code, source]) => allOf(program, source, text).map((match) => [code, groupOf(match)]));
  const own = ofBody[body] || "";
  for (const match of allOf(program, generic, text)) found.push([own, groupOf(match)]);
  const length = ([, [start, end]]) => end - start;
  found.sort((one, other) => length(other) - length(one) || one[1][0] - other[1][0]);
  const kept = [];
  for (const mention of found) {
    const [, [start, end]] = mention;
    if (kept.every(([, other]) => end <= other[0] || start >= other[1])) kept.push(mention);
  }
  return kept.sort((one, other) => one[1][0] - other[1][0]);
}

/** The treaty that an article belongs to: the one just after it, else the one just before it. */
function treatyOf(program, text, [start, end], mentions) {
  const fits = (source, between) => between.search(pattern(program, source)) >= 0;
  let before = null;
  for (const mention of mentions) {
    const [code, span] = mention;
    if (!code) continue;
    if (span[0] >= end) {
      if (fits(program.basis.of, text.slice(end, span[0]))) return mention;
      break;
    }
    if (span[1] <= start && fits(program.basis.apart, text.slice(span[1], start))) before = mention;
  }
  return before;
}

function cited(program, treaty, numbers, span) {
  const articles = numbers.replace(/ ?\(?[^ ()]{1,4}\)/gu, "").match(/[0-9]+/g).map(Number);
  const last = program.basis.last[treaty];
  const wrong = articles.find((article) => article < 1 || (last && article > last));
  if (wrong !== undefined) return { kind: "wrong", span, values: { treaty, article: String(wrong), last: String(last) } };
  return { kind: "article", span, values: { treaty, article: String(articles[0]) } };
}

/** All legal bases that are named. Spans are places in the plain text, but of symbols in the original. */
function nameBases(program, original, text, body) {
  const { basis, lists } = program;
  const mentions = treatyMentions(program, text, body);
  const found = [];
  const taken = new Set();
  for (const match of allOf(program, basis.article, text)) {
    const [start, end] = groupOf(match);
    const mention = treatyOf(program, text, [start, end], mentions);
    if (mention) {
      const [code, span] = mention;
      taken.add(span);
      found.push(cited(program, code, match[1], [Math.min(start, span[0]), Math.max(end, span[1])]));
    } else if (text.slice(end).search(pattern(program, basis.national)) < 0) {
      found.push({ kind: "alone", span: [start, end], values: {} });
    }
  }
  for (const [code, span] of mentions) if (code && !taken.has(span)) found.push({ kind: "treaty", span, values: { treaty: code } });
  for (const match of allOf(program, lists.comment, text)) found.push({ kind: "comment", span: groupOf(match), values: {} });
  for (const match of original.matchAll(new RegExp(basis.candidate, "gu"))) {
    const symbol = match[0].replace(/[.-]+$/, "");
    if (!/[0-9]/.test(symbol)) continue;
    const known = basis.symbols.some((source) => new RegExp(`^(?:${source})$`, "u").test(symbol));
    found.push({ kind: known ? "symbol" : "unread", span: [match.index, match.index + symbol.length], values: { symbol }, original: true });
  }
  return found.sort((one, other) => one.span[0] - other.span[0] || one.span[1] - other.span[1]);
}

/** The findings on one text: [{id, state, case, span, values}], span in the original. */
function examine(program, original, body, stage) {
  const { letters, places } = makePlain(program, original);
  const text = letters.join("");
  const bases = nameBases(program, original, text, body);
  const masked = [...letters];
  for (const { kind, span, original: ofOriginal } of bases) {
    if (!MASKED.has(kind)) continue;
    masked.forEach((_, n) => {
      const inside = ofOriginal ? span[0] <= places[n][0] && places[n][0] < span[1] : span[0] <= n && n < span[1];
      if (inside) masked[n] = "#";
    });
  }
  const looked = masked.join("");
  const firsts = new Map();
  const firstOf = (name) => {
    if (!firsts.has(name)) {
      const [match] = allOf(program, program.lists[name], looked);
      firsts.set(name, match ? groupOf(match) : null);
    }
    return firsts.get(name);
  };
  const earliest = (names) =>
    names.map(firstOf).filter(Boolean).sort((one, other) => one[0] - other[0] || other[1] - one[1])[0] || null;
  const inOriginal = ([start, end]) => (end > start ? [places[start][0], places[end - 1][1]] : [0, 0]);

  let actions = 0;
  const main = earliest(VERBS);
  if (main) actions = 1 + allOf(program, program.lists.steps, looked).filter((match) => groupOf(match)[0] >= main[1]).length;

  const holds = (rule) => {
    if ((rule.bodies && !rule.bodies.includes(body)) || (rule.stages && !rule.stages.includes(stage))) return null;
    if ((rule.none || []).some(firstOf)) return null;
    if (rule.any) {
      const span = earliest(rule.any);
      return span && { span: inOriginal(span), values: {} };
    }
    if (rule.first) {
      const found = rule.first.map((name, place) => [firstOf(name), place]).filter(([span]) => span);
      found.sort(([one, place], [other, later]) => one[0] - other[0] || place - later);
      return found.length && found[0][1] === 0 ? { span: inOriginal(found[0][0]), values: {} } : null;
    }
    if (rule.count) return actions >= rule.count[0] && actions <= rule.count[1] ? { span: [0, 0], values: { count: String(actions) } } : null;
    if (rule.basis) {
      const named = bases.find(({ kind }) => kind === rule.basis);
      return named ? { span: named.original ? named.span : inOriginal(named.span), values: named.values } : null;
    }
    return { span: [0, 0], values: {} };
  };
  const names = program.questionStages.includes(stage) ? program.ofQuestions : program.criteria;
  return names.map((id) => {
    for (const rule of program.cases[id]) {
      const held = holds(rule);
      if (held) return { id, state: rule.state, case: rule.case, span: held.span, values: { ...held.values, seen: original.slice(...held.span) } };
    }
    throw new Error(`${id}: no case holds`);
  });
}

courseQuiz.kit.examine = examine;
