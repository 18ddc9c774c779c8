import assert from "node:assert/strict";
import { test } from "node:test";
import { ThreadPool } from "@daily-kernel/compute";
import {
  besselRegion,
  logBesselI,
  logBesselIGpu,
  logBesselK,
  logBesselKGpu,
  type Values,
} from "./index.ts";

/** Calls from JavaScript, where no type checker stands at the door. */
// biome-ignore lint/suspicious/noExplicitAny: that is the point
type Anything = any;
const x = Float64Array.of(1, 2, 3);
const type = { name: "TypeError", code: "ERR_TYPE" };
const domain = { name: "RangeError", code: "ERR_DOMAIN" };

test("besselRegion checks its arguments as the functions do", () => {
  const region = besselRegion as (...args: Anything[]) => string;
  for (const args of [
    [Number.NaN, 1],
    [1, Number.NaN],
    [-1, 1],
    [1, -1],
    [Infinity, Infinity],
  ]) {
    assert.throws(() => region(...args), { ...domain, message: /^besselRegion: / });
  }
  for (const args of [[x, 1], [1, x], [[1], 1], ["1", 1], [1], []]) {
    assert.throws(() => region(...args), { ...type, message: /^besselRegion: / });
  }
  assert.equal(region(0, 0), "fallback");
});

test("pool forms reject, and never throw: arguments, options, a pool disposed of", async () => {
  await using pool = await ThreadPool.create({ threads: 1 });
  const gone = await ThreadPool.create({ threads: 1 });
  await gone.dispose();
  const rejects = (v: Values, y: Values, options: Anything, error: object) => {
    const outcome: unknown = logBesselI(v, y, options); // must not throw
    assert.ok(outcome instanceof Promise);
    return assert.rejects(outcome, error);
  };
  await rejects(-0.5, x, { pool }, { ...domain, message: /at index 0/ });
  await rejects("1" as Anything, x, { pool }, type);
  await rejects(Float64Array.of(1), x, { pool }, { code: "ERR_SHAPE" });
  await rejects(1, x, { pool, out: new Float64Array(2) }, { code: "ERR_SHAPE" });
  await rejects(1, x, { pool, out: [] }, type);
  for (const wrong of [{}, null, 2, undefined]) await rejects(1, x, { pool: wrong }, type);
  for (const wrong of [{}, null, "stop"]) await rejects(1, x, { pool, signal: wrong }, type);
  for (const wrong of [{}, null, 1]) await rejects(1, x, { pool, onProgress: wrong }, type);
  await rejects(1, x, { pool: gone }, { code: "ERR_UNSUPPORTED" });
  assert.deepEqual(await logBesselI(1, x, { pool }), logBesselI(1, x));
});

test("a last argument that is neither out nor a pool's options", () => {
  for (const wrong of [{}, null, [], 1, "out", { signal: AbortSignal.abort() }]) {
    assert.throws(() => logBesselK(1, x, wrong as Anything), type);
  }
});

test("GPU forms reject what is no device and no options, and leave no other rejection", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on("unhandledRejection", note);
  const device = { createShaderModule() {} } as Anything;
  for (const gpu of [logBesselIGpu, logBesselKGpu] as Anything[]) {
    for (const precision of ["f32", "double-float"]) {
      for (const wrong of [null, undefined, {}, "gpu"]) {
        await assert.rejects(gpu(wrong, 1, x, { precision }), { ...type, message: /device/ });
      }
      await assert.rejects(gpu(device, 1, x, { precision, signal: {} }), type);
      await assert.rejects(gpu(device, 1, x, { precision, onProgress: 1 }), type);
    }
    await assert.rejects(gpu(device, 1, x), { ...type, message: /options/ });
    await assert.rejects(gpu(device, 1, x, null), type);
    await assert.rejects(gpu(device, 1, x, {}), { ...type, message: /precision/ });
  }
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  assert.deepEqual(unhandled, []);
});
