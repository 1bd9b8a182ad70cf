/* The report behind its form: entries by place become one report; its words, its limit, what is open.

   The same rules as in course/report/compose: filling.py (places), budget.py, unfinished.py. */

const { MODES, changeEntry, download, fill, freshId, latinFigures, make, say, tell } = courseQuiz.kit;

const ROWS = { authors: "member", sections: "id", evidence: "id", claims: "id", demands: "id" };
const NEW = {
  authors: { name: "" }, sections: { heading: "" }, claims: { text: "" }, demands: { text: "" },
  evidence: { source: "", date: "", method: "", consent: "" },
};
const PRIVATE = ["place", "note"]; // of evidence: never in a file that leaves this browser
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const GAPS = /[\s\u001c-\u001f\u0085]+/;

/** Words as counting.py counts them: runs between white space, without marks that nobody sees. */
const wordsIn = (...texts) => texts.join("\n").replace(UNSEEN, "").split(GAPS).filter(Boolean).length;

/** The report that the entries hold; what belongs to a row that is gone is left out. */
function readReport(entries) {
  const report = { cover: {}, authors: [], evidence: [], sections: [] };
  const holders = new Map([["", report], ["cover", report.cover]]);
  const places = [...entries].map(([place, { response }]) => ({ parts: place.split("."), response }));
  const isRow = ({ parts }) => parts.length % 2 === 0 && Object.hasOwn(ROWS, parts.at(-2));
  for (const { parts, response } of places.filter(isRow).sort((one, other) => one.parts.length - other.parts.length)) {
    const [kind, id] = parts.slice(-2);
    const holder = holders.get(parts.slice(0, -2).join("."));
    if (!holder || response !== true) continue;
    const row = { [ROWS[kind]]: id, ...(kind === "sections" ? { claims: [], demands: [] } : {}) };
    holder[kind].push(row);
    holders.set(parts.join("."), row);
  }
  for (const { parts, response } of places.filter((one) => !isRow(one))) {
    const holder = holders.get(parts.slice(0, -1).join("."));
    if (holder && parts.join() !== "sections") holder[parts.at(-1)] = response;
  }
  const order = entries.get("sections")?.response || [];
  const at = ({ id }) => (order.includes(id) ? order.indexOf(id) : order.length);
  report.sections.sort((one, other) => at(one) - at(other));
  const known = new Set(report.evidence.map(({ id }) => id));
  for (const { claims } of report.sections) {
    for (const claim of claims) claim.evidence = (claim.evidence || []).filter((id) => known.has(id));
  }
  return report;
}

/** Place and value of everything in a saved report, a row before what is in it; null where it is none. */
function placesOf(saved) {
  if (saved?.version !== 1 || typeof saved.body !== "string") return null;
  const found = new Map();
  const rows = (kind, list, before) => {
    for (const row of list || []) {
      const place = `${before}${kind}.${row[ROWS[kind]]}`;
      found.set(place, true);
      for (const [name, value] of Object.entries(row)) {
        if (name !== "evidence" && Object.hasOwn(ROWS, name)) rows(name, value, `${place}.`);
        else if (name !== ROWS[kind]) found.set(`${place}.${name}`, value);
      }
    }
  };
  for (const [name, value] of Object.entries(saved)) {
    if (Object.hasOwn(ROWS, name)) rows(name, value, "");
    else if (name === "cover") for (const [part, text] of Object.entries(value)) found.set(`cover.${part}`, text);
    else if (!["version", "id"].includes(name)) found.set(name, value);
  }
  found.set("sections", (saved.sections || []).map(({ id }) => id));
  return found;
}

/** The report as the file that `course report` reads: nothing private, and nothing that is empty. */
function savedReport(report) {
  const isGiven = (value) => value !== "" && value !== null && value !== undefined && !(Array.isArray(value) && !value.length);
  const given = (one, kind) => ({
    ...(kind ? NEW[kind] : {}),
    ...Object.fromEntries(Object.entries(one).filter(([name, value]) => isGiven(value) && !(kind === "evidence" && PRIVATE.includes(name)))),
  });
  const sections = report.sections.map((section) => ({
    ...given(section, "sections"),
    claims: section.claims.map((claim) => given(claim, "claims")),
    demands: section.demands.map((demand) => given(demand, "demands")),
  }));
  return {
    version: 1, id: "report", ...given(report), cover: given(report.cover),
    priorities: (report.priorities || []).filter((text) => text.trim()),
    authors: report.authors.map((author) => given(author, "authors")),
    evidence: report.evidence.map((one) => given(one, "evidence")),
    sections,
  };
}

/** Whether evidence may be cited: with consent, and noted whole. */
const isUsable = ({ source, date, method, consent }, { citable }) => citable.includes(consent) && Boolean(source && date && method);

/** The limit of this body and stage: {words or null, notes, text}; undefined before both are chosen. */
const limitOf = (report, { limits }) => limits[report.body]?.[report.stage]?.[report.joint ? "joint" : "alone"];

