import assert from "node:assert/strict";
import { test } from "node:test";
import { normal, TestSequence } from "./fixture.ts";
import { AcceptanceRejection, AcceptanceRejectionReal } from "./index.ts";

const wedge = { density: ([x]: Float64Array) => 2 * x!, upperBound: 2, densityIntegral: 1 };

test("accepted points follow the density, whatever was asked for before", () => {
  const make = () => new AcceptanceRejection(new TestSequence(2, { replications: 2 }), wedge);
  const n = 4096;
  const all = make().points({ nMax: n });
  assert.deepEqual([all.replications, all.n, all.dimension], [2, n, 1]);
  const column = all.data.slice(0, n).sort();
  // the distribution function is x^2
  const distance = column.map((x, i) => Math.abs(x * x - i / n)).reduce((a, b) => Math.max(a, b));
  assert.ok(distance < 0.02, `Kolmogorov distance ${distance}`);
  const part = make().points({ nMin: 100, nMax: 110 });
  assert.deepEqual(part.data.slice(0, 10), all.data.slice(100, 110));
  assert.deepEqual(part.data.slice(10), all.data.slice(n + 100, n + 110));
  const measure = make();
  measure.points({ nMax: 7 });
  assert.deepEqual(measure.points({ nMin: 100, nMax: 110 }).data, part.data);
  assert.equal(measure.dimension, 1);
  assert.equal(measure.acceptanceRate, 0.5);
  assert.deepEqual([...measure.weight(Float64Array.of(0.25, 2), 2)], [0.5, 0]);
  assert.equal(measure.spawn([2])[0]!.points({ nMax: 4 }).n, 4);
});

test("a density that throws on the way leaves nothing half done", () => {
  let calls = 0;
  const density = ([x]: Float64Array) => {
    if (++calls === 20) throw new Error("once");
    return 2 * x!;
  };
  const measure = new AcceptanceRejection(new TestSequence(2), { ...wedge, density });
  assert.throws(() => measure.points({ nMax: 16 }), { message: "once" });
  const whole = new AcceptanceRejection(new TestSequence(2), wedge).points({ nMax: 16 });
  assert.deepEqual(measure.points({ nMax: 16 }).data, whole.data);
});

test("on the line, candidates come from the proposal", () => {
  const density = ([x]: Float64Array) => Math.exp(-Math.abs(x! - 1)) * 0.5;
  const proposal = {
    quantile: (p: number) => 1 + 2 * normal.quantile(p),
    pdf: (x: number) => normal.pdf!((x - 1) / 2) / 2,
  };
  // a normal tail does not bound an exponential one
  const broken = new AcceptanceRejectionReal(new TestSequence(2), {
    density,
    proposal,
    upperBound: 1.2,
    densityIntegral: 1,
  });
  assert.throws(() => broken.points({ nMax: 2000 }), {
    code: "ERR_DOMAIN",
    message: /density must/,
  });
  const measure = new AcceptanceRejectionReal(new TestSequence(2), {
    density: ([x]) => 3 * normal.pdf!(x!),
    proposal: { quantile: (p) => 2 * normal.quantile(p) },
    envelope: ([x]) => normal.pdf!(x! / 2) / 2,
    upperBound: 6,
    densityIntegral: 3,
  });
  const n = 2048;
  const { data } = measure.points({ nMax: n });
  const column = data.slice().sort();
  const off = column
    .map((x, i) => Math.abs(normal.cdf!(x) - i / n))
    .reduce((a, b) => Math.max(a, b));
  assert.ok(off < 0.02, `Kolmogorov distance ${off}`);
  assert.deepEqual(measure.weight(Float64Array.of(0.5), 1), Float64Array.of(normal.pdf!(0.5)));
});

test("what cannot be had is said", () => {
  const bad = (run: () => unknown, code: string, message: RegExp) =>
    assert.throws(run, (error: Error & { code: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, message);
      return true;
    });
  const measure = new AcceptanceRejection(new TestSequence(2), wedge);
  bad(() => measure.transform(), "ERR_UNSUPPORTED", /use points/);
  bad(() => measure.weighted(), "ERR_UNSUPPORTED", /use points/);
  bad(() => measure.points({ nMin: 3, nMax: 2 }), "ERR_DOMAIN", /nMin 3 and nMax 2/);
  const make = (options: object, d = 2) =>
    new AcceptanceRejection(new TestSequence(d), { ...wedge, ...options });
  bad(() => make({}, 1), "ERR_SHAPE", /at least 2 dimensions/);
  bad(() => make({ upperBound: 0 }), "ERR_DOMAIN", /upperBound .* got 0/);
  bad(
    () => make({ densityIntegral: 3 }),
    "ERR_DOMAIN",
    /densityIntegral .* at most upperBound, 2, got 3/,
  );
  bad(() => make({ density: 1 }), "ERR_TYPE", /density must be a function/);
  bad(() => make({ maxRetries: 0.5 }), "ERR_DOMAIN", /maxRetries must be a whole number/);
  const low = make({ upperBound: 1 });
  bad(() => low.points({ nMax: 100 }), "ERR_DOMAIN", /density must lie in \[0, 1\]/);
  const rare = make({ density: ([x]: Float64Array) => (x! < 1e-4 ? 1 : 0), maxRetries: 1 });
  bad(() => rare.points({ nMax: 100 }), "ERR_NUMERIC", /only \d+ were accepted, not 100/);
});
