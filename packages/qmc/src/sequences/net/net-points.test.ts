import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import fc from "fast-check";
import { leadingMask, netMatrix } from "./net-matrix.ts";
import { type NetPlan, planesOf } from "./net-plan.ts";
import { fillNet } from "./net-points.ts";
import { fillNetScalar } from "./net-scalar.ts";

interface Shape {
  components: number;
  columns: number;
  digits: number;
  bits: number;
  alpha: number;
  kind: "none" | "tree" | "hash";
}

/** A plan with random columns, shift and keys. */
function randomPlan({ kind, ...shape }: Shape, seed: number): NetPlan {
  const rng = new Rng(seed);
  const { columns, digits, bits } = shape;
  const alpha = kind === "none" ? 1 : shape.alpha;
  const components = shape.components * alpha;
  const matrix = netMatrix(components, columns, digits);
  const [low, high] = leadingMask(digits);
  for (let i = 0; i < matrix.words.length; i += 2) {
    matrix.words[i] = rng.uint32() & low;
    matrix.words[i + 1] = rng.uint32() & high;
  }
  const shift = new Uint32Array(2 * components);
  const plan = {
    ...{ components, columns, digits, bits, alpha, shift },
    planes: planesOf(matrix, false),
  };
  if (kind === "none") {
    rng.fillUint32(shift);
    return plan;
  }
  const keys = rng.fillUint32(new Uint32Array((kind === "tree" ? 2 : 16) * components));
  return { ...plan, scramble: { kind, keys } };
}

test("the kernels give what the plain forms give, to the last bit, for all shapes", () => {
  const digits = fc.constantFrom(1, 6, 7, 8, 20, 32, 53, 57, 63, 64);
  fc.assert(
    fc.property(
      fc.record({
        components: fc.constantFrom(1, 2, 3, 4, 5, 8, 11, 16, 33),
        columns: fc.constantFrom(1, 3, 5, 9, 12, 40, 53),
        digits,
        bits: digits,
        alpha: fc.constantFrom(1, 2, 3, 5),
        kind: fc.constantFrom("none", "tree", "hash"),
      }),
      fc.nat({ max: 2 ** 20 }),
      fc.integer({ min: 1, max: 300 }),
      (shape, seed, most) => {
        const plan = randomPlan(shape, seed);
        const limit = 2 ** plan.columns;
        const n = Math.min(limit, most);
        const first = Math.floor((limit - n) * new Rng(seed, "first").uniform());
        const length = (n * plan.components) / plan.alpha;
        for (const type of [Float64Array, BigUint64Array] as const) {
          const [fast, plain] = [new type(length), new type(length)];
          fillNet(plan, first, fast);
          fillNetScalar(plan, first, plain);
          assert.deepEqual(fast, plain);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test("nodes that many points share are drawn alike alone and in thousands", () => {
  const shape = {
    components: 1,
    columns: 14,
    digits: 32,
    bits: 64,
    alpha: 1,
    kind: "tree",
  } as const;
  const plan = randomPlan(shape, 3);
  const fast = new BigUint64Array(2 ** 14);
  fillNet(plan, 0, fast);
  for (let i = 0; i < fast.length; i += 97) {
    const plain = new BigUint64Array(1);
    fillNetScalar(plan, i, plain);
    assert.equal(fast[i], plain[0]);
  }
});

test("a shift of ones gives the largest double below 1, with a table and without", () => {
  const shape = {
    components: 1,
    columns: 1,
    digits: 64,
    bits: 64,
    alpha: 1,
    kind: "none",
  } as const;
  const plan = { ...randomPlan(shape, 1), shift: Uint32Array.of(0xffffffff, 0xffffffff) };
  const wide = { ...plan, planes: new Uint32Array(2 * 12), columns: 12 };
  for (const net of [plan, wide]) {
    const points = new Float64Array(2 ** net.columns);
    fillNet(net, 0, points);
    assert.equal(points[0], 1 - 2 ** -53);
    assert.ok(points.every((x) => x >= 0 && x < 1));
  }
});
