import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng, ThreadPool } from "@daily-kernel/compute";
import fc from "fast-check";
import { depthwiseConv2d } from "./depthwise-conv2d.ts";
import { type DepthwiseShape, depthwiseShape } from "./depthwise-shape.ts";
import { forwardReference, vjpReference } from "./reference/depthwise-conv2d.ts";
import { type Tensor, tensor } from "./tensor.ts";

interface Case {
  x: Tensor;
  w: Tensor;
  dy: Tensor;
  s: DepthwiseShape;
}

function makeCase(sizes: number[], stride: 1 | 2, seed: number): Case {
  const [n, c, h, w, K] = sizes as [number, number, number, number, number];
  const rng = new Rng(seed);
  const normal = (shape: number[]): Tensor => {
    const t = tensor(shape);
    rng.fillNormal(t.data);
    return t;
  };
  const x = normal([n, c, h, w]);
  const weights = normal([c, 1, K, K]);
  const s = depthwiseShape("test", x, weights, { stride });
  return { x, w: weights, dy: normal([n, c, s.outHeight, s.outWidth]), s };
}

const magnitudes = (t: Tensor): Float64Array => Float64Array.from(t.data, Math.abs);

/** |actual - expected| within the a-priori bound terms * 2^-24 * sum of magnitudes. */
function assertClose(actual: Tensor, expected: Float64Array, scale: Float64Array, terms: number) {
  assert.equal(actual.data.length, expected.length);
  for (const [i, value] of actual.data.entries()) {
    const bound = (terms + 2) * 2 ** -24 * scale[i]!;
    const error = Math.abs(value - expected[i]!);
    assert.ok(error <= bound, `index ${i}: ${value} is not ${expected[i]} within ${bound}`);
  }
}

function assertAgrees({ x, w, dy, s }: Case): void {
  const { stride } = s;
  const y = depthwiseConv2d.forward(x, w, { stride });
  assert.deepEqual(y.shape, [s.batch, s.channels, s.outHeight, s.outWidth]);
  const taps = s.K * s.K;
  const sums = forwardReference(magnitudes(x), magnitudes(w), s);
  assertClose(y, forwardReference(x.data, w.data, s), sums, taps);
  const [dx, dw] = depthwiseConv2d.vjp(x, w, dy, { stride });
  assert.deepEqual([dx.shape, dw.shape], [x.shape, w.shape]);
  const [dxRef, dwRef] = vjpReference(x.data, w.data, dy.data, s);
  const [dxSums, dwSums] = vjpReference(magnitudes(x), magnitudes(w), magnitudes(dy), s);
  assertClose(dx, dxRef, dxSums, taps);
  assertClose(dw, dwRef, dwSums, 16 * s.width);
}

const odd = fc.integer({ min: 0, max: 31 }).map((n) => 2 * n + 1);
const small = fc.integer({ min: 1, max: 3 });
const side = fc.integer({ min: 1, max: 40 });
const stride = fc.constantFrom<(1 | 2)[]>(1, 2);

test("forward and both gradients agree with the reference on random shapes", () => {
  fc.assert(
    fc.property(small, small, side, side, odd, stride, fc.nat(), (n, c, h, w, K, s, seed) => {
      fc.pre(n * c * h * w * K * K < 3e5);
      assertAgrees(makeCase([n, c, h, w, K], s, seed));
    }),
    { numRuns: 150 },
  );
});

test("and on extreme ones", () => {
  const extremes = [
    [1, 1, 1, 1, 1],
    [1, 1, 1, 1, 63],
    [2, 3, 1, 100, 3],
    [2, 3, 100, 1, 3],
    [1, 1, 5, 5, 63],
    [1, 2, 56, 56, 7],
    [1, 1, 64, 33, 31],
    [1, 1, 200, 24, 1],
    [1, 1, 3, 31, 5],
    [1, 1, 3, 32, 5],
    [1, 1, 3, 56, 5],
  ];
  for (const sizes of extremes) {
    assertAgrees(makeCase(sizes, 1, 1));
    assertAgrees(makeCase(sizes, 2, 1));
  }
});

