import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { type Database, limits, RateLimiter } from "@daily-kernel/feed/node";
import { testDatabase } from "@daily-kernel/feed/testing";
import { readConfig } from "../config.ts";
import type { Service } from "../service.ts";
import { noMetrics, root, silent } from "../testing/fixture.ts";
import { addressHeader, createListener, hostHeader } from "./listener.ts";

let database: Database;
const servers: Server[] = [];
before(async () => {
  database = await testDatabase();
});
after(async () => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  await database.close();
});

/** A server whose pages say what they were told; the API is the real one. */
async function start(env: Record<string, string>) {
  const metrics = noMetrics();
  const limiter = new RateLimiter(limits);
  const taken: string[] = [];
  const service = {
    config: readConfig(env, { root }),
    database,
    db: database.db,
    log: silent,
    metrics,
    limiter: {
      take: (...args: Parameters<typeof limiter.take>) => {
        taken.push(args[1]);
        return limiter.take(...args);
      },
    },
    now: () => new Date(),
  } as unknown as Service;
  const server = createServer(
    createListener(service, async ({ headers, url }, response) => {
      if (url === "/broken") throw new Error("a page broke");
      const { [addressHeader]: address, [hostHeader]: host } = headers;
      response.end(JSON.stringify({ address, host, protocol: headers["x-forwarded-proto"] }));
    }),
  );
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const asked = request({ host: "127.0.0.1", port, path, headers, agent: false });
    asked.end();
    const [response] = await once(asked, "response");
    let text = "";
    for await (const chunk of response) text += chunk;
    const hsts = response.headers["strict-transport-security"] as string | undefined;
    return { status: response.statusCode as number, text, hsts };
  };
  const told = async (headers: Record<string, string>) =>
    JSON.parse((await get("/", headers)).text) as Record<string, string>;
  return { get, told, taken, metrics };
}

const claims = {
  host: "evil.example",
  "x-forwarded-for": "198.51.100.7",
  "x-forwarded-proto": "https",
  [addressHeader]: "203.0.113.9",
  [hostHeader]: "evil.example",
};

test("without a proxy of ours, nothing that a client says of itself is believed", async () => {
  const { told, get, taken } = await start({ BASE_URL: "http://papers.example.org" });
  assert.deepEqual(await told(claims), {
    address: "127.0.0.1",
    host: "papers.example.org",
    protocol: "http",
  });
  await get("/api/daily_papers", claims);
  assert.match(taken[0]!, /^127\.0\.0\.1/);
});

test("behind a proxy of ours, what the proxy says is", async () => {
  const { told, get, taken } = await start({
    BASE_URL: "https://papers.example.org",
    TRUST_PROXY: "1",
  });
  const forwarded = { ...claims, "x-forwarded-for": "203.0.113.1, 198.51.100.7" };
  assert.deepEqual(await told(forwarded), {
    address: "198.51.100.7",
    host: "papers.example.org",
    protocol: "https",
  });
  await get("/api/daily_papers", forwarded);
  assert.match(taken[0]!, /^198\.51\.100\.7/);
});

test("who came by https is told to stay there, pages and API alike, and nobody else is", async () => {
  const secure = await start({ BASE_URL: "https://papers.example.org", TRUST_PROXY: "1" });
  for (const path of ["/", "/openapi.json"]) {
    const { hsts } = await secure.get(path, { "x-forwarded-proto": "https" });
    assert.equal(hsts, "max-age=31536000", path);
    assert.equal((await secure.get(path, { "x-forwarded-proto": "http" })).hsts, undefined);
  }
  const plain = await start({ BASE_URL: "http://papers.example.org" });
  assert.equal((await plain.get("/", { "x-forwarded-proto": "https" })).hsts, undefined);
});

test("without BASE_URL the request's own name counts, if it is one", async () => {
  const { told } = await start({});
  assert.equal((await told({ host: "box.local:3000" })).host, "box.local:3000");
  assert.equal((await told({ host: "a/b@c" })).host, "localhost");
});

test("a page that throws costs its reader a 500, and nobody else anything", async () => {
  const { get } = await start({});
  assert.equal((await get("/broken")).status, 500);
  assert.equal((await get("/")).status, 200);
});

test("an address that is none is refused with a code, wherever that is noticed", async () => {
  const { get } = await start({});
  for (const path of ["/api/papers/%00", "/api/papers/\\left", "/api/papers/%ff/claims", "/%00"]) {
    const { status, text } = await get(path);
    assert.equal(status, 400, path);
    assert.deepEqual(JSON.parse(text), { error: "there is no such address", code: "ERR_INPUT" });
  }
});

test("requests are counted by route and status", async () => {
  const { get, metrics } = await start({});
  assert.equal((await get("/papers/2409.08729")).status, 200);
  assert.equal((await get("/api/nothing-here")).status, 404);
  assert.equal((await get("/%00")).status, 400);
  const text = await metrics.registry.metrics();
  for (const labels of [
    'route="/papers/:",method="GET",status="200"',
    'route="none",method="GET",status="404"',
    'route="/:",method="GET",status="400"',
  ])
    assert.ok(text.includes(`daily_kernel_request_seconds_count{${labels}} 1`), labels);
});
