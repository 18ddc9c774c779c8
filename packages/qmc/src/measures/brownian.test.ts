import assert from "node:assert/strict";
import { test } from "node:test";
import { normalCdf } from "@daily-kernel/special";
import fc from "fast-check";
import { TestSequence } from "./fixture.ts";
import { BrownianMotion, type BrownianMotionOptions, GeometricBrownianMotion } from "./index.ts";

const sequence = (d: number) => new TestSequence(d);

test("every construction has the covariance diffusion min(s, t) and the mean of the drift", () => {
  const decompositions = fc.constantFrom("PCA", "Cholesky", "BrownianBridge");
  const times = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 9 });
  const building = fc.constantFrom("vanDerCorput", "given");
  const output = fc.constantFrom("increasing", "given");
  fc.assert(
    fc.property(
      decompositions,
      times,
      building,
      output,
      (decomposition, own, bridgeOrder, outputOrder) => {
        const given = own.map((t) => t / 40);
        const d = own.length;
        const options = { tFinal: 2.5, initialValue: 3, drift: -1, diffusion: 2, times: given };
        const all = {
          ...options,
          decomposition,
          bridgeOrder,
          outputOrder,
        } as BrownianMotionOptions;
        const measure = new BrownianMotion(sequence(d), all);
        const order = outputOrder === "given" ? given : given.slice().sort((a, b) => a - b);
        assert.deepEqual([...measure.times], order);
        const at = (k: number) => {
          const u = new Float64Array(d).fill(0.5);
          if (k >= 0) u[k] = normalCdf(1);
          return measure.transform(u, 1);
        };
        const mean = at(-1);
        const columns = order.map((_, k) => at(k).map((x, j) => x - mean[j]!));
        for (const [i, s] of order.entries()) {
          assert.ok(Math.abs(mean[i]! - (3 - s)) < 1e-14);
          for (const [j, t] of order.entries()) {
            const product = columns.reduce((sum, a) => sum + a[i]! * a[j]!, 0);
            assert.ok(Math.abs(product - 2 * Math.min(s, t)) < 1e-13);
            assert.equal(measure.covariance.data[i * d + j], 2 * Math.min(s, t));
          }
        }
      },
    ),
    { numRuns: 100 },
  );
});

test("times are equally spaced, and a bridge is built from the end", () => {
  assert.deepEqual([...new BrownianMotion(sequence(4), { tFinal: 2 }).times], [0.5, 1, 1.5, 2]);
  const bridge = new BrownianMotion(sequence(5), { tFinal: 2, decomposition: "BrownianBridge" });
  assert.deepEqual([...bridge.constructionTimes], [2, 1, 1.5, 0.5, 0.75]);
  assert.deepEqual([...bridge.times], [0.5, 0.75, 1, 1.5, 2]);
  assert.deepEqual([...bridge.spawn([2])[0]!.transform(Float64Array.of(0.5, 0.5), 1)], [0, 0]);
});

test("the principal components of equal times, in closed form, are those of the eigenproblem", () => {
  for (const d of [1, 2, 7, 100]) {
    const closed = new BrownianMotion(sequence(d), { tFinal: 3, diffusion: 2 });
    const solved = new BrownianMotion(sequence(d), {
      tFinal: 3,
      diffusion: 2,
      times: closed.times,
    });
    const u = Float64Array.from({ length: d }, (_, j) => (j + 0.5) / d);
    const expected = solved.transform(u, 1);
    for (const [j, x] of closed.transform(u, 1).entries()) {
      assert.ok(Math.abs(x - expected[j]!) < 1e-10, `${x} instead of ${expected[j]}`);
    }
  }
});

test("geometric Brownian motion is the exponential of one with the drift of its logarithm", () => {
  const options = { drift: 0.3, diffusion: 0.5, tFinal: 2 };
  const geometric = new GeometricBrownianMotion(sequence(3), { ...options, initialValue: 7 });
  const motion = new BrownianMotion(sequence(3), { ...options, drift: 0.3 - 0.25 });
  const u = Float64Array.of(0.1, 0.7, 0.4);
  const logs = motion.transform(u, 1);
  for (const [j, s] of geometric.transform(u, 1).entries()) {
    assert.ok(Math.abs(s / (7 * Math.exp(logs[j]!)) - 1) < 1e-15);
  }
  assert.deepEqual(
    geometric.mean,
    geometric.times.map((t) => 7 * Math.exp(0.3 * t)),
  );
  assert.deepEqual([...geometric.weight(Float64Array.of(1, 0, 1, 2, -1, 3), 2)], [0, 0]);
});

test("bad parameters are named", () => {
  const bad = (options: object, code: string, message: RegExp) => {
    for (const type of [BrownianMotion, GeometricBrownianMotion]) {
      assert.throws(
        () => new type(sequence(2), options),
        (error: Error & { code: string }) => {
          assert.equal(error.code, code);
          assert.match(error.message, message);
          assert.match(error.message, new RegExp(`^${type.name}:`));
          return true;
        },
      );
    }
  };
  bad({ tFinal: 0 }, "ERR_DOMAIN", /tFinal must be finite and > 0, got 0/);
  bad({ diffusion: -1 }, "ERR_DOMAIN", /diffusion must be finite and > 0, got -1/);
  bad({ drift: Infinity }, "ERR_DOMAIN", /drift must be finite, got Infinity/);
  bad({ times: [0.5] }, "ERR_SHAPE", /times must hold 2 numbers, got 1/);
  bad({ times: [0.5, 1.5] }, "ERR_DOMAIN", /times must lie in \(0, 1\], got 1.5 at index 1/);
  bad({ times: [0.5, 0.5] }, "ERR_DOMAIN", /times must be distinct, got 0.5 twice/);
  bad({ decomposition: "Bridge" }, "ERR_TYPE", /decomposition/);
  bad({ outputOrder: "falling" }, "ERR_TYPE", /outputOrder must be "increasing" or "given"/);
  const motion = new BrownianMotion(sequence(2), { times: [0.5, 1] });
  assert.throws(() => motion.spawn([3]), { code: "ERR_SHAPE", message: /must stay 2, got 3/ });
});
