import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { defaultLatticeVector } from "../../construction/default-lattice-vector.ts";
import { Lattice } from "./lattice.ts";
import { orderedFractions, orderedWords, radicalInverse2 } from "./lattice-order.ts";
import { latticeRowsReference, writeLatticeRows } from "./lattice-rows.ts";

const generatingVector = [1, 182667, 469891];
const shifts = [0.1, 0.7, 0.9];
const plain = { dimension: 3, generatingVector, randomize: "none" } as const;
const sha = (x: Float64Array) =>
  createHash("sha256")
    .update(new Uint8Array(x.buffer, x.byteOffset, x.byteLength))
    .digest("hex");

test("radical inverses by hand", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 6].map(radicalInverse2), [0, 0.5, 0.25, 0.75, 0.125, 0.375]);
  assert.equal(radicalInverse2(2 ** 32), 2 ** -33);
  assert.equal(radicalInverse2(2 ** 52 + 1), 0.5 + 2 ** -53);
});

// qmctoolscl 1.2.1: lat_gen_natural(1, 4, 3, 4, g, x), lat_gen_gray(1, 4, 3, 3, g, x), and
// sha256 of x.tobytes() after lat_shift_mod_1 with the shifts above, for 2^14 points in natural
// order and points 5000..9000 in Gray order.
test("points are those of qmctoolscl to the last bit", () => {
  const natural = new Lattice(plain);
  assert.deepEqual(
    [...natural.points({ nMin: 4, nMax: 8 }).data],
    [0.125, 0.375, 0.375, 0.625, 0.875, 0.875, 0.375, 0.125, 0.125, 0.875, 0.625, 0.625],
  );
  const gray = new Lattice({ ...plain, order: "gray" });
  assert.deepEqual(
    [...gray.points({ nMin: 3, nMax: 7 }).data],
    [0.25, 0.75, 0.75, 0.375, 0.125, 0.125, 0.875, 0.625, 0.625, 0.625, 0.875, 0.875],
  );
  const options = { dimension: 3, generatingVector, shifts };
  assert.equal(
    sha(new Lattice(options).points({ nMax: 2 ** 14 }).data),
    "b9909f96eb93237ae3694a4587d4a253f03d0ad29cf00e2de815dcc8700d2afe",
  );
  assert.equal(
    sha(new Lattice({ ...options, order: "gray" }).points({ nMin: 5000, nMax: 9001 }).data),
    "b265bfd3bfba237fb15cb1d9805cc03b369cc42b346786f84e05795569f8d69e",
  );
});

// QMCPy 2.4: Lattice(3, generating_vector=g, m_max=20, randomize=False, order="linear")(n_min=4, n_max=8)
test("linear order goes up in i / n and leaves out what an earlier range had", () => {
  const linear = new Lattice({ ...plain, order: "linear" });
  assert.deepEqual(
    [...linear.points({ nMin: 4, nMax: 8 }).data],
    [0.125, 0.375, 0.375, 0.375, 0.125, 0.125, 0.625, 0.875, 0.875, 0.875, 0.625, 0.625],
  );
  const first = new Lattice({ generatingVector, randomize: "none", order: "linear" });
  const sixteenths = [...first.points({ nMin: 4, nMax: 16 }).data].map((x) => 16 * x);
  assert.deepEqual(sixteenths, [1, 2, 3, 5, 6, 7, 9, 10, 11, 13, 14, 15]);
  assert.equal(linear.structure, "other");
});

test("all orders have the same points; sums of points are points", () => {
  const rows = (order: "natural" | "linear" | "gray") => {
    const { data } = new Lattice({ ...plain, order }).points({ nMax: 64 });
    return Array.from({ length: 64 }, (_, i) => [...data.subarray(3 * i, 3 * i + 3)].join(" "));
  };
  const natural = rows("natural");
  const set = new Set(natural);
  assert.equal(set.size, 64);
  assert.deepEqual(new Set(rows("linear")), set);
  assert.deepEqual(new Set(rows("gray")), set);
  const add = (a: string, b: string) => {
    const [x, y] = [a.split(" ").map(Number), b.split(" ").map(Number)];
    return x.map((u, j) => (u + y[j]!) % 1).join(" ");
  };
  for (const a of natural) for (const b of natural) assert.ok(set.has(add(a, b)));
});

test("the WebAssembly rows have the bits of the scalar ones", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 9000 }),
      fc.integer({ min: 1, max: 300 }),
      fc.constantFrom("natural" as const, "gray" as const),
      fc.array(fc.nat(2 ** 20), { minLength: 9, maxLength: 9 }),
      (d, nMin, n, order, numbers) => {
        const offsets = Float64Array.from(numbers.slice(0, d), (x) => (x % 1000) / 1000);
        const doubles = {
          vector: Float64Array.from(numbers.slice(0, d)),
          shifts: offsets,
          source: orderedFractions(order, nMin, nMin + n),
        };
        const words = {
          vector: BigUint64Array.from(numbers.slice(0, d), BigInt),
          shifts: offsets,
          source: orderedWords(order, nMin, nMin + n),
        };
        const expected = new Float64Array(n * d);
        latticeRowsReference(expected, n, doubles);
        for (const rows of [doubles, words]) {
          const fast = new Float64Array(n * d);
          writeLatticeRows(fast, n, rows);
          assert.deepEqual(fast, expected);
        }
        const slow = new Float64Array(n * d);
        latticeRowsReference(slow, n, words);
        assert.deepEqual(slow, expected);
      },
    ),
    { numRuns: 60 },
  );
});

