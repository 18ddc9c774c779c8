import { version } from "$app/env";
import { assets, immutable } from "$app/manifest";

/**
 * Offline reading: the last feed that was seen, as an anonymous reader sees it (no name and no form
 * token is kept), with the style and the fonts that it needs. Online, nothing comes from here.
 */
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface Worker {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate", listener: (event: Waiting) => void): void;
  addEventListener(type: "message", listener: (event: Waiting & MessageEvent) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
}

const worker = globalThis as unknown as Worker;
const shell = `shell-${version}`;
const feed = "feed";
/** What a feed looks like: style and its common fonts. Not the rooms, which are many and large. */
const kept = [...immutable, ...assets]
  .map(({ path }) => (path.startsWith("/") ? path : `/${path}`))
  .filter((path) =>
    /\.(css|svg)$|(latin-wght-normal|KaTeX_(Main-Regular|Math-Italic))[^/]*\.woff2$/.test(path),
  );
/** The feed is fetched again at most this often, in milliseconds. */
const again = 60_000;
let keptAt = 0;

worker.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(shell)
      .then((cache) => cache.addAll(kept))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener("activate", (event) => {
  const removeOld = async () => {
    for (const name of await caches.keys())
      if (name !== shell && name !== feed) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(removeOld());
});

worker.addEventListener("message", (event) => {
  const { keep } = event.data as { keep?: unknown };
  if (typeof keep === "string") event.waitUntil(keepFeed(keep));
});

async function keepFeed(path: string): Promise<void> {
  if (Date.now() - keptAt < again) return;
  keptAt = Date.now();
  const response = await fetch(path, { credentials: "omit" }).catch(() => null);
  if (!response?.ok) return;
  const cache = await caches.open(feed);
  for (const old of await cache.keys()) await cache.delete(old);
  await cache.put("/", response);
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  const key = request.mode === "navigate" ? "/" : kept.includes(pathname) ? request : null;
  if (key === null) return;
  event.respondWith(
    fetch(request).catch(async () => (await caches.match(key)) ?? Response.error()),
  );
});
