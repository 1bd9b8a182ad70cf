/* What to see again today, and how far each objective has come: the rules of course.work
   (schedule.py, mastery.py), whose docstrings give the reasons, for pages without Python. A test compares both. */

const { KEYS, keptKeys, readEntries } = courseQuiz.kit;

const INTERVALS = [1, 3, 7, 21, 60, 120];
const LASTING_STEP = 4;
const KNOWN = 0.8;
const NEW_A_DAY = 5;
const MOST_WAITING = 15;
const ENOUGH_ITEMS = 2;
const DAY_MS = 86400000;

/** The number of the UTC day of a moment; NaN where it is none. */
const dayOf = (at) => Math.floor(Date.parse(`${at.slice(0, 10)}T00:00:00Z`) / DAY_MS);
const isoOf = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10);
const today = () => Math.floor(Date.now() / DAY_MS);

const byKeys = (...keys) => (one, other) => {
  for (const key of keys) if (one[key] !== other[key]) return one[key] < other[key] ? -1 : 1;
  return 0;
};

/** Every scored answer that this browser keeps, in the order of time; a test measures, it teaches nothing. */
function answersHere() {
  const found = [];
  for (const key of keptKeys()) {
    if (!key.startsWith(KEYS.quizzes)) continue;
    const quiz = key.slice(KEYS.quizzes.length);
    if (quiz.startsWith("tests/")) continue;
    for (const [item, last] of readEntries(key)) {
      for (const entry of [...(Array.isArray(last.earlier) ? last.earlier : []), last]) {
        if (typeof entry?.at === "string") found.push({ quiz, item, score: entry.score, hints: entry.hints || 0, at: entry.at });
      }
    }
  }
  return found;
}

const inOrder = (answers) =>
  answers.filter(({ score, at }) => typeof score === "number" && !Number.isNaN(dayOf(at))).sort(byKeys("at", "quiz", "item", "score"));

/** A right answer on its day or later goes one step on, a wrong one back to the first. */
function learn(before, { item, score, hints }, day) {
  let step = 0;
  if (before && score >= KNOWN) {
    if (day < before.due) return before;
    step = hints ? before.step : Math.min(before.step + 1, INTERVALS.length - 1);
  }
  return { item, step, due: day + INTERVALS[step] };
}

/** {today: [item], moved, next: day or null, reviews: Map} on a day, for the items that `knows(item)`. */
function planReviews(answers, last, knows) {
  const byDay = new Map();
  for (const answer of inOrder(answers)) byDay.set(dayOf(answer.at), [...(byDay.get(dayOf(answer.at)) || []), answer]);
  const reviews = new Map();
  const ripening = new Map();
  const pile = new Set();
  let ripe = [];
  const answerAll = (day) => {
    for (const answer of byDay.get(day) || []) {
      const before = reviews.get(answer.item);
      const review = learn(before, answer, day);
      reviews.set(answer.item, review);
      if (review.due === before?.due) continue;
      pile.delete(answer.item);
      if (!ripening.has(review.due)) ripening.set(review.due, new Set());
      ripening.get(review.due).add(answer.item);
    }
  };
  const days = [...byDay.keys()].sort((one, other) => one - other);
  for (let day = days[0] ?? last; day <= last; day += 1) {
    const come = [...(ripening.get(day) || [])].map((item) => reviews.get(item)).filter(({ due }) => due === day);
    ripening.delete(day);
    ripe.push(...come.sort(byKeys("step", "item")));
    let taken = 0;
    let fresh = 0;
    while (taken < ripe.length && fresh < NEW_A_DAY && pile.size < MOST_WAITING) {
      const { item, due } = ripe[taken];
      taken += 1;
      if (reviews.get(item).due !== due || !knows(item)) continue;
      pile.add(item);
      fresh += 1;
    }
    ripe = ripe.slice(taken);
    answerAll(day);
  }
  for (const day of days) if (day > last) answerAll(day);
  const others = [...reviews.values()].filter(({ item }) => !pile.has(item) && knows(item)).map(({ due }) => due);
  return {
    today: [...pile],
    moved: others.filter((due) => due <= last).length,
    next: pile.size || !others.length ? null : Math.max(Math.min(...others), last + 1),
    reviews,
  };
}

/** Map objective -> {items, score, alone, lasting, passed, checked, word}; `objectiveOf(answer)` or nothing, sets by objective. */
function mastery(answers, objectiveOf, exits, checks) {
  const scored = inOrder(answers);
  const last = new Map();
  const inQuiz = new Map();
  const reviews = new Map();
  for (const answer of scored) {
    const { quiz, item, score, at } = answer;
    inQuiz.set(`${quiz} ${item}`, score);
    reviews.set(item, learn(reviews.get(item), answer, dayOf(at)));
    const objective = objectiveOf(answer);
    if (!objective) continue;
    if (!last.has(objective)) last.set(objective, new Map());
    last.get(objective).set(item, answer);
  }
  const mean = (scores) => Math.round((scores.reduce((sum, score) => sum + score, 0) / scores.length) * 1e6) / 1e6;
  const isPassed = ({ quiz, items }, mark) => {
    const scores = items.map((item) => inQuiz.get(`${quiz} ${item}`));
    return !scores.includes(undefined) && mean(scores) >= mark;
  };
  return new Map([...last].map(([objective, given]) => {
    const one = {
      items: given.size,
      score: mean([...given.values()].map(({ score }) => score)),
      alone: [...given.values()].filter(({ score, hints }) => score >= KNOWN && !hints).length,
      lasting: [...given.keys()].filter((item) => reviews.get(item).step >= LASTING_STEP).length,
    };
    one.passed = Boolean(exits[objective]) && isPassed(exits[objective], KNOWN);
    one.checked = !checks[objective] || isPassed(checks[objective], 1);
    const reached = one.checked && one.items >= ENOUGH_ITEMS && one.score >= KNOWN;
    one.word = !reached ? "not-yet" : one.alone < ENOUGH_ITEMS ? "with-help"
      : one.lasting >= ENOUGH_ITEMS && one.passed ? "can-teach" : "alone";
    return [objective, one];
  }));
}