/** About how many words cover, contents, headings and references add; budget.py says how. */
function frameWords(report, { fixed: languages, frame }) {
  const fixed = languages[report.language];
  if (!fixed) return 0; // nothing is begun
  const sum = (names) => names.reduce((words, name) => words + fixed[name], 0);
  const authors = report.authors.filter(({ agreed }) => agreed);
  const names = authors.reduce((words, { name }) => words + wordsIn(name), 0);
  if (report.stage === "oral") return fixed.submitted + wordsIn(report.title) + names;
  const { contact, independence, funding, training } = report.cover;
  const ofSection = ({ heading, articles = [], issues = [], earlier = [], standard, claims, analysis, demands }) => {
    const parts = { standard: standard?.trim(), facts: claims.length, analysis: analysis?.trim(), recommendations: demands.length };
    return wordsIn(heading)
      + (articles.length ? 2 * (fixed["with-articles"] + wordsIn(articles.join(" "))) : 0)
      + (issues.length ? fixed["answers-issues"] + wordsIn(issues.join(" ")) : 0)
      + earlier.reduce((words, { symbol, paragraph }) => words + fixed.earlier + wordsIn(`${symbol} ${paragraph}`), 0)
      + sum(Object.keys(parts).filter((name) => parts[name]));
  };
  return sum(frame.cover) + 2 * sum(frame.headings) + 2 * (wordsIn(report.title) + names)
    + wordsIn(contact, independence, funding, training, report.session, ...authors.map(({ about }) => about))
    + report.sections.reduce((words, section) => words + ofSection(section), 0);
}

/** {front, sections: Map id -> {words, given}, frame, repeated, notes, counted, limit, left}; numbers are words. */
function countReport(report, payload) {
  const limit = limitOf(report, payload) || { words: null, notes: false };
  const front = wordsIn(...(report.priorities || []), report.summary, report.method, report.conclusion);
  const asked = report.sections.flatMap(({ demands }) => demands.map(({ text }) => text));
  const repeated = asked.length > 1 && payload.repeating.includes(report.stage) ? wordsIn(...asked) : 0;
  const frame = frameWords(report, payload);
  const methods = payload.notes[report.language] || {};
  const cited = new Map(report.evidence.filter((one) => isUsable(one, payload))
    .map((one) => [one.id, wordsIn([one.source, methods[one.method], one.date.replaceAll("-", " "), one.link].join(" "))]));
  const claims = report.sections.flatMap((section) => section.claims);
  const notes = claims.reduce((sum, { evidence }) => sum + [...new Set(evidence)].reduce((words, id) => words + (cited.get(id) || 0), 0), 0);
  const taken = front + frame + repeated + (limit.notes ? notes : 0) + report.sections.reduce((sum, { words }) => sum + (words || 0), 0);
  const open = report.sections.filter(({ words }) => !words).length;
  const each = limit.words === null || !open ? null : Math.floor(Math.max(0, limit.words - taken) / open);
  const sections = new Map(report.sections.map((section) => [section.id, {
    words: wordsIn(section.heading, section.standard, ...section.claims.map(({ text }) => text), section.analysis, ...section.demands.map(({ text }) => text)),
    given: section.words || each,
  }]));
  const counted = [...sections.values()].reduce((sum, { words }) => sum + words, front + frame + repeated + (limit.notes ? notes : 0));
  return { front, sections, frame, repeated, notes, counted, limit, left: limit.words === null ? null : limit.words - counted };
}

/** What is still open, each as {place, text}: facts without evidence, recommendations without a fact, blanks. */
function openPoints(report, { payload, ui }) {
  const points = [];
  const add = (place, name, values) => points.push({ place, text: fill(ui[name], values) });
  const usable = new Set(report.evidence.filter((one) => isUsable(one, payload)).map(({ id }) => id));
  const written = (report.priorities || []).filter((text) => text.trim()).length;
  if (written < 3) add("priorities", "point-priorities", { count: written });
  report.sections.forEach(({ id, heading, claims, demands }, place) => {
    const section = heading || fill(ui.sections, { number: place + 1 });
    if (!heading) add(`sections.${id}.heading`, "point-blank", { what: section });
    claims.forEach((claim, at) => {
      const here = `sections.${id}.claims.${claim.id}`;
      const values = { section, number: at + 1 };
      if (!claim.text?.trim()) add(`${here}.text`, "point-blank", { what: `${section}, ${fill(ui["sections-claims"], values)}` });
      else if (!claim.evidence.length) add(`${here}.evidence`, "point-claim", values);
      else if (!claim.evidence.some((one) => usable.has(one))) add(`${here}.evidence`, "point-unusable", values);
    });
    demands.forEach((demand, at) => {
      const here = `sections.${id}.demands.${demand.id}.text`;
      const values = { section, number: at + 1 };
      if (!demand.text?.trim()) add(here, "point-blank", { what: `${section}, ${fill(ui["sections-demands"], values)}` });
      else if (!claims.length) add(here, "point-demand", values);
    });
  });
  return points;
}
