/* A second copy of what this browser keeps, on the disk before an answer is called kept: localStorage is
   written seconds later, and a browser that is killed in between loses it. */

const JOURNAL = { name: "course:journal", store: "kept" };
let journal;

/** The open journal; undefined in a browser that has none. */
const openJournal = () => (journal ??= new Promise((done) => {
  try {
    const asked = indexedDB.open(JOURNAL.name);
    asked.onupgradeneeded = () => asked.result.createObjectStore(JOURNAL.store);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done();
  } catch {
    done();
  }
}));

/** Do one thing with the journal; its result once that is on the disk, undefined where there is no journal. */
async function inJournal(mode, act) {
  const base = await openJournal();
  return base && new Promise((done) => {
    const work = base.transaction(JOURNAL.store, mode, { durability: "strict" });
    const asked = act(work.objectStore(JOURNAL.store));
    work.oncomplete = () => done(asked.result);
    work.onabort = () => done();
  });
}

/** Write down what stands under a key; resolved when it is on the disk, or cannot be. */
const writeDown = (key) =>
  inJournal("readwrite", (store) => store.put({ key, text: localStorage.getItem(key) || "{}" }, key)).catch(() => {});

/** Forget all: what is erased must not come back. */
const clearJournal = () => inJournal("readwrite", (store) => store.clear());

/** Take up what the journal has and a killed browser lost; whether there was something. */
async function takeUp() {
  let found = false;
  for (const { key, text } of (await inJournal("readonly", (store) => store.getAll())) || []) {
    const entries = readEntries(key);
    const lost = Object.entries(JSON.parse(text)).filter(([id, entry]) => isEntry(entry) && !(entries.get(id)?.at >= entry.at));
    for (const [id, entry] of lost) entries.set(id, entry);
    if (lost.length && writeEntries(key, entries)) found = true;
  }
  return found;
}
