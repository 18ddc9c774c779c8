import { sizeOf } from "@daily-kernel/nn/reference";
import { data, drawn, mask } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";

const tables = [
  [1, 1],
  [1, 13],
  [5, 1],
  [7, 129],
  [33, 65],
] as const;

const images = [
  [1, 1, 1, 1],
  [2, 3, 5, 7],
  [1, 13, 4, 9],
  [3, 5, 11, 16],
] as const;

const table = (d: { rows: number; width: number }) => [d.rows, d.width];
const nearZero = (x: number) => (Math.abs(x) < 2 ** -10 ? 0.5 : x);

/** Two or three arrays of different shapes, element by element. */
export const broadcastTasks = [
  defineTask({
    id: "broadcast/add_bias_broadcast",
    title: "y = x + bias, for one number `bias` (an array without axes)",
    dims: { rows: 4, width: 2048 },
    shapes: tables,
    // biome-ignore lint/suspicious/noApproximativeNumericConstant: the number that was published
    inputs: (d) => ({ x: data(table(d)), bias: data([], { initial: 3.1415 }) }),
    outputs: (d) => ({ y: table(d) }),
    reference: (ops, [x, bias]) => ops.add(x, bias),
    flops: (d) => sizeOf(table(d)),
  }),
  defineTask({
    id: "broadcast/add_bias_four_dim_broadcast",
    title: "y[n, c, h, w] = x[n, c, h, w] + bias[c]",
    dims: { batch: 8, channels: 512, height: 32, width: 32 },
    shapes: images,
    inputs: (d) => ({
      x: data([d.batch, d.channels, d.height, d.width]),
      bias: data([d.channels]),
    }),
    outputs: (d) => ({ y: [d.batch, d.channels, d.height, d.width] }),
    reference: (ops, [x, bias]) => ops.add(x, ops.reshape(bias, [-1, 1, 1])),
    flops: (d) => d.batch * d.channels * d.height * d.width,
  }),
  defineTask({
    id: "broadcast/clamp_broadcast",
    title: "y[r, c] = min(max(x[r, c], low[c]), high[c]), exact; high wins where they cross",
    dims: { rows: 256, width: 2048 },
    shapes: tables,
    inputs: (d) => ({
      x: data(table(d), { map: (v) => 5 * v }),
      low: data([d.width], { initial: -2 }),
      high: data([d.width], { initial: 2 }),
    }),
    outputs: (d) => ({ y: table(d) }),
    reference: (ops, [x, low, high]) => ops.minimum(ops.maximum(x, low), high),
    flops: (d) => 2 * sizeOf(table(d)),
  }),
  defineTask({
    id: "broadcast/division_broadcast",
    title: "y[n, c, h, w] = x[n, c, h, w] / scale[c, 0, 0]",
    dims: { batch: 8, channels: 3, height: 32, width: 128 },
    shapes: images,
    inputs: (d) => ({
      x: data([d.batch, d.channels, d.height, d.width]),
      scale: data([d.channels, 1, 1], { map: nearZero }),
    }),
    outputs: (d) => ({ y: [d.batch, d.channels, d.height, d.width] }),
    reference: (ops, [x, scale]) => ops.div(x, scale),
    flops: (d) => d.batch * d.channels * d.height * d.width,
  }),
  defineTask({
    id: "broadcast/elmentwise_mul_broadcast",
    title: "y[i, j, k] = a[i, 0, k] b[0, j, k]",
    dims: { first: 4, second: 4, width: 2048 },
    shapes: [
      [1, 1, 1],
      [3, 5, 7],
      [1, 4, 65],
      [8, 2, 129],
    ],
    inputs: (d) => ({ a: data([d.first, 1, d.width]), b: data([1, d.second, d.width]) }),
    outputs: (d) => ({ y: [d.first, d.second, d.width] }),
    reference: (ops, [a, b]) => ops.mul(a, b),
    flops: (d) => d.first * d.second * d.width,
  }),
  defineTask({
    id: "broadcast/logic_and_broadcast",
    title: "y[n, r, c] = a[n, r, c] and b[0, r, 0]; bytes of 0 and 1, exact",
    dims: { batch: 128, rows: 512, width: 1024 },
    shapes: [
      [1, 1, 1],
      [2, 3, 5],
      [3, 17, 33],
      [1, 64, 65],
    ],
    families: ["uniform"],
    inputs: (d) => ({ a: mask([d.batch, d.rows, d.width]), b: mask([1, d.rows, 1]) }),
    outputs: (d) => ({ y: { shape: [d.batch, d.rows, d.width], dtype: "bool" } }),
    reference: (ops, [a, b]) => ops.logicalAnd(a, b),
    flops: (d) => d.batch * d.rows * d.width,
  }),
  defineTask({
    id: "broadcast/max_broadcast",
    title: "y[i, j, k] = max(a[i, 0, k], b[0, j, 0]), exact",
    dims: { first: 16, second: 256, width: 1024 },
    shapes: [
      [1, 1, 1],
      [3, 5, 7],
      [1, 4, 65],
      [8, 2, 129],
    ],
    inputs: (d) => ({ a: data([d.first, 1, d.width]), b: data([1, d.second, 1]) }),
    outputs: (d) => ({ y: [d.first, d.second, d.width] }),
    reference: (ops, [a, b]) => ops.maximum(a, b),
    flops: (d) => d.first * d.second * d.width,
  }),
  defineTask({
    id: "broadcast/power_broadcast",
    title: "y[r, c] = x[r, c] ^ exponent[c], for x > 0",
    dims: { rows: 4, width: 2048 },
    shapes: tables,
    inputs: (d) => ({
      x: data(table(d), { map: (v) => Math.abs(v) + 1e-2 }),
      exponent: drawn([d.width], (family, rng, [n = 1]) =>
        Float32Array.from({ length: n }, () =>
          family === "uniform" ? 0.5 : 2.5 * rng.uniform() - 0.5,
        ),
      ),
    }),
    outputs: (d) => ({ y: table(d) }),
    reference: (ops, [x, exponent]) => ops.pow(x, exponent),
    flops: (d) => sizeOf(table(d)),
  }),
  defineTask({
    id: "broadcast/subtract_with_bias_broadcast",
    title: "y[r, c] = x[r, c] - bias[c]",
    dims: { rows: 8, width: 4096 },
    shapes: tables,
    inputs: (d) => ({ x: data(table(d)), bias: data([d.width]) }),
    outputs: (d) => ({ y: table(d) }),
    reference: (ops, [x, bias]) => ops.sub(x, bias),
    flops: (d) => sizeOf(table(d)),
  }),
  defineTask({
    id: "broadcast/where_broadcast",
    title: "y[n, r, c] = x[n, r, c] where condition[0, r, 0], else other[n, r, c], exact",
    dims: { batch: 64, rows: 512, width: 64 },
    shapes: [
      [1, 1, 1],
      [2, 3, 5],
      [3, 17, 33],
      [1, 64, 65],
    ],
    inputs: (d) => ({
      condition: mask([1, d.rows, 1]),
      x: data([d.batch, d.rows, d.width]),
      other: data([d.batch, d.rows, d.width]),
    }),
    outputs: (d) => ({ y: [d.batch, d.rows, d.width] }),
    reference: (ops, [condition, x, other]) => ops.where(condition, x, other),
    flops: (d) => d.batch * d.rows * d.width,
    // One of the two is read.
    bytes: (d) => d.rows + 8 * d.batch * d.rows * d.width,
  }),
];
