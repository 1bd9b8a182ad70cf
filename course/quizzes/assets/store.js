/* What this browser keeps: answers by quiz or form, answers not yet confirmed, one file of all. */

const KEYS = { quizzes: "course:quiz:", forms: "course:form:" };
const FILE = { format: "course-browser-answers", version: 1 };

const isEntry = (entry) =>
  typeof entry === "object" && entry !== null && "response" in entry && typeof entry.at === "string";

/** The scored answers before the last one, the earliest first: the review of the day counts with all of them. */
const earlierOf = (entry) => (Array.isArray(entry.earlier) ? entry.earlier.filter(isEntry) : []);

/** `entry` with the scored answers of others to the same item as its earlier ones, each once. */
function withEarlier(entry, ...others) {
  const before = new Map();
  for (const one of [...earlierOf(entry), ...others.flatMap((other) => [...earlierOf(other), other])]) {
    const { earlier, attempt, ...answer } = one;
    if (typeof one.score === "number" && one.at !== entry.at) before.set(one.at, answer);
  }
  if (!before.size) return entry;
  return { ...entry, earlier: [...before.keys()].sort().map((at) => before.get(at)) };
}

/** The entries below one key; what is damaged or no entry is left out. */
function readEntries(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key)) || {};
    return new Map(Object.entries(found).filter(([, entry]) => isEntry(entry)));
  } catch {
    return new Map();
  }
}

/** Write the entries; false where this browser keeps nothing (private window, full). */
function writeEntries(key, entries) {
  try {
    if (entries.size) localStorage.setItem(key, JSON.stringify(Object.fromEntries(entries)));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/** Read again just before writing: another tab may have answered meanwhile. */
function changeEntry(key, id, entry) {
  const entries = readEntries(key);
  const before = key.startsWith(KEYS.quizzes) ? entries.get(id) : null;
  if (entry) entries.set(id, before ? withEarlier(entry, before) : entry);
  else entries.delete(id);
  return writeEntries(key, entries);
}

function exportAnswers() {
  const file = { ...FILE, exported: new Date().toISOString(), quizzes: {}, forms: {} };
  for (const key of Object.keys(localStorage).sort()) {
    for (const [part, start] of Object.entries(KEYS)) {
      if (key.startsWith(start)) file[part][key.slice(start.length)] = Object.fromEntries(readEntries(key));
    }
  }
  return file;
}

/** Take over what is newer than what is here, and earlier answers. The number taken over, or null: no such file. */
function importAnswers(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return null;
  }
  if (file?.format !== FILE.format || file.version !== FILE.version) return null;
  let count = 0;
  for (const [part, start] of Object.entries(KEYS)) {
    for (const [id, found] of Object.entries(file[part] || {})) {
      const entries = readEntries(start + id);
      for (const [item, entry] of Object.entries(found || {})) {
        if (!isEntry(entry)) continue;
        const here = entries.get(item);
        const [last, other] = here?.at >= entry.at ? [here, entry] : [entry, here];
        const joined = other && part === "quizzes" ? withEarlier(last, other) : last;
        if (JSON.stringify(joined) === JSON.stringify(here)) continue;
        entries.set(item, joined);
        count += 1;
      }
      writeEntries(start + id, entries);
    }
  }
  return count;
}

/** Hand a file to the browser's downloads. */
function download(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
