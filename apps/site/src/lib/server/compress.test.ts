import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { compress } from "./compress.ts";

const asking = (encoding: string) =>
  new Request("http://localhost/", { headers: { "accept-encoding": encoding } });
const page = () =>
  new Response("<p>hello</p>", {
    status: 404,
    headers: { "content-type": "text/html", "content-length": "12" },
  });

test("a page is compressed for who accepts it, with its status", async () => {
  const response = compress(asking("br, gzip"), page());
  assert.equal(response.status, 404);
  assert.equal(response.headers.get("content-encoding"), "gzip");
  assert.equal(response.headers.get("content-length"), null);
  assert.equal(gunzipSync(await response.bytes()).toString(), "<p>hello</p>");
});

test("others get it plain, and data of other types is left alone", async () => {
  const plain = compress(asking("identity"), page());
  assert.equal(plain.headers.get("content-encoding"), null);
  assert.equal(plain.headers.get("vary"), "accept-encoding");
  assert.equal(await plain.text(), "<p>hello</p>");
  const binary = new Response("x", { headers: { "content-type": "application/octet-stream" } });
  assert.equal(compress(asking("gzip"), binary), binary);
});