test("and on rows of every remainder", () => {
  for (let width = 1; width <= 64; width++) assertAgrees(makeCase([1, 2, 4, width, 5], 1, width));
});

test("the gradient is the derivative: the reference against differences, in double precision", () => {
  for (const stride of [1, 2] as const) {
    const { x, w, dy, s } = makeCase([2, 2, 5, 6, 3], stride, 9);
    const loss = (a: Float64Array, b: Float64Array) =>
      forwardReference(a, b, s).reduce((sum, y, i) => sum + y * dy.data[i]!, 0);
    const [x64, w64] = [Float64Array.from(x.data), Float64Array.from(w.data)];
    const [dx, dw] = vjpReference(x64, w64, dy.data, s);
    // The loss is linear in each argument alone, so a central difference is exact up to rounding.
    for (const [values, gradient] of [
      [x64, dx],
      [w64, dw],
    ] as const) {
      for (let i = 0; i < values.length; i++) {
        const held = values[i]!;
        values[i] = held + 0.5;
        const above = loss(x64, w64);
        values[i] = held - 0.5;
        assert.ok(Math.abs(above - loss(x64, w64) - gradient[i]!) < 1e-12);
        values[i] = held;
      }
    }
  }
});

test("a pool gives the same bits", async () => {
  const { x, w, dy } = makeCase([3, 5, 20, 37, 9], 1, 4);
  for (const threads of [1, 3]) {
    await using pool = await ThreadPool.create({ threads });
    for (const stride of [1, 2] as const) {
      const half = stride === 1 ? dy : makeCase([3, 5, 20, 37, 9], 2, 5).dy;
      assert.deepEqual(
        await depthwiseConv2d.forward(x, w, { pool, stride }),
        depthwiseConv2d.forward(x, w, { stride }),
      );
      assert.deepEqual(
        await depthwiseConv2d.vjp(x, w, half, { pool, stride }),
        depthwiseConv2d.vjp(x, w, half, { stride }),
      );
    }
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(depthwiseConv2d.forward(x, w, { pool, signal }), /enough/);
  }
});

test("inputs are left as they were", () => {
  const { x, w, dy } = makeCase([1, 2, 6, 6, 3], 1, 4);
  const before = structuredClone([x, w, dy]);
  depthwiseConv2d.forward(x, w);
  depthwiseConv2d.vjp(x, w, dy);
  assert.deepEqual([x, w, dy], before);
});

test("bad arguments are named at the door", () => {
  const x = tensor([1, 2, 4, 4]);
  const w = tensor([2, 1, 3, 3]);
  const { forward, vjp } = depthwiseConv2d;
  const cases: [() => unknown, string, RegExp][] = [
    [() => forward(null as unknown as Tensor, w), "ERR_TYPE", /x must be a tensor/],
    [() => forward(tensor([2, 4, 4]), w), "ERR_SHAPE", /x must have 4 axes, got shape \[2, 4, 4\]/],
    [
      () => forward(x, tensor([3, 1, 3, 3])),
      "ERR_SHAPE",
      /needs w of shape \[2, 1, K, K\], got \[3/,
    ],
    [() => forward(x, tensor([2, 1, 3, 5])), "ERR_SHAPE", /needs w/],
    [() => forward(x, tensor([2, 1, 4, 4])), "ERR_DOMAIN", /K must be odd and at most 63, got 4/],
    [() => forward(x, tensor([2, 1, 65, 65])), "ERR_DOMAIN", /got 65/],
    [() => forward(x, w, { stride: 3 as 2 }), "ERR_DOMAIN", /stride must be 1 or 2, got 3/],
    [() => vjp(x, w, tensor([1, 2, 4, 3])), "ERR_SHAPE", /dy must have shape \[1, 2, 4, 4\]/],
    [() => tensor([2, 0]), "ERR_DOMAIN", /shape must hold whole numbers >= 1, got \[2, 0\]/],
    [() => tensor([2], [1]), "ERR_SHAPE", /must hold 2 numbers, got 1/],
  ];
  for (const [call, code, message] of cases) assert.throws(call, { code, message });
});

test("NaN and infinities are refused wherever they stand, with stride and pool as without", async () => {
  const { forward, vjp } = depthwiseConv2d;
  const w = tensor([2, 1, 1, 1], [1, 0]);
  await using pool = await ThreadPool.create({ threads: 1 });
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    for (let index = 0; index < 32; index += 5) {
      const spoilt = tensor([1, 2, 4, 4]);
      spoilt.data[index] = bad;
      const x = {
        code: "ERR_DOMAIN",
        message: new RegExp(`x must be finite, got ${bad} at index ${index}`),
      };
      assert.throws(() => forward(spoilt, w), x);
      assert.throws(() => forward(spoilt, w, { stride: 2 }), x);
      await assert.rejects(forward(spoilt, w, { pool }), x);
      assert.throws(() => vjp(spoilt, w, tensor([1, 2, 4, 4])), x);
      const dy = { code: "ERR_DOMAIN", message: /dy must be finite/ };
      assert.throws(() => vjp(tensor([1, 2, 4, 4]), w, spoilt), dy);
    }
    const weights = tensor([2, 1, 9, 9]);
    weights.data[0] = bad; // never meets a number: its row lies outside
    const message = /w must be finite, got .* at index 0/;
    assert.throws(() => forward(tensor([1, 2, 4, 4]), weights), { code: "ERR_DOMAIN", message });
  }
});

