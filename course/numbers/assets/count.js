/* Rates and gaps, in whole steps: the same as counting.py, and in words the same as saying.py. */

class Refusal extends Error {
  constructor(text, line, field) {
    super(text);
    this.line = line;
    this.field = field;
  }
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name]);

function readNumber(data, written) {
  const plain = written
    .trim()
    .replace(/[ \u00a0\u2009\u202f\u066c\u061c\u200e\u200f]/g, "")
    .replace(/[٠-٩۰-۹]/g, (sign) => sign.charCodeAt(0) & 15);
  return /^[0-9]{1,7}$/.test(plain) && +plain <= data.most ? +plain : null;
}

/** The lines of `rows`, each [group, people, with the problem] as written; empty ones are left out. */
function readLines(data, rows) {
  const lines = [];
  rows.forEach((row, place) => {
    const refuse = (name, field) => {
      const said = fill(data.texts[`refused-${name}`], { line: place + 1, most: data.most, lines: data.lines });
      throw new Refusal(said, place + 1, field);
    };
    if (place >= data.lines) refuse("many", 0);
    const [group, ...written] = row.map((part) => part.trim());
    if (!group && !written.join("")) return;
    const [people, problem] = written.map((part) => readNumber(data, part));
    if (!group) refuse("group", 0);
    if (lines.some((line) => line.group === group)) refuse("twice", 0);
    if (!people) refuse("people", 1);
    if (problem === null) refuse("problem", 2);
    if (problem > people) refuse("more", 2);
    lines.push({ group, people, problem });
  });
  if (!lines.length) throw new Refusal(data.texts["refused-none"], 0, 0);
  return lines;
}

function sayRates(data, rows, about) {
  const { texts } = data;
  const lines = readLines(data, rows);
  const places = +lines.every((line) => line.people >= data.exact);
  const steps = 100 * 10 ** places;
  const number = (value, decimals) => (decimals ? Math.floor(value / 10) + texts.decimal + (value % 10) : `${value}`);
  const rateOf = (line) => fill(texts["per-cent"], { number: number(line.rate, places) });
  const [first] = lines;
  for (const line of lines) {
    const { people, problem } = line;
    line.rate = Math.floor((2 * problem * steps + people) / (2 * people));
    line.small = people < data.small;
    line.few = !line.small && problem > 0 && problem < data.few;
    line.swing = !line.small && people < data.swing;
    line.everybody = !line.small && problem === people;
  }
  const shown = lines.map((line, place) => {
    const { group, people, problem, rate } = line;
    const gap = rate - first.rate;
    const sign = gap > 0 ? "+" : gap < 0 ? "−" : "";
    const times = first.problem && Math.floor((20 * problem * first.people + people * first.problem) / (2 * people * first.problem));
    return [
      group,
      `${people}`,
      `${problem}`,
      rateOf(line),
      place ? sign + number(Math.abs(gap), places) : "",
      place && first.problem ? `×${number(times, 1)}` : "",
    ];
  });
  const warnings = lines.flatMap((line) =>
    ["small", "few", "swing", "everybody"]
      .filter((name) => line[name])
      .map((name) => {
        const points = number(Math.floor((2000 + line.people) / (2 * line.people)), 1);
        return fill(texts[`warn-${name}`], { ...data, group: line.group, points });
      }),
  );
  const open = lines.filter((line) => !line.small && !line.few);
  if (!open.length) return { shown, warnings, sentence: texts["sentence-none"] };
  const named = Object.fromEntries(["what", "who", "when"].map((name) => [name, about[name].trim() || "…"]));
  const listed = open.map((line) => fill(texts["sentence-line"], { ...line, rate: rateOf(line) })).join(texts.comma);
  const said = [fill(texts.sentence, { ...named, lines: listed })];
  const high = open.reduce((best, line) => (line.rate > best.rate ? line : best));
  const low = open.reduce((best, line) => (line.rate < best.rate ? line : best));
  if (high.rate > low.rate) {
    const gap = number(high.rate - low.rate, places);
    said.push(fill(texts["sentence-gap"], { high: high.group, low: low.group, gap }));
  }
  said.push(texts[`sentence-${about.basis}`]);
  const left = lines.length - open.length;
  if (left) said.push(fill(texts["sentence-left"], { left }));
  return { shown, warnings, sentence: said.join(" ") };
}
