import assert from "node:assert/strict";
import { test } from "node:test";
import { Rng } from "@daily-kernel/compute";
import type { Dims, Task } from "../../task/task.ts";
import type { KernelTensor } from "../../task/tensor.ts";
import { conjugateGradient } from "./conjugate-gradient.ts";
import { hpcTasks } from "./hpc-tasks.ts";

const f = Math.fround;
type Kernel = (inputs: readonly KernelTensor[], dims: Dims) => Float32Array<ArrayBuffer>;

/** Plain float32 kernels as a candidate would write them. */
const kernels: Record<keyof typeof hpcTasks, Kernel> = {
  axpy: ([a, x, y]) =>
    Float32Array.from(x!.data, (value, i) => f(f(a!.data[0]! * value) + y!.data[i]!)),
  gemv: ([A, x], [M = 0, N = 0]) =>
    Float32Array.from({ length: M }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < N; j++) sum = f(sum + f(A!.data[i * N + j]! * x!.data[j]!));
      return sum;
    }),
  gemm: ([A, B], [M = 0, N = 0, K = 0]) =>
    Float32Array.from({ length: M * N }, (_, at) => {
      const [i, j] = [Math.floor(at / N), at % N];
      let sum = 0;
      for (let k = 0; k < K; k++) sum = f(sum + f(A!.data[i * K + k]! * B!.data[k * N + j]!));
      return sum;
    }),
  spmv: ([ptr, idx, values, x], [rows = 0]) =>
    Float32Array.from({ length: rows }, (_, i) => product(ptr!, idx!, values!, x!.data, i)),
  jacobi3d([u], [nx = 0, ny = 0, nz = 0]) {
    let from = Float32Array.from(u!.data);
    for (let s = 0; s < 3; s++) {
      const to = from.slice();
      for (let i = 1; i < nx - 1; i++) {
        for (let j = 1; j < ny - 1; j++) {
          for (let k = 1; k < nz - 1; k++) {
            const at = (i * ny + j) * nz + k;
            let sum = 0;
            for (const step of [ny * nz, nz, 1]) {
              sum = f(sum + f(from[at - step]! + from[at + step]!));
            }
            to[at] = f(sum * f(1 / 6));
          }
        }
      }
      from = to;
    }
    return from;
  },
  cg: (inputs, [n = 0]) => floatCg(inputs, n, inputs[4]!.data[0]!),
};

function product(
  ptr: KernelTensor,
  idx: KernelTensor,
  values: KernelTensor,
  x: ArrayLike<number>,
  i: number,
): number {
  let sum = 0;
  for (let k = ptr.data[i]!; k < ptr.data[i + 1]!; k++) {
    sum = f(sum + f(values.data[k]! * x[idx.data[k]!]!));
  }
  return sum;
}

function floatCg(inputs: readonly KernelTensor[], n: number, tolerance: number) {
  const [ptr, idx, values, b] = inputs;
  const dot = (u: Float32Array, v: Float32Array) => u.reduce((s, x, i) => f(s + f(x * v[i]!)), 0);
  const x = new Float32Array(n);
  const r = Float32Array.from(b!.data);
  const p = r.slice();
  let rr = dot(r, r);
  const stop = tolerance * tolerance * rr;
  for (let it = 0; it < 20 * n && rr > stop; it++) {
    const q = Float32Array.from({ length: n }, (_, i) => product(ptr!, idx!, values!, p, i));
    const alpha = f(rr / dot(p, q));
    for (let i = 0; i < n; i++) {
      x[i] = f(x[i]! + f(alpha * p[i]!));
      r[i] = f(r[i]! - f(alpha * q[i]!));
    }
    const next = dot(r, r);
    for (let i = 0; i < n; i++) p[i] = f(r[i]! + f(f(next / rr) * p[i]!));
    rr = next;
  }
  return x;
}

/** The largest error in units of its bound, the property included. */
function worst(task: Task, kernel: Kernel, dims: Dims, seed: number): number {
  let most = 0;
  for (const family of task.families) {
    const inputs = task.draw(dims, family, new Rng(seed).spawn(family));
    assert.deepEqual(
      inputs.map(({ shape, dtype }) => ({ shape, dtype })),
      task.inputs(dims).map(({ shape, dtype }) => ({ shape, dtype })),
    );
    const data = kernel(inputs, dims);
    const [expected] = task.reference(inputs, dims);
    assert.deepEqual(expected!.shape, task.outputs(dims)[0]!.shape);
    for (const [i, value] of expected!.value.entries()) {
      const off = Math.abs(data[i]! - value);
      if (off > 0) most = Math.max(most, off / expected!.bound[i]!);
    }
    const output = { dtype: "float32", shape: expected!.shape, data } as const;
    most = Math.max(most, task.property?.(inputs, [output], dims).error ?? 0);
  }
  return most;
}

