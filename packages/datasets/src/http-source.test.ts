import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { Dataset } from "./dataset.ts";
import { httpSource } from "./http-source.ts";
import { load } from "./load.ts";

const content = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);
const sha256 = createHash("sha256").update(content).digest("hex");
const dataset: Dataset<Uint8Array> = {
  name: "fixture",
  title: "Fixture",
  licence: { name: "MIT", serve: true, note: "Made for a test." },
  origin: "https://fixture.example",
  files: [{ path: "a.bin", bytes: content.length, sha256, from: { folder: "a.bin" } }],
  parse: (files) => files.get("a.bin") ?? new Uint8Array(),
};

async function serving(answer: (response: ServerResponse, path: string | undefined) => void) {
  const server = createServer((request, response) => answer(response, request.url));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    source: httpSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}/data/`),
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

test("a file is fetched by its hash, with progress up to its size", async () => {
  let asked: string | undefined;
  using server = await serving((response, path) => {
    asked = path;
    response.end(content);
  });
  const done: number[] = [];
  const value = await load(dataset, server.source, { onProgress: (p) => done.push(p.done) });
  assert.deepEqual(value, content);
  assert.equal(asked, `/data/${sha256}`);
  assert.equal(done.at(-1), content.length);
  assert.deepEqual(
    done,
    done.toSorted((a, b) => a - b),
  );
});

for (const { title, answer, message } of [
  {
    title: "other bytes",
    answer: (response: ServerResponse) => response.end(content.toReversed()),
    message: new RegExp(`a.bin is damaged: expected SHA-256 ${sha256}, got [0-9a-f]{64}; run`),
  },
  {
    title: "too few bytes",
    answer: (response: ServerResponse) => response.end(content.subarray(0, 10)),
    message: /ended after 10 of 200000 bytes/,
  },
  {
    title: "too many bytes",
    answer: (response: ServerResponse) => response.end(Buffer.concat([content, content])),
    message: /is longer than the 200000 bytes of a\.bin/,
  },
  {
    title: "404",
    answer: (response: ServerResponse) => response.writeHead(404).end("no"),
    message: /HTTP 404.*run "daily-kernel data get fixture" on the server/,
  },
  {
    title: "451",
    answer: (response: ServerResponse) => response.writeHead(451).end("no"),
    message: /HTTP 451.*its licence does not let this server hand it out/,
  },
]) {
  test(`${title} is refused`, async () => {
    using server = await serving(answer);
    await assert.rejects(load(dataset, server.source), { code: "ERR_DATA", message });
  });
}

test("an address that is none is refused at once", () => {
  // @ts-expect-error: no address
  assert.throws(() => httpSource(null), {
    code: "ERR_TYPE",
    message: "httpSource: baseUrl must be a string or a URL, got null",
  });
});

test("no server: the error names the address", async () => {
  const source = httpSource("http://127.0.0.1:1/data");
  await assert.rejects(load(dataset, source), {
    code: "ERR_DATA",
    message: /could not be fetched from http:\/\/127\.0\.0\.1:1\/data\//,
  });
});

test("a connection cut in the middle of a body is a coded error", async () => {
  using server = await serving((response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 1000), () => response.destroy());
  });
  await assert.rejects(load(dataset, server.source), {
    code: "ERR_DATA",
    message: /^fixture: a\.bin could not be fetched from http:\S+ \(.+\)$/,
  });
});

test("cancelling in the middle of a body closes the connection", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  let closed: Promise<unknown> = Promise.resolve();
  using server = await serving((response) => {
    closed = new Promise((resolve) => response.once("close", resolve));
    response.write(content.subarray(0, 1000));
  });
  const options = { signal: controller.signal, onProgress: () => controller.abort(reason) };
  await assert.rejects(load(dataset, server.source, options), reason);
  await closed;
});
