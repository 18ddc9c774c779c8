import assert from "node:assert/strict";
import { test } from "node:test";
import { type Matrix, matrix, Rng } from "@daily-kernel/compute";
import { DigitalShiftInvariantKernel } from "./digital-shift-invariant.ts";
import { DigitalShiftInvariantAdaptiveKernel } from "./digital-shift-invariant-adaptive.ts";
import { DigitalShiftInvariantCombinedKernel } from "./digital-shift-invariant-combined.ts";
import { ShiftInvariantKernel } from "./shift-invariant.ts";
import { ShiftInvariantCombinedKernel } from "./shift-invariant-combined.ts";

// QMCPy 2.4: x = (np.arange(12).reshape(4,3)*7%32)/32; z = (np.arange(12).reshape(4,3)*11%32)/32+1/64
const x = matrix(
  4,
  3,
  Float64Array.from({ length: 12 }, (_, i) => ((i * 7) % 32) / 32),
);
const z = matrix(
  4,
  3,
  Float64Array.from({ length: 12 }, (_, i) => ((i * 11) % 32) / 32 + 1 / 64),
);
const common = { dimension: 3, scale: 2.5, lengthscales: [0.5, 0.7, 0.9] };
const weights = [
  [0.1, 0.2, 0.3],
  [0.4, 0.5, 0.6],
  [0.7, 0.8, 0.9],
  [1, 1.1, 1.2],
];
const all = [
  ...[1, 2, 3, 4, 5].map((alpha) => new ShiftInvariantKernel({ ...common, alpha })),
  ...[1, 2, 3, 4].map((alpha) => new DigitalShiftInvariantKernel({ ...common, alpha })),
  new ShiftInvariantCombinedKernel({ ...common, alpha: weights }),
  new DigitalShiftInvariantCombinedKernel({ ...common, alpha: weights }),
  new DigitalShiftInvariantAdaptiveKernel({ ...common, alpha: [0.5, 1.25, 3] }),
  new ShiftInvariantKernel({ dimension: 3, scale: 2, lengthscales: 0.3, alpha: [1, 2, 3] }),
];

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    const error = Math.abs(actual[i]! - expected[i]!) / Math.max(1, Math.abs(expected[i]!));
    assert.ok(error <= tolerance, `element ${i}: ${actual[i]} is not ${expected[i]}`);
  }
}

test("the kernels have QMCPy's values", () => {
  const si = [
    [5.042878667714655, 0.014130446546644748, 15.766041172355, -0.5909553987278411],
    [6.954307206616505, 0.02905861965534795, 15.849854777948593, -1.1477281128749381],
    [7.54508875813406, 0.03132460932321024, 15.924039314228091, -1.321424560961315],
    [7.702601490391783, 0.03161997628863045, 15.946678442820684, -1.3654678771611906],
    [7.742851092558089, 0.031660674219744944, 15.952604153091269, -1.376306020562006],
  ];
  for (const [i, values] of si.entries()) assertClose(all[i]!.pairs(x, z), values, 1e-13);
  const dsi = [
    [2.3855712890625003, 0.6703125000000001, 3.3963134765625003, 1.2117187500000002],
    [2.403786325454712, 1.0619232654571533, 3.604227304458618, 1.366966724395752],
    [2.2624862725496615, 1.0736515626400023, 3.58185801771722, 1.380183311547241],
  ];
  for (const [i, values] of dsi.entries()) assertClose(all[5 + i]!.pairs(x, z), values, 1e-13);
  // QMCPy cuts a series of order 4 at 1e-8.
  const fourth = [2.2526880840740664, 1.0722898117503017, 3.586884326471333, 1.3801219756408627];
  assertClose(all[8]!.pairs(x, z), fourth, 1e-8);
  const mixed = [
    -3.0616375093814723, -0.07563095909959427, -2.314021371845354, -0.1290491858737992,
  ];
  assertClose(all[10]!.pairs(x, z), mixed, 1e-8);
  const adaptive = [
    0.8142232885742584, 0.03750000000000009, 1.7441860212993148, 0.1757107818326502,
  ];
  assertClose(all[11]!.pairs(x, z), adaptive, 1e-13);
  const plain = [1.8879952386894234, 0.20642885526455002, 2.227769859602251, 0.734340321007266];
  assertClose(new ShiftInvariantKernel({ dimension: 3 }).pairs(x, z), plain, 1e-13);
});

const diagonal = ({ data, cols }: Matrix) =>
  Array.from({ length: cols }, (_, i) => data[i * cols + i]!);

