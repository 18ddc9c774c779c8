import assert from "node:assert/strict";
import { test } from "node:test";
import { MPMC } from "../construction/mpmc.ts";
import * as all from "../index.ts";
import type { Sequence } from "./sequence.ts";

type Options = Record<string, unknown>;
type Make = (options?: Options) => Sequence;

const points = { data: Float64Array.of(0.1, 0.2, 0.3, 0.4), rows: 2, cols: 2 };
const generatingMatrices = Array.from({ length: 3 }, () => [
  [1, 0],
  [0, 1],
]);
const of = (Kind: unknown, fixed: Options = { dimension: 2 }): Make => {
  const Made = Kind as new (options: Options) => Sequence;
  return (options) => new Made({ ...fixed, ...options });
};

/** Every class of sequences that takes `dimension`. */
const kinds: Record<string, Make> = {
  Sobol: of(all.Sobol),
  DigitalNetB2: of(all.DigitalNetB2),
  Lattice: of(all.Lattice),
  KorobovLattice: of(all.KorobovLattice),
  Kronecker: of(all.Kronecker),
  DigitalNetAnyBases: of(all.DigitalNetAnyBases, { dimension: 2, bases: 3, generatingMatrices }),
  Halton: of(all.Halton),
  Faure: of(all.Faure),
  Hammersley: of(all.Hammersley),
  LatinHypercube: of(all.LatinHypercube),
  IIDStdUniform: of(all.IIDStdUniform),
  DummySampler: of(all.DummySampler),
};
const everyKind: Record<string, Make> = { ...kinds, MPMC: of(MPMC, { points }) };

test("spawn makes one of the same dimension by default, each time another one", () => {
  for (const [name, make] of Object.entries(everyKind)) {
    const sequence = make();
    const [child, ...others] = sequence.spawn();
    assert.equal(others.length, 0, name);
    assert.equal(child!.constructor, sequence.constructor);
    assert.equal(child!.dimension, 2);
    if (["DummySampler", "Hammersley"].includes(name)) continue; // no points, not random
    const [next] = sequence.spawn([2]);
    const [a, b, c] = [sequence, child!, next!].map((s) => s.points({ nMax: 2 }).data);
    assert.notDeepEqual(a, b, name);
    assert.notDeepEqual(b, c, name);
    assert.deepEqual(make().spawn()[0]!.points({ nMax: 2 }).data, b, name);
  }
  const measure = new all.Uniform(new all.Halton({ dimension: 3 }));
  assert.deepEqual(
    measure.spawn().map(({ dimension }) => dimension),
    [3],
  );
});

test("next takes a whole number only", () => {
  for (const [name, make] of Object.entries(everyKind)) {
    if (name === "DummySampler") continue;
    const sequence = make();
    sequence.next(1);
    for (const n of [null, true, "4", 10n, Symbol("n"), [1], {}, undefined]) {
      assert.throws(() => sequence.next(n as never), {
        code: "ERR_TYPE",
        message: /next: n must be/,
      });
    }
    for (const n of [Number.NaN, -1, 0.5]) {
      assert.throws(() => sequence.next(n), { code: "ERR_DOMAIN", message: /next: n must be/ });
    }
  }
});

test("blocks refuses what is no number as such", async () => {
  const blocks = (options: unknown) => new all.Sobol().blocks(options as all.BlocksOptions).next();
  await assert.rejects(blocks({ size: "4" }), { name: "TypeError", code: "ERR_TYPE" });
  await assert.rejects(blocks({ nMax: "4" }), { name: "TypeError", code: "ERR_TYPE" });
  await assert.rejects(blocks({ size: 3 }), { name: "RangeError", code: "ERR_DOMAIN" });
});

