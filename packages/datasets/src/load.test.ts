import assert from "node:assert/strict";
import { test } from "node:test";
import type { DataSource, Dataset } from "./dataset.ts";
import { load } from "./load.ts";
import { memorySource } from "./memory-source.ts";

// SHA-256 of "abc": FIPS 180-4, appendix B.1 of its first edition.
const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

const dataset: Dataset<string> = {
  name: "abc",
  title: "The alphabet's start",
  licence: { name: "MIT", serve: true, note: "Nobody owns it." },
  origin: "https://abc.example",
  files: [{ path: "abc.txt", bytes: 3, sha256: abc, from: { folder: "abc/abc.txt" } }],
  parse: (files) => new TextDecoder().decode(files.get("abc.txt")),
};

const held = (text: string) => memorySource(new Map([["abc.txt", new TextEncoder().encode(text)]]));

test("load hands verified bytes to parse", async () => {
  assert.equal(await load(dataset, held("abc")), "abc");
});

test("load refuses other bytes and names the file and both hashes", async () => {
  // SHA-256 of "abd", by sha256sum.
  const abd = "a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9";
  await assert.rejects(load(dataset, held("abd")), {
    code: "ERR_DATA",
    message: `abc: abc.txt is damaged: expected SHA-256 ${abc}, got ${abd}; give the file that comes from https://abc.example`,
  });
});

test("a file that was not given is named with its origin", async () => {
  await assert.rejects(load(dataset, memorySource(new Map())), {
    code: "ERR_DATA",
    message: "abc: abc.txt was not given; it comes from https://abc.example",
  });
});

test("load refuses what is no data set or source", async () => {
  // @ts-expect-error: a name is not a data set
  await assert.rejects(load("mnist", held("abc")), {
    name: "TypeError",
    code: "ERR_TYPE",
    message: 'load: dataset must be a Dataset, got "mnist"',
  });
  // @ts-expect-error: nothing is not a source
  await assert.rejects(load(dataset, null), {
    code: "ERR_TYPE",
    message: "load: source must be a DataSource, got null",
  });
  // @ts-expect-error: options are an object
  await assert.rejects(load(dataset, held("abc"), null), { code: "ERR_TYPE" });
  // @ts-expect-error: a time is not a signal
  await assert.rejects(load(dataset, held("abc"), { signal: 5 }), {
    code: "ERR_TYPE",
    message: "load: signal must be an AbortSignal, got number",
  });
  // @ts-expect-error: true cannot be called
  await assert.rejects(load(dataset, held("abc"), { onProgress: true }), { code: "ERR_TYPE" });
});

test("memorySource takes a Map of bytes", async () => {
  // @ts-expect-error: an object is not a Map
  assert.throws(() => memorySource({}), {
    code: "ERR_TYPE",
    message: "memorySource: files must be a Map, got object",
  });
  // @ts-expect-error: text is not bytes
  await assert.rejects(load(dataset, memorySource(new Map([["abc.txt", "abc"]]))), {
    code: "ERR_TYPE",
    message: 'memorySource: abc.txt must be a Uint8Array, got "abc"',
  });
  // @ts-expect-error: nothing is not a data set
  await assert.rejects(held("abc").read(null), { code: "ERR_TYPE" });
});

test("load stops before reading, before parsing and after parsing", async () => {
  const reason = new Error("enough");
  await assert.rejects(load(dataset, held("abc"), { signal: AbortSignal.abort(reason) }), reason);

  const whileReading = new AbortController();
  const source: DataSource = {
    async read() {
      whileReading.abort(reason);
      return new Map();
    },
  };
  const unparsed = { ...dataset, parse: () => assert.fail("parse must not run") };
  await assert.rejects(load(unparsed, source, { signal: whileReading.signal }), reason);

  const whileParsing = new AbortController();
  const parse = (_files: unknown, signal?: AbortSignal) => {
    assert.equal(signal, whileParsing.signal);
    whileParsing.abort(reason);
  };
  const aborting = { ...dataset, parse };
  await assert.rejects(load(aborting, held("abc"), { signal: whileParsing.signal }), reason);
});
