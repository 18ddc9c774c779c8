import assert from "node:assert/strict";
import { test } from "node:test";
import { ThreadPool } from "@daily-kernel/compute";
import fc from "fast-check";
import { DigitalNetB2, type DigitalNetB2Options } from "./digital-net-b2.ts";
import { MATRICES, QMCPY } from "./net/qmcpy-points.ts";

const KINDS = ["LMS_DS", "LMS", "DS", "NUS", "OWEN"] as const;

const numbers = (data: BigUint64Array) => Array.from(data, Number);

test("points, scrambled, shifted and interlaced, are QMCPy's to the last bit", () => {
  for (const [alpha, randomize, scrambleMatrices, digitalShifts, natural, gray] of QMCPY) {
    for (const [order, expected] of [
      ["natural", natural],
      ["gray", gray],
    ] as const) {
      const net = new DigitalNetB2({
        ...{ dimension: 2, alpha, randomize, order, bits: 8, generatingMatrices: MATRICES },
        ...(scrambleMatrices.length > 0 && { scrambleMatrices }),
        ...(digitalShifts.length > 0 && { digitalShifts }),
      });
      const { data, bits } = net.binary({ nMax: 8 });
      assert.deepEqual(numbers(data), expected, `${alpha} ${randomize} ${order}`);
      const doubles = Array.from(net.points({ nMax: 8 }).data);
      assert.deepEqual(
        doubles,
        expected.map((value) => value / 2 ** bits),
      );
    }
  }
});

test("matrices with the lowest bit first, as bigints, and one set a replication", () => {
  const reverse = (v: number) =>
    BigInt(`0b${[...v.toString(2).padStart(5, "0")].reverse().join("")}`);
  const lsb = MATRICES.map((columns) => BigUint64Array.from(columns, reverse));
  const expected = new DigitalNetB2({
    dimension: 3,
    randomize: "none",
    generatingMatrices: MATRICES,
  });
  const net = new DigitalNetB2({
    ...{ dimension: 3, randomize: "none", generatingMatrices: lsb, msb: false },
  });
  assert.deepEqual(net.points({ nMax: 32 }), expected.points({ nMax: 32 }));
  assert.equal(net.bits, 5);
  const two = new DigitalNetB2({
    ...{ dimension: 3, randomize: "none", replications: 2 },
    generatingMatrices: [MATRICES, [...MATRICES].reverse()],
  });
  const { data } = two.points({ nMax: 4 });
  assert.deepEqual([...data.slice(0, 12)], [...expected.points({ nMax: 4 }).data]);
  assert.equal(data[12 + 3], 0.5);
  assert.equal(data[12 + 8], 24 / 32); // component 2 of the reversed set, its column 1
});

test("the scrambled, interlaced matrices make the same net when given", () => {
  for (const order of ["natural", "gray"] as const) {
    const options = { dimension: 3, replications: 2, order } as const;
    const net = new DigitalNetB2({ ...options, randomize: "LMS", alpha: 2, seed: 8 });
    const { bits, columns } = net.matrices();
    const again = new DigitalNetB2({
      ...{ ...options, randomize: "none", generatingMatrices: columns, matrixBits: bits },
    });
    assert.deepEqual(again.points({ nMax: 512 }), net.points({ nMax: 512 }));
  }
  const nested = new DigitalNetB2({ dimension: 2, alpha: 3, randomize: "NUS" }).matrices();
  assert.deepEqual([nested.bits, nested.columns[0]!.length], [32, 6]);
  assert.equal(nested.columns[0]![5]![0], 2n ** 31n);
});

test("points stay where they are as more come, in any pieces", () => {
  for (const randomize of [...KINDS, "none"] as const) {
    for (const order of ["natural", "gray"] as const) {
      for (const alpha of [1, 2]) {
        const options = { dimension: 3, randomize, order, alpha, seed: 9 } as const;
        const whole = new DigitalNetB2(options).points({ nMax: 4096 }).data;
        const net = new DigitalNetB2(options);
        const pieces = [1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048].map(
          (n) => net.next(n).data,
        );
        assert.deepEqual(
          pieces.flatMap((piece) => [...piece]),
          [...whole],
          `${randomize} ${order}`,
        );
      }
    }
  }
});

test("random access gives any point alone, the last ones too", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...KINDS),
      fc.constantFrom("natural", "gray"),
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.integer({ min: 1, max: 20 }),
      (randomize, order, index, dimension) => {
        const net = new DigitalNetB2({ dimension, randomize, order, seed: 2 });
        const [point] = [net.points({ nMin: index, nMax: index + 1 }).data];
        const start = Math.floor(index / 1024) * 1024;
        const block = net.points({ nMin: start, nMax: start + 1024 }).data;
        const at = (index - start) * dimension;
        assert.deepEqual(point, block.slice(at, at + dimension));
      },
    ),
    { numRuns: 60 },
  );
});