test("beyond 2^32 points products keep all their bits", () => {
  const g = (1n << 63n) + 12345678912345677n;
  const lattice = new Lattice({ generatingVector: [g], randomize: "none", mMax: 40 });
  const nMin = 2 ** 39 + 2 ** 20;
  const { data } = lattice.points({ nMin, nMax: nMin + 64 });
  for (let i = 0; i < 64; i++) {
    const v = BigInt(radicalInverse2(nMin + i) * 2 ** 40);
    assert.equal(data[i], Number((v * g) % (1n << 40n)) / 2 ** 40);
  }
});

test("blocks, random access and one long run agree", () => {
  const lattice = new Lattice({ dimension: 3, generatingVector, replications: 2, seed: 5n });
  const all = lattice.points({ nMax: 64 }).data;
  for (const [nMin, nMax] of [
    [0, 8],
    [8, 16],
    [16, 64],
    [40, 48],
    [37, 38],
  ] as const) {
    const n = nMax - nMin;
    const part = lattice.points({ nMin, nMax }).data;
    for (const r of [0, 1]) {
      assert.deepEqual(
        part.subarray(3 * r * n, 3 * (r + 1) * n),
        all.subarray(3 * (64 * r + nMin), 3 * (64 * r + nMax)),
      );
    }
  }
});

test("replications, components and children are independent of what else there is", () => {
  const options = { generatingVector: [1, 3, 5, 7, 9], seed: 11 };
  const one = new Lattice({ ...options, dimension: 3 });
  const more = new Lattice({ ...options, dimension: 5, replications: 3 });
  assert.deepEqual([...more.shifts[0]!.slice(0, 3)], [...one.shifts[0]!]);
  assert.equal(new Set(more.shifts.flatMap((shift) => [...shift])).size, 15);
  const picked = new Lattice({ ...options, dimension: [4, 2] });
  assert.deepEqual([...picked.shifts[0]!], [more.shifts[0]![4], more.shifts[0]![2]]);
  const children = [...one.spawn([2, 2]), ...one.spawn([2])];
  assert.equal(new Set(children.map((child) => child.shifts[0]![0])).size, 3);
  const again = new Lattice({ ...options, dimension: 3 }).spawn([2]);
  assert.deepEqual(again[0]!.points({ nMax: 8 }), children[0]!.points({ nMax: 8 }));
});

test("random vectors are odd, one a replication", () => {
  const lattice = new Lattice({
    dimension: 4,
    generatingVector: "random",
    mMax: 10,
    replications: 2,
  });
  const [a, b] = lattice.generatingVectors;
  assert.notDeepEqual(a, b);
  for (const g of [...a!, ...b!]) assert.ok(g % 2n === 1n && g < 1024n);
  assert.equal(a![0], 1n);
});

test("the default vector has 2^20 points, and says where it ends", () => {
  const most = defaultLatticeVector().generatingVector.length;
  const lattice = new Lattice({ dimension: most });
  assert.equal(lattice.points({ nMin: 2 ** 20 - 2, nMax: 2 ** 20 }).data.length, 2 * most);
  assert.throws(() => lattice.points({ nMax: 2 ** 21 }), /2\^20 = 1048576.*got 2097152/);
  assert.throws(
    () => new Lattice({ dimension: 100_000 }),
    new RegExp(`at most ${most}, .*got 100000`),
  );
  assert.throws(() => new Lattice({ mMax: 21 }), /at most 20 .*got 21/);
});

test("no coordinate is 1", () => {
  const largest = 1 - 2 ** -53;
  const lattice = new Lattice({ generatingVector: [1], shifts: [largest] });
  for (const x of lattice.points({ nMax: 2 ** 12 }).data) assert.ok(x >= 0 && x < 1);
});

test("bad input is refused with both numbers", () => {
  const refuse = (make: () => unknown, message: RegExp) => assert.throws(make, message);
  const ten = { generatingVector, dimension: 3, mMax: 10 };
  refuse(() => new Lattice({ ...ten, dimension: 4 }), /at most 3, .*got 4/);
  refuse(() => new Lattice({ ...ten, dimension: [0, 5] }), /at most 3, .*got 6/);
  refuse(() => new Lattice(ten).points({ nMax: 2048 }), /2\^10 = 1024.*got 2048/);
  refuse(() => new Lattice(ten).points({ nMax: 100 }), /powers of 2.*0 and 100/);
  refuse(
    () => new Lattice({ ...ten, order: "linear" }).points({ nMax: 100 }),
    /powers of 2.*0 and 100/,
  );
  refuse(() => new Lattice({ ...ten, randomize: "none", replications: 4 }), /must be 1.*got 4/);
  refuse(() => new Lattice({ ...ten, shifts: [0.5, 0.5, 1] }), /shifts\[2\].*\[0, 1\).*got 1/);
  refuse(() => new Lattice({ ...ten, shifts: [0.5] }), /1 x 3, got 1 x 1/);
  refuse(
    () => new Lattice({ ...ten, generatingVector: [1, -1, 3] }),
    /generatingVector\[1\].*got -1/,
  );
  refuse(() => new Lattice({ ...ten, dimension: 0 }), /dimension .*1\.\..*got 0/);
  refuse(() => new Lattice({ ...ten, replications: Number.NaN }), /replications .*got NaN/);
  refuse(() => new Lattice({ ...ten, randomize: "DS" as "SHIFT" }), /SHIFT, none, got DS/);
  refuse(() => new Lattice({ ...ten, seed: 2 ** 60 }), /Lattice: seed .*got 1152921504606847000/);
  refuse(() => new Lattice({ ...ten, seed: "7" as unknown as number }), /seed must be a number/);
  refuse(() => new Lattice({ ...ten, mMax: 60 }), /mMax .*2\.\.52, got 60/);
});
