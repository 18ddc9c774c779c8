import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { owenHash } from "./owen-hash.ts";
import { owenTree } from "./owen-tree.ts";

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