test("arrays that randomize has no use for are refused in one way", () => {
  const none = { randomize: "none" };
  const cases: [string, Options][] = [
    ["Sobol", { ...none, digitalShifts: [1, 2] }],
    ["Sobol", { randomize: "NUS", scrambleMatrices: [[1], [1]] }],
    ["Lattice", { ...none, shifts: [0.5, 0.5] }],
    ["KorobovLattice", { ...none, shifts: [0.5, 0.5] }],
    ["Kronecker", { ...none, shifts: [0.5, 0.5] }],
    ["MPMC", { ...none, shifts: [0.5, 0.5] }],
    ["Halton", { randomize: "DP", shifts: [[1], [1]] }],
    ["Halton", { randomize: "QRNG", permutations: [[[0, 1]], [[0, 1]]] }],
    ["Faure", { randomize: "NUS", scrambles: [[[1]], [[1]]] }],
    ["DigitalNetAnyBases", { ...none, permutations: [[[0, 1, 2]], [[0, 1, 2]]] }],
  ];
  for (const [name, options] of cases) {
    const message = new RegExp(`^${name}: (\\w+) .*${options.randomize}`);
    assert.throws(() => everyKind[name]!(options), {
      name: "TypeError",
      code: "ERR_TYPE",
      message,
    });
  }
});

test("unknown options are refused, with those that there are", () => {
  for (const [name, make] of Object.entries(everyKind)) {
    for (const key of ["foo", "randomise", "replication"]) {
      const message = new RegExp(`^${name}: there is no option ${key}; .*replications`);
      assert.throws(
        () => make({ [key]: 1 }),
        { name: "TypeError", code: "ERR_TYPE", message },
        name,
      );
    }
  }
  for (const [name, key] of [
    ["IIDStdUniform", "randomize"],
    ["Sobol", "generatingMatrices"],
    ["Halton", "alpha"],
  ] as const) {
    assert.throws(() => kinds[name]!({ [key]: 1 }), { code: "ERR_TYPE" });
  }
});

test("components cannot be named twice", () => {
  for (const [name, make] of Object.entries(kinds)) {
    if (name === "Hammersley") continue;
    assert.throws(() => make({ dimension: [1, 0, 1] }), {
      code: "ERR_DOMAIN",
      message: `${name}: dimension must not name a component twice, got 1`,
    });
    assert.equal(make({ dimension: [2, 0] }).dimension, 2);
  }
  assert.throws(() => kinds.Hammersley!({ dimension: [0] }), { code: "ERR_TYPE" });
  assert.throws(() => kinds.Faure!({ dimension: [0], alpha: 2 }), { code: "ERR_TYPE" });
});

test("a net of 53 columns has 2^53 points", () => {
  const range = { nMin: 2 ** 53 - 4, nMax: 2 ** 53 };
  const options = { dimension: 3, columns: 53, seed: 2 };
  const natural = new all.Sobol(options);
  const [matrix] = natural.matrices().columns;
  const { data, bits } = natural.binary(range);
  const shift = natural.binary({ nMax: 1 }).data;
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 3; j++) {
      let word = shift[j]!;
      matrix![j]!.forEach((column, k) => {
        if (((BigInt(range.nMin + i) >> BigInt(k)) & 1n) === 1n) word ^= column;
      });
      assert.equal(data[i * 3 + j], word);
    }
  }
  assert.equal(bits, 63);
  // Point i of Gray order is point i xor floor(i / 2) of natural order.
  const gray = new all.Sobol({ ...options, order: "gray" }).points(range).data;
  const first = 2 ** 52; // 2^53 - 4 in Gray code is 1 0 ... 0 1 0
  const at = natural.points({ nMin: first, nMax: first + 4 }).data;
  const rows = [2, 3, 1, 0].flatMap((i) => [...at.subarray(3 * i, 3 * i + 3)]);
  assert.deepEqual([...gray], rows);
  assert.throws(() => natural.points({ nMax: 2 ** 54 }), { code: "ERR_DOMAIN" });
});

test("empty matrices are called that", () => {
  const net = (generatingMatrices: number[][]) => () =>
    new all.DigitalNetB2({ generatingMatrices });
  const message = "DigitalNetB2: generatingMatrices[0] must not be empty";
  assert.throws(net([[]]), { code: "ERR_SHAPE", message });
});
