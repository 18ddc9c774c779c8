import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { limits, RateLimiter, vote } from "@daily-kernel/feed/node";
import { bodyLimit } from "./read-body.ts";
import { RevisionWatch } from "./revision-watch.ts";
import { addPapers } from "./testing/papers.ts";
import { baseUrl, friday, signUp, testApi } from "./testing/test-api.ts";

const readable = [
  "/api/daily_papers",
  "/api/papers",
  "/api/papers/search?q=x",
  "/api/papers/2409.00001",
  "/api/papers/2409.00001/similar",
  "/api/papers/2409.00001/comments",
  "/api/papers/2409.00001/reproduction",
  "/api/papers/2409.00001/claims",
  "/api/papers/2409.00001/runs",
  "/api/arxiv/2409.00001/repos",
  "/papers/2409.00001.md",
  "/feed.atom",
  "/rss.xml",
  "/feed.json",
  "/openapi.json",
  "/healthz",
];

test("everything that is read has a tag, answers 304 to it, and HEAD like GET", async () => {
  await using at = await testApi();
  await addPapers(at.database.db, ["2024-09-12"]);
  for (const path of readable) {
    const get = await at.ask(path);
    assert.equal(get.status, 200, path);
    const etag = get.headers.get("etag")!;
    assert.match(etag, /^"[\w-]{27}"$/, path);
    const again = await at.ask(path, { headers: { "if-none-match": `"x", W/${etag}` } });
    assert.deepEqual([again.status, again.text, again.headers.get("etag")], [304, "", etag], path);
    const other = await at.ask(path, { headers: { "if-none-match": '"x"' } });
    assert.equal(other.status, 200, path);
    const head = await at.ask(path, { method: "HEAD" });
    assert.deepEqual([head.status, head.text], [200, ""], path);
    for (const name of ["etag", "content-type", "content-length", "cache-control"])
      assert.equal(head.headers.get(name), get.headers.get(name), `${path} ${name}`);
    assert.equal(get.headers.get("access-control-allow-origin"), "*", path);
    assert.ok(get.headers.get("cache-control"), path);
  }
});

test("who takes gzip gets it, under a tag of its own", async () => {
  await using at = await testApi();
  await addPapers(at.database.db, Array(5).fill("2024-09-12"));
  const ask = async (encoding: string, more: Record<string, string> = {}) => {
    const headers = { "accept-encoding": encoding, ...more };
    const request = new Request(`${baseUrl}/api/daily_papers`, { headers });
    return at.api.fetch(request, { address: "192.0.2.1" });
  };
  const plain = await ask("identity");
  const text = await plain.text();
  for (const no of ["", "br", "gzip;q=0", "gzip;q=0.0"])
    assert.equal((await ask(no)).headers.get("content-encoding"), null, no);
  for (const yes of ["gzip", "deflate, GZIP;q=0.5, br", "gzip;q=1.0"]) {
    const reply = await ask(yes);
    assert.equal(reply.headers.get("content-encoding"), "gzip", yes);
    assert.match(reply.headers.get("vary")!, /Accept-Encoding/);
    assert.notEqual(reply.headers.get("etag"), plain.headers.get("etag"));
    const body = Buffer.from(await reply.arrayBuffer());
    assert.equal(reply.headers.get("content-length"), String(body.length));
    assert.equal(gunzipSync(body).toString(), text);
    const again = await ask(yes, { "if-none-match": reply.headers.get("etag")! });
    assert.equal(again.status, 304);
  }
});

test("feeds may be old for a minute, all else is asked for again", async () => {
  await using at = await testApi();
  const control = async (path: string) => (await at.ask(path)).headers.get("cache-control");
  for (const path of ["/api/daily_papers", "/feed.atom", "/rss.xml", "/feed.json"])
    assert.equal(await control(path), "public, max-age=60, stale-while-revalidate=600");
  assert.equal(await control("/api/papers"), "no-cache");
});