test("100,000 indices, one by one, in Gray order and beyond 2^32", () => {
  const net = new DigitalNetB2({ dimension: 2, order: "gray", columns: 53, seed: 4 });
  const first = 2 ** 45 + 12345;
  const { data } = net.points({ nMin: first, nMax: first + 100_000 });
  const out = new Float64Array(2);
  let differing = 0;
  for (let i = 0; i < 100_000; i++) {
    net.points({ nMin: first + i, nMax: first + i + 1, out });
    if (out[0] !== data[2 * i] || out[1] !== data[2 * i + 1]) differing++;
  }
  assert.equal(differing, 0);
  const last = 2 ** 53 - 1;
  assert.equal(net.points({ nMin: last - 7, nMax: last }).n, 7);
});

test("doubles are the integers cut to 53 digits: never 1", () => {
  for (const bits of [1, 20, 52, 53, 54, 63, 64]) {
    const ones = new DigitalNetB2({
      ...{ dimension: 2, randomize: "DS", generatingMatrices: [[1], [1]], bits },
      digitalShifts: [2n ** BigInt(bits) - 1n, 0n],
    });
    const { data } = ones.points({ nMax: 2 });
    assert.equal(data[0], 1 - 2 ** -Math.min(bits, 53));
    assert.equal(data[2], 0.5 - (bits === 1 ? 0.5 : 2 ** -Math.min(bits, 53)));
    assert.equal(data[3], 0.5);
  }
  for (const dimension of [1, 2, 7, 40]) {
    for (const randomize of ["LMS_DS", "NUS"] as const) {
      const net = new DigitalNetB2({ dimension, bits: 64, randomize, seed: 6 });
      const { data, bits } = net.binary({ nMax: 2048 });
      const doubles = net.points({ nMax: 2048 }).data;
      for (let i = 0; i < data.length; i++) {
        assert.equal(doubles[i], Number(data[i]! >> BigInt(bits - 53)) / 2 ** 53);
      }
    }
  }
});

test("spawn gives independent nets of the same kind", () => {
  const make = () =>
    new DigitalNetB2({
      dimension: 3,
      randomize: "NUS",
      replications: 2,
      order: "gray",
      alpha: 2,
      seed: 1,
    });
  const [a, b] = make().spawn([3, 4]);
  assert.deepEqual(
    [a!.dimension, b!.dimension, b!.replications, b!.order, b!.alpha],
    [3, 4, 2, "gray", 2],
  );
  const parent = make();
  const again = [...parent.spawn([3]), ...parent.spawn([4])];
  const points = (net: DigitalNetB2) => net.points({ nMax: 16 }).data;
  assert.deepEqual(points(again[0]!), points(a!));
  assert.deepEqual(points(again[1]!), points(b!));
  assert.notDeepEqual(points(a!), points(make()));
  assert.notDeepEqual(points(parent.spawn([3])[0]!), points(a!));
});

test("a pool gives the same bits whatever its size", async () => {
  for (const randomize of ["LMS_DS", "NUS", "OWEN"] as const) {
    const net = new DigitalNetB2({
      dimension: 5,
      replications: 3,
      randomize,
      alpha: 2,
      order: "gray",
      seed: 1,
    });
    const range = { nMin: 7, nMax: 40_000 };
    const here = net.points(range);
    for (const threads of [1, 3]) {
      await using pool = await ThreadPool.create({ threads });
      const progress: number[] = [];
      const there = await net.points({
        ...range,
        pool,
        onProgress: (done, total) => progress.push(done / total),
      });
      assert.deepEqual(there, here);
      assert.equal(progress.at(-1), 1);
      const out = new Float64Array(new SharedArrayBuffer(8 * here.data.length));
      await net.points({ ...range, pool, out });
      assert.deepEqual(Float64Array.from(out), here.data);
      const signal = AbortSignal.abort(new Error("enough"));
      await assert.rejects(net.points({ ...range, pool, signal }), /enough/);
      await assert.rejects(net.points({ nMin: 3, nMax: 2, pool }), { code: "ERR_DOMAIN" });
    }
  }
});

test("blocks stream in memory that does not grow, over natural order too", async () => {
  const net = new DigitalNetB2({ dimension: 4, randomize: "NUS", seed: 3 });
  const whole = net.points({ nMax: 8192 }).data;
  let at = 0;
  let heap = 0;
  let last: ArrayBufferLike | undefined;
  for await (const { data } of net.blocks({ size: 256, reuse: true })) {
    assert.ok(at === 0 || data.buffer === last);
    last = data.buffer;
    if (at < whole.length) assert.deepEqual(data, whole.slice(at, at + data.length));
    at += data.length;
    if (at === 64 * 1024) heap = process.memoryUsage().heapUsed;
    if (at === 1024 * 1024) break;
  }
  assert.ok(process.memoryUsage().heapUsed - heap < 32 * 2 ** 20);
  const gray = new DigitalNetB2({ order: "gray" });
  const sizes: number[] = [];
  for await (const { n, data } of gray.blocks({ size: 8, nMax: 21, reuse: true })) {
    sizes.push(n, data.length);
  }
  assert.deepEqual(sizes, [8, 8, 8, 8, 5, 5]);
  await assert.rejects(net.blocks({ size: 8, nMax: 21 }).next(), { code: "ERR_DOMAIN" });
});

