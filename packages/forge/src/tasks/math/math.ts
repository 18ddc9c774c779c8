import type { Array64, Ops } from "@daily-kernel/nn/reference";
import { data, mask } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";

const tables = [
  [1, 1],
  [1, 13],
  [7, 5],
  [3, 67],
  [33, 40],
] as const;

const table = (d: { rows: number; cols: number }) => [d.rows, d.cols];

function scan(
  name: string,
  title: string,
  compute: (ops: Ops, x: Array64) => Array64,
  extremes: { large?: number } = {},
) {
  return defineTask({
    id: `math/${name}`,
    title,
    dims: { rows: 32768, cols: 32768 },
    shapes: tables,
    inputs: (d) => ({ x: data(table(d), { extremes }) }),
    outputs: (d) => ({ y: table(d) }),
    reference: (ops, [x]) => compute(ops, x),
    flops: (d) => d.rows * d.cols,
  });
}

/** Running sums and products along the rows of a table. */
export const mathTasks = [
  scan("cumprod", "y[r, c] = product of x[r, 0..c]", (ops, x) => ops.cumprod(x, 1), { large: 2 }),
  scan("cumsum", "y[r, c] = sum of x[r, 0..c]", (ops, x) => ops.cumsum(x, 1)),
  scan("cumsum_exclusive", "y[r, c] = sum of x[r, 0..c-1], 0 in the first column", (ops, x) =>
    ops.cumsum(x, 1, { exclusive: true }),
  ),
  scan("cumsum_reverse", "y[r, c] = sum of x[r, c..]", (ops, x) =>
    ops.cumsum(x, 1, { reverse: true }),
  ),
  defineTask({
    id: "math/masked_cumsum",
    title: "y[r, c] = sum of those x[r, 0..c] whose mask is 1",
    dims: { rows: 32768, cols: 32768 },
    shapes: tables,
    inputs: (d) => ({ x: data(table(d)), mask: mask(table(d)) }),
    outputs: (d) => ({ y: table(d) }),
    reference: (ops, [x, chosen]) => ops.cumsum(ops.where(chosen, x, 0), 1),
    flops: (d) => d.rows * d.cols,
  }),
  defineTask({
    id: "math/matrix_scalar_multiplication",
    title: "y = s a, for one number s (an array without axes)",
    dims: { rows: 65536, cols: 16384 },
    shapes: tables,
    inputs: (d) => ({ a: data(table(d)), s: data([]) }),
    outputs: (d) => ({ y: table(d) }),
    reference: (ops, [a, s]) => ops.mul(a, s),
    flops: (d) => d.rows * d.cols,
  }),
];
