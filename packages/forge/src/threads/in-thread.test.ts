import assert from "node:assert/strict";
import { test } from "node:test";
import { inThread } from "./in-thread.ts";
import { sideBySide } from "./side-by-side.ts";

const module = new URL("./fixture.ts", import.meta.url);

test("work is done in another thread, says how far it is, and its numbers come back", async () => {
  const heard: number[] = [];
  const { sum, main } = await inThread<unknown, { sum: number; main: boolean }>(
    module,
    { numbers: Float64Array.of(1, 2, 4) },
    { onProgress: (done) => heard.push(done) },
  );
  assert.equal(sum, 7);
  assert.equal(main, false);
  assert.deepEqual(heard, [0.5]);
});

test("what the work throws comes with its code; what the thread dies of is told", async () => {
  await assert.rejects(inThread(module, { numbers: [] }), { code: "ERR_NONE", name: "RangeError" });
  await assert.rejects(inThread(module, { die: true }), /ended with code 3/);
});

test("an abort ends the thread with the signal's reason", async () => {
  const controller = new AbortController();
  const forever = inThread(module, { forever: true }, { signal: controller.signal });
  controller.abort(new Error("enough"));
  await assert.rejects(forever, /enough/);
  await assert.rejects(
    async () => inThread(module, { numbers: [1] }, { signal: controller.signal }),
    /enough/,
  );
});

test("jobs run so many at a time, results stand in order, and none starts after a failure", async () => {
  let [now, most] = [0, 0];
  const started: number[] = [];
  const jobs = [30, 10, 20, 5].map((turns, k) => async () => {
    started.push(k);
    most = Math.max(most, ++now);
    for (let i = 0; i < turns; i++) await Promise.resolve();
    now--;
    if (turns === 20) throw new Error("third");
    return k;
  });
  assert.deepEqual(await sideBySide(jobs.slice(0, 2), 2), [0, 1]);
  assert.equal(most, 2);
  started.length = 0;
  await assert.rejects(sideBySide(jobs, 1), /third/);
  assert.deepEqual(started, [0, 1, 2]);
});
