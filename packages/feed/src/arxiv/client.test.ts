import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ArxivClient } from "./client.ts";
import { UpstreamError, UpstreamFormat, UpstreamThrottled } from "./errors.ts";
import { quickClient } from "./fixture/quick-client.ts";
import { type FixtureServer, fixtureServer } from "./fixture/server.ts";
import { pauseAsked } from "./retry-after.ts";

let server: FixtureServer;
before(async () => {
  server = await fixtureServer();
});
after(() => server.close());

const list = () => `${server.urls.oai}?verb=ListRecords&metadataPrefix=arXivRaw&set=cs`;

test("one request in three seconds, over all interfaces, one after the other", async () => {
  const { client, pauses } = quickClient(server);
  let open = 0;
  let most = 0;
  const counting = new ArxivClient({
    userAgent: "x",
    baseUrls: server.urls,
    clock: () => 0,
    sleep: async () => {},
    fetch: async (...given) => {
      most = Math.max(most, ++open);
      const response = await fetch(...given);
      const body = await response.text();
      open--;
      return new Response(body);
    },
  });
  const all = [list(), `${server.urls.query}?id_list=2503.00101`, `${server.urls.rss}/cs.LG`];
  await Promise.all(all.map((url) => client.get(url)));
  assert.deepEqual(pauses, [3000, 3000]);
  await Promise.all(all.map((url) => counting.get(url)));
  assert.equal(most, 1);
});

test("it says who asks", async () => {
  let agent: string | null = null;
  const { client } = quickClient(server, {
    fetch: async (_, init) => {
      agent = new Headers(init?.headers).get("user-agent");
      return new Response("x");
    },
  });
  await client.get(list());
  assert.equal(agent, "daily-kernel-tests");
  assert.throws(() => new ArxivClient({ userAgent: " " }), TypeError);
});

test("pauses are as long as asked, in seconds or until a date, else they double", async () => {
  const { client, pauses } = quickClient(server);
  server.fault("unavailable");
  server.fault("unavailable-until");
  server.fault("throttled");
  server.fault("rate-exceeded");
  assert.match(await client.get(list()), /<ListRecords>/);
  // Each pause asked for is longer than the three seconds, which have passed by its end.
  assert.deepEqual(pauses, [7000, 11_000, 20_000, 40_000]);
});

test("a pause that is too long, or one more after all attempts, is UpstreamThrottled", async () => {
  const { client, pauses } = quickClient(server, { attempts: 3 });
  server.fault("unavailable-long");
  await assert.rejects(client.get(list()), (error) => {
    assert.ok(error instanceof UpstreamThrottled);
    assert.equal(error.retryAfter, 3600);
    assert.equal(error.code, "ERR_UPSTREAM");
    return true;
  });
  assert.deepEqual(pauses, []);
  server.fault("throttled", 3);
  await assert.rejects(client.get(list()), UpstreamThrottled);
  assert.match(await client.get(list()), /<ListRecords>/);
});

test("server errors and broken connections are tried again, then told", async () => {
  const { client } = quickClient(server, { attempts: 3 });
  server.fault("server-error");
  server.fault("reset");
  assert.match(await client.get(list()), /<ListRecords>/);
  server.fault("server-error", 3);
  await assert.rejects(client.get(list()), (error) => {
    assert.ok(error instanceof UpstreamError && !(error instanceof UpstreamThrottled));
    assert.match(error.message, /answered 500, 3 times/);
    return true;
  });
});

test("a body that stops is given up and asked for again", async () => {
  const { client } = quickClient(server, { timeout: 50, attempts: 2 });
  server.fault("slow-body", 2);
  await assert.rejects(client.get(list()), /no answer in 50 ms, 2 times/);
});

test("a body without end is cut off at the limit", async () => {
  const { client } = quickClient(server, { maxBytes: 200_000 });
  server.fault("huge-body");
  await assert.rejects(client.get(list()), (error) => {
    assert.ok(error instanceof UpstreamFormat);
    assert.equal(error.offset, 200_000);
    assert.equal(error.url, list());
    return true;
  });
});

test("what is not UTF-8 is refused", async () => {
  const { client } = quickClient(server);
  server.fault("not-utf8");
  await assert.rejects(client.get(list()), UpstreamFormat);
});

test("redirects lead nowhere but to arXiv, and not in a circle", async () => {
  const asked: string[] = [];
  const { client } = quickClient(server, {
    fetch: (input, init) => {
      asked.push(String(input));
      return fetch(input, init);
    },
  });
  server.fault("redirect-private");
  await assert.rejects(client.get(list()), /169\.254\.169\.254.*not arXiv/);
  assert.deepEqual(asked, [list()]);
  server.fault("redirect-loop", 4);
  await assert.rejects(client.get(list()), /more than three/);
  await assert.rejects(client.get("http://127.0.0.1:1/oai"), /not arXiv/);
});

test("an aborted request ends with the signal's reason, asleep or not", async () => {
  const reason = new Error("enough");
  const { client } = quickClient(server);
  await assert.rejects(client.get(list(), { signal: AbortSignal.abort(reason) }), reason);
  const stop = new AbortController();
  const sleeping = new ArxivClient({ userAgent: "x", baseUrls: server.urls });
  server.fault("unavailable");
  const asked = server.requests.length;
  const answer = sleeping.get(list(), { signal: stop.signal });
  while (server.requests.length === asked) await new Promise(setImmediate);
  stop.abort(reason);
  await assert.rejects(answer, reason);
});

test("Retry-After is read in both forms, and only them", () => {
  const pause = (headers: Record<string, string>) => pauseAsked(new Headers(headers));
  const date = "Fri, 07 Mar 2025 12:00:00 GMT";
  assert.equal(pause({ "retry-after": "120" }), 120);
  assert.equal(pause({ "retry-after": "0" }), 0);
  assert.equal(pause({ "retry-after": "Fri, 07 Mar 2025 12:01:30 GMT", date }), 90);
  assert.equal(pause({ "retry-after": "Fri, 07 Mar 2025 11:00:00 GMT", date }), 0);
  for (const value of ["", "-5", "soon", "1e3", "12.5", "99999999999", "2025-03-07"])
    assert.equal(pause({ "retry-after": value, date }), null, value);
  assert.equal(pause({ "retry-after": "Fri, 07 Mar 2025 12:01:30 GMT" }), null);
});
