import type { Dims, Task } from "../../task/task.ts";
import { SMALLEST_NORMAL, sumBound, U } from "./bounds.ts";
import { plainTask } from "./plain-task.ts";

/** `dims[axis]`, which every task checks by the number of its names. */
const at = (dims: Dims, axis: number) => dims[axis] ?? 1;

const vector = (dims: Dims) => [at(dims, 0)];
const table = (dims: Dims) => [at(dims, 0), at(dims, 1)];

/** Own exponentials give up a little before the smallest number. */
const EXP_UNDERFLOW = 1e-37;

const relu = plainTask({
  id: "relu",
  title: "y[i] = max(x[i], 0), exact; either zero for zero, numbers below 2^-126 may become zero",
  dimNames: ["n"],
  published: [1 << 24],
  shapes: [[1], [7], [64], [257], [1000], [4099], [65537]],
  largest: [20000],
  extremes: { large: 1e30, small: 1e-40 },
  inputs: { x: vector },
  output: vector,
  compute([x], _dims, { value, bound }) {
    x?.forEach((v, i) => {
      value[i] = Math.max(v, 0);
      bound[i] = v > 0 && v < SMALLEST_NORMAL ? v : 0;
    });
  },
  flops: ([n]) => n ?? 1,
});

const softmax = plainTask({
  id: "softmax",
  title: "y[r, c] = exp(x[r, c]) / sum over c' of exp(x[r, c'])",
  dimNames: ["rows", "cols"],
  published: [4096, 4096],
  shapes: [
    [1, 1],
    [3, 1],
    [1, 7],
    [5, 13],
    [17, 64],
    [8, 257],
    [31, 129],
    [4, 1000],
    [2, 4099],
  ],
  largest: [60, 1500],
  extremes: { large: 1e3, small: 1e-30 },
  inputs: { x: table },
  output: table,
  // WGSL promises its exp to 3 + 2|x| units in the last place only.
  boundFactor: { wgsl: 4 },
  compute([x = new Float32Array()], dims, { value, bound }) {
    const rows = at(dims, 0);
    const cols = at(dims, 1);
    for (let row = 0; row < rows; row++) {
      const line = x.subarray(row * cols, (row + 1) * cols);
      const max = line.reduce((a, b) => Math.max(a, b), -Infinity);
      let sum = 0;
      for (const v of line) sum += Math.exp(v - max);
      line.forEach((v, col) => {
        const i = row * cols + col;
        const p = Math.exp(v - max) / sum;
        value[i] = p;
        const adding = Math.max(2 * Math.sqrt(cols), cols / 3);
        bound[i] = (16 + 2 * (max - v) + adding) * U * p + EXP_UNDERFLOW;
      });
    }
  },
  flops: (dims) => 5 * at(dims, 0) * at(dims, 1),
});

const matmul = plainTask({
  id: "matmul",
  title: "c[m, n] = sum over k of a[m, k] b[k, n]; all row-major",
  dimNames: ["M", "N", "K"],
  published: [4096, 4096, 4096],
  shapes: [
    [1, 1, 1],
    [1, 1, 7],
    [7, 5, 3],
    [16, 16, 16],
    [13, 17, 1],
    [1, 64, 257],
    [61, 1, 31],
    [33, 65, 129],
    [97, 101, 103],
    [128, 128, 128],
  ],
  largest: [120, 120, 300],
  extremes: { large: 1e3, small: 1e-30 },
  inputs: {
    a: (dims) => [at(dims, 0), at(dims, 2)],
    b: (dims) => [at(dims, 2), at(dims, 1)],
  },
  output: table,
  compute([a = new Float32Array(), b = new Float32Array()], dims, { value, bound }) {
    const [M, N, K] = [at(dims, 0), at(dims, 1), at(dims, 2)];
    for (let m = 0; m < M; m++) {
      for (let k = 0; k < K; k++) {
        const left = a[m * K + k] ?? 0;
        for (let n = 0; n < N; n++) {
          const product = left * (b[k * N + n] ?? 0);
          value[m * N + n]! += product;
          bound[m * N + n]! += Math.abs(product);
        }
      }
    }
    bound.forEach((magnitudes, i) => {
      bound[i] = sumBound(K, magnitudes);
    });
  },
  flops: (dims) => 2 * at(dims, 0) * at(dims, 1) * at(dims, 2),
});

const rowmean = plainTask({
  id: "rowmean",
  title: "y[r] = mean over c of x[r, c]",
  dimNames: ["rows", "cols"],
  published: [4096, 4096],
  shapes: [
    [1, 1],
    [5, 1],
    [1, 7],
    [13, 31],
    [64, 64],
    [129, 65],
    [7, 1009],
    [3, 4099],
  ],
  largest: [80, 3000],
  extremes: { large: 1e3, small: 1e-30 },
  inputs: { x: table },
  output: vector,
  compute([x], dims, { value, bound }) {
    const cols = at(dims, 1);
    value.forEach((_, row) => {
      let sum = 0;
      let magnitudes = 0;
      for (const v of x?.subarray(row * cols, (row + 1) * cols) ?? []) {
        sum += v;
        magnitudes += Math.abs(v);
      }
      value[row] = sum / cols;
      bound[row] = sumBound(cols, magnitudes) / cols + SMALLEST_NORMAL;
    });
  },
  flops: (dims) => at(dims, 0) * (at(dims, 1) + 1),
});

/** The layer that KernelBench calls by this name. */
const dividedByNorm = plainTask({
  id: "frobnorm",
  title: "y[i] = x[i] / sqrt(sum over j of x[j]^2), as many numbers as x",
  dimNames: ["n"],
  published: [1 << 24],
  shapes: [[1], [2], [7], [64], [257], [1000], [4099], [20011]],
  largest: [15000],
  extremes: { large: 1e3, small: 1e-15 },
  nonzero: true,
  inputs: { x: vector },
  output: vector,
  compute([x = new Float32Array()], dims, { value, bound }) {
    const squares = x.reduce((sum, v) => sum + v * v, 0);
    const relative = sumBound(at(dims, 0), squares) / (2 * squares) + 6 * U;
    x.forEach((v, i) => {
      value[i] = v / Math.sqrt(squares);
      bound[i] = relative * Math.abs(value[i]!) + (v === 0 ? 0 : SMALLEST_NORMAL);
    });
  },
  flops: (dims) => 3 * at(dims, 0) + 1,
});

const frobnorm = plainTask({
  id: "frobnorm",
  title: "y = sqrt(sum over i of x[i]^2), one number; or x divided by it, n numbers",
  otherReading: dividedByNorm,
  dimNames: ["n"],
  published: [1 << 24],
  shapes: [[1], [2], [7], [64], [257], [1000], [4099], [20011]],
  largest: [15000],
  // Squares stay normal numbers: nobody must scale first.
  extremes: { large: 1e3, small: 1e-15 },
  inputs: { x: vector },
  output: () => [1],
  compute([x], dims, { value, bound }) {
    let squares = 0;
    for (const v of x ?? []) squares += v * v;
    const norm = Math.sqrt(squares);
    value[0] = norm;
    // Half the relative error of the sum, and the root's own; 0 only where every x is.
    bound[0] = norm === 0 ? 0 : sumBound(at(dims, 0), squares) / (2 * norm) + 4 * U * norm;
  },
  flops: (dims) => 2 * at(dims, 0) + 1,
});

/** The five tasks that a kernel may be verified against without knowing the suite. */
export const plainTasks: readonly Task[] = [relu, softmax, matmul, rowmean, frobnorm];
