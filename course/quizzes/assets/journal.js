/* A second copy of what this browser keeps, on the disk before an answer is called kept: localStorage is
   written seconds later, and a browser that is killed in between loses it. */

const JOURNAL = "course:journal"; // the base, and the one store in it
let journal;

/** The open journal; undefined in a browser that has none. */
const openJournal = () => (journal ??= new Promise((done) => {
  try {
    const asked = indexedDB.open(JOURNAL);
    asked.onupgradeneeded = () => asked.result.createObjectStore(JOURNAL);
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => done();
  } catch {
    done();
  }
}));

/** Do one thing with the journal; its result once that is on the disk, undefined where there is no journal. */
async function inJournal(act) {
  const base = await openJournal();
  return base && new Promise((done) => {
    const work = base.transaction(JOURNAL, "readwrite", { durability: "strict" });
    const asked = act(work.objectStore(JOURNAL));
    work.oncomplete = () => done(asked.result);
    work.onabort = () => done();
  });
}

/** Write down what stands under a key; resolved when it is on the disk, or cannot be. */
const writeDown = (key) =>
  inJournal((store) => store.put({ key, text: localStorage[key] || "{}" }, key)).catch(() => {});

/** Forget all: what is erased must not come back. */
const clearJournal = () => inJournal((store) => store.clear());

/** Take up what the journal has and a killed browser lost; whether there was something. */
async function takeUp() {
  let found = false;
  for (const { key, text } of (await inJournal((store) => store.getAll())) || []) {
    const here = readEntries(key);
    for (const [id, entry] of Object.entries(JSON.parse(text))) {
      if (isEntry(entry) && !(here.get(id)?.at >= entry.at)) found = changeEntry(key, id, entry);
    }
  }
  return found;
}
