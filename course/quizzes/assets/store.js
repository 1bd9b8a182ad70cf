/* What this browser keeps: answers by quiz or form, answers not yet confirmed, one file of all. */

const KEYS = { quizzes: "course:quiz:", forms: "course:form:" };
const STORE = { key: "course:store", version: 1 }; // written by a version that keeps answers otherwise
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

/** What stands under a key as plain data, {} where there is nothing; null where it is damaged. */
function readKept(key) {
  try {
    const text = localStorage.getItem(key);
    const found = text === null ? {} : JSON.parse(text);
    return isMap(found) ? found : null;
  } catch (error) {
    return error instanceof SyntaxError ? null : {}; // a browser that lets nobody read has nothing damaged
  }
}

/** The entries below one key; what is damaged or no entry is left out. */
const readEntries = (key) => new Map(Object.entries(readKept(key) || {}).filter(([, entry]) => isEntry(entry)));

/** Whether a newer version of the book keeps answers here: they are not touched then. */
function isNewer() {
  try {
    return Number(localStorage.getItem(STORE.key)) > STORE.version;
  } catch {
    return false;
  }
}

/** Write the entries; false where this browser keeps nothing (private window, full) or a newer book does. */
function writeEntries(key, entries) {
  if (isNewer()) return false;
  const others = Object.entries(readKept(key) || {}).filter(([, entry]) => !isEntry(entry)); // not ours to drop
  try {
    if (entries.size + others.length) localStorage.setItem(key, JSON.stringify(Object.fromEntries([...others, ...entries])));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

/** Put what is damaged under another key, so that nothing overwrites it; whether there was something. */
function putAside(key) {
  if (readKept(key) || isNewer()) return false;
  const text = localStorage.getItem(key);
  localStorage.removeItem(key); // first, since the room may be full
  localStorage.setItem(`course:damaged:${Date.now()}:${key}`, text);
  return true;
}

/** The names of all that this browser keeps; none where it lets nobody look. */
function keptKeys() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
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

/** All answers that this browser keeps, and those of `page` that it could not keep. */
function exportAnswers({ payload, entries }) {
  const file = { ...FILE, exported: new Date().toISOString(), quizzes: {}, forms: {} };
  for (const key of keptKeys().sort()) {
    for (const [part, start] of Object.entries(KEYS)) {
      if (key.startsWith(start)) file[part][key.slice(start.length)] = Object.fromEntries(readEntries(key));
    }
  }
  const here = file[payload.mode === "form" ? "forms" : "quizzes"];
  for (const [id, entry] of entries) (here[payload.id] ??= {})[id] ??= entry;
  return file;
}

/** Take over what is newer than what is here, and earlier answers: [what to say, the number taken over]. */
function importAnswers(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return ["import-wrong"];
  }
  if (file?.format !== FILE.format || file.version !== FILE.version) {
    return [file?.format === FILE.format && file.version > FILE.version ? "import-newer" : "import-wrong"];
  }
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
      if (!writeEntries(start + id, entries)) return ["not-kept"];
    }
  }
  return count ? ["imported", count] : ["import-none"];
}

/** Hand a file to the browser's downloads. */
function download(name, blob) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