test("overflow is an error, not an infinity or NaN", async () => {
  const { forward, vjp } = depthwiseConv2d;
  const x = tensor([1, 1, 1, 3], [0, 3e38, 3e38]);
  const w = tensor([1, 1, 3, 3], [0, 0, 0, 0, 2, -2, 0, 0, 0]);
  const overflow = { code: "ERR_NUMERIC", message: /y overflows single precision at index \d/ };
  assert.throws(() => forward(x, w), overflow);
  assert.throws(() => forward(x, w, { stride: 2 }), overflow);
  await using pool = await ThreadPool.create({ threads: 1 });
  await assert.rejects(forward(x, w, { pool }), overflow);
  assert.throws(() => vjp(x, w, x), { code: "ERR_NUMERIC", message: /d[xw] overflows/ });
});

test("finite numbers whose sum overflows are no overflow", () => {
  const x = tensor([1, 1, 3, 24], new Float32Array(72).fill(3e38));
  const w = tensor([1, 1, 1, 1], [1]);
  assert.deepEqual(depthwiseConv2d.forward(x, w).data, x.data);
});

test("a result goes into `out` with the same bits, and only whole", async () => {
  await using pool = await ThreadPool.create({ threads: 2 });
  const { x, w } = makeCase([1, 16, 40, 41, 31], 1, 3); // large enough for the pool
  const y = depthwiseConv2d.forward(x, w);
  const out = tensor(y.shape);
  assert.equal(depthwiseConv2d.forward(x, w, { out }), out);
  assert.deepEqual(out, y);
  out.data.fill(7);
  assert.equal(await depthwiseConv2d.forward(x, w, { out, pool }), out);
  assert.deepEqual(out, y);

  const huge = tensor(x.shape, x.data.slice());
  huge.data[huge.data.length - 1] = 3e38;
  const large = tensor(
    w.shape,
    w.data.map(() => 10),
  );
  const before = out.data.slice();
  assert.throws(() => depthwiseConv2d.forward(huge, large, { out }), /y overflows/);
  await assert.rejects(depthwiseConv2d.forward(huge, large, { out, pool }), /y overflows/);
  assert.deepEqual(out.data, before);

  const flat = tensor([1, 16, 1640, 1]);
  assert.throws(
    () => depthwiseConv2d.forward(x, w, { out: flat }),
    /out must have shape \[1, 16, 40, 41\], got \[1, 16, 1640, 1\]/,
  );
  depthwiseConv2d.forward(x, w, { out: x });
  assert.deepEqual(x.data, y.data);
});
