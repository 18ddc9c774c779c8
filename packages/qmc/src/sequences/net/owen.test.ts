import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { DigitalNetB2 } from "../digital-net-b2.ts";
import { interlaceWords } from "./interlace.ts";
import { netMatrix } from "./net-matrix.ts";
import { type NetPlan, planesOf } from "./net-plan.ts";
import { fillNet } from "./net-points.ts";
import { owenHash } from "./owen-hash.ts";
import { owenTree } from "./owen-tree.ts";

/** A net of one component with random columns of `digits` digits, and its points unscrambled. */
function randomNet(digits: number, columns: number, seed: number) {
  const rng = new Rng(seed);
  const matrix = netMatrix(1, columns, digits);
  const words = new BigUint64Array(matrix.words.buffer);
  rng.fillUint32(matrix.words);
  for (let k = 0; k < columns; k++)
    words[k] = (words[k]! >> BigInt(64 - digits)) << BigInt(64 - digits);
  const plan: NetPlan = {
    ...{ components: 1, columns, digits, bits: 64, alpha: 1 },
    planes: planesOf(matrix, false),
    shift: new Uint32Array(2),
  };
  const points = new BigUint64Array(2 ** columns);
  fillNet(plan, 0, points.length, points);
  return { plan, points, rng };
}

test("the kernels scramble as the readable forms do, for any numbers of digits and points", () => {
  for (const digits of [1, 6, 7, 8, 32, 53, 57, 63, 64]) {
    for (const bits of [digits, 64]) {
      for (const columns of [3, 9]) {
        const { plan, points, rng } = randomNet(digits, columns, digits + columns);
        const keys = rng.fillUint32(new Uint32Array(16));
        const wide = new BigUint64Array(keys.buffer);
        const scrambled = new BigUint64Array(points.length);
        const tree: NetPlan = { ...plan, bits, scramble: { kind: "tree", keys: keys.slice(0, 2) } };
        fillNet(tree, 0, points.length, scrambled);
        assert.deepEqual(
          scrambled,
          points.map((x) => owenTree(wide[0]!, x, digits, bits)),
        );
        // Five points: the last group of four has to overlap itself.
        fillNet(tree, 1, 6, scrambled.subarray(0, 5));
        assert.deepEqual(
          scrambled.slice(0, 5),
          points.slice(1, 6).map((x) => owenTree(wide[0]!, x, digits, bits)),
        );
        fillNet({ ...plan, bits, scramble: { kind: "hash", keys } }, 0, points.length, scrambled);
        assert.deepEqual(
          scrambled,
          points.map((x) => owenHash(wide, x, bits)),
        );
      }
    }
  }
});

test("nodes that many points share are drawn alike alone and in thousands", () => {
  const { plan, points, rng } = randomNet(32, 14, 3);
  const keys = rng.fillUint32(new Uint32Array(2));
  const key = new BigUint64Array(keys.buffer)[0]!;
  const scrambled = new BigUint64Array(points.length);
  fillNet({ ...plan, scramble: { kind: "tree", keys } }, 0, points.length, scrambled);
  for (let i = 0; i < points.length; i += 97) {
    assert.equal(scrambled[i], owenTree(key, points[i]!, 32, 64));
  }
});

test("scrambled components are interlaced as the readable form does", () => {
  for (const alpha of [2, 3, 5]) {
    for (const bits of [32, 45, 63, 64]) {
      const options = { dimension: 3, randomize: "NUS", alpha, bits, seed: 4 } as const;
      const { data } = new DigitalNetB2(options).binary({ nMax: 64 });
      const parts = new DigitalNetB2({ dimension: 3 * alpha, randomize: "NUS", bits: 64, seed: 4 });
      const words = new Uint32Array(2 * data.length);
      const whole = new Uint32Array(parts.binary({ nMax: 64 }).data.buffer);
      interlaceWords(whole, alpha, bits, words);
      const expected = new BigUint64Array(words.buffer).map((x) => x >> BigInt(64 - bits));
      assert.deepEqual(data, expected);
    }
  }
});

/** Digit k (0-based) of a 64-bit fraction. */
const digit = (x: bigint, k: number) => Number((x >> BigInt(63 - k)) & 1n);

for (const kind of ["tree", "hash"] as const) {
  const draw = (seed: number) =>
    new BigUint64Array(new Rng(seed).fillUint32(new Uint32Array(16)).buffer);
  const scramble = (key: BigUint64Array, x: bigint) =>
    kind === "tree" ? owenTree(key[0]!, x, 64, 64) : owenHash(key, x, 64);

  test(`${kind}: a digit's flip depends on the digits above it, and on no others`, () => {
    const rng = new Rng(5);
    const key = draw(1);
    for (let trial = 0; trial < 300; trial++) {
      const [x, y] = new BigUint64Array(rng.fillUint32(new Uint32Array(4)).buffer);
      const k = rng.integer(64);
      const rest = (1n << BigInt(64 - k)) - 1n;
      const z = (x! & ~rest) | (y! & rest); // the first k digits of x
      const [a, b] = [scramble(key, x!), scramble(key, z)];
      assert.equal(a & ~rest, b & ~rest);
      assert.equal(digit(a, k) ^ digit(x!, k), digit(b, k) ^ digit(z, k));
    }
  });

  test(`${kind}: flips of two, three and four nodes are independent fair bits`, () => {
    const keys = Array.from({ length: 600 }, (_, i) => draw(100 + i));
    const rng = new Rng(9);
    let chi = 0;
    let count = 0;
    for (const depth of [0, 1, 2, 5, 6, 7, 8, 13, 31, 45, 63]) {
      const bit = (k: number) => (k < depth ? 1n << BigInt(63 - k) : 0n);
      const prefix =
        depth === 0
          ? 0n
          : (new BigUint64Array(rng.fillUint32(new Uint32Array(2)).buffer)[0]! >>
              BigInt(64 - depth)) <<
            BigInt(64 - depth);
      const nodes = new Set([
        prefix,
        prefix ^ bit(0),
        prefix ^ bit(depth - 1),
        prefix ^ bit(0) ^ bit(depth - 1),
      ]);
      const list = [...nodes].slice(0, Math.min(nodes.size, 2 ** depth));
      const flips = list.map((x) =>
        keys.map((key) => digit(scramble(key, x), depth) ^ digit(x, depth)),
      );
      for (let subset = 1; subset < 2 ** list.length; subset++) {
        let sum = 0;
        for (let i = 0; i < keys.length; i++) {
          const odd = flips.reduce((parity, bits, j) => parity ^ ((subset >> j) & 1 & bits[i]!), 0);
          sum += odd === 0 ? 1 : -1;
        }
        const z = sum / Math.sqrt(keys.length);
        assert.ok(Math.abs(z) < 4.5, `depth ${depth}, nodes ${subset}: ${z} standard deviations`);
        chi += z * z;
        count++;
      }
    }
    assert.ok(Math.abs(chi - count) < 4.5 * Math.sqrt(2 * count), `chi-squared ${chi} of ${count}`);
  });
}
