import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { auditEpsilon } from "../accounting/audit.ts";
import { chiSquare } from "./chi-square.ts";
import { discreteLaplace, scaleFraction } from "./discrete-laplace.ts";
import { floatingLaplace } from "./floating-laplace.ts";
import type { Noise } from "./noise.ts";
import { RandomWords, randomWords } from "./random-words.ts";

const seeds = [3, 88, 1_000_001];

test("integers below n are uniform, on either side of 2^32", () => {
  for (const n of [1, 2, 3, 7, 1000, 3_000_000_000, 2 ** 32, 5 * 2 ** 32 + 1, 2 ** 52 + 9]) {
    const random = randomWords(new Rng(5, `${n}`));
    const cells = new Float64Array(Math.min(n, 10));
    const draws = 20_000;
    for (let i = 0; i < draws; i++) {
      const x = random.below(n);
      assert.ok(Number.isInteger(x) && x >= 0 && x < n);
      cells[Math.floor((x / n) * cells.length)]!++;
    }
    // A cell's share is within 1/n of 1 / cells.
    const p = 1 / cells.length;
    if (n > 10 && n < 1000) continue;
    for (const count of cells) {
      const spread = Math.sqrt(draws * p * (1 - p)) + 1e-9;
      assert.ok(Math.abs(count - draws * p) < 5 * spread + (draws * 1) / Math.max(n, 1e4), `${n}`);
    }
  }
});

test("a scale's fraction is never below it, and above it by two parts in 2^31", () => {
  for (const scale of [1e-3, 0.1, 1, Math.PI, 17 / 0.1, 1e6 + 1 / 3, 3.3e9, 2 ** 41]) {
    const { t, s } = scaleFraction(scale);
    assert.ok(t / s > scale && t / s <= scale * (1 + 2 ** -19 * 2 ** -9) + 2 ** -39, `${scale}`);
    assert.ok(Number.isSafeInteger(t) && Number.isInteger(Math.log2(s)));
  }
  for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 43]) {
    assert.throws(() => scaleFraction(bad), { code: "ERR_DOMAIN" });
  }
});

/** Chi-square of draws against P(z) = (1 - r) / (1 + r) r^|z|. */
function lawOf(noise: Noise, scale: number, seed: number, n: number) {
  const draws = new Float64Array(n);
  noise.addTo(draws, scale, randomWords(new Rng(seed, "noise")));
  const r = Math.exp(-1 / scale);
  return chiSquare(draws, (z) => ((1 - r) * r ** z) / (1 + r));
}

test("discrete Laplace noise has its law, whole numbers only", () => {
  for (const seed of seeds) {
    for (const scale of [0.3, 1, 2.5, 12]) {
      const { sum, cells } = lawOf(discreteLaplace, scale, seed, 20_000);
      assert.ok(sum < cells + 5 * Math.sqrt(2 * cells) + 8, `scale ${scale}: ${sum} of ${cells}`);
    }
  }
});

test("wrong: noise of half the scale, and zero drawn twice as often, have another law", () => {
  const half: Noise = {
    ...discreteLaplace,
    addTo: (values, scale, random) => discreteLaplace.addTo(values, scale / 2, random),
  };
  const signedZero: Noise = {
    ...discreteLaplace,
    addTo(values, scale, random) {
      const noise = new Float64Array(1);
      for (let i = 0; i < values.length; i++) {
        noise[0] = 0;
        discreteLaplace.addTo(noise, scale, random);
        values[i]! += (random.next() & 7) === 0 ? 0 : noise[0]!;
      }
    },
  };
  for (const wrong of [half, signedZero]) {
    const { sum, cells } = lawOf(wrong, 2.5, 3, 20_000);
    assert.ok(sum > 4 * cells + 100);
  }
});

test("the variance is that of the draws", () => {
  for (const noise of [discreteLaplace, floatingLaplace]) {
    for (const scale of [0.5, 40, 1e5]) {
      const draws = new Float64Array(40_000);
      noise.addTo(draws, scale, randomWords(new Rng(9, `${noise.name} ${scale}`)));
      const variance = draws.reduce((sum, z) => sum + z * z, 0) / draws.length;
      // Var z^2 = 20 b^4 for Laplace noise, more for b < 1.
      const error = Math.sqrt((scale < 1 ? 60 : 20) / draws.length) * noise.variance(scale);
      assert.ok(Math.abs(variance - noise.variance(scale)) < 4 * error, `${noise.name} ${scale}`);
    }
  }
});

/** Whether y is a double that floating-point Laplace noise of scale 1 can be by itself. */
function attainable(y: number): boolean {
  const u = 1 - Math.round((1 - Math.exp(-Math.abs(y))) * 2 ** 53) / 2 ** 53;
  for (let k = -4; k <= 4; k++) {
    if (-Math.log(u + k * 2 ** -53) === Math.abs(y)) return true;
  }
  return false;
}

test("floating-point noise is told apart by which doubles it can be; discrete noise is not", async () => {
  const audit = (noise: Noise, statistic: (y: number) => number) => {
    const random = randomWords(new Rng(21, noise.name));
    const run = (count: number) => () => {
      const values = Float64Array.of(count);
      noise.addTo(values, 1, random);
      return statistic(values[0]!);
    };
    return auditEpsilon(run(0), run(1), { trials: 8000 });
  };
  const attack = (y: number) => (attainable(y) ? 1 : 0);
  assert.ok((await audit(floatingLaplace, attack)).epsilon > 2);
  assert.ok((await audit(discreteLaplace, attack)).epsilon < 1);
  assert.ok((await audit(discreteLaplace, (y) => y)).epsilon < 1);
});

test("noise comes from the platform's generator unless an Rng is given", () => {
  const [a, b] = [randomWords(undefined), randomWords(undefined)];
  assert.notDeepEqual([a.next(), a.next(), a.next()], [b.next(), b.next(), b.next()]);
  const seeded = () => randomWords(new Rng(1)).next();
  assert.equal(seeded(), seeded());
  const constant = new RandomWords((out) => out.fill(5));
  assert.equal(constant.next(), 5);
});