for (const [name, task] of Object.entries(hpcTasks)) {
  const kernel = kernels[name as keyof typeof hpcTasks];
  test(`${name}: a plain float32 kernel is within its bounds on every shape and family`, () => {
    for (const dims of task.shapes) {
      for (const seed of [1, 2, 3]) {
        const error = worst(task, kernel, dims, seed);
        assert.ok(error <= 0.9, `${dims}: ${error}`);
      }
    }
  });

  test(`${name}: an error of a few parts in ten thousand is not`, () => {
    const coarse: Kernel = (inputs, dims) => kernel(inputs, dims).map((value) => value * 1.0003);
    assert.ok(worst(task, coarse, task.shapes.at(-1)!, 4) > 1 || name === "cg");
    const zero: Kernel = (inputs, dims) => kernel(inputs, dims).fill(0);
    assert.ok(worst(task, zero, task.shapes.at(-1)!, 4) > 1);
  });

  test(`${name}: sizes that are drawn in secret are sizes`, () => {
    for (let seed = 0; seed < 30; seed++) {
      const dims = task.drawDims!(new Rng(seed));
      assert.ok(
        dims.every((size) => Number.isInteger(size) && size >= 1),
        `${dims}`,
      );
      assert.ok(worst(task, kernel, dims, seed) <= 0.9, `${dims}`);
    }
  });

  test(`${name}: scaled sizes keep to their limit`, () => {
    for (const most of [100, 10_000, 1_000_000]) {
      const dims = task.scaled(most);
      const elements = task
        .inputs(dims)
        .reduce((sum, { shape }) => sum + shape.reduce((p, size) => p * size, 1), 0);
      assert.ok(elements <= most && elements > most / 8, `${name} ${dims}: ${elements} of ${most}`);
      assert.ok(task.flops(dims) > 0 && task.bytes(dims) >= 4 * elements);
    }
  });
}

test("cg: the iterations that count as work are fewer than any draw takes", () => {
  const dims = hpcTasks.cg.shapes.at(-1)!;
  const [n = 0, nnz = 0] = dims;
  const counted = hpcTasks.cg.flops(dims) / (2 * nnz + 10 * n);
  for (let seed = 0; seed < 40; seed++) {
    const [rowPtr, colIdx, values, b, tolerance] = hpcTasks.cg.draw(dims, "normal", new Rng(seed));
    const a = {
      rows: n,
      cols: n,
      rowPtr: rowPtr!.data as Int32Array<ArrayBuffer>,
      colIdx: colIdx!.data as Int32Array<ArrayBuffer>,
      values: Float64Array.from(values!.data),
    };
    const { iterations } = conjugateGradient(a, Float64Array.from(b!.data), {
      tolerance: tolerance!.data[0]!,
    });
    assert.ok(iterations >= counted, `${iterations}`);
  }
});

test("cg: stopping ten times too early is found by the residual", () => {
  const early: Kernel = (inputs, [n = 0]) => floatCg(inputs, n, 10 * inputs[4]!.data[0]!);
  assert.ok(worst(hpcTasks.cg, early, hpcTasks.cg.shapes.at(-1)!, 7) > 1);
});

test("axpy: alpha = 0 takes no shortcut", () => {
  const inputs = [[0], [Number.NaN, 1], [5, 6]].map(
    (data): KernelTensor => ({
      dtype: "float32",
      shape: [data.length],
      data: Float32Array.from(data),
    }),
  );
  assert.deepEqual([...hpcTasks.axpy.reference(inputs, [2])[0]!.value], [Number.NaN, 6]);
  const none = hpcTasks.axpy.reference(
    inputs.map((t) => ({ ...t, data: t.data.slice(0, 1) })),
    [0],
  );
  assert.equal(none[0]!.value.length, 0);
});

test("cg: b = 0 is solved by x = 0 and by nothing else", () => {
  const dims = hpcTasks.cg.shapes[2]!;
  const [rowPtr, colIdx, values, b, tolerance] = hpcTasks.cg.draw(dims, "normal", new Rng(1));
  const zero = { ...b!, data: new Float32Array(dims[0]!) };
  const inputs = [rowPtr!, colIdx!, values!, zero, tolerance!];
  assert.deepEqual([...hpcTasks.cg.reference(inputs, dims)[0]!.value], Array(dims[0]).fill(0));
  assert.equal(hpcTasks.cg.property!(inputs, [zero], dims).error, 0);
  const one = { ...zero, data: new Float32Array(dims[0]!).fill(1e-20) };
  assert.equal(hpcTasks.cg.property!(inputs, [one], dims).error, Infinity);
});

test("jacobi3d: a sweep in place is something else", () => {
  const inPlace: Kernel = ([u], [nx = 0, ny = 0, nz = 0]) => {
    const v = Float32Array.from(u!.data);
    for (let s = 0; s < 3; s++) {
      for (let i = 1; i < nx - 1; i++) {
        for (let j = 1; j < ny - 1; j++) {
          for (let k = 1; k < nz - 1; k++) {
            const at = (i * ny + j) * nz + k;
            let sum = 0;
            for (const step of [ny * nz, nz, 1]) sum += v[at - step]! + v[at + step]!;
            v[at] = sum / 6;
          }
        }
      }
    }
    return v;
  };
  assert.ok(worst(hpcTasks.jacobi3d, inPlace, [7, 5, 11], 1) > 100);
});
