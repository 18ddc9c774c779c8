import assert from "node:assert/strict";
import { test } from "node:test";
import { underLoad } from "./load/under-load.ts";

test("some seconds of readers and writers: nothing goes wrong, all that was accepted is there", async () => {
  const { checks, measurements, book, memory } = await underLoad({
    minutes: 4 / 60,
    rate: 15,
    papers: 40,
    writers: 4,
    addresses: 20,
    sampleEvery: 1,
    seed: 1,
    databaseUrl: null,
    runs: 0,
    log: () => {},
  });
  for (const { what, holds } of checks) assert.ok(holds, what);
  assert.ok(measurements.requests > 30);
  assert.ok(book.voteCount + book.comments.size > 0);
  assert.ok(memory[0]![1].length > 1);
});
