import assert from "node:assert/strict";
import { test } from "node:test";
import { tValue } from "../../construction/t-value.ts";
import { DigitalNetB2 } from "../digital-net-b2.ts";

const KINDS = ["LMS_DS", "LMS", "DS", "NUS", "OWEN"] as const;

/** Whether every box of 2^-parts[0] x 2^-parts[1] x ... has as many points. */
function equalBoxes(data: ArrayLike<number>, d: number, parts: readonly number[]): boolean {
  const counts = new Uint32Array(2 ** parts.reduce((sum, part) => sum + part));
  for (let at = 0; at < data.length; at += d) {
    let box = 0;
    for (const [j, part] of parts.entries()) {
      box = box * 2 ** part + Math.floor(data[at + j]! * 2 ** part);
    }
    counts[box]!++;
  }
  return counts.every((count) => count === counts[0]);
}

/** All ways to write `sum` as `d` summands >= 0. */
function compositions(sum: number, d: number): number[][] {
  if (d === 1) return [[sum]];
  return Array.from({ length: sum + 1 }, (_, first) =>
    compositions(sum - first, d - 1).map((rest) => [first, ...rest]),
  ).flat();
}

test("every randomisation keeps the t-value of the net, and none improves on it", () => {
  const [d, m] = [4, 9];
  const plain = new DigitalNetB2({ dimension: d, randomize: "none", columns: m });
  const t = tValue(plain.matrices().columns[0]!);
  assert.ok(t > 0 && t < m);
  for (const randomize of KINDS) {
    const net = new DigitalNetB2({ dimension: d, randomize, columns: m, seed: 21 });
    const { data } = net.points({ nMax: 2 ** m });
    const equal = (k: number) => compositions(k, d).map((parts) => equalBoxes(data, d, parts));
    assert.ok(equal(m - t).every(Boolean), randomize);
    assert.ok(!equal(m - t + 1).every(Boolean), randomize);
    if (randomize.startsWith("LMS")) {
      const { bits, columns } = net.matrices();
      assert.equal(tValue(columns[0]!, { matrixBits: bits }), t);
    }
  }
});

test("every randomisation keeps one point in every elementary interval", () => {
  for (const randomize of KINDS) {
    for (const order of ["natural", "gray"] as const) {
      const net = new DigitalNetB2({ dimension: 2, randomize, order, seed: 11 });
      for (const nMin of [0, 1024]) {
        const { data } = net.points({ nMin, nMax: nMin + 1024 });
        for (let a = 0; a <= 10; a++) {
          assert.ok(equalBoxes(data, 2, [a, 10 - a]), `${randomize} ${order} ${nMin} ${a}`);
        }
      }
    }
  }
  const broken = new DigitalNetB2({ dimension: 2 }).points({ nMax: 1024 }).data;
  broken[0] = (broken[0]! + 0.5) % 1;
  assert.ok(!equalBoxes(broken, 2, [5, 5]));
});

test("an interlaced net stays a net of strength m in each coordinate", () => {
  // 256 points from two (0, 8, 2)-components: their boxes of 2^-4 x 2^-4 are the intervals of 2^-8.
  for (const randomize of KINDS) {
    const { data } = new DigitalNetB2({ alpha: 2, randomize, seed: 5 }).points({ nMax: 256 });
    const counts = new Map<number, number>();
    for (const x of data) {
      const box = Math.floor(x * 256);
      counts.set(box, (counts.get(box) ?? 0) + 1);
    }
    assert.ok(
      [...counts.values()].every((count) => count === 1),
      randomize,
    );
  }
});