test("what cannot be is refused, with both numbers", () => {
  const make = (options: DigitalNetB2Options) => () => new DigitalNetB2(options);
  const code = (code: string, message: RegExp) => ({ code, message });
  assert.throws(make({ dimension: 21202 }), code("ERR_DOMAIN", /1\.\.21201, got 21202/));
  assert.throws(make({ dimension: 10601, alpha: 2 }), code("ERR_DOMAIN", /1\.\.10600, got 10601/));
  assert.throws(make({ dimension: Number.NaN }), code("ERR_DOMAIN", /NaN/));
  assert.throws(make({ dimension: [1, 1] }), code("ERR_DOMAIN", /twice/));
  assert.throws(make({ dimension: [21201] }), code("ERR_DOMAIN", /0\.\.21200, got 21201/));
  assert.throws(make({ bits: 65 }), code("ERR_DOMAIN", /1\.\.64, got 65/));
  assert.throws(make({ columns: 54 }), code("ERR_DOMAIN", /1\.\.53, got 54/));
  assert.throws(
    make({ randomize: "SHIFT" as "LMS" }),
    code("ERR_DOMAIN", /NUS, OWEN, none, got SHIFT/),
  );
  assert.throws(
    make({ randomize: "none", replications: 2 }),
    code("ERR_DOMAIN", /replications = 2/),
  );
  assert.throws(
    make({ generatingMatrices: MATRICES, dimension: 5 }),
    code("ERR_DOMAIN", /1\.\.4, got 5/),
  );
  assert.throws(
    make({ generatingMatrices: MATRICES, bits: 4 }),
    code("ERR_DOMAIN", /5 bits.*got 4/),
  );
  assert.throws(
    make({ generatingMatrices: [[1], [1, 2]] }),
    code("ERR_SHAPE", /as its siblings, 1, got 2/),
  );
  assert.throws(make({ generatingMatrices: [[-1]] }), code("ERR_DOMAIN", /got -1/));
  assert.throws(make({ generatingMatrices: [1] as never }), code("ERR_TYPE", /nested 2 or 3 deep/));
  assert.throws(make({ digitalShifts: [1, 2] }), code("ERR_SHAPE", /1 x 1.*got 1 x 2/));
  assert.throws(
    make({ digitalShifts: [2n ** 63n] }),
    code("ERR_DOMAIN", /at most 63 bits, got 64/),
  );
  assert.throws(make({ digitalShifts: [1], randomize: "NUS" }), code("ERR_TYPE", /NUS/));
  assert.throws(make({ scrambleMatrices: [[1]] }), code("ERR_SHAPE", /1 x 1 x 63.*got 1 x 1 x 1/));
  assert.throws(make(null as never), code("ERR_TYPE", /options/));

  const net = new DigitalNetB2();
  const range = (nMin: number, nMax: number) => () => net.points({ nMin, nMax });
  assert.throws(range(0, 3), code("ERR_DOMAIN", /nMin 0 and nMax 3/));
  assert.throws(range(3, 5), code("ERR_DOMAIN", /nMin 3 and nMax 5/));
  assert.throws(
    () => net.points({ nMax: 2 ** 33 }),
    code("ERR_DOMAIN", /2\^32 = 4294967296, got 8589934592/),
  );
  assert.throws(() => net.binary({ nMax: -1 }), code("ERR_DOMAIN", /got -1/));
  assert.equal(net.points({ nMin: 4, nMax: 4 }).data.length, 0);
  assert.equal(net.points({ nMin: 8, nMax: 64 }).n, 56);
  assert.equal(net.points({ nMin: 24, nMax: 32 }).n, 8);
  assert.equal(new DigitalNetB2({ order: "gray" }).points({ nMin: 3, nMax: 10 }).n, 7);
});

test("only natural order and linear randomisations let a Gram matrix be fast", () => {
  const structure = (options: DigitalNetB2Options) => new DigitalNetB2(options).structure;
  assert.equal(structure({}), "net");
  assert.equal(structure({ randomize: "none", alpha: 3 }), "net");
  assert.equal(structure({ order: "gray" }), "other");
  assert.equal(structure({ randomize: "NUS" }), "other");
  assert.equal(structure({ randomize: "OWEN" }), "other");
});
