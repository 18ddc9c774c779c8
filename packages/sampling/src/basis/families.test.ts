import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { chebyshev } from "./chebyshev.ts";
import { orthonormalityDefect } from "./defect.ts";
import { fourier } from "./fourier.ts";
import { hermite } from "./hermite.ts";
import { laguerre } from "./laguerre.ts";
import { legendre } from "./legendre.ts";
import { productBasis } from "./product-basis.ts";
import { splines } from "./spline.ts";
import type { UnivariateFamily } from "./univariate-family.ts";

const uniform = () => 1;
const gauss = (x: number) => Math.exp((-x * x) / 2);
/** Each family with the density of its measure up to a factor, and where that is above 1e-17. */
const families: [string, UnivariateFamily, (x: number) => number, [number, number]][] = [
  ["Legendre", legendre(), uniform, [-1, 1]],
  ["Legendre on [3, 7]", legendre(3, 7), uniform, [3, 7]],
  ["Hermite", hermite(), gauss, [-14, 14]],
  ["Hermite of N(1, 4)", hermite(1, 2), (x) => gauss((x - 1) / 2), [-27, 29]],
  ["Laguerre", laguerre(), (x) => Math.exp(-x), [0, 90]],
  ["Laguerre of mean 3", laguerre(3), (x) => Math.exp(-x / 3), [0, 270]],
  ["Fourier", fourier(), uniform, [0, 1]],
  ["Fourier on [-2, 1]", fourier(-2, 1), uniform, [-2, 1]],
  ["cubic splines", splines({ pieces: 7 }), uniform, [0, 1]],
  ["linear splines", splines({ pieces: 6, degree: 1, lower: -1, upper: 3 }), uniform, [-1, 3]],
];

/** Largest distance of empirical and true distribution functions, times sqrt(n). */
function kolmogorov(
  sample: Float64Array,
  density: (x: number) => number,
  [low, high]: readonly [number, number],
): number {
  const cells = 40_000;
  const width = (high - low) / cells;
  const sums = new Float64Array(cells + 1);
  for (let i = 0; i < cells; i++) sums[i + 1] = sums[i]! + density(low + (i + 0.5) * width);
  const n = sample.length;
  let most = 0;
  sample.toSorted().forEach((x, i) => {
    const place = Math.min(cells, Math.max(0, (x - low) / width));
    const cell = Math.min(cells - 1, Math.floor(place));
    const share = (sums[cell]! + (place - cell) * (sums[cell + 1]! - sums[cell]!)) / sums[cells]!;
    most = Math.max(most, Math.abs(share - i / n), Math.abs(share - (i + 1) / n));
  });
  return most * Math.sqrt(n);
}

for (const [name, family, density, range] of families) {
  test(`${name}: orthonormal, and every density is sampled as it is`, () => {
    const count = Math.min(8, family.size);
    const basis = productBasis({
      families: [family],
      indices: Array.from({ length: count }, (_, j) => [j]),
    });
    assert.ok(orthonormalityDefect(basis) < 1e-12);
    const values = new Float64Array(count);
    const squareAt = (j: number) => (x: number) => {
      family.evaluate(x, count, values, 0);
      return values[j]! ** 2 * density(x);
    };
    const rng = new Rng(2024).spawn(name);
    const draw = (by: () => number) => Float64Array.from({ length: 3000 }, by);
    assert.ok(
      kolmogorov(
        draw(() => family.sampleMeasure(rng)),
        density,
        range,
      ) < 2,
    );
    for (const j of [0, 1, 2, 5, count - 1]) {
      // Beyond 2 once in 1500 right samplers; a wrong density of this shape gives above 5.
      const distance = kolmogorov(
        draw(() => family.sampleSquare(j, rng)),
        squareAt(j),
        range,
      );
      assert.ok(distance < 2, `function ${j}: ${distance}`);
    }
  });
}

test("Chebyshev: in the angle, where its measure is uniform", () => {
  const family = chebyshev();
  const rng = new Rng(8);
  const basis = productBasis({ families: [family], degree: 12 });
  assert.ok(orthonormalityDefect(basis) < 1e-12);
  for (const j of [0, 1, 4]) {
    const angles = Float64Array.from({ length: 3000 }, () =>
      Math.acos(family.sampleSquare(j, rng)),
    );
    assert.ok(kolmogorov(angles, (t) => Math.cos(j * t) ** 2, [0, Math.PI]) < 2);
  }
});

test("polynomials agree with their closed forms, to high degrees without overflow", () => {
  const out = new Float64Array(400);
  legendre().evaluate(0.3, 4, out, 0);
  assert.ok(Math.abs(out[3]! - Math.sqrt(7) * 0.5 * (5 * 0.027 - 3 * 0.3)) < 1e-15);
  hermite().evaluate(1.5, 4, out, 0);
  assert.ok(Math.abs(out[3]! - (1.5 ** 3 - 4.5) / Math.sqrt(6)) < 1e-14);
  laguerre().evaluate(2, 3, out, 0);
  assert.ok(Math.abs(out[2]! - (0.5 * 4 - 4 + 1)) < 1e-14);
  hermite().evaluate(38, 400, out, 0);
  assert.ok(out.every(Number.isFinite));
});

test("index sets have the sizes that combinatorics gives", () => {
  const three = [legendre(), legendre(), hermite()];
  assert.equal(productBasis({ families: three, degree: 4 }).features, 35); // C(7, 3)
  assert.equal(productBasis({ families: three, degree: 2, set: "tensor" }).features, 27);
  const two = [legendre(), legendre()];
  // sum over g of floor(10 / (g + 1)), g = 0..9
  assert.equal(productBasis({ families: two, degree: 9, set: "hyperbolic" }).features, 27);
  // frequencies 0..2 are five functions
  assert.equal(productBasis({ families: [fourier()], degree: 2 }).features, 5);
});

test("products are orthonormal in mixed families", () => {
  const families = [legendre(0, 1), hermite(), fourier(), splines({ pieces: 3 })];
  assert.ok(orthonormalityDefect(productBasis({ families, degree: 3 })) < 1e-12);
});

test("bad input is named at the door", () => {
  const says = (work: () => unknown, code: string, words: RegExp) =>
    assert.throws(
      work,
      (error: Error & { code?: string }) => error.code === code && words.test(error.message),
    );
  says(() => legendre(1, 1), "ERR_DOMAIN", /legendre: upper/);
  says(() => hermite(0, 0), "ERR_DOMAIN", /hermite: standardDeviation/);
  says(() => hermite(Number.NaN), "ERR_DOMAIN", /hermite: mean/);
  says(() => splines({ pieces: 0 }), "ERR_DOMAIN", /splines: pieces/);
  says(() => productBasis({ families: [], degree: 1 }), "ERR_SHAPE", /families/);
  says(() => productBasis({ families: [legendre()] }), "ERR_TYPE", /degree must be a number/);
  says(() => productBasis({ families: [legendre()], indices: [[1], [1]] }), "ERR_DOMAIN", /twice/);
  says(
    () => productBasis({ families: [splines({ pieces: 2 })], indices: [[5]] }),
    "ERR_DOMAIN",
    /indices\[0\]\[0\]/,
  );
  const basis = productBasis({ families: [legendre()], degree: 2 });
  says(
    () => basis.map({ data: Float64Array.of(2), rows: 1, cols: 1 }),
    "ERR_DOMAIN",
    /\[-1, 1\].*got 2/,
  );
  says(
    () => basis.map({ data: Float64Array.of(Number.NaN), rows: 1, cols: 1 }),
    "ERR_DOMAIN",
    /finite/,
  );
});