test("other methods are 405 with what is possible; OPTIONS says the same", async () => {
  await using at = await testApi();
  for (const [method, path, allow] of [
    ["POST", "/api/daily_papers", "GET, HEAD, OPTIONS"],
    ["DELETE", "/api/papers/2409.00001", "GET, HEAD, OPTIONS"],
    ["GET", "/api/papers/index", "POST, OPTIONS"],
    ["POST", "/api/papers/search", "GET, HEAD, OPTIONS"],
    ["PUT", "/api/papers/2409.00001/upvote", "POST, DELETE, OPTIONS"],
    ["BREW", "/healthz", "GET, HEAD, OPTIONS"],
    ["PROPFIND", "/api/papers/hep-th/9901001/comments", "GET, HEAD, POST, OPTIONS"],
  ] as const) {
    const refused = await at.ask(path, { method });
    assert.deepEqual([refused.status, refused.headers.get("allow")], [405, allow], path);
    assert.ok(refused.json.error);
    const options = await at.ask(path, { method: "OPTIONS" });
    assert.deepEqual([options.status, options.headers.get("allow")], [204, allow]);
  }
});

test("pages of other sites may read, and not write", async () => {
  await using at = await testApi();
  const headers = { origin: "https://other.example", "access-control-request-method": "POST" };
  const asked = await at.ask("/api/papers/2409.00001/upvote", { method: "OPTIONS", headers });
  assert.equal(asked.headers.get("access-control-allow-methods"), "GET, HEAD, OPTIONS");
  const wrote = await at.ask("/api/papers/2409.00001/upvote", { method: "POST", headers });
  assert.equal(wrote.headers.get("access-control-allow-origin"), null);
  assert.equal(wrote.headers.get("access-control-allow-credentials"), null);
});

test("an address of which nothing is known is 404", async () => {
  await using at = await testApi();
  for (const path of [
    "/api",
    "/api/",
    "/api/daily_papers/",
    "/api/x",
    "/nothing",
    "/api/papers/a/b/c",
  ])
    assert.equal((await at.ask(path)).status, 404, path);
});

test("bodies: too large, of another type, no JSON, not as described", async () => {
  await using at = await testApi();
  const [id] = await addPapers(at.database.db, ["2024-09-12"]);
  const { token } = await signUp(at, "ada");
  const path = `/api/papers/${id}/comments`;
  const json = { "content-type": "application/json" };
  const send = async (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = json,
  ) => at.ask(path, { body, headers, token });
  const status = async (...sent: Parameters<typeof send>) => (await send(...sent)).status;
  const comment = '{"body": "x"}';
  assert.equal(await status(comment), 201);
  assert.equal(await status(comment, { "content-type": "Application/JSON; charset=UTF-8" }), 201);
  assert.equal(await status(comment, { "content-type": "text/plain" }), 415);
  assert.equal(await status(comment, { "content-type": "application/json; charset=utf-16" }), 415);
  assert.equal(await status(comment, { "content-type": "" }), 415);
  assert.equal(await status("x".repeat(bodyLimit + 1)), 413);
  assert.equal(await status(comment, { ...json, "content-length": "99999999" }), 413);
  const broken = await send('{"body": ');
  assert.equal(broken.status, 400);
  assert.match(broken.json.error, /^the body is not JSON: .*position|end of/i);
  assert.equal(await status(new Uint8Array([0x22, 0xff, 0x22])), 400, "no UTF-8");
  for (const body of ["", "null", "[]", '"x"', "1", "{}", '{"body": {}}', "[".repeat(30_000)])
    assert.equal(await status(body), 400, body.slice(0, 20));
  const named = await send('{"body": 5}');
  assert.match(named.json.error, /^body: /);
});

