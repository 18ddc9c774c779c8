import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import type { Task } from "../../task/task.ts";
import { plainTasks } from "./index.ts";

const task = (id: string): Task => plainTasks.find((each) => each.id === id)!;

/** Straightforward kernels in single precision, as somebody would write them. */
const float32: Record<string, (inputs: Float32Array[], dims: readonly number[]) => Float32Array> = {
  relu: ([x]) => x!.map((v) => (v > 0 ? v : 0)),
  softmax: ([x], [rows, cols]) => {
    const y = new Float32Array(x!.length);
    for (let r = 0; r < rows!; r++) {
      const line = x!.subarray(r * cols!, (r + 1) * cols!);
      const max = line.reduce((a, b) => Math.max(a, b));
      const e = line.map((v) => Math.fround(Math.exp(Math.fround(v - max))));
      const sum = e.reduce((a, b) => Math.fround(a + b));
      y.set(
        e.map((v) => v / sum),
        r * cols!,
      );
    }
    return y;
  },
  matmul: ([a, b], [M, N, K]) => {
    const y = new Float32Array(M! * N!);
    for (let m = 0; m < M!; m++)
      for (let n = 0; n < N!; n++)
        for (let k = 0; k < K!; k++)
          y[m * N! + n]! += Math.fround(a![m * K! + k]! * b![k * N! + n]!);
    return y;
  },
  rowmean: ([x], [rows, cols]) =>
    Float32Array.from({ length: rows! }, (_, r) => {
      const line = x!.subarray(r * cols!, (r + 1) * cols!);
      return line.reduce((a, b) => Math.fround(a + b)) / cols!;
    }),
  frobnorm: ([x]) =>
    Float32Array.of(Math.sqrt(x!.reduce((sum, v) => Math.fround(sum + Math.fround(v * v)), 0))),
};

/** The largest error in units of the bound; Infinity where something must be exact and is not. */
function worst(id: string, kernel: (typeof float32)[string], seed: number): number {
  const { draw, drawDims, families, reference, shapes } = task(id);
  let most = 0;
  const rng = new Rng(seed);
  for (const dims of [...shapes, drawDims!(rng), drawDims!(rng)]) {
    for (const family of families) {
      const inputs = draw(dims, family, rng);
      const y = kernel(
        inputs.map(({ data }) => data as Float32Array),
        dims,
      );
      const { value, bound } = reference(inputs, dims)[0]!;
      y.forEach((v, i) => {
        const error = Math.abs(v - value[i]!);
        if (!(error <= bound[i]!)) most = Math.max(most, error / bound[i]! || Infinity);
        else if (error > 0) most = Math.max(most, error / bound[i]!);
      });
    }
  }
  return most;
}

for (const { id } of plainTasks) {
  test(`${id}: a plain float32 kernel stays well within the bound, half precision does not`, () => {
    const honest = float32[id]!;
    for (const seed of [1, 2, 3]) {
      assert.ok(worst(id, honest, seed) < 0.7, `seed ${seed}: ${worst(id, honest, seed)}`);
      const half = worst(id, (x, dims) => honest(x, dims).map((v) => Math.f16round(v)), seed);
      assert.ok(half > 1, `half precision, seed ${seed}: ${half}`);
    }
  });

  test(`${id}: zeros and the answer for other inputs are out of bounds`, () => {
    assert.ok(worst(id, (x, dims) => float32[id]!(x, dims).fill(0), 4) > 1);
    const before = (x: Float32Array[], dims: readonly number[]) =>
      float32[id]!(
        x.map((v) => v.map((each) => 1.01 * each)),
        dims,
      );
    assert.ok(worst(id, before, 4) > 1);
  });
}

test("drawing and scaling are determined by their arguments", () => {
  for (const { draw, drawDims, families, inputs, outputs, scaled, bytes } of plainTasks) {
    const dims = drawDims!(new Rng(9));
    assert.deepEqual(drawDims!(new Rng(9)), dims);
    assert.deepEqual(draw(dims, families[0]!, new Rng(1)), draw(dims, families[0]!, new Rng(1)));
    const small = scaled(1000);
    const sizes = [...inputs(small), ...outputs(small)].map(({ shape }) =>
      shape.reduce((a, b) => a * b, 1),
    );
    assert.ok(sizes.slice(0, -1).reduce((a, b) => a + b) <= 1000);
    assert.equal(bytes(small), 4 * sizes.reduce((a, b) => a + b));
  }
});