test("replications and components are scrambled independently, wrong scrambles are seen", () => {
  const replications = 512;
  const correlation = (
    data: Float64Array,
    d: number,
    i: number,
    k: number,
    j: number,
    l: number,
  ) => {
    const at = (r: number, p: number, c: number) => data[(r * 8 + p) * d + c]! - 0.5;
    let sum = 0;
    for (let r = 0; r < replications; r++) sum += at(r, i, j) * at(r, k, l);
    return (12 * sum) / Math.sqrt(replications);
  };
  for (const randomize of KINDS) {
    const { data } = new DigitalNetB2({ dimension: 2, randomize, replications, seed: 3 }).points({
      nMax: 8,
    });
    if (randomize !== "LMS") {
      // Uniform at every point: the mean has a standard deviation of 1 / sqrt(12 R).
      for (let p = 0; p < 16; p++) {
        let mean = 0;
        for (let r = 0; r < replications; r++) mean += (data[16 * r + p]! - 0.5) / replications;
        assert.ok(Math.abs(mean) * Math.sqrt(12 * replications) < 4.5, `${randomize} ${p}`);
      }
      for (const [i, k] of [
        [0, 0],
        [1, 6],
        [5, 2],
      ] as const) {
        assert.ok(Math.abs(correlation(data, 2, i, k, 0, 1)) < 4.5, `${randomize} ${i} ${k}`);
      }
    }
    // Two points of one component whose first digits differ: E (x - 1/2)(y - 1/2) = -1/16 under
    // nested scrambling, -1/12 + ... under a shift alone; never 0.
    if (randomize === "NUS" || randomize === "OWEN") {
      const mean = (correlation(data, 2, 0, 1, 0, 0) / 12) * replications ** -0.5;
      assert.ok(Math.abs(mean + 1 / 16) < 4.5 * (1 / 16 / Math.sqrt(replications)), `${randomize}`);
      // Same first digit, other second one: 1/16 - 1/64.
      const near = (correlation(data, 2, 0, 2, 0, 0) / 12) * replications ** -0.5;
      assert.ok(Math.abs(near - 3 / 64) < 4.5 * (1 / 16 / Math.sqrt(replications)), `${randomize}`);
    }
  }
  const same = new DigitalNetB2({ dimension: 2, randomize: "DS", replications, seed: 3 }).points({
    nMax: 8,
  });
  for (let i = 0; i < same.data.length; i += 2) same.data[i + 1] = same.data[i]!;
  assert.ok(Math.abs(correlation(same.data, 2, 0, 0, 0, 1)) > 10);
});

test("nested scrambling needs more than a shift: the flips below two nodes are independent", () => {
  for (const [randomize, independent] of [
    ["NUS", true],
    ["OWEN", true],
    ["DS", false],
  ] as const) {
    for (const depth of [1, 3, 8, 12]) {
      // Points of 1-D van der Corput that share `depth` - 1 digits but not the next, so that their
      // digit below is flipped by different nodes.
      const net = new DigitalNetB2({ randomize, replications: 800, seed: 17 });
      const { data, n } = net.points({ nMax: 2 ** depth });
      let equal = 0;
      for (let r = 0; r < 800; r++) {
        const digit = (x: number) => Math.floor(x * 2 ** (depth + 1)) % 2;
        if (digit(data[r * n]!) === digit(data[(r + 1) * n - 1]!)) equal++;
      }
      const off = Math.abs(equal - 400) / Math.sqrt(200);
      assert.equal(off < 4.5, independent, `${randomize} ${depth}: ${equal} of 800`);
    }
  }
});

test("a component's randomness depends on the seed, the replication and itself alone", () => {
  for (const randomize of KINDS) {
    const wide = new DigitalNetB2({ dimension: 6, replications: 3, randomize, seed: 12 }).points({
      nMax: 4,
    });
    const some = new DigitalNetB2({
      dimension: [5, 2],
      replications: 2,
      randomize,
      seed: 12,
    }).points({ nMax: 4 });
    for (let row = 0; row < 8; row++) {
      assert.equal(some.data[2 * row], wide.data[6 * row + 5]);
      assert.equal(some.data[2 * row + 1], wide.data[6 * row + 2]);
    }
    const again = new DigitalNetB2({ dimension: 6, replications: 3, randomize, seed: 12n }).points({
      nMax: 4,
    });
    assert.deepEqual(again, wide);
    const other = new DigitalNetB2({ dimension: 6, replications: 3, randomize, seed: 13 }).points({
      nMax: 4,
    });
    assert.notDeepEqual(other, wide);
  }
});
