import assert from "node:assert/strict";
import { test } from "node:test";
import { ThreadPool } from "@daily-kernel/compute";
import { depthwiseConv2d, fromJax, tensor, toJax } from "./index.ts";

test("arguments of the wrong kind are refused by name, with a code", async () => {
  const x = tensor([1, 1, 4, 4]);
  const w = tensor([1, 1, 3, 3]);
  const wrong = <T>(value: unknown) => value as T;
  const cases: [() => unknown, RegExp][] = [
    [() => tensor([1], wrong(["x"])), /tensor: data\[0\] must be a number, got "x"/],
    [() => depthwiseConv2d.forward(x, w, wrong(null)), /forward: options must be an object/],
    [
      () => depthwiseConv2d.forward(x, w, wrong({ pool: {} })),
      /options\.pool must be a ThreadPool/,
    ],
    [() => depthwiseConv2d.vjp(x, w, x, wrong({ signal: 1 })), /options\.signal must be an Abort/],
    [() => toJax(wrong(null)), /toJax: source must be an object, got null/],
  ];
  for (const [call, message] of cases)
    assert.throws(call, (error: Error & { code?: string }) => {
      assert.equal(error.code, "ERR_TYPE");
      assert.match(error.message, message);
      return true;
    });
  for (const value of [null, x])
    await assert.rejects(fromJax(wrong(value)), /fromJax: array must be a jax-js array/);
  assert.throws(() => tensor([1e5, 1e6]), { code: "ERR_UNSUPPORTED" });
});

test("a pool that has been disposed of is refused whatever the size", async () => {
  const pool = await ThreadPool.create({ threads: 1 });
  await pool.dispose();
  for (const side of [4, 300]) {
    const x = tensor([1, 1, side, side]);
    const run = async () => depthwiseConv2d.forward(x, tensor([1, 1, 21, 21]), { pool });
    await assert.rejects(run, { code: "ERR_UNSUPPORTED" });
  }
});
