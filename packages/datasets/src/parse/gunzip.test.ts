import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { gunzip, gunzipJsonLines, gunzipText } from "./gunzip.ts";

const files = (content: string | Uint8Array) =>
  new Map([["f.gz", new Uint8Array(gzipSync(content))]]);

test("gzip is undone: bytes, text and JSON lines", async () => {
  assert.deepEqual(await gunzip(files(Uint8Array.of(0, 255, 7)), "f.gz"), Uint8Array.of(0, 255, 7));
  assert.equal(await gunzipText(files("Tüfekci\n"), "f.gz"), "Tüfekci\n");
  assert.deepEqual(await gunzipJsonLines(files('{"a":1}\n\n[2]\n'), "f.gz"), [{ a: 1 }, [2]]);
});

test("what is no gzip, no UTF-8 or no JSON is refused with the file's name", async () => {
  const plain = new Map([["f.gz", Uint8Array.of(1, 2, 3)]]);
  await assert.rejects(gunzip(plain, "f.gz"), { code: "ERR_DATA", message: /f.gz: not a gzip/ });
  const cut = new Map([["f.gz", files("some text").get("f.gz")!.slice(0, -5)]]);
  await assert.rejects(gunzip(cut, "f.gz"), { code: "ERR_DATA", message: /f.gz: not a gzip/ });
  await assert.rejects(gunzipText(files(Uint8Array.of(0xff, 0xfe)), "f.gz"), {
    code: "ERR_DATA",
    message: "f.gz: not UTF-8 text",
  });
  await assert.rejects(gunzipJsonLines(files("{}\n{"), "f.gz"), {
    code: "ERR_DATA",
    message: "f.gz: line 2 is not JSON",
  });
});