test("derivatives have QMCPy's values", () => {
  const si = new ShiftInvariantKernel({ ...common, alpha: [2, 4, 3] }).gramDerivative(x, z, [
    { x: [1, 0, 0], z: [0, 0, 2], coefficient: 0.3 },
    { x: [0, 2, 0], z: [2, 1, 0], coefficient: 0.6 },
  ]);
  const expected = [-19682.303988520493, 151.1234836455571, -4155.246286861383, 3725.0728678148143];
  assertClose(diagonal(si), expected, 1e-13);
  const dsi = new DigitalShiftInvariantKernel({ ...common, alpha: [4, 3, 4] }).gramDerivative(
    x,
    z,
    [
      { x: [1, 0, 0], z: [1, 0, 1], coefficient: 0.3 },
      { x: [0, 1, 0], coefficient: 0.6 },
    ],
  );
  const values = [-5.09200456086024, -1.6161176213868078, -6.585125708222861, -1.9656404508912182];
  assertClose(diagonal(dsi), values, 1e-8);
});

test("shift-invariant derivatives are limits of differences, in x and in z", () => {
  const kernel = new ShiftInvariantKernel({ ...common, alpha: [4, 3, 2] });
  const h = 1e-5;
  const moved = (m: Matrix, j: number, by: number) =>
    matrix(
      m.rows,
      m.cols,
      m.data.map((v, i) => (i % 3 === j ? v + by : v)),
    );
  for (const [side, j] of [
    ["x", 0],
    ["x", 2],
    ["z", 1],
    ["z", 2],
  ] as const) {
    const terms = [{ [side]: [0, 1, 2].map((k) => (k === j ? 1 : 0)) }];
    const [forward, back] = [h, -h].map((by) =>
      side === "x" ? kernel.gram(moved(x, j, by), z) : kernel.gram(x, moved(z, j, by)),
    );
    const slopes = forward!.data.map((v, i) => (v - back!.data[i]!) / (2 * h));
    assertClose(kernel.gramDerivative(x, z, terms).data, slopes, 1e-6);
  }
});

test("the shift-invariant kernel is its cosine series, at every order", () => {
  const at = matrix(1, 1, Float64Array.of(0.3));
  const zero = matrix(1, 1, Float64Array.of(0));
  for (let alpha = 2; alpha <= 20; alpha++) {
    let sum = 0;
    for (let h = 100000; h >= 1; h--)
      sum += 2 * Math.cos(2 * Math.PI * h * 0.3) * h ** (-2 * alpha);
    const kernel = new ShiftInvariantKernel({ dimension: 1, lengthscales: 1, alpha });
    assertClose(kernel.gramMinusScale(at, zero).data, [sum], 3e-15);
  }
});

test("the combined kernel is made of kernels of orders 1 to 4, and symmetric", () => {
  for (const [Combined, Single] of [
    [ShiftInvariantCombinedKernel, ShiftInvariantKernel],
    [DigitalShiftInvariantCombinedKernel, DigitalShiftInvariantKernel],
  ] as const) {
    const options = { dimension: 1, lengthscales: 1 };
    const column = matrix(12, 1, x.data);
    const combined = new Combined({ ...options, alpha: [[0.1], [0.2], [0.3], [0.4]] });
    const parts = [1, 2, 3, 4].map((alpha) =>
      new Single({ ...options, alpha }).gramMinusScale(column, column),
    );
    const sum = parts[0]!.data.map((_, i) =>
      parts.reduce((s, { data }, p) => s + 0.1 * (p + 1) * data[i]!, 0),
    );
    assertClose(combined.gramMinusScale(column, column).data, sum, 1e-14);
  }
});

test("gram(x, x) is exactly symmetric; rows of gram are pairs; the block's length does not show", () => {
  const rng = new Rng(4);
  const points = matrix(40, 3, rng.fillUniform(new Float64Array(120)));
  const many = matrix(1500, 3, rng.fillUniform(new Float64Array(4500)));
  for (const kernel of all) {
    const { data } = kernel.gram(points, points);
    for (let i = 0; i < 40; i++)
      for (let j = 0; j < i; j++) assert.equal(data[40 * i + j], data[40 * j + i]);
    const first = matrix(1, 3, points.data.slice(0, 3));
    const tall = kernel.gram(many, first).data;
    const repeated = matrix(
      1500,
      3,
      Float64Array.from({ length: 4500 }, (_, i) => first.data[i % 3]!),
    );
    assertClose(kernel.pairs(many, repeated), tall, 0);
    assertClose(kernel.gram(first, many).data, tall, 1e-15);
  }
});

