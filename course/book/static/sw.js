// Keeps the book readable with no network. Every file is kept under its content's hash, so a new
// edition fetches only what changed, and an interrupted first visit goes on where it stopped.
"use strict";
const FILES = {"FILES": ""};
const SCOPE = self.registration.scope;
const CACHE = "course-book " + SCOPE;

const keyOf = (name) => SCOPE + encodeURI(name) + "?v=" + FILES[name];

async function keepAll() {
  const cache = await caches.open(CACHE);
  const waiting = Object.keys(FILES);
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const key = keyOf(name);
      if (await cache.match(key)) continue;
      const response = await fetch(key, { cache: "no-cache" });
      if (!response.ok) throw new Error(name + ": " + response.status);
      await cache.put(key, response);
    }
  };
  await Promise.all([work(), work(), work(), work()]); // four at a time: kind to a thin line
}

async function dropOld() {
  const cache = await caches.open(CACHE);
  const current = new Set(Object.keys(FILES).map((name) => new URL(keyOf(name)).href));
  for (const request of await cache.keys()) {
    if (!current.has(request.url)) await cache.delete(request);
  }
}

async function answer(request) {
  const path = decodeURI(new URL(request.url).pathname.slice(new URL(SCOPE).pathname.length));
  const name = path === "" || path.endsWith("/") ? path + "index.html" : path;
  if (name in FILES) {
    const kept = await (await caches.open(CACHE)).match(keyOf(name));
    if (kept) return kept;
  }
  return fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keepAll().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(dropOld().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && event.request.url.startsWith(SCOPE)) {
    event.respondWith(answer(event.request));
  }
});
