/* Keeps what the site looks like, and the pages that say so, for the time without a network.
   `VERSION` and `KEPT` are filled in by the view: a new release brings a new worker. */
"use strict";

const LOOKS = `craftpath-looks-${VERSION}`;
const PAGES = `craftpath-pages-${VERSION}`;
const PATIENCE = 6000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(LOOKS)
      .then((cache) => cache.addAll(KEPT))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("craftpath-") && name !== LOOKS && name !== PAGES).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

const look = async (request) => {
  const known = await caches.match(request, { ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(LOOKS)).put(request, answer.clone());
  return answer;
};

/* The newest page if the network answers in time, else the one that was kept, else a page that says so. */
const visit = async (request) => {
  const kept = async () => {
    const cache = await caches.open(PAGES);
    return (await cache.match(request, { ignoreVary: true })) ?? (await cache.match(request, { ignoreVary: true, ignoreSearch: true }));
  };
  const late = new Promise((resolve) => {
    setTimeout(async () => resolve(await kept()), PATIENCE);
  });
  const asked = fetch(request).then(async (answer) => {
    if (!answer.ok || answer.redirected) return answer;
    const keeps = answer.headers.get("x-offline");
    if (keeps === "keep") await (await caches.open(PAGES)).put(request.url, answer.clone());
    if (keeps === "asked" && request.headers.get("x-craftpath-warm")) {
      /* Large perhaps: it goes to the disk as it comes, and whoever asked is only told that it is there. */
      await (await caches.open(PAGES)).put(request.url, answer);
      return new Response(null, { status: 204 });
    }
    return answer;
  });
  try {
    return (await Promise.race([asked, late])) ?? (await asked);
  } catch {
    return (await kept()) ?? (await caches.match(NOWHERE)) ?? Response.error();
  }
};

/* Pictures, films, recordings and captions that were kept on purpose; all others come over the network as ever. */
const medium = async (request) => {
  const kept = await (await caches.open(PAGES)).match(request.url, { ignoreVary: true });
  if (!kept) return fetch(request);
  const part = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!part) return kept;
  /* A player asks for parts, so that it can jump. */
  const whole = await kept.blob();
  const first = Number(part[1]);
  const last = Math.min(part[2] ? Number(part[2]) : whole.size - 1, whole.size - 1);
  if (first > last) return new Response(null, { status: 416, headers: { "content-range": `bytes */${whole.size}` } });
  return new Response(whole.slice(first, last + 1), {
    status: 206,
    headers: {
      "accept-ranges": "bytes",
      "content-range": `bytes ${first}-${last}/${whole.size}`,
      "content-length": String(last - first + 1),
      "content-type": kept.headers.get("content-type"),
    },
  });
};
const MEDIA = new Set(["image", "video", "audio", "track"]);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname.startsWith(STATIC)) event.respondWith(look(request));
  else if (request.mode === "navigate" || request.headers.get("x-craftpath-warm")) event.respondWith(visit(request));
  else if (MEDIA.has(request.destination)) event.respondWith(medium(request));
});
