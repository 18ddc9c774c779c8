import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, wasm } from "@daily-kernel/compute";
import * as kernels from "../kernels.generated.ts";
import { wave } from "./turns-reference.ts";

/** cos(2 pi t) and sin(2 pi t) of each t, side by side, as the kernel has them. */
function waves(t: readonly number[]): number[] {
  const { exports, heap } = wasm(kernels);
  return heap.scope((arena) => {
    const out = arena.f64(2 * t.length);
    const table = arena.f64(12);
    exports.putSineTable!(table);
    exports.pairFeatures!(arena.f64(t), 1, t.length, out, table);
    return Array.from(heap.f64(out, 2 * t.length));
  });
}

const unit = (x: number) => 2 ** (Math.floor(Math.log2(Math.abs(x))) - 52);

/** Turns of every size, many beside the zeros and the turning points. */
function manyTurns(): number[] {
  const rng = new Rng(5);
  const eighths = Array.from({ length: 33 }, (_, k) => (k - 16) / 8);
  return [
    ...Array.from({ length: 3000 }, () => 2 * rng.uniform() - 1),
    ...Array.from({ length: 2000 }, () => 2 ** (48 * rng.uniform()) * (rng.uniform() - 0.5)),
    ...Array.from({ length: 500 }, () => 2 ** (-60 * rng.uniform()) * (rng.uniform() - 0.5)),
    ...eighths.flatMap((t) => [t, t * (1 + 2 ** -52), t * (1 - 2 ** -53), t + 1e-9 * rng.normal()]),
  ];
}

test("cosine and sine of turns are right to 2 units in the last place", () => {
  const turns = manyTurns();
  const found = waves(turns);
  let most = 0;
  for (const [i, t] of turns.entries()) {
    const { cos, sin } = wave(t);
    for (const [value, exact] of [
      [found[2 * i]!, cos],
      [found[2 * i + 1]!, sin],
    ] as const) {
      if (exact === 0) assert.equal(Math.abs(value), 0, `${t}`);
      else {
        const error = Math.abs(value - exact) / unit(exact);
        most = Math.max(most, error);
        assert.ok(error <= 2, `${t}: ${value}, ${exact}, ${error} units`);
      }
    }
  }
  assert.ok(most > 0.4, "errors are measured in units in the last place");
});

test("the reference is Math.cos and Math.sin, where those reduce no angle", () => {
  for (const t of manyTurns().filter((t) => Math.abs(t) <= 0.125)) {
    const { cos, sin } = wave(t);
    assert.ok(Math.abs(cos - Math.cos(2 * Math.PI * t)) <= 3 * unit(cos), `${t}`);
    assert.ok(Math.abs(sin - Math.sin(2 * Math.PI * t)) <= 4 * unit(sin || 1), `${t}`);
  }
});

test("extreme turns: whole ones, tiny ones, none", () => {
  const tiny = [5e-324, -1e-300, 1e-20];
  const whole = [0, 2 ** 52 + 1, -(2 ** 53), 1e15, 1e300, Number.MAX_VALUE];
  const found = waves([...tiny, ...whole, 2 ** 51 + 0.5, 2 ** 50 + 0.25]);
  for (const [i, t] of tiny.entries()) {
    assert.equal(found[2 * i], 1);
    assert.ok(Math.abs(found[2 * i + 1]! / (2 * Math.PI * t) - 1) < (i === 0 ? 0.1 : 4e-16));
  }
  for (const i of whole.keys()) {
    assert.deepEqual(found.slice(2 * (i + 3), 2 * (i + 4)).map(Math.abs), [1, 0]);
  }
  assert.deepEqual(found.slice(18).map(Math.abs), [1, 0, 0, 1]);
  // No angle gives no feature, and never NaN.
  const odd = waves([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  assert.deepEqual(odd, [0, 1, 0, 1, 0, 1]);
});

test("wrong: an angle reduced in single precision is found out", () => {
  const turns = manyTurns();
  const found = waves(turns.map(Math.fround));
  const wrong = turns.filter((t, i) => Math.abs(found[2 * i]! - wave(t).cos) > 1e-12);
  assert.ok(wrong.length > turns.length / 2);
});
