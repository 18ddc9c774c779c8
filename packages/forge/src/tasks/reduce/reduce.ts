import type { Array64, Ops } from "@daily-kernel/nn/reference";
import { data } from "../../task/argument.ts";
import { defineTask } from "../../task/define-task.ts";

function reduction(
  name: string,
  title: string,
  compute: (ops: Ops, x: Array64) => Array64,
  options: { keep?: boolean; large?: number } = {},
) {
  const { keep = false, large = 1e3 } = options;
  return defineTask({
    id: `reduce/${name}`,
    title,
    dims: { batch: 128, length: 4096, width: 4096 },
    shapes: [
      [1, 1, 1],
      [2, 1, 5],
      [3, 7, 1],
      [1, 67, 13],
      [5, 33, 17],
    ],
    inputs: (d) => ({ x: data([d.batch, d.length, d.width], { extremes: { large } }) }),
    outputs: (d) => ({ y: keep ? [d.batch, 1, d.width] : [d.batch, d.width] }),
    reference: (ops, [x]) => compute(ops, x),
    flops: (d) => d.batch * d.length * d.width,
  });
}

/** Over the middle axis of x [batch, length, width]. */
export const reduceTasks = [
  reduction(
    "max_reduction_over_a_dimension",
    "y[b, j] = max over i of x[b, i, j], exact",
    (ops, x) => ops.max(x, 1),
  ),
  reduction("mean_reduction_over_a_dimension", "y[b, j] = mean over i of x[b, i, j]", (ops, x) =>
    ops.mean(x, 1),
  ),
  reduction(
    "min_reduction_over_a_dimension",
    "y[b, j] = min over i of x[b, i, j], exact",
    (ops, x) => ops.min(x, 1),
  ),
  reduction(
    "product_reduction_over_a_dimension",
    "y[b, j] = product over i of x[b, i, j]",
    (ops, x) => ops.prod(x, 1),
    { large: 2 },
  ),
  reduction(
    "sum_reduction_over_a_dimension",
    "y[b, 0, j] = sum over i of x[b, i, j]",
    (ops, x) => ops.sum(x, 1, true),
    { keep: true },
  ),
];
