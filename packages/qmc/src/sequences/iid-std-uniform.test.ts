import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import { DummySampler } from "./dummy-sampler.ts";
import { IIDStdUniform } from "./iid-std-uniform.ts";

test("coordinate i of a component is number i of its stream", () => {
  const { data } = new IIDStdUniform({ dimension: 3, replications: 2, seed: 5 }).points({
    nMin: 3,
    nMax: 5000,
  });
  for (const [r, j] of [
    [0, 0],
    [0, 2],
    [1, 1],
  ] as const) {
    const rng = new Rng(5).spawn("replication").spawn(r).spawn(j);
    for (let i = 0; i < 5000; i++) {
      const x = rng.uniform();
      if (i >= 3) assert.equal(data[(r * 4997 + i - 3) * 3 + j], x);
    }
  }
});

test("random access, components, replications, children", () => {
  const sequence = new IIDStdUniform({ dimension: 5, replications: 3 });
  const all = sequence.points({ nMax: 100 }).data;
  const one = sequence.points({ nMin: 77, nMax: 78 }).data;
  for (let r = 0; r < 3; r++) {
    const at = (100 * r + 77) * 5;
    assert.deepEqual(one.subarray(5 * r, 5 * r + 5), all.subarray(at, at + 5));
  }
  assert.equal(new Set(all).size, 1500);
  const picked = new IIDStdUniform({ dimension: [4] }).points({ nMax: 2 }).data;
  assert.deepEqual([...picked], [all[4], all[9]]);
  const far = sequence.points({ nMin: 2 ** 45, nMax: 2 ** 45 + 1 }).data;
  assert.equal(new Set(far).size, 15);
  const [a, b] = sequence.spawn([5, 5]);
  assert.notDeepEqual(a!.points({ nMax: 1 }), b!.points({ nMax: 1 }));
  assert.equal(a!.replications, 3);
});

test("bad input", () => {
  assert.throws(() => new IIDStdUniform({ seed: -1 }), /seed .*got -1/);
  assert.throws(() => new IIDStdUniform({ dimension: 1.5 }), /dimension .*got 1.5/);
  assert.throws(() => new IIDStdUniform().points({ nMax: 2 ** 52 }), /at most \d+, got \d+/);
  assert.throws(() => new IIDStdUniform().spawn([0]), /dimensions\[0\] .*got 0/);
});

test("a dummy has a dimension and no points", () => {
  const dummy = new DummySampler({ dimension: 4, replications: 2 });
  assert.deepEqual([dummy.dimension, dummy.replications], [4, 2]);
  assert.throws(() => dummy.points({ nMax: 4 }), { code: "ERR_UNSUPPORTED" });
  assert.throws(() => dummy.next(1), { code: "ERR_UNSUPPORTED" });
  assert.deepEqual(
    dummy.spawn([1, 7]).map((child) => child.dimension),
    [1, 7],
  );
});