test("limits count by network, with headers on each reply, and say when to come back", async () => {
  const few = { ...limits, api: { limit: 2, seconds: 300 }, search: { limit: 1, seconds: 300 } };
  await using at = await testApi({ limiter: new RateLimiter(few as unknown as typeof limits) });
  const address = "2001:db8::1";
  const first = await at.ask("/api/daily_papers", { address });
  assert.match(first.headers.get("ratelimit")!, /^"api";r=1;t=\d+$/);
  assert.equal(first.headers.get("ratelimit-policy"), '"fixed window";"api";q=2;w=300');
  await at.ask("/api/daily_papers", { address: "2001:db8::2" });
  const refused = await at.ask("/api/daily_papers", { address });
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("retry-after"), first.headers.get("ratelimit")!.split("t=")[1]);
  assert.match(refused.headers.get("ratelimit")!, /^"api";r=0;/);
  assert.equal((await at.ask("/api/daily_papers", { address: "2001:db8:1::1" })).status, 200);
  assert.equal((await at.ask("/api/papers/search?q=x", { address })).status, 200, "its own share");
  assert.equal((await at.ask("/api/papers/search?q=x", { address })).status, 429);
  assert.equal((await at.ask("/healthz", { address })).status, 200, "health has no limit");
});

test("metrics are for this machine, and for moderators", async () => {
  await using at = await testApi();
  const [ada, mod] = [await signUp(at, "ada"), await signUp(at, "mod-1", "moderator")];
  const status = async (options: object, site = "http://localhost:3000") =>
    (await at.ask(`${site}/metrics`, options)).status;
  for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
    for (const site of ["http://localhost", "http://127.0.0.1:3000", "http://[::1]:3000"])
      assert.equal(await status({ address }, site), 200, `${address} ${site}`);
  assert.equal(await status({}), 401);
  for (const header of ["x-forwarded-for", "forwarded"]) {
    const proxied = { address: "127.0.0.1", headers: { [header]: "for=192.0.2.7" } };
    assert.equal(await status(proxied), 401, "a proxy on this machine is not this machine");
  }
  const rebound = await status({ address: "127.0.0.1" }, "http://evil.example");
  assert.equal(rebound, 401, "a foreign name that leads here is not this machine");
  assert.equal(await status({ token: ada.token }), 403);
  assert.equal(await status({ token: mod.token }), 200);
});

test("what another process wrote shows after half a second, what this one wrote at once", async () => {
  await using at = await testApi();
  const { database } = at;
  const [id] = await addPapers(database.db, ["2024-09-12"]);
  const { account } = await signUp(at, "ada");
  // A process of its own has its own count of what it wrote.
  const other = new RevisionWatch({ db: database.db, writes: () => 0 });
  const own = new RevisionWatch(database);
  const before = [await other.current(0), await own.current(0)];
  await vote(database.db, { paperId: id!, accountId: account.id, now: friday });
  assert.equal(await other.current(499), before[0]);
  assert.notEqual(await own.current(1), before[1]);
  assert.notEqual(await other.current(501), before[0]);
});

test("many who ask at once make one look at the database", async () => {
  await using at = await testApi();
  let looks = 0;
  const db = new Proxy(at.database.db, {
    get(target, name) {
      if (name === "getExecutor") looks++;
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  const watch = new RevisionWatch({ db, writes: () => 0 });
  const states = await Promise.all(Array.from({ length: 50 }, () => watch.current(0)));
  assert.equal(new Set(states).size, 1);
  assert.equal(looks, 1);
});

test("health says what an operator asks first, and 503 where the database is gone or silent", async () => {
  await using at = await testApi();
  await addPapers(at.database.db, ["2024-09-12"]);
  const { status, json } = await at.ask("/healthz");
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(json), ["status", "database", "papers", "searchable", "jobs"]);
  await using gone = await testApi({
    database: at.database,
    metrics: {
      ...at.service.metrics,
      readings: () => Promise.reject(new Error("no connection")),
    },
    log: { error: () => {} },
  });
  const reply = await gone.ask("/healthz");
  assert.equal(reply.status, 503);
  assert.equal(reply.headers.get("retry-after"), "5");
});
