/* The same plan as course.planner makes, from the rules and days in the page's JSON.

   Days are whole numbers (days since 1970), so that no clock of the device moves them. */

const OF_THE_NOTE = ["deadline", "hour", "link", "dated"];

const MS = 86400000;
const dayOf = (iso) => Date.parse(`${iso}T00:00:00Z`) / MS;
const isoOf = (day) => new Date(day * MS).toISOString().slice(0, 10);
const yearOf = (day) => new Date(day * MS).getUTCFullYear();
const weekday = (day) => new Date(day * MS).getUTCDay() || 7;
const plain = (text) => text.replace(/[٠-٩۰-۹]/g, (figure) => figure.charCodeAt(0) % 16).trim();

/** A day as a field for days gives it, or null. */
function readDay(text) {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? dayOf(text) : NaN;
  return Number.isNaN(day) || isoOf(day) !== text ? null : day;
}

// The places of a text that hold a day; any other number in a text is an amount.
const DAYS = new Set(["session", "today", "deadline", "dated", "day", "start", "begins", "near", "computed", "entered"]);

/** A text of the page by its id, with its {places} filled. */
const teller = (texts) => {
  const say = (id, values) =>
    texts[id].replace(/\{([\w-]+)\}/g, (place, name) => {
      const value = values?.[name] ?? place;
      return DAYS.has(name) && typeof value === "number" ? sayDay(value) : value;
    });
  const sayDay = (day) => {
    const date = new Date(day * MS);
    return say("date", {
      weekday: texts[`weekday-${weekday(day)}`],
      day: date.getUTCDate() === 1 ? texts["first-day"] : `${date.getUTCDate()}`,
      month: texts[`month-${date.getUTCMonth() + 1}`],
      year: yearOf(day),
    });
  };
  return say;
};

/** Why no plan can be made, and the field to look at. */
class Refusal extends Error {
  constructor(field, text) {
    super(text);
    this.field = field;
  }
}

/* Working days */
class WorkingDays {
  constructor(found) {
    this.rest = new Set(found.rest);
    this.days = new Map();
    for (const [iso, [place, moon]] of Object.entries(found.days)) {
      this.days.set(dayOf(iso), { place, moon, name: found.names[place] });
    }
  }
  isWeekend(day) {
    return this.rest.has(weekday(day));
  }
  works(day) {
    return !this.isWeekend(day) && !this.days.has(day);
  }
  back(day, count) {
    for (let left = count; left; left -= this.works(day)) day -= 1;
    return day;
  }
  count(start, end) {
    let found = 0;
    for (let day = start; day < end; day += 1) found += this.works(day);
    return found;
  }
  estimatedBeside(day) {
    return [this.days.get(day + 1), this.days.get(day - 1)].find((found) => found?.moon);
  }
}