test("the integral over the unit cube is the scale, by averages over a lattice and a net", () => {
  const n = 4096;
  const grid = matrix(
    n,
    1,
    Float64Array.from({ length: n }, (_, i) => i / n),
  );
  for (const [kernel, exact] of [
    [new ShiftInvariantKernel({ dimension: 1, scale: 3, alpha: 3 }), 1e-13],
    [new ShiftInvariantCombinedKernel({ dimension: 1, scale: 3 }), 1e-5],
    [new DigitalShiftInvariantKernel({ dimension: 1, scale: 3, alpha: 3 }), 1e-3],
    [new DigitalShiftInvariantCombinedKernel({ dimension: 1, scale: 3 }), 1e-3],
    [new DigitalShiftInvariantAdaptiveKernel({ dimension: 1, scale: 3, alpha: 2.5 }), 1e-7],
  ] as const) {
    const at = matrix(1, 1, Float64Array.of(0.3));
    const mean = kernel.gram(grid, at).data.reduce((sum, v) => sum + v / n, 0);
    assertClose(kernel.integral(at), [3], 0);
    assertClose([mean], [kernel.doubleIntegral()], exact);
  }
});

test("gradients in the logs of the parameters are limits of differences", () => {
  const h = 1e-5;
  for (const kernel of all) {
    const parameters = kernel.parameters;
    assert.equal(kernel.parameterNames.length, parameters.length);
    const gradients = kernel.gramGradients(x, z);
    const ones = matrix(
      4,
      4,
      Float64Array.from({ length: 16 }, (_, i) => i - 5),
    );
    const contracted = kernel.contractGradients(x, z, ones);
    for (const [p, gradient] of gradients.entries()) {
      const [forward, back] = [h, -h].map((by) =>
        kernel
          .withParameters(parameters.map((v, q) => (q === p ? v * Math.exp(by) : v)))
          .gram(x, z),
      );
      const slopes = forward!.data.map((v, i) => (v - back!.data[i]!) / (2 * h));
      assertClose(gradient.data, slopes, 1e-7);
      const sum = gradient.data.reduce((s, v, i) => s + v * ones.data[i]!, 0);
      assertClose([contracted[p]!], [sum], 1e-13);
    }
  }
});

test("gradients of derivatives, too", () => {
  const kernel = new ShiftInvariantKernel({ ...common, alpha: 3 });
  const terms = [
    { x: [1, 0, 0], z: [0, 0, 2] },
    { x: [0, 1, 0], coefficient: -2 },
  ];
  const h = 1e-5;
  for (const [p, gradient] of kernel.derivativeGradients(x, z, terms).entries()) {
    const [forward, back] = [h, -h].map((by) => {
      const parameters = kernel.parameters.map((v, q) => (q === p ? v * Math.exp(by) : v));
      return kernel.withParameters(parameters).gramDerivative(x, z, terms);
    });
    const slopes = forward!.data.map((v, i) => (v - back!.data[i]!) / (2 * h));
    assertClose(gradient.data, slopes, 1e-7);
  }
});

test("gramMinusScale keeps the digits that K - S loses", () => {
  for (const Kernel of [ShiftInvariantKernel, DigitalShiftInvariantKernel]) {
    const kernel = new Kernel({ dimension: 2, scale: 5, lengthscales: 1e-14, alpha: 2 });
    const [a, b] = [
      matrix(1, 2, Float64Array.of(0.1, 0.9)),
      matrix(1, 2, Float64Array.of(0.7, 0.2)),
    ];
    const parts = [0, 1].map((j) => {
      const one = new Kernel({ dimension: 1, lengthscales: 1, alpha: 2 });
      const pick = (m: Matrix) => matrix(1, 1, Float64Array.of(m.data[j]!));
      return one.gram(pick(a), pick(b)).data[0]! - 1;
    });
    const exact = 5e-14 * (parts[0]! + parts[1]!);
    assert.ok(Math.abs(kernel.gramMinusScale(a, b).data[0]! / exact - 1) < 1e-12);
  }
});