/** What was asked, with days as numbers; `label(field)` is what the form calls a field. */
function read(data, asked, label) {
  const say = teller(data.texts);
  const refuse = (field, id, values) => {
    throw new Refusal(field, say(id, values));
  };
  const missing = (field) => refuse(field, "form-missing", { field: label(field) });
  const day = (field) => readDay(asked[field] || "") ?? missing(field);
  const amount = (field, otherwise) => {
    const text = plain(asked[field] || "");
    if (text && !/^0*[1-9]\d*$/.test(text)) refuse(field, "refused-amount", { amount: text });
    return text ? Number(text) : otherwise;
  };
  const { body, stage } = asked;
  if (!data.bodies[body]?.stages[stage]) missing(data.bodies[body] ? "stage" : "body");
  const session = day("session");
  const today = day("today");
  let note;
  if (OF_THE_NOTE.some((field) => asked[field])) {
    if (!asked.deadline) refuse("deadline", "refused-note-empty");
    const hour = plain(asked.hour || "");
    if (hour && !/^([01]\d|2[0-3]):[0-5]\d$/.test(hour)) missing("hour");
    const link = asked.link || missing("link");
    if (!/^https?:\/\/[^\s/?#@]*\.\S*$/i.test(link)) refuse("link", "refused-link", { link });
    note = { deadline: day("deadline"), hour, link, dated: day("dated") };
  }
  const found = caseOf(data, body, stage, session);
  if (found.refused) throw new Refusal("stage", found.refused);
  const [first, last] = data.window;
  for (const [field, each] of Object.entries({ session, today, deadline: note?.deadline ?? session })) {
    if (yearOf(each) < first || yearOf(each) > last) refuse(field, "refused-year", { day: each, first, last });
  }
  const after = stage === "follow-up";
  if (!after && session < today) refuse("session", "refused-past", { session, today });
  if (note?.dated > today) refuse("dated", "refused-dated", { dated: note.dated, today });
  const words = amount("words", 0);
  const pace = amount("pace", data.pace);
  const most = data.most / data.pace;
  if (words > data.most || words / pace > most) refuse("words", "refused-much", { words, pace, most });
  if (!note && found.ask) throw new Refusal("deadline", found.ask);
  if (note && note.deadline !== session && after === note.deadline < session) {
    refuse("deadline", after ? "refused-before-follow-up" : "refused-after-session", { deadline: note.deadline, session });
  }
  return { body, stage, session, today, note, words, pace, found };
}

/** What the rules say for the session's day: of the cases by date, the last that has begun. */
const caseOf = (data, body, stage, session) => {
  const cases = data.bodies[body].stages[stage];
  return cases.findLast((found) => dayOf(found.from) <= session) || cases[0];
};

/** The last day that a confirmed rule gives, and what is said about it; null where there is no such rule. */
function counted(data, found, session) {
  if (found.before) return { day: session - found.before, notes: [] };
  if (!found.fixed) return null;
  const years = [2, 1, 0].map((back) => yearOf(session) - back);
  const days = years.flatMap((year) => found.fixed.days.map((part) => dayOf(`${year}-${part}`)));
  const before = days.filter((day) => day < session).sort((a, b) => a - b);
  const near = before.at(-1);
  const day = before.findLast((each) => session - each >= data.nearest);
  const say = teller(data.texts);
  const notes = [say("fixed-days", { ...found.fixed, session })];
  if (day !== near) notes.push(say("fixed-day-earlier", { near, session, day }));
  return { day, notes };
}

/** The steps in the order of time, as planner/backward.py places them, and when the translator begins. */
function placeSteps(data, home, lastDay, needed) {
  const say = teller(data.texts);
  const steps = [];
  let bound = lastDay;
  let extra = 0;
  let begins = lastDay;
  const peersEnd = lastDay - data.milestones.find((step) => step.id === "peer-reading").days;
  for (const milestone of data.milestones) {
    const intended = lastDay - milestone.days - extra;
    const remarks = intended < bound ? [] : [say("moved-room")];
    let day = Math.min(intended, bound - 1);
    let estimated;
    let said = "";
    for (const named = new Set(); !home.works(day); day -= 1) {
      const holiday = home.days.get(day);
      if (holiday) {
        estimated ||= holiday.moon;
        if (!named.has(holiday.place)) {
          said = holiday.moon ? "moved-estimated" : "moved-holiday";
          remarks.push(say(said, { holiday: holiday.name }));
          named.add(holiday.place);
        }
      } else if (said !== "moved-weekend") {
        said = "moved-weekend";
        remarks.push(say(said));
      }
    }
    const beside = home.estimatedBeside(day);
    if (beside) remarks.push(say("beside-estimated", { holiday: beside.name }));
    steps.unshift({
      ...milestone,
      day,
      remarks,
      estimated: estimated || beside,
      working: home.count(day, lastDay),
    });
    bound = day;
    if (milestone.id === "translation") {
      begins = needed ? home.back(day + 1, needed) : day;
      bound = Math.min(bound, begins);
      extra = Math.max(0, peersEnd - (begins - 1));
    }
  }
  return { steps, begins };
}

/** The whole plan of what was asked. Throws a Refusal in the reader's words. */
function makePlan(data, asked, label = (field) => field) {
  const { found, ...said } = read(data, asked, label);
  const { session, today, note, words, pace } = said;
  const { texts } = data;
  const say = teller(texts);
  const home = new WorkingDays(data.home);
  const geneva = new WorkingDays(data.geneva);
  const rule = counted(data, found, session);
  const lastDay = note ? note.deadline : rule.day;
  const needed = Math.ceil(words / pace);
  const { steps, begins } = placeSteps(data, home, lastDay, needed);
  const notes = [];
  const tell = (id, values) => notes.push(say(id, values));

  const start = steps[0].day;
  const count = steps.filter((step) => step.day < today).length;
  const next = steps[count];
  if (lastDay < today) tell("late-deadline", { day: lastDay, days: today - lastDay });
  else if (!next) tell("late-all", { day: lastDay });
  else if (count) tell("late-start", { start, days: today - start, count, following: next.name, day: next.day });
  const bases = [...found.bases];
  if (note) bases[0] = { name: "deadline", value: say("entered-day", { day: lastDay }), confidence: "entered", source: note.link };
  for (const { name: id, confidence, known, checked } of bases) {
    const name = texts[id];
    if (confidence === "entered") {
      tell("entered", { name, ...note });
      if (today - note.dated > data.stale) tell("entered-old", { name, days: today - note.dated });
    } else if (confidence !== "verified") tell(known ? "not-checked" : "not-known", { name });
    else if (today - dayOf(checked) > data.stale) tell("stale", { name, days: today - dayOf(checked) });
  }
  if (!note) notes.push(...rule.notes);
  else if (rule && rule.day !== lastDay) tell("differs", { computed: rule.day, entered: lastDay });
  if (found.hour && !note?.hour) notes.push(found.hour.note);
  if (found.report) tell(found.report.id, { rule: found.report.rule, session });
  for (const [name, day] of Object.entries({ session, deadline: lastDay })) {
    if (geneva.isWeekend(day)) tell(`${name}-weekend`, { day });
    else if (home.isWeekend(day)) tell(`${name}-rest`, { day });
    if (home.days.has(day)) tell(`${name}-holiday`, { day, holiday: home.days.get(day).name });
    if (geneva.days.has(day)) tell(`${name}-geneva`, { day, holiday: geneva.days.get(day).name });
  }
  if (needed) tell("translation", { words, words_a_day: pace, days: needed, begins });
  if (steps.some((step) => step.estimated)) tell("estimated");
  for (const step of steps) if (step.day < today) step.remarks.unshift(texts.past);

  const hour = note?.hour || found.hour?.at || "23:59";
  return {
    ...said,
    title: say("title", { body: data.bodies[said.body].name, stage: data.stages[said.stage], session }),
    deadlineSaid: say("deadline-said", { day: lastDay, hour }),
    startSaid: say("start-said", { day: start, days: home.count(today, lastDay) }),
    lastDay,
    hour,
    steps,
    bases,
    notes,
  };
}