test("bad input is refused by name", () => {
  const refused = (run: () => unknown, code: string, message: RegExp) =>
    assert.throws(run, (error: Error & { code?: string }) => {
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      return true;
    });
  const one = (v: number) => matrix(1, 1, Float64Array.of(v));
  refused(() => new ShiftInvariantKernel({ dimension: 0 }), "ERR_DOMAIN", /dimension/);
  refused(
    () => new ShiftInvariantKernel({ dimension: 2, alpha: 0 }),
    "ERR_DOMAIN",
    /alpha\[0\].*1..20, got 0/,
  );
  refused(() => new ShiftInvariantKernel({ dimension: 2, alpha: [1, 2, 3] }), "ERR_SHAPE", /got 3/);
  refused(
    () => new ShiftInvariantKernel({ dimension: 2, lengthscales: [1, -1] }),
    "ERR_DOMAIN",
    /lengthscales\[1\].*-1/,
  );
  refused(
    () => new DigitalShiftInvariantKernel({ dimension: 1, alpha: 5 }),
    "ERR_DOMAIN",
    /1..4, got 5/,
  );
  refused(
    () => new DigitalShiftInvariantAdaptiveKernel({ dimension: 1, alpha: 0 }),
    "ERR_DOMAIN",
    /got 0/,
  );
  refused(
    () => new ShiftInvariantCombinedKernel({ dimension: 1, alpha: [[1]] }),
    "ERR_SHAPE",
    /4 rows.*got 1/,
  );
  const si = new ShiftInvariantKernel({ dimension: 1, alpha: 1 });
  const dsi = new DigitalShiftInvariantKernel({ dimension: 1, alpha: 2 });
  refused(
    () => si.gramDerivative(one(0), one(0), [{ x: [1] }]),
    "ERR_DOMAIN",
    /at most 2 alpha - 2 = 0, got 1 \+ 0/,
  );
  refused(
    () => dsi.gramDerivative(one(0), one(0), [{ x: [1] }]),
    "ERR_DOMAIN",
    /order of 2 at least.*2 - 1 - 0/,
  );
  refused(
    () => dsi.gramDerivative(one(0), one(0), [{ x: [0, 1] }]),
    "ERR_SHAPE",
    /terms\[0\].x must hold 1/,
  );
  refused(() => dsi.gram(one(1), one(0)), "ERR_DOMAIN", /\[0, 1\)\^d, got 1 at row 0, column 0/);
  refused(() => dsi.gram(matrix(1, 2), one(0)), "ERR_SHAPE", /1 columns/);
  refused(() => si.gram(one(Number.NaN), one(0)), "ERR_DOMAIN", /NaN/);
  refused(() => si.withParameters([1]), "ERR_SHAPE", /2 numbers.*got 1/);
  const adaptive = new DigitalShiftInvariantAdaptiveKernel({ dimension: 1 });
  refused(
    () => adaptive.gramDerivative(one(0), one(0), [{ z: [1] }]),
    "ERR_DOMAIN",
    /no derivatives/,
  );
});

test("far points are what they are modulo 1, exactly", () => {
  const d = { dimension: 1, lengthscales: 0.7 };
  const w = matrix(1, 1, [2]);
  for (const kernel of [
    new ShiftInvariantKernel({ ...d, alpha: 1 }),
    new ShiftInvariantKernel({ ...d, alpha: 3 }),
    new ShiftInvariantCombinedKernel(d),
  ]) {
    const z = matrix(1, 1, [0.3]);
    const near = matrix(1, 1, [0.25]);
    for (const far of [10, 1e6, 1e9, 1e12, 2 ** 50]) {
      const x = matrix(1, 1, [0.25 + far]);
      assert.deepEqual(kernel.gram(x, z), kernel.gram(near, z));
      assert.deepEqual(kernel.pairs(z, x), kernel.pairs(z, near));
      assert.deepEqual(kernel.gramMinusScale(x, z), kernel.gramMinusScale(near, z));
      assert.deepEqual(kernel.contractGradients(x, z, w), kernel.contractGradients(near, z, w));
      assert.deepEqual(kernel.gram(x, x), kernel.gram(near, near));
    }
    const minus = kernel.gram(matrix(1, 1, [-0.25 - 2 ** 40]), z).data[0]!;
    const plus = kernel.gram(matrix(1, 1, [0.75]), z).data[0]!;
    assert.ok(Math.abs(minus - plus) < 1e-15);
  }
});

test("weights of the combined kernels are rows of d, each refused by its own name", () => {
  for (const Combined of [ShiftInvariantCombinedKernel, DigitalShiftInvariantCombinedKernel]) {
    const make = (alpha: unknown) => () => new Combined({ dimension: 2, alpha: alpha as number });
    const row = [1, 2];
    assert.throws(make([row, [1], row, row]), {
      code: "ERR_SHAPE",
      message: /alpha\[1\] must hold 2 weights, got 1/,
    });
    assert.throws(make(matrix(4, 2)), { code: "ERR_TYPE", message: /alpha must be a number or/ });
  }
});
